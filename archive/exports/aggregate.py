"""Sums over counties, cities, provinces or kinds, with the number of units that were read and that were expected.

Only figures of the organs themselves are added: a report consolidated over an area counts its units again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from archive.exports.panel import Cell
from archive.exports.selection import division, name_of
from archive.register.units import Unit
from parsers.errors import Fault
from parsers.report import Value

Level = Literal["county", "city", "province", "kind"]
LEVELS: dict[Level, Callable[[Unit], str]] = {
    "county": lambda unit: division(unit.division, "county"),
    "city": lambda unit: division(unit.division, "city"),
    "province": lambda unit: division(unit.division, "province"),
    "kind": lambda unit: unit.kind,
}
UNSURE = frozenset({"doubtful", "inconsistent", "ocr"})


@dataclass(slots=True)
class Sum:
    """The sum of an indicator over the units of a group in a year. `units_expected` are those of which a report was
    expected or seen, `units_read` those of them that gave a value; the sum is that of `units_read`, and none where
    it is 0. `units_unsure` gave values that are doubtful, inconsistent or read by text recognition."""

    by: Level
    group: str
    year: int
    indicator: str
    value: Value = None
    units_read: int = 0
    units_expected: int = 0
    units_unsure: int = 0

    def as_row(self) -> dict[str, Any]:
        """The sum as it is printed and exported."""
        return {
            "by": self.by,
            "group": self.group,
            "name": None if self.by == "kind" else name_of(self.group) or None,
            "year": self.year,
            "indicator": self.indicator,
            "value": self.value,
            "units_read": self.units_read,
            "units_expected": self.units_expected,
            "units_unsure": self.units_unsure,
        }


def aggregate(cells: Iterable[Cell], by: Level, scope: str = "own") -> Iterator[Sum]:
    """Sums of a panel, by group, year and indicator."""
    if scope != "own":
        raise Fault("consolidated reports count the figures of their units again: they are never summed")
    sums: dict[tuple[str, int, str], Sum] = {}
    for cell in cells:
        key = (LEVELS[by](cell.unit), cell.year, cell.indicator)
        _add(sums.setdefault(key, Sum(by, *key)), cell)
    yield from sorted(sums.values(), key=lambda one: (one.group, one.year))


def _add(one: Sum, cell: Cell) -> None:
    if cell.presence != "not_expected":
        one.units_expected += 1
    if cell.value is not None:
        one.units_read += 1
        one.value = cell.value if one.value is None else one.value + cell.value
        one.units_unsure += cell.quality in UNSURE
