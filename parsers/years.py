"""Years and dates as they are written: digits, Chinese numerals, lost marks."""

from __future__ import annotations

import re
from datetime import date

FIRST_YEAR, LAST_YEAR = 2005, 2099
"""The Regulations date from 2007; nothing earlier is a report year or the day of a publication."""

_NUMERALS = {
    c: str(n)
    for n, group in enumerate(("〇○零0O", "一", "二", "三", "四", "五", "六", "七", "八", "九"))
    for c in group
}
_CHINESE_YEAR = re.compile(r"[二2][〇○零0O][〇○零0O一二三四五六七八九1-9]{2}(?=年)")
_LOST_ZERO = re.compile(r"二([一二][〇○零一二三四五六七八九])(?=年)")
_YEAR = re.compile(r"(?<!\d)(?:[1-9])?(20\d\d)年|(?<![\d.])(20\d\d)(?![\d.])")
_DAY = re.compile(r"(20\d\d)[年./-](\d{1,2})[月./-](\d{1,2})(?!\d)")
_CHINESE_DAY = re.compile(r"([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})[日号]")


def arabic(text: str) -> str:
    """Chinese years as digits: 二○一七年, 二0一七年, 二一七年 (zero lost) → 2017年."""
    text = _CHINESE_YEAR.sub(lambda m: "".join(_NUMERALS.get(c, c) for c in m.group()), text)
    return _LOST_ZERO.sub(lambda m: "20" + "".join(_NUMERALS.get(c, c) for c in m.group(1)), text)


def years(text: str) -> list[int]:
    """Every year a squeezed text writes, in order: with 年, or as four digits standing alone."""
    found = (int(m.group(1) or m.group(2)) for m in _YEAR.finditer(arabic(text)))
    return [year for year in found if FIRST_YEAR <= year <= LAST_YEAR]


def first_day(text: str) -> str | None:
    """The first full date in a squeezed text, as YYYY-MM-DD; an impossible date is none."""
    text = arabic(text)
    text = _CHINESE_DAY.sub(lambda m: f"{_count(m.group(1))}月{_count(m.group(2))}日", text)
    for match in _DAY.finditer(text):
        try:
            day = date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
        if day.year >= FIRST_YEAR:
            return day.isoformat()
    return None


def _count(numeral: str) -> int:
    """A numeral below one hundred: 三, 十, 十二, 二十, 三十一."""
    tens, ten, ones = numeral.rpartition("十")
    digit = {c: n for n, c in enumerate("一二三四五六七八九", 1)}
    if not ten:
        return digit.get(numeral, 0)
    return digit.get(tens, 1) * 10 + digit.get(ones, 0)
