"""The properties of paragraphs and characters, from pages of 512 bytes in which the file keeps them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from parsers.readers.word97.fib import CHARACTER_PAGES, PARAGRAPH_PAGES, STYLES, Fib, table
from parsers.readers.word97.sprms import sprms
from parsers.readers.word97.styles import AGAINST_STYLE, HIDDEN, hidden_styles, is_hidden

PAGE = 512
IN_TABLE, ROW_END, DEPTH, INNER_CELL, INNER_ROW_END = 0x2416, 0x2417, 0x6649, 0x244B, 0x244C
_ELSEWHERE = (0x6645, 0x6646)
"""The list is too long for its page and stands in the data stream."""

_DELETED, _RAISED, _STRUCK, _SYMBOL, _STYLE = 0x0800, 0x2A48, (0x0837, 0x2A53), 0x6A09, 0x4A30


@dataclass(frozen=True, slots=True)
class Paragraph:
    """In how many tables, one in the other, a paragraph stands, whether its mark ends a cell or a row of the
    innermost one, and the whole list of properties, in which a row is described."""

    depth: int = 0
    ends_inner_cell: bool = False
    ends_row: bool = False
    properties: bytes = b""


@dataclass(frozen=True, slots=True)
class Look:
    """What is not plain about characters: `gone` (deleted or hidden; `None` if nothing is said of it), ^ or ~ before
    them, a symbol's code."""

    gone: bool | None = None
    mark: str = ""
    symbol: int = 0


class Formats:
    """The properties of what stands at a place of the main stream."""

    def __init__(self, fib: Fib) -> None:
        self._fib = fib
        self._starts, pages = table(fib.place(PARAGRAPH_PAGES), 4)
        self._pages = [_number(page) for page in pages]
        self._read: dict[int, tuple[list[int], list[bytes]]] = {}
        self._hidden_styles = hidden_styles(fib.place(STYLES))
        self._known: dict[bytes, Paragraph] = {}

    def paragraph(self, place: int, changes: bytes = b"") -> Paragraph:
        """The paragraph whose mark stands at a place; `changes` are laid over its properties."""
        properties = self._properties(place)[2:] + changes
        if properties not in self._known:
            self._known[properties] = _paragraph(self._whole(properties))
        return self._known[properties]

    def _properties(self, place: int) -> bytes:
        """The number of the style of the paragraph at a place, and its properties."""
        found = bisect_right(self._starts, place) - 1
        if not 0 <= found < len(self._pages):
            return b""
        number = self._pages[found]
        if number not in self._read:
            self._read[number] = _paragraph_page(self._fib.main[number * PAGE : (number + 1) * PAGE])
        starts, lists = self._read[number]
        at = bisect_right(starts, place) - 1
        return lists[at] if 0 <= at < len(lists) else b""

    def _whole(self, properties: bytes) -> bytes:
        """The list with what stands in the data stream in its place."""
        for code, operand in sprms(properties):
            if code in _ELSEWHERE:
                (at,) = struct.unpack("<I", operand)
                size = int.from_bytes(self._fib.data[at : at + 2], "little")
                properties += self._fib.data[at + 2 : at + 2 + size]
        return properties

    def looks(self) -> Iterator[tuple[int, int, Look]]:
        """From where to where in the main stream characters are not plain: by the styles of their paragraphs, then by
        their own properties."""
        yield from self._hidden_by_style()
        known: dict[tuple[bytes, bool], Look | None] = {}
        _, pages = table(self._fib.place(CHARACTER_PAGES), 4)
        for number in map(_number, pages):
            for start, end, properties in _character_page(
                self._fib.main[number * PAGE : (number + 1) * PAGE]
            ):
                case = properties, bool(self._hidden_styles) and self._hides(self._properties(start))
                if case not in known:
                    known[case] = look(*case, self._hidden_styles)
                if found := known[case]:
                    yield start, end, found

    def _hidden_by_style(self) -> Iterator[tuple[int, int, Look]]:
        for at in self._starts[:-1] if self._hidden_styles else ():
            self._properties(at)
        for starts, lists in list(self._read.values()):
            for (start, end), properties in zip(pairwise(starts), lists, strict=True):
                if self._hides(properties):
                    yield start, end, Look(gone=True)

    def _hides(self, properties: bytes) -> bool:
        return int.from_bytes(properties[:2], "little") in self._hidden_styles


def look(properties: bytes, by_style: bool = False, hidden: frozenset[int] = frozenset()) -> Look | None:
    """What a list of properties makes of characters in a paragraph whose style hides them or does not; `None` if they
    stay as they are."""
    deleted, value = False, None
    mark, symbol = "", 0
    for code, operand in sprms(properties):
        if code == _DELETED:
            deleted = operand[0] in (1, AGAINST_STYLE)
        elif code == HIDDEN:
            value = operand[0]
        elif code == _STYLE:
            by_style = by_style or int.from_bytes(operand, "little") in hidden
        elif code == _RAISED and operand[0] in (1, 2):
            mark = "^"
        elif code in _STRUCK and operand[0] in (1, AGAINST_STYLE):
            mark = "~"
        elif code == _SYMBOL:
            symbol = int.from_bytes(operand[2:], "little")
    gone = deleted or is_hidden(value, by_style) if deleted or value is not None or by_style else None
    return Look(gone, mark, symbol) if gone is not None or mark or symbol else None


def _paragraph(properties: bytes) -> Paragraph:
    in_table = inner_cell = row_end = False
    depth = 0
    for code, operand in sprms(properties):
        if code == IN_TABLE:
            in_table = bool(operand[0])
        elif code in (ROW_END, INNER_ROW_END):
            row_end = bool(operand[0])
        elif code == DEPTH:
            depth = max(struct.unpack("<i", operand)[0], 0)
        elif code == INNER_CELL:
            inner_cell = bool(operand[0])
    return Paragraph(max(depth, int(in_table)), inner_cell, row_end, properties)


def _paragraph_page(page: bytes) -> tuple[list[int], list[bytes]]:
    """Where paragraphs begin, and their property lists behind the numbers of their styles."""
    if len(page) < PAGE:
        return [], []
    count = min(page[-1], (PAGE - 5) // 17)
    starts = list(struct.unpack_from(f"<{count + 1}I", page))
    lists = []
    for n in range(count):
        at = 2 * page[4 * (count + 1) + 13 * n]
        size = 2 * page[at] - 1 if page[at] else 2 * page[at + 1]
        begin = at + 1 if page[at] else at + 2
        lists.append(page[begin : begin + size] if at else b"")
    return starts, lists


def _character_page(page: bytes) -> Iterator[tuple[int, int, bytes]]:
    if len(page) < PAGE:
        return
    count = min(page[-1], (PAGE - 5) // 5)
    starts = struct.unpack_from(f"<{count + 1}I", page)
    for n in range(count):
        if at := 2 * page[4 * (count + 1) + n]:
            yield starts[n], starts[n + 1], page[at + 1 : at + 1 + page[at]]


def _number(entry: bytes) -> int:
    return int.from_bytes(entry, "little") & 0x3FFFFF
