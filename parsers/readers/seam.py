"""Tables that go on over a page break, joined; labels and rows that the break cut in two, mended.

A part goes on where the one before it ended if nothing stands between them, both sides lie at the same x, and the
columns of the one are among those of the other. A cut is mended only where the joined text is a known label and
the second half alone is none; two numbers are never made one.
"""

from __future__ import annotations

from parsers.forms.labels import key, words
from parsers.readers.ruled import Cell, Table
from parsers.values import is_value

NEAR = 4.0
"""How far, in points, the edges of two parts of one table may lie apart."""


def belongs(upper: Table, lower: Table) -> bool:
    """Whether a table at the top of a page can be the rest of the one at the end of the page before."""
    if upper.loose or lower.loose:
        return False
    few, many = sorted((upper.edges, lower.edges), key=len)
    ends = abs(few[0] - many[0]) <= NEAR and abs(few[-1] - many[-1]) <= NEAR
    return ends and all(any(abs(x - other) <= NEAR for other in many) for x in few)


def join(upper: Table, lower: Table) -> Table:
    """Both parts as one table."""
    shift = upper.height
    below = [Cell(c.x0, c.x1, c.first + shift, c.last + shift, c.text) for c in lower.cells]
    edges = max(upper.edges, lower.edges, key=len)
    table = Table(edges, shift + lower.height, upper.cells + below, upper.top, lower.bottom, upper.place)
    table.places = upper.each_place() + lower.each_place()
    return _mended(table, shift)


def _mended(table: Table, seam: int) -> Table:
    above = [cell for cell in table.cells if cell.last == seam - 1]
    below = [cell for cell in table.cells if cell.first == seam]
    pairs = [(a, b) for a in above for b in below if abs(a.x0 - b.x0) <= NEAR and abs(a.x1 - b.x1) <= NEAR]
    label = next((b for b in reversed(_words(below)) if b.text.strip()), None)
    spanning = [pair for pair in pairs if _spans_on(*pair, label)]
    for upper, lower in spanning:
        upper.last = lower.last
        upper.text = f"{upper.text}\n{lower.text}".strip()
    gone = [lower for _, lower in spanning]
    table.cells = [cell for cell in table.cells if not any(cell is lower for lower in gone)]
    row = [pair for pair in pairs if not any(pair is other for other in spanning)]
    complete = len(row) + len(spanning) == len(below)
    if complete and row and _is_cut(row):
        _close(table, row, seam)
    return table


def _words(cells: list[Cell]) -> list[Cell]:
    """The cells from the left up to the first value."""
    found: list[Cell] = []
    for cell in sorted(cells, key=lambda cell: cell.x0):
        if cell.text.strip() and is_value(cell.text):
            break
        found.append(cell)
    return found


def _spans_on(upper: Cell, lower: Cell, label: Cell | None) -> bool:
    """Whether a label over several rows goes on below the break: its rest stands there, or nothing does."""
    if not upper.text.strip() or is_value(upper.text) or label is None or lower.x0 >= label.x0:
        return lower.span > 1 and _completes(upper, lower)
    return not lower.text.strip() or _completes(upper, lower)


def _completes(upper: Cell, lower: Cell) -> bool:
    return (
        key(upper.text + lower.text) in words() and key(lower.text) not in words() and bool(key(lower.text))
    )


def _is_cut(row: list[tuple[Cell, Cell]]) -> bool:
    """Whether the last row above and the first below are one: a label that is complete only with both, and in
    every other column something on one side at most."""
    labels = [pair for pair in row if _completes(*pair)]
    others = [pair for pair in row if not any(pair is other for other in labels)]
    single = all(lower.span == 1 for _, lower in row)
    return single and bool(labels) and all(not a.text.strip() or not b.text.strip() for a, b in others)


def _close(table: Table, row: list[tuple[Cell, Cell]], seam: int) -> None:
    """Take the two rows at the seam as one."""
    for upper, lower in row:
        upper.text = f"{upper.text}\n{lower.text}".strip()
        upper.last = lower.last
    table.cells = [cell for cell in table.cells if not any(cell is lower for _, lower in row)]
    for cell in table.cells:
        cell.first -= cell.first >= seam
        cell.last -= cell.last >= seam
    table.height -= 1
    table.places[seam - 1 : seam + 1] = [", ".join(table.places[seam - 1 : seam + 1])]
