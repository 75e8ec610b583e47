"""Bytes of a document → the reports in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsers.checks import check
from parsers.decide import why_not
from parsers.document import Block, Document, Grid
from parsers.forms import FORMS
from parsers.metadata import read_metadata
from parsers.metadata.head import read_head
from parsers.parts import parts
from parsers.readers import Unreadable, read
from parsers.report import Finding, Report
from parsers.sections import read_sections, with_headings_apart
from parsers.tables import read_tables

Outcome = Literal["report", "blank_form", "not_report", "unreadable"]


@dataclass(slots=True)
class Reading:
    """What a document is: its format as sniffed, the outcome, the reports in it, the engines that took part.
    `message` is the one sentence that says why it is no report, or why it cannot be read.
    """

    format: str
    outcome: Outcome
    reports: list[Report] = field(default_factory=list)
    engines: tuple[str, ...] = ()
    message: str = ""


def parse(data: bytes) -> Reading:
    """Read a document of any format."""
    if not data.strip():
        return Reading("text", "not_report", message="it is empty")
    try:
        document = read(data)
    except Unreadable as error:
        return Reading(error.format, "unreadable", message=error.sentence)
    return _understand(document)


def _understand(document: Document) -> Reading:
    items = with_headings_apart(document.items)
    readings = [_read_part(document, part) for part in parts(items)]
    reports = [report for report, reason in readings if reason is None]
    if not reports:
        reason = readings[0][1] or "it is empty"
        return Reading(document.format, "not_report", engines=document.engines, message=reason)
    blank = len(reports) == 1 and any(finding.code == "blank_form" for finding in reports[0].findings)
    return Reading(document.format, "blank_form" if blank else "report", reports, document.engines)


def _read_part(document: Document, items: list[Block | Grid]) -> tuple[Report, str | None]:
    report = Report()
    placed = read_tables(items, report)
    report.sections = read_sections(items, frozenset(placed.blocks))
    statutory = placed.blocks | {id(items[number]) for number in placed.grids if number < len(items)}
    head = read_head(document, items, statutory)
    reason = why_not(head, report, report.sections)
    read_metadata(head, report)
    _note_what_is_missing(report)
    report.findings += check(report)
    return report, reason


def _note_what_is_missing(report: Report) -> None:
    cells = report.cells()
    if (
        cells
        and all(value is None for value in cells.values())
        and not report.notes
        and len(_prose(report)) < 200
    ):
        report.findings.append(Finding("blank_form", (), "every cell of the form is blank"))
        return
    if report.form not in FORMS:
        if not cells:
            report.findings.append(Finding("no_tables", (), "no statutory table stands in the text"))
        return
    for table in ("proactive", "requests", "remedies"):
        if not getattr(report, table):
            report.findings.append(
                Finding("table_missing", (f"{table}.*.*",), "the table is not in the text")
            )
    _note_missing_rows(report)


def _note_missing_rows(report: Report) -> None:
    form = FORMS["2019" if "other_handling" in report.requests else report.form]
    for table, rows in (("proactive", FORMS[report.form].proactive), ("requests", form.requests)):
        present = getattr(report, table)
        lost = tuple(f"{table}.{row.code}.*" for row in rows if row.code not in present)
        if present and lost:
            message = f"{len(lost)} rows of the form are not in the text"
            report.findings.append(Finding("rows_missing", lost, message))


def _prose(report: Report) -> str:
    return "".join("".join(text.split()) for text in report.sections.values())
