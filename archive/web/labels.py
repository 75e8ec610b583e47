"""What the pages call columns, filters and findings: in Chinese, the code beside it."""

from __future__ import annotations

import re

from archive.web import tables
from archive.web.codes import FINDING_ZH
from parsers.forms.indicators import path_label

COLUMNS = {table.name: {field.name: field.zh for field in table.fields} for table in tables.TABLES}
TITLES = {table.name: table.zh for table in tables.TABLES}
ASIDE = {table.name: frozenset({"rowid", *table.aside}) for table in tables.TABLES}
"""Columns that a table's page shows only when asked for all; they stand on the page of each row."""
LOOKUPS = {
    "exact": "等于",
    "not": "不等于",
    "contains": "包含",
    "notcontains": "不包含",
    "endswith": "结尾是",
    "startswith": "开头是",
    "gt": "大于",
    "gte": "不小于",
    "lt": "小于",
    "lte": "不大于",
    "like": "匹配（LIKE）",
    "notlike": "不匹配（LIKE）",
    "glob": "匹配（GLOB）",
    "in": "是其中之一",
    "notin": "不是其中之一",
    "arraycontains": "数组含有",
    "arraynotcontains": "数组不含",
    "date": "日期是",
    "isnull": "为空",
    "notnull": "不为空",
    "isblank": "空白",
    "notblank": "不空白",
}
"""Datasette's ways to filter."""
ERRORS = {400: "请求有误", 403: "不允许", 404: "没有这一页", 405: "不允许", 500: "服务出错"}

_SUMS = (
    ("received + brought forward", "“本年新收＋上年结转”不等于“总计＋结转下年度”"),
    ("concluded is not", "办理结果总计不等于各项之和"),
    ("sum of the applicants", "总计不等于各类申请人之和"),
    ("sum of the results", "总计不等于各项结果之和"),
    ("sum of its parts", "总数不等于各分项之和"),
    ("", "勾稽不符"),
)
"""What each identity says, by words of its finding."""
_SUM = re.compile(r"(?P<said>.*?): (?P<sums>[^;]* ≠ [^;]*)(?:;.* meets in (?P<suspect>[\w.]+))?")
_TEXT = re.compile(r"the text says (?P<text>\S+), the table (?P<table>[^;\s]+)")
_QUOTED = re.compile("“[^”]*”")


def found(code: str, message: str) -> str:
    """A finding in Chinese: what it is, and the numbers and words of the document that its own message names."""
    if code == "identity_broken" and (sums := _SUM.match(message)):
        said = next(zh for words, zh in _SUMS if words in sums["said"])
        suspect = f"；不符之处都落在 {path_label(sums['suspect'])}" if sums["suspect"] else ""
        return f"{said}：{sums['sums']}{suspect}"
    if code == "prose_differs" and (differs := _TEXT.match(message)):
        return f"文字称 {differs['text']}，表格为 {differs['table']}；两者所指范围可能不同"
    quoted = "、".join(_QUOTED.findall(message))
    return f"{FINDING_ZH.get(code, code)}{f'：{quoted}' if quoted else ''}"


def cells(paths: list[str]) -> list[tuple[str, str]]:
    """Label and code of cells."""
    return [(path_label(path), path) for path in paths]
