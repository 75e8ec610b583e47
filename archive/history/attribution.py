"""Whose report stands at an address, and of which year: readings, pages and listings joined, each with its witnesses.

What the witnesses leave open is a work list, not a guess: the entry stays undecided and blocks every `missing` that
it could be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from archive.history.evidence import Evidence, Listed, Reading, Sight, Walk
from archive.register.units import Register, Unit, compared, kind_of
from parsers.titles import read_title


@dataclass(slots=True)
class Address:
    """An address and all that was seen of it. `listed` are the entries that led to it, with their columns."""

    key: str
    sights: list[Sight] = field(default_factory=list)
    listed: list[tuple[Walk, Listed]] = field(default_factory=list)
    registers: list[Register] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)

    def titles(self) -> Iterator[str]:
        """Every title under which it was listed or shown, or the name under which it was given."""
        yield from dict.fromkeys(entry.title for _, entry in self.listed)
        yield from dict.fromkeys(title for s in self.sights if (title := s.title or s.name))


@dataclass(slots=True)
class Claim:
    """An address, or a part of the file there, that is a unit's report of a year; `years` are all that its witnesses
    name. Without `unit` or `year` it is undecided, `reason` says why; `issuer_kind` is then the kind of body that its
    title names, `other` where it names none or none that we can tell."""

    address: Address
    part: int
    unit: Unit | None
    year: int | None
    years: frozenset[int]
    scope: str
    issuer_kind: str
    reason: str = ""

    def could_be(self, unit: Unit, year: int) -> bool:
        """Whether this might be the report of a unit and year."""
        if self.years and year not in self.years:
            return False
        if self.unit is not None:
            return self.unit.code == unit.code
        hosted = not self.address.kinds or unit.kind in self.address.kinds
        return hosted and self.issuer_kind in {"other", unit.kind}


def addresses(evidence: Evidence, registers: dict[str, Register]) -> list[Address]:
    """Every address that is or was listed as a report, or was given by hand."""
    found: dict[str, Address] = {}
    for walk in evidence.walks:
        for entry in walk.entries.values():
            if entry.verdict == "report":
                _note(found.setdefault(entry.address, Address(entry.address)), walk, entry, registers)
    parts = {file for files in evidence.attachments.values() for file in files}
    for key, sights in evidence.sights.items():
        if key in found:
            found[key].sights = sights
        elif key not in parts and any(s.kind == "resource" for s in sights):
            found[key] = Address(key, sights, registers=list(registers.values()))
    return [found[key] for key in sorted(found)]


def _note(address: Address, walk: Walk, entry: Listed, registers: dict[str, Register]) -> None:
    address.listed.append((walk, entry))
    register = registers[walk.portal]
    if register not in address.registers:
        address.registers.append(register)
    column: dict[str, Any] = next((c for c in walk.registry["columns"] if c["id"] == walk.column), {})
    address.kinds.extend(kind for kind in column.get("kinds", []) if kind not in address.kinds)


def readings_of(evidence: Evidence, sight: Sight) -> list[tuple[str, Reading]]:
    """The report readings of a sight's page and of its attachments as last captured by then, each with its address."""
    final = evidence.final(sight)
    out = [(final.url, reading) for reading in _reports(evidence, final.body)]
    for file in evidence.attachments.get(final.page or 0, []):
        captured = [
            s for s in evidence.sights.get(file, []) if s.page_class in {"article", "file"} and s.body
        ]
        nearest = next((s for s in captured if s.at >= sight.at), captured[-1] if captured else None)
        if nearest:
            out.extend((nearest.url, reading) for reading in _reports(evidence, nearest.body))
    return out


def _reports(evidence: Evidence, body: str | None) -> list[Reading]:
    return [r for r in evidence.readings.get(body or "", []) if r.outcome == "report"]


def claims(evidence: Evidence, address: Address) -> list[Claim]:
    """What stands at an address: a claim for each part, decided or not."""
    there = [s for s in address.sights if evidence.shows_report(s)]
    if not there:
        return [_decide(address, [], 0, "never seen clearly")]
    latest: dict[int, list[Reading]] = {}
    for _, reading in readings_of(evidence, there[-1]):
        latest.setdefault(reading.part, []).append(reading)
    if not latest:
        return [_decide(address, [], 0, "")]
    return [_decide(address, readings, part, "") for part, readings in sorted(latest.items())]


def _decide(address: Address, readings: list[Reading], part: int, reason: str) -> Claim:
    titles = [title for title in map(read_title, address.titles()) if title.verdict == "report"]
    issuers = [r.issuer for r in readings if r.issuer] + [t.issuer for t in titles if t.issuer]
    unit, why = _unit(address, issuers)
    years = frozenset(y for r in readings for y in r.years)
    own = [r.year for r in readings if r.year in r.years] or [t.year for t in titles if t.year]
    if part == 0:
        years |= frozenset(t.year for t in titles if t.year)
    year = own[0] if own else None
    if not reason:
        reason = why or ("no year" if year is None else "")
    scope = readings[0].scope if readings else "own"
    kinds = {kind_of(compared(name)) for name in issuers}
    return Claim(address, part, unit, year, years, scope, kinds.pop() if len(kinds) == 1 else "other", reason)


def _unit(address: Address, issuers: list[str]) -> tuple[Unit | None, str]:
    found = {u.code: u for name in issuers for r in address.registers if (u := r.find(name))}
    if len(found) > 1:
        return None, "the witnesses name " + " and ".join(sorted(u.name for u in found.values()))
    if found:
        return next(iter(found.values())), ""
    if not issuers:
        hosted = [u for r in address.registers for u in r.units.values() if u.kind in address.kinds]
        return (hosted[0], "") if len(hosted) == 1 else (None, "no issuer")
    for register in address.registers:
        if unit := register.learn(issuers[0], address.kinds):
            return unit, ""
    return None, f"no known unit is called {issuers[0]}"
