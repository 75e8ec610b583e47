"""Paragraphs, cells and rows as they follow one another in DOC and RTF → a flow.

There a table is not a thing of its own: paragraphs say how deep in tables they stand, cells and rows only end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from parsers.readers.word_tables import MOST_DEPTH, Cell, Flow, Table

MERGED_ABOVE, MERGED_FIRST = 0x20, 0x60
"""How a cell is merged downwards: it goes on with the cell above, or it begins a merge."""

_BEGINS = 0x40


@dataclass(slots=True)
class Row:
    """`edges` of the cells in twips, one more than cells; for each cell how it is merged with its neighbours in the
    row (`beside`, 0 if not) and downwards (`down`)."""

    edges: list[int] = field(default_factory=list)
    beside: list[int] = field(default_factory=list)
    down: list[int] = field(default_factory=list)
    gap: int = 0

    def above(self, cell: int) -> bool:
        """Whether a cell goes on with the cell above it."""
        return bool(self.down[cell]) and not self.down[cell] & _BEGINS

    def last(self, cell: int) -> int:
        """The last cell that is merged into a cell on its left.

        Writers and descriptions of DOC disagree on which value begins a merge; in a run of merged cells it is in
        any case that of the first.
        """
        begin = self.beside[cell]
        if not begin:
            return cell
        last = cell
        while last + 1 < len(self.beside) and self.beside[last + 1] not in (0, begin):
            last += 1
        return last


@dataclass(slots=True)
class _Open:
    """A table whose rows still come: the cells of the row so far, and what stands in the open cell."""

    table: Table = field(default_factory=Table)
    cells: list[Flow] = field(default_factory=list)
    flow: Flow = field(default_factory=list)
    gone: list[bool] = field(default_factory=list)


class Gathering:
    """Puts paragraphs into the cells, and tables into the cells, where they stand."""

    def __init__(self) -> None:
        self._flow: Flow = []
        self._open: list[_Open] = []

    def paragraph(self, text: str, depth: int) -> None:
        """A paragraph that stands in so many tables, one in the other."""
        self._go(depth)
        (self._open[-1].flow if depth else self._flow).append(text)

    def cell(self, text: str, depth: int, gone: bool = False) -> None:
        """The last paragraph of a cell; `gone` says that its mark is deleted or hidden."""
        self._go(max(depth, 1))
        inner = self._open[-1]
        inner.cells.append([*inner.flow, text])
        inner.gone.append(gone)
        inner.flow = []

    def row(self, row: Row | None, depth: int, gone: bool = False) -> None:
        """The end of a row; one that does not describe its cells leaves the table's columns unknown."""
        self._go(max(depth, 1))
        inner = self._open[-1]
        cells, dropped = inner.cells, gone and all(inner.gone)
        inner.cells, inner.flow, inner.gone = [], [], []
        if dropped:
            return
        if row is None or len(row.beside) != len(cells):
            _without_columns(inner.table, cells)
            return
        at, gathered = 0, []
        while at < len(cells):
            last = row.last(at)
            gathered.append(Cell(row.edges[at], row.edges[last + 1], cells[at], row.above(at)))
            at = last + 1
        inner.table.rows.append(gathered)

    def beside(self, flow: Flow) -> None:
        """What hangs on the last paragraph."""
        inner = self._open[-1] if self._open else None
        if inner is None:
            self._flow += flow
        else:
            (inner.flow if inner.flow or not inner.cells else inner.cells[-1]).extend(flow)

    def end(self) -> Flow:
        """The whole flow."""
        self._go(0)
        return self._flow

    def _go(self, depth: int) -> None:
        """Close or open tables until so many are open."""
        while len(self._open) > depth:
            closed = self._open.pop()
            if closed.cells or any(closed.flow):
                _without_columns(closed.table, [*closed.cells, *([closed.flow] if any(closed.flow) else [])])
            if closed.table.rows:
                self.beside([closed.table])
        while len(self._open) < min(depth, MOST_DEPTH):
            self._open.append(_Open())


def _without_columns(table: Table, cells: list[Flow]) -> None:
    table.exact = False
    table.rows.append([Cell(n, n + 1, flow) for n, flow in enumerate(cells)])
