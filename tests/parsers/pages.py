"""Small documents for tests: the statutory tables of a sample report, spoiled in one way each."""

import re

from crawler.demo.layout import Table
from crawler.demo.renderers import Quirks, as_page, as_text, layout
from crawler.demo.reports import SampleReport, make_report
from parsers.parse import Reading, parse

ISSUER = "云溪县青石镇人民政府"


def report(year: int = 2022, form: str | None = None, seed: int = 3) -> SampleReport:
    """A consistent report of a town that does not exist."""
    return make_report(ISSUER, year, form, seed=seed)


def page(sample: SampleReport, **changes: str) -> str:
    """The report as a page; `changes` are named in Python's way: old=…, new=…."""
    return as_page(sample).replace(changes["old"], changes["new"]) if changes else as_page(sample)


def row_cells(html: str, label: str, cells: str) -> str:
    """A page in which the value cells of one row are others."""
    return re.sub(rf"({re.escape(label)}[^<]*</td>)(?:<td>[^<]*</td>)+", rf"\g<1>{cells}", html)


def blanked(html: str) -> str:
    """A page in which every value cell is blank."""
    return re.sub(r"(<td[^>]*>)[+-]?[\d.]+(</td>)", r"\1&nbsp;\2", html)


def tables(html: str) -> str:
    """Headings and tables of a page, and no word besides."""
    return "".join(re.findall(r"<p><strong>[^<]*</strong></p>|<table.*?</table>", html, re.DOTALL))


def bare_lines(sample: SampleReport, gap: str = "\n\n", quirks: Quirks = ()) -> str:
    """A text in which every cell stands on a line of its own and blank cells are lost."""
    out = []
    for item in layout(sample, quirks):
        if isinstance(item, Table):
            squares = (
                s for r, row in enumerate(item.squares()) for c, s in enumerate(row) if s[:2] == (r, c)
            )
            out += [cell.text for _, _, cell in squares if cell.text]
        else:
            out.append(item.text)
    return gap.join(out)


def read(document: str | bytes) -> Reading:
    """Parse a document."""
    return parse(document if isinstance(document, bytes) else document.encode())


def read_one(document: str | bytes):
    """The one report of a document."""
    reading = read(document)
    assert [reading.outcome, len(reading.reports)] == ["report", 1], reading.message
    return reading.reports[0]


def codes(found) -> set[str]:
    """The codes of a report's findings."""
    return {finding.code for finding in found.findings}


def flagged(found) -> set[str]:
    """Every path that a note or finding speaks of."""
    return set(found.notes) | {path for finding in found.findings for path in finding.where}


def is_flagged(found, path: str) -> bool:
    """Whether a note or finding speaks of a cell, its row or its column."""
    table, row, column = path.split(".")
    return bool(flagged(found) & {path, f"{table}.{row}.*", f"{table}.*.{column}"})


__all__ = ["as_page", "as_text"]
