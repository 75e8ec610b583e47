"""Dates as columns print them. A date is `YYYY-MM-DD`, or it is none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_YEAR = r"(?:19[89]\d|20\d\d)"
_FULL = re.compile(
    rf"(?<![\d])(?<!\d[-/.])({_YEAR})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})(?!\d)(?!\s?[-/.]\d)"
)
_COMPACT = re.compile(r"^\D{0,6}((?:19[89]|20\d)\d)([01]\d)([0-3]\d)\D{0,2}$")
_MONTH_DAY = re.compile(r"^\D{0,8}(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?[^\w-]*(?:\d\d:\d\d.*)?$")
_YEAR_MONTH = re.compile(rf"^\D?({_YEAR})\s*[-/.年]\s*(\d{{1,2}})\s*月?\W*$")
_YEAR_ALONE = re.compile(rf"^\W*({_YEAR})\s*年?\W*$")
_DAY_ALONE = re.compile(r"^\W*(\d{1,2})\s*日?\W*$")
_IN_URL = (
    re.compile(rf"/(?:t|[PW]0)({_YEAR})(\d\d)(\d\d)(?=[_\d])"),
    re.compile(rf"/({_YEAR})[/-](\d{{1,2}})[/-](\d{{1,2}})(?=/)"),
    re.compile(rf"/({_YEAR})(\d\d)/(\d\d)(?=/)"),
    re.compile(rf"/({_YEAR})(\d\d)(\d\d)(?=/|(?:\d{{6}}|\d{{9}})(?!\w))"),
)


def iso(year: str | int, month: str | int, day: str | int) -> str | None:
    """A calendar date, or nothing for the 31st of June."""
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def find_date(text: str) -> str | None:
    """The last full date in a text. Index numbers (`2026-02-00018`) are none."""
    for found in reversed(_FULL.findall(text)):
        if whole := iso(*found):
            return whole
    match = _COMPACT.match(text.strip())
    return iso(*match.groups()) if match else None


def url_date(url: str) -> str | None:
    """The day that an address carries in its path."""
    for pattern in _IN_URL:
        for found in pattern.findall(url):
            if whole := iso(*found):
                return whole
    return None


def row_date(texts: Sequence[str], url: str) -> str | None:
    """The date of a row: the last full one, else one put together from its elements, else none.

    `07-21` takes its year from an element of its own or from the address.
    """
    for text in reversed(texts):
        if whole := find_date(text):
            return whole
    return find_date(" ".join(texts)) or _assembled(texts, url)


def _assembled(texts: Sequence[str], url: str) -> str | None:
    years = [m[1] for m in map(_YEAR_ALONE.match, texts) if m]
    days = [m[1] for m in map(_DAY_ALONE.match, texts) if m]
    months = [m for m in map(_YEAR_MONTH.match, texts) if m]
    if months and days:
        return iso(months[-1][1], months[-1][2], days[-1])
    for text in reversed(texts):
        if match := _MONTH_DAY.match(text):
            return iso(years[-1], match[1], match[2]) if years else _nearest(match[1], match[2], url)
    return None


def _nearest(month: str, day: str, url: str) -> str | None:
    known = url_date(url)
    if known is None:
        return None
    anchor = date.fromisoformat(known)
    near = [d for y in (-1, 0, 1) if (d := iso(anchor.year + y, month, day))]
    return min(near, key=lambda d: abs(date.fromisoformat(d) - anchor), default=None)
