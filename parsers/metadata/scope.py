"""The scope of a report: an organ's own figures, unless explicit words say that others' are in them."""

from __future__ import annotations

import re

from parsers.metadata.head import Head
from parsers.report import Finding, Report, Witness
from parsers.text import fold

_FIELD = "(?:政府|海关|税务)?"
_CONSOLIDATED = re.compile(
    r"(?:汇总|综合|合并)了?(?:20\d\d年度?)?[^。,，;]{0,12}(?:全[省市县区州旗盟](?!政府办)|行政区域|各[县市区旗州镇乡]|各级)[^。;]{0,40}"
    r"|在[^。;]{0,40}(?:各[盟市县区州旗镇乡]|部门|单位)[^。;]{0,40}的?基础上编制"
    r"|由[^。,，;]{0,12}各[县市区镇乡][^。;]{0,24}(?:部门|单位)[^。;]{0,24}编制"
    r"|(?:汇总|综合)[^。,，;]{0,16}政府(?:所属)?各(?:行政机关|部门|单位|委)[^。;]{0,40}"
    r"|(?:各(?:[县市区州旗镇乡]|直属|工作部门|部门|单位)|[、和及]各[^。,，;《》]{0,8}(?:部门|单位))[^。,，;《》]{0,24}的(?:政府)?信息公开(?:工作)?年度报告编制(?!工作|公布|发布)"
    rf"|(?<!公开)系统(?:各(?:直属|所属|级)?[^。,，;]{{0,10}}(?:单位|机构|部门))?(?:20\d\d年度?)?(?:的)?{_FIELD}信息公开(?:工作)?(?:年度)?(?:报告|年报|情况|数据)编制(?!工作)"
    rf"|(?:编制|公布|发布)[^。,，;《》]{{0,4}}[^。,，;《》]{{2,14}}(?:关区|(?<!公开)系统)20\d\d年度?{_FIELD}信息公开"
    r"|(?:包括|涵盖|包含)[^。;]{0,20}(?:各[县市区镇乡][^。;]{0,20}(?:部门|单位)|所属(?:各)?(?:部门|单位|乡镇))[^。;]{0,14}(?:数据|情况)"
)
_WHOLE = re.compile(r"(?:关区|(?<!公开)系统)(?:20\d\d年?度?)?(?:政府)?(?:信息|政务)公开")
"""How the title of a report names a body with all that are under it."""
_TOWNSHIP = r"(?:镇|乡|街道|苏木|街道办事处|办事处|镇人民政府|乡人民政府|苏木人民政府|镇政府|乡政府)$"
FIRST_CHARACTERS = 1500
"""What a report covers is said in its preamble."""


def read_scope(head: Head, report: Report) -> None:
    """Set the scope and its witness; a township that claims a whole county copied the county's words."""
    titled = (match for title in head.titles if (match := _WHOLE.search(fold(title))))
    match = _CONSOLIDATED.search(head.prose[:FIRST_CHARACTERS]) or next(titled, None)
    if match is None:
        return
    report.witnesses.append(Witness("scope", match.group(), "prose"))
    if report.issuer and re.search(_TOWNSHIP, report.issuer):
        message = f"“{match.group()}” stands in the report of a township; it was taken for its own"
        report.findings.append(Finding("scope_doubtful", ("scope",), message))
        return
    report.scope = "consolidated"
