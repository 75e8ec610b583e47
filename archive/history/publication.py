"""When a report was published: an interval with its basis, bounded by what the page says and by our own sights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from archive import clock
from archive.clock import instant
from archive.history.attribution import Claim
from archive.history.evidence import Evidence, Listed, Walk
from archive.history.lines import Line, Report
from archive.register.deadlines import Deadline

ONE_CRAWL = timedelta(days=1)
"""Within so long of each other a list and its pages were seen together."""
MOVED_YEARS = 3
"""If a portal's reports of so many years print one day, it is the day of a move: two years may be caught up with."""
HIDDEN_SHARE = 0.1
"""A list that later shows more than this share of entries dated before a walk, which that did not see, was cut then;
fewer are dated back."""


@dataclass(frozen=True, slots=True)
class Publication:
    """Beijing days between which the report was published, `None` where nothing bounds it. `basis` is `page` where
    the page or its list says so and no clear sight speaks against it, `sight` otherwise; `contradicted` holds the
    printed dates that a clear sight speaks against, `without` is the last clear sight before it came."""

    not_before: date | None
    not_after: date
    basis: str
    contradicted: tuple[date, ...] = ()
    without: date | None = None

    def timing(self, due: Deadline) -> str:
        """on_time, late, or undated where the interval holds the due day."""
        if self.not_after <= due.day:
            return "on_time"
        return "late" if self.not_before and self.not_before > due.day else "undated"


def publication(
    evidence: Evidence, report: Report, undecided: list[Claim], moves: frozenset[date]
) -> Publication:
    """The interval of a report's first publication; `undecided` are claims that might be of it, `moves` days on which
    many years' reports were put up at once."""
    seen = _first_sight(report)
    first = clock.day(seen)
    without = _last_without(evidence, report, seen, undecided)
    printed = sorted(_printed(report) - moves)
    wrong = tuple(d for d in printed if d > first or (without and d < without))
    if printed and not (wrong and _said_at_first(report).intersection(wrong)):
        right = [d for d in printed if d not in wrong]
        return Publication(right[0], right[-1], "page", wrong, without)
    bounds = [d for d in (without, _signed(report)) if d and d <= first]
    return Publication(max(bounds, default=None), first, "sight", wrong, without)


def moves(reports: Iterable[Report]) -> frozenset[date]:
    """The days that reports of several years print: those on which a new system took them over."""
    years: dict[date, set[int]] = {}
    for report in reports:
        for day in _printed(report):
            years.setdefault(day, set()).add(report.year)
    return frozenset(day for day, of in years.items() if len(of) >= MOVED_YEARS)


def _first_sight(report: Report) -> str:
    return min(
        [*(walk.begun_at for walk, _ in _listed(report)), *(line.sights[0].at for line in report.lines)]
    )


def _last_without(evidence: Evidence, report: Report, first: str, undecided: list[Claim]) -> date | None:
    """The day of the last clear walk, before it was first seen, that did not list it: of each of its columns, for it
    may have stood in the one that was not seen."""
    own = {line.address for line in report.lines}
    maybe = own | {c.address.key for c in undecided if c.could_be(report.unit, report.year)}
    columns: dict[tuple[str, str], Walk] = {}
    for walk, _ in sorted(_listed(report), key=lambda listed: listed[0].begun_at):
        columns.setdefault((walk.portal, walk.column), walk)
    days = [_without(evidence, after, own, maybe, first) for after in columns.values()]
    found = [day for day in days if day]
    return min(found) if found and len(found) == len(days) else None


def _without(evidence: Evidence, after: Walk, own: set[str], maybe: set[str], first: str) -> date | None:
    """The day of a column's last clear walk without a report; `after` is the first that listed it, `maybe` are the
    addresses at which it may have stood."""
    walks = [w for w in evidence.walks if (w.portal, w.column) == (after.portal, after.column)]
    before = [w for w in walks if w.begun_at < first and w.clear]
    for number, walk in reversed([*enumerate(before)]):
        if not maybe & walk.entries.keys() and _whole(walk, before[:number], after, own):
            return clock.day(walk.begun_at)
    return None


def _whole(walk: Walk, before: list[Walk], after: Walk, own: set[str]) -> bool:
    """Whether a walk saw its list whole, as far as a later one tells: it showed what stood there before and after, and
    most of what is dated before it."""
    hidden = after.entries.keys() - walk.entries.keys() - own
    if any(hidden & earlier.entries.keys() for earlier in before):
        return False
    day = str(clock.day(walk.begun_at))
    older = [
        key for key, e in after.entries.items() if e.verdict == "report" and (e.published_on or day) < day
    ]
    return len(hidden.intersection(older)) <= HIDDEN_SHARE * len(older)


def _listed(report: Report) -> Iterator[tuple[Walk, Listed]]:
    return (listed for line in report.lines for listed in line.claim.address.listed)


def _printed(report: Report) -> set[date]:
    said = {day for line in _first_lines(report) for _, day in _dates(line)}
    return {date.fromisoformat(day) for day in said}


def _first_lines(report: Report) -> list[Line]:
    """The addresses at which it first stood: what a later one prints is when that was put up."""
    first = instant(min(line.sights[0].at for line in report.lines))
    return [line for line in report.lines if instant(line.sights[0].at) - first < ONE_CRAWL]


def _said_at_first(report: Report) -> set[date]:
    """The dates that each address bore when it first bore any."""
    said: set[str] = set()
    for line in _first_lines(report):
        dates = list(_dates(line))
        first = min((at for at, _ in dates), default="")
        said.update(day for at, day in dates if instant(at) - instant(first) < ONE_CRAWL)
    return {date.fromisoformat(day) for day in said}


def _dates(line: Line) -> Iterator[tuple[str, str]]:
    """The days that its list, its page and its files gave as its publication, and when they did."""
    yield from ((w.begun_at, e.published_on) for w, e in line.claim.address.listed if e.published_on)
    yield from ((s.at, s.published_on) for s in line.sights if s.published_on)
    yield from ((s.sight.at, day) for r in line.renditions for s in r.seen for day in s.reading.dates)


def _signed(report: Report) -> date | None:
    days = [
        s.reading.signed for line in report.lines for r in line.renditions for s in r.seen if s.reading.signed
    ]
    return date.fromisoformat(min(days)) if days else None
