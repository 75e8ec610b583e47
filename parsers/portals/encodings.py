"""The encoding of a portal's page: that of its text, and of what its forms send."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

UTF_8 = "utf-8"
BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_HEAD_BYTES = 4096
_GBK, _GB = "gbk", "gb18030"


def decode(body: bytes, content_type: str = "") -> str:
    """Text of a page: what is valid UTF-8 is UTF-8 whatever it declares, and every GB is GB 18030."""
    return decoded(body, content_type)[0]


def decoded(body: bytes, content_type: str = "") -> tuple[str, str]:
    """Text of a page, and the encoding in which browsers send its forms: its own, and UTF-8 for UTF-16. A page in
    plain ASCII has the encoding that it declares."""
    for mark, name in BOMS:
        if body.startswith(mark):
            return body.decode(name, "replace"), UTF_8
    text = _strictly(body, UTF_8)
    if text is not None:
        return text, next(_declared(body, content_type), UTF_8) if body.isascii() else UTF_8
    for name in _declared(body, content_type):
        text = _strictly(body, _GB if name == _GBK else name)
        if text is not None:
            return text, name
    # No declaration holds: the encoding that spoils less (a page cut inside a character is still UTF-8).
    texts = [(body.decode(codec, "replace"), name) for codec, name in ((UTF_8, UTF_8), (_GB, _GBK))]
    return min(texts, key=lambda found: found[0].count("\ufffd"))


def first_known(labels: Iterable[str]) -> str | None:
    """The first encoding in which something can be sent."""
    return next(filter(None, map(_known, labels)), None)


def urlencoded(form: Iterable[tuple[str, str]], encoding: str) -> str:
    """The values of a form as browsers write them: what an encoding lacks stands as a reference to its number."""
    return urlencode(tuple(form), encoding=encoding, errors="xmlcharrefreplace")


def _strictly(body: bytes, name: str) -> str | None:
    try:
        return body.decode(name)
    except UnicodeDecodeError:
        return None


def _declared(body: bytes, content_type: str) -> Iterator[str]:
    head = body[:_HEAD_BYTES].decode("latin-1")
    return filter(None, map(_known, (*_CHARSET.findall(content_type), *_CHARSET.findall(head))))


def _known(label: str) -> str | None:
    name = label.strip().lower()
    if name.startswith(("gb", "cp936", "hz", "x-gbk")):
        return _GB if name == _GB else _GBK
    try:
        known = codecs.lookup(name).name
        "".encode(known)  # not every codec is of texts
    except LookupError:
        return None
    return UTF_8 if known.startswith("utf") else known
