"""What was known at an earlier time, derived into temporary tables that stand before those of the present."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from archive import schema
from archive.database import Database
from archive.folder import Folder
from archive.history import groups
from archive.history.current import uncollected
from archive.history.derive import Source, State, derive, source
from archive.history.store import store
from archive.readings import generation


@dataclass(frozen=True, slots=True)
class About:
    """What is asked of a past time, so that no more need be derived: a unit (by code or name), a county, or all; with
    or without events."""

    unit: str | None = None
    county: str | None = None
    events: bool = True

    def fits(self, code: str, name: str, division: str, former: Iterable[str] = ()) -> bool:
        """Whether a unit may be meant."""
        if self.unit:
            return self.unit == code or self.unit in name or self.unit in former
        return self.county == division


def derive_beside(database: Database, folder: Folder, at: datetime, about: About) -> None:
    """Derive what is asked for, as of an instant."""
    learned = database.execute(
        "SELECT portal, code, name, division FROM units WHERE basis = 'learned'"
    ).fetchall()
    make_beside(database)
    of = source(database, folder, at, generation.shown(database), events=about.events)
    every = groups.portals(database, at)
    groups.note_lists(database, every, at)
    with uncollected():
        for part in derive(of, _meant(of, about, learned) & set(every) or every):
            store(database, part)


def _meant(of: Source, about: About, learned: list[Any]) -> set[str]:
    """The portals that know, or have learned, what is asked for; none where it may be any, as a file that was given by
    hand may be of any portal's unit."""
    by_hand = of.database.execute("SELECT 1 FROM records WHERE kind = 'resource' LIMIT 1").fetchone()
    if by_hand or not (about.unit or about.county):
        return set()
    knowing = {
        portal
        for portal, register in of.registers.items()
        for unit in register.units.values()
        if about.fits(unit.code, unit.name, unit.division, (called.name for called in unit.former))
    }
    return knowing | {portal for portal, *unit in learned if about.fits(*unit)}


def make_beside(database: Database) -> None:
    """Temporary tables and views, empty."""
    for statement in (*schema.DERIVED, *schema.views()):
        if not statement.startswith("CREATE UNIQUE INDEX") and not statement.startswith("CREATE INDEX"):
            database.execute(re.sub("^CREATE ", "CREATE TEMP ", statement))
        else:
            database.execute(re.sub("INDEX ", "INDEX temp.", statement, count=1))


def derived(
    database: Database, folder: Folder, at: datetime, portals: Iterable[str] | None = None
) -> Iterator[State]:
    """The state of some portals, and of those that depend on them, or of all."""
    of = source(database, folder, at, generation.shown(database))
    every = groups.portals(database, at)
    wanted = every if portals is None else sorted(set(portals) & set(every))
    groups.note_lists(database, every, at)
    yield from derive(of, wanted)
