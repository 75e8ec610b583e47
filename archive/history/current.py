"""What was derived last, from what, and what has changed since."""

from __future__ import annotations

import gc
import hashlib
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from archive import clock
from archive.database import Database
from archive.folder import Folder
from archive.history import groups, judged
from archive.history.attribution import Claim
from archive.history.derive import GIVEN, Source, derive, source
from archive.history.store import clear, store
from archive.inputs import JUDGEMENTS, read_judgements, read_settings
from archive.readings import generation


@dataclass(frozen=True, slots=True)
class Derived:
    """What the derived tables follow from: code, inputs and registers by their digests, the year, the generation, the
    last walk by its number, the time of the last sight, and who was given what by hand; judgements apart from other
    inputs, for most touch one portal."""

    code: str
    inputs: str
    year: int
    generation: int
    walk: int = 0
    through: str = ""
    given: list[Any] = field(default_factory=list)
    judgements: str = ""

    @property
    def rests_on(self) -> tuple[Any, ...]:
        """What everything is derived anew for when it changes."""
        return (self.code, self.inputs, self.year, self.generation)


def last(database: Database) -> Derived | None:
    """What was derived last, `None` where nothing was."""
    row = database.execute("SELECT value FROM meta WHERE key = 'derived'").fetchone()
    return Derived(**json.loads(row[0])) if row else None


def holds(database: Database, at: datetime) -> bool:
    """Whether the derived tables say what was known at an instant: the last sight that they rest on is no later."""
    derived = last(database)
    return derived is not None and clock.stamp(at) >= derived.through and clock.day(at).year == derived.year


def behind(database: Database, folder: Folder) -> bool:
    """Whether evidence came, or inputs were changed, that nothing was derived from yet."""
    derived = last(database)
    if derived is None:
        return True
    new = "SELECT EXISTS (SELECT 1 FROM touched) OR EXISTS (SELECT 1 FROM walks WHERE id > ?)"
    came = bool(database.execute(new, [derived.walk]).fetchone()[0])
    return came or (_inputs(folder), _judgements(folder)) != (derived.inputs, derived.judgements)


def refresh(database: Database, folder: Folder) -> int:
    """Derive anew what rests on evidence that came and on inputs that changed since, in one transaction; returns the
    number of portals that were derived."""
    before = last(database)
    through = _through(database) if before is None or behind(database, folder) else before.through
    at = max(clock.now(), clock.instant(through)) if through else clock.now()
    basis = Derived(_code(), _inputs(folder), clock.day(at).year, generation.shown(database))
    touched: set[str] | None = set()
    if before and before.rests_on == basis.rests_on and before.judgements != _judgements(folder):
        touched = judged.portals(database, read_judgements(folder.inputs))
    everything = before is None or basis.rests_on != before.rests_on or touched is None
    if not everything and not behind(database, folder):
        return 0
    with database, uncollected():
        if everything:
            clear(database)
        of = source(database, folder, at, generation.shown(database))
        done, given = _derive(of, None if everything else before, touched or set())
        walk = database.execute("SELECT coalesce(max(id), 0) FROM walks").fetchone()[0]
        now = replace(basis, walk=walk, through=through, given=given, judgements=_judgements(folder))
        judged.keep(database, read_judgements(folder.inputs))
        database.execute("DELETE FROM touched")
        days = str(read_settings(folder.inputs).sight_days)
        rows = [("derived", json.dumps(asdict(now), ensure_ascii=False)), ("sight_days", days)]
        database.executemany("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", rows)
    return done


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the collector of cycles: what is derived makes none, and it would walk millions of objects to see it."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _derive(of: Source, before: Derived | None, touched: set[str]) -> tuple[int, list[Any]]:
    """Derive and store; the number of portals, and what was given by hand as it was decided."""
    database = of.database
    every = set(of.registers) - {GIVEN}
    wanted = (groups.stale(database, before.walk) | touched) & every | _reregistered(of) if before else every
    groups.note_lists(database, wanted, of.as_of)
    done, given = _store(of, wanted)
    if before:  # what is given by hand counts for the portals whose units it names, or might name
        changed = [said for said in (*given, *before.given) if said not in given or said not in before.given]
        further = every if any(portal is None for portal, *_ in changed) else {said[0] for said in changed}
        done += _store(of, further - wanted)[0] if further - wanted - {GIVEN} else 0
    return done, given


def _store(of: Source, wanted: set[str]) -> tuple[int, list[Any]]:
    done = 0
    given: list[Any] = []
    for state in derive(of, wanted):
        store(of.database, state)
        done += len(state.portals)
        given += map(_said, state.by_hand)
    _note_registers(of)
    return done, given


def _reregistered(of: Source) -> set[str]:
    """Portals whose register knows other units than when they were derived: a unit that two portals know goes to the
    nearer one as soon as there is one."""
    kept = dict(map(tuple, of.database.execute("SELECT portal, register FROM portals")))
    return {portal for portal, digest in of.signatures.items() if kept.get(portal) != digest}


def _note_registers(of: Source) -> None:
    rows = [(digest, portal) for portal, digest in of.signatures.items()]
    of.database.executemany(
        "UPDATE portals SET register = ? WHERE portal = ? AND register IS NOT ?", [(d, p, d) for d, p in rows]
    )


def _said(claim: Claim) -> list[Any]:
    """A claim as another portal's rows depend on it, first the portal of its unit."""
    unit = (claim.unit.portal, claim.unit.code) if claim.unit else (None, None)
    return [
        *unit,
        claim.target,
        claim.year,
        sorted(claim.years),
        claim.scope,
        claim.issuer_kind,
        claim.reason,
    ]


def _through(database: Database) -> str:
    """The time of the last sight and walk."""
    row = database.execute(
        "SELECT max(coalesce((SELECT max(at) FROM records), ''), coalesce((SELECT max(ended_at) FROM walks), ''))"
    )
    return str(row.fetchone()[0])


def _inputs(folder: Folder) -> str:
    """A digest of the files that people's decisions stand in, but for judgements; of the registry each walk keeps its
    own."""
    files = sorted(path for path in folder.inputs.glob("*") if path.is_file() and path.name != JUDGEMENTS)
    return _digest(part for path in files for part in (path.name.encode(), path.read_bytes()))


def _judgements(folder: Folder) -> str:
    path = folder.inputs / JUDGEMENTS
    return _digest([path.read_bytes()]) if path.exists() else ""


@cache
def _code() -> str:
    """A digest of the code that derives, the table of divisions included: what other code has derived is derived
    anew."""
    here = Path(__file__).parent
    rooms = (here, here.parent / "register")
    files = (path for room in rooms for path in sorted((*room.glob("*.py"), *room.glob("*.gz"))))
    return _digest(path.read_bytes() for path in files)


def _digest(parts: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()
