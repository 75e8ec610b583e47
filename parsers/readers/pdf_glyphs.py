"""The text page of a PDF page → its glyphs: hidden and slanting ones left out, unmapped ones marked."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import compress, repeat
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_calls import Call, floats, quick
from parsers.readers.pdf_objects import HIDDEN_MODE, Handle
from parsers.readers.sheet import UNKNOWN, Glyph

MOST_GLYPHS = 60_000
"""A page that holds more is a drawing; a page of a report holds some thousand."""

_UNICODE = quick(pdfium.FPDFText_GetUnicode)
_HAS_NO_UNICODE = quick(pdfium.FPDFText_HasUnicodeMapError)
_LOOSE_BOX, _TIGHT_BOX = quick(pdfium.FPDFText_GetLooseCharBox), quick(pdfium.FPDFText_GetCharBox)
_MATRIX, _SIZE = quick(pdfium.FPDFText_GetMatrix), quick(pdfium.FPDFText_GetFontSize)
_ANGLE, _TEXT_OBJECT = quick(pdfium.FPDFText_GetCharAngle), quick(pdfium.FPDFText_GetTextObject)
_MODE = quick(pdfium.FPDFTextObj_GetTextRenderMode)

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
        self.text_page = ctypes.cast(text_page, ctypes.c_void_p).value
        self.left, self.top = left, top
        self.count = pdfium.FPDFText_CountChars(text_page)
        self.overfull = self.count > MOST_GLYPHS
        self.quarters = 0
        self._scaled: set[int] = set()

    def plain(self) -> list[Glyph]:
        """All glyphs of a page without turned or hidden text."""
        return self._read(range(self.count))

    def upright(self) -> list[Glyph]:
        """The glyphs that can be seen, and how most of them stand."""
        every = range(self.count)
        modes = map(_MODE, self._of_each(_TEXT_OBJECT, every))
        turns = {
            number: turn
            for number, mode, angle in zip(every, modes, self._of_each(_ANGLE, every), strict=True)
            if mode != HIDDEN_MODE and (turn := _turn(angle)) is not None
        }
        if turns:
            self.quarters = Counter(turns.values()).most_common(1)[0][0]
        return self._read(list(turns))

    def _of_each(self, call: Call, numbers: Sequence[int]) -> Iterator[Any]:
        return map(call, repeat(self.text_page), numbers)

    def _read(self, numbers: Sequence[int]) -> list[Glyph]:
        failed, codes = self._of_each(_HAS_NO_UNICODE, numbers), self._of_each(_UNICODE, numbers)
        texts = [
            UNKNOWN if fails == 1 else _character(code) for fails, code in zip(failed, codes, strict=True)
        ]
        numbers, texts = list(compress(numbers, texts)), list(filter(None, texts))
        lefts, tops, rights, bottoms = floats(_LOOSE_BOX, 4, len(numbers), repeat(self.text_page), numbers)
        x0s, x1s = [x - self.left for x in lefts], [x - self.left for x in rights]
        y0s, y1s = [self.top - y for y in tops], [self.top - y for y in bottoms]
        found = list(map(Glyph._make, zip(texts, x0s, y0s, x1s, y1s, strict=True)))
        for at, (_, x0, y0, x1, y1) in enumerate(found):
            high, wide = y1 - y0, x1 - x0
            if (
                high < 1
                or wide <= 0
                or (-_SQUARE < high - wide < _SQUARE and self._is_unscaled(numbers[at], high))
            ):
                found[at] = Glyph(texts[at], *self._tight(numbers[at]))
        return found

    def _is_unscaled(self, number: int, high: float) -> bool:
        """Whether PDFium forgot to scale a box, as it does in fonts for vertical writing."""
        size = int(high * 100)
        if size in self._scaled:
            return False
        _, _, (c,), (d,), _, _ = floats(_MATRIX, 6, 1, [self.text_page], [number])
        unscaled = abs(_SIZE(self.text_page, number) - high) < 0.01 and abs(math.hypot(c, d) - 1) > 0.02
        if not unscaled:
            self._scaled.add(size)
        return unscaled

    def _tight(self, number: int) -> tuple[float, float, float, float]:
        """The box of the ink, for fonts that do not say how high they are."""
        left, right, bottom, top = (ctypes.c_double() for _ in range(4))
        _TIGHT_BOX(self.text_page, number, *map(ctypes.byref, (left, right, bottom, top)))
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


@lru_cache(maxsize=1024)
def _turn(radians: float) -> int | None:
    """By how many quarters clockwise a glyph must be turned to stand upright; `None` where it slants."""
    angle = -math.degrees(radians) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - quarter * 90) <= _SLANT_DEGREES else None
