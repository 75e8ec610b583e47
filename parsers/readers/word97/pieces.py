"""The piece table: in which places of the file the text stands, in the order in which it is read."""

from __future__ import annotations

import codecs
import struct
from array import array
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from parsers.readers import Unreadable
from parsers.readers.word97.fib import CLX, Fib, table

MOST_CHARACTERS = 8_000_000
"""Pieces may overlap; together they must not hold more."""

_COMPRESSED = 1 << 30
_WESTERN = "".join(
    bytes([n]).decode("cp1252") if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(n) for n in range(256)
)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters `first` to `last` stand at `place` of the main stream, `width` bytes each; `changes` are properties
    that a fast save laid over all of them."""

    first: int
    last: int
    place: int
    width: int
    changes: bytes


class Pieces:
    """The text of all stories, a UTF-16 unit a character, and where each character stands."""

    def __init__(self, fib: Fib) -> None:
        self.all = _pieces(fib)
        self._firsts = [piece.first for piece in self.all]
        self.text = "".join(_decoded(fib.main, piece) for piece in self.all)

    def at(self, position: int) -> Piece:
        """The piece that holds a character."""
        return self.all[max(bisect_right(self._firsts, position) - 1, 0)]

    def place(self, position: int) -> int:
        """Where a character stands in the main stream."""
        piece = self.at(position)
        return piece.place + (position - piece.first) * piece.width


def _pieces(fib: Fib) -> list[Piece]:
    changes, plc = _clx(fib.place(CLX))
    positions, entries = table(plc, 8)
    if not entries:
        raise Unreadable("doc", "the file is damaged: the table that says where its text stands is not there")
    if positions != sorted(positions) or positions[0] != 0 or positions[-1] > MOST_CHARACTERS:
        raise Unreadable(
            "doc", "the file is damaged: the table that says where its text stands makes no sense"
        )
    pieces = []
    for (first, last), entry in zip(pairwise(positions), entries, strict=True):
        place, prm = struct.unpack_from("<IH", entry, 2)
        width = 1 if place & _COMPRESSED else 2
        place = (place & ~_COMPRESSED) // 2 if width == 1 else place
        if place + (last - first) * width > len(fib.main):
            raise Unreadable("doc", "the file is cut off: a part of its text lies behind its end")
        pieces.append(Piece(first, last, place, width, _changes(prm, changes)))
    return pieces


def _clx(data: bytes) -> tuple[list[bytes], bytes]:
    """The property lists that pieces refer to, and the table of pieces."""
    lists: list[bytes] = []
    at = 0
    while at + 5 <= len(data) and data[at] == 1:
        (size,) = struct.unpack_from("<H", data, at + 1)
        lists.append(data[at + 3 : at + 3 + size])
        at += 3 + size
    if at + 5 > len(data) or data[at] != 2:
        return lists, b""
    (size,) = struct.unpack_from("<I", data, at + 1)
    return lists, data[at + 5 : at + 5 + size]


SHORT = {
    0x18: 0x2416,
    0x19: 0x2417,
    0x41: 0x0800,
    0x57: 0x0837,
    0x5C: 0x083C,
    0x68: 0x2A48,
    0x73: 0x2A53,
    0x75: 0x0855,
}
"""The short names that a piece uses for properties which are read here: in a table, end of a row, deleted, struck,
hidden, raised, struck twice, special."""


def _changes(prm: int, lists: list[bytes]) -> bytes:
    if prm & 1:
        return lists[prm >> 1] if prm >> 1 < len(lists) else b""
    code = SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


def _decoded(stream: bytes, piece: Piece) -> str:
    count = piece.last - piece.first
    data = stream[piece.place : piece.place + count * piece.width]
    if piece.width == 1:
        return codecs.charmap_decode(data, "strict", _WESTERN)[0]
    text = data.decode("utf-16-le", "surrogatepass")
    return text if len(text) == count else "".join(map(chr, array("H", data)))


def whole(text: str) -> str:
    """Text in which the two halves of a rare character are one character again."""
    if not any("\ud800" <= character <= "\udfff" for character in text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
