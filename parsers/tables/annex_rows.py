"""Where the annex of form 2014 stands in a document: grids, and runs of bare lines, taken out of its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain, groupby
from typing import NamedTuple

from parsers.document import Block, Grid
from parsers.forms.annex import UNITS, head_role
from parsers.tables.annex_labels import is_label, read_label
from parsers.tables.rows import Cell, Row, grid_rows, is_column, is_torn
from parsers.text import fold
from parsers.values import MARKS, is_value

FEWEST_ROWS = 4
"""So many labels of the annex make a grid or a run of lines the annex."""

MOST_LINES = 4
"""In one label, where columns are narrow."""

FEWEST_STRAYS = 6
"""So many labels of the annex outside of one are a table that was not understood; 行政复议数量 and the like stand in
other tables as well."""

_TRAILING = re.compile(r"^(?P<label>.*?\D)\s+(?P<unit>[条件次篇个人万元]{1,2})(?:\s+(?P<value>\S+))?$")


def split_annex(items: Sequence[Block | Grid]) -> tuple[list[Block | Grid], list[Row], set[str]]:
    """The items without the annex, the rows of the annex, and labels of it that stand in other tables."""
    rest: list[Block | Grid] = []
    rows: list[Row] = []
    run: list[Block] = []
    strays: set[str] = set()
    above: Grid | None = None
    for number, item in enumerate(_with_lone_rows_joined(items)):
        if isinstance(item, Block):
            if not run and is_torn(item, above):
                rows.append(Row("torn", [Cell(item.text, 0)], number, item.place, [item]))
            else:
                run.append(item)
            above = None
            continue
        _take_lines(run, rest, rows, number)
        run, above = [], None
        labels = _labels(item)
        if not _is_annex(item, labels, begun=bool(rows)):
            rest += [item] if len(labels) < FEWEST_STRAYS else _lines(item)
            strays |= labels
        elif is_column(item):
            lines = [Block(text or "", item.place) for texts in item.rows for text in texts]
            _take_lines(lines, rest, rows, number)
        else:
            rows += grid_rows(item, number)
            above = item
    _take_lines(run, rest, rows, len(items))
    return rest, rows, strays


def _with_lone_rows_joined(items: Sequence[Block | Grid]) -> Iterator[Block | Grid]:
    """The items with tables of one row that follow one another as one table, where they are the annex."""
    for is_lone, run in groupby(items, lambda item: isinstance(item, Grid) and len(item.rows) == 1):
        lone = list(run)
        joined = _joined([item for item in lone if isinstance(item, Grid)]) if len(lone) > 1 else None
        if is_lone and joined and _is_annex(joined, _labels(joined), begun=False):
            yield joined
        else:
            yield from lone


def _joined(grids: Sequence[Grid]) -> Grid | None:
    """Tables of one row as one; `None` where they are of several kinds."""
    if not grids or len({grid.exact for grid in grids}) > 1:
        return None
    origins = [[(r, column) for _, column in grid.origins[0]] for r, grid in enumerate(grids) if grid.origins]
    rows, places = [grid.rows[0] for grid in grids], [grid.place_of(0) for grid in grids]
    return Grid(rows, grids[0].exact, grids[0].place, origins if len(origins) == len(rows) else [], places)


def _lines(grid: Grid) -> list[Block | Grid]:
    """A grid as running text."""
    return [Block(" ".join(filter(None, row)), grid.place_of(r)) for r, row in enumerate(grid.rows)]


def _labels(grid: Grid) -> set[str]:
    """The labels of the annex in a grid, as printed."""
    texts = {text for text in chain.from_iterable(grid.rows) if text and not text.isdecimal()}
    return {text for text in texts if is_label(text)}


def _is_annex(grid: Grid, labels: set[str], begun: bool) -> bool:
    """Whether a grid is the annex, or goes on with it. 行政复议 before every result of it is another table, turned."""
    if not begun and len(labels) < FEWEST_ROWS:
        return False
    found = 0
    for row in grid.rows if labels else ():
        found += not labels.isdisjoint(row)
        if found >= (1 if begun else FEWEST_ROWS):
            return True
    return False


def _take_lines(run: list[Block], rest: list[Block | Grid], rows: list[Row], number: int) -> None:
    """Move the lines of a run that are the annex to its rows, and all others to the rest."""
    if sum(is_label(_pieces(block.text)[0]) for block in run) < FEWEST_ROWS:
        rest.extend(run)
        return
    lines = _with_labels_whole([Line(_pieces(block.text), [block]) for block in run])
    at = [n for n, line in enumerate(lines) if line.pieces and is_label(line.pieces[0])]
    start, stop = at[0], at[0]
    while stop < len(lines) and all(map(_is_part, lines[stop].pieces)):
        stop += 1
    while start and all(map(_is_part, lines[start - 1].pieces)):
        start -= 1
    inside = [n for n in at if start <= n < stop]
    if len(inside) < FEWEST_ROWS:
        rest.extend(run)
        return
    cells = [Cell(piece, n) for line in lines[start:stop] for n, piece in enumerate(line.pieces)]
    blocks = [block for line in lines[start:stop] for block in line.blocks]
    rows.append(Row("stream", cells, number, blocks[0].place, blocks))
    for line in (*lines[:start], *lines[stop:]):
        rest.extend(line.blocks)


class Line(NamedTuple):
    """The cells of a line of text, and the lines that it was."""

    pieces: list[str]
    blocks: list[Block]


def _with_labels_whole(lines: list[Line]) -> list[Line]:
    """The lines with labels joined that go on in other lines: below them, or, over the end of a page, below the cells
    of their row. Those lines keep what else stands in them."""
    last: Line | None = None
    for n, line in enumerate(lines):
        if not line.pieces or is_value(line.pieces[0]) or line.pieces[0] in UNITS:
            continue
        if not _is_exact(line.pieces[0]):
            _join(line, lines[n + 1 : n + MOST_LINES])
        text = line.pieces[0]
        if last and last.pieces and not _is_exact(text) and _is_exact(last.pieces[0] + text):
            last.pieces[0] += text
            del line.pieces[0]
        else:
            last = line
    return lines


def _join(line: Line, below: list[Line]) -> None:
    """Make the beginning of a line a label with those of the lines below it, if it is one with them."""
    text = line.pieces[0]
    for n, other in enumerate(below, 1):
        if not other.pieces or is_value(other.pieces[0]) or other.pieces[0] in UNITS:
            return
        text += other.pieces[0]
        if _is_exact(text):
            line.pieces[0] = text
            for joined in below[:n]:
                del joined.pieces[0]
            return


def _is_exact(text: str) -> bool:
    """Whether a text is a label of the annex or of a group of its rows, word for word."""
    label = read_label(text)
    return label is not None and not label.guessed


def _is_part(text: str) -> bool:
    word = fold(text)
    return (
        not word or is_value(text) or word in UNITS or bool(head_role(word)) or read_label(text) is not None
    )


def _is_word(text: str) -> bool:
    """Whether a word stands in a cell of its own."""
    return text in UNITS or is_value(text) or bool(head_role(text))


def _pieces(text: str) -> list[str]:
    """A line as cells."""
    if len(text.split()) == 1:
        return [text.strip()]
    parts = [part for part in re.split(r"[ \t\xa0\u3000]{2,}|\t", text.strip()) if part]
    return [piece for part in parts for piece in _parted(part)] or [""]


def _parted(text: str) -> Iterator[str]:
    match = _TRAILING.match(text)
    words = text.split()
    if match and match["unit"] in UNITS:
        yield from (piece for piece in match.groups() if piece)
    elif all(map(_is_word, words)) or (len(words) == 3 and {*words[1:]} <= MARKS):
        yield from words
    else:
        yield text
