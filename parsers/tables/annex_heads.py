"""What heads the columns of the annex: which hold values, and which hold numbers that are none (代码, 历年累计)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from parsers.forms.annex import UNITS, head_role
from parsers.tables.rows import Cell, Row
from parsers.text import fold

FEWEST = 2
"""So many words that head columns make a row the head of its table; one of them may be a label."""


@dataclass(frozen=True, slots=True)
class Head:
    """The columns of a table by what they hold; `several` says that more than one of them may hold its values."""

    size: int = 0
    values: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    others: frozenset[int] = frozenset()
    """Columns of numbers that are no values, and of remarks."""
    is_plain: bool = True
    """Whether all numbers in the table are values."""
    several: bool = False
    year: int | None = None
    """The year that its values are said to be of."""


def read_head(row: Row) -> Head | None:
    """The head that a row is; of a run of lines, what the words in it that head columns say."""
    words = [(cell.column, fold(cell.text)) for cell in row.cells if cell.text.strip()]
    roles = [(column, role) for column, word in words if (role := head_role(word))]
    if len(roles) < FEWEST:
        return None
    if (
        row.kind != "stream"
    ):  # what else is in the head of a table heads a column of it, of values as far as we know
        roles += [(column, "value") for column, word in words if not head_role(word)]
    count = Counter(role for _, role in roles)
    several = count["value"] > max(count["label"], 1)
    years = {int(word[:4]) for _, word in words if word[:4].isdecimal() and head_role(word) == "value"}
    return Head(
        reach(row),
        frozenset() if several else frozenset(column for column, role in roles if role == "value"),
        frozenset(column for column, role in roles if role == "unit"),
        frozenset(column for column, role in roles if role in ("other", "remark")),
        not several and not count["other"],
        several,
        years.pop() if len(years) == 1 and not several else None,
    )


def under(head: Head, row: Row) -> tuple[list[Cell], bool]:
    """The cells of a row that are of the form, and whether it remains unclear which of them is the value."""
    if row.kind == "stream" or (head.is_plain and not head.others):
        return row.cells, not head.is_plain
    placed = row.kind == "exact" or (not head.is_plain and _is_like(head, row))
    cells = [cell for cell in row.cells if cell.column not in head.others] if placed else row.cells
    return cells, head.several or not (placed or head.is_plain)


def reach(row: Row) -> int:
    """How far to the right a row reaches."""
    return max((cell.column + cell.width for cell in row.cells), default=0)


def _is_like(head: Head, row: Row) -> bool:
    """Whether a row of counted cells has as many as its head, and its unit in the same place."""
    units = {cell.column for cell in row.cells if fold(cell.text) in UNITS}
    return reach(row) == head.size and units <= head.units
