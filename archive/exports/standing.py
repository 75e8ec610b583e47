"""What stands for a unit and year: its row of the ledger, its report, and the readings of the chosen edition."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from archive.database import Database
from archive.exports import quality
from archive.exports.crosswalk import Joining
from archive.exports.editions import Choice, Shown, edition, located
from archive.exports.figures import Figures, figures
from archive.history.derive import State
from archive.history.ledger import Row
from archive.history.lines import Report
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
    """A reading of an edition with the quality of its cells."""

    shown: Shown
    figures: Figures
    qualities: dict[str, str]

    def token(self, path: str) -> str:
        """A cell as two readings of it are compared: its number, else what stood there, else `blank`."""
        value, note = self.figures.cells[path], self.figures.notes.get(path)
        return plain(value) if value is not None else note.text if note else "blank"


@dataclass(slots=True)
class Standing:
    """One unit and year. `row` is none where the ledger has none, `report` where none of the scope was found."""

    unit: Unit
    year: int
    row: Row | None
    report: Report | None
    shown: tuple[Shown, ...] = ()
    pages: list[Page] = field(default_factory=list)

    @property
    def presence(self) -> str:
        """As the ledger has it; a year that it does not have is one that nothing was expected for."""
        return self.row.presence if self.row else "not_expected"

    @property
    def form(self) -> str | None:
        """The form of the first reading that has cells."""
        having = [page for page in self.pages if page.figures.cells] or self.pages
        return having[0].figures.form if having else None


def standing(
    database: Database,
    state: State,
    units: Sequence[Unit],
    years: Sequence[int],
    options: Options,
    tick: Callable[[int], None] = lambda _: None,
) -> Iterator[Standing]:
    """Every unit in every year; `tick` is told how many units are done."""
    ledger = {(row.unit.code, row.year): row for row in state.ledger}
    reports = {(r.unit.code, r.year): r for r in state.reports if r.scope == options.scope}
    for start in range(0, len(units), UNITS_AT_ONCE):
        batch = units[start : start + UNITS_AT_ONCE]
        keys = [(unit, year, (unit.code, year)) for unit in batch for year in years]
        found = [
            _standing(unit, year, ledger.get(key), reports.get(key), options) for unit, year, key in keys
        ]
        read = figures(database, [shown.reading for one in found for shown in one.shown])
        for one in found:
            one.pages = [_page(database, shown, read[shown.reading]) for shown in one.shown]
            yield one
        tick(len(batch))


def _standing(unit: Unit, year: int, row: Row | None, report: Report | None, options: Options) -> Standing:
    shown = edition(report, options.choice, row.due) if row and report else ()
    return Standing(unit, year, row, report, shown)


def _page(database: Database, shown: Shown, read: Figures) -> Page:
    return Page(located(database, shown, read.body), read, quality.qualities(read))
