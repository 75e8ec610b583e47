"""Evidence, readings and inputs → units, reports, ledger and events, as of an instant; portal by portal."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime

from archive.database import Database
from archive.folder import Folder
from archive.history import groups
from archive.history.attribution import Claim, addresses, claims
from archive.history.continuity import continuity
from archive.history.copies import copies
from archive.history.edits import edits, notices, with_notices
from archive.history.evidence import Evidence, Walk
from archive.history.judgements import Judgements
from archive.history.ledger import Row, late_arrivals, ledger
from archive.history.lines import Report, reports
from archive.history.loading import load
from archive.history.printed import Printed
from archive.history.revisions import Event, revisions
from archive.history.standing import contested_since, standing
from archive.history.world import World
from archive.inputs import DeadlineInput, read_deadlines, read_judgements, read_units
from archive.register.units import Register, Unit, registers_of
from archive.wording import UNDECIDED

GIVEN = ""
"""The portal of what was given by hand and belongs to none."""


@dataclass(slots=True)
class State:
    """What follows from everything seen of some portals up to `as_of`. The ledger is that of no particular day:
    `archive.history.ledger.on_day` says what it is on one. `addresses` and `urls` are all that it rests on, with their
    numbers in the database."""

    as_of: datetime
    portals: list[str] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    undecided: list[Claim] = field(default_factory=list)
    by_hand: list[Claim] = field(default_factory=list)
    addresses: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)
    judgements: Judgements = field(default_factory=Judgements)


@dataclass(slots=True)
class Source:
    """What every portal's state is computed from; `signatures` are digests of what the registers knew before anything
    was learned. The lists of the portals to be derived must have been noted in `watched`. Without `events` nothing is
    said to have happened."""

    database: Database
    as_of: datetime
    generation: int
    deadlines: list[DeadlineInput]
    registers: dict[str, Register]
    judgements: Judgements
    signatures: dict[str, str] = field(default_factory=dict)
    events: bool = True


@dataclass(slots=True)
class Group:
    """Portals that depend on each other, what was seen of them and whose reports that is."""

    portals: list[str]
    evidence: Evidence
    claims: list[Claim]


def source(
    database: Database, folder: Folder, as_of: datetime, generation: int, *, events: bool = True
) -> Source:
    """Registers, deadlines and judgements as of an instant, with today's inputs."""
    latest = {portal: json.loads(text) for portal, text in groups.records(database, as_of).items()}
    registers = registers_of(latest, read_units(folder.inputs))
    signatures = {portal: _signature(register) for portal, register in registers.items()}
    registers[GIVEN] = Register(GIVEN, {"division": "given", "name": ""}, [], learns_all=True)
    judgements = Judgements(read_judgements(folder.inputs))
    deadlines = read_deadlines(folder.inputs)
    return Source(database, as_of, generation, deadlines, registers, judgements, signatures, events)


def _signature(register: Register) -> str:
    units = "\n".join(map(repr, register.units.values()))
    return hashlib.sha256(f"{register.record}\n{units}".encode()).hexdigest()[:16]


def derive(of: Source, wanted: Iterable[str]) -> Iterator[State]:
    """The state of portals, with those that they depend on, one group of portals after the other; last that of what
    was given by hand and belongs to no portal."""
    divisions = {portal: register.division for portal, register in of.registers.items() if portal != GIVEN}
    sets = groups.together(of.database, wanted, divisions)
    by_hand = groups.given(of.database)
    if not by_hand:
        for portals in sets:
            yield _state(of, _group(of, portals))
        return
    found = [_group(of, portals) for portals in sets]
    _recall(of, {portal for portals in sets for portal in portals})
    hand = _group(of, [GIVEN], by_hand)  # decided by what the portals' own reports have taught
    for group in found:
        yield _state(of, group, hand)
    yield _state_of_given(of, hand)


def _group(of: Source, portals: list[str], given: Iterable[int] = ()) -> Group:
    evidence = load(of.database, of.as_of, of.generation, portals, given)
    listed = addresses(evidence, of.registers)
    said = (claim for address in listed for claim in claims(address))
    decided = map(of.judgements.decided, said)
    return Group(portals, evidence, [claim for claim in decided if claim])


def _recall(of: Source, derived: set[str]) -> None:
    """Teach registers what was learned of portals that are not derived now."""
    for name, kind, portal in of.database.execute(
        "SELECT name, kind, portal FROM units WHERE basis = 'learned'"
    ):
        if portal not in derived and portal in of.registers and portal != GIVEN:
            of.registers[portal].learn(name, [kind])


def _state(of: Source, group: Group, hand: Group | None = None) -> State:
    """The state of a group; of what was given by hand that counts which is, or could be, a report of its units."""
    own = set(group.portals)
    for claim in group.claims:
        if claim.unit and claim.unit.portal not in own:
            claim.reason = claim.reason or UNDECIDED["portal"].format(
                name=claim.unit.name, portal=claim.unit.portal
            )
            claim.unit = None
    undecided = [claim for claim in group.claims if claim.reason]
    if hand:
        group.evidence.join(hand.evidence)
        group.claims += [c for c in hand.claims if c.unit is None or c.unit.portal in own]
    return _complete(of, group, undecided)


def _state_of_given(of: Source, hand: Group) -> State:
    """The state of what was given by hand and belongs to no portal, with all claims that it makes."""
    claims = hand.claims
    hand.claims = [claim for claim in claims if claim.unit is None or claim.unit.portal == GIVEN]
    state = _complete(of, hand, [claim for claim in claims if claim.reason])
    state.by_hand = claims
    return state


def _complete(of: Source, group: Group, undecided: list[Claim]) -> State:
    printed = Printed(of.database)
    found = reports(group.evidence, group.claims, printed)
    rows = [row for world in _worlds(of, group, found) for row in ledger(world)]
    return State(
        of.as_of,
        group.portals,
        [unit for portal in group.portals for unit in of.registers[portal].units.values()],
        found,
        rows,
        _in_order(_happened(of, group, found, rows, printed)) if of.events else [],
        undecided,
        addresses=group.evidence.addresses,
        urls=group.evidence.urls,
        judgements=of.judgements,
    )


def _worlds(of: Source, group: Group, found: list[Report]) -> list[World]:
    worlds = {p: World(group.evidence, of.registers[p], of.deadlines, of.judgements) for p in group.portals}
    for walk in group.evidence.walks:
        world = worlds[walk.portal]
        world.columns = walk.registry["columns"]
        world.walks.setdefault(walk.column, []).append(walk)
    for report in found:
        worlds[report.unit.portal].reports.setdefault((report.unit.code, report.year), []).append(report)
    for claim in group.claims:
        for register in claim.address.registers:
            if register.portal in worlds:
                worlds[register.portal].claims.append(claim)
    for world in worlds.values():
        world.found = {column: list(_standing(walks, world.claims)) for column, walks in world.walks.items()}
    return list(worlds.values())


def _standing(walks: list[Walk], decided: list[Claim]) -> Iterator[tuple[Unit, int]]:
    latest = next((walk for walk in reversed(walks) if walk.clear), None)
    for claim in decided:
        listed = latest and claim.address.key in latest.entries and not claim.address.ended
        if listed and claim.unit and claim.year:
            yield claim.unit, claim.year


def _happened(
    of: Source, group: Group, found: list[Report], rows: list[Row], printed: Printed
) -> list[Event]:
    """Everything that happened to reports."""
    happened: list[Event] = []
    for report in found:
        happened += revisions(report, printed, contested_since(report))
        happened += standing(report, printed)
        happened += edits(report)
    happened += late_arrivals(rows, found)
    happened += notices(group.evidence, [of.registers[portal] for portal in group.portals], found)
    happened += continuity(of.database, found, happened)
    happened += copies(of.database, found)
    with_notices(happened)
    return happened


def _in_order(happened: list[Event]) -> list[Event]:
    """Each event once, in the order of time."""
    latest_first = sorted(happened, key=lambda e: (e.seen_at, e.kind, e.line), reverse=True)
    once = {event.id: event for event in latest_first}
    return sorted(once.values(), key=lambda e: (e.seen_at, e.unit, e.year, e.kind, e.id))
