"""The graphic objects of an OFD page → a sheet. OFD measures in millimetres, from the upper left corner."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from parsers.readers.ofd_text import characters
from parsers.readers.sheet import Box, Glyph, Sheet, add_filled, add_line, turned

POINTS = 72 / 25.4
"""Points in a millimetre."""

MOST_OBJECTS = 60_000
"""A page that holds more is a drawing; a page of a report holds some thousand."""

DEEPEST = 24
"""Groups in groups are followed so far."""

SLANT_DEGREES = 4.0

Area = tuple[float, float, float, float]
"""x, y, width, height."""

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Resources = dict[str, etree._Element]
"""Drawings that pages use, by id."""


def children(element: etree._Element | None, name: str) -> Iterator[etree._Element]:
    """The children of a local name; producers use several namespaces."""
    for item in element if element is not None else ():
        if isinstance(item.tag, str) and item.tag.rpartition("}")[2] == name:
            yield item


def child(element: etree._Element | None, name: str) -> etree._Element | None:
    """The first child of a local name."""
    return next(children(element, name), None)


def named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """All elements of a local name below."""
    return (e for e in element.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == name)


def numbers(text: str | None) -> list[float]:
    """Numbers parted by white space; none where one is no number."""
    try:
        values = [float(part) for part in (text or "").split()]
    except ValueError:
        return []
    return values if all(map(math.isfinite, values)) else []


class Page:
    """Gathers what a page draws."""

    def __init__(self, number: int, box: Area, resources: Resources) -> None:
        self._left, self._top, width, height = box
        self.sheet = Sheet(number, width * POINTS, height * POINTS)
        self._resources = resources
        self.images: list[tuple[Box, str]] = []
        """The boxes of pictures and the ids of their files."""
        self._turns: list[int] = []
        self._objects = 0

    def finished(self) -> Sheet:
        """The page, turned so that most of its text stands upright; one picture where it holds too much."""
        sheet = self.sheet
        if self._objects > MOST_OBJECTS:
            whole = (0.0, 0.0, sheet.width, sheet.height)
            return Sheet(sheet.number, sheet.width, sheet.height, pictures=[whole])
        turns = Counter(self._turns).most_common(1)
        return turned(sheet, turns[0][0] if turns else 0)

    def take(self, element: etree._Element | None, outer: Matrix = IDENTITY, depth: int = 0) -> None:
        """Take in the objects below a layer, a group or a drawing."""
        for item in element if element is not None and depth < DEEPEST else ():
            if not isinstance(item.tag, str) or item.get("Visible") == "false":
                continue
            self._objects += 1
            if self._objects > MOST_OBJECTS:
                return
            kind = item.tag.rpartition("}")[2]
            if kind in ("Layer", "PageBlock", "Content"):
                self.take(item, outer, depth + 1)
            elif kind in _DRAWN and item.get("Alpha") != "0":
                self._draw(item, kind, _times(_own(item), outer), depth)

    def _draw(self, item: etree._Element, kind: str, matrix: Matrix, depth: int) -> None:
        if kind == "TextObject":
            self._text(item, matrix)
        elif kind == "PathObject":
            self._path(item, matrix)
        elif (
            kind == "CompositeObject"
            and (unit := self._resources.get(item.get("ResourceID", ""))) is not None
        ):
            self.take(unit, matrix, depth + 1)
        else:
            self._picture(item)

    def _point(self, matrix: Matrix, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = matrix
        return (a * x + c * y + e - self._left) * POINTS, (b * x + d * y + f - self._top) * POINTS

    def _text(self, item: etree._Element, matrix: Matrix) -> None:
        if item.get("Fill") == "false" and item.get("Stroke") != "true":
            return
        turn = _turn(matrix)
        if turn is None:
            return
        for character in characters(item):
            x0, y0 = self._point(matrix, character.x, character.y - character.rise)
            x1, y1 = self._point(matrix, character.x + character.width, character.y + character.drop)
            box = min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)
            self.sheet.glyphs.append(Glyph(character.text, *box))
            self._turns.append(turn)

    def _path(self, item: etree._Element, matrix: Matrix) -> None:
        data = child(item, "AbbreviatedData")
        parts = list(_subpaths(data.text if data is not None else None))
        stroked, filled = item.get("Stroke") != "false", item.get("Fill") == "true"
        for part in parts:
            points = [self._point(matrix, x, y) for x, y in part]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if filled and add_filled(self.sheet, (min(xs), min(ys), max(xs), max(ys))):
                continue
            if stroked or (filled and len(parts) > 1):
                for start, end in pairwise(points):
                    add_line(self.sheet, *start, *end)

    def _picture(self, item: etree._Element) -> None:
        values = numbers(item.get("Boundary"))
        if len(values) == 4:
            x, y, width, height = values
            x0, y0 = self._point(IDENTITY, x, y)
            x1, y1 = self._point(IDENTITY, x + width, y + height)
            if not add_filled(self.sheet, (x0, y0, x1, y1)):
                self.sheet.pictures.append((x0, y0, x1, y1))
                self.images.append(((x0, y0, x1, y1), item.get("ResourceID", "")))


_DRAWN = ("TextObject", "PathObject", "ImageObject", "VideoObject", "CompositeObject")
_OPERANDS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""Numbers after each operator of a path; the last two are the point it goes to."""


def _subpaths(text: str | None) -> Iterator[list[tuple[float, float]]]:
    """The corners of each part of a path."""
    tokens = (text or "").split()
    points: list[tuple[float, float]] = []
    at = 0
    while at < len(tokens):
        operator = tokens[at]
        count = _OPERANDS.get(operator)
        values = numbers(" ".join(tokens[at + 1 : at + 1 + count])) if count else []
        if count is None or len(values) != count:
            break
        at += 1 + count
        if operator == "C":
            points += points[:1]
            continue
        if operator in "SM":
            if len(points) > 1:
                yield points
            points = []
        points.append((values[-2], values[-1]))
    if len(points) > 1:
        yield points


def _own(item: etree._Element) -> Matrix:
    """From the coordinates inside an object to those it stands in."""
    values = numbers(item.get("CTM"))
    a, b, c, d, e, f = values if len(values) == 6 else IDENTITY
    boundary = numbers(item.get("Boundary"))
    x, y = (boundary[0], boundary[1]) if len(boundary) == 4 else (0.0, 0.0)
    return a, b, c, d, e + x, f + y


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


def _turn(matrix: Matrix) -> int | None:
    """By how many quarters clockwise the text must be turned to stand upright; `None` where it slants."""
    angle = -math.degrees(math.atan2(matrix[1], matrix[0])) % 360
    quarter = round(angle / 90)
    return quarter % 4 if abs(angle - quarter * 90) <= SLANT_DEGREES else None
