"""Plain text in which a bar ends every cell: cells one below the other, their bars on their lines or on the next.

A bar that ends no text is a blank cell. Where a row ends is lost; only the words of its table can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from parsers.text import PAGE_MARK

BAR = re.compile(r"[|│｜┃]")
_ENDED = re.compile(r"[^|│｜┃]*[|│｜┃][|│｜┃\s]*")
_APART = re.compile(r"\s*[一二三四五六七]、|.*[。；;:：]\s*$")
"""A heading or a sentence, which is not a line of the cell under it."""

FEWEST = 10
MOST_ROWS = 0.25
"""So many bars at ends of lines, and so few of the lines with bars that have one before a text."""

Line = tuple[int, str | list[str]]
"""A line number with a line of text or the cells of a row."""


def is_bar_ended(lines: Sequence[str]) -> bool:
    """Whether the bars of a text end cells that stand one below the other."""
    barred = [line for line in lines if BAR.search(line)]
    ended = sum(bool(_ENDED.fullmatch(line)) for line in barred)
    return ended > FEWEST and len(barred) - ended <= MOST_ROWS * ended


def bar_ended(lines: Sequence[str]) -> Iterator[Line]:
    """The cells and the lines of text between them."""
    held: list[tuple[int, str]] = []
    inside = False
    for number, line in enumerate(lines, 1):
        first, *rest = BAR.split(line)
        if any(text.strip() for text in rest):
            yield from held
            yield number, [first, *rest]
            held, inside = [], False
            continue
        if first.strip() and not PAGE_MARK.fullmatch(first):
            held.append((number, first.strip()))
        if rest:
            blanks = len(rest) - bool(held)
            yield from _cell(held, inside)
            yield from ((number, [""]) for _ in range(blanks))
            held, inside = [], True
    yield from held


def _cell(held: Sequence[tuple[int, str]], inside: bool) -> Iterator[Line]:
    """The lines since the last bar: the last one is a cell, and those before it are if they stand in the table."""
    before = held[:-1]
    apart = max((n for n, (_, text) in enumerate(before) if not inside or _APART.match(text)), default=-1)
    for n, (number, text) in enumerate(held):
        yield number, text if n <= apart else [text]
