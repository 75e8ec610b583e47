"""Plain text, also Markdown: lines, and rows where tabs or bars part cells.

Four renderings of a table are known: a row a line with tabs (one or two of them); a row a line with bars; a cell a
line behind a tab, as word processors export (an empty line after every row); and a cell a line with a bar before or
behind it. A table whose cells stand on bare lines is running text here; only its words can tell, and that is the
tables' part. A text that some tool has put on one line is broken wherever it has a gap or a bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.document import Block, Document, Grid
from parsers.readers.bars import BAR, Line, cells_between_bars, has_a_cell_a_line
from parsers.readers.encoding import decode
from parsers.readers.escaped import as_markup, without_codes
from parsers.readers.markdown import as_page, without_tags
from parsers.readers.separated import with_tabs
from parsers.text import PAGE_MARK

_NOISE = re.compile(r"\[bookmark:[^\]]*\]|^#{1,6}\s+(?=\S)|\*\*|!\[[^\]]*\]\([^)]*\)")
_RULE = re.compile(r"^[\s|:+\-=\u2500-\u257f]*(?:-{3}|[─━┄═]{1,3}|={3})[\s|:+\-=\u2500-\u257f]*$")
_END = re.compile("\r\n|[\n\r\f\v\x85\u2028\u2029]")
_GAP = re.compile(r"[ \t\xa0\u3000]*[|│｜┃][ \t\xa0\u3000]*|[ \t\xa0\u3000]+")
_TABS = re.compile(r"\t+")
_SENTENCE = re.compile(r"[。；]|^\s*[一二三四五六七八九]、.{2,24}(?:情况|概述|事项|措施)\s*$")
_FOLDED = 1_000
_FOLDED_NUMBERS = 30
"""So many characters with so many bare numbers are no author's line: the tables of the form alone hold 200."""
_LONG = 60
"""No cell beside a value is longer; a line with one full cell of this length is running text with stray marks."""


def read(data: bytes) -> Document:
    """The document in the bytes of a text file."""
    text = decode(data)
    if text is None:
        from parsers.readers import Unreadable

        raise Unreadable("text", "its characters fit no encoding")
    if page := as_markup(text) or as_page(text):
        from parsers.readers import html

        document = html.read(page.encode())
        return Document("text", document.items, is_open=document.is_open)
    lines = _END.split(without_codes(text))
    lines = [part for line in lines for part in _unfolded(line)]
    lines = with_tabs(lines) or lines
    if _has_double_tabs(lines):
        lines = [line.replace("\t\t", "\t") for line in lines]
    lines = [_NOISE.sub("", without_tags(line)) for line in lines]
    if has_a_cell_a_line(lines):
        items = cells_between_bars(lines)
    else:
        items = _cell_a_line(lines) if _is_cell_a_line(lines) else _row_a_line(lines)
    return Document("text", list(_gathered(items)), is_open=True)


def _unfolded(line: str) -> list[str]:
    parts = _GAP.split(line) if len(line) > _FOLDED else []
    numbers = sum(part.isdecimal() for part in parts)
    return parts if numbers > _FOLDED_NUMBERS else [line]


def _has_double_tabs(lines: list[str]) -> bool:
    """Whether two tabs part every cell from the next; a cell that is blank is two more."""
    runs = [len(run) for line in lines for run in _TABS.findall(line.strip(" \t"))]
    return len(runs) > 20 and all(run % 2 == 0 for run in runs)


def _is_cell_a_line(lines: list[str]) -> bool:
    led = sum(line.startswith("\t") and "\t" not in line[1:] for line in lines)
    rows = sum("\t" in line.strip(" ")[1:] for line in lines)
    return led > 20 and led > 4 * rows


def _row_a_line(lines: list[str]) -> Iterator[Line]:
    for number, line in enumerate(lines, 1):
        if _RULE.match(line) or PAGE_MARK.fullmatch(line):
            continue
        cells = _cells(line)
        if cells is None or _is_prose(cells):
            yield number, " ".join(cells or [line]).strip()
        else:
            yield number, cells


def _cells(line: str) -> list[str] | None:
    if BAR.search(line):
        cells = BAR.split(line.strip())
        led = not cells[0].strip()
        if (led or len(cells) == 2) and len(cells) > 1 and not cells[-1].strip():
            cells.pop()
        return cells[1:] if led and len(cells) > 1 else cells
    return line.split("\t") if "\t" in line.strip(" ") else None


def _is_prose(cells: list[str]) -> bool:
    full = [cell for cell in cells if cell.strip()]
    return len(full) == 1 and (len(full[0]) > _LONG or bool(_SENTENCE.search(full[0])))


def _cell_a_line(lines: list[str]) -> Iterator[Line]:
    """Rows end at an empty line before the next tab; a table ends at two empty lines or at a line after them."""
    row: list[str] = []
    start = blank = 0
    for number, line in enumerate(lines, 1):
        if not line.strip(" \u3000\xa0\t") and not line.startswith("\t"):
            blank += 1
            continue
        if row and (blank > 1 or (blank and line.startswith("\t"))):
            yield start, row
            row = []
        if line.startswith("\t"):
            start = start if row else number
            row.append(line[1:])
        elif row:
            row[-1] += "\n" + line
        elif not PAGE_MARK.fullmatch(line):
            yield number, line.strip()
        blank = 0
    if row:
        yield start, row


def _gathered(items: Iterator[Line]) -> Iterator[Block | Grid]:
    """Rows that follow one another as one grid."""
    grid: Grid | None = None
    for number, item in items:
        if isinstance(item, list):
            grid = grid or Grid([], exact=False, place=f"line {number}")
            grid.rows.append(list(item))
        elif item:
            if grid:
                yield grid
                grid = None
            yield Block(item, f"line {number}")
    if grid:
        yield grid
