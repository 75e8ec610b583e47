"""Tables without rulings: columns by where values and header words stand, and only where both say the same.

A band is a run of header lines with the rows of values below it. Its columns are known if the values fall into
clusters that keep apart, every row has at most one value in each, and every cluster stands under one header of its
own. Otherwise the band is an inexact grid: its cells are counted and not placed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from parsers.document import Block, Grid
from parsers.forms.labels import is_article, key, words
from parsers.readers.glyphs import Line
from parsers.values import is_value

GAP = 0.5
"""A gap of so many letters parts cells."""

APART = 0.5
"""Columns keep so many letters apart."""

LONGEST = 60
"""No cell is longer."""

_OPENING = {"items", "applicants", "organizations", "balance"}

Placed = tuple[Line, str]
"""A line with its place in the document."""


def opens(line: Line) -> bool:
    """Whether a line can only stand in a statutory table."""
    segments = line.segments(GAP)
    if len(segments) == 1:
        text = segments[0].text
        return len(text) <= LONGEST and (is_article(text) or _heads_table(text))
    if any(_heads_table(part.text) for part in segments):
        return True
    found = [{word.role for word in words().get(key(part.text), ())} for part in segments]
    values = sum(is_value(part.text) for part in segments)
    return sum("column" in roles for roles in found) > 1 or (values > 0 and any("row" in r for r in found))


def _heads_table(text: str) -> bool:
    return any(word.code in _OPENING for word in words().get(key(text), ()))


def is_tabular(line: Line) -> bool:
    """Whether a line can be a row of a table or a piece of a label."""
    parts = line.segments(GAP)
    texts = [part.text for part in parts]
    if any(len(text) > LONGEST or "。" in text for text in texts):
        return False
    return len(parts) > 1 or is_value(texts[0]) or key(texts[0]) in words() or len(texts[0]) <= LONGEST // 2


def unruled(lines: Sequence[Placed]) -> Iterator[Block | Grid]:
    """The bands of a table."""
    for band in _bands(lines):
        place = band[0].place
        yield _exact(band, place) or Grid([[c.text for c in row.cells] for row in band], False, place)


@dataclass(slots=True)
class _Row:
    """Cells of a line: `label` are those before the first value, `values` those from it on, if they are all values."""

    cells: list[Line]
    place: str
    label: list[Line] = field(init=False)
    values: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        are = [is_value(cell.text) for cell in self.cells]
        at = are.index(True) if True in are else len(are)
        self.label = self.cells[:at]
        self.values = self.cells[at:] if all(are[at:]) else []


def _bands(lines: Sequence[Placed]) -> Iterator[list[_Row]]:
    band: list[_Row] = []
    for line, place in lines:
        row = _Row(line.segments(GAP), place)
        if band and any(r.values for r in band) and not row.values and opens(line):
            yield band
            band = []
        band.append(row)
    if band:
        yield band


def _exact(band: list[_Row], place: str) -> Grid | None:
    """The band as a grid with known columns, or `None`."""
    first = next((n for n, row in enumerate(band) if row.values), None)
    if first is None:
        return None
    rows = _with_labels(band[first:])
    columns = _clusters([cell for row in rows for cell in row.values])
    headed = _headed(band[:first], columns)
    if headed is None:
        return None
    columns, heads = headed
    edge = columns[0][0]
    if any(row.label and row.label[-1].x1 > edge for row in rows):
        return None
    width = max((len(row.label) for row in rows), default=0)
    grid: list[list[str | None]] = [[*[""] * width, *head] for head in heads]
    for row in rows:
        cells = _placed(row.values, columns)
        if cells is None:
            return None
        texts = [cell.text for cell in row.label]
        grid.append([*[""] * (width - len(texts)), *texts, *cells])
    return Grid(grid, exact=True, place=place)


def _clusters(cells: list[Line]) -> list[tuple[float, float]]:
    """The stretches of x that values take up."""
    out: list[tuple[float, float]] = []
    for cell in sorted(cells, key=lambda cell: cell.x0):
        if out and cell.x0 <= out[-1][1] + APART * cell.em:
            out[-1] = (out[-1][0], max(out[-1][1], cell.x1))
        else:
            out.append((cell.x0, cell.x1))
    return out


def _headed(
    header: list[_Row], columns: list[tuple[float, float]]
) -> tuple[list[tuple[float, float]], list[list[str]]] | None:
    """The columns, also those without any value, and the rows of words over them: those that span columns, line by
    line, and last the word of each column, which must be one of the forms."""
    heads = [
        cell for row in header for cell in row.cells if _can_head(cell) and cell.x0 > columns[0][0] - cell.em
    ]
    single = [cell for cell in heads if len(_under(cell, columns)) <= 1]
    lone = _clusters([cell for cell in single if not _under(cell, columns) and cell.x0 > columns[0][0]])
    columns = sorted((*columns, *lone))
    if any(b[0] < a[1] for a, b in pairwise(columns)):
        return None
    names = [""] * len(columns)
    for cell in single:
        for n in _under(cell, columns):
            names[n] += cell.text
    if any(key(name) not in words() for name in names):
        return None
    spans = [_spread([cell for cell in row.cells if cell not in single], columns) for row in header]
    return columns, [*(row for row in spans if any(row)), names]


def _can_head(cell: Line) -> bool:
    found = words().get(key(cell.text), ())
    return not is_article(cell.text) and not (found and all(word.role == "group" for word in found))


def _under(cell: Line, columns: list[tuple[float, float]]) -> list[int]:
    return [n for n, (x0, x1) in enumerate(columns) if x0 < cell.x1 and cell.x0 < x1]


def _spread(cells: list[Line], columns: list[tuple[float, float]]) -> list[str]:
    """Words of a header line over each of the columns they span."""
    texts = [""] * len(columns)
    for cell in cells:
        for n in _under(cell, columns):
            texts[n] += cell.text
    return texts


def _placed(values: list[Line], columns: list[tuple[float, float]]) -> list[str] | None:
    texts = [""] * len(columns)
    for cell in values:
        under = _under(cell, columns)
        if len(under) != 1 or texts[under[0]]:
            return None
        texts[under[0]] = cell.text
    return texts


def _with_labels(rows: list[_Row]) -> list[_Row]:
    """Rows of values with the lines of their label, which stand above and below them, gathered."""
    out: list[_Row] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        if row.values or at + 1 >= len(rows):
            out.append(row)
            at += 1
            continue
        taken = next((n for n in (3, 2) if (joined := _joined(rows[at : at + n]))), 0)
        if taken and joined:
            out.append(joined)
            at += taken
        else:
            out.append(row)
            at += 1
    return out


def _joined(rows: list[_Row]) -> _Row | None:
    """Lines as one row, if one of them has values and together they spell a known label."""
    valued = [row for row in rows if row.values]
    if len(valued) != 1:
        return None
    label = [cell for row in rows for cell in row.label]
    text = "".join(cell.text for cell in label)
    if (
        key(text) not in words()
        or not label
        or any(key(row.label[0].text) in words() for row in rows if row.label)
    ):
        return None
    whole = Line(
        [glyph for cell in label for glyph in cell.glyphs],
        min(cell.x0 for cell in label),
        label[0].top,
        max(cell.x1 for cell in label),
        label[-1].bottom,
    )
    return _Row([whole, *valued[0].values], rows[0].place)
