"""Bytes of a document → the reports in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsers.checks import check, missing
from parsers.decide import is_blank_form, why_not
from parsers.document import Block, Document, Grid
from parsers.metadata import read_metadata
from parsers.metadata.head import read_head
from parsers.parts import parts
from parsers.preamble import read_preamble
from parsers.readers import Unreadable, read_all
from parsers.recognised import settle
from parsers.report import Finding, Report
from parsers.sections import read_sections, with_headings_apart
from parsers.stated import read_stated
from parsers.tables import read_tables
from parsers.tables.annex import read_annex

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
        documents, unread = read_all(data)
    except Unreadable as error:
        return Reading(error.format, "unreadable", message=error.sentence)
    readings = [_understand(document) for document in documents]
    return readings[0] if len(readings) == 1 and not unread else _together(readings, unread)


def _together(readings: list[Reading], unread: list[str]) -> Reading:
    """The reading of an archive: the reports of all its documents; what could not be read in it is a finding."""
    reports = [report for reading in readings for report in reading.reports if reading.outcome == "report"]
    message = "; ".join(dict.fromkeys(reading.message for reading in readings if reading.message))
    for report in reports:
        report.findings += [Finding("member_unread", (), sentence) for sentence in unread]
    engines = tuple(dict.fromkeys(engine for reading in readings for engine in reading.engines))
    return Reading("zip", "report" if reports else "not_report", reports, engines, "" if reports else message)


def _understand(document: Document) -> Reading:
    items = with_headings_apart(document.items)
    found = parts(items)
    readings = [_read_part(document if len(found) == 1 else _page_of(document, part), part) for part in found]
    reports = [report for report, reason in readings if reason is None]
    if not reports:
        reason = readings[0][1] or "it is empty"
        return Reading(document.format, "not_report", engines=document.engines, message=reason)
    blank = len(reports) == 1 and any(finding.code == "blank_form" for finding in reports[0].findings)
    return Reading(document.format, "blank_form" if blank else "report", reports, document.engines)


def _page_of(document: Document, part: list[Block | Grid]) -> Document:
    """The document as the page of one of several reports: its date is theirs, its title need not be."""
    kept = {name: text for name, text in document.meta.items() if name in ("PubDate", "ContentSource")}
    return Document(document.format, part, kept, document.engines)


def _read_part(document: Document, items: list[Block | Grid]) -> tuple[Report, str | None]:
    report = Report()
    items = read_annex(items, report)
    placed = read_tables(items, report)
    report.sections = read_sections(items, frozenset(placed.blocks))
    report.preamble = read_preamble(items, frozenset(placed.blocks))
    settle(report, document)
    statutory = placed.blocks | {id(items[number]) for number in placed.grids if number < len(items)}
    head = read_head(document, items, statutory)
    if is_blank_form(head, report):
        report.title = head.found[0].text if head.found else None
        report.findings.append(Finding("blank_form", (), "every cell of the form is blank"))
        return report, None
    reason = why_not(head, report, report.sections)
    read_metadata(head, report)
    report.findings += [*missing(report), *check(report)]
    read_stated(report)
    return report, reason
