"""Bytes of a document → the reports in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Literal

from parsers.checks import check, missing, unread_pictures
from parsers.compare import compare_renditions
from parsers.decide import OTHER_TITLE, is_blank_form, why_not
from parsers.document import Block, Document, Grid
from parsers.engines import NONE, Engines
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
from parsers.tables.annex import doubt_year, read_annex
from parsers.tables.ending import cut_off

Outcome = Literal["report", "blank_form", "not_report", "unreadable"]


@dataclass(slots=True)
class Reading:
    """What a document is: its format as sniffed, the outcome, the reports in it, the engines that took part.
    `message` is the one sentence that says why it is no report, or why it cannot be read; `lacks` names the extras
    with which more of it could be read.
    """

    format: str
    outcome: Outcome
    reports: list[Report] = field(default_factory=list)
    engines: tuple[str, ...] = ()
    message: str = ""
    lacks: tuple[str, ...] = ()


def parse(data: bytes, engines: Engines = NONE) -> Reading:
    """Read a document of any format."""
    if not data.strip():
        return Reading("text", "not_report", message="it is empty")
    try:
        documents, unread = read_all(data, engines)
    except Unreadable as error:
        return Reading(error.format, "unreadable", message=error.sentence, lacks=error.lacks)
    readings = [_with_its_pictures(document, engines) for document in documents]
    return readings[0] if len(readings) == 1 and not unread else _together(readings, unread)


def parse_pictures(pictures: Sequence[bytes], engines: Engines = NONE) -> Reading:
    """Read pictures that show one document, a page each."""
    from parsers.readers.scans import read_together

    try:
        return _understand(read_together(pictures, engines))
    except Unreadable as error:
        return Reading(error.format, "unreadable", message=error.sentence, lacks=error.lacks)


def _together(readings: list[Reading], unread: list[Unreadable]) -> Reading:
    """The reading of an archive: the reports of all its documents; what could not be read in it is a finding, and
    where no other member is a report nobody knows whether it was one."""
    reports = [report for reading in readings for report in reading.reports if reading.outcome == "report"]
    messages = [reading.message for reading in readings if reading.message]
    blind = [
        *(r.message for r in readings if r.outcome == "unreadable"),
        *(error.sentence for error in unread),
    ]
    for report in reports:
        report.findings += [Finding("member_unread", (), sentence) for sentence in blind]
    compare_renditions(reports)
    engines = _once(engine for reading in readings for engine in reading.engines)
    lacks = _once(chain(*(reading.lacks for reading in readings), *(error.lacks for error in unread)))
    if reports:
        return Reading("zip", "report", reports, engines, lacks=lacks)
    message = "; ".join(_once(blind or messages))
    return Reading("zip", "unreadable" if blind else "not_report", [], engines, message, lacks)


def _once(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _with_its_pictures(document: Document, engines: Engines) -> Reading:
    """The reading of a document, with the pictures it holds itself where a report lacks what they may show."""
    reading = _understand(document)
    lost = any(f.code == "pictures_unread" for report in reading.reports for f in report.findings)
    if not (lost and document.inline):
        return reading
    from parsers.readers.html_pictures import with_pictures

    return _understand(with_pictures(document, engines))


def _understand(document: Document) -> Reading:
    items = with_headings_apart(document.items)
    found = parts(items)
    readings = [_read_part(document if len(found) == 1 else _page_of(document, part), part) for part in found]
    reports = [report for report, reason in readings if reason is None]
    reading = Reading(document.format, "report", reports, document.engines, lacks=document.lacks)
    blank = len(reports) == 1 and any(finding.code == "blank_form" for finding in reports[0].findings)
    if not reports or blank:
        reading.outcome = "blank_form" if blank else "not_report"
        reading.message = "" if blank else readings[0][1] or "it is empty"
        return _unseen(reading, document) if document.unread else reading
    for report in reports:
        report.findings += document.unread
    return reading


def _unseen(reading: Reading, document: Document) -> Reading:
    """The reading of a document that seems no report and of which a part was not seen."""
    if reading.message.startswith(OTHER_TITLE):
        return reading
    return replace(
        reading, outcome="unreadable", reports=[], message="; ".join(f.message for f in document.unread)
    )


def _page_of(document: Document, part: list[Block | Grid]) -> Document:
    """The document as the page of one of several reports: its date is theirs, its title need not be."""
    kept = {name: text for name, text in document.meta.items() if name in ("PubDate", "ContentSource")}
    return Document(document.format, part, kept, document.engines)


def _read_part(document: Document, items: list[Block | Grid]) -> tuple[Report, str | None]:
    report = Report()
    whole = items
    annex = read_annex(whole, report)
    items = annex.rest
    placed = read_tables(items, report)
    report.sections = read_sections(items, frozenset(placed.blocks))
    report.preamble = read_preamble(items, frozenset(placed.blocks))
    settle(report, document, items, annex.places)
    statutory = placed.blocks | {id(items[number]) for number in placed.grids if number < len(items)}
    if document.is_open and whole:
        report.findings += cut_off(report, placed, items, whole[-1])
    head = read_head(document, items, statutory)
    if is_blank_form(head, report):
        report.title = head.found[0].text if head.found else None
        report.findings.append(Finding("blank_form", (), "every cell of the form is blank"))
        return report, None
    reason = why_not(head, report, report.sections)
    read_metadata(head, report)
    doubt_year(report, annex.years)
    report.findings += [*missing(report), *check(report)]
    report.findings += unread_pictures(report, document.pictures)
    read_stated(report)
    return report, reason
