"""Verdicts on the entries of a column, cut titles included."""

from __future__ import annotations

import re
from functools import lru_cache

from parsers.portals.model import Verdict
from parsers.titles import read_title

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
