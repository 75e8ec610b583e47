"""Persons' numbers and names, masked in what is shown in public. What was archived stays as it stood.

What this cannot see: a name without a word before or after it that tells it is one; behind an office, a name whose
surname is rare, double, or also begins common words (高, 任, 成 …); a number in Chinese or full-width numerals. It
rather masks a word too many than a name too few. Figures of the tables never pass through it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗郑梁谢宋唐许韩邓冯曹彭曾肖田董袁潘蔡蒋余杜叶魏苏吕丁沈姚卢姜崔钟谭陆汪范石廖贾"
    "韦夏付邹熊孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵钱严覃武戴莫孔汤"
)
"""The commonest surnames but those that begin common words of these reports (高, 任, 于, 成, 方, 常, 白, 万, 向 …)."""

_NAME = "[\u4e00-\u9fff]{1,3}(?:·[\u4e00-\u9fff]{1,8})?"
_END = r"(?=[\s，。、；：,.;:（）()0-9〔]|$)"


@dataclass(frozen=True, slots=True)
class Mask:
    """What is masked, by what, and why; the groups `keep` and `after` stay."""

    pattern: re.Pattern[str]
    shown: str
    reason: str


def _mask(pattern: str, shown: str, reason: str) -> Mask:
    return Mask(re.compile(pattern), shown, reason)


MASKS = (
    _mask(
        r"(?<![A-Za-z0-9_.+-])[A-Za-z0-9_.+-]{1,64}[@＠][A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})+",
        "〔邮箱〕",
        "an e-mail address, often of a person",
    ),
    _mask(
        r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{2}[01]\d[0-3]\d{4}[0-9Xx](?![0-9A-Za-z])",
        "〔证件号〕",
        "an identity number of 18 characters: division, birthday, serial number",
    ),
    _mask(
        r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[- ]?\d{4}){2}(?!\d)",
        "〔电话〕",
        "a mobile number, also in groups",
    ),
    _mask(
        r"(?<!\d)[（(]?0\d{2,3}[）)]?\s?[-—－–]?\s?[2-9]\d{6,7}(?:[-—－转]\d{1,5})?(?!\d)",
        "〔电话〕",
        "a landline number with its area code",
    ),
    _mask(
        r"(?P<keep>(?:电话|手机|传真|热线|座机|[Tt]el|TEL)(?:号码)?\s*[：:为是]?\s*)\d[\d\s-]{5,14}\d(?!\d)",
        "〔电话〕",
        "a number without area code behind a word for telephone; hotlines such as 12345 are shorter and stay",
    ),
    _mask(r"(?P<keep>(?:QQ|微信号?)\s*[：:]\s*)[\w-]{5,20}", "〔账号〕", "an account of a person"),
    _mask(
        rf"(?P<keep>(?:联系人|经办人|经办|负责人|填表人|填报人|制表人|制表|审核人|审签人|签发人|撰稿人?|联络员|责任人|责任编辑|"
        rf"姓名|申请人|当事人|原告|被告|第三人)\s*(?:姓名)?\s*[：:]\s*)[\u4e00-\u9fff]{_NAME}",
        "〔姓名〕",
        "whatever stands behind such a word and a colon",
    ),
    _mask(
        rf"(?P<keep>(?:联系人|经办人|负责人|填表人|填报人|制表人|审核人|签发人|撰稿人|联络员|责任人|申请人|原告)(?:为|是|\s)?)"
        rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}{_END}",
        "〔姓名〕",
        "a name behind such a word without a colon: a common surname, and nothing more before the pause",
    ),
    _mask(
        rf"(?P<keep>(?:书记|镇长|乡长|县长|区长|市长|主任|局长|科长|股长|所长|站长|部长|委员|干事|专员)(?:、)?)"
        rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?=同志|担任|任|为|牵头|负责|主持|[\s，。、；：（）()]|$)",
        "〔姓名〕",
        "a name behind an office: a common surname, and then a verb or a pause",
    ),
    _mask(
        rf"[{SURNAMES}][\u4e00-\u9fff]{{1,2}}?(?P<after>同志|先生|女士)",
        "〔姓名〕",
        "a name before a form of address",
    ),
)
"""In this order: numbers first, so that what stands beside a name is no digit."""


def mask(text: str) -> str:
    """A text without what `MASKS` know of persons."""
    for one in MASKS:
        text = one.pattern.sub(lambda match, shown=one.shown: _put(match, shown), text)  # type: ignore[misc]
    return text


def _put(match: re.Match[str], shown: str) -> str:
    kept = match.groupdict()
    return f"{kept.get('keep') or ''}{shown}{kept.get('after') or ''}"
