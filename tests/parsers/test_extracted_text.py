"""Text that tools drew out of PDF files: every cell right or flagged, and most of them right."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.extracted import EXTRACTORS, as_extracted
from crawler.demo.paper import Paper
from crawler.demo.reports import make_report
from tests.parsers.pages import codes, flagged, is_flagged, read_one

PAPERS = (Paper(), Paper(cut=True), Paper(cell_size=7.5), Paper(cell_size=10.5, margin=54))
TOKENS = (None, "/", "—", "无")


@st.composite
def printed(draw):
    """A report, with some blanks and marks or none, and the paper it is printed on."""
    year = draw(st.integers(2014, 2025))
    report = make_report(
        draw(st.sampled_from(("白鹭镇人民政府", "青禾县教育局"))), year, seed=draw(st.integers(0, 99))
    )
    for path in draw(st.lists(st.sampled_from(sorted(report.cells())), max_size=8, unique=True)):
        report = report.with_cell(path, draw(st.sampled_from(TOKENS)))
    return report, draw(st.sampled_from(PAPERS))


@pytest.mark.parametrize("extractor", EXTRACTORS)
@settings(deadline=None, max_examples=25)
@given(case=printed())
def test_every_cell_is_right_or_flagged(extractor, case):
    report, paper = case
    found = read_one(as_extracted(report, extractor, (), paper))
    assert found.year == report.year
    cells, expected = found.cells(), report.figures()
    assert cells.keys() <= expected.keys()
    for path, value in expected.items():
        told = path in flagged(found) if path.startswith("annex.") else is_flagged(found, path)
        assert cells.get(path, "absent") == value or told, path


@pytest.mark.parametrize(
    ("extractor", "share"), [("by_line", 1.0), ("by_stream", 1.0), ("a_run_a_line", 0.75)]
)
@pytest.mark.parametrize("year", [2020, 2022])
def test_cells_of_a_full_form_are_found(extractor, share, year):
    report = make_report("白鹭镇人民政府", year, seed=3)
    found = read_one(as_extracted(report, extractor))
    cells, expected = found.cells(), report.figures()
    right = sum(cells.get(path, "absent") == value for path, value in expected.items())
    assert right >= share * len(expected)
    assert found.issuer == report.issuer


@pytest.mark.parametrize("extractor", EXTRACTORS)
@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("year", [2014, 2016, 2018])
def test_the_annex_is_read_whole_although_its_labels_are_broken(extractor, paper, year):
    report = make_report("云溪县青石镇人民政府", year, seed=year)
    found = read_one(as_extracted(report, extractor, (), paper))
    assert found.cells() == report.figures()
    assert not codes(found) & {"label_guessed", "unknown_row", "columns_unclear", "no_tables"}
