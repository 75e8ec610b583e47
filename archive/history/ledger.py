"""The deadline ledger: for each unit and year what was seen, when, against which due day, on which basis.

`missing` needs every condition of `archive.history.conditions`; where one fails the year is `unseen` and the row names
it. What we could not see is never called absent.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from archive import clock, wording
from archive.history.conditions import CONDITIONS, Case
from archive.history.evidence import Evidence
from archive.history.lines import Line, Report
from archive.history.publication import publication
from archive.history.revisions import Event, event
from archive.history.world import World
from archive.register.deadlines import Deadline, deadline
from archive.register.units import Unit
from archive.wording import EVENTS, WHY


@dataclass(slots=True)
class Row:
    """A unit and a year. `why` holds the failed conditions, first the one that matters most. As it is derived it
    holds on any day, and a report that was not there at the last clear sight is `absent`; `oldest` is the column that
    was seen clearly the longest ago, `without` the day of the last clear sight before a report came."""

    unit: Unit
    year: int
    presence: str
    due: Deadline
    timing: str | None = None
    reading: str | None = None
    why: list[str] = field(default_factory=list)
    not_before: str | None = None
    not_after: str | None = None
    published_basis: str | None = None
    last_clear_sight: str | None = None
    columns: list[str] = field(default_factory=list)
    captures: list[str] = field(default_factory=list)
    oldest: str = ""
    without: date | None = None


def ledger(world: World) -> Iterator[Row]:
    """A row for every unit and every year that it could have reported for."""
    last = clock.day(world.evidence.as_of).year - 1
    years: dict[str, list[int]] = {}
    for code, year in world.reports:
        years.setdefault(code, []).append(year)
    first = world.register.first_year or min((year for _, year in world.reports), default=last)
    for unit in sorted(world.register.units.values(), key=lambda u: u.code):
        own = years.get(unit.code, [])
        begun = min(own) if unit.expected == "if_seen" and own else first
        for year in sorted({*range(begun, last + 1), *own}):
            yield _row(world, unit, year)


def _row(world: World, unit: Unit, year: int) -> Row:
    due = world.judgements.due(unit, year) or deadline(unit.kind, unit.division, year, world.deadlines)
    row = Row(unit, year, "", due)
    if found := world.reports.get((unit.code, year)):
        return _present(world, row, found)
    if elsewhere := world.judgements.of(unit, year, "found_elsewhere"):
        row.presence, row.timing, row.reading = "present", "undated", "unread"
        row.why = [f"{elsewhere}: {elsewhere.line.value}"]
        return row
    columns = [c for c in world.columns if unit.kind in c["kinds"]]
    case = Case(world, unit, year, due, columns)
    row.columns = [column["url"] for column in case.of_year]
    walks = [w for w in map(case.latest, case.of_year) if w]
    if walks:
        oldest = min(walks, key=lambda walk: walk.ended_at)
        row.last_clear_sight, row.oldest = oldest.ended_at, oldest.column
    if exempt := world.judgements.of(unit, year, "exempt"):
        row.presence, row.why = "not_expected", [str(exempt)]
    elif not _expected(world, unit, year):
        row.presence = "not_expected"
    else:
        row.why = [f"{code}: {why}" for code, holds in CONDITIONS.items() if (why := holds(case))]
        row.presence = "unseen" if row.why else "absent"
        row.captures = [] if row.why else [capture for walk in walks for capture in walk.captures]
    return row


def on_day(row: Row, day: date, sight_days: int) -> Row:
    """A row as it stands on a Beijing day, on which sights of the last `sight_days` days prove an absence."""
    if row.presence not in {"absent", "unseen"}:
        return row
    if day <= row.due.day:
        return replace(row, presence="pending", why=[], captures=[])
    if row.presence == "unseen":
        return row
    seen = clock.day(row.last_clear_sight or "")
    if seen < day - timedelta(days=sight_days):
        stale = WHY["sight_fresh"].format(column=row.oldest, day=seen)
        return replace(row, presence="unseen", why=[f"sight_fresh: {stale}"], captures=[])
    return replace(row, presence="missing")


def _present(world: World, row: Row, found: list[Report]) -> Row:
    own = next((r for r in found if r.scope == "own"), found[0])
    lines = [line for report in found for line in report.lines]
    row.presence = "withdrawn" if all(r.withdrawn for r in found) else "present"
    row.why = [f"contested: {r.contested}" for r in found if r.contested]
    published = publication(world.lists, own, world.open_of(row.year), world.moves)
    row.timing, row.without = published.timing(row.due), published.without
    row.not_before = str(published.not_before) if published.not_before else None
    row.not_after, row.published_basis = str(published.not_after), published.basis
    for day in published.contradicted:
        row.why.append(f"date_contradicted: {WHY['date_contradicted'].format(day=day)}")
    row.reading = _reading_state(world.evidence, lines)
    row.last_clear_sight = max(line.sights[-1].at for line in lines)
    row.captures = [line.sights[0].record for line in lines]
    return row


def _reading_state(evidence: Evidence, lines: list[Line]) -> str:
    standing = [line for line in lines if line.live or len(lines) == 1]
    latest = [r.latest for line in standing for r in line.renditions]
    full = [reading for reading in latest if reading.has_cells]
    doubtful = any(reading.doubtful for reading in full or latest)
    if not full and (not latest or doubtful or any(_file_unread(evidence, line) for line in standing)):
        return "unread"
    return "doubtful" if doubtful else "ok"


def _file_unread(evidence: Evidence, line: Line) -> bool:
    """Whether a page has files of which none was read: what it does not say may stand there."""
    files = evidence.attachments.get(evidence.final(line.sights[-1]).page or 0)
    return bool(files) and not any(one.is_file and one.readings for one in line.claim.looks[-1][0].stands)


def late_arrivals(rows: list[Row], found: list[Report]) -> Iterator[Event]:
    """What came after its due day and was not there when its column was last seen clearly before."""
    late = {(row.unit.code, row.year): row for row in rows if row.timing == "late" and row.without}
    for report in found:
        row = late.pop((report.unit.code, report.year), None)
        if row:
            line = min(report.lines, key=lambda x: x.sights[0].at)
            first = line.sights[0]
            days = " – ".join(dict.fromkeys([str(row.not_before), str(row.not_after)]))
            due = {"due": row.due.day, "basis": wording.basis(row.due.basis)}
            said = EVENTS["late_arrival"].format(days=days, **due)
            arrived = event("late_arrival", report, line, first.body or "", first.at, said)
            arrived.seen_before = str(row.without)
            yield arrived


def _expected(world: World, unit: Unit, year: int) -> bool:
    if unit.expected == "no" or (unit.first_year or 0) > year or year > (unit.last_year or year):
        return False
    if unit.expected == "yes":
        return True
    return any((unit.code, earlier) in world.reports for earlier in (year - 1, year - 2))
