"""HTML tables: spans expanded by the table algorithm of the HTML standard, layout tables told apart.

Most cells hold a text and nothing else; the others are brought down to theirs by a stylesheet, marked where cells and
lines begin, so that the elements in them are passed over in C and not in Python.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple, TypeAlias

from lxml import etree

from parsers.document import Grid
from parsers.forms.labels import key, words
from parsers.values import UNSEEN

Element: TypeAlias = etree._Element

MOST_REMEMBERED = 64
"""Of the layouts of larger tables none is kept."""

MOST_COLUMNS, MOST_ROWS = 200, 2000
"""No statutory table is larger; a hostile span must not fill the memory."""

LONGEST_CELL, FEWEST_WORDS = 300, 5
"""A table with a longer cell lays out a page, unless it holds this many words of the forms."""

_LINE, _CELL = "\ufdd0", "\ufdd1"
"""Noncharacters, which are no text: a line and a cell begin."""

_SHEET = f"""
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:output method="text"/>
  <xsl:template match="/*">
    <xsl:for-each select="(tr | thead/tr | tbody/tr | tfoot/tr)/*[self::td or self::th][*]">
      <xsl:text>{_CELL}</xsl:text><xsl:apply-templates/>
    </xsl:for-each>
  </xsl:template>
  <xsl:template match="p | div | li | tr">{_LINE}<xsl:apply-templates/>{_LINE}</xsl:template>
  <xsl:template match="br">{_LINE}<xsl:apply-templates/></xsl:template>
  <xsl:template match="sup | sub | a[contains(@href, '#_ftn') or contains(@href, '#_edn')]">
    <xsl:if test="normalize-space(translate(., '\xa0\u3000', ''))">^</xsl:if><xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="del | s | strike">
    <xsl:if test="normalize-space(translate(., '\xa0\u3000', ''))">~</xsl:if><xsl:apply-templates/>
  </xsl:template>
  <xsl:template match="script | style | template | noscript"/>
  <xsl:template match="script[contains(., 'write')]">{UNSEEN}</xsl:template>
  <xsl:template match="img | object | embed | canvas | svg | video | iframe | meter | progress">
    <xsl:apply-templates/>
    <xsl:if test="not(normalize-space(translate((ancestor::td | ancestor::th)[last()], '0123456789. 　', '')))
      and not(normalize-space())">{UNSEEN}</xsl:if>
  </xsl:template>
  <xsl:template match="input[not(@type) or @type = 'text' or @type = 'number']">
    <xsl:value-of select="concat(' ', translate(@value, '{_LINE}{_CELL}', ''), ' ')"/>
  </xsl:template>
  <xsl:template match="select">
    <xsl:value-of select="concat(' ', .//option[@selected or not(../option/@selected)][1], ' ')"/>
  </xsl:template>
  <xsl:template match="small | summary | rt">
    <xsl:text> </xsl:text><xsl:apply-templates/><xsl:text> </xsl:text>
  </xsl:template>
</xsl:stylesheet>
"""
"""Paragraphs and line breaks are lines; a raised or struck part, and what leads to one of Word's notes, is marked:
5 with a raised 1 is not 51. What draws in a cell that holds no words stands as a character that nobody can read."""

_as_text = etree.XSLT(etree.XML(_SHEET))
_hidden_parts: Callable[[Element], list[Element]] = etree.XPath(".//@hidden/..")  # type: ignore[assignment]
_CELLS = frozenset(("td", "th"))
_without_row: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]
    "(. | thead | tbody | tfoot)/*[self::td or self::th]"
)
_is_long = etree.XPath("boolean((tr | */tr)/*[string-length() > $most])")
_MARKED = re.compile("[\ufdd0-\ufdef]")
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BLANK = " \xa0\u3000"
_OUTSIDE = _BLANK + "\n"
_styles: Callable[[Element], list[str]] = etree.XPath("//@style", smart_strings=False)  # type: ignore[assignment]
_styled: Callable[[Element], list[Element]] = etree.XPath("//@style/..")  # type: ignore[assignment]
_with_style: Callable[..., list[Element]] = etree.XPath("//@style[. = $style]/..")  # type: ignore[assignment]
MOST_APART = 4
"""Elements of so many styles are looked for style by style, of more by going through all that have one."""

_STRUCK = re.compile(r"text-decoration[^;]*line-through", re.IGNORECASE)
_RAISED = re.compile(r"vertical-align\s*:\s*su(?:per|b)\b", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FAINT = re.compile(
    r"(?:visibility\s*:\s*(?:hidden|collapse)|(?:opacity|font-size)\s*:\s*[0.]+\s*(?:p[tx]|r?em|%)?)\s*(?:;|!|$)",
    re.IGNORECASE,
)
_in_cell = etree.XPath(
    "boolean(ancestor::*[self::td or self::th][1][not(.//table) and string-length() <= $most])"
)
_SPAN = re.compile(r"[\s\ufdd0-\ufdef]*\+?(\d{1,5})")

Spans: TypeAlias = tuple[str, str]
"""What a cell says of the columns and rows it covers, empty where it says nothing."""


class Row(NamedTuple):
    """The row group of a row, and the spans of each of its cells: `None` for most, which have none."""

    group: int
    cells: tuple[Spans | None, ...]


class Layout(NamedTuple):
    """Which of the cells of a table, counted through all rows, covers each square (-1: none), and where it begins."""

    squares: list[list[int]]
    origins: list[list[tuple[int, int]]]


Square: TypeAlias = tuple[int, tuple[int, int]]
"""The number of the cell over a square and where that cell begins."""

_NOTHING: Square = (-1, (-1, -1))


def full_text(element: Element) -> str:
    """All text in an element."""
    text: str = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return text


def own_cells(table: Element) -> Iterator[Element]:
    """The visible cells of a table itself, nested tables apart."""
    for _group, row in _rows(table):
        yield from (cell for cell in row if cell.tag in _CELLS and cell.get("hidden") is None)


def _rows(table: Element) -> Iterator[tuple[int, Element]]:
    """The rows of a table itself, each with the number of its row group; rows that stand in none have 0."""
    for number, child in enumerate(table.iterchildren("tr", "thead", "tbody", "tfoot"), 1):
        if child.tag == "tr":
            yield 0, child
        else:
            yield from ((number, row) for row in child.iterchildren("tr"))


def note_hidden(root: Element) -> None:
    """Give what a style hides the attribute that says so."""
    for element in _of_style(root, _HIDDEN):
        element.set("hidden", "")


def note_faint(root: Element) -> None:
    """The same for what takes its room and cannot be seen, in cells of data: elsewhere a script lets it appear."""
    for element in _of_style(root, _FAINT):
        if _in_cell(element, most=LONGEST_CELL):
            element.set("hidden", "")


def note_drawn(root: Element) -> None:
    """Make what a style raises or strikes the element that says so."""
    for look, tag in ((_STRUCK, "s"), (_RAISED, "sup")):
        for element in _of_style(root, look):
            if element.tag in ("span", "font"):
                element.tag = tag


def _of_style(root: Element, look: re.Pattern[str]) -> list[Element]:
    """Every element with a style of some look; a page has few styles, and word processors repeat them everywhere."""
    found = {style for style in set(_styles(root)) if look.search(style)}
    if len(found) > MOST_APART:
        return [element for element in _styled(root) if element.get("style") in found]
    return [element for style in found for element in _with_style(root, style=style)]


def is_layout(table: Element) -> bool:
    """Whether a table lays out a page rather than holds data."""
    if table.find(".//table") is not None:
        return True
    if len(full_text(table)) <= LONGEST_CELL or not _is_long(table, most=LONGEST_CELL):
        return False
    texts = [full_text(cell) for cell in own_cells(table)]
    if not any(len(_SPACE.sub("", text)) > LONGEST_CELL for text in texts):
        return False
    return sum(key(text) in words() for text in texts) < FEWEST_WORDS


def expand(table: Element) -> Grid:
    """A table as a grid in which a spanning cell stands in every square it covers."""
    rows, texts = _read(table)
    layout = _layout(rows) if len(rows) <= MOST_REMEMBERED else _lay_out(rows)
    shown = [*texts, None]
    return Grid([[shown[n] for n in row] for row in layout.squares], exact=True, origins=layout.origins)


def _read(table: Element) -> tuple[tuple[Row, ...], list[str]]:
    """The rows of a table and the texts of their cells, one after the other."""
    _complete(table)
    for element in _hidden_parts(table):
        element.tag = "template"  # which shows nothing wherever it stands
    if _MARKED.search(full_text(table)):
        _drop_marks(table)
    rows, texts = list[Row](), list[str | None]()
    for group, row in islice(_rows(table), MOST_ROWS):
        spans: list[Spans | None] = []
        for cell in row:
            if cell.tag in _CELLS:
                spans.append((cell.get("colspan", ""), cell.get("rowspan", "")) if cell.keys() else None)
                texts.append(None if len(cell) else cell.text or "")
        rows.append(Row(group, tuple(spans)))
    return tuple(rows), _shown(_with_others(table, texts))


def _with_others(table: Element, texts: list[str | None]) -> list[str]:
    """The texts of all cells: those of cells in which elements stand come from the stylesheet."""
    others = iter(str(_as_text(table)).split(_CELL)[1:] if None in texts else ())
    return [next(others) if text is None else text for text in texts]


def _shown(texts: list[str]) -> list[str]:
    """The texts of cells as they are seen: spaces run together, lines and cells without blanks around them."""
    text = _SPACE.sub(" ", _CELL.join(texts)).replace(_LINE, "\n").replace("\v", "\n")
    cells = [cell.strip(_OUTSIDE) for cell in text.split(_CELL)]
    return list(map(_lines, cells)) if "\n" in text else cells


def _lay_out(rows: Sequence[Row]) -> Layout:
    ends = _ends([row.group for row in rows])
    squares: list[list[Square]] = [[] for _ in rows]
    first = 0
    for r, row in enumerate(rows):
        column = 0
        for number, (wide, high) in enumerate(map(_spans, row.cells), first):
            while column < len(squares[r]) and squares[r][column] is not _NOTHING:
                column += 1
            if column + wide > MOST_COLUMNS:
                break
            for covered in squares[r : min(ends[r], r + high) if high else ends[r]]:
                _cover(covered, column, wide, (number, (r, column)))
            column += wide
        first += len(row.cells)
    return _filled(squares)


@lru_cache(maxsize=128)
def _layout(rows: tuple[Row, ...]) -> Layout:
    """Where cells stand hangs on their spans alone, and most tables have those of others."""
    return _lay_out(rows)


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
            _MARKED.sub("", part) if part else part for part in (element.text, element.tail)
        )


def _lines(text: str) -> str:
    return "\n".join(line.strip(_BLANK) for line in text.split("\n"))


def _spans(written: Spans | None) -> tuple[int, int]:
    """Columns and rows of a cell; 0 rows reach down to the end of the row group."""
    wide, high = written or ("", "")
    return _span(wide) or 1 if wide else 1, _span(high) if high else 1


def _span(written: str) -> int:
    """A span as browsers read it: leading digits count, nonsense is 1."""
    match = _SPAN.match(written)
    return int(match.group(1)) if match else 1


def _ends(groups: list[int]) -> list[int]:
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


def _filled(squares: list[list[Square]]) -> Layout:
    width = max(map(len, squares), default=0)
    full = [row + [_NOTHING] * (width - len(row)) for row in squares]
    return Layout(
        [[number for number, _ in row] for row in full],
        [[(r, c) if s is _NOTHING else s[1] for c, s in enumerate(row)] for r, row in enumerate(full)],
    )
