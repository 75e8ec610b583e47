"""What a search proposes: the registry record of a portal, why each column was chosen, and what was not seen.

A proposal is one YAML file: `record` is what `inputs/portals/` will hold, and may be edited before it is accepted;
`seen` and `trouble` say what it rests on.
"""

from __future__ import annotations

import os
import re
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from archive import clock
from archive.captures.records import FINISHED_STOPS
from archive.folder import Folder, writing
from archive.register.units import compared, kind_of
from crawler import registry
from crawler.search import Found, Search
from parsers.errors import Fault
from parsers.portals.discovery import kinds_named
from parsers.text import fold
from parsers.titles import read_title

IDS = {
    ("township", "subdistrict"): "townships",
    ("township",): "townships",
    ("subdistrict",): "subdistricts",
    ("department",): "departments",
    ("government",): "county",
}
"""Ids of columns by the kinds that they host; any other is `reports`."""
KINDS = ("government", "department", "township", "subdistrict", "other")
_RARE = 0.05
"""A kind of unit with a smaller share of a column's reports is a stranger in it."""
_RECENT_YEARS = 2
"""A unit whose last report is older than that, against the newest of its kind, is not proposed as expected."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A column as the search saw it. `because` are the witnesses; `stop` is how the walk of its list ended."""

    id: str
    name: str
    url: str
    family: str
    because: list[str]
    kinds: list[str]
    years: list[int]
    units: int
    entries: int
    reports: int
    pages: int
    last_page: str
    stop: str

    @property
    def is_whole(self) -> bool:
        """Whether its list was seen to the end."""
        return self.stop in FINISHED_STOPS


@dataclass(slots=True)
class Proposal:
    """The record that a search proposes (`None` where it found no column), and what it rests on."""

    home: str
    at: str
    record: dict[str, Any] | None
    seen: list[Seen] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def as_yaml(self) -> str:
        """The proposal as its file holds it."""
        return dump(asdict(self))


@dataclass(frozen=True, slots=True)
class Body:
    """A body that issued a report: its name, its kind, the year of the report."""

    name: str
    kind: str
    year: int | None


def propose(search: Search) -> Proposal:
    """The proposal that follows from a finished search."""
    ground, trouble = search.ground, list(search.trouble)
    name = ground.name or search.owner.name
    division = ground.division or search.owner.division
    seen: list[Seen] = []
    columns: list[dict[str, Any]] = []
    bodies = {id(found): _bodies(found, name) for found in search.columns()}
    for found in search.columns():
        column = _column(found, bodies[id(found)], {c["id"] for c in columns})
        columns.append(column)
        seen.append(_seen(found, column, bodies[id(found)]))
    if not columns:
        trouble.append(f"no column found, {search.counts['looks']} pages looked at")
        return Proposal(search.home, clock.stamp(search.begun_at), None, [], trouble)
    if not division:
        trouble.append("the site names no 网站标识码: put the division code (six digits) into the record")
    units, notes = _units([b for listed in bodies.values() for b in listed], seen)
    record = {
        "id": ground.id,
        "name": name or ground.id,
        "division": division,
        "hosts": list(dict.fromkeys([*ground.hosts, *(urlsplit(c["url"]).netloc.lower() for c in columns)])),
        **({"allow_private": True} if ground.allow_private else {}),
        **({"pace_seconds": ground.pace_seconds} if ground.pace_seconds != 1 else {}),
        **_first_year(seen, bodies.values()),
        "columns": columns,
        "units": units,
    }
    return Proposal(search.home, clock.stamp(search.begun_at), record, seen, trouble + notes)


def dump(data: Any) -> str:
    """YAML as people read it."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=118)


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place, bring it to the disk, and put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_proposal(path: Path) -> Proposal:
    """A proposal from its file; raises a `Fault` where it is none."""
    data = registry.read_yaml(path)
    try:
        seen = [Seen(**column) for column in data.pop("seen", [])]
        return Proposal(**data, seen=seen)
    except TypeError as error:
        raise Fault(f"{registry.shown(path)}: no proposal of `gongkai discover` ({error})") from error


def accept(archive: Folder, proposal: Proposal, *, replace: bool, wait_seconds: float = 0) -> Path:
    """Write the record into `inputs/portals/` and a line into the journal; raises a `Fault` where the record has one,
    or where there is such a portal and it shall not be replaced."""
    if proposal.record is None:
        raise Fault(f"{proposal.home}: no column was found, so there is no record to accept")
    name = str(proposal.record.get("id", ""))
    registry.check(proposal.record, name, f"the record of {name}")
    path = archive.inputs / "portals" / f"{name}.yaml"
    with writing(archive, wait_seconds):
        if path.exists() and not replace:
            raise Fault(
                f"{registry.shown(path)} is there already; --replace puts the new record in its place"
            )
        was = {"was": path.read_text(encoding="utf-8")} if path.exists() else {}
        write_whole(path, dump(proposal.record))
        because = {c.id: c.because for c in proposal.seen}
        archive.note("portal accepted", portal=name, home=proposal.home, because=because, **was)
    return path


def _bodies(found: Found, place: str) -> list[Body]:
    """Who issued the reports of a column; governments of other places that it repeats are left out."""
    out = []
    own = kinds_named(f"{found.name} {found.link.text}")
    for entry in found.reports:
        title = read_title(entry.title)
        if not title.issuer:
            continue
        name = compared(title.issuer, (place,))
        kind = kind_of(name)
        if kind == "government" and place and name != fold(place):
            continue
        shown = name if kind in {"township", "subdistrict"} else fold(title.issuer)
        out.append(Body(shown, own[0] if kind == "other" and len(own) == 1 else kind, title.year))
    return out


def _column(found: Found, bodies: list[Body], taken: set[str]) -> dict[str, Any]:
    kinds = _kinds(found, bodies)
    base = IDS.get(
        tuple(k for k in ("government", "department", "township", "subdistrict") if k in kinds), "reports"
    )
    name = f"{base}-{found.year}" if found.year else base
    number = 2
    unique = name
    while unique in taken:
        unique, number = f"{name}-{number}", number + 1
    years = {"years": _years(found)} if found.year else {}
    return {"id": unique, "url": found.url, "kinds": kinds, **years, "family": found.family}


def _kinds(found: Found, bodies: list[Body]) -> list[str]:
    """Kinds that issued its reports or that its name says; a list whose titles name nobody is the government's own."""
    counts = Counter(body.kind for body in bodies)
    named = kinds_named(f"{found.name} {found.link.text}")
    kinds = {kind for kind, n in counts.items() if n > _RARE * len(bodies)} | set(named)
    return [kind for kind in KINDS if kind in kinds] or ["government"]


def _years(found: Found) -> list[int]:
    return sorted({year for entry in found.reports if (year := read_title(entry.title).year)})


def _seen(found: Found, column: dict[str, Any], bodies: list[Body]) -> Seen:
    return Seen(
        id=column["id"],
        name=found.name,
        url=found.url,
        family=found.family,
        because=list(found.link.witnesses),
        kinds=column["kinds"],
        years=_years(found),
        units=len({compared(body.name) for body in bodies}),
        entries=len(found.entries),
        reports=len(found.reports),
        pages=found.walk.counts["pages"],
        last_page=found.last_page,
        stop=found.walk.stop,
    )


def _units(bodies: list[Body], seen: list[Seen]) -> tuple[list[dict[str, str]], list[str]]:
    """The units to be expected: those of kinds whose lists were seen whole, that reported of late."""
    units: list[dict[str, str]] = []
    notes: list[str] = []
    last: dict[tuple[str, str], int] = defaultdict(int)
    for body in bodies:
        last[body.kind, body.name] = max(last[body.kind, body.name], body.year or 0)
    for kind in KINDS:
        hosting = [column for column in seen if kind in column.kinds]
        mine = {name: year for (of, name), year in last.items() if of == kind}
        if not mine or not hosting or kind == "other":
            continue
        if not all(column.is_whole for column in hosting):
            notes.append(f"units of kind {kind} are not proposed: their list was not seen to its end")
            continue
        newest = max(mine.values())
        units += [
            {"name": n, "kind": kind} for n, year in sorted(mine.items()) if newest - year < _RECENT_YEARS
        ]
        notes += [
            f"{n} is not proposed as expected: its last report is for {year or 'no year that its title names'}"
            for n, year in sorted(mine.items())
            if newest - year >= _RECENT_YEARS
        ]
    return units, notes


def _first_year(seen: list[Seen], bodies: Any) -> dict[str, int]:
    """The first year in which every kind of unit reported: before it absence says nothing."""
    first: dict[str, int] = {}
    for body in (b for listed in bodies for b in listed if b.year):
        first[body.kind] = min(first.get(body.kind, body.year), body.year)
    hosted = {kind for column in seen for kind in column.kinds}
    years = [year for kind, year in first.items() if kind in hosted]
    return {"first_year": max(years)} if years else {}


def slug(host: str) -> str:
    """An id for a portal, from its host: qinghe of www.qinghe.gov.cn, ylq-yueyang of ylq.yueyang.gov.cn."""
    bare = re.sub(r"^www\d?\.|\.gov\.cn(?::\d+)?$", "", host.lower())
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "portal"
