"""The text page of a PDF page → its glyphs: hidden and slanting ones left out, unmapped ones marked."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

import pypdfium2.raw as pdfium

from parsers.readers.pdf_objects import HIDDEN_MODE, Handle
from parsers.readers.sheet import UNKNOWN, Glyph

MOST_GLYPHS = 60_000
"""A page that holds more is a drawing; a page of a report holds some thousand."""

_SQUARE = 0.01
_SLANT_DEGREES = 4.0
_HYPHEN = {0x02, 0xFFFE}
"""What PDFium gives for a hyphen at the end of a line."""


class Glyphs:
    """Reads an open text page; `left` and `top` are the page's corner in PDF space.

    `quarters` says by how many quarters of a circle the page must be turned clockwise for its text to stand upright,
    `overfull` that there is too much of it.
    """

    def __init__(self, text_page: Handle, left: float, top: float) -> None:
        self.text_page, self.left, self.top = text_page, left, top
        self.count = pdfium.FPDFText_CountChars(text_page)
        self.overfull = self.count > MOST_GLYPHS
        self.quarters = 0
        self._scaled: set[float] = set()

    def plain(self) -> list[Glyph]:
        """All glyphs of a page without turned or hidden text."""
        return self._read(range(self.count))

    def upright(self) -> list[Glyph]:
        """The glyphs that can be seen, and how most of them stand."""
        turns: dict[int, int] = {}
        for number in range(self.count):
            turn = _turn(self.text_page, number)
            if turn is not None and not _is_hidden(self.text_page, number):
                turns[number] = turn
        if turns:
            self.quarters = Counter(turns.values()).most_common(1)[0][0]
        return self._read(turns)

    def _read(self, numbers: Iterable[int]) -> list[Glyph]:
        character, failed = pdfium.FPDFText_GetUnicode, pdfium.FPDFText_HasUnicodeMapError
        loose, box = pdfium.FPDFText_GetLooseCharBox, pdfium.FS_RECTF()
        text_page, left, top = self.text_page, self.left, self.top
        found: list[Glyph] = []
        for number in numbers:
            code = character(text_page, number)
            text = UNKNOWN if failed(text_page, number) == 1 else _character(code)
            if not text:
                continue
            loose(text_page, number, box)
            x0, x1, y0, y1 = box.left - left, box.right - left, top - box.top, top - box.bottom
            high, wide = y1 - y0, x1 - x0
            if high < 1 or wide <= 0 or (abs(high - wide) < _SQUARE and self._is_unscaled(number, high)):
                x0, y0, x1, y1 = self._tight(number)
            found.append(Glyph(text, x0, y0, x1, y1))
        return found

    def _is_unscaled(self, number: int, high: float) -> bool:
        """Whether PDFium forgot to scale a box, as it does in fonts for vertical writing."""
        size = round(high, 2)
        if size in self._scaled:
            return False
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self.text_page, number, matrix)
        named = pdfium.FPDFText_GetFontSize(self.text_page, number)
        unscaled = abs(named - high) < 0.01 and abs(math.hypot(matrix.c, matrix.d) - 1) > 0.02
        if not unscaled:
            self._scaled.add(size)
        return unscaled

    def _tight(self, number: int) -> tuple[float, float, float, float]:
        """The box of the ink, for fonts that do not say how high they are."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        pdfium.FPDFText_GetCharBox(self.text_page, number, left, right, bottom, top)
        return left.value - self.left, self.top - top.value, right.value - self.left, self.top - bottom.value


@lru_cache(maxsize=8192)
def _character(code: int) -> str:
    """The character of a code: nothing for white space, `UNKNOWN` for a code that is no character."""
    if code in _HYPHEN:
        return "-"
    if code < 0x20 or 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "" if code in (0, 9, 10, 11, 12, 13) else UNKNOWN
    if 0xE000 <= code < 0xF900:
        return UNKNOWN
    text = chr(code)
    return "" if text.isspace() or code in (0xAD, 0x200B, 0xFEFF) else text


def _is_hidden(text_page: Handle, number: int) -> bool:
    item = pdfium.FPDFText_GetTextObject(text_page, number)
    return bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == HIDDEN_MODE


def _turn(text_page: Handle, number: int) -> int | None:
    """By how many quarters clockwise a glyph must be turned to stand upright; `None` where it slants."""
    angle = -math.degrees(pdfium.FPDFText_GetCharAngle(text_page, number)) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - quarter * 90) <= _SLANT_DEGREES else None
