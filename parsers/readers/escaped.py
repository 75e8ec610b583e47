"""Text that something has escaped once more, as interfaces, feeds and programs do: `&lt;table&gt;` for a table, a
backslash and a letter for the end of a line, a backslash and a number for a character.
"""

from __future__ import annotations

import re

_TAGS = r"(?:table|tr|td|p|div|span|br|section)\b"
_MARKUP = re.compile(rf"<{_TAGS}", re.IGNORECASE)
_ESCAPED = re.compile(rf"&(?:amp;)*lt;{_TAGS}", re.IGNORECASE)

_CODE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|([nrt\"/]))")
_CODES = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "/": "/"}

FEWEST_CODES = 20
"""So many are no accident."""


def without_codes(text: str) -> str:
    """The text with the characters that are written in it as in the source of a program."""
    if text.count("\\") < FEWEST_CODES or len(_CODE.findall(text)) < FEWEST_CODES:
        return text
    return whole(_CODE.sub(lambda match: chr(int(match[1], 16)) if match[1] else _CODES[match[2]], text))


def whole(text: str) -> str:
    """The text with characters that were written in two halves put together; a half alone is none."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def is_markup(text: str) -> bool:
    """Whether tags of HTML stand in a text."""
    return bool(_MARKUP.search(text))


def as_markup(text: str) -> str | None:
    """The HTML that a text was before it was escaped, be it several times; `None` where it was not."""
    if is_markup(text) or not _ESCAPED.search(text):
        return None
    from html import unescape  # few texts are escaped

    while _ESCAPED.search(text) and not is_markup(text):
        text = unescape(text)
    return text
