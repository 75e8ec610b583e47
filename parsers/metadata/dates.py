"""The day of publication as the page says it, and the day of the signature."""

from __future__ import annotations

import re
from functools import cache

from parsers.metadata.head import Head
from parsers.report import Report, Witness
from parsers.text import fold, simplify, squeeze, strip, without_glosses
from parsers.years import arabic, first_day

_LABELS = (
    r"(?:发布|发表|公布|刊发)(?:时间|日期)",
    r"公开(?:时间|日期)",
    r"(?:上传|更新|录入)?(?:时间|日期)",
    r"(?:公文)?生成日期",
    r"发文日期",
    r"成文日期",
)
"""What stands before a date on a page, the surest first."""


_LABEL_END = re.compile(r"[间期][\s:|\[\](]*20\d\d")
"""How every label goes over into its date."""

_PARTED = re.compile(r"(?<=\d)\s*([-年月./])\s*(?=\d)")
_BARE = re.compile(
    r"^[•·\s\-—\[(]*(20\d\d)[-年./]\d{1,2}[-月./]\d{1,2}日?(?=$|[^\w]|来源|作者|信息|浏览|点击)"
)
_TIMED = re.compile(r"(?<!\d)(20\d\d[-年./]\d{1,2}[-月./]\d{1,2}日?)\s*\d{1,2}[:：时]\d{2}")
"""A day with a time of day, as content systems print it."""

_BEHIND_TITLE = re.compile(r"(?:报告|年报)\s*[\[(]?\s*(20\d\d[-年]\d{1,2}[-月]\d{1,2}日?)\s*[\])]?$")
_SIGNED = re.compile(
    r"[二2][\d〇○零O一二三四五六七八九]{2,3}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}[日号]"
)
_LONGEST_BARE = 60


def read_dates(head: Head, report: Report) -> None:
    """Set the date: what the page says of its publication, else the signature's."""
    published = list(_published(head))
    signed = _signature(head)
    report.witnesses += [Witness("published_on", day, source) for day, source in published]
    if signed:
        report.witnesses.append(Witness("signed_on", signed, "signature"))
    report.published_on = published[0][0] if published else signed


def _published(head: Head) -> list[tuple[str, str]]:
    found = []
    if day := first_day(_joined(_narrow(head.meta.get("PubDate", "")))):
        found.append((day, "meta"))
    around = (_narrow(line) for line in (*head.first, *head.after) if "20" in squeeze(line))
    lines = [_joined(line) for line in around if "20" in line and _may_say(line)]
    labelled = [line for line in lines if _LABEL_END.search(line)]
    for pattern in _labelled() if labelled else ():
        found += [
            (day, "page")
            for line in labelled
            if (m := pattern.search(line)) and (day := first_day(m["rest"]))
        ]
    if not found:
        found += _bare(lines)
    return list(dict.fromkeys(found))


@cache
def _labelled() -> list[re.Pattern[str]]:
    return [
        re.compile(rf"(?<![一-龥]){_spaced(label)}[\s:|\[\](]*(?P<rest>20\d\d\D.{{3,10}})")
        for label in _LABELS
    ]


def _spaced(label: str) -> str:
    """A label whose characters may stand apart, as in 发 布 日 期."""
    return re.sub(r"(?<=[一-龥])(?=[一-龥])", r"\\s*", label)


def _narrow(text: str) -> str:
    """A line in one width and script."""
    return simplify(without_glosses(strip(text)))


def _may_say(line: str) -> bool:
    """Whether a line may say the day: a long one only behind a label."""
    return len(line) <= 2 * _LONGEST_BARE or _LABEL_END.search(line) is not None


def _joined(line: str) -> str:
    """A line with every date in it without inner spaces."""
    return _PARTED.sub(r"\1", line) if len(line.split()) > 1 else line


def _bare(lines: list[str]) -> list[tuple[str, str]]:
    """A date that begins a short line near the top, or stands in one with a time of day or behind the title."""
    short = [line for line in lines if len(line) <= _LONGEST_BARE and _BARE.match(line)]
    for pattern in (_TIMED, _BEHIND_TITLE):
        near = (m for line in lines if len(line) <= _LONGEST_BARE and (m := pattern.search(line)))
        short += [f"{m[1]} " for m in near][:1]
    days = [day for line in short if not _SIGNED.fullmatch(line) and (day := first_day(line[:20]))]
    return [(day, "page") for day in days[:1]]


def _signature(head: Head) -> str | None:
    """The last date that has a line of its own, at the end or under the title."""
    for line in (*reversed(head.last), *head.lines[:6]):
        shown = arabic(fold(line)).rstrip("。")
        match = _SIGNED.search(shown)
        if match and match.end() == len(shown) and len(shown) <= 40 and not re.search(r"[,，:：至]", shown):
            return first_day(shown[match.start() :])
    return None
