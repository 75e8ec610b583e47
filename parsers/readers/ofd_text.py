"""The text codes of an OFD text object → its characters with their places, in the object's own coordinates (mm)."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from parsers.readers.sheet import UNKNOWN

RISE, DROP = 0.86, 0.14
"""What parts of the size of a font stand above and below its base line."""

WIDEST = 1.25
"""A step farther than this many sizes is a gap and not the width of a character."""

MOST_STEPS = 100_000
"""Steps that one list may unfold to."""


class Character(NamedTuple):
    """A character on its base line at (x, y), `rise` above it and `drop` below."""

    text: str
    x: float
    y: float
    width: float
    rise: float
    drop: float


def characters(item: etree._Element) -> Iterator[Character]:
    """Every character of a text object that is no white space."""
    size = _number(item.get("Size"), 0.0)
    scale = _number(item.get("HScale"), 1.0)
    x = y = 0.0
    for code in item:
        if not isinstance(code.tag, str) or code.tag.rpartition("}")[2] != "TextCode":
            continue
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        text = code.text or ""
        across, down = steps(code.get("DeltaX")), steps(code.get("DeltaY"))
        at = [x, y]
        for number, character in enumerate(text):
            usual = size * scale * _usual_width(character)
            step = across[number] if number < len(across) else 0.0 if down else usual
            shown = _shown(character)
            if shown:
                width = step if 0.2 * size < step <= WIDEST * size else usual
                yield Character(shown, at[0], at[1], min(width, size * scale), RISE * size, DROP * size)
            at[0] += step
            at[1] += down[number] if number < len(down) else 0.0


def steps(text: str | None) -> list[float]:
    """A list of steps unfolded: `g 3 2.5` stands for three times 2.5."""
    out: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        try:
            count, step = (int(next(parts)), float(next(parts))) if part == "g" else (1, float(part))
        except (ValueError, StopIteration):
            return out
        if count > MOST_STEPS - len(out):
            return out
        out += [step] * count
    return out


def _shown(character: str) -> str:
    """Nothing for white space and what cannot be seen, `UNKNOWN` for what is no character of its own."""
    if character.isspace() or character in "\u200b\ufeff\u00ad":
        return ""
    return UNKNOWN if unicodedata.category(character) in ("Co", "Cc", "Cn") else character


def _usual_width(character: str) -> float:
    """In sizes: a Chinese character is square, any other half as wide."""
    return 1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5


def _number(text: str | None, otherwise: float) -> float:
    try:
        return float(text) if text else otherwise
    except ValueError:
        return otherwise
