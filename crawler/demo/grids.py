"""The tables of the official form, laid out with the spans that the form has.

Rows that the report lacks are left out and the spans over them shrink; a group without rows has no cell.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby

from crawler.demo.figures import Cell as Value
from crawler.demo.layout import Cell, Table
from crawler.demo.reports import SampleReport
from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, Column, Row
from parsers.forms.annex import ANNEX

BALANCE = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
APPLICANTS, ORGANIZATIONS = "申请人情况", "法人或其他组织"
ANNEX_TITLE = "政府信息公开情况统计表"
ANNEX_GROUPS = {
    "proactive_total": ("一、主动公开情况",),
    "via_gazette": ("（二）通过不同渠道和方式公开政府信息的情况",),
    "responses_total": ("二、回应解读情况",),
    "press_conferences": ("（二）通过不同渠道和方式回应解读的情况",),
    "received": ("三、依申请公开情况",),
    "dedicated_offices": ("八、机构建设和保障经费情况",),
    "meetings": ("九、政府信息公开会议和培训情况",),
}
"""Rows without values, by the row before which they stand."""

ANNEX_NUMBERS = {
    "proactive_total": "（一）",
    "proactive_normative_documents": "其中：",
    "via_gazette": "1.",
    "press_conferences_by_head": "其中：",
    "received": "（一）",
    "concluded": "（二）",
    "denied_state_secret": "其中：1.",
    "reconsideration": "四、",
    "reconsideration_upheld": "（一）",
    "reconsideration_corrected": "（二）",
    "litigation": "五、",
    "litigation_corrected": "（二）",
    "staff_full_time": "1.",
}
"""Numbering of some rows; the others stand without."""

PROACTIVE_WIDTHS = {3: (1, 1, 1), 2: (1, 2), 1: (3,)}
"""How one, two or three columns share the three beside 信息内容."""


def proactive(report: SampleReport) -> Table:
    """Table of section 二: a band for each item of article 20, with a header of its own."""
    official = FORMS[report.form].proactive if report.form in FORMS else ()
    present = [row for row in official if row.code in report.proactive]
    rows: list[tuple[Cell, ...]] = []
    for (article, columns), band in groupby(present, key=lambda row: (row.groups[0], row.columns)):
        widths = PROACTIVE_WIDTHS[len(columns)]
        labels = (Cell(column.label, columns=width) for column, width in zip(columns, widths, strict=True))
        rows.append((Cell(article, columns=4),))
        rows.append((Cell("信息内容"), *labels))
        for row in band:
            values = _values("proactive", row, columns, report.proactive[row.code])
            rows.append(
                (Cell(row.label), *(Cell(v, columns=w) for v, w in zip(values, widths, strict=False)))
            )
    return Table(tuple(rows))


def requests(report: SampleReport) -> Table:
    """Table of section 三: three columns of labels, seven of applicants, three rows of header."""
    official = FORMS[report.form].requests if report.form in FORMS else ()
    present = [row for row in official if row.code in report.requests]
    if not present:
        return Table(())
    rows = list(_applicants())
    opened: set[str] = set()
    for row in present:
        values = _values("requests", row, REQUEST_COLUMNS, report.requests[row.code])
        groups = [group for group in row.groups if group not in opened]
        opened.update(groups)
        spans = (Cell(group, rows=sum(group in other.groups for other in present)) for group in groups)
        rows.append((*spans, Cell(row.label, columns=3 - len(row.groups)), *map(Cell, values)))
    return Table(tuple(rows))


def remedies(report: SampleReport) -> Table:
    """Table of section 四: one row of values under three rows of header."""
    widths = {code: len(cells) for code, cells in report.remedies.items()}
    plain = [route for route in ROUTES if route.code in widths and not route.groups]
    grouped = [route for route in ROUTES if route.code in widths and route.groups]
    depth = 2 if plain and grouped else 1
    first = [Cell(route.label, columns=widths[route.code]) for route in plain]
    if grouped:
        first.append(Cell(grouped[0].groups[0], columns=sum(widths[route.code] for route in grouped)))
    second = [Cell(label, rows=depth) for route in plain for label in _outcomes(report, route)]
    second += [Cell(route.label, columns=widths[route.code]) for route in grouped]
    third = [Cell(label) for route in grouped for label in _outcomes(report, route)]
    values = [
        Cell(value)
        for route in (*plain, *grouped)
        for value in _values("remedies", route, OUTCOMES, report.remedies[route.code])
    ]
    return Table(tuple(tuple(row) for row in (first, second, third, values) if row))


def annex(report: SampleReport) -> Table:
    """The annex of form 2014: three columns, with the rows that only stand over others."""
    rows = [tuple(map(Cell, ("统计指标", "单位", "统计数")))]
    for row in ANNEX:
        if over := ANNEX_GROUPS.get(row.code):
            rows += [tuple(map(Cell, (label, "——", "——"))) for label in over]
        if row.code in report.annex:
            label = f"{ANNEX_NUMBERS.get(row.code, '')}{row.label}"
            rows.append((Cell(label), Cell(row.unit), Cell(shown(report.annex[row.code]))))
    return Table(tuple(rows))


GRIDS = {"proactive": proactive, "requests": requests, "remedies": remedies}
"""The table of each section that has one."""


def shown(value: Value, signed: bool = False) -> str:
    """A value as it is printed: exact, a blank as nothing, a token as itself."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    text = format(value, "f") if isinstance(value, Decimal) else str(value)
    return f"+{text}" if signed and value > 0 else text


def _applicants() -> tuple[tuple[Cell, ...], ...]:
    person, *organizations, total = (column.label for column in REQUEST_COLUMNS)
    return (
        (Cell(BALANCE, rows=3, columns=3), Cell(APPLICANTS, columns=len(REQUEST_COLUMNS))),
        (Cell(person, rows=2), Cell(ORGANIZATIONS, columns=len(organizations)), Cell(total, rows=2)),
        tuple(map(Cell, organizations)),
    )


def _outcomes(report: SampleReport, route: Row) -> list[str]:
    return [column.label for column in OUTCOMES if column.code in report.remedies[route.code]]


def _values(table: str, row: Row, columns: tuple[Column, ...], cells: dict[str, Value]) -> list[str]:
    codes = [column.code for column in columns]
    if table != "remedies" and any(code not in cells for code in codes[: len(cells)]):
        raise ValueError(f"{table}.{row.code} has a gap: only cells at its right end can be absent")
    return [shown(cells[code], signed=code == "items_change") for code in codes if code in cells]
