"""Whose report stands at an address, and of which year: readings, pages and listings joined, each with its witnesses.

What the witnesses leave open is a work list, not a guess: the entry stays undecided and blocks every `missing` that
it could be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any

from archive.history.evidence import NOTHING_SEEN, Evidence, Listed, Reading, Sight, Walk
from archive.history.looks import END, Look, looks
from archive.history.strands import Strand, strands
from archive.inputs import Kind
from archive.register.units import Register, Unit, compared, kind_of, level
from archive.wording import UNDECIDED
from parsers.titles import read_title

NO_REPORT = frozenset({"not_report", "blank_form"})
"""Outcomes of what was read and is nobody's report; what could not be read may be one."""


@dataclass(slots=True)
class Address:
    """An address and all that was seen of it, and of the files of its page. `listed` are the entries that led to it,
    with their columns. `ended` says that it is the address up to the day on which another report took its place."""

    key: str
    sights: list[Sight] = field(default_factory=list)
    listed: list[tuple[Walk, Listed]] = field(default_factory=list)
    registers: list[Register] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)
    ended: bool = False

    def titles(self) -> Iterator[str]:
        """Every title under which it was listed or shown, or the name under which it was given."""
        yield from dict.fromkeys(entry.title for _, entry in self.listed)
        yield from dict.fromkeys(title for s in self.sights if (title := s.title or s.name))

    def titles_now(self) -> Iterator[str]:
        """The titles under which each column listed it last and it last showed itself: one put right is right."""
        last = {(walk.portal, walk.column): entry.title for walk, entry in self.listed}
        shown = (title for s in reversed(self.sights) if (title := s.title or s.name))
        own = next((title for title in shown if read_title(title).verdict == "report"), None)
        yield from dict.fromkeys([*last.values(), *([own] if own else [])])


@dataclass(slots=True)
class Claim:
    """An address, or a part of the file there, that is a unit's report of a year; `years` are all that its witnesses
    name, `issuers` the names it gives. Without `unit` or `year` it is undecided, `reason` says why; `issuer_kind` is
    then the kind of body that its title names, `other` where it names none or none that we can tell. `source` is the
    digest of what it rests on, `none` where nothing was seen; `looks` are those that showed it, with its part then."""

    address: Address
    part: int
    unit: Unit | None
    year: int | None
    years: frozenset[int]
    scope: str
    issuer_kind: Kind
    reason: str = ""
    issuers: tuple[str, ...] = ()
    source: str = NOTHING_SEEN
    looks: list[tuple[Look, int]] = field(default_factory=list)

    @property
    def target(self) -> str:
        """What a judgement names it by."""
        return f"{self.address.key}#{self.part + 1}" if self.part else self.address.key

    def could_be(self, unit: Unit, year: int) -> bool:
        """Whether this might be the report of a unit and year."""
        if self.years and year not in self.years:
            return False
        if self.unit is not None:
            return self.unit.code == unit.code
        hosted = not self.address.kinds or unit.kind in self.address.kinds
        return hosted and (self.issuer_kind == "other" or level(self.issuer_kind) == level(unit.kind))


def addresses(evidence: Evidence, registers: dict[str, Register]) -> list[Address]:
    """Every address that is or was listed as a report, or was given by hand and may be one."""
    found: dict[str, Address] = {}
    for walk in evidence.walks:
        for entry in walk.entries.values():
            if entry.verdict == "report":
                _note(found.setdefault(entry.address, Address(entry.address)), walk, entry, registers)
    parts = {file for files in evidence.attachments.values() for file in files}
    for key, sights in evidence.sights.items():
        if key in found:
            found[key].sights = sights
        elif key not in parts and any(s.kind == "resource" and not _is_none(evidence, s) for s in sights):
            found[key] = Address(key, sights, registers=list(registers.values()))
    for address in found.values():
        address.looks = list(looks(evidence, address.sights))
    return [found[key] for key in sorted(found)]


def _is_none(evidence: Evidence, given: Sight) -> bool:
    """Whether what was given by hand was read and is no report, nor has files that might be."""
    outcomes = {reading.outcome for reading in evidence.readings.get(given.body or "", [])}
    return bool(outcomes) and outcomes <= NO_REPORT and not evidence.attachments.get(given.page or 0)


def _note(address: Address, walk: Walk, entry: Listed, registers: dict[str, Register]) -> None:
    address.listed.append((walk, entry))
    register = registers[walk.portal]
    if register not in address.registers:
        address.registers.append(register)
    column: dict[str, Any] = next((c for c in walk.registry["columns"] if c["id"] == walk.column), {})
    address.kinds.extend(kind for kind in column.get("kinds", []) if kind not in address.kinds)


def claims(address: Address) -> Iterator[Claim]:
    """What stands at an address: a claim for each part, decided by its witnesses or not."""
    if not address.looks:
        yield _decide(address, [], 0, UNDECIDED["unseen"])
        return
    for strand in sorted(strands(address.looks), key=attrgetter("until", "part")):
        doubt = "" if strand.readings or not _is_news(address) else UNDECIDED["set_aside"]
        claim = _decide(_during(address, strand), strand.readings, strand.part, doubt)
        claim.looks = strand.looks
        claim.source = strand.looks[-1][0].source(strand.part)
        yield claim


def _is_news(address: Address) -> bool:
    """Whether it is listed as news of a report only: one that was not read there is nobody's yet."""
    listed = [read_title(entry.title) for _, entry in address.listed]
    return bool(listed) and all(title.is_headline for title in listed)


def _during(address: Address, strand: Strand) -> Address:
    """An address while one of the reports that stood there in turn did."""
    if not (strand.since or strand.until):
        return address
    since, until = strand.since, strand.until or END
    seen = [shown for look, _ in strand.looks for shown in look.seen]
    pages = any(not shown.is_file for shown in seen)
    return replace(
        address,
        sights=[s for s in address.sights if since <= s.at < until]
        if pages
        else [shown.sight for shown in seen],
        listed=[(w, e) for w, e in address.listed if since <= w.ended_at and (w.ended_at < until)],
        looks=[look for look in address.looks if since <= look.at < until],
        ended=bool(strand.until),
    )


def _decide(address: Address, readings: list[Reading], part: int, reason: str) -> Claim:
    titles = [title for title in map(read_title, address.titles_now()) if title.verdict == "report"]
    titled = [t.issuer for t in titles if t.issuer]
    issuers = [r.issuer for r in readings if r.issuer] + titled
    years = frozenset(y for r in readings for y in r.years)
    own = [r.year for r in readings if r.year in r.years] or [t.year for t in titles if t.year]
    if part == 0:
        years |= frozenset(t.year for t in titles if t.year)
    year = own[0] if own else None
    unit, why = _unit(address, issuers, titled, year)
    if not reason:
        reason = why or (UNDECIDED["no_year"] if year is None else "")
    scope = readings[0].scope if readings else "own"
    if unit and scope == "consolidated":
        unit = _whole_county(address, unit)
    kinds = {kind_of(compared(name)) for name in issuers}
    kind: Kind = kinds.pop() if len(kinds) == 1 else "other"
    return Claim(address, part, unit, year, years, scope, kind, reason, tuple(dict.fromkeys(issuers)))


def _unit(
    address: Address, issuers: list[str], titled: list[str], year: int | None
) -> tuple[Unit | None, str]:
    found = _named(address, issuers, year)
    if len(found) > 1:
        found = _named(address, titled, year) if _host_beside(address, found, titled) else found
    if len(found) > 1:
        return None, UNDECIDED["issuers"].format(names="、".join(sorted(u.name for u in found.values())))
    if found:
        return next(iter(found.values())), ""
    if not issuers:
        hosted = [
            u
            for r in address.registers
            for u in r.units.values()
            if u.kind in address.kinds and u.expected == "yes"
        ]
        return (hosted[0], "") if len(hosted) == 1 else (None, UNDECIDED["no_issuer"])
    for register in address.registers:
        if unit := register.learn(issuers[0], address.kinds):
            return unit, ""
        if several := register.candidates(issuers[0], year):
            units = "、".join(f"{u.name}（{u.code}）" for u in several)
            return None, UNDECIDED["several"].format(name=issuers[0], units=units)
    return None, UNDECIDED["unknown"].format(name=issuers[0])


def _whole_county(address: Address, unit: Unit) -> Unit:
    """Whose a consolidated report is: one that a government's office signs covers the government's area, and is not
    the office's own."""
    governments = (r.units.get(r.division) for r in address.registers if unit.code == f"{r.division}-办公室")
    return next((government for government in governments if government), unit)


def _named(address: Address, issuers: list[str], year: int | None) -> dict[str, Unit]:
    return {u.code: u for name in issuers for r in address.registers if (u := r.find(name, year))}


def _host_beside(address: Address, found: dict[str, Unit], titled: list[str]) -> bool:
    """Whether a title names one unit, and what else is named is only the government that hosts the portal, or its
    office: pages give the host as who published, not as whose report it is."""
    by_title = {u.code for name in titled for r in address.registers if (u := r.find(name))}
    others = found.keys() - by_title
    hosts = {code for r in address.registers for code in (r.division, f"{r.division}-办公室")}
    return len(by_title) == 1 and others <= hosts
