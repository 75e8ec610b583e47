"""Sample reports as interfaces of portals answer and as other people's programs keep pages: CSV and JSON."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from html import escape
from io import StringIO
from typing import Any

from crawler.demo.layout import Layout, Table
from crawler.demo.renderers import Quirks, as_html, as_text, layout
from crawler.demo.reports import SampleReport

REQUESTS, REMEDIES = 10, 15
"""How many columns tell the second and the third table from the first."""


def rows_of(table: Table, repeated: bool) -> list[list[str]]:
    """The text of every square; a cell that spans several stands in each of them, or in its first alone."""
    return [
        [cell.text if repeated or (top, left) == (r, c) else "" for c, (top, left, cell) in enumerate(row)]
        for r, row in enumerate(table.squares())
    ]


def as_csv(items: Layout, mark: str = ",", repeated: bool = False) -> str:
    """A row a line, as spreadsheets and data frames write them; paragraphs are rows of one cell."""
    out = StringIO()
    writer = csv.writer(out, delimiter=mark)
    for item in items:
        writer.writerows(rows_of(item, repeated) if isinstance(item, Table) else [[item.text]])
    return out.getvalue()


def as_rows(report: SampleReport, items: Layout) -> dict[str, Any]:
    """Text and tables apart, every table an array of rows."""
    text = [item.text for item in items if not isinstance(item, Table)]
    return {"title": report.title, "text": text, "tables": _tables(items)}


def as_blocks(report: SampleReport, items: Layout) -> dict[str, Any]:
    """One array of paragraphs and tables."""
    blocks = [
        {"type": "table", "rows": rows_of(item, repeated=False)}
        if isinstance(item, Table)
        else {"type": "text", "text": item.text}
        for item in items
    ]
    return {"data": {"title": report.title, "body": blocks}}


def as_keys(report: SampleReport, items: Layout) -> dict[str, Any]:
    """Objects in objects: the labels of rows and columns are keys, one below the other."""
    held: dict[str, Any] = {"标题": report.title, "正文": as_rows(report, items)["text"]}
    for rows in _tables(items):
        table = held.setdefault("tableData", {}).setdefault(f"table{len(rows[0])}", {})
        (_by_applicant if len(rows[0]) == REQUESTS else _by_route if len(rows[0]) == REMEDIES else _by_band)(
            rows, table
        )
    return held


def _tables(items: Layout) -> list[list[list[str]]]:
    return [rows_of(item, repeated=True) for item in items if isinstance(item, Table)]


def _by_applicant(rows: list[list[str]], held: dict[str, Any]) -> None:
    for row in rows[3:]:
        inner = held
        for label in dict.fromkeys(row[:3]):
            inner = inner.setdefault(label, {})
        inner.update(zip(rows[2][3:], row[3:], strict=True))


def _by_route(rows: list[list[str]], held: dict[str, Any]) -> None:
    for c, value in enumerate(rows[-1]):
        *labels, outcome = dict.fromkeys(row[c] for row in rows[:-1])
        inner = held
        for label in labels:
            inner = inner.setdefault(label, {})
        inner[outcome] = value


def _by_band(rows: list[list[str]], held: dict[str, Any]) -> None:
    head: list[str] = []
    for row in rows:
        if row[0] in ("信息内容", "统计指标"):
            head = row
        elif head and len(set(row)) > 1:
            held[row[0]] = dict(zip(head[1:], row[1:], strict=True))


def as_answer(report: SampleReport, escaped: bool = False) -> dict[str, Any]:
    """An interface's answer with the article as HTML, as it is or escaped once more, and an extract of its text."""
    html = as_html(report)
    return {
        "code": 0,
        "data": {
            "title": report.title,
            "pubDate": f"{report.published_on} 08:00:00",
            "summary": report.prose["overview"][:200],
            "content": escape(html) if escaped else html,
        },
    }


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


DUMPS: dict[str, Callable[[SampleReport, Layout], str]] = {
    "csv": lambda report, items: as_csv(items),
    "csv_repeated": lambda report, items: as_csv(items, repeated=True),
    "csv_semicolons": lambda report, items: as_csv(items, ";"),
    "json_rows": lambda report, items: _json(as_rows(report, items)),
    "json_blocks": lambda report, items: _json(as_blocks(report, items)),
    "json_keys": lambda report, items: _json(as_keys(report, items)),
    "json_ascii": lambda report, items: json.dumps(as_answer(report), indent=1),
    "json_escaped": lambda report, items: _json(as_answer(report, escaped=True)),
    "json_call": lambda report, items: f"callback({_json(as_answer(report))});",
    "json_markdown": lambda report, items: _json({"markdown": as_text(report, "pipe_rows")}),
    "html_escaped": lambda report, items: escape(as_html(report)),
}
"""How a report comes out."""


def as_dump(report: SampleReport, dump: str = "csv", quirks: Quirks = ()) -> str:
    """The report as some program keeps it; `html` that is answered is always that of the form."""
    if dump not in DUMPS:
        raise KeyError(f"{dump} is none of the dumps {', '.join(DUMPS)}")
    return DUMPS[dump](report, layout(report, quirks))
