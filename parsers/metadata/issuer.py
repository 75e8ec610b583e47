"""Who issued a report: the title's word first, then what the report says of itself, the page's uploader last."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from parsers.metadata.head import LAST_LINES, Head, site_owner
from parsers.report import Finding, Report, Witness
from parsers.text import HAN, simplify, squeeze
from parsers.titles import ORGAN, SITE, is_report, read_title

NAME = rf"{HAN}{{2,30}}?"
FORMAL = (
    rf"(?:人民政府(?:办公厅|办公室|外事办公室|{HAN}{{2,8}}街道办事处|{HAN}{{1,6}}[镇乡])?|镇政府|乡政府|街道办事处|街道办|街道"
    r"|苏木人民政府|管理委员会|管委会|委员会|管理局|监督局|分局|局|厅|财政部|教育部|(?:资源|保障|环境|建设)部|办公厅|办公室"
    r"|研究院|中心|民族乡|镇|乡|苏木|[省市县区旗州盟]政府|开发区|示范区|园区"
    r"|[省市县区旗州盟](?=20\d\d年))"
    r"(?!人民|政府(?!信息|政务|\(机关)|办事处|委员会|管理|管委|[镇乡局厅])"
)
_UNDER = (
    rf"(?:\([^)]{{2,12}}\))?(?:(?:(?!局|厅|委员会|办事处|人民|街道|镇|乡)(?:{HAN}|[()])){{0,20}}?"
    r"(?:办公室|办公厅|办|科|处|股|室|中心|小组))?"
)
"""An office under an organ: it answers the telephone and writes the report."""

_ORGAN_LINE = re.compile(
    rf"{NAME}(?:人民政府|镇政府|乡政府|街道办事处|管委会|管理委员会|委员会|局|厅|办公室|办公厅|中心|镇|乡|街道|苏木)"
)
_MADE_BY = re.compile(
    rf"由(?P<name>{NAME}{FORMAL}){_UNDER}(?P<sum>综合|汇总)?(?:(?:按照|根据|依据|依照)[^。]{{0,200}}?|[^。]{{0,40}}?)编[制写]"
)
_ANNOUNCED = re.compile(
    rf"(?:公布|发布|公开|编制(?:了|完成)?|编写|汇总|向社会公布|现将)《?(?:[a-z][a-z\d.-]{{2,24}})?(?:20\d\d年?度?)?(?P<name>(?:(?!编制|公布|发布|公开){HAN}){{2,30}}?{FORMAL})(?:\([^)]{{2,12}}\))?的?"
    r"(?:20\d\d年?(?:度)?)?(?:的)?(?:政府)?(?:\(机关\))?(?:信息|政务)公开"
)
_MAKES = re.compile(
    rf"(?:^|[。,，;])(?P<name>{NAME}{FORMAL})(?:\([^)]{{2,12}}\))?(?:(?:根据|按照|依据|依照)[^。]{{0,160}}?)?(?:特此|特|现)?(?:向社会)?(?:编制|制作|公布|公开|发布)了?《?(?:20\d\d|本)"
)
_OPENS = re.compile(
    rf"(?:^|。)(?P<name>{NAME}{FORMAL})(?:20\d\d年?(?:度)?)?(?:政府)?(?:信息|政务)公开(?:工作)?(?:年度)?(?:报告|年报)(?:\(|是|根据|依据|按照)"
)
_CONTACT = re.compile(
    rf"(?:与|请联系|联系|联系单位)[:：]?(?P<name>{NAME}{FORMAL}){_UNDER}(?:联系|\(|,|，|:|、|地址)"
)
_SUBJECT = re.compile(
    rf"(?:^|[。,，;])(?P<name>{NAME}{FORMAL})(?:\([^)]{{2,16}}\)|(?:政府)?信息公开工作)?"
    r"(?:以习近平|坚持|认真|严格|深入|高度|未收到|始终|积极|全面|按照|持续|紧紧|在[^。,，;]{2,24}[领指]导下)"
)
_NEEDS = {
    _OPENS: re.compile(r"公开(?:工作)?(?:年度)?(?:报告|年报)(?:\(|是|根据|依据|按照)"),
    _MAKES: re.compile(r"(?:编制|制作|公布|公开|发布)了?《?(?:20\d\d|本)"),
    _SUBJECT: re.compile(
        r"[府厅室处镇乡办道木会局部院心区作)](?:以习近平|坚持|认真|严格|深入|高度|未收到|始终|积极|全面|按照|持续|紧紧|在)"
    ),
}
"""What stands in every match of patterns that stay within a sentence and begin anywhere, and is seen sooner."""

_SOURCE = re.compile(
    rf"(?:来源|发布机构|发布单位)[:：]?(?P<name>{HAN}{{3,30}}?)"
    r"(?=发布|发表|日期|时间|字体|浏览|作者|录入|点击|责任|[|:：\[(]|$)"
)
_OFFICE = re.compile(r"(?<=政府)(?:办公室|办公厅)$")
"""Whom to call about a government's report is its office."""

_PLACE = re.compile(r"(?:镇|乡|街道|苏木|县|市|区|旗|州|省|盟|自治区|示范区|开发区)$")
_LEVEL = re.compile(r"[省市县区旗州盟]|(?:(?!(?<!城)市(?!场)|[省县区旗州盟]).){2,12}(?:局|委员会|中心)$")
"""A name that begins with a level (市水利局), or has none (农业农村局), leaves out the place."""

_ADDED = ("人民政府", "街道办事处", "办事处", "管理委员会", "管委会")
_NOT_A_NAME = re.compile(
    r"^年?度?(?:[我该各]|本(?!溪)|全(?!椒|州|南)|办事处|根据|按照|有关|市委|县委|区委|党委|国务院|上级|[省市区县镇乡]?政府)"
    r"|[省市县区旗州镇乡]各|领导|通知|条例|要求|公开|报告|本级|所属|网站|平台|或|直接|意见|反[映应]|通过|结合|年度|指南|目录"
    r"|登[录陆]|个人中心|工作(?!部|委员会|站|办)|信息(?!中心|化|产业|技术)"
)
_LEAD = re.compile(
    r"^(?:现将?|特(?!克斯)|并|向社会|如有疑问|请|由|与|报告|本(?!溪)|和(?![平田静政顺县龙硕林布])|及|了)+"
)
"""Words that lead to a name; some places begin like them."""


def read_issuer(head: Head, report: Report) -> None:
    """Set the issuer and its witnesses; a title that names another unit than its twin is a finding."""
    named = [(title.issuer, "title") for title in head.found if title.verdict == "report" and title.issuer]
    others = list(_witnesses(head))
    report.witnesses += [Witness("issuer", name, source) for name, source in dict.fromkeys((*named, *others))]
    if named:
        report.issuer = _fuller(named[0][0], [name for name, _ in others])
        different = [name for name, _ in named if not same_unit(name, named[0][0])]
        if different:
            message = (
                f"the titles name different issuers: {named[0][0]}, {', '.join(dict.fromkeys(different))}"
            )
            report.findings.append(Finding("issuer_disagreement", ("issuer",), message))
    elif others:
        report.issuer = _fuller(others[0][0], [name for name, _ in others])


def _witnesses(head: Head) -> Iterator[tuple[str, str]]:
    """Names in the order of trust, as the text prints them."""
    text = squeeze("\n".join(head.lines).replace("\n", "。"))
    yield from _beside_title(head)
    for names in (_matched(_OPENS, text), _matched(_ANNOUNCED, text), _makers(text), _matched(_MAKES, text)):
        yield from ((name, "prose") for name in names)
    for name in _matched(_CONTACT, text):
        yield _government(name), "contact"
    yield from _signature(head)
    yield from ((name, "prose") for name, _ in Counter(_matched(_SUBJECT, text)).most_common(2))
    top = squeeze("|".join(head.first))
    yield from ((name, "page") for name in _matched(_SOURCE, top) if ORGAN.search(simplify(name)))
    if source := _name(squeeze(head.meta.get("ContentSource", ""))):
        yield source, "meta"


def _matched(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    """The names that a pattern finds in a squeezed text, in its own script."""
    plain = simplify(text)
    places = _sentences_with(_NEEDS[pattern], plain) if pattern in _NEEDS else ((0, len(plain)),)
    for begin, end in places:
        for match in pattern.finditer(plain, begin, end):
            if name := _name(text[match.start("name") : match.end("name")]):
                yield name


def _sentences_with(needed: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    """Where the sentences stand that hold something, each from the full stop before it."""
    end = -1
    for found in needed.finditer(text):
        if found.start() > end:
            begin, end = text.rfind("。", 0, found.start()), text.find("。", found.end())
            end = len(text) if end < 0 else end
            yield max(0, begin), end


def _government(name: str) -> str:
    """A government for its office."""
    office = _OFFICE.search(simplify(name))
    return name[: office.start()] if office else name


def _makers(text: str) -> Iterator[str]:
    """Who made the report; an office that put together what many organs reported did so for its government."""
    for match in _MADE_BY.finditer(simplify(text)):
        if name := _name(text[match.start("name") : match.end("name")]):
            yield _government(name) if match["sum"] else name


def _beside_title(head: Head) -> Iterator[tuple[str, str]]:
    """A line near a title without issuer that is a name and nothing else."""
    shown = [squeeze(line) for line in head.first]
    site = site_owner(head)
    at = [
        n
        for n, line in enumerate(shown)
        if len(line) < 40 and (t := read_title(line)).verdict == "report" and not t.issuer
    ]
    for place in at[:2]:
        for near in (place + 1, place - 1, place + 2):
            if (
                0 <= near < len(shown)
                and _ORGAN_LINE.fullmatch(simplify(shown[near]))
                and (name := _name(shown[near]))
                and (near > place or simplify(name) != site)
            ):
                yield name, "title"


def _signature(head: Head) -> Iterator[tuple[str, str]]:
    for line in reversed(_below_title(head.lines)):
        shown = squeeze(line)
        if len(shown) < 40 and _ORGAN_LINE.fullmatch(simplify(shown)) and (name := _name(shown)):
            yield name, "signature"


def _below_title(lines: list[str]) -> list[str]:
    """The last lines, from the first title on: what stands above it signs nothing."""
    early, last = lines[:-LAST_LINES], lines[-LAST_LINES:]
    at = next((n for n, line in enumerate(last) if is_report(line)), 0)
    return last if not at or any(map(is_report, early)) else last[at:]


def _name(text: str) -> str | None:
    """A name as it can stand: without lead words, and none that only points (我镇, 市政府)."""
    name = _LEAD.sub("", text)
    plain = simplify(name)
    return name if 3 <= len(name) <= 30 and not (_NOT_A_NAME.search(plain) or SITE.search(plain)) else None


def _fuller(name: str, others: list[str]) -> str:
    """A bare place (青石镇) with the words another witness adds to it (云溪县青石镇人民政府); an office is another
    organ than its government and adds nothing."""
    if _LEVEL.match(simplify(name)):
        return next((other for other in others if len(other) > len(name) and _ends_like(other, name)), name)
    if not _PLACE.search(simplify(name)):
        return name
    for other in others:
        head, found, tail = other.partition(name)
        if found and tail in _ADDED and (not head or _PLACE.search(simplify(head))):
            return other
    return name


def _ends_like(name: str, end: str) -> bool:
    """Whether a name ends like another, but for a word that joins (人力资源和社会保障局)."""
    return re.sub("[和与]", "", simplify(name)).endswith(re.sub("[和与]", "", simplify(end)))


def same_unit(one: str, other: str) -> bool:
    """Whether two names can be one unit's: the one ends like the other, words for the organ apart."""
    a, b = (re.sub(r"(?:人民政府|政府|街道办事处|办事处|机关)$", "", simplify(name)) for name in (one, other))
    return a.endswith(b) or b.endswith(a)
