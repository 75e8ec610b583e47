"""What is read in a bench: sample reports in the clothes that office programs and portals put on them."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from random import Random

from crawler.demo import templates
from crawler.demo.county import qinghe
from crawler.demo.entries import Article
from crawler.demo.office import as_docx, as_zip
from crawler.demo.reports import SampleReport, make_report

MOST = 17
"""Reports of one year of the sample county: units, figures and prose differ, labels do not, as on real portals."""

_PLACE = "青白红绿金银石林松柏梅兰竹菊云雨雪霜溪河湖泉山岭原川东西南北安平永和长新福寿康宁"
_KINDS = ("镇人民政府", "乡人民政府", "街道办事处", "县财政局", "县教育局", "县水利局", "县人民政府办公室")
_SPOKEN = ("overview", "problems")
_WHO = ("全县", "各部门", "镇村两级", "相关科室", "各站所", "工作专班", "公开办", "我单位")
_HOW = ("按季度", "全年", "上半年", "重点", "持续", "逐项", "及时", "依法", "主动", "统一")
_DOES = ("加强", "推进", "完善", "规范", "落实", "优化", "深化", "健全", "拓展", "细化", "强化", "提升")
_WHAT = ("公开目录", "审查机制", "栏目建设", "政策解读", "平台维护", "人员培训", "基层公开", "信息发布")
_COUNTED = ("累计发布信息", "开展培训", "更新栏目", "组织检查")

_CELL = (
    '<td{} width="64" style="border:solid windowtext 1.0pt;padding:0cm 5.4pt"><p class="MsoNormal" align="center">'
    '<span lang="EN-US" style="font-size:12.0pt;font-family:仿宋">{}<o:p></o:p></span></p></td>'
)
_LOOKS = (
    '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
    '<w:color w:val="000000"/><w:kern w:val="0"/><w:sz w:val="20"/><w:szCs w:val="20"/>'
    '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar"/></w:rPr>'
)
_PARAGRAPH = (
    '<w:pPr><w:widowControl/><w:spacing w:before="0" w:after="0"/><w:ind w:left="0" w:right="0"/>'
    '<w:jc w:val="left"/></w:pPr>'
)


def reports() -> list[SampleReport]:
    """Reports of one year, each of another unit."""
    found = [article.report for article in qinghe().articles if article.report]
    return [report for report in found if report.year == 2023][:MOST]


def pages() -> list[bytes]:
    """Whole pages of a portal, each with a report pasted from a word processor."""
    site = qinghe()
    articles = [article for article in site.articles if article.report and article.report.year == 2023]
    return [_pasted(templates.article(site, article)).encode() for article in articles[:MOST]]


def told_apart(count: int) -> list[bytes]:
    """So many pages like those, each with an issuer, figures and sentences of its own and about as much prose as real
    reports have: what a reader remembers of one page helps it with the next only where two real reports are alike,
    in labels and the shape of tables.
    """
    site, rng = qinghe(), Random(0)
    found = []
    for number in range(count):
        name = "".join(rng.choices(_PLACE, k=3)) + rng.choice(_KINDS)
        report = make_report(name, rng.randint(2021, 2024), seed=number, busy=rng.choice((3, 12, 30, 200)))
        said = {code: _at_length(rng, text) for code, text in report.prose.items() if code in _SPOKEN}
        report = replace(report, prose={**report.prose, **said})
        article = Article("townships", number, number, report.title, report.published_on, report=report)
        found.append(_pasted(templates.article(site, article)).encode())
    return found


def _at_length(rng: Random, text: str) -> str:
    return "\n".join(line + "".join(_sentence(rng) for _ in range(3)) for line in text.splitlines())


def _sentence(rng: Random) -> str:
    did = (f"{rng.choice(_HOW)}{rng.choice(_DOES)}{rng.choice(_WHAT)}" for _ in range(rng.randint(2, 4)))
    counted = f"，{rng.choice(_COUNTED)}{rng.randint(1, 999)}次" if rng.random() < 0.4 else ""
    return f"{rng.choice(_WHO)}{'，'.join(did)}{counted}。"


def _pasted(page: str) -> str:
    return re.sub(r"<td([^>]*)>([^<]*)</td>", lambda cell: _CELL.format(cell[1], cell[2]), page)


def dressed_docx(report: SampleReport) -> bytes:
    """A report as Word saves it: every paragraph and run says how it looks."""
    with zipfile.ZipFile(BytesIO(as_docx(report))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    document = members["word/document.xml"].decode()
    document = document.replace("<w:p>", f"<w:p>{_PARAGRAPH}").replace("<w:r>", f"<w:r>{_LOOKS}")
    return as_zip({**members, "word/document.xml": document.encode()})
