"""The file information block: which streams a document has and what lies where in them."""

from __future__ import annotations

import struct
from io import BytesIO

import olefile

from parsers.readers import Foreign, Locked, Unreadable

WORD_97 = 0xC1
"""The lowest nFib of the format; Word 6 and 95 have lower ones and another layout."""

MAGIC = 0xA5EC
_OLD_MAGICS = (0xA5DC, 0xA5DB, 0xA59C, 0xA59B)
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_LENGTHS, _PLACES = 64, 154
"""Offsets of FibRgLw97 and of FibRgFcLcb97; what stands before each has a fixed size in every version."""

STYLES, CHARACTER_PAGES, PARAGRAPH_PAGES, CLX, ANCHORS, BOX_TEXT = 1, 12, 13, 33, 40, 56
"""Indices of the places that are used."""


class Fib:
    """The streams of a document and the places in the table stream."""

    def __init__(self, data: bytes) -> None:
        try:
            with olefile.OleFileIO(BytesIO(data)) as compound:
                self.main = _stream(compound, "WordDocument")
                self.version, flags = _beginning(self.main)
                self.table = _stream(compound, "1Table" if flags & _TABLE_1 else "0Table")
                self.data = _stream(compound, "Data")
        except Unreadable:
            raise
        except Exception as error:  # a damaged container raises whatever its bytes lead to
            raise Unreadable("doc", "the file is cut off or damaged: its container cannot be read") from error

    def place(self, index: int) -> bytes:
        """What stands at one of the places; empty where there is nothing or it lies outside the stream."""
        at = _PLACES + 8 * index
        if at + 8 > len(self.main):
            return b""
        start, length = struct.unpack_from("<II", self.main, at)
        return self.table[start : start + length] if start + length <= len(self.table) else b""

    def stories(self) -> dict[str, tuple[int, int]]:
        """The character positions from and to which each story runs: the text, its notes, its boxes."""
        names = ("text", "footnotes", "headers", "macros", "comments", "endnotes", "boxes", "header boxes")
        lengths = struct.unpack_from("<8i", self.main, _LENGTHS + 12)
        out, at = {}, 0
        for name, length in zip(names, lengths, strict=True):
            out[name] = (at, at + max(length, 0))
            at += max(length, 0)
        return out


def _stream(compound: olefile.OleFileIO, name: str) -> bytes:
    return bytes(compound.openstream(name).read()) if compound.exists(name) else b""


def _beginning(main: bytes) -> tuple[int, int]:
    """The version and the flags of a document that can be read."""
    if len(main) < _PLACES:
        raise Unreadable("doc", "the file is cut off: its first stream ends in its header")
    magic, version, *_, flags = struct.unpack_from("<HH3HH", main)
    if magic in _OLD_MAGICS or (magic == MAGIC and version < WORD_97):
        raise Foreign("doc", "it was saved by Word 6 or 95")
    if magic != MAGIC:
        raise Unreadable("doc", "the file is damaged: it does not begin as a Word document does")
    if flags & _ENCRYPTED:
        raise Locked("doc")
    return version, flags


def table(data: bytes, size: int) -> tuple[list[int], list[bytes]]:
    """A PLC: positions, and the structures of `size` bytes between them."""
    count = (len(data) - 4) // (4 + size) if len(data) >= 4 else -1
    if count < 0:
        return [], []
    positions = list(struct.unpack_from(f"<{count + 1}I", data))
    begin = 4 * (count + 1)
    return positions, [data[begin + size * n : begin + size * (n + 1)] for n in range(count)]
