"""The objects of a PDF page → its rulings and pictures, and whether its text is drawn in an unusual way."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise, repeat
from typing import Any

import pypdfium2.raw as pdfium

from parsers.readers.pdf_calls import Call, floats, quick
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

_ON_PAGE = quick(pdfium.FPDFPage_CountObjects), quick(pdfium.FPDFPage_GetObject)
_IN_FORM = quick(pdfium.FPDFFormObj_CountObjects), quick(pdfium.FPDFFormObj_GetObject)
_KIND = quick(pdfium.FPDFPageObj_GetType)
_BOUNDS = quick(pdfium.FPDFPageObj_GetBounds)
_MATRIX = quick(pdfium.FPDFPageObj_GetMatrix)
_MODE = quick(pdfium.FPDFTextObj_GetTextRenderMode)
_DRAWN = quick(pdfium.FPDFPath_GetDrawMode)
_SEGMENTS = quick(pdfium.FPDFPath_CountSegments), quick(pdfium.FPDFPath_GetPathSegment)
_POINT = quick(pdfium.FPDFPathSegment_GetPoint)
_STEP = quick(pdfium.FPDFPathSegment_GetType)
_CLOSES = quick(pdfium.FPDFPathSegment_GetClose)

Handle = Any
"""A pointer that PDFium gave us."""

Matrix = tuple[float, float, float, float, float, float]


class Objects:
    """Reads the objects of a page and writes into a sheet; `left` and `top` are the page's corner in PDF space.

    `odd_text` says that some text may be turned or hidden. A page that is a drawing has no rulings, and its text must
    be looked at letter by letter.
    """

    def __init__(self, sheet: Sheet, left: float, top: float) -> None:
        self.sheet, self.left, self.top = sheet, left, top
        self.odd_text = False
        self._objects = self._segments = 0

    def take(self, page: Handle) -> None:
        """Take in a page."""
        self._walk(page, *_ON_PAGE, None, 0)
        if self._is_drawing():
            self.odd_text = True
            self.sheet.horizontals, self.sheet.verticals = [], []

    def _is_drawing(self) -> bool:
        return self._objects > MOST_OBJECTS or self._segments > MOST_SEGMENTS

    def _walk(self, holder: Handle, count: Call, get: Call, outer: Matrix | None, depth: int) -> None:
        total = count(holder)
        self._objects += max(total, 0)
        if self._is_drawing():
            return
        every = list(map(get, repeat(holder), range(total)))
        items: dict[int, list[int]] = defaultdict(list)
        for kind, item in zip(map(_KIND, every), every, strict=True):
            items[kind].append(item)
        self.odd_text = self.odd_text or _are_odd(items[pdfium.FPDF_PAGEOBJ_TEXT], outer)
        self._paths(items[pdfium.FPDF_PAGEOBJ_PATH], outer)
        self._pictures([*items[pdfium.FPDF_PAGEOBJ_IMAGE], *items[pdfium.FPDF_PAGEOBJ_SHADING]], outer)
        for item in items[pdfium.FPDF_PAGEOBJ_FORM] if depth < DEEPEST else ():
            self._walk(item, *_IN_FORM, _times(_matrix(item), outer), depth + 1)

    def _boxes(self, items: list[int], outer: Matrix | None) -> list[Box]:
        edges: Iterable[Box] = zip(*floats(_BOUNDS, 4, len(items), items, apart=True), strict=True)
        if outer:
            edges = (_placed(box, outer) for box in edges)
        left, top = self.left, self.top
        return [(x0 - left, top - y1, x1 - left, top - y0) for x0, y0, x1, y1 in edges]

    def _pictures(self, items: list[int], outer: Matrix | None) -> None:
        for box in self._boxes(items, outer):
            x0, top, x1, bottom = box
            if x1 - x0 > _SMALL_PICTURE and bottom - top > _SMALL_PICTURE:
                self.sheet.pictures.append(box)
            else:
                add_filled(self.sheet, box)

    def _paths(self, items: list[int], outer: Matrix | None) -> None:
        """A thin box is a ruling as it stands; of anything else the sides count if they are drawn."""
        count_of, _ = _SEGMENTS
        for item, count, box in zip(items, map(count_of, items), self._boxes(items, outer), strict=True):
            if count > _RECTANGLE or not add_filled(self.sheet, box):
                self._path(item, count, outer)

    def _path(self, item: int, count: int, outer: Matrix | None) -> None:
        self._segments += count
        if self._is_drawing():
            return
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        _DRAWN(item, ctypes.byref(fill), ctypes.byref(stroke))
        if stroke.value or (fill.value and count > _RECTANGLE):
            for points in _subpaths(item, count, _times(_matrix(item), outer)):
                self._sides(points, bool(stroke.value))

    def _sides(self, points: list[tuple[float, float]], stroked: bool) -> None:
        moved = [(x - self.left, self.top - y) for x, y in points]
        xs, ys = [x for x, _ in moved], [y for _, y in moved]
        if not stroked and add_filled(self.sheet, (min(xs), min(ys), max(xs), max(ys))):
            return
        for (x0, y0), (x1, y1) in pairwise(moved):
            add_line(self.sheet, x0, y0, x1, y1)


def _are_odd(items: list[int], outer: Matrix | None) -> bool:
    """Whether one of the text objects is turned, or drawn so that it cannot be seen."""
    if HIDDEN_MODE in map(_MODE, items):
        return True
    matrices: Iterable[Matrix] = zip(*floats(_MATRIX, 6, len(items), items), strict=True)
    if outer:
        matrices = (_times(matrix, outer) for matrix in matrices)
    return any(a < 0 or d < 0 or b != 0 or c != 0 for a, b, c, d, _, _ in matrices)


def _subpaths(item: int, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    _, get = _SEGMENTS
    segments = list(map(get, repeat(item), range(count)))
    places = zip(*floats(_POINT, 2, count, segments, apart=True), strict=True)
    points: list[tuple[float, float]] = []
    for (x, y), step, closes in zip(places, map(_STEP, segments), map(_CLOSES, segments), strict=True):
        if step == pdfium.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(_at(matrix, x, y))
        if closes:
            points.append(points[0])
    if len(points) > 1:
        yield points


def _matrix(item: int) -> Matrix:
    a, b, c, d, e, f = (column[0] for column in floats(_MATRIX, 6, 1, [item]))
    return a, b, c, d, e, f


def _times(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _at(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _placed(box: Box, matrix: Matrix) -> Box:
    (x0, y0), (x1, y1) = _at(matrix, *box[:2]), _at(matrix, *box[2:])
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
