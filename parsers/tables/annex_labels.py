"""Labels of the annex of form 2014 → rows; where one label names several, the row or group above decides."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from parsers.forms.annex import ANNEX, GROUPS, STRANGERS, VARIANTS, WITHIN
from parsers.forms.labels import key, unnumbered

_NUMERALS = "一二三四五六七八九十"
_OF_WHICH = re.compile(rf"^[\s\d.、（({_NUMERALS})）]*其中\s*[:：,，]?")
_COUNT = re.compile(r"(?:总次数|次数|数量|总数|数)$")
SIMILAR, MARGIN, SHORTEST = 0.8, 0.08, 4


class Label(NamedTuple):
    """What a label may name: rows by code, or a group over rows."""

    codes: tuple[str, ...] = ()
    group: str | None = None
    guessed: bool = False

    def within(self, last: str | None) -> str | None:
        """The one row it names after the row or group `last`."""
        if len(self.codes) == 1:
            return self.codes[0]
        over = {last, WITHIN.get(last or "")}
        found = [code for code in self.codes if WITHIN.get(code) in over]
        return found[0] if len(found) == 1 else None


def annex_key(text: str) -> str:
    """What a label of the annex is compared by: 其中 and the word for a count left out."""
    return _COUNT.sub("", key(_OF_WHICH.sub("", text)))


@lru_cache(maxsize=2048)
def read_label(text: str) -> Label | None:
    """What a text names in the annex; `None` where it is no label of it."""
    name = annex_key(text)
    if not name:
        return None
    if codes := _codes().get(name):
        return Label(codes)
    if name in _groups():
        return Label(group=_groups()[name])
    return _similar(name)


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a text is a label of the annex, word for word. Most lines of prose are told by how they begin."""
    _, rest = unnumbered(text)
    if rest[:2].isalpha() and rest[0] not in _NUMERALS and rest[:2] not in _beginnings():
        return False
    return annex_key(text) in _codes()


@cache
def _beginnings() -> frozenset[str]:
    """How labels begin, 其中 which their keys leave out, and 单位."""
    return frozenset(name[:2] for name in _codes()) | {"其中", "单位"}


def _similar(name: str) -> Label | None:
    """The one label that a misspelt or cut one is like."""
    if not SHORTEST <= len(name) <= 40 or name in _strangers():
        return None
    cut = {code for known, codes in _codes().items() if known.startswith(name) for code in codes}
    if len(cut) == 1:
        return Label(tuple(cut), guessed=True)
    from difflib import SequenceMatcher  # few texts have a label that is not known

    ranked = sorted(((SequenceMatcher(None, name, known).ratio(), known) for known in _codes()), reverse=True)
    (best, known), (rival, _) = ranked[:2]
    return Label(_codes()[known], guessed=True) if best >= SIMILAR and best - rival >= MARGIN else None


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    named = [(row.label, row.code) for row in ANNEX] + [(text, code) for text, code, _why in VARIANTS]
    for text, code in named:
        codes = found.setdefault(annex_key(text), [])
        if code not in codes:
            codes.append(code)
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _groups() -> dict[str, str]:
    return {annex_key(text): group for text, group in GROUPS.items()}


@cache
def _strangers() -> frozenset[str]:
    return frozenset(annex_key(text) for text, _why in STRANGERS)
