"""The text of one cell → its value, and a note where the text is no plain number.

Blank, zero, a mark and something unclear stay four things: `Cell(None, None)`, `Cell(0, None)`,
`Cell(None, mark)`, `Cell(None, unclear)`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from parsers.ocr import DOUBT
from parsers.report import Note, Value
from parsers.text import simplify, strip

Unit = Literal["count", "yuan10k", "yuan", "unknown"]
"""What a column counts: things; money in the unit its header says; money of which the page does not say the unit."""

MARKS = frozenset(
    {"/", "//", "\\", "∕", "⁄", "╱", "-", "--", "---", "—", "——", "–", "−", "─", "──", "━", "ー", "~", "无"}
)
"""What stands in a cell instead of a number; whether it counts as zero is for the analyst."""

_NUMBER = r"[+\-−]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_PLAIN = re.compile(_NUMBER)
_MONEY = re.compile(rf"({_NUMBER})\s*[(\[]?\s*(人民币)?(亿|万|千)?(元)?\s*[)\]]?")
_REMARK = re.compile(rf"({_NUMBER})\s*(?:[(\[].*[)\]]|[条件项次个份人起宗篇部])\s*", re.DOTALL)
_AROUND_DIGITS = re.compile(
    r"(?=.{1,12}$)(?![(\[]?\d{1,2}[.、)\]]$)[\W\da-zA-Z_]{0,2}[约近超共]?\d[\W\da-zA-Z_]*[余多]?",
    re.DOTALL,
)
_FILLED_UP = re.compile(r"[+\-−]?0\d")
"""No number begins so: a digit strayed in, or the zero of the cell beside it."""

_FOOTNOTE = re.compile(r"[¹²³⁰-₉①-⓿❶-➓㉈-㉟㊱-㊿]+")
"""Raised and circled digits, which one width would make plain ones: 5① is not 51."""
MOST_DIGITS = 15
"""A number of more digits is a slip of the pen or cells run together, and no database keeps it exactly."""
UNSEEN = "\ufffd"
"""Stands for what is shown or held in a cell and cannot be read."""

_DARK = re.compile(rf"[{UNSEEN}\W_]*{UNSEEN}[{UNSEEN}\W_]*")
_SPACED_SIGN = re.compile(r"^([+\-−])\s+(?=\d)")
_FACTORS = {"亿": Decimal(10_000), "万": Decimal(1), "千": Decimal("0.1"), None: Decimal("0.0001")}
"""How many times 10,000 yuan one of the unit is."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The value of a cell, its note, and whether the unit of an amount remained unknown."""

    value: Value
    note: Note | None = None
    unit_unknown: bool = False


@lru_cache(maxsize=4096)
def read_cell(text: str, unit: Unit = "count") -> Cell:
    """Read the text of a cell that stands in a column of this unit."""
    shown = strip(text)
    if not shown:
        return Cell(None)
    if (mark := "".join(shown.split())) in MARKS:
        return Cell(None, Note(mark, "mark"))
    printed = text.strip()
    if len(shown) > MOST_DIGITS and sum(map(str.isdecimal, shown)) > MOST_DIGITS:
        return Cell(None, Note(printed, "unclear"))
    return _without_footnote(printed, unit) if _FOOTNOTE.search(text) else _number(shown, printed, unit)


@lru_cache(maxsize=4096)
def is_value(text: str) -> bool:
    """Whether a text is a value rather than words: a number, with unit or remark or without, a mark, or
    something short around digits (约5, 1 2) of which `read_cell` will say that it is unclear, or a doubt of text
    recognition, or something that is drawn there and cannot be read."""
    cell = read_cell(text, "yuan10k")
    if cell.value is not None or (cell.note is not None and cell.note.flag == "mark"):
        return True
    return DOUBT in text or bool(_DARK.fullmatch(text)) or bool(_AROUND_DIGITS.fullmatch(strip(text)))


def _number(shown: str, printed: str, unit: Unit) -> Cell:
    if _PLAIN.fullmatch(_SPACED_SIGN.sub(r"\1", shown)):
        return (
            Cell(None, Note(printed, "unclear")) if _FILLED_UP.match(shown) else _plain(shown, printed, unit)
        )
    if (
        unit != "count"
        and (money := _MONEY.fullmatch(simplify(shown)))
        and (money.group(3) or money.group(4))
    ):
        return Cell(_whole(_decimal(money.group(1)) * _FACTORS[money.group(3)]), Note(printed, "unit"))
    if remark := _REMARK.fullmatch(shown):
        return _counted(_decimal(remark.group(1)), Note(printed, "note"), printed, unit)
    return Cell(None, Note(printed, "unclear"))


def _without_footnote(printed: str, unit: Unit) -> Cell:
    number = strip(_FOOTNOTE.sub("", printed))
    is_behind = bool(_FOOTNOTE.search(printed[-1])) and len(_FOOTNOTE.findall(printed)) == 1
    if is_behind and _PLAIN.fullmatch(number):
        return _counted(_decimal(number), Note(printed, "note"), printed, unit)
    return Cell(None, Note(printed, "unclear"))


def _plain(shown: str, printed: str, unit: Unit) -> Cell:
    exact = re.fullmatch(r"[+-]?\d+(?:\.\d+)?", shown)
    return _counted(_decimal(shown), None if exact else Note(printed, "note"), printed, unit)


def _counted(number: Decimal, note: Note | None, printed: str, unit: Unit) -> Cell:
    if unit == "yuan" and number:
        return Cell(_whole(number / 10_000), Note(printed, "unit"))
    return Cell(_whole(number), note, unit_unknown=unit == "unknown" and number != 0)


def _decimal(text: str) -> Decimal:
    return Decimal(re.sub(r"[,\s]", "", text).replace("−", "-"))


def _whole(number: Decimal) -> Value:
    return int(number) if number == number.to_integral_value() else number
