"""Title, issuer, year, scope and date of a report, each with the places that speak for it."""

from __future__ import annotations

from parsers.metadata.correction import read_correction
from parsers.metadata.dates import read_dates
from parsers.metadata.head import Head
from parsers.metadata.issuer import read_issuer
from parsers.metadata.scope import read_scope
from parsers.metadata.year import read_year
from parsers.report import Report, Witness


def read_metadata(head: Head, report: Report) -> None:
    """Fill in what the head and the prose of a report say of it."""
    report.title = head.title
    report.witnesses += [Witness("title", line, "title") for line in head.titles]
    read_year(head, report)
    read_issuer(head, report)
    read_scope(head, report)
    read_dates(head, report)
    read_correction(head, report)
