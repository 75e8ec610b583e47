"""Pictures in a page: which of them may show what a report should say in words, and whether one must be missed."""

from __future__ import annotations

import re

PICTURES = re.compile(r"\.(?:jpe?g|png|gif|bmp|tiff?)(?:[?#]|$)|^data:image/", re.IGNORECASE)
_FURNITURE = re.compile(
    r"icon|logo|qrcode|ewm|erweima|share|print|close|arrow|/images?/|sysimages|fileType", re.IGNORECASE
)
"""Addresses of icons, codes to scan, and buttons."""

TABLES = ("处理决定数量", "结转下年度继续办理", "未经复议直接起诉")
"""A word of each statutory table; prose may have one of them, hardly all."""
ANNEX = ("主动公开政府信息数", "收到申请数")
"""Words of the annex of form 2014."""


def is_shown(source: str) -> bool:
    """Whether a picture, by its address, is a part of what a page says."""
    return bool(PICTURES.search(source)) and not (
        _FURNITURE.search(source) and not source.startswith("data:")
    )


def lacks_a_table(text: str) -> bool:
    """Whether one of the statutory tables does not stand in the text of a page; white space in it counts."""
    return not any(all(word in text for word in words) for words in (TABLES, ANNEX))


def lacks_a_table_in(page: bytes) -> bool:
    """The same of the bytes of a page, in either of the encodings of portals; what markup cuts apart is lacking."""
    return not any(all(word in page for word in words) for words in _ENCODED)


_ENCODED = [
    [word.encode(name) for word in words] for name in ("utf-8", "gb18030") for words in (TABLES, ANNEX)
]
