"""Counts stated in the prose, and where they are not those of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from parsers.forms.stated import STATEMENTS, Statement
from parsers.report import Finding, Report, Value, plain
from parsers.text import fold, strip

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;]?")
_OTHERS = re.compile(
    r"上年|去年|上一年|往年|历年|累计|同比|近[一二三四五六七八九十]年|以来|自20\d\d年|下一?年|计划|力争|全[省市县区州](?:共|各|累计)"
)
"""Words of sentences about other years or other organs."""

_COUNTED = re.compile("件|申请,")
"""What follows the first count of a sentence, or the first word of there being none, may speak of other years."""

_DIGITS = {
    c: n
    for n, group in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for c in group
}
_POWERS = {"十": 10, "百": 100, "千": 1000}
SECTIONS = ("overview", "proactive", "requests", "remedies")
"""Where a report speaks of its own year; the others speak of what was wrong and what is to come."""


def read_stated(report: Report) -> None:
    """Fill `stated` from the prose, with a finding for what contradicts itself or the tables."""
    sentences = [one for code in SECTIONS for one in _sentences(report.sections.get(code, ""))]
    cells = report.cells() if sentences else {}
    for statement in STATEMENTS:
        found = [
            (value, text)
            for text in sentences
            if statement.word in fold(text)
            for value in _values(statement, fold(text))
        ]
        if not found:
            continue
        values = dict.fromkeys(value for value, _ in found)
        value, sentence = found[0]
        if len(values) > 1:
            said = ", ".join(plain(one) for one in values)
            message = f"the text states different numbers for {statement.code}: {said}"
            report.findings.append(Finding("stated_differently", _spoken_of(statement, cells), message))
            report.stated[statement.code] = (None, sentence)
            continue
        report.stated[statement.code] = (value, sentence)
        report.findings += _compare(cells, statement, value)


def _spoken_of(statement: Statement, cells: dict[str, Value]) -> tuple[str, ...]:
    return tuple(path for paths in statement.cells for path in paths if path in cells)


def _compare(cells: dict[str, Value], statement: Statement, value: int | Decimal) -> Iterator[Finding]:
    for paths in statement.cells:
        numbers = [cells[path] for path in paths if cells.get(path) is not None]
        if len(numbers) == len(paths) and (total := sum(n for n in numbers if n is not None)) != value:
            message = f"the text says {plain(value)}, the table {plain(total)}; the two may differ in what they cover"
            yield Finding("prose_differs", paths, message)


def _sentences(text: str) -> Iterator[str]:
    for match in _SENTENCE.finditer(text):
        if not _OTHERS.search(_COUNTED.split(fold(match.group()))[0]):
            yield strip(match.group())


def _values(statement: Statement, sentence: str) -> Iterator[int | Decimal]:
    said, none = _patterns(statement.code)
    numbers = [n for pattern in said for m in pattern.finditer(sentence) if (n := count(m["n"])) is not None]
    if numbers:
        yield from numbers
    elif any(pattern.search(sentence) for pattern in none):
        yield 0


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], ...], tuple[re.Pattern[str], ...]]:
    statement = next(one for one in STATEMENTS if one.code == code)
    return tuple(map(re.compile, statement.said)), tuple(map(re.compile, statement.none))


def count(text: str) -> int | Decimal | None:
    """A number in digits or Chinese numerals; `None` where the numerals make none."""
    digits = text.replace(",", "")
    if digits[:1].isdigit() and digits[0].isascii():
        number = Decimal(digits.rstrip("万")) * (10_000 if digits.endswith("万") else 1)
        return int(number) if number == number.to_integral_value() else number
    high, ten_thousand, low = digits.rpartition("万")
    parts = [_below_ten_thousand(part) if part else 0 for part in (high, low)]
    if None in parts or (ten_thousand and not high):
        return None
    return (parts[0] or 0) * 10_000 + (parts[1] or 0)


def _below_ten_thousand(text: str) -> Value:
    total, digit = 0, None
    for character in text:
        if character in _POWERS:
            total += (1 if digit is None else digit) * _POWERS[character]
            digit = None
        elif character in _DIGITS and (digit is None or digit == 0):
            digit = _DIGITS[character]
        else:
            return None
    return total + (digit or 0)
