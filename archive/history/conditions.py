"""The conditions of `missing`: what must have been seen before a report is said to be absent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from archive import clock, wording
from archive.history.attribution import Claim
from archive.history.evidence import Walk
from archive.history.world import World
from archive.register.deadlines import Deadline
from archive.register.names import SEVERAL
from archive.register.units import Unit
from archive.wording import UNDECIDED, WHY

LOST_LIST = 0.1
"""A list that has lost more than this share of the reports it once showed has changed, not its units."""
PEERS_TO_LOSE = 3
"""If so many sister units are expected in a column and none has reported, we lost the column."""


@dataclass(slots=True)
class Case:
    """A unit and year that is due and was not found, as the conditions look at it."""

    world: World
    unit: Unit
    year: int
    due: Deadline
    columns: list[dict[str, Any]]

    @property
    def of_year(self) -> list[dict[str, Any]]:
        """The columns that may hold a report of the year."""
        return [c for c in self.columns if not c.get("years") or self.year in c["years"]]

    def latest(self, column: dict[str, Any]) -> Walk | None:
        """The last clear walk of a column."""
        return self.world.latest(column["id"])

    def alike(self, unit: Unit) -> bool:
        """Whether another unit stands in one column with this: of one kind, and the division's own government and its
        office each apart from those below."""
        own = self.world.register.division
        apart = (own, f"{own}-办公室")
        mine, others = (u.code if u.code in apart else "" for u in (self.unit, unit))
        return unit.kind == self.unit.kind and mine == others


def _column_known(case: Case) -> str:
    return "" if case.columns else WHY["column_known"]


def _year_column_found(case: Case) -> str:
    split = [c for c in case.columns if c.get("years")]
    if not split or any(case.year in c["years"] for c in split) or len(split) < len(case.columns):
        return ""
    return WHY["year_column_found"].format(year=case.year)


def _walked_after_due(case: Case) -> str:
    for column in case.of_year:
        walks = [
            w for w in case.world.walks.get(column["id"], []) if clock.instant(w.begun_at) > case.due.passed
        ]
        if not walks:
            return WHY["walked_after_due"].format(due=case.due.day, column=column["id"])
        if not any(w.clear for w in walks):
            said = {"column": column["id"], "trouble": wording.trouble(walks[-1].trouble)}
            return WHY["walked_after_due, blind"].format(due=case.due.day, **said)
    return ""


def _column_proven(case: Case) -> str:
    for column in case.of_year:
        standing = [(u, year) for u, year in case.world.found.get(column["id"], []) if case.alike(u)]
        peers = [u for u, year in standing if year == case.year]
        own = [u for u, year in standing if year < case.year and u.code == case.unit.code]
        shown = {u.code for u, _ in standing}
        sisters = [u for u in case.world.register.units.values() if case.alike(u)]
        expected = [u for u in sisters if u.expected == "yes" or u.code in shown]
        if not peers and (not own or len(expected) >= PEERS_TO_LOSE):
            return WHY["column_proven"].format(column=column["id"], year=case.year)
        if case.unit.basis != "user" and case.unit.code not in shown and 2 * len(shown) < len(expected):
            counts = {"shown": len(shown), "expected": len(expected)}
            return WHY["column_proven, of few"].format(column=column["id"], **counts)
        most = max(Counter(year for _, year in {(u.code, year) for u, year in standing}).values(), default=0)
        there = len({u.code for u in peers})
        if not case.world.watched(column["id"], case.due.day) and 2 * there < most:
            counts = {"shown": there, "expected": most, "year": case.year}
            return WHY["column_proven, of old"].format(column=column["id"], **counts)
    return ""


def _list_whole(case: Case) -> str:
    for column in case.of_year:
        lost, once = case.world.lost(column["id"])
        if lost > LOST_LIST * once:
            return WHY["list_whole"].format(column=column["id"], once=once, lost=lost)
        lost, once = case.world.hidden(column["id"], case.year)
        if lost:
            return WHY["list_whole, of year"].format(
                column=column["id"], once=once, lost=lost, year=case.year
            )
    return ""


def _nothing_undecided(case: Case) -> str:
    for reason, title in chain(_open(case), _set_aside(case), _doubled(case), _misdated(case), _new(case)):
        return WHY["nothing_undecided"].format(reason=reason, title=title)
    return ""


def _open(case: Case) -> Iterator[tuple[str, str]]:
    """Entries of which it is not decided whose report, or of which year, they are."""
    for claim in case.world.open_of(case.year):
        if claim.could_be(case.unit, case.year):
            yield claim.reason or UNDECIDED["years"], _title(claim)


def _set_aside(case: Case) -> Iterator[tuple[str, str]]:
    """Entries that are not taken for one body's report, and whose titles name the year and the unit, or many units."""
    names = {
        name
        for one in (case.unit.name, *(c.name for c in case.unit.former))
        for name in case.world.stems(one)
    }
    for column in case.of_year:
        for entry in case.world.set_aside(column["id"]):
            named = SEVERAL.search(entry.title) or any(name in entry.title for name in names)
            if (
                named
                and str(case.year) in entry.title
                and not case.world.judgements.not_a_report(entry.address)
            ):
                yield UNDECIDED["set_aside"], entry.title


def _doubled(case: Case) -> Iterator[tuple[str, str]]:
    """Two entries of one list that show different figures as one sister's report: either may be this unit's under a
    wrong name."""
    for column in case.of_year:
        for report in case.world.doubled(column["id"], case.year):
            if case.alike(report.unit):
                yield UNDECIDED["doubled"].format(name=report.unit.name), _title(report.lines[0].claim)


def _misdated(case: Case) -> Iterator[tuple[str, str]]:
    """A second entry of the unit for the year before, without figures and put up when those of this year are due: its
    title may be wrong."""
    before = case.world.reports.get((case.unit.code, case.year - 1), [])
    lines = [line for report in before for line in report.lines]
    for line in lines if len(lines) > 1 else ():
        put_up = {day[:4] for day in _days(line.claim) if day}
        if line.content() is None and str(case.year + 1) in put_up:
            yield UNDECIDED["years"], _title(line.claim)


def _new(case: Case) -> Iterator[tuple[str, str]]:
    """Reports of bodies that never reported before: one that is known by its reports alone may have become one."""
    for report in case.world.by_year.get(case.year, []) if case.unit.basis == "learned" else ():
        new = report.unit.basis == "learned" and case.world.begun[report.unit.code] == case.year
        if new and case.alike(report.unit):
            yield UNDECIDED["new"].format(name=report.unit.name), _title(report.lines[0].claim)


def _days(claim: Claim) -> Iterator[str | None]:
    yield from (entry.published_on for _, entry in claim.address.listed)
    yield from (sight.published_on for sight in claim.address.sights)


def _title(claim: Claim) -> str:
    return next(claim.address.titles(), claim.address.key)


CONDITIONS: dict[str, Callable[[Case], str]] = {
    "column_known": _column_known,
    "year_column_found": _year_column_found,
    "walked_after_due": _walked_after_due,
    "list_whole": _list_whole,
    "column_proven": _column_proven,
    "nothing_undecided": _nothing_undecided,
}
"""Every condition of `missing` beyond being expected, due and seen lately; each says in one sentence how it failed,
or nothing."""
