"""A sample report laid out: paragraphs and the tables of the official form with their real spans.

Every renderer prints a layout, every quirk makes another layout of one; neither knows the other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Role = Literal["title", "text", "heading", "caption", "signature"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of running text and its part in the report."""

    text: str
    role: Role = "text"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that covers `rows` × `columns` squares."""

    text: str
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of the cells that begin in them, as in HTML."""

    rows: tuple[tuple[Cell, ...], ...]

    def squares(self) -> list[list[Square]]:
        """Row by row the cell over each square, with the row and column in which it begins."""
        taken: dict[tuple[int, int], Square] = {}
        for r, row in enumerate(self.rows):
            c = 0
            for cell in row:
                while (r, c) in taken:
                    c += 1
                for down in range(cell.rows):
                    for across in range(cell.columns):
                        taken[r + down, c + across] = (r, c, cell)
        return [[taken[at] for at in sorted(taken) if at[0] == r] for r in range(len(self.rows))]


Square = tuple[int, int, Cell]
Layout = tuple[Paragraph | Table, ...]
Quirk = Callable[[Layout], Layout]
"""Turns a layout as the form wants it into one as some office makes it."""
