"""A portal searched again: what became of the columns that its record has, and the record that follows from it.

A column that moved keeps its id and both addresses (`moved_from`); where the old list stays and only the new years
stand elsewhere, there are two columns, each with its years.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from archive.register.units import compared
from crawler import registry
from crawler.discovery.batch import due_year, spans
from crawler.discovery.proposal import Proposal, Seen
from crawler.discovery.search import Search
from parsers.portals.discovery import identity

State = Literal["unchanged", "moved", "continued", "quiet", "away", "unseen", "further"]
"""`continued`: its new years stand in another column. `quiet`: it has no report for a year that is due, nor has any
other. `away`: it is gone and was found nowhere. `unseen`: we were kept from seeing it, which says nothing of it."""

NEEDS_A_PERSON = frozenset({"quiet", "away", "unseen"})
_AWAY = ("gone", "redirect", "leads to the front page", "shows no", "empty", "other")
_PART = 0.5


@dataclass(frozen=True, slots=True)
class Difference:
    """What the search says of a column: its address in the record, and the one found, where there is one."""

    column: str
    state: State
    recorded: str
    found: str
    said: str


def compare(portal: registry.Portal, search: Search, proposal: Proposal, inputs: Path) -> list[Difference]:
    """What became of every column of the record, and what else was found; `proposal.record` becomes the record that
    follows: the old one with what changed."""
    fresh = {identity(column.url): column for column in proposal.seen}
    new = {i: c for i, c in fresh.items() if i not in {identity(c.url) for c in portal.columns}}
    columns: list[dict[str, Any]] = []
    differences = []
    for column in portal.columns:
        due = max(due_year(kind, portal.division, inputs) for kind in column.kinds)
        difference, kept = _judge(column, fresh.get(identity(column.url)), new, search, due)
        differences.append(difference)
        columns += kept
    for seen in new.values():
        columns.append(_unique(_as_column(seen), columns))
        said = f"{seen.reports} reports, {spans(seen.years)}"
        differences.append(Difference(columns[-1]["id"], "further", "", seen.url, said))
    proposal.record = _merged(portal, proposal, columns)
    return differences


Judgement = tuple[Difference, list[dict[str, Any]]]
"""What became of a column, and the columns that stand for it in the record that follows."""


def _judge(
    column: registry.Column, seen: Seen | None, new: dict[str, Seen], search: Search, due: int
) -> Judgement:
    old = column.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    if seen is None:
        return _gone(column, old, new, search)
    if column.years or due in seen.years or not seen.years:
        return _told(column, "unchanged", f"{seen.reports} reports, {spans(seen.years)}", column.url), [old]
    other = _successor(column, {i: c for i, c in new.items() if due in c.years}, search)
    if other is None:
        said = f"no report for {due} is listed, the last is for {seen.years[-1]}"
        return _told(column, "quiet", said, column.url), [old]
    new.pop(identity(other.url))
    if set(seen.years) <= set(other.years):
        said = f"no report for {due} is listed; {spans(other.years)} stand at the new address"
        return _told(column, "moved", said, other.url), [_moved(old, column, other)]
    later = {**_as_column(other), "id": f"{column.id}-{due}", "years": other.years}
    said = f"{spans(seen.years)} stand here, {spans(other.years)} there"
    return _told(column, "continued", said, other.url), [{**old, "years": seen.years}, later]


def _gone(column: registry.Column, old: dict[str, Any], new: dict[str, Seen], search: Search) -> Judgement:
    """A column that does not show itself any more at its address."""
    reason = search.missed.get(identity(column.url), "was not looked at")
    redirected = identity(column.url) in search.moves
    if not redirected and not reason.startswith(_AWAY):
        return _told(column, "unseen", reason), [old]
    other = _successor(column, new, search)
    if other is None:
        return _told(column, "away", f"{reason}; {search.counts['looks']} pages were looked at"), [old]
    new.pop(identity(other.url))
    said = f"{'redirects' if redirected else reason}; {other.reports} reports there, {spans(other.years)}"
    return _told(column, "moved", said, other.url), [_moved(old, column, other)]


def _told(column: registry.Column, state: State, said: str, found: str = "") -> Difference:
    return Difference(column.id, state, column.url, found, said)


def _successor(column: registry.Column, new: dict[str, Seen], search: Search) -> Seen | None:
    """The column found that holds what this one held: where it redirects to, else one of most of its kinds."""
    target = search.moves.get(identity(column.url))
    if target and identity(target) in new:
        return new[identity(target)]
    shared = {
        i: len(set(column.kinds) & set(seen.kinds)) / len(set(column.kinds) | set(seen.kinds))
        for i, seen in new.items()
    }
    best = max(shared, key=lambda i: (shared[i], new[i].reports), default=None)
    return new[best] if best is not None and shared[best] >= _PART else None


def _moved(old: dict[str, Any], column: registry.Column, seen: Seen) -> dict[str, Any]:
    return {**old, "url": seen.url, "family": seen.family, "moved_from": [*column.moved_from, column.url]}


def _as_column(seen: Seen) -> dict[str, Any]:
    return {"id": seen.id, "url": seen.url, "kinds": seen.kinds, "family": seen.family}


def _unique(column: dict[str, Any], taken: list[dict[str, Any]]) -> dict[str, Any]:
    ids = {c["id"] for c in taken}
    number, name = 2, column["id"]
    while name in ids:
        name, number = f"{column['id']}-{number}", number + 1
    return {**column, "id": name}


def _merged(portal: registry.Portal, proposal: Proposal, columns: list[dict[str, Any]]) -> dict[str, Any]:
    """The old record with these columns, their hosts, and units that it does not have."""
    old = portal.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    known = {compared(unit.name, (portal.name,)) for unit in portal.units}
    found = (proposal.record or {}).get("units", [])
    further = [unit for unit in found if compared(unit["name"], (portal.name,)) not in known]
    hosts = [urlsplit(column["url"]).netloc.lower() for column in columns]
    units = [*old.get("units", []), *further] if portal.units else old.get("units", [])
    return {
        **old,
        "hosts": list(dict.fromkeys([*portal.hosts, *hosts])),
        "columns": columns,
        **({"units": units} if units else {}),
    }
