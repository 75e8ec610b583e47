"""The body of a WordprocessingML document → a flow of paragraphs and tables."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate

from parsers.readers.word_runs import Paragraph, is_deletion, one_text
from parsers.readers.word_tables import Cell, Flow, Table
from parsers.readers.word_xml import (
    BEFORE,
    BODY,
    CELL,
    CELL_MARKS,
    DELETED,
    GRID,
    GRID_COLUMN,
    HIDDEN,
    HORIZONTAL,
    PARAGRAPH,
    PROPERTIES,
    ROW,
    ROW_MARKS,
    SKIPPED,
    SPAN,
    TABLE,
    VERTICAL,
    Element,
    is_on,
    number,
    value_of,
)

COLUMN_WIDTH = 1000
"""In twips, where the document does not tell the width of a column."""

MOST_SPAN = 500
"""No cell spans more columns; a hostile span must not fill the memory."""

PASSED = SKIPPED | PROPERTIES | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""What holds no paragraphs, rows and cells."""


class Body:
    """Reads bodies and remembers which notes they refer to, as (kind, id); `hidden` are the styles that hide text."""

    def __init__(self, hidden: frozenset[str] = frozenset()) -> None:
        self.notes: list[tuple[str, str]] = []
        self._hidden = hidden

    def read(self, root: Element) -> Flow:
        """The flow of a document; a merged one may have several bodies."""
        bodies = list(root.iter(*BODY))
        return [piece for body in bodies for piece in self._blocks(body)]

    def read_notes(self, root: Element, kind: str) -> Flow:
        """The notes of a kind that the body refers to, in its order."""
        by_id = {value_of(note, "id"): note for note in root}
        wanted = [id_ for noted, id_ in self.notes if noted == kind and id_ in by_id]
        return [piece for id_ in wanted for piece in self._blocks(by_id[id_])]

    def _blocks(self, element: Element, in_cell: bool = False) -> Flow:
        flow: Flow = []
        self._gather(element, flow, in_cell, "")
        return flow

    def _gather(self, element: Element, flow: Flow, in_cell: bool, begun: str) -> str:
        """Take in paragraphs and tables; `begun` is a paragraph whose mark was deleted: it goes on in the next."""
        for child in element:
            tag = child.tag
            if tag in PARAGRAPH:
                if not len(child):
                    continue
                if not self._hidden and (text := one_text(child)) is not None:
                    flow.append(begun + text)
                    begun = ""
                    continue
                paragraph = Paragraph(in_cell, self._hidden)
                paragraph.walk(child)
                begun += "".join(paragraph.parts)
                if not paragraph.deleted_mark:
                    flow.append(begun)
                    begun = ""
                if paragraph.boxes or paragraph.notes:
                    self._beside(paragraph, flow, in_cell)
            elif tag in TABLE:
                flow.append(self._table(child))
            elif tag not in PASSED and not is_deletion(child):
                begun = self._gather(child, flow, in_cell, begun)
        if begun and (element.tag in CELL or element.tag in BODY):
            flow.append(begun)
        return begun

    def _beside(self, paragraph: Paragraph, flow: Flow, in_cell: bool) -> None:
        """What hangs on a paragraph: its text boxes follow it, its notes are remembered."""
        self.notes += paragraph.notes
        for box in paragraph.boxes:
            flow += self._blocks(box, in_cell)

    def _table(self, element: Element) -> Table:
        edges = _Edges(element)
        table = Table()
        for row in _within(element, ROW):
            marks = next((child for child in row if child.tag in ROW_MARKS), None)
            if marks is None or not _is_gone(marks):
                table.rows.append(self._row(row, marks, edges))
        return table

    def _row(self, row: Element, marks: Element | None, edges: _Edges) -> list[Cell]:
        before = [number(mark) for mark in marks if mark.tag in BEFORE] if marks is not None else []
        at = _bounded(sum(before), 0)
        cells: list[Cell] = []
        for element in _within(row, CELL):
            span, above, beside = _merging(element)
            if beside and cells:
                cells[-1].right = edges[at + span]
            else:
                cells.append(Cell(edges[at], edges[at + span], self._blocks(element, in_cell=True), above))
            at += span
        return cells


class _Edges:
    """Where columns begin, from the widths that the table declares; unknown ones are far apart."""

    def __init__(self, table: Element) -> None:
        grid = next((child for child in table if child.tag in GRID), ())
        widths = [number(column, "w") for column in grid if column.tag in GRID_COLUMN]
        known = all(width > 0 for width in widths)
        self._edges = [0, *accumulate(width if known else COLUMN_WIDTH for width in widths)]

    def __getitem__(self, column: int) -> int:
        beyond = column - len(self._edges) + 1
        return self._edges[column] if beyond <= 0 else self._edges[-1] + beyond * COLUMN_WIDTH


def _within(element: Element, wanted: frozenset[str]) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also those that content controls and the like wrap."""
    for child in element:
        if child.tag in wanted:
            yield child
        elif child.tag not in PASSED and not is_deletion(child):
            yield from _within(child, wanted)


def _is_gone(marks: Element) -> bool:
    """Whether a row is deleted or hidden."""
    return any(mark.tag in DELETED or (mark.tag in HIDDEN and is_on(mark)) for mark in marks)


def _merging(cell: Element) -> tuple[int, bool, bool]:
    """How many columns a cell spans, and whether it goes on with the cell above it or on its left."""
    span, above, beside = 1, False, False
    for mark in cell[0] if len(cell) and cell[0].tag in CELL_MARKS else ():
        tag = mark.tag
        if tag in SPAN:
            span = _bounded(number(mark, default=1), 1)
        elif tag in VERTICAL:
            above = value_of(mark) != "restart"
        elif tag in HORIZONTAL:
            beside = value_of(mark) != "restart"
    return span, above, beside


def _bounded(count: int, least: int) -> int:
    return min(max(count, least), MOST_SPAN)
