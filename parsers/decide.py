"""Is it a report: what speaks for it, what speaks against it, and the sentence that says why not."""

from __future__ import annotations

import re

from parsers.metadata.head import Head, titles_in
from parsers.metadata.issuer import same_unit
from parsers.report import Report
from parsers.sections import heading
from parsers.text import fold, squeeze

_TEMPLATE = re.compile(r"[xX×某]{2,}(?:镇|乡|县|市|区|局|街道)|20[xX×]{2}年|^.{0,8}[xX×](?:镇|乡|县|局)")
_OTHER_KIND = (
    r"(?:编制|制定)[^。]{0,10}《[^》]*指南》|以下简称《?指南|(?:编制|制定)了?本(?:公开)?(?:方案|指南)"
    r"|部门决算|(?<!年度报告)总结(?:汇报)?如下"
)
_SELF = (
    r"(?:公布|发布|编制|公开|报告)[^。]{0,40}?(?:信息|政务)公开[^。]{0,12}(?:报告|年报|情况)|编制(?:完成)?(?:此|本)(?:年度)?报告"
    r"|20\d\d年度?[^。]{0,12}公开(?:工作)?(?:情况)?报告如下|本(?:年度)?(?:报告|年报)(?:根据|由|中所列|所列|信息数据|是根据)|年度报告(?:编制|如下)"
)
_OWN = r"(?:编制|公布|发布)[^。]{0,24}20\d\d年?度?[^。]{0,30}公开(?:工作)?年度(?:工作)?(?:报告|情况)"
_ISSUES = r"(?:印发|发布|公布|公开|报送|呈报).{0,40}的?(?:通知|公告|函)(?:[-—_|]|$)"
_SCHOOL = r"我校|(?:高等学校|高校)信息公开"
_SCHOOL_WITHIN = 300
SCHOOL = "it is the report of a school, which is no organ of the government"
_COLUMN = r"(?:政府|政务)?(?:信息|政务)公开(?:工作)?年报"
_NEWS = r"记者|近日|日前|获悉|据(?:悉|了解|介绍)|(?:报告|年报)(?:显示|指出|披露)"
_AUTHOR = (
    r"(?:报告|汇报|总结|公布|情况)如下|本(?:年度)?(?:报告|年报)|关于(?:发布|公布|公开|印发)《|附件[:：]|(?:^|[。,，])(?:现将?|特此?)(?:向社会)?[^。,，]{0,24}公[布开]"
    r"|我[局委办厅署院所站队社省市县区旗州镇乡街]"
)
"""Words of journalists, and of the authors of reports."""
_KINDS = (
    (
        r"(?:就|对|将)[^。]{0,30}(?:内容|年报|报告)[^。]{0,12}解读|(?:作|做|进行)(?:如下)?解读(?:如下)?[:。]",
        400,
        "it explains a report",
    ),
    (r"摘要:?\[|Abstract|为研究对象|本文(?:通过|以|从|对)", 600, "it is a paper about reports"),
    (r"自查(?:情况)?报告|工作总结", 60, "it sums up or examines work, and is no annual report"),
    (_SCHOOL, _SCHOOL_WITHIN, SCHOOL),
)
"""Words, among how many characters from the beginning they stand, and what a text is that has them."""
_ARTICLE = r"第[一二三四五六七八九十]+条(?!第)"
_PERIOD = re.compile(r"统计(?:期限|时限|时间|日期|周期)|起止时间|涵盖20\d\d年")
_DISCLOSURE = r"信息公开|政务公开|依申请公开|主动公开"
_NOTICE = r"印发给你们|现印发|请认真|贯彻执行|请遵照|特此通知|通知如下|抓好落实|有关事项通知"
_GONE = (
    r"(?:页面|网页|文章|栏目)(?:已经?)?不存在|[访查]\w{1,2}的.{0,12}(?:不存在|删除|失效)"
    r"|(?:文章|页面|网页)\w{0,4}被?删除|找不到.{0,6}[页文]"
)
"""What a page says in place of an article of which only the meta tags are left."""

_FORM_TITLE = r"(?:格式|模板|样式|范本|样表|表样|填报表)(?:[(（][^)）]*[)）])?$"
"""Patterns that few documents need are compiled when one does, as compiling is a good part of starting."""

FEWEST_FIGURES = 10
"""A document with fewer numbers in statutory tables must look like a report in other ways."""

OTHER_TITLE = "its title is that of another document"
"""Begins the reason that holds whatever else the document says."""

SHORT_PROSE = 200
"""Characters of a page that says no more than that it is gone."""

SHORTEST_NEWS = 40
"""Characters of a page beside its title, day and source: one with fewer, or without a sentence, holds a file or a
picture."""

MOST_WORDS = 150
"""Characters beside tables and headings that the empty form may hold: its title and its hints."""


def why_not(head: Head, report: Report, sections: dict[str, str]) -> str | None:
    """The sentence that says why a document is no report; `None` if it is one."""
    first = head.found[0] if head.found else None
    if first and first.verdict == "lookalike" and _has_few_figures(report) and not _issues(head, sections):
        return f"{OTHER_TITLE}: {first.text}"
    if reason := next((why for is_one, why in _OTHERS if is_one(head, report, sections)), None):
        return reason
    gone = not sections and len(head.prose) <= SHORT_PROSE and bool(re.search(_GONE, head.prose))
    if report.has_cells() or (_is_called(head) and not gone):
        return None
    return "it says that its page is gone" if gone else _by_prose(head, sections)


def _is_news(head: Head, report: Report, sections: dict[str, str]) -> bool:
    """A headline, and under it what a journalist says, or nothing that an author does."""
    first = head.found[0] if head.found else None
    if first is None or not first.is_headline or sections or report.has_cells():
        return False
    told = "。" in head.prose and len(head.prose) > len(first.text) + SHORTEST_NEWS
    return bool(re.search(_NEWS, head.prose)) or (told and not re.search(_AUTHOR, head.prose))


def _is_template(head: Head, report: Report, _: dict[str, str]) -> bool:
    return bool(_TEMPLATE.search("".join(head.lines)[:600])) and _has_few_figures(report)


def _is_notice(head: Head, report: Report, _: dict[str, str]) -> bool:
    return is_blank(report) and bool(re.search(_NOTICE, head.prose))


def _is_of_school(head: Head, report: Report, _: dict[str, str]) -> bool:
    """Whether a report on information without 政府 says that it is a school's."""
    if report.has_cells() or not head.titles or any("政" in title for title in head.titles):
        return False
    return bool(re.search(_SCHOOL, head.prose[:_SCHOOL_WITHIN]))


def _is_called(head: Head) -> bool:
    """Whether a title says so that is not only the name of the column in which the page stands."""
    return any(
        title.issuer or title.year or not re.fullmatch(_COLUMN, fold(title.text))
        for title in head.found
        if title.verdict == "report"
    )


def is_blank(report: Report) -> bool:
    """Whether every cell of the statutory tables is blank, without even a mark."""
    return report.has_cells() and not report.notes and all(value is None for value in report.values())


def _has_few_figures(report: Report) -> bool:
    return sum(value is not None for value in report.values()) < FEWEST_FIGURES


def is_blank_form(head: Head, report: Report) -> bool:
    """Whether a document is the empty official form and nothing else: blank cells, no issuer, hardly a word."""
    if not is_blank(report) or re.search(_NOTICE, head.prose):
        return False
    if any(title.verdict == "lookalike" and not re.search(_FORM_TITLE, title.text) for title in head.found):
        return False
    named = any(title.issuer for title in head.found if title.verdict == "report")
    words = sum(len("".join(line.split())) for line in head.lines if not heading(line))
    return not named and words <= MOST_WORDS


def _is_list(head: Head, report: Report, sections: dict[str, str]) -> bool:
    """Titles of reports of different units or years, and nothing that a report says."""
    if sections or report.has_cells() or _PERIOD.search(head.prose):
        return False
    titles = [title for title in titles_in([*head.before, *head.lines]) if title.verdict == "report"]
    years = {title.year for title in titles if title.year}
    issuers = [title.issuer for title in titles if title.issuer]
    return len(years) > 1 or any(not same_unit(issuers[0], other) for other in issuers[1:])


def _issues(head: Head, sections: dict[str, str]) -> bool:
    """A notice by which an organ issues its own report, with the report below it."""
    first, *others = head.found
    below = any(title.verdict == "report" for title in others) and (
        "overview" in sections or bool(_PERIOD.search(head.prose))
    )
    return below and bool(re.search(_ISSUES, squeeze(first.text)))


def _by_prose(head: Head, sections: dict[str, str]) -> str | None:
    prose = head.prose
    if not re.search(_DISCLOSURE, prose):
        return "nothing in it speaks of the disclosure of government information"
    if reason := next((why for words, first, why in _KINDS if re.search(words, prose[:first])), None):
        return reason
    if sum(bool(re.match(_ARTICLE, fold(line))) for line in head.lines) > 1:
        return "it is the text of a rule"
    if re.search(_OTHER_KIND, prose[:400]) and not (
        _PERIOD.search(prose[:1500]) or re.search(_OWN, prose[:400])
    ):
        return "it speaks of disclosure but is another kind of document"
    evidence = len(sections) + 2 * bool(re.search(_SELF, prose)) + 2 * bool(_PERIOD.search(prose))
    if evidence >= 2 or "overview" in sections:
        return None
    return "it has neither the title, the sections nor the tables of a report"


_OTHERS = (
    (_is_list, "it is a list of documents"),
    (_is_template, "it is a template for essays: names and years are placeholders"),
    (_is_news, "it is news of a report, and holds nothing of it"),
    (_is_of_school, SCHOOL),
    (_is_notice, "it is a notice that holds the blank form"),
)
"""Tests of a head, a report and its sections, and what a document is that passes one."""
