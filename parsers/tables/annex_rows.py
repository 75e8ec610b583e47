"""Where the annex of form 2014 stands in a document: grids, and runs of bare lines, taken out of its items."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain

from parsers.document import Block, Grid
from parsers.forms.annex import UNITS, head_role
from parsers.tables.annex_labels import is_label, read_label
from parsers.tables.rows import Cell, Row, grid_rows, is_column
from parsers.text import fold
from parsers.values import is_value

FEWEST_ROWS = 4
"""So many labels of the annex make a grid or a run of lines the annex."""

_TRAILING = re.compile(r"^(?P<label>.*?\D)\s+(?P<unit>[条件次篇个人万元]{1,2})(?:\s+(?P<value>\S+))?$")


def split_annex(items: Sequence[Block | Grid]) -> tuple[list[Block | Grid], list[Row]]:
    """The items without the annex, and the rows of the annex."""
    rest: list[Block | Grid] = []
    rows: list[Row] = []
    run: list[Block] = []
    for number, item in enumerate(items):
        if isinstance(item, Block):
            run.append(item)
            continue
        _take_lines(run, rest, rows, number)
        run = []
        if not _is_annex(item, begun=bool(rows)):
            rest.append(item)
        elif is_column(item):
            lines = [Block(text or "", item.place) for texts in item.rows for text in texts]
            _take_lines(lines, rest, rows, number)
        else:
            rows += grid_rows(item, number)
    _take_lines(run, rest, rows, len(items))
    return rest, rows


def _is_annex(grid: Grid, begun: bool) -> bool:
    texts = {text for text in chain.from_iterable(grid.rows) if text and not text.isdecimal()}
    labels = {text for text in texts if is_label(text)}
    found = 0
    for row in grid.rows if labels else ():
        found += not labels.isdisjoint(row)
        if found >= (1 if begun else FEWEST_ROWS):
            return True
    return False


def _take_lines(run: list[Block], rest: list[Block | Grid], rows: list[Row], number: int) -> None:
    """Move the lines of a run that are the annex to its rows, and all others to the rest."""
    at = [n for n, block in enumerate(run) if is_label(_pieces(block.text)[0])]
    if len(at) < FEWEST_ROWS:
        rest.extend(run)
        return
    start, stop = at[0], at[0]
    while stop < len(run) and all(map(_is_part, _pieces(run[stop].text))):
        stop += 1
    while start and all(map(_is_part, _pieces(run[start - 1].text))):
        start -= 1
    inside = [n for n in at if start <= n < stop]
    if len(inside) < FEWEST_ROWS:
        rest.extend(run)
        return
    cells = [Cell(piece, n) for block in run[start:stop] for n, piece in enumerate(_pieces(block.text))]
    rows.append(Row("stream", cells, number, run[start].place, run[start:stop]))
    rest.extend([*run[:start], *run[stop:]])


def _is_part(text: str) -> bool:
    word = fold(text)
    return (
        not word or is_value(text) or word in UNITS or bool(head_role(word)) or read_label(text) is not None
    )


def _pieces(text: str) -> list[str]:
    """A line as cells."""
    if len(text.split()) == 1:
        return [text.strip()]
    parts = [part for part in re.split(r"[ \t\xa0\u3000]{2,}|\t", text.strip()) if part]
    return [piece for part in parts for piece in _parted(part)] or [""]


def _parted(text: str) -> Iterator[str]:
    match = _TRAILING.match(text)
    if match and match["unit"] in UNITS:
        yield from (piece for piece in match.groups() if piece)
    else:
        yield text
