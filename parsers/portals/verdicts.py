"""Verdicts on the entries of a column, cut titles included."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.portals.discovery_marks import UNIT
from parsers.portals.model import Verdict
from parsers.text import simplify, squeeze
from parsers.titles import read_title
from parsers.years import arabic

_DOTS = re.compile(r"[.…。]{2,}\s*$|…$")
_WHOLE = (
    "政府信息公开工作年度报告",
    "政府信息公开年度报告",
    "政府信息公开年报",
    "信息公开工作年度报告",
    "政务公开工作年度报告",
)
_OPEN_END = re.compile(r"20\d\d年?度?$|关于$|的$|人民$")
_OVERLAP = 2
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd)$", re.IGNORECASE)
_CALLED = re.compile(r"(?:(?:工作)?年度(?:工作)?报告|年报)$")
_BARE = re.compile(r"([\u3400-\u9fff]{3,20})?(?:20\d\d年?度?([\u3400-\u9fff]{3,20})?)?")
_OTHER_UNITS = re.compile(r"网站|公司|法治")


@lru_cache(4096)
def verdict(title: str, *, cut: bool = False) -> Verdict:
    """What an entry is by its title. A cut title that could be a report's is taken for one: only its page can tell."""
    told = read_title(title).verdict
    if not cut or told == "report":
        return told
    stem = _DOTS.sub("", title).strip()
    if _OPEN_END.search(stem):
        return "report"
    completed = (
        stem.removesuffix(whole[:size]) + whole
        for whole in _WHOLE
        for size in range(len(whole), _OVERLAP - 1, -1)
        if stem.endswith(whole[:size])
    )
    return "report" if any(read_title(text).verdict == "report" for text in completed) else told


def is_bare(title: str) -> bool:
    """Whether a title is no more than a year, a unit, or both, with or without 年报: in a column of annual reports it
    is a report's, elsewhere anything's."""
    rest = _CALLED.sub("", _FILE.sub("", simplify(arabic(squeeze(title)))))
    match = _BARE.fullmatch(rest)
    units = [unit for unit in match.groups() if unit] if match and rest else None
    return units is not None and len(units) <= 1 and all(map(_is_unit, units))


def _is_unit(name: str) -> bool:
    return bool(UNIT.search(name)) and not _OTHER_UNITS.search(name)
