"""Many counties at once: the list of them, the folder of proposals, its review, and the accept."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from archive import clock
from archive.folder import Folder
from archive.inputs import read_deadlines, read_units
from archive.register.deadlines import deadline
from archive.register.units import Register
from crawler import registry
from crawler.discovery.proposal import Proposal, accept, read_proposal, slug
from parsers.errors import Fault


class County(BaseModel):
    """A line of the list of counties: `url` is the home page; what else is given goes before what the site says."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)

    url: registry.Url
    id: registry.Identifier | None = None
    name: str = ""
    division: str = ""

    @property
    def portal(self) -> str:
        """The id that its portal gets."""
        return self.id or slug(self.url.split("/")[2])


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal that could not be accepted, and why."""

    id: str
    why: str


def counties(path: Path) -> list[County]:
    """Read the list (CSV with a header: url, and id, name, division where known); raises a `Fault` with its faults."""
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError) as error:
        raise Fault(f"{path}: {error}") from error
    listed, faults = [], []
    for number, row in enumerate(rows, start=2):
        try:
            listed.append(County.model_validate({k: v for k, v in row.items() if k is None or v}))
        except ValidationError as error:
            faults += [f"{path}:{number}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    seen: set[str] = set()
    for county in listed:
        if county.portal in seen:
            faults.append(f"{path}: {county.portal} stands twice; give one of them an id")
        seen.add(county.portal)
    if faults or not listed:
        raise Fault("\n".join(faults) or f"{path}: holds no county")
    return listed


def proposals(folder: Path) -> dict[str, Proposal]:
    """The proposals of a folder by id; raises a `Fault` that lists every one that cannot be read."""
    if not folder.is_dir():
        raise Fault(f"{folder} is no folder of proposals")
    found: dict[str, Proposal] = {}
    faults = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found[path.stem] = read_proposal(path)
        except Fault as fault:
            faults.append(fault.sentence)
    if faults:
        raise Fault("\n".join(faults))
    return found


def review(folder: Path, inputs: Path) -> list[dict[str, Any]]:
    """A row for each proposal: what was found against what is expected, how far lists were walked, what is amiss."""
    return [_row(name, proposal, inputs) for name, proposal in proposals(folder).items()]


def accept_all(
    archive: Folder, folder: Path, names: tuple[str, ...], *, replace: bool, wait_seconds: float
) -> tuple[list[Path], list[Refused]]:
    """Move proposals (all where none is named) into the registry; those with a fault stay where they are."""
    there = proposals(folder)
    if unknown := [name for name in names if name not in there]:
        raise Fault(f"{folder} holds no proposal {' or '.join(unknown)}")
    accepted, refused = [], []
    for name in names or there:
        try:
            accepted.append(accept(archive, there[name], replace=replace, wait_seconds=wait_seconds))
        except Fault as fault:
            refused.append(Refused(name, fault.sentence))
        else:
            (folder / f"{name}.yaml").unlink()
    return accepted, refused


def spans(years: list[int]) -> str:
    """Years as people write them: 2019–2021, 2023."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and runs[-1][-1] == year - 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


def due_year(kind: str, division: str, inputs: Path) -> int:
    """The last year whose reports are due by today."""
    today = clock.day(clock.now())
    deadlines = read_deadlines(inputs)
    return next(y for y in range(today.year, 2000, -1) if deadline(kind, division, y, deadlines).day < today)


def _row(name: str, proposal: Proposal, inputs: Path) -> dict[str, Any]:
    record = proposal.record or {}
    years = sorted({year for column in proposal.seen for year in column.years})
    expected = _expected(record, inputs)
    found = {unit for column in proposal.seen for unit in column.units}
    return {
        "id": name,
        "name": record.get("name", ""),
        "columns": [f"{column.id} ({column.family})" for column in proposal.seen],
        "units": len(found),
        "units_expected": len(expected) or None,
        "units_lacking": sorted(set(expected) - found),
        "years": years,
        "years_lacking": list(_lacking(proposal, years, inputs)),
        "entries": sum(column.entries for column in proposal.seen),
        "reports": sum(column.reports for column in proposal.seen),
        "last_pages": [f"{column.last_page} ({column.stop})" for column in proposal.seen],
        "trouble": [*proposal.trouble, *_faults(name, proposal)],
    }


def _lacking(proposal: Proposal, years: list[int], inputs: Path) -> Iterator[int]:
    """Years from the first that was found to the last that is due, of which no report was found."""
    division = str((proposal.record or {}).get("division", ""))
    kinds = {kind for column in proposal.seen for kind in column.kinds}
    last = max((due_year(kind, division, inputs) for kind in kinds), default=0)
    yield from sorted(set(range(years[0], last + 1)) - set(years)) if years else ()


def _expected(record: dict[str, Any], inputs: Path) -> list[str]:
    """Names of the units that the official table and `units.csv` expect to report in a division."""
    bare = {"name": str(record.get("name", "")), "division": str(record.get("division", ""))}
    register = Register(
        str(record.get("id", "")), {**bare, "columns": record.get("columns", [])}, read_units(inputs)
    )
    kinds = {kind for column in record.get("columns", []) for kind in column["kinds"]}
    return [unit.name for unit in register.units.values() if unit.expected == "yes" and unit.kind in kinds]


def _faults(name: str, proposal: Proposal) -> list[str]:
    if proposal.record is None:
        return []
    try:
        registry.check(proposal.record, name, "record")
    except Fault as fault:
        return fault.sentence.splitlines()
    return []
