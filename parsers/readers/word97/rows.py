"""The cells of a row: their edges and how they are merged, from the properties of the row's end."""

from __future__ import annotations

import struct

from parsers.readers.word97.sprms import DEFINE_TABLE, DEFINE_TABLE_OLD, sprms
from parsers.readers.word_flow import Row

MOST_CELLS = 64
"""Of a row; Word allows 63."""

_HORIZONTAL, _VERTICAL = 0x0003, 0x0060
_GAP, _LEFT = 0x9602, 0x9601
_INSERT, _DELETE, _WIDTH, _MERGE, _SPLIT, _MERGE_DOWN = 0x7621, 0x5622, 0x7623, 0x5624, 0x5625, 0xD62B


def row_of(properties: bytes) -> Row | None:
    """The row that a list of properties describes, if it does."""
    row = Row()
    for code, operand in sprms(properties):
        if code in (DEFINE_TABLE, DEFINE_TABLE_OLD):
            _define(row, operand, 20 if code == DEFINE_TABLE else 10)
        elif code in _CHANGES and (row.edges or code == _GAP):
            _CHANGES[code](row, operand)
    return row if row.edges else None


def _define(row: Row, operand: bytes, size: int) -> None:
    count = operand[0] if operand else 0
    if not 0 < count <= MOST_CELLS or len(operand) < 1 + 2 * (count + 1):
        return
    row.edges = list(struct.unpack_from(f"<{count + 1}h", operand, 1))
    flags = [0] * count
    begin = 1 + 2 * (count + 1)
    for n in range(count):
        if begin + size * n + 2 <= len(operand):
            (flags[n],) = struct.unpack_from("<H", operand, begin + size * n)
    row.beside = [flag & _HORIZONTAL for flag in flags]
    row.down = [flag & _VERTICAL for flag in flags]


def _gap(row: Row, operand: bytes) -> None:
    row.gap = struct.unpack("<h", operand)[0]


def _left(row: Row, operand: bytes) -> None:
    shift = struct.unpack("<h", operand)[0] - (row.edges[0] + row.gap)
    row.edges = [edge + shift for edge in row.edges]


def _width(row: Row, operand: bytes) -> None:
    first, stop, width = struct.unpack("<BBh", operand)
    for cell in range(first, min(stop, len(row.beside))):
        shift = width - (row.edges[cell + 1] - row.edges[cell])
        row.edges[cell + 1 :] = [edge + shift for edge in row.edges[cell + 1 :]]


def _insert(row: Row, operand: bytes) -> None:
    first, count, width = struct.unpack("<BBh", operand)
    first = min(first, len(row.beside))
    if len(row.beside) + count > MOST_CELLS:
        return
    begin = row.edges[first]
    added = [begin + width * (n + 1) for n in range(count)]
    row.edges[first + 1 :] = added + [edge + width * count for edge in row.edges[first + 1 :]]
    row.beside[first:first] = row.down[first:first] = [0] * count


def _delete(row: Row, operand: bytes) -> None:
    first, stop = operand[0], min(operand[1], len(row.beside))
    if first >= stop:
        return
    shift = row.edges[stop] - row.edges[first]
    row.edges[first + 1 :] = [edge - shift for edge in row.edges[stop + 1 :]]
    del row.beside[first:stop], row.down[first:stop]


def _merge(row: Row, operand: bytes) -> None:
    for cell in range(operand[0], min(operand[1], len(row.beside))):
        row.beside[cell] = 1 if cell == operand[0] else 2


def _split(row: Row, operand: bytes) -> None:
    for cell in range(operand[0], min(operand[1], len(row.beside))):
        row.beside[cell] = 0


def _merge_down(row: Row, operand: bytes) -> None:
    if len(operand) >= 2 and operand[0] < len(row.down):
        row.down[operand[0]] = operand[1] << 5 & _VERTICAL


_CHANGES = {
    _GAP: _gap,
    _LEFT: _left,
    _INSERT: _insert,
    _DELETE: _delete,
    _WIDTH: _width,
    _MERGE: _merge,
    _SPLIT: _split,
    _MERGE_DOWN: _merge_down,
}
