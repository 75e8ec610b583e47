"""Property lists: single property modifiers (sprms), each a code and its operand."""

from __future__ import annotations

import struct
from collections.abc import Iterator

DEFINE_TABLE, DEFINE_TABLE_OLD, CHANGE_TABS = 0xD608, 0xD606, 0xC615
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
"""Bytes of an operand by the highest three bits of the code; 6 has its length before it."""


def sprms(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Each code with its operand, without the length of the operand; a list that is cut off just ends."""
    at = 0
    while at + 3 <= len(data):
        (code,) = struct.unpack_from("<H", data, at)
        begin, end = _operand(data, at + 2, code)
        if end > len(data):
            return
        yield code, data[begin:end]
        at = end


def _operand(data: bytes, at: int, code: int) -> tuple[int, int]:
    """From where to where the operand runs that begins, with its length if it has one, at a place."""
    kind = code >> 13
    if kind != 6:
        return at, at + _SIZES[kind]
    if code in (DEFINE_TABLE, DEFINE_TABLE_OLD):
        size = int.from_bytes(data[at : at + 2], "little")
        return at + 2, at + 1 + max(size, 1)
    if code == CHANGE_TABS and data[at] == 255:
        return at + 1, _end_of_tabs(data, at + 1)
    return at + 1, at + 1 + data[at]


def _end_of_tabs(data: bytes, at: int) -> int:
    """A list of tabs too long for its length byte tells its length by two counts."""
    if at >= len(data):
        return len(data) + 1
    added = at + 1 + 4 * data[at]
    return added + 1 + 3 * data[added] if added < len(data) else len(data) + 1
