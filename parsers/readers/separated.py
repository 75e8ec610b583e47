"""Plain text whose cells are parted by commas, semicolons or quoted tabs (CSV): the same text with plain tabs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from parsers.values import is_value

FEWEST_ROWS = 10
"""So many lines that hold nothing but short words and a number or more are no prose."""

LONGEST_WORD = 60
"""Letters in a cell; a line with a longer one is running text."""

MOST_LINES = 12
"""In one cell; a quotation mark that is never closed would swallow the rest of the text."""

_STRANGE = frozenset("。；！？\t|")


def with_tabs(lines: Sequence[str]) -> list[str] | None:
    """The lines with tabs between cells, blank ones where a cell had several; `None` where no mark parts cells."""
    for mark in ",;\t":
        if sum(mark in line for line in lines) < FEWEST_ROWS or (mark == "\t" and not _is_quoted(lines)):
            continue
        if rows := _rows(lines, mark):
            return rows
    return None


def _is_quoted(lines: Sequence[str]) -> bool:
    return sum('"\t"' in line for line in lines) >= FEWEST_ROWS


def _rows(lines: Sequence[str], mark: str) -> list[str] | None:
    import csv  # few texts need it, and starting is a good part of reading one

    reader = csv.reader(lines, delimiter=mark)
    out: list[str] = []
    full = 0
    try:
        for cells in reader:
            told = reader.line_num - len(out)
            if told > MOST_LINES:
                return None
            is_row = _is_row(cells)
            values = [is_value(cell) for cell in cells if cell.strip()] if is_row else []
            full += any(values) and not all(values)
            shown = (" ".join(cell.split()) for cell in cells)
            out.append("\t".join(shown) if is_row else " ".join(lines[len(out) : reader.line_num]))
            out += [""] * (told - 1)
    except csv.Error:
        return None
    return out if full >= FEWEST_ROWS else None


def _is_row(cells: Sequence[str]) -> bool:
    """Whether the parts of a line are cells: none is a sentence, none holds another mark between cells, and no number
    of thousands was cut in two (行政许可：1,234件)."""
    is_cut = any(
        word[-1:].isdigit() and rest[:1].isdigit() and not is_value(word) for word, rest in pairwise(cells)
    )
    return len(cells) > 1 and not is_cut and all(map(_is_short, cells))


def _is_short(cell: str) -> bool:
    return len(cell) <= LONGEST_WORD and _STRANGE.isdisjoint(cell)
