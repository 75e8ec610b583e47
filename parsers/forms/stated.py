"""Counts that the prose of a report states: codes, the words that state them, and the cells they speak of."""

from __future__ import annotations

from typing import NamedTuple

NUMERALS = "零〇一二两三四五六七八九十百千万"
N = (
    r"(?P<about>大?约|近|超过?|逾)?"
    rf"(?P<n>\d[\d,]*(?:\.\d+)?万?|(?<![数几{NUMERALS}])[{NUMERALS}]+)(?P<odd>[余多]万?)?"
)
"""A number; with `about` or `odd` a rough one. 数十 is none."""
_REQUEST = (
    r"(?:政府信息)?(?:公开)?(?:的)?(?:书面)?申请(?:公开)?(?:政府信息)?(?:事项)?(?:共计?|总?数|数量)?(?:为)?"
)
_KIND = (
    r"(?:其中|重复|补正|撤[回销]|网络|网上|网站|平台|信函|信件|当面|传真|现场|邮件|自然人|(?<!公民、)法人|企业"
    r"|涉及|方面)"
)
_RECEIVED = (
    r"(?:^|[，,。；;、：:(])(?:[^，,。；;、：:(]{0,12}等(?:多种|各种|多个|各类|各)?(?:渠道|方式|形式|途径))?"
    rf"(?:(?!{_KIND})[^，,。；;、：:(])*?"
    rf"(?:收到|受理|接到|新收)(?:了)?(?![^，,。；;(]{{0,12}}{_KIND})"
)
"""Requests through one channel, of one kind of applicant or of one matter are not all, be it named before the verb or
after it."""
_BESIDE = r"[^，,。；;、\d议讼]{0,12}"
_CAUSED = rf"(?:发生|收到|引起|引发){_BESIDE}{N}[件起宗]{_BESIDE}"
_NO_CASE = (
    r"(?:(?:未|没有)(?:发生|收到|出现|产生|接到|有|因|被|引起|引发|涉及)|(?<![有])无(?:因|发生|涉及|被|政府信息公开)?)"
    r"[^，,。；;\d]{0,24}?"
)
"""未 alone denies much besides: 未按时答复 is no word on the number of cases."""
_OF_OTHERS = r"(?![，,]其中[^，,。；;]{0,6}信息公开)"
"""Of all the cases of an organ those on the disclosure of information are named apart."""
_OUTCOME = r"(?![^，,。；;]{0,12}(?:纠|败诉|撤销|维持|超期|违法|费用))"
"""That none was lost or cost anything does not say that there was none."""

_DISCLOSURE = r"信息公开|政务公开|依申请|申请公开"
OTHER_MATTERS = (
    r"(?:信访|投诉)[^，,。；;]{0,6}申请|许可|审批|低保|救助|补[贴助]|登记|社保|仲裁|援助|公证|住房|[证照卡]"
)
"""What else is applied for."""

CHANNEL = (
    r"网站?|平台|专栏|栏目|板块|公众号|微信|微博|抖音|头条|客户端|新媒体|公报|公示栏|公开栏|宣传栏|目录系统"
    r"|电视|报纸|报刊|广播|大厅|窗口|查阅[点室]|会议"
)
"""What information is disclosed through: a count of one channel is not the count of all."""
MANY = r"等|各(?!类(?:政府|政务)?信息)|多种|多个|渠道|载体"


class Statement(NamedTuple):
    """A count: `said` finds its number `n`, `none` says that there was none, neither without the `word`; `about` is
    what the paragraph must speak of; of a number `by_channel` that of one channel is a part; `cells` add up to it."""

    code: str
    word: str
    about: str
    by_channel: bool
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
        "",
        False,
        (
            rf"{_RECEIVED}(?:公民、法人(?:(?:[和或及]者?|、)其他(?:社会)?组织)?)?[^，,。；;、\d议讼]{{0,24}}{_REQUEST}{N}[件条份宗例起]",
            rf"{_RECEIVED}(?:各类|群众|公民)?(?:政府信息)?(?:依申请(?:政府信息)?公开|政府信息公开申请)(?:政府信息|信息)?(?:申请)?(?:事项|件)?(?:共|共计)?"
            rf"{N}[件条份宗例起]",
            rf"{_RECEIVED}(?:共|共计)?{N}[件条份宗例起](?:政府)?(?:信息公开|依申请公开)",
        ),
        (
            r"(?:未|没有|未曾)(?:接?收到|接到|受理)(?:(?!舆情|建议|提案)[^，,。；;]){0,24}?申请(?!人|者|表|行政|补|提起|复议|公开的?(?:行政)?(?:复议|诉讼)|[^，,。；;]{0,8}(?:咨询|投诉))",
            r"(?:未有|没有|无)(?:公民|群众|任何|个人)[^，,。；;]{0,30}?提[出交][^，,。；;]{0,12}?申请(?!人|行政|复议)",
            r"(?:(?<!有)无|未(?:发生|产生))(?:依申请公开(?:政府信息)?的?|(?:政府)?信息公开的?)(?:申请|事项|情况|案件)(?:事项|情况)?(?=[，,。；;]|$)",
        ),
        (("requests.received.total",), ("annex.received",)),
    ),
    Statement(
        "granted",
        "予以公开",
        "",
        False,
        (rf"(?<!部分)(?<!不)予以公开(?:的)?(?:共|为|有)?{N}[件条份宗]",),
        (),
        (("requests.granted.total",),),
    ),
    Statement(
        "reconsideration",
        "行政复议",
        _DISCLOSURE,
        False,
        (
            rf"行政复议(?:案件?)?(?:申请)?(?:的)?(?:数量)?(?:共|共计|为)?{N}[件起宗]{_OF_OTHERS}",
            rf"{_CAUSED}行政复议",
        ),
        (rf"{_NO_CASE}行政复议{_OUTCOME}", r"零行政复议"),
        (_routes("reconsideration"), ("annex.reconsideration",)),
    ),
    Statement(
        "litigation",
        "行政诉讼",
        _DISCLOSURE,
        False,
        (
            rf"行政诉讼(?:案件?)?(?:的)?(?:数量)?(?:共|共计|为)?{N}[件起宗]{_OF_OTHERS}",
            rf"{_CAUSED}行政诉讼",
        ),
        (rf"{_NO_CASE}行政诉讼{_OUTCOME}", r"零行政诉讼"),
        (_routes("litigation_direct", "litigation_after_reconsideration"), ("annex.litigation",)),
    ),
    Statement(
        "proactive_total",
        "主动公开",
        "",
        True,
        (
            rf"(?P<from>(?<![不拟应])主动公开)(?:了|各类|的)?(?:政府|政务)?信息(?:数量|总数|条数|数)?(?:累计|共|共计|总计|合计|为|达|有)*{N}[条件]",
        ),
        (),
        (("annex.proactive_total",),),
    ),
)
"""Every code of `stated`, with what states it."""
