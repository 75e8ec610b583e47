"""The one font that stands in for every font a PDF names and does not bring along.

PDFium leaves out a letter that stands alone if no installed font has its glyph: a full-width ０ would be lost on a
machine without Chinese fonts, and a reading would depend on the machine. The font here draws one box for every
character, and no font of the machine is ever looked at. Which character a letter is, and how wide, is said by the PDF.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any

import pypdfium2.raw as pdfium

EM = 1000
_BOX = (0, -120, 300, 880)
"""x0, y0, x1, y1 of the box in 1/1000 of the size: narrower than any letter, or letters would seem too wide."""


def box_font() -> bytes:
    """A TrueType font in which every character is the same box."""
    x0, y0, x1, y1 = _BOX
    outline = struct.pack(
        ">hhhhhHH4B4h4h", 1, x0, y0, x1, y1, 3, 0, 1, 1, 1, 1, x0, 0, x1 - x0, 0, y0, y1 - y0, 0, y0 - y1
    )
    outline += b"\0" * (-len(outline) % 4)
    every = struct.pack(">HHIIIIII", 13, 0, 28, 0, 1, 0x20, 0x10FFFF, 1)
    tables = {
        b"cmap": struct.pack(">HHHHI", 0, 1, 3, 10, 12) + every,
        b"glyf": outline,
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, EM, 0, 0, x0, y0, x1, y1, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, y1, y0, 0, EM, 0, 0, x1, 1, *[0] * 7, 2),
        b"hmtx": struct.pack(">HhHh", EM, 0, EM, 0),
        b"loca": struct.pack(">III", 0, 0, len(outline)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 2, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _assembled(tables)


def _assembled(tables: dict[bytes, bytes]) -> bytes:
    """Tables behind their directory."""
    out = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, len(tables) * 16 - 64)
    place, bodies = 12 + 16 * len(tables), b""
    for name, body in tables.items():
        out += struct.pack(">4sIII", name, 0, place + len(bodies), len(body))
        bodies += body + b"\0" * (-len(body) % 4)
    return out + bodies


_FONT = box_font()
_HANDLE = 1


def _map(_info: Any, _weight: int, _italic: int, _charset: int, _pitch: int, _face: Any, _exact: Any) -> int:
    return _HANDLE


def _get(_info: Any, _face: Any) -> int:
    return _HANDLE


def _data(_info: Any, _font: Any, table: int, buffer: Any, size: int) -> int:
    """The bytes of the font: all of it for table 0, nothing else."""
    if table:
        return 0
    if buffer and size >= len(_FONT):
        ctypes.memmove(buffer, _FONT, len(_FONT))
    return len(_FONT)


def _name(_info: Any, _font: Any, buffer: Any, size: int) -> int:
    name = b"Box\0"
    if buffer and size >= len(name):
        ctypes.memmove(buffer, name, len(name))
    return len(name)


def _nothing(*_: Any) -> int:
    return 0


_CALLBACKS = {
    "Release": _nothing,
    "EnumFonts": _nothing,
    "MapFont": _map,
    "GetFont": _get,
    "GetFontData": _data,
    "GetFaceName": _name,
    "GetFontCharset": _nothing,
    "DeleteFont": _nothing,
}


def _source() -> Any:
    source = pdfium.FPDF_SYSFONTINFO()
    source.version = 1
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    for name, function in _CALLBACKS.items():
        setattr(source, name, types[name](function))
    return source


_SOURCE = _source()
"""Kept for as long as PDFium may call it."""


@cache
def use_box_font() -> None:
    """Make PDFium take the box for every font that a file does not bring along, in this process, for good."""
    pdfium.FPDF_SetSystemFontInfo(_SOURCE)
