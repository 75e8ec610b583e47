"""Bytes → text: what is declared, widened; else UTF-8 strictly; else GB 18030."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([a-zA-Z0-9_-]{3,20})""")
_WIDER = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "gb_2312-80": "gb18030",
    "x-gbk": "gb18030",
    "cp936": "gb18030",
}
"""Pages declared as gb2312 hold characters of GBK and GB 18030."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(data: bytes, declared: bool = False) -> str | None:
    """The text, or `None` where no encoding fits; `declared` asks to believe a declaration in the first bytes.

    UTF-8 is tried before a declaration that says otherwise: bytes that happen to be valid UTF-8 are UTF-8,
    and a page moved to a new system often keeps its old declaration.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding)
    text = _strict(data, "utf-8")
    if text is None and declared and (match := _DECLARED.search(data[:4096])):
        name = match.group(1).decode().lower()
        text = _strict(data, _WIDER.get(name, name))
    if text is None:
        text = _strict(data, "gb18030")
    return text if text is not None else _damaged(data)


def as_utf8(data: bytes, declared: bool = False) -> bytes | None:
    """The same text in UTF-8, as most is, without a byte order mark; `None` where no encoding fits."""
    if not any(data.startswith(bom) for bom, _ in _BOMS) and _strict(data, "utf-8") is not None:
        return data
    text = decode(data, declared)
    return None if text is None else text.encode("utf-8", "replace")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged(data: bytes) -> str | None:
    """Text with at most one bad character in a thousand, in the encoding that leaves fewest."""
    best = min(
        (data.decode(name, "replace") for name in ("utf-8", "gb18030")), key=lambda t: t.count("\ufffd")
    )
    return best if best.count("\ufffd") * 1000 <= len(best) else None
