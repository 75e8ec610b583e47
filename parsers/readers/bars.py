"""Plain text in which cells stand one below the other with a bar between each and the next: behind a cell, on the
line below it, or before the next one.

A bar that follows no text is that of a blank cell. Where a row ends is lost; only the words of its table can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.text import PAGE_MARK

BAR = re.compile(r"[|│｜┃]")
_ONE_CELL = re.compile(r"[^|│｜┃]*[|│｜┃][|│｜┃\s]*|\s*[|│｜┃][^|│｜┃]*")
_APART = re.compile(r"\s*[一二三四五六七]、|.*[。；;:：]\s*$")
"""A heading or a sentence, which is not a line of the cell under it."""

_NUMBERED = re.compile(r"[一二三四五六七]、")

FEWEST = 2
MOST_ROWS = 0.25
"""So many lines with bars hold one cell, and so few of them several."""

Line = tuple[int, str | list[str]]
"""A line number with a line of text or the cells of a row."""


def has_a_cell_a_line(lines: Sequence[str]) -> bool:
    """Whether the bars of a text part cells that stand one below the other."""
    barred = [line for line in lines if BAR.search(line)]
    single = sum(bool(_ONE_CELL.fullmatch(line)) for line in barred)
    return single > FEWEST and len(barred) - single <= MOST_ROWS * single


def cells_between_bars(lines: Sequence[str]) -> Iterator[Line]:
    """The cells and the lines of text between them."""
    held: list[tuple[int, str]] = []
    inside = False
    for number, line in enumerate(lines, 1):
        if BAR.search(line) and not _ONE_CELL.fullmatch(line):
            yield from held
            yield number, BAR.split(line)
            held, inside = [], False
            continue
        for n, text in enumerate(BAR.split(line)):
            if n:
                yield from _closed(held, inside, number)
                held, inside = [], True
            if text.strip() and not PAGE_MARK.fullmatch(text):
                held.append((number, text.strip()))
    yield from held


def _closed(held: Sequence[tuple[int, str]], inside: bool, number: int) -> Iterator[Line]:
    """The lines before a bar: those of a cell, after text that stands above it; without any, a blank cell."""
    if not held and inside:
        yield number, [""]
    last = len(held) - 1
    apart = max((n for n, (_, text) in enumerate(held) if _is_apart(text, n == last, inside)), default=-1)
    yield from held[: apart + 1]
    if cell := held[apart + 1 :]:
        yield cell[0][0], ["\n".join(text for _, text in cell)]


def _is_apart(text: str, last: bool, inside: bool) -> bool:
    """Whether a line before a bar stands above the cell. No table begins with 一、, but the heading above it does."""
    if inside:
        return not last and bool(_APART.match(text))
    return not last or bool(_NUMBERED.match(text))
