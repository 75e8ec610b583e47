"""Counts that the prose of a report states: codes, the words that state them, and the cells they speak of."""

from __future__ import annotations

from typing import NamedTuple

N = r"(?P<n>\d[\d,]*(?:\.\d+)?万?|[零〇一二两三四五六七八九十百千万]+)余?"
_REQUEST = r"(?:政府信息)?(?:公开)?(?:的)?(?:书面)?申请(?:公开)?(?:政府信息)?(?:共|共计|总数|数量)?(?:为)?"
_KIND = r"(?:网络|网上|信函|信件|当面|传真|现场|邮件|自然人|法人|企业)"
_RECEIVED = (
    rf"(?:^|[，,。；;、：:(])(?:(?!{_KIND})[^，,。；;、：:(])*?"
    rf"(?:收到|受理|接到|新收)(?![^，,。；;]{{0,12}}{_KIND})"
)
"""Requests through one channel or of one kind of applicant are not all, be it named before the verb or after it."""
_BESIDE = r"[^，,。；;、\d议讼]{0,12}"
_CAUSED = rf"(?:发生|收到|引起|引发){_BESIDE}{N}[件起宗]{_BESIDE}"
_NO_CASE = (
    r"(?:(?:未|没有)(?:发生|收到|出现|产生|接到|有|因|被|引起|引发|涉及)|(?<![有])无(?:因|发生|涉及|被|政府信息公开)?)"
    r"[^，,。；;\d]{0,24}?"
)
"""未 alone denies much besides: 未按时答复 is no word on the number of cases."""


class Statement(NamedTuple):
    """A count: `said` finds its number `n`, `none` says that there was none, neither without the `word`; `cells`
    add up to it."""

    code: str
    word: str
    said: tuple[str, ...]
    none: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    """Ways to make the number from cells: those of forms 2019 and 2021, and of the annex."""


def _routes(*routes: str) -> tuple[str, ...]:
    return tuple(f"remedies.{route}.total" for route in routes)


STATEMENTS = (
    Statement(
        "received",
        "申请",
        (
            rf"{_RECEIVED}[^，,。；;、\d]{{0,12}}{_REQUEST}{N}[件条份宗]",
            rf"{_RECEIVED}(?:各类|群众|公民)?(?:依申请公开|政府信息公开申请)(?:事项|件)?(?:共|共计)?{N}[件条份宗]",
        ),
        (r"(?:未|没有|未曾)(?:收到|接到)[^，,。；;]{0,24}?申请(?!人|者|表|行政|补|提起|复议)",),
        (("requests.received.total",), ("annex.received",)),
    ),
    Statement(
        "granted",
        "予以公开",
        (rf"(?<!部分)(?<!不)予以公开(?:的)?(?:共|为|有)?{N}[件条份宗]",),
        (),
        (("requests.granted.total",),),
    ),
    Statement(
        "reconsideration",
        "行政复议",
        (
            rf"行政复议(?:案件)?(?:申请)?(?:的)?(?:数量)?(?:共|共计|为)?{N}[件起宗]",
            rf"{_CAUSED}行政复议",
        ),
        (rf"{_NO_CASE}行政复议", r"零行政复议"),
        (_routes("reconsideration"), ("annex.reconsideration",)),
    ),
    Statement(
        "litigation",
        "行政诉讼",
        (
            rf"行政诉讼(?:案件)?(?:的)?(?:数量)?(?:共|共计|为)?{N}[件起宗]",
            rf"{_CAUSED}行政诉讼",
        ),
        (rf"{_NO_CASE}行政诉讼", r"零行政诉讼"),
        (_routes("litigation_direct", "litigation_after_reconsideration"), ("annex.litigation",)),
    ),
    Statement(
        "proactive_total",
        "主动公开",
        (
            rf"(?<!不)主动公开(?:各类|的)?(?:政府|政务)?信息(?:数量)?(?:共|共计|总数|总计)?(?:为)?{N}余?[条件]",
        ),
        (),
        (("annex.proactive_total",),),
    ),
)
"""Every code of `stated`, with what states it."""
