"""HTML tables: spans expanded by the table algorithm of the HTML standard, layout tables told apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from parsers.document import Grid
from parsers.forms.labels import key, words

Element: TypeAlias = etree._Element

MOST_COLUMNS, MOST_ROWS = 200, 2000
"""No statutory table is larger; a hostile span must not fill the memory."""

LONGEST_CELL, FEWEST_WORDS = 300, 5
"""A table with a longer cell lays out a page, unless it holds this many words of the forms."""

_SPACE = re.compile(r"[ \t\r\n\f]+")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_BREAKS = {"p", "div", "br", "li", "tr"}
_STRUCK = {"del", "s", "strike"}
_NO_TEXT = {"script", "style", "template", "noscript"}


def full_text(element: Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))


def own_rows(table: Element) -> Iterator[tuple[Element, int]]:
    """The rows of a table itself, each with the number of its row group."""
    group = 0
    for child in table:
        if child.tag == "tr":
            yield child, 0
        elif child.tag in ("thead", "tbody", "tfoot"):
            group += 1
            yield from ((row, group) for row in child if row.tag == "tr")


def own_cells(table: Element) -> Iterator[Element]:
    """The visible cells of a table itself, nested tables apart."""
    for row, _ in own_rows(table):
        yield from _cells(row)


def _cells(row: Element) -> list[Element]:
    return [cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)]


def _is_hidden(element: Element) -> bool:
    style = element.get("style")
    return element.get("hidden") is not None or bool(style and _HIDDEN.search(style))


def is_layout(table: Element) -> bool:
    """Whether a table lays out a page rather than holds data."""
    if table.find(".//table") is not None:
        return True
    texts = [full_text(cell) for cell in own_cells(table)]
    if not any(len(_SPACE.sub("", text)) > LONGEST_CELL for text in texts):
        return False
    return sum(key(text) in words() for text in texts) < FEWEST_WORDS


def expand(table: Element) -> Grid:
    """A table as a grid in which a spanning cell stands in every square it covers."""
    rows = [(row, group) for row, group in own_rows(table) if not _is_hidden(row)][:MOST_ROWS]
    taken: dict[tuple[int, int], tuple[str, tuple[int, int]]] = {}
    width = 0
    for r, (row, group) in enumerate(rows):
        end = next((n for n in range(r + 1, len(rows)) if rows[n][1] != group), len(rows))
        column = 0
        for cell in _cells(row):
            while (r, column) in taken:
                column += 1
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if column + wide > MOST_COLUMNS:
                break
            square = (cell_text(cell), (r, column))
            bottom = end if high == 0 else min(end, r + high)
            for place in ((y, x) for y in range(r, bottom) for x in range(column, column + max(wide, 1))):
                taken.setdefault(place, square)
            column += max(wide, 1)
        width = max(width, column)
    return _grid(taken, len(rows), width)


def _grid(taken: dict[tuple[int, int], tuple[str, tuple[int, int]]], height: int, width: int) -> Grid:
    width = max((c + 1 for _, c in taken), default=width)
    nothing = (None, (-1, -1))
    squares = [[taken.get((r, c), nothing) for c in range(width)] for r in range(height)]
    return Grid(
        rows=[[text for text, _ in row] for row in squares],
        exact=True,
        origins=[
            [origin if text is not None else (r, c) for c, (text, origin) in enumerate(row)]
            for r, row in enumerate(squares)
        ],
    )


def _span(cell: Element, name: str) -> int:
    """A span as browsers read it: leading digits count, nonsense is 1; a rowspan of 0 reaches the group's end."""
    written = cell.get(name)
    if written is None:
        return 1
    match = re.match(r"\s*\+?(\d{1,5})", written)
    span = int(match.group(1)) if match else 1
    return span if span or name == "rowspan" else 1


def cell_text(cell: Element) -> str:
    """The text of a cell, paragraphs and line breaks as newlines; a raised or struck part is marked, because
    5 with a raised 1 is not 51."""
    parts: list[str] = []
    _collect(cell, parts)
    text = _SPACE.sub(" ", "".join(parts).replace("\n", " ")).replace("\v", "\n")
    return "\n".join(line.strip(" \xa0\u3000") for line in text.split("\n")).strip("\n ")


def _collect(element: Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _NO_TEXT and not _is_hidden(child):
            _child(child, parts)
        if child.tail:
            parts.append(child.tail)


def _child(child: Element, parts: list[str]) -> None:
    mark = "^" if child.tag in ("sup", "sub") else "~" if child.tag in _STRUCK else ""
    if mark and full_text(child).strip():
        parts.append(mark)
    if child.tag in _BREAKS:
        parts.append("\v")
    _collect(child, parts)
    if child.tag in _BREAKS and child.tag != "br":
        parts.append("\v")
