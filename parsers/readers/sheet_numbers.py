"""Numbers of a spreadsheet as text: what is stored, and what the format of the cell makes of it on the page.

Where the page shows the number, the text is the number, with the 15 digits that office programs compute with. Where
it shows something else (a percentage, a date, a rounded number, nothing), the text says so, so that nobody takes the
one for the other.
"""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

DIGITS = Context(prec=15)
HIDDEN = "（不显示）"
"""Put behind a number that the page does not show."""

LAST_DAY = 2_958_466
"""The number of the day after 9999-12-31; no date is later."""

MOST_DIGITS = 30
"""Before or behind the point; a larger or smaller number counts nothing and stays as it is written."""

_DATES = dict.fromkeys((14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy/m/d")
_TIMES = dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 46, 47, 55, 56), "h:mm")
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", **dict.fromkeys((41, 42), '#,##0;-#,##0;"-"'), **dict.fromkeys((43, 44), '#,##0.00;-#,##0.00;"-"'),
    **_DATES, **_TIMES,
}  # fmt: skip
"""Formats that files name by their number only, as far as they show more or less than the number."""

_TOKEN = re.compile(
    r'"(?P<words>[^"]*)"|\\(?P<one>.)|_.|\*.|\[(?P<span>[hms]+)\]|\[[^\]]*\]'
    r"|(?P<digits>[#0?][#0?,]*(?:\.[#0?]*)?|\.[#0?]+)|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"\[[<>=]")
_PARTS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_NO_COUNT = re.compile(r"[%:]|\d年\d")
"""A percentage, a time or a date: not the number that is stored."""

_UNIT = re.compile(r"[\u4e00-\u9fff]+")
_NUMBER = re.compile(r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?")


@lru_cache(maxsize=4096)
def text_of(number: Decimal, code: str, base_1904: bool = False) -> str:
    """The text of a number in a cell of this format."""
    value = DIGITS.plus(number)
    shown = _shown(value, code, base_1904)
    if shown is None:
        return _plain(value)
    if not shown:
        return _plain(value) + HIDDEN
    match = _NUMBER.match(shown)
    same = match is not None and Decimal(match.group().replace(",", "")) == value
    if match and same and match.end() == len(shown):
        return _plain(value)
    as_shown = _NO_COUNT.search(shown) or (match and same and _UNIT.fullmatch(shown, match.end()))
    return shown if as_shown else f"{_plain(value)}（显示为{shown}）"


def _shown(value: Decimal, code: str, base_1904: bool) -> str | None:
    """What the page shows; `None` where that is the number in a way of its own."""
    if code.lower() in ("general", "@", "") or _CONDITION.search(code):
        return None
    section, value = _section(value, code)
    tokens = list(_TOKEN.finditer(section))
    others = "".join(token["other"] or "" for token in tokens).lower()
    if re.search("[ymdhs]", others) or any(token["span"] for token in tokens):
        return _date(value, base_1904)
    if "general" in others or "e" in others or "/" in others or sum(bool(t["digits"]) for t in tokens) > 1:
        return None
    percent = others.count("%")
    return "".join(_piece(token, value * 100**percent) for token in tokens).strip()


def _section(value: Decimal, code: str) -> tuple[str, Decimal]:
    """The part of a format for a positive, negative or zero number, and the number without the sign it writes."""
    parts = _PARTS.split(code)
    if value < 0 and len(parts) > 1:
        return re.sub(r"\\?\)", "", re.sub(r"\\?\(", "-", parts[1])), -value
    return parts[2] if value == 0 and len(parts) > 2 else parts[0], value


def _piece(token: re.Match[str], value: Decimal) -> str:
    if not token["digits"]:
        return token["words"] or token["one"] or token["other"] or ""
    whole, _, fraction = token["digits"].partition(".")
    thousands = len(whole) - len(whole.rstrip(","))
    scale = Decimal(1).scaleb(-len(fraction))
    rounded = (value / 1000**thousands).quantize(scale, ROUND_HALF_UP, Context(prec=60))
    if not rounded and "0" not in token["digits"]:
        return ""
    return f"{rounded:f}"


def _date(value: Decimal, base_1904: bool) -> str | None:
    if not 0 <= value < LAST_DAY:
        return None
    start = datetime(1904, 1, 1) if base_1904 else datetime(1899, 12, 30)  # noqa: DTZ001 - sheets know no zone
    try:
        moment = start + timedelta(days=float(value))
    except OverflowError:
        return None
    return f"{moment:%H:%M}" if value < 1 else f"{moment.year}年{moment.month}月{moment.day}日"


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
