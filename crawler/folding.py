"""Text in lines of a width in which a Chinese character counts two: terminals show it so, and `textwrap` does not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_PIECES = re.compile(" +|[!-~]+|.[，。、；：）”]*")
"""What a line may not be broken in: a word of Latin letters, a sign and the punctuation behind it."""


def width(text: str) -> int:
    """How many columns of a terminal a text takes."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def folded(text: str, room: int, first: str = "", then: str = "") -> Iterator[str]:
    """A text in lines of so many columns; the first begins with `first`, the others with `then`."""
    line, filled = first, False
    for piece in _PIECES.findall(text):
        for part in _parts(piece, room - width(then)):
            if filled and width(line + part) > room:
                yield line.rstrip()
                line, filled = then, False
            if filled or part.strip():
                line, filled = line + part, True
    yield line


def _parts(piece: str, room: int) -> Iterator[str]:
    """A piece whole, or in parts where it is wider than a line."""
    room = max(room, 2)
    for at in range(0, len(piece), room):
        yield piece[at : at + room]
