"""The tables of web.db that are shown: their columns with labels in Chinese and English, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass

from archive.cells import TABLE_COLUMNS
from archive.exports.formats import Field
from parsers.forms import english
from parsers.forms.indicators import COLUMN_LABELS


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it is shown; `refers` says which column is the key of which table, `aside` which are shown on the
    page of a row only, `sort` by which it is sorted (`-` before it: downwards), `view` is the query of one that is
    made of others."""

    name: str
    zh: str
    en: str
    note: str
    fields: tuple[Field, ...]
    key: tuple[str, ...] = ()
    refers: tuple[tuple[str, str], ...] = ()
    facets: tuple[str, ...] = ()
    sort: str = ""
    indexed: tuple[str, ...] = ()
    label: str = ""
    view: str = ""
    aside: tuple[str, ...] = ()


_UNIT = Field("unit", "string", "单位", "unit code")
_NAME = Field("name", "string", "单位名称", "name of the unit")
_YEAR = Field("year", "integer", "报告年度", "report year")
_DIVISION = Field("division", "string", "所属县（市、区）", "division code of the county")
_KIND = Field("kind", "string", "单位类型", "kind of unit")
_SCOPE = Field("scope", "string", "统计口径", "own figures, or consolidated over an area")
_URL = Field(
    "url", "string", "网址（现网页面，可能已改）", "address on the live portal, which may have changed"
)
_REPORT = Field("report", "string", "报告", "report: unit, year and scope")

DIVISIONS = Table(
    "divisions",
    "行政区划",
    "divisions",
    "有单位的县、市、区及其代码。",
    (_DIVISION, Field("county", "string", "县（市、区）", "name of the county")),
    key=("division",),
    sort="division",
    label="county",
)
UNITS = Table(
    "units",
    "单位",
    "units",
    "登记、由用户列入或从往年报告得知的单位。",
    (
        Field("unit", "string", "单位代码", "unit code"),
        _NAME,
        _KIND,
        _DIVISION,
        Field("county", "string", "县（市、区）", "name of the county"),
        Field("portal", "string", "门户", "portal"),
        Field(
            "expected_by", "string", "应报依据", "how it came to be known: register, user, learned, assumed"
        ),
        Field("first_year", "integer", "首个年度", "first report year"),
        Field("last_year", "integer", "末个年度", "last report year"),
    ),
    key=("unit",),
    refers=(("kind", "codes"), ("division", "divisions"), ("expected_by", "codes")),
    facets=("kind", "division"),
    aside=("county",),
    sort="unit",
    indexed=("name", "division"),
    label="name",
)
LEDGER = Table(
    "ledger",
    "台账",
    "ledger",
    "每个单位每个年度一行：是否见到、何时公布、应公布日期及其依据。“未见 missing”须满足全部条件；"
    "看不清的一律为“看不到 unseen”，并写明原因。",
    (
        _UNIT,
        _YEAR,
        Field("presence", "string", "公布状况", "presence"),
        Field("timing", "string", "是否按时", "timing of what is present"),
        Field("reading", "string", "读取状况", "how it was read"),
        Field("due", "date", "应公布日期（含当日）", "due day, inclusive"),
        Field("basis", "string", "期限依据", "basis of the due day"),
        Field("not_before", "date", "公布不早于", "published not before"),
        Field("not_after", "date", "公布不晚于", "published not after"),
        Field("last_clear_sight", "datetime", "最后一次清楚查看（UTC）", "last clear sight, UTC"),
        Field("why", "string", "原因", "conditions that failed, or what contradicts"),
        Field("columns", "string", "栏目", "columns that cover the unit"),
        _KIND,
        _DIVISION,
        Field("expected_by", "string", "应报依据", "how the unit came to be expected"),
    ),
    key=("unit", "year"),
    refers=(
        ("unit", "units"),
        ("presence", "codes"),
        ("timing", "codes"),
        ("reading", "codes"),
        ("kind", "codes"),
        ("division", "divisions"),
        ("expected_by", "codes"),
    ),
    facets=("year", "presence", "timing", "division"),
    sort="-year",
    indexed=("year", "presence", "timing", "division"),
    aside=("columns", "kind", "expected_by", "last_clear_sight"),
)
MISSING = Table(
    "missing",
    "未见报告",
    "missing reports",
    "到期而未见的报告，与 gongkai missing --all 相同；“所见”一列只说观察到的事，不作推断。"
    "“是否列入”为 0 的单位无人列入，仅从往年报告得知。",
    (
        _UNIT,
        _YEAR,
        Field("due", "date", "应公布日期", "due day"),
        Field("days_overdue", "integer", "逾期天数", "days overdue"),
        Field("basis", "string", "期限依据", "basis of the due day"),
        Field("sentence", "string", "所见", "what was observed, and nothing more"),
        Field("last_clear_sight", "datetime", "最后一次清楚查看（UTC）", "last clear sight, UTC"),
        Field("columns", "string", "栏目", "columns that were seen whole"),
        Field("captures", "string", "采集记录", "WARC record ids that it rests on"),
        Field("listed", "integer", "是否列入", "1 where a register or a user lists the unit"),
        _DIVISION,
    ),
    key=("unit", "year"),
    refers=(("unit", "units"), ("division", "divisions")),
    facets=("year", "division", "listed"),
    sort="-year",
    indexed=("year", "division"),
    aside=("columns", "captures", "last_clear_sight", "listed"),
)
REPORTS = Table(
    "reports",
    "报告",
    "reports",
    "见到的报告，每份一行，数据与文字取自最后一次读取。",
    (
        _REPORT,
        _UNIT,
        _YEAR,
        _SCOPE,
        Field("form", "string", "表式", "form"),
        Field("title", "string", "标题", "title"),
        Field("published_on", "date", "页面所写日期", "date that the page says"),
        Field("cells", "integer", "单元格数", "cells read"),
        Field("doubtful", "integer", "存疑单元格数", "cells in doubt"),
        Field("versions", "integer", "见过的数据版本数", "versions of the figures that were seen"),
        Field("first_seen", "datetime", "首次见到（UTC）", "first seen, UTC"),
        Field("last_seen", "datetime", "最后见到（UTC）", "last seen, UTC"),
        Field("contested", "string", "争议", "why it is contested"),
        _URL,
        Field("capture", "string", "采集记录", "WARC record id of the capture"),
        Field("reading", "integer", "读取编号", "number of the reading"),
    ),
    key=("report",),
    refers=(("unit", "units"), ("scope", "codes"), ("form", "codes")),
    facets=("year", "form", "scope"),
    sort="-year",
    indexed=("unit, year", "year", "reading"),
    label="title",
    aside=("cells", "first_seen", "last_seen", "capture", "reading", "contested"),
)
CHANGES = Table(
    "changes",
    "变动",
    "changes",
    "报告公布之后发生的事。“数据修改 revised”仅在相隔 24 小时以上两次见到新数据时才说。",
    (
        Field("event", "string", "事件编号", "id of the event, the same for ever"),
        _UNIT,
        _YEAR,
        Field("kind", "string", "事件", "kind of event"),
        Field("what", "string", "变动的单元格", "cells that changed"),
        Field("message", "string", "说明", "what happened"),
        Field("seen_before", "datetime", "此前最后所见（UTC）", "last sight before, UTC"),
        Field("seen_at", "datetime", "首次所见（UTC）", "first sight, UTC"),
        Field("confirmed_at", "datetime", "确认时间（UTC）", "sight that confirmed it, UTC"),
        Field("line", "string", "所在网址", "address it happened at"),
        Field("captures", "string", "采集记录", "WARC record ids that it rests on"),
    ),
    key=("event",),
    refers=(("unit", "units"), ("kind", "codes")),
    facets=("kind", "year"),
    sort="-seen_at",
    indexed=("unit", "kind", "seen_at"),
    aside=("seen_before", "line", "captures"),
)
FINDINGS = Table(
    "findings",
    "核对结果",
    "findings",
    "读取与勾稽核对时发现的问题。identity_broken 是公布的数字本身不合表内勾稽，原样保留，从不更改。",
    (
        _REPORT,
        _UNIT,
        _YEAR,
        Field("code", "string", "问题", "code of the finding"),
        Field("cells", "string", "所涉单元格", "cells concerned"),
        Field("message", "string", "说明", "what was found"),
        _DIVISION,
    ),
    refers=(("report", "reports"), ("unit", "units"), ("code", "codes"), ("division", "divisions")),
    facets=("code", "year"),
    sort="-year",
    indexed=("report", "unit", "code", "year"),
    aside=("report",),
)
CODES = Table(
    "codes",
    "代码表",
    "codes",
    "各表所用代码的中文和英文含义。",
    (
        Field("code", "string", "代码", "code"),
        Field("vocabulary", "string", "类别", "vocabulary"),
        Field("zh", "string", "中文", "Chinese"),
        Field("en", "string", "英文", "English"),
    ),
    key=("code",),
    facets=("vocabulary",),
    label="zh",
)
INDICATORS_TABLE = Table(
    "indicators",
    "指标",
    "indicators",
    "法定表格的每个单元格：代码（path）、中英文名称、计量单位、见于哪些表式。",
    (
        Field("path", "string", "指标代码", "path of the cell"),
        Field("zh", "string", "中文名称", "Chinese label"),
        Field("en", "string", "英文名称", "English label"),
        Field("unit", "string", "计量单位", "unit of the value"),
        Field("forms", "string", "所在表式", "forms that have it"),
    ),
    key=("path",),
)

_OF = "FROM reports JOIN units ON units.unit = reports.unit"
_WHOSE = "reports.unit, units.name, reports.year, reports.scope"
_WHOSE_FIELDS = (_UNIT, _NAME, _YEAR, _SCOPE)
_ROW_FIELDS = (
    Field("row", "string", "行代码", "code of the row"),
    Field("row_zh", "string", "行名称", "label of the row"),
)
_ZH = {
    "proactive": ("二、主动公开", "proactive disclosure"),
    "requests": ("三、申请", "requests"),
    "remedies": ("四、复议诉讼", "reconsideration and litigation"),
    "annex": ("2014年统计表", "annex of 2014"),
}
_FIGURES = "每份报告每行一行，数字与原表一致；空格、斜线等非数字的原文见“单元格”表。"


def _figures(table: str, columns: tuple[str, ...]) -> Table:
    labels = COLUMN_LABELS.get(table, {"value": "数值"})
    fields = tuple(Field(c, "number", labels[c], english.COLUMNS.get(c, "value")) for c in columns)
    listed = "".join(f", read_{table}.{column}" for column in columns)
    view = (
        f"SELECT {_WHOSE}, rows.code AS row, rows.zh AS row_zh{listed} {_OF} JOIN read_{table} "
        f"ON read_{table}.reading = reports.reading JOIN rows ON rows.id = read_{table}.row"
    )
    zh, en = _ZH[table]
    return Table(table, zh, en, _FIGURES, _WHOSE_FIELDS + _ROW_FIELDS + fields, facets=("year",), view=view)


def _cells() -> str:
    parts = [
        f"SELECT reading, '{table}.' || rows.code || '.{column}' AS path, {column} AS value FROM read_{table} "
        f"JOIN rows ON rows.id = row WHERE present & {1 << bit}"
        for table, columns in TABLE_COLUMNS.items()
        for bit, column in enumerate(columns)
    ]
    parts.append("SELECT reading, 'annex.' || rows.code, value FROM read_annex JOIN rows ON rows.id = row")
    return (
        f"SELECT {_WHOSE}, every.path, indicators.zh, indicators.en, every.value, notes.text, notes.flag {_OF} "
        f"JOIN ({' UNION ALL '.join(parts)}) AS every ON every.reading = reports.reading "
        "LEFT JOIN indicators ON indicators.path = every.path "
        "LEFT JOIN notes ON notes.reading = reports.reading AND notes.path = every.path"
    )


CELLS = Table(
    "cells",
    "单元格",
    "cells",
    "每个单元格一行：数值，以及不是纯数字时的原文和标记。请先按单位筛选，全表很大。",
    (
        *_WHOSE_FIELDS,
        *INDICATORS_TABLE.fields[:3],
        Field("value", "number", "数值（空白为空）", "value, null where blank"),
        Field("text", "string", "原文（非纯数字时）", "text as printed where it is no plain number"),
        Field("flag", "string", "标记", "why the text is no plain number"),
    ),
    view=_cells(),
    aside=("en",),
)
TABLES = (
    UNITS,
    LEDGER,
    MISSING,
    REPORTS,
    CHANGES,
    FINDINGS,
    *(_figures(table, columns) for table, columns in TABLE_COLUMNS.items()),
    _figures("annex", ("value",)),
    CELLS,
    INDICATORS_TABLE,
    DIVISIONS,
    CODES,
)
"""What is shown, in the order of the start page."""
