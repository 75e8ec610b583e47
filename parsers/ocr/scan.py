"""The image of a page → a sheet: cells recognised one by one along the rulings, the rest by detection."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np

from parsers.ocr import DOUBT
from parsers.ocr.cells import is_value, settled
from parsers.ocr.engine import Words, recognise
from parsers.ocr.lines import Pixels, find_lines
from parsers.ocr.raster import POINT, Image, Raster, pixels, raster, tables
from parsers.ocr.upright import Attempt, is_level, upright
from parsers.readers.rulings import SNAP, Lattice
from parsers.readers.sheet import Box, Glyph, Rule, Sheet

INSET = 2
"""Pixels at the sides of a cell that are left out."""

FAINT = 2.2 * POINT
"""A spot no wider and no higher than this is no character, nor is a line no higher a line of text."""

APART = 0.8
"""A gap of this part of the letters' height within a number means that there are two."""

CLOSE, WIDE = (0.2, 0.5), (0.8, 1.5)
"""White above and beside a line, in its heights, when it is read first and, if it is a value, again. A lone digit is
read most surely with much of it or little."""

BESIDE = (0.15, 0.3)
"""The same of a line of words outside tables."""

LEAST_LEGIBLE = 0.2
"""Of the lines outside tables those that are less certain are left out: stamps, dirt, drawings."""

_MARK = re.compile(r"^\s*[一\-—]\s*(\d{1,3})\s*[一\-—]\s*$")
"""The number of a page between dashes, which look like the character for one."""


@dataclass(slots=True)
class _Line:
    """A line of a cell: its box in pixels, and whether it holds a gap or touches the side."""

    cell: int
    box: Pixels
    whole: bool


def sheet_of(grey: Image, number: int) -> Sheet:
    """The page in an image of `raster.DPI`, whichever way up it lies."""
    return upright(grey, lambda turned: _read(turned, number))


def _read(grey: Image, number: int) -> Attempt:
    page = raster(grey)
    height, width = page.grey.shape
    sheet = Sheet(number, width / POINT, height / POINT)
    found = tables(page.level, page.upright)
    for table in found:
        sheet.horizontals += [rule for rule in page.level if _lies_in(rule, table.ys, table.xs)]
        sheet.verticals += [rule for rule in page.upright if _lies_in(rule, table.xs, table.ys)]
    closed = [box for table in found for box in _areas(table)]
    attempt = Attempt(sheet, is_level(page.ink))
    sheet.glyphs += _in_cells(page, closed, attempt.told)
    sheet.glyphs += _outside(page, closed, attempt.told)
    return attempt


def _lies_in(rule: Rule, across: list[float], along: list[float]) -> bool:
    """Whether a ruling belongs to a table whose edges these are, across it and along it."""
    return (
        across[0] - SNAP <= rule.at <= across[-1] + SNAP
        and rule.start < along[-1] + SNAP
        and rule.end > along[0] - SNAP
    )


def _areas(lattice: Lattice) -> Iterator[Box]:
    """The boxes of a table's cells; of none where its rulings do not close."""
    if any(number < 0 for row in lattice.of for number in row):
        return
    for area in lattice.areas:
        yield (
            lattice.xs[area.left],
            lattice.ys[area.first],
            lattice.xs[area.right + 1],
            lattice.ys[area.last + 1],
        )


def _in_cells(page: Raster, cells: list[Box], told: list[Words]) -> Iterator[Glyph]:
    lines = [line for number, cell in enumerate(cells) for line in _lines(page, number, cell)]
    first = recognise([_crop(page.grey, line.box, CLOSE) for line in lines])
    told += first
    again = [n for n, words in enumerate(first) if is_value(words.text)]
    second = dict(zip(again, recognise([_crop(page.grey, lines[n].box, WIDE) for n in again]), strict=True))
    by_cell: dict[int, list[int]] = {}
    for n, line in enumerate(lines):
        by_cell.setdefault(line.cell, []).append(n)
    for number, members in by_cell.items():
        text = _text(members, lines, first, second)
        yield from _spread(text, cells[number], [lines[n] for n in members])


def _text(members: list[int], lines: list[_Line], first: list[Words], second: dict[int, Words]) -> str:
    read = [first[n] for n in members]
    if len(members) > 1 or not is_value(read[0].text):
        text = "\n".join(words.text for words in read)
        return text + DOUBT if is_value(text) else text
    return _value(read[0], second[members[0]], lines[members[0]].whole)


def _value(first: Words, second: Words, whole: bool) -> str:
    return settled(first.value, second.value, min(first.value_sure, second.value_sure), whole)


def _lines(page: Raster, cell: int, box: Box) -> list[_Line]:
    """The lines of text in a cell, from the top; none only where it is empty."""
    x0, top, x1, bottom = pixels(box, page.ink)
    x0, top, x1, bottom = x0 + INSET, top + INSET, x1 - INSET, bottom - INSET
    ink = page.ink[top:bottom, x0:x1]
    if not ink.size or not _holds_letters(ink):
        return []
    bands = _bands(ink.max(axis=1) > 0)
    found = []
    for upper, lower in bands:
        columns = np.flatnonzero(ink[upper:lower].max(axis=0))
        line = x0 + int(columns[0]), top + upper, x0 + int(columns[-1]) + 1, top + lower
        found.append(_Line(cell, line, _is_whole(page.ink, line)))
    return found


def _is_whole(ink: Image, box: Pixels) -> bool:
    """Whether no gap within a line shows that there are two, and it is more than a spot."""
    x0, top, x1, bottom = box
    columns = np.flatnonzero(ink[top:bottom, x0:x1].max(axis=0))
    gap = max((b - a for a, b in pairwise(columns.tolist())), default=0)
    return gap <= APART * (bottom - top) and not (x1 - x0 < FAINT and bottom - top < FAINT)


def _holds_letters(ink: Image) -> bool:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    sizes = stats[1:count]
    return bool(np.any((sizes[:, cv2.CC_STAT_WIDTH] > FAINT) | (sizes[:, cv2.CC_STAT_HEIGHT] > FAINT)))


def _bands(filled: Image) -> list[tuple[int, int]]:
    """Runs of rows with ink; thin ones (dots, dirt, a level stroke) are joined to the nearest."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], filled.astype(np.int8), [0]))))
    bands = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    while len(bands) > 1:
        thin = min(range(len(bands)), key=lambda n: bands[n][1] - bands[n][0])
        if bands[thin][1] - bands[thin][0] > 2 * FAINT:
            break
        gaps = {n: bands[n + 1][0] - bands[n][1] for n in (thin - 1, thin) if 0 <= n < len(bands) - 1}
        at = min(gaps, key=lambda n: gaps[n])
        bands[at : at + 2] = [(bands[at][0], bands[at + 1][1])]
    return bands


def _crop(grey: Image, box: Pixels, margin: tuple[float, float]) -> Image:
    """The greys of a line with white around it."""
    x0, top, x1, bottom = box
    low = max(bottom - top, 8)
    pad, beside = max(round(low * margin[0]), 2), round(low * margin[1])
    lack = max(round(4 * FAINT) - (bottom - top), 0) // 2
    height, width = grey.shape
    inner = grey[max(top - 1, 0) : min(bottom + 1, height), max(x0 - 1, 0) : min(x1 + 1, width)]
    white = int(np.median(grey[max(top - 4, 0) : bottom + 4, max(x0 - 4, 0) : x1 + 4].max(axis=0)))
    return cv2.copyMakeBorder(inner, pad + lack, pad + lack, beside, beside, cv2.BORDER_CONSTANT, value=white)


def _spread(text: str, cell: Box, lines: list[_Line]) -> Iterator[Glyph]:
    """Glyphs for the lines of a cell, well inside it."""
    left, right = cell[0] + 1, cell[2] - 1
    for line, words in zip(lines, text.split("\n"), strict=True):
        top, bottom = line.box[1] / POINT, line.box[3] / POINT
        yield from _glyphs(words, (left + right) / 2, right - left, top, bottom)


def _glyphs(text: str, middle: float, room: float, top: float, bottom: float) -> Iterator[Glyph]:
    """Letters side by side around a middle, in the height of their line."""
    em = min(max(bottom - top, 4.0), room / max(_units(text), 1))
    x = middle - em * _units(text) / 2
    for character in text:
        wide = em * _units(character)
        if not character.isspace():
            yield Glyph(character, x, (top + bottom - em) / 2, x + wide, (top + bottom + em) / 2)
        x += wide


def _units(text: str) -> float:
    """How many letters wide a text is."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" or c == DOUBT else 0.5 for c in text)


def _outside(page: Raster, cells: list[Box], told: list[Words]) -> Iterator[Glyph]:
    """The lines of text that stand in no cell; values among them are read twice, as those in cells are."""
    grey, ink = page.grey.copy(), page.ink.copy()
    for cell in cells:
        x0, top, x1, bottom = pixels(cell, grey)
        grey[top : bottom + 1, x0 : x1 + 1] = 255
        ink[top : bottom + 1, x0 : x1 + 1] = 0
    found = find_lines(grey, ink)
    first = recognise([_crop(grey, box, BESIDE) for box in found])
    told += first
    again = [n for n, words in enumerate(first) if is_value(words.text)]
    second = dict(zip(again, recognise([_crop(grey, found[n], WIDE) for n in again]), strict=True))
    for n, (box, words) in enumerate(zip(found, first, strict=True)):
        if not words.text or words.sure < LEAST_LEGIBLE:
            continue
        text = _MARK.sub(r"—\1—", words.text)
        if n in second and text == words.text:
            text = _value(words, second[n], _is_whole(ink, box))
        x0, top, x1, bottom = box
        yield from _line_glyphs(text, (x0 / POINT, top / POINT, x1 / POINT, bottom / POINT))


def _line_glyphs(text: str, box: Box) -> Iterator[Glyph]:
    """Letters spread over the width of a line."""
    x0, top, x1, bottom = box
    em = (x1 - x0) / max(_units(text), 0.5)
    half = min(em, bottom - top) / 2
    middle, x = (top + bottom) / 2, x0
    for character in text:
        wide = em * _units(character)
        if not character.isspace():
            yield Glyph(character, x, middle - half, x + wide, middle + half)
        x += wide
