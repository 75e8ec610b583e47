"""When a report was published: an interval with its basis, bounded by what the page says and by our own sights."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from archive import clock
from archive.clock import instant
from archive.history.attribution import Claim
from archive.history.evidence import Listed, Walk
from archive.history.lines import Line, Report
from archive.history.lists import Lists
from archive.register.deadlines import Deadline

ONE_CRAWL = timedelta(days=1)
"""Within so long of each other a list and its pages were seen together."""
MOVED_YEARS = 3
"""If a portal's reports of so many years print one day, it is the day of a move: two years may be caught up with."""


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
    lists: Lists, report: Report, undecided: Iterable[Claim], moves: frozenset[date]
) -> Publication:
    """The interval of a report's first publication; `undecided` are claims that might be of it, `moves` days on which
    many years' reports were put up at once."""
    seen = _first_sight(report)
    first = clock.day(seen)
    without = _last_without(lists, report, seen, undecided)
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


def _last_without(lists: Lists, report: Report, first: str, undecided: Iterable[Claim]) -> date | None:
    """The day of the last clear walk, before it was first seen, that did not list it: of each of its columns, for it
    may have stood in the one that was not seen."""
    columns: dict[tuple[str, str], Walk] = {}
    for walk, _ in sorted(_listed(report), key=lambda listed: listed[0].begun_at):
        columns.setdefault((walk.portal, walk.column), walk)
    before = [(lists.before(after, first), after) for after in columns.values()]
    if not before or not all(walks for walks, _ in before):
        return None
    own = {line.address for line in report.lines}
    maybe = own | {c.address.key for c in undecided if c.could_be(report.unit, report.year)}
    days: list[date] = []
    for walks, after in before:
        without = (w for w in reversed(walks) if not maybe & w.entries.keys() and lists.whole(w, after, own))
        days += [clock.day(walk.begun_at) for walk in islice(without, 1)]
    return min(days) if len(days) == len(before) else None


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
