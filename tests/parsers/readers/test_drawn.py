"""Reports printed as PDF and OFD and read back: right, or null and flagged; never silently wrong."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.ofd import as_ofd
from crawler.demo.paper import Paper
from crawler.demo.pdf import Ink, as_pdf
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from parsers.parse import parse
from tests.parsers.readers.drawing import MARKS, differences

papers = st.builds(
    Paper,
    height=st.sampled_from([842.0, 700.0, 595.0]),
    margin=st.sampled_from([45.0, 60.0, 72.0]),
    size=st.sampled_from([10.5, 12.0, 14.0, 16.0]),
    cell_size=st.sampled_from([7.0, 9.0]),
    cut=st.booleans(),
)
reports = st.builds(
    make_report,
    st.sampled_from(["白鹭镇人民政府", "青禾县教育局", "青禾县人民政府"]),
    st.sampled_from([2019, 2020, 2021, 2024]),
    seed=st.integers(0, 10**6),
    busy=st.sampled_from([4, 40]),
)
quick = settings(max_examples=15, deadline=None)


def spoil(report, seed):
    rng = random.Random(seed)
    for path in report.cells():
        if rng.random() < 0.15:
            report = report.with_cell(path, rng.choice(MARKS))
    return report


@quick
@given(reports, papers, st.sampled_from([(), (blank_header_cells,)]), st.integers(0, 3))
def test_a_pdf_is_read_back_equal(report, paper, quirks, turned):
    assert differences(report, as_pdf(report, quirks, paper, Ink(turned=turned))) == {}


@quick
@given(reports, papers, st.sampled_from([(), (blank_header_cells,)]))
def test_an_ofd_is_read_back_equal(report, paper, quirks):
    assert differences(report, as_ofd(report, quirks, paper)) == {}


@quick
@given(reports, papers, st.integers(0, 10**6), st.sampled_from([as_pdf, as_ofd]))
def test_marks_and_remarks_are_read_or_flagged(report, paper, seed, render):
    report = spoil(report, seed)
    assert differences(report, render(report, (), paper), spoilt=True) == {}


@quick
@given(reports, papers, st.integers(0, 10**6), st.sampled_from([as_pdf, as_ofd]))
def test_without_rulings_nothing_is_silently_wrong(report, paper, seed, render):
    report = spoil(report, seed)
    paper = Paper(
        paper.width, paper.height, paper.margin, paper.size, paper.cell_size, ruled=False, cut=paper.cut
    )
    assert differences(report, render(report, (), paper), spoilt=True) == {}


@pytest.mark.parametrize("render", [as_pdf, as_ofd])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_table_without_rulings_is_read_where_headers_and_values_agree(render, form):
    report = make_report("白鹭镇人民政府", 2022, form, seed=3)
    assert differences(report, render(report, (), Paper(ruled=False))) == {}


@pytest.mark.parametrize("render", [as_pdf, as_ofd])
def test_title_issuer_year_and_prose(render):
    report = make_report("白鹭镇人民政府", 2022, seed=5)
    (read,) = parse(render(report)).reports
    assert (read.title, read.issuer, read.year, read.form) == (report.title, report.issuer, 2022, "2021")
    for section in ("overview", "problems", "other_matters"):
        assert read.sections[section] == report.prose[section]
    assert read.findings == []


def test_a_title_that_breaks_before_its_last_letter_is_one_title():
    report = make_report("白鹭镇人民政府", 2022, seed=5)
    (read,) = parse(as_pdf(report, (), Paper(size=16))).reports
    assert read.title == report.title


@pytest.mark.parametrize("render", [as_pdf, as_ofd])
def test_the_same_report_makes_the_same_bytes(render):
    report = make_report("白鹭镇人民政府", 2022, seed=5)
    assert render(report) == render(report)
