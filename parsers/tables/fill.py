"""Hits → the tables of a report: the form, the columns of each row, its values."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from parsers.forms import FORMS, REQUEST_COLUMNS, ROUTES, every_row
from parsers.forms.labels import key
from parsers.report import TABLES, Finding, Report
from parsers.tables.align import align, offsets, ragged
from parsers.tables.cells import lost_headers, note_ragged, store
from parsers.tables.place import Headers, Hit, Placed
from parsers.tables.remedies import fill_remedies

REQUEST_CODES = tuple(column.code for column in REQUEST_COLUMNS)
ORGANIZATIONS = REQUEST_CODES[1:-1]
ROWS = {
    "proactive": [row for form in FORMS.values() for row in form.proactive],
    "requests": [row for form in FORMS.values() for row in form.requests],
    "remedies": list(ROUTES),
}
COLUMN_ORDER = {
    table: list(dict.fromkeys(c.code for row in rows for c in row.columns)) for table, rows in ROWS.items()
}
"""The columns of every table from left to right."""


def fill(report: Report, placed: Placed) -> None:
    """Write what the hits hold into the report."""
    report.form = _form(placed) or ("2014" if report.annex and not placed.hits else "narrative")
    hits = {
        table: [h for h in placed.hits if h.table == table] for table in ("proactive", "requests", "remedies")
    }
    _fill_rows(report, hits["proactive"], {hit.code: _item_columns(report, hit) for hit in hits["proactive"]})
    headers = {id(hit.headers): hit.headers for hit in hits["requests"]}
    applicants = {number: _applicants(one) for number, one in headers.items()}
    _fill_rows(report, hits["requests"], {hit.code: applicants[id(hit.headers)] for hit in hits["requests"]})
    _check_applicants(report, hits["requests"])
    fill_remedies(report, hits["remedies"])
    report.findings[:0] = [_row_by_row(finding, report) for finding in placed.findings]
    for table in TABLES:
        rows = getattr(report, table)
        for row, cells in rows.items():
            rows[row] = {code: cells[code] for code in COLUMN_ORDER[table] if code in cells}


def _row_by_row(finding: Finding, report: Report) -> Finding:
    """A finding about no row in particular: a lost label speaks of every row that was not placed."""
    if not any(path.endswith(".*.*") for path in finding.where):
        return finding
    table = finding.where[0].partition(".")[0]
    rows = every_row(table, report.form)
    lost = tuple(path for path in rows if path.split(".")[1] not in getattr(report, table))
    return replace(finding, where=(lost if finding.code == "unknown_row" else ()) or rows)


def _form(placed: Placed) -> str:
    """The form, by the headers of the first table, else by the rows of 其他处理 in the second."""
    if placed.column_words:
        return max(sorted(placed.column_words), key=lambda form: placed.column_words[form])
    codes = {hit.code for hit in placed.hits if hit.table == "requests"}
    if {code for code in codes if code.startswith("other_handling_")}:
        return "2021"
    return "2019" if "other_handling" in codes else ""


def _fill_rows(report: Report, hits: list[Hit], columns: dict[str, tuple[str, ...]]) -> None:
    full = {hit.code for hit in hits if hit.cells}
    by_shape = offsets((hit, len(columns[hit.code])) for hit in hits if hit.row.kind != "exact")
    for hit in hits:
        path = f"{hit.table}.{hit.code}"
        if hit.cells:
            store(report, path, hit, align(hit, columns[hit.code], by_shape))
        elif hit.code not in full:
            message = f"the row “{hit.label.strip()}” stands without cells"
            report.findings.append(Finding("row_without_cells", (f"{path}.*",), message))
    odd = ragged([(hit, len(columns[hit.code])) for hit in hits if hit.cells])
    note_ragged(report, odd, [f"{hit.table}.{hit.code}" for hit in odd])


def _item_columns(report: Report, hit: Hit) -> tuple[str, ...]:
    """The columns of a row of the first table: as the page heads them, if a form has such a row; else those of
    the report's form, and a finding."""
    where = (f"proactive.{hit.code}.*",)
    official = _official(hit.code)
    headed = _headed(hit.headers)
    form = next((form for form, codes in official.items() if sorted(codes) == sorted(headed)), None)
    if form is None and hit.cells:
        lost_headers(report, hit.headers, where)
    own = official.get(report.form)
    if own is None or (form and sorted(own) != sorted(headed)):
        other = form or next(iter(official))
        message = f"the row is of form {other}, the report of form {report.form}"
        report.findings.append(Finding("mixed_forms", where, message))
    return tuple(headed if form else own or next(iter(official.values())))


LOST_LINE = "本年新"
"""What scrapers leave of 本年新 / 制作数量 and of 本年新 / 公开数量, whose second lines they drop."""


def _headed(headers: Headers) -> list[str]:
    """The columns that the headers of a row of the first table name."""
    named = [word.code for word in headers.words if word.role == "column"]
    halves = [key(text) for text in headers.unknown].count(LOST_LINE)
    return ["created", "newly_published", *named] if halves == 2 and named == ["published_total"] else named


@cache
def _official(code: str) -> dict[str, list[str]]:
    """The columns of a row in each form that has it."""
    return {
        form.code: [column.code for column in row.columns]
        for form in FORMS.values()
        for row in form.proactive
        if row.code == code
    }


def _applicants(headers: Headers) -> tuple[str, ...]:
    """The columns of the second table, the organizations in the order in which they are printed."""
    printed = [word.code for word in headers.words if word.code in ORGANIZATIONS and word.role == "column"]
    printed = list(dict.fromkeys(printed))
    return (REQUEST_CODES[0], *printed, REQUEST_CODES[-1]) if len(printed) == 5 else REQUEST_CODES


def _check_applicants(report: Report, hits: list[Hit]) -> None:
    """A finding, once for every set of headers, where some of the seven are lost."""
    headed: dict[int, list[Hit]] = {}
    for hit in hits:
        if hit.cells:
            headed.setdefault(id(hit.headers), []).append(hit)
    for under in headed.values():
        found = {word.code for word in under[0].headers.words}
        lost = tuple(f"requests.*.{code}" for code in REQUEST_CODES if code not in found)
        rows = tuple(f"requests.{hit.code}.*" for hit in under)
        if lost:
            lost_headers(report, under[0].headers, lost if len(lost) < len(REQUEST_CODES) else rows)
