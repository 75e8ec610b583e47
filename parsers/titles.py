"""Titles: is it a report, whose, of which year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from parsers.text import fold, simplify, squeeze
from parsers.years import arabic, years

if TYPE_CHECKING:
    from parsers.portals.model import Verdict

YEAR = r"(?:\d{0,1}20\d\d(?:年度|年)?(?:年度)?|年度)"
SUBJECT = r"(?:政府)?(?:政府|机关|\(机关\))?(?:信息|政务|政务信息|政务和信息)(?:主动)?公开"
REPORT = re.compile(
    rf"""(?P<subject>{SUBJECT}|(?:政府)?信息(?=年度公开))
    (?P<tail>(?:年度公开|工作|情况|的|及|{YEAR}|执行|实施)*
      (?:年度报告|年报|总结报告|报告(?!制度)))
    | (?P<annex>(?:政府)?信息公开(?:工作)?(?:情况)?(?:年度)?统计(?:报)?表)""",
    re.VERBOSE,
)
"""What a report calls itself. 总结报告 is matched to be refused with a reason of its own."""

NEAR = re.compile(
    r"信息公开|政务公开|公开指南|公开目录|公开年|法治政府|依法行政|依法治|网站.{0,6}年度|年度.{0,4}网站|决算"
    r"|三公|绩效评价|政府工作报告|年报"
)
"""Words of documents that stand beside reports and are none."""

ABOUT = re.compile(
    r"通知|通报|解读|图解|图说|一图|读懂|制度|办法|规定|规范|指南|方案|部署|培训|召开|工作总结|总结报告|思路|要点"
    r"|说明|编制|编报|看懂|数读|速览|格式|模板|范文|范本|样本|填报|评估|考核|提醒|征求|报送|的函|印发|专栏|栏目|综述|汇编|合集"
    r"|研究|论文|浅析|浅谈|初探|对策|分析|思考|[xX×某]{2}(?=[镇乡县市区局街省])|20[xX×]{2}"
    r"|展示平台|展示专栏|企事业单位|推进会|学年|法治政府|工作会|开展|举办|督查|检查|整改|反馈|问答|半年|季度|\d月(?!\d*日)"
)
"""Words that make a title one about reports, when they stand outside the issuer and the report's own name."""

ORGAN = re.compile(
    r"(?:人民政府|政府|镇|乡|街道|苏木|办事处|街办|委员会|管委会|委|局|厅|部|署|院|办公室|办公厅|办|中心|站|所|处|队|支队|大队"
    r"|市|县|区|旗|州|省|盟|场|团|公司|银行|馆|社|会|机关|总队|园区|示范区|开发区|师|兵团)$"
)
"""How the name of an issuer ends."""

SITE = re.compile(r"(?:(?:门户|政务|政府|信息|公众)网站?|网站|平台|客户端)$")
"""How the name of a site ends; it is nobody's name, although 站 also ends names of organs."""

_NO_ORGAN = re.compile(r"(?:学校|[小中大]学|学院|党校|幼儿园|医院|卫生院|公司|集团)$")
"""How the names of those end who report on themselves, but not as organs of the government."""

_OTHER_INFORMATION = re.compile(r"(?:信用|环境|环保|财务|财政|预算|决算|采购|企业|产品|价格|安全|质量)$")
"""Of whom or what there is information to disclose that is not the government's."""

_NO_NAME = re.compile(r"(?:公开|分类|年报|栏目|目录|下载)$|首页|[>»›]")
"""What stands before a title and is nobody's name."""

_TOLD_BEFORE = re.compile(r"[一-龥]{2}(?:(?<!信息)(?<!政务)(?<!主动)公开|发布|公布|晒出|亮出)了?$")
_TOLD_BEHIND = re.compile(r"(?:今[天日]|正式|集中)?(?:发布|公布|出炉|出台|亮相)[了啦]?$")
"""How a headline says that somebody published a report."""

_SITE_BEFORE = re.compile(r"^.{2,30}?(?:门户网站|政府网站?|信息网)[-—_|·:：]*")
_PREFIX = re.compile(
    r"^(?:[【\[(][^】\])]{0,12}[】\])]|附件?\d*[:：.、]?|[·•◆■●\-—>»※*#]+|(?:\d{1,2}[.、]|\d{1,3}[-—–])(?!\d)|关于)+"
)
_ABOUT_MARK = re.compile(r"(?:关于|關於|關于)(?:发布|公布|發布|公開|公开)?")
_PUNCTUATION = re.compile(r"[《〈\"“「》〉”」,。:：;、!?]")
_DATE = re.compile(r"[(\[]?20\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?[)\]]?$")
_FILE = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|ofd|html?|txt)$", re.IGNORECASE)
_HEAD_YEAR = re.compile(
    rf"(?:20\d\d年?[至到和、\-—–~]+)?{YEAR}(?:[15]月(?:1日)?起?[至到\-—–~]+(?:(?:20\d\d|同)年)?12月(?:31日)?)?|[\[(〔]20\d\d[\])〕]年?度?"
)
"""A year, also one of which the months are named: the Regulations came into force in May 2008."""

_ENDS = re.compile(
    r"^(?:公布|发布|标题|名称)|(?:(?:[发發][布佈]|公[布佈]|(?<!信息)(?<!資訊)(?<!政[务務])(?<!主[动動])公[开開]|晒出|亮出)了?|印发|的)$"
)
"""What stands before and behind the name of an issuer."""

DISTRICT = re.compile(r"(?<=海[关關])[关關][区區]$")
"""The area of a customs house, for which its report on all houses under it is called."""

_GLOSS = re.compile(r"(?<=.)\([^()]*\)?$")
"""What a second name or 本级 behind the name of an organ stands in."""


@dataclass(frozen=True, slots=True)
class Title:
    """What a title alone tells; `None` where it does not."""

    text: str
    verdict: Verdict
    issuer: str | None
    year: int | None
    is_headline: bool = False
    """Whether it says that somebody published the report: so are news of it called, and some reports themselves."""


@lru_cache(maxsize=4096)
def read_title(text: str) -> Title:
    """Read the title of a page, an entry or a document."""
    shown = _DATE.sub("", _FILE.sub("", arabic(squeeze(text))))
    plain = simplify(shown)
    match = _own_name(plain)
    if match is None:
        return Title(text, "lookalike" if NEAR.search(plain) else "other", None, _single(plain))
    head, tail = plain[: match.start()], plain[match.end() :]
    verdict: Verdict = "lookalike" if _is_about(head, match, tail) else "report"
    issuer = _issuer(shown, match) if verdict == "report" else None
    if issuer and _NO_ORGAN.search(simplify(issuer)) and "政府" not in match.group():
        verdict, issuer = "lookalike", None
    return Title(text, verdict, issuer, _year(plain, match), verdict == "report" and _is_headline(head, tail))


def is_report(text: str) -> bool:
    """Whether `read_title` says that a line names a report; most lines lack the words, and are not read."""
    line = fold(text)
    return "公开" in line and ("报" in line or "统计表" in line) and read_title(text).verdict == "report"


def _own_name(plain: str) -> re.Match[str] | None:
    """The last place where the title speaks of a report, or of the annex that belongs to one."""
    found = None
    for match in REPORT.finditer(plain) if "公开" in plain and ("报" in plain or "统计表" in plain) else ():
        found = match
    return found


def _is_about(head: str, match: re.Match[str], tail: str) -> bool:
    if "总结" in match.group():
        return True
    quoted = head.endswith(("《", "〈", '"', "“")) and re.search(r"的?(?:公告|公示)$", tail)
    if quoted:
        return False
    if match.group().startswith("信息") and _OTHER_INFORMATION.search(head):
        return True
    return bool(ABOUT.search(tail) or ABOUT.search(_without_organ(head)))


def _is_headline(head: str, tail: str) -> bool:
    if _ABOUT_MARK.search(head) or "《" in head:
        return False
    return bool(_TOLD_BEFORE.search(_HEAD_YEAR.sub("", head)) or _TOLD_BEHIND.match(tail))


def _without_organ(head: str) -> str:
    """The head less an issuer whose own name holds one of the words (培训中心, 机构编制委员会)."""
    bare = _HEAD_YEAR.sub("", head)
    return re.sub(
        r"(?:培训|检查|督查|评估|考核|规范|研究|分析|编制|对策)+(?:中心|站|所|院|局|室|办公室|办(?!法)|大队|支队|委员会)",
        "",
        bare,
    )


def _year(plain: str, match: re.Match[str]) -> int | None:
    for part in (plain[: match.end()], plain[match.end() :]):
        if found := _single(part):
            return found
    return None


def _single(plain: str) -> int | None:
    found = set(years(plain))
    return found.pop() if len(found) == 1 else None


def _issuer(shown: str, match: re.Match[str]) -> str | None:
    head = _clean(shown[: match.start()])
    if not head:
        after = re.match(r"[-—_(]+([^-—_()]{2,30})\)?$", shown[match.end() :])
        head = _clean(after.group(1)) if after else ""
        if not ORGAN.search(simplify(head)) or SITE.search(simplify(head)):
            return None
    if head.endswith("人民") and shown[match.start() :].startswith("政府"):
        head += "政府"
    return head if 2 <= len(head) <= 40 and not _NO_NAME.search(simplify(head)) else None


def _clean(head: str) -> str:
    """The head of a title down to the issuer's name: in 甲关于发布《2010年乙 it is 乙, in 甲关于2010年 it is 甲, and
    in 甲2010年甲, where the second says of what there is information, it is the first."""
    head = _SITE_BEFORE.sub("", _PREFIX.sub("", head))
    before, _, after = _ABOUT_MARK.sub("\0", head, count=1).partition("\0")
    return _bare(after) or _bare(before)


def _bare(name: str) -> str:
    before, _, field = _HEAD_YEAR.sub("\0", name, count=1).partition("\0")
    name = before if field and field in before else before + field
    name = DISTRICT.sub("", _GLOSS.sub("", _PUNCTUATION.sub("", _HEAD_YEAR.sub("", name))))
    return _ENDS.sub("", name).strip("-—_·|()[].")
