"""Is it a report: what speaks for it, what speaks against it, and the sentence that says why not."""

from __future__ import annotations

import re

from parsers.metadata.head import Head
from parsers.report import Report
from parsers.titles import read_title

_TEMPLATE = re.compile(r"[xX×某]{2,}(?:镇|乡|县|市|区|局|街道)|20[xX×]{2}年|^.{0,8}[xX×](?:镇|乡|县|局)")
_OTHER_KIND = re.compile(
    r"法治政府建设|公开指南|(?:以下简称)?《?指南》|制定本(?:方案|指南)|部门决算|工作总结如下|总结如下"
)
_SELF = re.compile(
    r"(?:公布|发布|编制|公开|报告)[^。]{0,40}?(?:信息|政务)公开[^。]{0,12}(?:报告|年报|情况)|编制(?:完成)?(?:此|本)(?:年度)?报告"
    r"|本(?:年度)?(?:报告|年报)(?:根据|由|中所列|所列|信息数据|是根据)|年度报告(?:编制|如下)"
)
_PERIOD = re.compile(r"统计(?:期限|时限|时间|日期|周期)|起止时间|涵盖20\d\d年")
_DISCLOSURE = re.compile(r"政府信息公开|政务公开|信息公开")
FEWEST_LISTED = 2


def why_not(head: Head, report: Report, sections: dict[str, str]) -> str | None:
    """The sentence that says why a document is no report; `None` if it is one."""
    figures = sum(value is not None for value in report.cells().values())
    first = head.found[0] if head.found else None
    if first and first.verdict == "lookalike" and figures < 10:
        return f"its title is that of another document: {first.text}"
    if _is_list(head, report, sections):
        return "it is a list of documents"
    if _TEMPLATE.search("".join(head.lines)[:600]) and figures < 10:
        return "it is a template for essays: names and years are placeholders"
    if report.cells() or head.titles:
        return None
    return _by_prose(head, sections)


def _is_list(head: Head, report: Report, sections: dict[str, str]) -> bool:
    """Several titles of reports of different units or years, and nothing that a report says."""
    titles = {
        (title.issuer, title.year) for title in map(read_title, head.lines) if title.verdict == "report"
    }
    return (
        len(titles) >= FEWEST_LISTED
        and not sections
        and not report.cells()
        and not _PERIOD.search(head.prose)
    )


def _by_prose(head: Head, sections: dict[str, str]) -> str | None:
    prose = head.prose
    if not _DISCLOSURE.search(prose):
        return "nothing in it speaks of the disclosure of government information"
    if _OTHER_KIND.search(prose[:400]) and not _PERIOD.search(prose[:1500]):
        return "it speaks of disclosure but is another kind of document"
    evidence = len(sections) + 2 * bool(_SELF.search(prose)) + 2 * bool(_PERIOD.search(prose))
    if evidence >= 2 or "overview" in sections:
        return None
    return "it has neither the title, the sections nor the tables of a report"
