"""Evidence, readings and inputs → units, reports, ledger and events, as of an instant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from archive.database import Database
from archive.folder import Folder
from archive.history import evidence as seen
from archive.history.attribution import Claim, addresses, claims
from archive.history.continuity import continuity
from archive.history.evidence import Evidence, Walk
from archive.history.ledger import Row, World, ledger
from archive.history.lines import Report, reports
from archive.history.revisions import Event, events
from archive.inputs import UnitInput, read_deadlines, read_settings, read_units
from archive.register.units import Register, Unit, registers_of

GIVEN = ""
"""The portal of what was given by hand and belongs to none."""


@dataclass(slots=True)
class State:
    """What follows from everything seen up to `as_of`."""

    as_of: datetime
    units: list[Unit]
    reports: list[Report]
    ledger: list[Row]
    events: list[Event]
    undecided: list[Claim] = field(default_factory=list)


def derive(database: Database, folder: Folder, as_of: datetime, generation: int) -> State:
    """Compute the state as of an instant, with today's generation and inputs."""
    evidence = seen.load(database, as_of, generation)
    registers = _registers(evidence, read_units(folder.inputs))
    decided = [claim for address in addresses(evidence, registers) for claim in claims(evidence, address)]
    found = reports(evidence, decided)
    rows = [row for world in _worlds(evidence, registers, decided, found, folder) for row in ledger(world)]
    happened = [event for report in found for event in events(report)]
    happened.extend(continuity(database, found))
    units = [unit for register in registers.values() for unit in register.units.values()]
    undecided = [claim for claim in decided if claim.reason]
    return State(as_of, units, found, rows, _in_order(database, happened), undecided)


def _registers(evidence: Evidence, inputs: list[UnitInput]) -> dict[str, Register]:
    latest = {walk.portal: walk.registry for walk in evidence.walks}
    registers = registers_of(latest, inputs)
    registers[GIVEN] = Register(GIVEN, {"division": "given", "name": ""}, [], learns_all=True)
    return registers


def _worlds(
    evidence: Evidence,
    registers: dict[str, Register],
    decided: list[Claim],
    found: list[Report],
    folder: Folder,
) -> list[World]:
    inputs = (read_deadlines(folder.inputs), read_settings(folder.inputs))
    worlds = {portal: World(evidence, register, *inputs) for portal, register in registers.items()}
    for walk in evidence.walks:
        world = worlds[walk.portal]
        world.columns = walk.registry["columns"]
        world.walks.setdefault(walk.column, []).append(walk)
    for report in found:
        worlds[report.unit.portal].reports.setdefault((report.unit.code, report.year), []).append(report)
    for claim in decided:
        for register in claim.address.registers:
            worlds[register.portal].claims.append(claim)
    for world in worlds.values():
        world.found = {column: list(_standing(walks, world.claims)) for column, walks in world.walks.items()}
    return list(worlds.values())


def _standing(walks: list[Walk], decided: list[Claim]) -> Iterator[tuple[Unit, int]]:
    latest = next((walk for walk in reversed(walks) if walk.clear), None)
    for claim in decided:
        if latest and claim.address.key in latest.entries and claim.unit and claim.year:
            yield claim.unit, claim.year


def _in_order(database: Database, happened: list[Event]) -> list[Event]:
    """Each event once, with the cells it is about, in the order of time."""
    once = {
        event.id: event for event in sorted(happened, key=lambda e: (e.seen_at, e.kind, e.line), reverse=True)
    }
    for event in once.values():
        if event.new_reading is not None and event.old_reading is not None and not event.cells:
            event.cells = _cells(database, event.old_reading, event.new_reading)
            event.message += _repaired(database, event)
    return sorted(once.values(), key=lambda e: (e.seen_at, e.unit, e.year, e.kind, e.id))


def _cells(database: Database, old: int, new: int) -> list[dict[str, Any]]:
    before, after = _printed(database, old), _printed(database, new)
    paths = [path for path in dict.fromkeys([*before, *after]) if before.get(path) != after.get(path)]
    return [
        {"path": path, "old": before.get(path, "absent"), "new": after.get(path, "absent")} for path in paths
    ]


def _printed(database: Database, reading: int) -> dict[str, Any]:
    rows = database.execute(
        """SELECT path, coalesce(value, (SELECT text FROM notes WHERE notes.reading = reading_cells.reading
           AND notes.path = reading_cells.path), 'blank') FROM reading_cells WHERE reading = ?""",
        [reading],
    )
    return dict(map(tuple, rows))


def _repaired(database: Database, event: Event) -> str:
    count = "SELECT count(*) FROM findings WHERE reading = ? AND code = 'identity_broken'"
    old, new = (database.execute(count, [r]).fetchone()[0] for r in (event.old_reading, event.new_reading))
    if event.kind != "revised" or old == new:
        return ""
    return f"; broken identities {old} → {new}"
