"""What people decided, joined to what was seen: each judgement applied, re-opened because its source changed, or
without anything that it fits. What was read is never altered."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from archive.database import Database
from archive.history.attribution import Claim
from archive.history.evidence import NOTHING_SEEN
from archive.history.looks import Look
from archive.inputs import JudgementInput
from archive.register.deadlines import Deadline
from archive.register.units import Unit
from archive.wording import WHY
from parsers.portals.urls import key

ENTRY = frozenset({"unit", "year", "scope", "not_a_report"})
"""Kinds whose target is an entry; the others' is a unit and a year."""


@dataclass(slots=True)
class Ruling:
    """A judgement and what became of it: `applied`, `reopened`, `unknown_unit`, or `unmatched` as long as nothing
    that it fits was met."""

    line: JudgementInput
    state: str = "unmatched"

    def __str__(self) -> str:
        """What the ledger says of it."""
        line = self.line
        return f"judged: {WHY['judged'].format(reason=line.reason, by=line.by, date=line.date)}"


@dataclass(slots=True)
class Judgements:
    """All judgements of an archive, by what they are about."""

    lines: list[JudgementInput] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    _entries: dict[str, list[Ruling]] = field(default_factory=dict)
    _duties: dict[tuple[str, int, str], Ruling] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Sort the lines by their targets."""
        self.rulings = [Ruling(line) for line in self.lines]
        for ruling in self.rulings:
            line = ruling.line
            if line.kind in ENTRY:
                self._entries.setdefault(entry_key(line.target), []).append(ruling)
            elif line.kind != "cell":
                self._duties[*line.duty, line.kind] = ruling

    def decided(self, claim: Claim) -> Claim | None:
        """A claim as people decided it, `None` if it is no report."""
        for ruling in self._entries.get(claim.address.key, []):
            part = ruling.line.target.rpartition("#")[2] if "#" in ruling.line.target else ""
            if (part and int(part) != claim.part + 1) or _of_another(claim, ruling.line.digest):
                continue
            if _changed(claim, ruling.line.digest):
                ruling.state = "reopened"
                continue
            if ruling.line.kind == "not_a_report":
                ruling.state = "applied"
                return None
            claim = _rule(claim, ruling)
        return claim

    def not_a_report(self, address: str) -> bool:
        """Whether it was decided that an entry is no report."""
        return any(ruling.line.kind == "not_a_report" for ruling in self._entries.get(address, []))

    def due(self, unit: Unit, year: int) -> Deadline | None:
        """The due day that was decided for a unit's report of a year."""
        ruling = self.of(unit, year, "deadline")
        return Deadline(date.fromisoformat(ruling.line.value), f"user: {ruling}") if ruling else None

    def of(self, unit: Unit, year: int, kind: str) -> Ruling | None:
        """The judgement of a kind on a unit's report of a year."""
        ruling = self._duties.get((unit.code, year, kind))
        if ruling:
            ruling.state = "applied"
        return ruling


@dataclass(slots=True)
class JudgedCell:
    """A cell that a person read otherwise, beside what was read; `state` as of a `Ruling`."""

    line: JudgementInput
    state: str
    as_read: object = None

    def as_row(self) -> dict[str, object]:
        """What was read, what was decided, by whom and why."""
        line = self.line
        said = {"reason": line.reason, "by": line.by, "date": str(line.date), "state": self.state}
        return {"path": line.path, "as_read": self.as_read, "judged": line.value, **said}


def cells(database: Database, lines: list[JudgementInput]) -> list[JudgedCell]:
    """The judged cells among judgements. One holds as long as its report shows the figures of the body it was made
    against."""
    return [_cell(database, line) for line in lines if line.kind == "cell"]


def _cell(database: Database, line: JudgementInput) -> JudgedCell:
    rows = database.execute(_SHOWN, [*line.duty, line.path]).fetchall()
    if not rows:
        return JudgedCell(line, "unmatched")
    judged = database.execute(_CONTENT, [line.digest]).fetchall()
    contents = {row[0] for row in judged}
    holds = not line.digest or any(row["digest"] == line.digest or row["content"] in contents for row in rows)
    return JudgedCell(line, "applied" if holds else "reopened", rows[0]["value"])


_SHOWN = """SELECT bodies.digest, readings.content, reading_cells.value FROM units
    JOIN reports ON reports.unit = units.id JOIN lines ON lines.report = reports.id
    JOIN renditions ON renditions.line = lines.id
    JOIN readings ON readings.id = renditions.reading JOIN bodies ON bodies.id = readings.body
    JOIN reading_cells ON reading_cells.reading = readings.id
    WHERE units.code = ? AND reports.year = ? AND reading_cells.path = ?"""
_CONTENT = """SELECT content FROM readings JOIN bodies ON bodies.id = readings.body
    WHERE digest = ? AND content IS NOT NULL"""


def entry_key(target: str) -> str:
    """The address that a target names, as addresses are compared."""
    address = target.partition("#")[0]
    return key(address) if "://" in address else address


def _rule(claim: Claim, ruling: Ruling) -> Claim:
    ruling.state = "applied"
    value = ruling.line.value
    if ruling.line.kind == "scope":
        return replace(claim, scope=value)
    if ruling.line.kind == "year":
        return _whole(replace(claim, year=int(value), years=frozenset({int(value)})))
    unit = next((u for r in claim.address.registers if (u := r.judged(value))), None)
    if unit is None:
        ruling.state = "unknown_unit"
        return claim
    return _whole(replace(claim, unit=unit))


def _whole(claim: Claim) -> Claim:
    """A claim with the reason why it is still undecided, if it is."""
    if claim.unit is None or claim.source == NOTHING_SEEN:
        return claim
    return replace(claim, reason="no year" if claim.year is None else "")


def _of_another(claim: Claim, digest: str) -> bool:
    """Whether something else stood at the address when it was judged than what the claim is of, which is no more."""
    return claim.address.ended and all(look.source(part) != digest for look, part in claim.looks)


def _changed(claim: Claim, digest: str) -> bool:
    """Whether an entry no longer says what it said when it was judged: other bytes, in which something else is read.
    A page that only counts its visitors says the same."""
    if digest in {"", claim.source}:
        return False
    judged = next((look for look in claim.looks if look[0].source(look[1]) == digest), None)
    if judged is None:
        return True
    before, now = (_told(*look) for look in (judged, claim.looks[-1]))
    return not before or before != now


def _told(look: Look, part: int) -> list[object]:
    return [
        (r.outcome, r.issuer, r.year, sorted(r.years), r.scope, r.content, r.prose)
        for r in look.readings(part)
    ]
