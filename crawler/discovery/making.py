"""From a finished search to the proposal: whose reports each column holds, of which years, and who is expected."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from archive import clock
from archive.register.divisions import division
from archive.register.units import Register, compared, kind_of
from crawler.discovery.proposal import Proposal, Seen
from crawler.discovery.search import Found, Search
from crawler.discovery.whose import division_of
from crawler.registry import FIRST_YEAR, LAST_YEAR
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
class Body:
    """A body that issued a report: its name, its kind, the year of the report; `official` where the register of units
    has it anyway."""

    name: str
    kind: str
    year: int | None
    official: bool


def propose(search: Search) -> Proposal:
    """The proposal that follows from a finished search."""
    ground, at = search.ground, clock.stamp(search.begun_at)
    code, doubts = (ground.division, []) if ground.division else division_of(search.owner)
    name, doubt = _named(ground.name or search.owner.name, code)
    doubts = doubts + doubt
    columns: list[dict[str, Any]] = []
    seen: list[Seen] = []
    bodies: list[Body] = []
    register = Register(ground.id, {"name": name, "division": code}, [])
    for found in search.columns():
        mine = _bodies(found, register, name)
        columns.append(_column(found, mine, {c["id"] for c in columns}))
        seen.append(_seen(found, columns[-1], mine))
        bodies += mine
        if not seen[-1].is_whole:
            said = "; ".join(found.walk.messages)
            doubts.append(f"{found.name} {found.url}: its list was not seen to its end ({said})")
    if not columns:
        none = f"no column found; {search.counts['pages']} of {search.counts['looks']} addresses tried have answered"
        return Proposal(search.home, at, None, [], [*search.trouble, none])
    units, notes = _units(bodies, seen)
    record = {
        "id": ground.id,
        "name": name or ground.id,
        "division": code,
        "hosts": list(dict.fromkeys([*ground.hosts, *(urlsplit(c["url"]).netloc.lower() for c in columns)])),
        **({"allow_private": True} if ground.allow_private else {}),
        **({"pace_seconds": ground.pace_seconds} if ground.pace_seconds != 1 else {}),
        **({"browser": True} if ground.browser else {}),
        **_first_year(bodies, seen),
        "columns": columns,
        "units": units,
    }
    return Proposal(search.home, at, record, seen, [*search.trouble, *doubts, *notes])


def _named(said: str, code: str) -> tuple[str, list[str]]:
    """The name of a place by the official table where the site agrees with it, else as the site says it."""
    official = division(code) if code else None
    if official is None or official.name == said:
        return said, []
    if not said or official.name in said or said in official.name:
        return official.name, []
    return said, [f"the site calls itself {said}, and {code} is the code of {official.name}"]


def _bodies(found: Found, register: Register, place: str) -> list[Body]:
    """Who issued the reports of a column; governments of other places that it repeats are left out."""
    out = []
    own = kinds_named(f"{found.name} {found.link.text}")
    for entry in found.reports:
        title = read_title(entry.title)
        if not title.issuer:
            continue
        if unit := register.find(title.issuer, title.year):
            out.append(Body(unit.name, unit.kind, title.year, official=True))
            continue
        name = compared(title.issuer, (place,) if place else ())
        kind = kind_of(name)
        if kind == "government" and place and name != fold(place):
            continue
        shown = name if kind in {"township", "subdistrict"} else fold(title.issuer)
        out.append(
            Body(shown, own[0] if kind == "other" and len(own) == 1 else kind, title.year, official=False)
        )
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
    named = {read_title(entry.title).year for entry in found.reports}
    return sorted(year for year in named if year and FIRST_YEAR <= year <= LAST_YEAR)


def _seen(found: Found, column: dict[str, Any], bodies: list[Body]) -> Seen:
    return Seen(
        id=column["id"],
        name=found.name,
        url=found.url,
        family=found.family,
        because=list(found.link.witnesses),
        kinds=column["kinds"],
        years=_years(found),
        units=sorted({body.name for body in bodies}),
        entries=len(found.entries),
        reports=len(found.reports),
        pages=found.walk.counts["pages"],
        last_page=found.last_page,
        stop=found.walk.stop,
    )


def _units(bodies: list[Body], seen: list[Seen]) -> tuple[list[dict[str, str]], list[str]]:
    """The units to be expected, beside those of the register: of kinds whose lists were seen whole, those that
    reported of late."""
    units: list[dict[str, str]] = []
    notes: list[str] = []
    for kind in KINDS[:-1]:
        mine = [body for body in bodies if body.kind == kind]
        others = _last_years([body for body in mine if not body.official])
        if not others:
            continue
        if any(body.official for body in mine) and kind in {"township", "subdistrict"}:
            notes += [
                f"{name} is not in the official table: renamed or new? (units.csv says it)" for name in others
            ]
        elif not all(column.is_whole for column in seen if kind in column.kinds):
            notes.append(f"units of kind {kind} are not proposed: their list was not seen to its end")
        else:
            newest = max(others.values())
            units += [
                {"name": n, "kind": kind} for n, year in others.items() if newest - year < _RECENT_YEARS
            ]
            notes += [
                f"{n} is not proposed as expected: its last report is for {year or 'no year that its title names'}"
                for n, year in others.items()
                if newest - year >= _RECENT_YEARS
            ]
    return units, notes


def _last_years(bodies: list[Body]) -> dict[str, int]:
    last: dict[str, int] = defaultdict(int)
    for body in bodies:
        last[body.name] = max(last[body.name], body.year or 0)
    return dict(sorted(last.items()))


def _first_year(bodies: list[Body], seen: list[Seen]) -> dict[str, int]:
    """The first year in which every kind of unit reported: before it absence says nothing."""
    hosted = {kind for column in seen for kind in column.kinds}
    first: dict[str, int] = {}
    for body in bodies:
        if body.year and FIRST_YEAR <= body.year <= LAST_YEAR and body.kind in hosted:
            first[body.kind] = min(first.get(body.kind, body.year), body.year)
    return {"first_year": max(first.values())} if first else {}
