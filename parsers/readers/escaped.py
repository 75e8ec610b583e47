"""HTML that something has escaped once more, as interfaces and feeds do: `&lt;table&gt;` for a table."""

from __future__ import annotations

import re
from html import unescape

_TAGS = r"(?:table|tr|td|p|div|span|br|section)\b"
_MARKUP = re.compile(rf"<{_TAGS}", re.IGNORECASE)
_ESCAPED = re.compile(rf"&(?:amp;)*lt;{_TAGS}", re.IGNORECASE)


def is_markup(text: str) -> bool:
    """Whether tags of HTML stand in a text."""
    return bool(_MARKUP.search(text))


def as_markup(text: str) -> str | None:
    """The HTML that a text was before it was escaped, be it several times; `None` where it was not."""
    if is_markup(text) or not _ESCAPED.search(text):
        return None
    while _ESCAPED.search(text) and not is_markup(text):
        text = unescape(text)
    return text
