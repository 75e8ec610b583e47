"""Pictures in a page: which of them may show what a report should say in words, and whether one must be missed."""

from __future__ import annotations

import re

from lxml import etree

_BLOCKS = frozenset({"p", "div", "center", "figure", "section", "article"})
_AROUND = frozenset({"nav", "header", "footer", "aside"})

SMALLEST, LARGE = (100, 40), 300
"""Wide and high, in pixels: what a page shows smaller is no page of a report and no table; what is as large as that
is no ornament."""

_FURNITURE = r"icon|logo|qrcode|ewm|erweima|share|print|close|arrow|sysimages|fileType"
"""In addresses of icons, codes to scan, and buttons."""

_ORNAMENT = (
    r"/(?:[a-z]*[_-])?(?:line|dot|bg|banner|btn|button|title|tit|nav|menu|foot|footer|head|top|left|right|blank|spacer|loading)"
    r"[_-]?\w{0,3}\.\w+$"
)
_SITE_FOLDER = r"/images?/"
"""Where sites keep what all their pages are made of, and some of them the pictures of articles."""

_OF_A_DAY = r"/images?/.*(?:20\d\d[-_/]?(?:0[1-9]|1[0-2])|\d{8}|[0-9a-f]{16})"
"""A folder or name that was made when the article was."""


def is_shown(image: etree._Element) -> bool:
    """Whether a picture in the body of an article is a part of what the page says: by its name and folder, its size on
    the page, and whether it stands alone."""
    address = (image.get("src") or "").strip()
    if not re.search(r"\.(?:jpe?g|png|gif|bmp|tiff?)(?:[?#]|$)", address, re.IGNORECASE):
        return False
    wide, high = _pixels(image, "width"), _pixels(image, "height")
    if (wide or SMALLEST[0]) < SMALLEST[0] or (high or SMALLEST[1]) < SMALLEST[1]:
        return False
    if re.search(_FURNITURE, address, re.IGNORECASE) or any(
        one.tag in _AROUND for one in image.iterancestors()
    ):
        return False
    if not re.search(_SITE_FOLDER, address, re.IGNORECASE):
        return True
    path = address.partition("?")[0]
    if re.search(_ORNAMENT, path, re.IGNORECASE):
        return False
    return bool(re.search(_OF_A_DAY, path)) or (wide or 0) >= LARGE or _is_alone(image, path)


def _pixels(image: etree._Element, side: str) -> float | None:
    """How wide or high the page shows it; `None` where it does not say, or in parts of something."""
    styled = re.search(rf"(?:^|[;\s]){side}\s*:\s*(\d+(?:\.\d+)?)(px|pt)", image.get("style") or "")
    if styled:
        return float(styled[1]) * (4 / 3 if styled[2] == "pt" else 1)
    plain = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*", image.get(side) or "")
    return float(plain[1]) if plain else None


def _is_alone(image: etree._Element, path: str) -> bool:
    """Whether nothing but pictures stands in its paragraph and it leads nowhere; buttons are GIFs as a rule."""
    if path.lower().endswith(".gif"):
        return False
    for one in image.iterancestors():
        if one.tag == "a":
            return False
        if one.tag in _BLOCKS:
            return not any(text.strip() for text in one.itertext())
    return False


TABLES = ("处理决定数量", "结转下年度继续办理", "未经复议直接起诉")
"""A word of each statutory table; prose may have one of them, hardly all."""
ANNEX = ("主动公开政府信息数", "收到申请数")
"""Words of the annex of form 2014."""


def lacks_a_table(text: str) -> bool:
    """Whether one of the statutory tables does not stand in the text of a page; white space in it counts."""
    return not any(all(word in text for word in words) for words in (TABLES, ANNEX))


def lacks_a_table_in(page: bytes) -> bool:
    """The same of the bytes of a page, in either of the encodings of portals; what markup cuts apart is lacking."""
    return not any(all(word in page for word in words) for words in _ENCODED)


_ENCODED = [
    [word.encode(name) for word in words] for name in ("utf-8", "gb18030") for words in (TABLES, ANNEX)
]
