"""The objects of a PDF page → its rulings and pictures, and whether its text is drawn in an unusual way."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.sheet import Box, Sheet, add_filled, add_line

MOST_OBJECTS, MOST_SEGMENTS = 60_000, 60_000
"""A page that holds more is a drawing, and its lines are no rulings; a page of a report holds some thousand."""

DEEPEST = 6
"""Forms within forms are followed so far."""

HIDDEN_MODE = 3
"""The text render mode that draws nothing: the layer that text recognition lays over a scan. Mode 7 is seen, through
what is painted into the letters."""

_SMALL_PICTURE = 3.0
_RECTANGLE = 5
"""Segments of a rectangle; one that is filled and not drawn around is a shading."""

Handle = Any
"""A pointer that PDFium gave us."""

Matrix = tuple[float, float, float, float, float, float]


class Objects:
    """Walks the objects of a page and writes into a sheet; `left` and `top` are the page's corner in PDF space.

    `odd_text` says that some text may be turned or hidden. A page that is a drawing has no rulings, and its text must
    be looked at letter by letter.
    """

    def __init__(self, sheet: Sheet, left: float, top: float) -> None:
        self.sheet, self.left, self.top = sheet, left, top
        self.odd_text = False
        self._objects = self._segments = 0
        self._edges = tuple(ctypes.c_float() for _ in range(4))
        """One buffer, filled anew for every object."""

    def take(self, page: Handle) -> None:
        """Take in a page."""
        self._walk(page, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject, None, 0)
        if self._is_drawing():
            self.odd_text = True
            self.sheet.horizontals, self.sheet.verticals = [], []

    def _is_drawing(self) -> bool:
        return self._objects > MOST_OBJECTS or self._segments > MOST_SEGMENTS

    def _walk(self, holder: Handle, count: Any, get: Any, matrix: Matrix | None, depth: int) -> None:
        total = count(holder)
        self._objects += max(total, 0)
        kind_of, is_text = pdfium.FPDFPageObj_GetType, pdfium.FPDF_PAGEOBJ_TEXT
        for number in range(0 if self._is_drawing() else total):
            item = get(holder, number)
            kind = kind_of(item)
            if kind == is_text:
                self.odd_text = self.odd_text or _is_odd(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
                self._picture(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
                inner, count_inner = _times(_matrix(item), matrix), pdfium.FPDFFormObj_CountObjects
                self._walk(item, count_inner, pdfium.FPDFFormObj_GetObject, inner, depth + 1)

    def _picture(self, item: Handle, matrix: Matrix | None) -> None:
        x0, top, x1, bottom = self._bounds(item, matrix)
        if x1 - x0 > _SMALL_PICTURE and bottom - top > _SMALL_PICTURE:
            self.sheet.pictures.append((x0, top, x1, bottom))
        else:
            add_filled(self.sheet, (x0, top, x1, bottom))

    def _bounds(self, item: Handle, matrix: Matrix | None) -> Box:
        x0 = y0 = x1 = y1 = 0.0
        left, bottom, right, top = self._edges
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if matrix:
            (x0, y0), (x1, y1) = _at(matrix, x0, y0), _at(matrix, x1, y1)
        return (
            min(x0, x1) - self.left,
            self.top - max(y0, y1),
            max(x0, x1) - self.left,
            self.top - min(y0, y1),
        )

    def _path(self, item: Handle, matrix: Matrix | None) -> None:
        """A thin box is a ruling as it stands; of anything else the sides count if they are drawn."""
        box = self._bounds(item, matrix)
        count = pdfium.FPDFPath_CountSegments(item)
        if count <= _RECTANGLE and add_filled(self.sheet, box):
            return
        self._segments += count
        if self._is_drawing():
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        pdfium.FPDFPath_GetDrawMode(item, fill, stroke)
        if stroke.value or (fill.value and count > _RECTANGLE):
            for points in _subpaths(item, count, _times(_matrix(item), matrix)):
                self._sides(points, bool(stroke.value))

    def _sides(self, points: list[tuple[float, float]], stroked: bool) -> None:
        moved = [(x - self.left, self.top - y) for x, y in points]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        if not stroked and add_filled(self.sheet, (min(xs), min(ys), max(xs), max(ys))):
            return
        for (x0, y0), (x1, y1) in pairwise(moved):
            add_line(self.sheet, x0, y0, x1, y1)


def _is_odd(
    item: Handle,
    outer: Matrix | None,
    get: Any = pdfium.FPDFPageObj_GetMatrix,
    mode: Any = pdfium.FPDFTextObj_GetTextRenderMode,
    own: Any = pdfium.FS_MATRIX(),  # noqa: B008 - one buffer, filled anew by every call
) -> bool:
    """Whether a text object is turned, or drawn so that it cannot be seen."""
    if mode(item) == HIDDEN_MODE:
        return True
    if outer is None:
        get(item, own)
        return bool(own.a < 0 or own.d < 0 or own.b != 0 or own.c != 0)
    a, b, c, d, _, _ = _times(_matrix(item), outer)
    return a < 0 or d < 0 or b != 0 or c != 0


def _subpaths(item: Handle, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[tuple[float, float]] = []
    for number in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(item, number)
        pdfium.FPDFPathSegment_GetPoint(segment, x, y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_at(matrix, x.value, y.value))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: Handle, matrix: Any = pdfium.FS_MATRIX()) -> Matrix:  # noqa: B008 - one buffer, filled anew by every call
    pdfium.FPDFPageObj_GetMatrix(item, matrix)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f
