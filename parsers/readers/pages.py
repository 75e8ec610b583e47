"""Sheets → the items of a document: paragraphs and tables in reading order, page marks dropped, breaks mended."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from parsers.document import Block, Grid
from parsers.readers.glyphs import Line, lines
from parsers.readers.ruled import Table, tables
from parsers.readers.seam import belongs, join
from parsers.readers.sheet import Sheet
from parsers.readers.unruled import GAP, is_tabular, opens, unruled
from parsers.sections import heading

MARGIN = 0.12
"""Page marks and running heads stand within this part of the page's height from its edges."""

OFTEN = 3
"""A line in the margin of so many pages is a running head; it is kept where it stands first."""

REACH, INDENT, LEADING = 1.6, 0.8, 2.6
"""In letters: a line that ends so near the right margin goes on in the next, if that begins so near the left margin
and so close below."""

MOST_PIECES = 3
"""A line in more pieces, set apart by gaps, is no running text."""

_MARK = re.compile(
    r"[-—–―─·\s]*(?:第?\s*\d{1,4}\s*页?)(?:\s*[/,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–―─·\s]*|[ivxIVX]{1,5}"
)
_NUMBERED = re.compile(
    r"\s*(?:[(（]?[一二三四五六七八九十]{1,3}[)）、.．]|\d{1,2}[.、．)）]|第[一二三四五六七八九十]+[,，、章部])"
)


@dataclass(slots=True)
class _Text:
    """A line outside the ruled tables."""

    line: Line
    text: str
    sheet: Sheet
    number: int

    @property
    def place(self) -> str:
        return f"{self.sheet.place} line {self.number}"

    @property
    def in_margin(self) -> bool:
        height = self.sheet.height
        return self.line.bottom < height * MARGIN or self.line.top > height * (1 - MARGIN)


_Item = _Text | Table


def assemble(sheets: Iterable[Sheet]) -> list[Block | Grid]:
    """What stands on the pages, in reading order."""
    pages = [list(_items(sheet)) for sheet in sheets]
    _drop_marks(pages)
    _drop_running_heads(pages)
    return list(_blocks(_stitched(pages)))


def _items(sheet: Sheet) -> Iterator[_Item]:
    found, rest = tables(sheet)
    waiting = list(found)
    for number, line in enumerate(lines(rest), 1):
        while waiting and waiting[0].top < line.top:
            yield waiting.pop(0)
        if text := line.text.strip():
            yield _Text(line, text, sheet, number)
    yield from waiting


def _drop_marks(pages: list[list[_Item]]) -> None:
    """Page numbers: the outermost line of a page in its margin, of the form of one; a bare number only if it counts
    up with the pages."""
    for edge in (0, -1):
        marks = {
            n: item
            for n, page in enumerate(pages)
            if page and isinstance(item := page[edge], _Text) and item.in_margin and _is_mark(item.text)
        }
        steps = Counter(_digits(item.text) - n for n, item in marks.items())
        for n, item in marks.items():
            bare = unicodedata.normalize("NFKC", item.text).isdigit()
            if not bare or steps[_digits(item.text) - n] > 1 or _digits(item.text) == n + 1:
                del pages[n][edge]


def _is_mark(text: str) -> bool:
    return bool(_MARK.fullmatch(unicodedata.normalize("NFKC", text)))


def _digits(text: str) -> int:
    match = re.search(r"\d+", unicodedata.normalize("NFKC", text))
    return int(match.group()) if match else 0


def _drop_running_heads(pages: list[list[_Item]]) -> None:
    seen: Counter[str] = Counter()
    for page in pages:
        seen.update({item.text for item in _outermost(page)})
    kept: set[str] = set()
    for page in pages:
        for item in _outermost(page):
            if seen[item.text] >= OFTEN and item.text in kept:
                page.remove(item)
            kept.add(item.text)


def _outermost(page: list[_Item]) -> list[_Text]:
    ends = [item for n in (0, -1) if page and isinstance(item := page[n], _Text) and item.in_margin]
    return ends[:1] if len(page) == 1 else ends


def _stitched(pages: list[list[_Item]]) -> list[_Item]:
    out: list[_Item] = []
    for page in pages:
        first = page[0] if page else None
        last = out[-1] if out else None
        if isinstance(first, Table) and isinstance(last, Table) and belongs(last, first):
            out[-1] = join(last, first)
            out += page[1:]
        else:
            out += page
    return out


def _blocks(items: list[_Item]) -> Iterator[Block | Grid]:
    """Runs of lines as paragraphs and unruled tables, ruled tables as grids."""
    margins = _margins(item for item in items if isinstance(item, _Text))
    at = 0
    while at < len(items):
        item = items[at]
        if isinstance(item, Table):
            yield item.grid()
            at += 1
            continue
        stop = _unruled_until(items, at)
        if stop > at:
            run = [other for other in items[at:stop] if isinstance(other, _Text)]
            yield from unruled([(other.line, other.place) for other in run])
        else:
            stop = _paragraph_until(items, at, margins)
            run = [other for other in items[at:stop] if isinstance(other, _Text)]
            yield Block("".join(_glued(run)), item.place)
        at = stop


def _unruled_until(items: list[_Item], at: int) -> int:
    """Where an unruled table that begins here ends; `at` itself where none does."""
    first = items[at]
    if not isinstance(first, _Text) or not opens(first.line):
        return at
    stop = at + 1
    while stop < len(items):
        item = items[stop]
        if not isinstance(item, _Text) or heading(item.text) or not is_tabular(item.line):
            break
        if item.sheet.kind != first.sheet.kind:
            break
        stop += 1
    rows = [item.line for item in items[at:stop] if isinstance(item, _Text)]
    wide = sum(len(row.segments(GAP)) > 1 for row in rows)
    return stop if wide > 1 else at


_Margins = dict[float, tuple[float, float]]


def _margins(texts: Iterable[_Text]) -> _Margins:
    """The left and right margin of the text on pages of a width."""
    found: dict[float, list[Line]] = {}
    for text in texts:
        found.setdefault(round(text.sheet.width), []).append(text.line)
    return {width: (min(x.x0 for x in all_), max(x.x1 for x in all_)) for width, all_ in found.items()}


def _paragraph_until(items: list[_Item], at: int, margins: _Margins) -> int:
    stop = at + 1
    while stop < len(items):
        before, item = items[stop - 1], items[stop]
        if not isinstance(before, _Text) or not isinstance(item, _Text):
            break
        if not _goes_on(before, item, margins) or opens(item.line):
            break
        stop += 1
    return stop


def _goes_on(before: _Text, item: _Text, margins: _Margins) -> bool:
    left, right = margins[round(item.sheet.width)]
    if before.sheet is item.sheet:
        if item.line.top - before.line.top > LEADING * before.line.em:
            return False
    elif before.sheet.kind != item.sheet.kind or round(before.sheet.width) != round(item.sheet.width):
        return False
    full = right - before.line.x1 <= REACH * before.line.em
    flush = item.line.x0 - left <= INDENT * item.line.em
    same = 0.85 < item.line.em / before.line.em < 1.18
    if not full or not same or heading(before.text) or heading(item.text):
        return False
    if max(len(text.line.segments(GAP)) for text in (before, item)) > MOST_PIECES:
        return False
    return flush or (_is_centred(item.line, left, right) and not before.text.endswith(_ENDS))


_ENDS = ("。", "；", ";", "：", ":")


def _is_centred(line: Line, left: float, right: float) -> bool:
    """Whether a line stands in the middle, as the rest of a title does."""
    return abs((line.x0 - left) - (right - line.x1)) < line.em


def _glued(run: list[_Text]) -> Iterator[str]:
    """The lines of a paragraph, with a space where Latin words meet."""
    for n, item in enumerate(run):
        if n and re.fullmatch(r"[A-Za-z]{2}", run[n - 1].text[-1] + item.text[0]):
            yield " "
        yield item.text
