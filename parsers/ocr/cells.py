"""What was recognised in a cell → its text, with a doubt wherever a value was not read with certainty."""

from __future__ import annotations

import re
import unicodedata

from parsers.forms.labels import key, words
from parsers.ocr import DOUBT
from parsers.values import MARKS

SURE = 0.6
"""A value is taken if no character of it is less probable, in either of two readings."""

LONGEST_VALUE = 14

_NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_UNIT = re.compile(r"\d[\d,.]*(万?元|万|[件条项次个份])?")


def is_value(text: str) -> bool:
    """Whether a text stands in the place of a value: no label has so little Chinese in it."""
    shown = unicodedata.normalize("NFKC", text).strip()
    if len(shown) > LONGEST_VALUE or key(shown) in words():
        return False
    return len(shown) <= 1 or not _CHINESE.search(shown) or bool(_UNIT.fullmatch(shown))


def settled(text: str, second: str, sure: float, whole: bool) -> str:
    """The text of a value, read twice. `whole` says that nothing hints at more than was read: no second number beside
    the first, no letters cut by the side of the cell."""
    shown = unicodedata.normalize("NFKC", text).strip()
    known = bool(_NUMBER.fullmatch(shown)) or shown in MARKS
    return text if known and text == second and whole and sure >= SURE else text + DOUBT
