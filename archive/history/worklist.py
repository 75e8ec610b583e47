"""What only a person can decide: undecided entries, contested years, judgements whose source has changed; each with
its witnesses and with the units that it could be about."""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from archive.database import Database
from archive.history.attribution import Claim
from archive.history.derive import State
from archive.history.judgements import ENTRY, JudgedCell, Ruling, entry_key
from archive.history.lines import Report
from archive.inputs import JudgementInput
from archive.register.names import compared, identity
from archive.register.units import Unit
from archive.wording import AGAIN, WITNESSES
from parsers.errors import Fault

NEAR = 4
"""How many units of a like name are worth a look."""


@dataclass(slots=True)
class Question:
    """Something undecided. `asks` is what a judgement would have to say: unit, year, report, figures or again."""

    asks: str
    target: str
    title: str
    reason: str
    witnesses: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    portals: list[str] = field(default_factory=list)


def concerned(database: Database, lines: list[JudgementInput]) -> set[str]:
    """The portals that a work list is made from: those with something undecided or contested, and those of what was
    judged."""
    entries = [entry_key(line.target) for line in lines if line.kind in ENTRY]
    codes = [line.duty[0] for line in lines if line.kind not in ENTRY]
    rows = database.execute(_CONCERNED, [json.dumps(entries), json.dumps(codes)])
    return {row[0] for row in rows}


_CONCERNED = """SELECT portal FROM undecided
    UNION SELECT units.portal FROM reports JOIN units ON units.id = unit WHERE contested IS NOT NULL
    UNION SELECT portals.portal FROM json_each(?) AS judged JOIN addresses ON addresses.key = judged.value
        JOIN watched ON watched.address = addresses.id JOIN portals ON portals.id = watched.portal
    UNION SELECT portal FROM json_each(?) AS judged JOIN units ON judged.value IN (units.code, units.name)"""


def aimed_at(database: Database, kind: str, target: str, value: str) -> set[str] | None:
    """The portals that a judgement is about: of the entry or the unit that it names; `None` where it may be any."""
    said = [(_WATCHING, entry_key(target))] if kind in ENTRY else [(_CALLED, target.partition("/")[0])]
    said += [(_CALLED, value)] if kind == "unit" else []
    portals = set()
    for query, wanted in said:
        found = {row[0] for row in database.execute(query, [wanted])}
        if not found or "" in found:
            return None
        portals |= found
    return portals


_WATCHING = """SELECT portals.portal FROM addresses JOIN watched ON watched.address = addresses.id
    JOIN portals ON portals.id = watched.portal WHERE key = ?"""
_CALLED = """SELECT coalesce(portal, '') FROM units
    WHERE ?1 IN (code, name) OR id IN (SELECT unit FROM former_names WHERE name = ?1)"""


def questions(state: State, cells: list[JudgedCell]) -> Iterator[Question]:
    """Everything that waits for a person; `cells` are the judged ones."""
    for claim in state.undecided:
        yield _of_claim(claim)
    for report in state.reports:
        if report.contested:
            yield from _of_report(report)
    rulings = [r for r in state.judgements.rulings if r.line.kind != "cell"]
    for ruling in (*rulings, *(Ruling(cell.line, cell.state) for cell in cells)):
        if ruling.state != "applied":
            yield _of_ruling(ruling)


def unit_called(units: Iterable[Unit], wanted: str) -> Unit:
    """The one unit of a code or a name, a former one included; a fault where it is none or several."""
    listed = list(units)
    found = [u for u in listed if u.code == wanted] or [u for u in listed if wanted in _names(u)]
    found = found or [u for u in listed if identity(wanted) in {identity(name) for name in _names(u)}]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{u.name} ({u.code})" for u in found[:8])
        raise Fault(f"{wanted} fits {len(found)} units: {several}; name the code")
    near = difflib.get_close_matches(wanted, [u.name for u in listed], n=NEAR, cutoff=0.3)
    hint = f"; near it: {', '.join(near)}" if near else ""
    raise Fault(f"no unit is called {wanted}: a unit that is missing goes into inputs/units.csv{hint}")


def _names(unit: Unit) -> set[str]:
    return {unit.name, *(called.name for called in unit.former)}


def _of_claim(claim: Claim) -> Question:
    asks = "unit" if claim.unit is None else "year" if claim.year is None else "report"
    return Question(
        asks,
        claim.target,
        next(claim.address.titles(), ""),
        claim.reason,
        _witnesses(claim),
        _near(claim),
        _portals(claim),
    )


def _of_report(report: Report) -> Iterator[Question]:
    for line in report.lines:
        if line.live:
            asks = "year" if len(line.claim.years) > 1 else "figures"
            title = f"{report.unit.name} {report.year}"
            yield Question(
                asks,
                line.claim.target,
                title,
                report.contested,
                _witnesses(line.claim),
                [],
                _portals(line.claim),
            )


def _of_ruling(ruling: Ruling) -> Question:
    line = ruling.line
    facts = {"by": line.by, "date": line.date, "kind": line.kind, "value": line.value}
    said = {name: text.format(**facts).strip() for name, text in AGAIN.items()}
    return Question("again", line.target, said["judged"], said[ruling.state])


def _witnesses(claim: Claim) -> list[str]:
    said = {
        "title": dict.fromkeys(claim.address.titles()),
        "issuer": claim.issuers,
        "year": sorted(claim.years),
    }
    return [WITNESSES[what].format(value) for what, values in said.items() for value in values]


def _near(claim: Claim) -> list[str]:
    """Units of a like name: those of the same stem first (兴华乡, 兴华镇), then those that are spelled alike."""
    known = {compared(u.name, r.own, r.upper): u for r in claim.address.registers for u in r.units.values()}
    out: dict[str, None] = {}
    for issuer in claim.issuers:
        name = next((compared(issuer, r.own, r.upper) for r in claim.address.registers), issuer)
        same = [other for other in known if len(name) > 2 and other[:-1] == name[:-1]]
        alike = difflib.get_close_matches(name, known, n=NEAR, cutoff=0.5)
        out.update({f"{known[other].name} ({known[other].code})": None for other in (*same, *alike)})
    return list(out)[:NEAR]


def _portals(claim: Claim) -> list[str]:
    return sorted({f"{walk.portal}/{walk.column}" for walk, _ in claim.address.listed})


def entries(state: State) -> dict[str, list[Claim]]:
    """Every claim of the state by its address."""
    out: dict[str, list[Claim]] = {}
    lines = (line.claim for report in state.reports for line in report.lines)
    for claim in (*state.undecided, *lines):
        known = out.setdefault(claim.address.key, [])
        if claim not in known:
            known.append(claim)
    return out
