"""The year that a report is for: title and period sentence first, prose last; the publication date never."""

from __future__ import annotations

import re
from collections import Counter

from parsers.metadata.head import Head
from parsers.report import Finding, Report, Witness
from parsers.years import FIRST_YEAR, arabic, years

_PERIOD = re.compile(
    r"(?:统计(?:期限|时限|时间|日期|周期|数据|时段|书记)|起止(?:时间|日期)|时间段|期限|涵盖|涉及时间|数据[^。]{0,6}自)[^。\d]{0,16}"
    r"(?P<span>[二\d][^。;；\u300a]{3,40}?(?:日起?(?:[至到—\-–~]+20\d\d[^。;；\u300a]{1,12}?日)?|止|期间|间|[。;；,，]|$))"
)
_BARE_PERIOD = re.compile(
    r"(?P<span>20\d\d年?0?1月?0?1?日?(?:起)?[至到—\-–~]+(?:同年|20\d\d年?)?1[12]月?\d{0,2}日)"
)
_UNTIL = re.compile(r"截[至止](?P<span>20\d\d年?1[12]月?3?[01]?日)")
_PART = re.compile(
    r"(20\d\d)[年./-]0?1[月./-]0?1日?起?[至到—\-–~]+(?:\1[年./-]|同年)?0?[3-9][月./-][123]\d(?!\d)|20\d\d年(?:[上下]半年|第?[一二三四]季度)"
)
"""A period that ends before October: a report that was drawn up later is that of its year."""
_FOUR = re.compile(r"20\d\d")
_CITED = r"《[^》]{0,80}》|[〔\[(【]20\d\d[〕\])】]\d*号?|20\d\d-\d\d?-\d\d?"
_QUOTED = (
    r"(?:公布|发布|公开|编制|报告如下|制作)[^。]{0,12}?(?:《[^》]{0,20}?)?(20\d\d)年(?:度)?"
    r"[^。]{0,24}?(?:年度)?报告"
)
_PROSE_YEAR = r"(20\d\d)年"


def read_year(head: Head, report: Report) -> None:
    """Set the year and its witnesses; witnesses that disagree are a finding."""
    prose = arabic(head.prose)
    titles = [title.year for title in head.found if title.verdict == "report" and title.year]
    witnesses = [("title", year) for year in dict.fromkeys(titles)]
    sentence = _PERIOD.search(prose) or _BARE_PERIOD.search(prose) or _UNTIL.search(prose)
    part = _PART.match(prose, sentence.start("span")) if sentence else None
    if sentence and not part:
        witnesses += [("period", year) for year in _years_in(sentence["span"])]
    inferred = False
    if not titles:
        witnesses += [("prose", year) for year in _quoted(prose)]
    if part:
        message = f"the period covers a part of a year only: {part.group()}"
        report.findings.append(Finding("part_of_year", ("year",), message))
    elif not witnesses:
        witnesses = [("prose", year) for year in _most_spoken(prose)]
        inferred = bool(witnesses)
    report.witnesses += [Witness("year", str(year), source) for source, year in witnesses]
    named = {year for _, year in witnesses}
    report.year = _chosen(witnesses, prose)
    if len(named) > 1:
        said = ", ".join(f"{source} {year}" for source, year in witnesses)
        report.findings.append(
            Finding("year_disagreement", ("year",), f"the report speaks of different years: {said}")
        )
    elif inferred:
        message = f"neither title nor period says the year; {report.year} is the year the text speaks of most"
        report.findings.append(Finding("year_inferred", ("year",), message))


def _years_in(span: str) -> list[int]:
    """The years of the period sentence, also where fonts lost 年, 月 and 日: 自202111日起至20211231日止."""
    found = [int(year) for year in _FOUR.findall(_unglued(span))]
    return list(dict.fromkeys(year for year in found if year >= FIRST_YEAR))


def _unglued(span: str) -> str:
    """Two dates run together (20101120101231日) parted before the second year."""
    return re.sub(r"^(20\d\d)1{1,2}(?=\1)", r"\1 ", span)


def _quoted(prose: str) -> list[int]:
    return list(dict.fromkeys(int(year) for year in re.findall(_QUOTED, prose)))[:1]


def _most_spoken(prose: str) -> list[int]:
    """The year of which the text speaks most, citations apart; the earlier of two, as plans are for the next."""
    counted = Counter(int(year) for year in re.findall(_PROSE_YEAR, re.sub(_CITED, "", prose)))
    most = max(counted.values(), default=0)
    return [min(year for year, count in counted.items() if count == most)] if most else []


def _chosen(witnesses: list[tuple[str, int]], prose: str) -> int | None:
    """The year most witnesses name; between title and period, the one of which the text speaks more."""
    if not witnesses:
        return None
    counted = Counter(year for _, year in witnesses)
    best = [year for year, count in counted.items() if count == max(counted.values())]
    if len(best) == 1:
        return best[0]
    spoken = Counter(years(re.sub(_CITED, "", prose)))
    return max(best, key=lambda year: (spoken[year], -best.index(year)))
