"""What stands for a unit and year: its row of the ledger, its report, and the readings of the chosen edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from archive import clock
from archive.exports.crosswalk import Joining
from archive.exports.editions import Choice, Report, Shown, edition, reports
from archive.exports.figures import Figures, figures
from archive.history.query import Asked, Only, ledger
from archive.register.units import Unit
from parsers.report import plain

Scope = Literal["own", "consolidated"]
UNITS_AT_ONCE = 200
"""Units whose figures are held in memory together."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a panel is made: the version of each report, what is joined across forms, which marks count as zero, and
    whose figures: those of the organ itself, or of the whole area where a report says so. Never both in one."""

    choice: Choice = "latest"
    joining: Joining = "same"
    zero: frozenset[str] = frozenset()
    scope: Scope = "own"


@dataclass(slots=True)
class Page:
    """A reading of an edition."""

    shown: Shown
    figures: Figures

    def token(self, path: str) -> str:
        """A cell as two readings of it are compared: its number, else what stood there, else `blank`."""
        value, note = self.figures.cells[path], self.figures.notes.get(path)
        return plain(value) if value is not None else note.text if note else "blank"


@dataclass(slots=True)
class Standing:
    """One unit and year. `row` is none where the ledger has none, `report` where none of the scope was found."""

    unit: Unit
    year: int
    row: dict[str, Any] | None
    report: Report | None
    shown: list[Shown] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    @property
    def presence(self) -> str:
        """As the ledger has it; a year that it does not have is one that nothing was expected for."""
        return str(self.row["presence"]) if self.row else "not_expected"

    @property
    def form(self) -> str | None:
        """The form of the first reading."""
        return self.pages[0].figures.form if self.pages else None


def standing(
    of: Asked,
    units: Sequence[Unit],
    years: Sequence[int],
    options: Options,
    tick: Callable[[int], None] = lambda _: None,
) -> Iterator[Standing]:
    """Every unit in every year; `tick` is told how many units are done."""
    for start in range(0, len(units), UNITS_AT_ONCE):
        batch = units[start : start + UNITS_AT_ONCE]
        published = {
            (r.unit, r.year): r for r in reports(of, (u.code for u in batch)) if r.scope == options.scope
        }
        rows: dict[str, dict[int, Any]] = {unit.code: {} for unit in batch}
        for row in ledger(of, Only(units=tuple(rows))):
            rows[row["unit"]][row["year"]] = row
        found = [
            one for unit in batch for one in _years(of, unit, years, rows[unit.code], published, options)
        ]
        read = figures(of.database, [shown.reading for one in found for shown in one.shown])
        for one in found:
            one.pages = _pages(one, read)
            yield one
        tick(len(batch))


def _years(
    of: Asked,
    unit: Unit,
    years: Sequence[int],
    rows: dict[int, Any],
    published: dict[tuple[str, int], Report],
    options: Options,
) -> Iterator[Standing]:
    for year in years:
        row, report = rows.get(year), published.get((unit.code, year))
        one = Standing(unit, year, row, report)
        if row and report:
            one.shown = edition(of, report, options.choice, date.fromisoformat(row["due"]))
        yield one


def _pages(one: Standing, read: dict[int, Figures]) -> list[Page]:
    """The readings, those with cells first, and of these those that were seen last; within a day as they stand."""
    pages = [Page(shown, read[shown.reading]) for shown in one.shown]
    return sorted(pages, key=lambda page: (not page.figures.cells, -clock.day(page.shown.at).toordinal()))
