"""What is read in a bench: sample reports in the clothes that office programs and portals put on them."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from crawler.demo import templates
from crawler.demo.county import qinghe
from crawler.demo.office import as_docx, as_zip
from crawler.demo.reports import SampleReport

MOST = 17
"""Reports of one year of the sample county: units, figures and prose differ, labels do not, as on real portals."""

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


def _pasted(page: str) -> str:
    return re.sub(r"<td([^>]*)>([^<]*)</td>", lambda cell: _CELL.format(cell[1], cell[2]), page)


def dressed_docx(report: SampleReport) -> bytes:
    """A report as Word saves it: every paragraph and run says how it looks."""
    with zipfile.ZipFile(BytesIO(as_docx(report))) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    document = members["word/document.xml"].decode()
    document = document.replace("<w:p>", f"<w:p>{_PARAGRAPH}").replace("<w:r>", f"<w:r>{_LOOKS}")
    return as_zip({**members, "word/document.xml": document.encode()})
