"""HTML tables: spans expanded by the table algorithm of the HTML standard, layout tables told apart.

A stylesheet brings a table down to its text, marked where rows, cells and lines begin: what word processors wrap
around every number (paragraphs, spans, fonts) is passed over in C and not in Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeAlias

from lxml import etree

from parsers.document import Grid
from parsers.forms.labels import key, words

Element: TypeAlias = etree._Element

MOST_COLUMNS, MOST_ROWS = 200, 2000
"""No statutory table is larger; a hostile span must not fill the memory."""

LONGEST_CELL, FEWEST_WORDS = 300, 5
"""A table with a longer cell lays out a page, unless it holds this many words of the forms."""

_LINE, _ROW, _CELL, _PART = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
_MARKS = _LINE + _ROW + _CELL + _PART
"""Noncharacters, which are no text: a line, a row and a cell begin; the parts of a cell's head end."""

_SHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/*">
    <xsl:for-each select="tr | thead | tbody | tfoot">
      <xsl:apply-templates select="self::tr | self::*[not(self::tr)]/tr" mode="row">
        <xsl:with-param name="group" select="position() * not(self::tr)"/>
      </xsl:apply-templates>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="tr" mode="row">
    <xsl:param name="group"/>
    <xsl:text>{_ROW}</xsl:text><xsl:value-of select="$group"/>
    <xsl:for-each select="td | th">
      <xsl:text>{_CELL}</xsl:text>
      <xsl:if test="@colspan | @rowspan">
        <xsl:value-of select="translate(@colspan, '{_MARKS}', '')"/>
        <xsl:value-of select="concat('{_PART}', translate(@rowspan, '{_MARKS}', ''), '{_PART}')"/>
      </xsl:if>
      <xsl:apply-templates/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="p | div | li | tr">{_LINE}<xsl:apply-templates/>{_LINE}</xsl:template>
  <xsl:template match="br">{_LINE}<xsl:apply-templates/></xsl:template>
  <xsl:template match="sup | sub">
    <xsl:if test="normalize-space(translate(., '\xa0\u3000', ''))">^</xsl:if><xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="del | s | strike">
    <xsl:if test="normalize-space(translate(., '\xa0\u3000', ''))">~</xsl:if><xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="script | style | template | noscript"/>
</xsl:stylesheet>
"""
"""Paragraphs and line breaks are lines; a raised or struck part is marked, because 5 with a raised 1 is not 51."""

_as_text = etree.XSLT(etree.XML(_SHEET))
_hidden_parts: Callable[[Element], list[Element]] = etree.XPath(".//@hidden/..")  # type: ignore[assignment]
_without_row: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]
    "(. | thead | tbody | tfoot)/*[self::td or self::th]"
)
_is_long = etree.XPath("boolean((tr | */tr)/*[string-length() > $most])")
_FORBIDDEN = frozenset(_MARKS)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK = " \xa0\u3000"
_OUTSIDE = _BLANK + "\n"
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_SPAN = re.compile(r"\s*\+?(\d{1,5})")


Cell: TypeAlias = tuple[str, int, int]
"""Text, columns and rows of a cell where it begins; 0 rows reach down to the end of the row group."""

Square: TypeAlias = tuple[str | None, tuple[int, int]]
"""The text over a square and where its cell begins."""

_NOTHING: Square = (None, (-1, -1))


def full_text(element: Element) -> str:
    """All text in an element."""
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def own_cells(table: Element) -> Iterator[Element]:
    """The visible cells of a table itself, nested tables apart."""
    for child in table:
        rows = [child] if child.tag == "tr" else child if child.tag in ("thead", "tbody", "tfoot") else ()
        for row in rows:
            if row.tag == "tr":
                yield from (cell for cell in row if cell.tag in ("td", "th") and cell.get("hidden") is None)


def note_hidden(root: Element) -> None:
    """Give what a style hides the attribute that says so."""
    for element in root.iter():
        if _HIDDEN.search(element.get("style") or ""):
            element.set("hidden", "")


def is_layout(table: Element) -> bool:
    """Whether a table lays out a page rather than holds data."""
    if table.find(".//table") is not None:
        return True
    if not _is_long(table, most=LONGEST_CELL):
        return False
    texts = [full_text(cell) for cell in own_cells(table)]
    if not any(len(_SPACE.sub("", text)) > LONGEST_CELL for text in texts):
        return False
    return sum(key(text) in words() for text in texts) < FEWEST_WORDS


def expand(table: Element) -> Grid:
    """A table as a grid in which a spanning cell stands in every square it covers."""
    groups, rows = _rows(table)
    ends = _ends(groups)
    squares: list[list[Square]] = [[] for _ in rows]
    for r, (row, cells) in enumerate(zip(squares, rows, strict=True)):
        column = 0
        for text, wide, high in cells:
            while column < len(row) and row[column] is not _NOTHING:
                column += 1
            if column + wide > MOST_COLUMNS:
                break
            square: Square = (text, (r, column))
            if wide == high == 1 and column == len(row):
                row.append(square)
            else:
                for covered in squares[r : min(ends[r], r + high) if high else ends[r]]:
                    _cover(covered, column, wide, square)
            column += wide
    return _grid(squares)


def _rows(table: Element) -> tuple[list[str], list[list[Cell]]]:
    """The row group and the cells of each row."""
    _complete(table)
    for element in _hidden_parts(table):
        element.tag = "template"  # which shows nothing wherever it stands
    if not _FORBIDDEN.isdisjoint(full_text(table)):
        _drop_marks(table)
    text = _SPACE.sub(" ", str(_as_text(table))).replace(_LINE, "\n").replace("\v", "\n")
    rows = [row.split(_CELL) for row in text.split(_ROW, MOST_ROWS + 1)[1 : MOST_ROWS + 1]]
    return [group for group, *_ in rows], [[_cell(cell) for cell in cells] for _, *cells in rows]


def _complete(table: Element) -> None:
    """Give cells whose row has no tag a row, as the HTML standard does."""
    row: Element | None = None
    for cell in _without_row(table):
        if row is None or cell.getprevious() is not row:
            row = table.makeelement("tr")
            cell.addprevious(row)
        row.append(cell)


def _drop_marks(table: Element) -> None:
    for element in table.iter():
        element.text, element.tail = (
            "".join(c for c in part if c not in _FORBIDDEN) if part else part
            for part in (element.text, element.tail)
        )


def _cell(marked: str) -> Cell:
    if _PART not in marked:
        return _shown(marked), 1, 1
    wide, high, text = marked.split(_PART)
    return _shown(text), _span(wide) or 1 if wide else 1, _span(high) if high else 1


def _shown(text: str) -> str:
    text = text.strip(_OUTSIDE)
    return "\n".join(line.strip(_BLANK) for line in text.split("\n")) if "\n" in text else text


def _span(written: str) -> int:
    """A span as browsers read it: leading digits count, nonsense is 1."""
    match = _SPAN.match(written)
    return int(match.group(1)) if match else 1


def _ends(groups: list[str]) -> list[int]:
    """For each row the number of the first row that is no more of its group: no cell reaches farther."""
    ends = [len(groups)] * len(groups)
    for r in range(len(groups) - 2, -1, -1):
        ends[r] = ends[r + 1] if groups[r] == groups[r + 1] else r + 1
    return ends


def _cover(row: list[Square], column: int, wide: int, square: Square) -> None:
    """Lay a cell over the squares of a row that no other has."""
    row += [_NOTHING] * (column - len(row))
    for at in range(column, min(len(row), column + wide)):
        if row[at] is _NOTHING:
            row[at] = square
    row += [square] * (column + wide - max(len(row), column))


def _grid(squares: list[list[Square]]) -> Grid:
    width = max(map(len, squares), default=0)
    full = [row + [_NOTHING] * (width - len(row)) for row in squares]
    return Grid(
        rows=[[text for text, _ in row] for row in full],
        exact=True,
        origins=[
            [(r, c) if s is _NOTHING else s[1] for c, s in enumerate(row)] for r, row in enumerate(full)
        ],
    )
