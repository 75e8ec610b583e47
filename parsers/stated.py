"""Counts stated in the prose, and where they are not those of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from parsers.forms.stated import CHANNEL, MANY, NUMERALS, OTHER_MATTERS, STATEMENTS, Statement
from parsers.report import Finding, Report, Value, plain
from parsers.text import fold, simplify, strip

_SENTENCE = re.compile(r"[^。！!？?；;\n]+[。！!？?；;]?")
_OTHERS = (
    r"上年|去年|上一年|往年|历年|历史|同比|近[一二三四五六七八九十两]年|以来|下一?年|计划|力争|全[省市县区州](?:共|各|累计)"
    r"|季度|[上下]半年|\d{1,2}月份|(?<!\d)(?!0?1月?[-—~至到]12月)\d{1,2}月?[-—~至到]\d{1,2}月(?!\d*日)"
)
"""Words of clauses about other years, parts of a year, or other organs."""

_PART = re.compile(r"(?:局|(?<!管理)委员会|中心|街道|办事处|苏木|[镇乡](?:人民政府|政府)?)$")
"""How the names of those end who are a part of a county, and whose count is not that of the whole."""
_NOT_THE_PART = (
    r"(?:(?<![在向为对])全[省市县区州旗盟]"
    r"|(?<![一-龥])[省市县区旗州](?:人民)?政府(?:办公[室厅])?(?=共|收到|接到|受理|主动|全年|累计)"
    r"|各(?:村|镇|乡|县|区)|\d+个村|指导)[^，,；;]*$"
)
"""Of whom a clause speaks that gives the count of a county, of its government, or of those below a part of it."""

_COMPARED = (
    r"(?:同?比|较|与)[^，,；;]{0,8}(?:上年|去年|上一年|往年|同期)[^，,；;]*(?:[增减多少升降]|持平|相比)[^，,；;]*"
    r"|同比[^，,；;]*"
)
_CARRIED = r"(?<![^，,；;])[^，,；;]*结转[^，,；;]*"
_THIS_YEAR = r"全年|本年度?|今年|年内|报告期|(?<![截至止到])(?<!\d)(20\d\d)年度?(?:全年)?(?!底|末|\d)"
_IN_ALL = r"累计|截[至止到]|[至到]20\d\d年[底末]|目前"
"""累计 counts from the beginning, unless the year is named for it."""

_DIGITS = {
    c: n
    for n, group in enumerate(("零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"))
    for c in group
}
_POWERS = {"十": 10, "百": 100, "千": 1000}
_SHORT = re.compile("[百千万][一二两三四五六七八九]$")
"""一百五 is said for 150, and written for 105 by some who leave out 零."""
_NOT_EVEN = re.compile(r"(?:未|没有|没|无)[^，,。；;]{0,4}$")
"""未发生一起 is none, not one."""

_ROUGHLY = re.compile("次?(?:左右|上下|以上|以下|以内)")
_FAR = 300
"""Characters before a number that may say whose it is: more than a sentence of an author has."""
_AROUND = 4_000
"""Characters before a sentence that may say what it speaks of: more than two paragraphs have."""

_CLAUSE = re.compile(r"[，,；;：:。]")
_ITEM = re.compile("[、和及与]")
_SHORT_CLAUSE = 4
"""Characters of a clause that only goes on: 通过网站，共主动公开."""

_HOLDS_ONE = re.compile("|".join(statement.word for statement in STATEMENTS))
_NUMBERED = re.compile(rf"[\d,{NUMERALS}余多][件条份宗例起]")
_NEGATED = re.compile("[未没无零]")
"""What every pattern that states a number holds, and every one that says that there was none."""

SECTIONS = ("overview", "proactive", "requests", "remedies")
"""Where a report speaks of its own year; the others speak of what was wrong and what is to come."""


class _Sentence(NamedTuple):
    text: str
    """Folded, as the patterns need it."""
    shown: str
    around: str
    """What stands before it in its paragraph and the paragraph above, and the sentence."""


class _Count(NamedTuple):
    value: int | Decimal
    rough: bool
    sentence: str


def read_stated(report: Report) -> None:
    """Fill `stated` from the prose, with a finding for what contradicts itself or the tables."""
    part = bool(report.issuer and _PART.search(simplify(report.issuer)))
    sentences = [one for code in SECTIONS for one in _sentences(code, report.sections.get(code, ""))]
    cells = report.cells() if sentences else {}
    for statement in STATEMENTS:
        found = [
            one
            for sentence in sentences
            if statement.word in sentence.text
            for one in _counts(statement, sentence, report.year, part=part)
        ]
        if found:
            _settle(report, statement, found, cells)


def _settle(report: Report, statement: Statement, found: list[_Count], cells: dict[str, Value]) -> None:
    """One value of all that were found: none where they differ, or where the text has only rough ones."""
    exact = [one for one in found if not one.rough]
    values = dict.fromkeys(one.value for one in exact or found)
    first = (exact or found)[0]
    if len(values) == 1 and exact:
        report.stated[statement.code] = (first.value, first.sentence)
        report.findings += _compare(cells, statement, first.value)
        return
    said = ", ".join(plain(one) for one in values)
    where = _spoken_of(statement, cells)
    if exact:
        message = f"the text states different numbers for {statement.code}: {said}"
        report.findings.append(Finding("stated_differently", where, message))
    else:
        message = f"the text states {statement.code} only roughly: about {said}"
        report.findings.append(Finding("stated_roughly", where, message))
    report.stated[statement.code] = (None, first.sentence)


def _spoken_of(statement: Statement, cells: dict[str, Value]) -> tuple[str, ...]:
    return tuple(path for paths in statement.cells for path in paths if path in cells)


def _compare(cells: dict[str, Value], statement: Statement, value: int | Decimal) -> Iterator[Finding]:
    for paths in statement.cells:
        numbers = [cells[path] for path in paths if cells.get(path) is not None]
        if len(numbers) == len(paths) and (total := sum(n for n in numbers if n is not None)) != value:
            message = f"the text says {plain(value)}, the table {plain(total)}; the two may differ in what they cover"
            yield Finding("prose_differs", paths, message)


def _sentences(code: str, text: str) -> Iterator[_Sentence]:
    above = "依申请" if code in ("requests", "remedies") else ""
    for line in text.split("\n"):
        before = above
        whole = fold(line)
        for sentence, folded in _pairs(line, whole) if _HOLDS_ONE.search(whole) else ():
            before += folded
            if _HOLDS_ONE.search(folded):
                yield _Sentence(folded, strip(sentence), before)
            before = before[-_AROUND:]
        above = above if code in ("requests", "remedies") else whole


def _pairs(line: str, folded: str) -> Iterator[tuple[str, str]]:
    """The sentences of a line, each with what it is folded: a part of the folded line, unless folding made or unmade
    an end of a sentence."""
    printed, parts = _SENTENCE.findall(line), _SENTENCE.findall(folded)
    if len(printed) != len(parts):
        parts = [fold(sentence) for sentence in printed]
    return zip(printed, parts, strict=True)


def _counts(statement: Statement, sentence: _Sentence, year: int | None, *, part: bool) -> Iterator[_Count]:
    text = sentence.text
    said = _compiled(statement.said) if _NUMBERED.search(text) else ()
    none = _compiled(statement.none) if _NEGATED.search(text) else ()
    numbers = False
    told = bool(said and re.search(statement.about, sentence.around))
    of_others = statement.code == "received" and bool(re.search(OTHER_MATTERS, text))
    for match in (match for pattern in said for match in pattern.finditer(text)):
        value, before = count(match["n"]), _before(text, match.start("n"))
        if value is None or _NOT_EVEN.search(before):
            continue
        others = part and re.search(_NOT_THE_PART, before)
        if told and not (others or _elsewhere(before, year) or _other(statement, match, of_others)):
            numbers = True
            rough = match["about"] or match["odd"] or _ROUGHLY.match(text, match.end())
            yield _Count(value, bool(rough), sentence.shown)
    nothing = (match for pattern in none for match in pattern.finditer(text))
    if not numbers and any(not _elsewhere(_before(text, match.end()), year, never=True) for match in nothing):
        yield _Count(0, False, sentence.shown)


def _before(text: str, place: int) -> str:
    return text[max(0, place - _FAR) : place]


def _other(statement: Statement, match: re.Match[str], of_others: bool) -> bool:
    """Whether a number counts something else: what went through one channel only, or requests for other things."""
    if of_others:
        return "公开" not in match.group()
    if not statement.by_channel:
        return False
    clauses = _CLAUSE.split(_before(match.string, match.start("from")))
    goes_on = len(clauses[-1]) <= _SHORT_CLAUSE or clauses[-1].startswith("其中")
    clause = "".join(clauses[-2:]) if goes_on else clauses[-1]
    channels = sum(bool(re.search(CHANNEL, item)) for item in _ITEM.split(clause))
    return "分别" in clause or (channels == 1 and not re.search(MANY, clause))


def _elsewhere(before: str, year: int | None, *, never: bool = False) -> bool:
    """Whether the words of a sentence before a number say that it is of another year, a part of one, or of others.
    What was `never` to this day was not in the year either."""
    before = re.sub(_CARRIED, "", re.sub(_COMPARED, "", before))
    named = list(re.finditer(_THIS_YEAR, before))
    if named and named[-1][1] and year and int(named[-1][1]) != year:
        return True
    rest = before[named[-1].end() :] if named else before
    return bool(re.search(_OTHERS, rest) or (not (named or never) and re.search(_IN_ALL, rest)))


@cache
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, patterns))


def count(text: str) -> int | Decimal | None:
    """A number in digits or Chinese numerals; `None` where the numerals make none."""
    digits = text.replace(",", "")
    if digits[:1].isdigit() and digits[0].isascii():
        number = Decimal(digits.rstrip("万")) * (10_000 if digits.endswith("万") else 1)
        return int(number) if number == number.to_integral_value() else number
    if _SHORT.search(digits):
        return None
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
