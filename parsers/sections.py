"""Sections of a report, told by the words of their headings; numbering may be lost, restarted or of any kind."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from parsers.document import Block, Grid
from parsers.text import PAGE_MARK, fold
from parsers.titles import ORGAN
from parsers.years import arabic

_NUMBER = r"[#?•●■◆*]*(?:第?[一二三四五六七八九十\d]{1,2}(?:部分)?[、.,,:]{0,2}|[(]\d{1,2}[)]|[—\-–]+[、.]?)?"
_END = r"(?:如下)?[:。]?"
HEADINGS = (
    (
        "overview",
        r"(?:政府信息公开)?(?:工作)?(?:开展)?(?:年度)?(?:的)?(?:总体|基本|总结)(?:工作)?(?:情况概述|情况|概述|概况)",
    ),
    ("overview", r"(?:政府信息公开|总体|工作)?(?:工作)?(?:的)?(?:概述|概况|基本情况)"),
    ("proactive", r"(?:行政机关)?主动公开(?:政府){1,2}信息(?:工作|的)*(?:情况|形式及情况)"),
    ("proactive", r"(?:行政机关)?政府信息主动公开(?:工作|的|形式及)*情况"),
    (
        "requests",
        r"(?:行政机关)?(?:收到和|受理和)?(?:处理|办理)(?:政府信息公开|信息公开|依申请公开)(?:政府信息)?申请(?:办理)?的?情况",
    ),
    ("requests", r"(?:政府信息)?依申请公开(?:政府信息|信息)?(?:工作|办理|的|处理)*情况"),
    (
        "remedies",
        r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|引起的|引发的)?行政复议[和、及,]*(?:提起)?行政诉讼的?(?:情况)?",
    ),
    (
        "remedies",
        r"(?:因)?(?:政府信息公开)?(?:工作)?(?:被)?(?:申请|引起的|引发的)?行政?复议[和、及,]*(?:提起)?(?:行政)?诉讼的?情况",
    ),
    (
        "problems",
        r"(?:政府信息公开)?(?:工作)?(?:中)?(?:的)?(?:存在|主要)(?:的)?(?:主要)?问题[和及、与].{0,4}(?:改进|整改|打算|建议|努力|下一步).{0,8}",
    ),
    ("other_matters", r"(?:其他|需要)(?:需要)?(?:报告|说明)的?(?:其他)?(?:事项|情况|内容)"),
)
"""Section codes with the words that head them, official and as they vary."""

_HEADING = re.compile(f"{_NUMBER}(?:{'|'.join(f'({words})' for _, words in HEADINGS)}){_END}")
_RUN_IN = re.compile(
    r"(?<![\w(（《“\"])(?=[一二三四五六七八]、(?:总体情况|概述|主动公开政府信息|政府信息主动公开|依申请公开|收到和处理|因?政府信息公开行政复议|存在的?主要问题|存在问题|其他需要报告))"
)
_MAY_RUN_IN = re.compile("[一二三四五六七八]、")
_HEAD = re.compile(r"[一二三四五六七八]、[^\s。:：]{0,28}?(?:情况|事项|措施|概述)(?=[\s。:：]|$)")
_TORN_OFF = re.compile(r"\s*[一二三四五六][、.]?\s*")
_DAY = re.compile(r"\(?20\d\d年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{0,3}日?\)?")
_LONGEST = 40


@lru_cache(maxsize=2048)
def heading(text: str) -> str | None:
    """The code of the section that a line heads, if it is a heading and nothing else."""
    if len(text) > _LONGEST * 3:
        return None
    line = fold(text)
    if not 2 <= len(line) <= _LONGEST:
        return None
    match = _HEADING.fullmatch(line)
    return HEADINGS[(match.lastindex or 0) - 1][0] if match else None


def split_run_in(text: str) -> list[str]:
    """A paragraph in which headings run on with their text, parted before and after every heading."""
    parts: list[str] = []
    for piece in _RUN_IN.split(text) if _MAY_RUN_IN.search(text) else (text,):
        match = _HEAD.match(piece.strip())
        if match and match.end() < len(piece.strip()):
            parts += [match.group(), piece.strip()[match.end() :].lstrip(" 。:：\u3000")]
        elif piece.strip(" \t\u3000#"):
            parts.append(piece.strip())
    return parts


def with_headings_apart(items: Iterable[Block | Grid]) -> list[Block | Grid]:
    """The items with every heading on a line of its own: run-in headings parted, a torn-off number joined. Numbers
    of pages are left out."""
    out: list[Block | Grid] = []
    for item in items:
        if not isinstance(item, Block):
            out.append(item)
            continue
        if PAGE_MARK.fullmatch(item.text):
            continue
        last = out[-1] if out else None
        if isinstance(last, Block) and _TORN_OFF.fullmatch(last.text) and heading(item.text):
            out[-1] = Block(last.text.strip() + item.text.strip(), last.place)
        else:
            parts = split_run_in(item.text)
            out.extend([item] if parts == [item.text] else [Block(part, item.place) for part in parts])
    return out


def read_sections(items: Iterable[Block | Grid], skip: frozenset[int] = frozenset()) -> dict[str, str]:
    """The prose of each section, paragraph by line; `skip` holds the ids of blocks that are cells of a table."""
    sections: dict[str, list[str]] = {}
    current: str | None = None
    for item in items:
        if not isinstance(item, Block):
            continue
        if code := heading(item.text):
            current = code
            sections.setdefault(code, [])
        elif current and id(item) not in skip:
            sections[current].append(item.text)
    if current:
        sections[current] = _without_signature(sections[current])
    return {code: "\n".join(lines) for code, lines in sections.items()}


def _without_signature(lines: list[str]) -> list[str]:
    """The lines of the last section without the day and the name under the report."""
    if not lines or not _DAY.fullmatch(arabic(fold(lines[-1]))):
        return lines
    named = len(lines) > 1 and bool(ORGAN.search(fold(lines[-2]))) and len(fold(lines[-2])) <= _LONGEST
    return lines[: -2 if named else -1]
