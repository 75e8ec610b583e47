"""Renditions of one report: the same in every format, and where they are not, the cells are named."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.office import as_docx, as_zip
from crawler.demo.pdf import as_pdf
from parsers.compare import differences
from parsers.parse import parse
from tests.parsers.pages import as_page, codes, read_one, report
from tests.printers import PRINTERS

PATH = "requests.received.natural_person"
MARKED = report(2020).with_cell(PATH, None).with_cell("requests.granted.total", "/")


@pytest.mark.parametrize("printer", PRINTERS)
def test_every_format_shows_the_same(printer):
    assert differences(read_one(as_page(MARKED)), parse(PRINTERS[printer](MARKED, ())).reports[0]) == {}


@settings(deadline=None, max_examples=15)
@given(
    data=st.data(),
    new=st.sampled_from([None, 0, 4711, "/", "无"]),
    printer=st.sampled_from(["docx", "pdf", "xls"]),
)
def test_the_cell_in_which_the_attachment_differs_is_named(data, new, printer):
    path = data.draw(st.sampled_from(sorted(MARKED.cells())))
    other = MARKED.with_cell(path, new)
    found = differences(read_one(as_page(MARKED)), parse(PRINTERS[printer](other, ())).reports[0])
    assert set(found) == ({path} if MARKED.cells()[path] != new else set())


@pytest.mark.parametrize(("one", "other", "shown"), [(0, None, ("0", "blank")), (3, "/", ("3", "/"))])
def test_blank_zero_and_marks_are_three_things(one, other, shown):
    pages = [read_one(as_page(report().with_cell(PATH, cell))) for cell in (one, other)]
    assert differences(*pages) == {PATH: shown}


def test_a_row_that_one_lacks_is_a_difference_and_a_table_is_a_part():
    whole = read_one(as_page(report()))
    row = read_one(as_page(report().without("requests.granted")))
    assert {path.rpartition(".")[0] for path in differences(whole, row)} == {"requests.granted"}
    part = report()
    for route in list(part.remedies):
        part = part.without(f"remedies.{route}")
    assert differences(whole, read_one(as_page(part))) == {}


def test_what_could_not_be_read_says_nothing():
    assert differences(*(read_one(as_page(report().with_cell(PATH, cell))) for cell in (3, "约5"))) == {}


def test_two_files_of_an_archive_that_differ():
    sample = report()
    other = sample.with_cell(PATH, 4711)
    same = parse(as_zip({"a.docx": as_docx(sample), "b.pdf": as_pdf(sample)}))
    assert all("renditions_differ" not in codes(found) for found in same.reports)
    reading = parse(as_zip({"a.docx": as_docx(sample), "b.pdf": as_pdf(other)}))
    for found in reading.reports:
        (finding,) = [f for f in found.findings if f.code == "renditions_differ"]
        assert finding.where == (PATH,)
        assert "4711" in finding.message
