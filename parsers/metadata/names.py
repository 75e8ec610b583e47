"""How the names of organs stand in a report: patterns of what it says of its maker, and of words that are no name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from parsers.text import HAN


@dataclass(frozen=True)
class Phrase:
    """How a text names an organ (group `name`). What stands in every match, which then ends in its sentence, is looked
    for first: most texts have few of the phrases, and what they lack is not even compiled."""

    source: str
    needs: re.Pattern[str] | None = None

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The whole of it."""
        return re.compile(self.source)


NAME = rf"{HAN}{{2,30}}?"
FORMAL = (
    rf"(?:人民政府(?:办公厅|办公室|外事办公室|{HAN}{{2,8}}街道办事处|{HAN}{{1,6}}[镇乡])?|镇政府|乡政府|街道办事处|街道办|街道|(?:编[纂制]|信息化|安全生产|动员)委员会办公室"
    r"|苏木人民政府|管理委员会|管委会|委员会|管理局|监督局|分局|局|厅|财政部|教育部|(?:资源|保障|环境|建设)部|办公厅|办公室"
    r"|研究院|供销合作社联合社|供销合作总社|供销合作社|供销社|中心|民族乡|镇|乡|苏木|[省市县区旗州盟]政府(?:办公[室厅])?|开发区|示范区|园区|产业园|工业园|科技园|海关(?!总署|系统)|总署|[支大]队"
    r"|[省市县区旗州盟](?=20\d\d年))"
    r"(?!人民|政府(?!信息|政务|\(机关)|办事处|委员会|管理|管委|[镇乡局厅]|分局|居民|职工|(?<=乡)(?:建设|规划|统筹|环境)|[一-龥]{0,8}(?:卫生院|医院|[中小]学)"
    r"|(?<=局)(?:(?![对在和与由同及的])[一-龥]){0,12}(?:分局|税务局|稽查局|[支大]队))"
)
UNDER = (
    rf"(?:\([^)]{{2,12}}\))?(?:(?:(?!局|厅|委员会|办事处|人民|街道|镇|乡)(?:{HAN}|[()])){{0,20}}?"
    r"(?:办公室|办公厅|办|科|处|股|室|中心|小组))?"
)
"""An office under an organ: it answers the telephone and writes the report."""

ORGAN_LINE = re.compile(
    rf"{NAME}(?:人民政府|镇政府|乡政府|街道办事处|管委会|管理委员会|委员会|局|厅|办公室|办公厅|中心|镇|乡|街道|苏木)"
)
MADE_BY = Phrase(
    rf"由(?P<name>{NAME}{FORMAL}){UNDER}(?P<sum>综合|汇总)?(?:(?:按照|根据|依据|依照)[^。]{{0,200}}?|[^。]{{0,40}}?)编[制写]",
    needs=re.compile("由[^。]{3,320}?编[制写]"),
)
ANNOUNCED = Phrase(
    rf"(?:公布|发布|公开|编制(?:了|完成)?|编写|汇总|向社会公布|现将)《?(?:[a-z][a-z\d.-]{{2,24}})?(?:20\d\d年?度?)?(?P<name>(?:(?!编制|公布|发布|公开){HAN}){{2,30}}?{FORMAL})(?:\([^)]{{2,24}}\))?的?"
    r"(?:20\d\d年?(?:度)?)?(?:的)?(?:政府)?(?:\(机关\))?(?:信息|政务)公开"
)
MAKES = Phrase(
    rf"(?:^|[。,，;])(?P<name>{NAME}{FORMAL})(?:\([^)]{{2,12}}\))?(?:(?:根据|按照|依据|依照)[^。]{{0,160}}?)?(?:特此|特|现)?(?:向社会)?(?:编制|制作|公布|公开|发布)了?《?(?:20\d\d|本)",
    needs=re.compile(r"(?:编制|制作|公布|公开|发布)了?《?(?:20\d\d|本)"),
)
OPENS = Phrase(
    rf"(?:^|。)(?P<name>{NAME}{FORMAL})(?:20\d\d年?(?:度)?)?(?:政府)?(?:信息|政务)公开(?:工作)?(?:年度)?(?:报告|年报)(?:\(|是|根据|依据|按照)",
    needs=re.compile(r"公开(?:工作)?(?:年度)?(?:报告|年报)(?:\(|是|根据|依据|按照)"),
)
CONTACT = Phrase(
    rf"(?:与|请联系|联系|联系单位)[:：]?(?P<name>{NAME}{FORMAL}){UNDER}(?:联系|\(|,|，|:|、|地址)",
    needs=re.compile("[与系位]"),
)
SUBJECT = Phrase(
    rf"(?:^|[。,，;])(?:20\d\d年度?)?(?P<name>{NAME}{FORMAL})(?:\([^)]{{2,16}}\)|(?:政府)?信息公开工作)?"
    r"(?:以习近平|坚持|认真|严格|深入|高度|未收到|始终|积极|全面|按照|持续|紧紧|在[^。,，;]{2,24}[领指]导下)",
    needs=re.compile(
        r"[府厅室处镇乡办道木会局部院心区作)](?:以习近平|坚持|认真|严格|深入|高度|未收到|始终|积极|全面|按照|持续|紧紧|在)"
    ),
)
SOURCE = Phrase(
    rf"(?:来源|发布机构|发布单位)[:：]?(?P<name>{HAN}{{3,30}}?)"
    r"(?=发布|发表|日期|时间|字体|浏览|作者|录入|点击|责任|[|:：\[(]|$)"
)
OFFICE = re.compile(
    r"(?:(?<=政府|总署|总局|字会|总会|协会|合会|工会)|(?<=[院馆所站社联台校场司师团队室办]))(?:办公室|办公厅)$"
)
"""Whom to call about the report of a government, a head office or a body that is no bureau is its office."""

PLACE = re.compile(r"(?:镇|乡|街道|苏木|县|市|区|旗|州|省|盟|自治区|示范区|开发区)$")
PLACELESS = re.compile(r"[省市县区旗州盟]|(?:(?!(?<!城)市(?!场)|[省县区旗州盟]).){2,12}(?:局|委员会|中心)$")
"""A name that begins with a level (市水利局), or has none (农业农村局), leaves out the place."""

ADDED = ("人民政府", "街道办事处", "办事处", "管理委员会", "管委会")
NOT_A_NAME = re.compile(
    r"^年?度?(?:(?:党政|综合|行政|政务公开|信息公开)*办公[室厅]$|(?:开发|高新|经开|示范|园)区(?:政府|管委会|管理委员会)?$|[我该各]|本(?!溪)|全(?!椒|州|南)|办事处|根据|按照|有关|市委|县委|区委|党委|国务院|上级|[省市区县镇乡]?政府)"
    r"|[省市县区旗州镇乡]各|领导|通知|条例|要求|公开|报告|本级|所属|网站|平台|或|直接|意见|反[映应]|通过|结合|年度|指南|目录"
    r"|登[录陆]|个人中心|工作(?!部|委员会|站|办)|信息(?!中心|化|产业|技术)"
)
LEAD = re.compile(
    r"^(?:现将?|特(?!克斯)|并|向社会|如有疑问|请|由|与|报告|本(?!溪)|和(?![平田静政顺县龙硕林布])|及|了)+"
)
"""Words that lead to a name; some places begin like them."""
