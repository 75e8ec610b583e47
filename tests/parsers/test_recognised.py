import re

import pytest

from crawler.demo.pdf import as_pdf
from crawler.demo.reports import make_report
from parsers.checks import check
from parsers.document import Document, Grid
from parsers.ocr import DOUBT
from parsers.readers import read as read_file
from parsers.recognised import settle
from parsers.report import Finding, Note, Report
from parsers.tables import read_tables
from parsers.tables.annex import read_annex
from parsers.tables.cells import read_cell
from parsers.tables.place import place
from parsers.tables.remedies import ROUTE_CODES
from parsers.tables.rows import rows
from parsers.values import is_value

SCAN = Document("pdf", engines=("rapidocr 3.10.0",))
AT = "requests.granted.business"


def read(**texts):
    """A report as read, some cells from the text that stood there."""
    sample = make_report("白鹭镇人民政府", 2022, seed=11)
    report = Report(form=sample.form, proactive=dict(sample.proactive), remedies=dict(sample.remedies))
    report.requests = {row: dict(cells) for row, cells in sample.requests.items()}
    for path, text in texts.items():
        _, row, column = path.split(".")
        cell = read_cell(text)
        report.requests[row][column] = cell.value
        if cell.note:
            report.notes[path] = cell.note
            report.findings.append(Finding("cell_unclear", (path,), f"“{text}” is no number"))
    return sample, report


def test_a_doubt_is_a_value_and_never_a_number():
    assert is_value(DOUBT)
    assert is_value("O" + DOUBT)
    assert read_cell("5" + DOUBT).value is None


def test_every_number_of_a_scan_is_flagged():
    _, report = read()
    settle(report, SCAN)
    numbers = {path: value for path, value in report.cells().items() if value is not None}
    assert {path: note.flag for path, note in report.notes.items()} == dict.fromkeys(numbers, "ocr")


def printed(pages, year=2022):
    """A text PDF as if text recognition had read some of its pages."""
    document = read_file(as_pdf(make_report("白鹭镇人民政府", year, seed=11)))
    document.engines += SCAN.engines
    for item in document.items:
        if isinstance(item, Grid):
            item.places = [seen(item.place_of(row), pages) for row in range(len(item.rows))]
    return document


def seen(place, pages):
    return re.sub(r"page (\d+)", lambda m: f"scanned {m[0]}" if int(m[1]) in pages else m[0], place)


@pytest.mark.parametrize("pages", [{1}, {2}, {1, 3}, set()])
def test_only_what_stands_on_recognised_pages_is_flagged(pages):
    document = printed(pages)
    report = Report()
    read_tables(document.items, report)
    settle(report, document, document.items)
    rows_on = {
        f"{hit.table}.{row}"
        for hit in place(rows(document.items)).hits
        if "scanned" in hit.row.place
        for row in ([hit.code] if hit.code else ROUTE_CODES)
    }
    numbers = {path for path, value in report.cells().items() if value is not None}
    assert {path for path in numbers if path in report.notes} == {
        path for path in numbers if path.rpartition(".")[0] in rows_on
    }
    assert bool(rows_on) == bool(pages)


@pytest.mark.parametrize(
    ("pages", "share"), [({4}, {0}), ({1}, range(1, 50)), ({3}, range(1, 50)), ({1, 2, 3}, {58})]
)
def test_only_the_rows_of_an_annex_that_were_recognised_are_flagged(pages, share):
    document = printed(pages, 2016)
    report = Report()
    annex = read_annex(document.items, report)
    settle(report, document, annex.rest, annex.places)
    numbers = {path for path, value in report.cells().items() if value is not None}
    assert len(numbers) == 58
    assert len(report.notes.keys() & numbers) in share
    assert {path for path in numbers if path in report.notes} == {
        path for path in numbers if "scanned" in annex.places[path.partition(".")[2]][0]
    }


def test_born_digital_documents_are_left_alone():
    _, report = read(**{AT: "5" + DOUBT})
    settle(report, Document("pdf", engines=("pdfium 1",)))
    assert report.cells()[AT] is None
    assert set(report.notes) == {AT}


def test_a_doubt_that_row_and_column_settle_alike_is_repaired():
    sample, report = read(**{AT: "O" + DOUBT})
    settle(report, SCAN)
    assert report.cells()[AT] == sample.cells()[AT]
    assert report.notes[AT] == Note("O", "repaired")
    assert [f for f in report.findings if f.code == "cell_unclear"] == []
    assert check(report) == []


def test_two_doubts_in_a_row_and_column_that_do_not_settle_them_stay_unclear():
    beside = "requests.granted.research"
    _, report = read(**{AT: "O" + DOUBT, beside: DOUBT})
    settle(report, SCAN)
    assert {report.notes[path].flag for path in (AT, beside)} == {"unclear"}
    assert report.cells()[AT] is None


@pytest.mark.parametrize("path", ["requests.granted.total", "requests.received.business"])
def test_row_and_column_that_disagree_repair_nothing(path):
    sample, report = read(**{AT: DOUBT})
    _, row, column = path.split(".")
    report.requests[row][column] = sample.requests[row][column] + 7
    settle(report, SCAN)
    assert report.cells()[AT] is None
    assert report.notes[AT].flag == "unclear"


def test_a_number_read_with_certainty_is_kept_though_it_breaks_a_sum():
    sample, report = read()
    report.requests["granted"]["business"] = sample.requests["granted"]["business"] + 1
    settle(report, SCAN)
    assert report.cells()[AT] == sample.cells()[AT] + 1
    assert report.notes[AT].flag == "ocr"
    assert check(report)
