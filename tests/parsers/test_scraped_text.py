"""Text that tools drew out of web pages: every cell right or flagged, and a full form read whole."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.reports import make_report
from crawler.demo.scraped import LOSSY, SCRAPERS, as_scraped
from crawler.demo.wordings import broken_labels
from tests.parsers.pages import codes, flagged, is_flagged, read_one

TOKENS = (None, "/", "—", "无", "22（其中修订16件）")


@st.composite
def printed(draw):
    """A report with some blanks and marks or none."""
    report = make_report("云溪县青石镇人民政府", draw(st.integers(2014, 2025)), seed=draw(st.integers(0, 99)))
    for path in draw(st.lists(st.sampled_from(sorted(report.cells())), max_size=8, unique=True)):
        report = report.with_cell(path, draw(st.sampled_from(TOKENS)))
    return report


@pytest.mark.parametrize("scraper", [*SCRAPERS, *LOSSY])
@settings(deadline=None, max_examples=25)
@given(report=printed())
def test_every_cell_is_right_or_flagged(scraper, report):
    found = read_one(as_scraped(report, scraper))
    assert found.year == report.year
    expected = report.figures()
    assert found.cells().keys() <= expected.keys()
    for path, value in found.cells().items():
        told = path in flagged(found) if path.startswith("annex.") else is_flagged(found, path)
        assert value == expected[path] or told, path


@pytest.mark.parametrize("scraper", SCRAPERS)
@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_a_full_form_is_read_whole(scraper, year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    found = read_one(as_scraped(report, scraper))
    assert found.cells() == report.figures()
    assert not codes(found) & {"row_ragged", "headers_missing", "unknown_row", "columns_unclear"}
    assert found.title == report.title


@pytest.mark.parametrize("scraper", SCRAPERS)
def test_the_lines_between_two_bars_are_one_cell(scraper):
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    assert read_one(as_scraped(report, scraper, (broken_labels,))).cells() == report.figures()


def test_zeros_without_gaps_are_a_number_each_and_other_digits_one_if_there_is_one_column():
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    zeros = [
        path for path, value in report.cells().items() if path.startswith("requests.denied_state_secret.")
    ]
    for path in (*zeros, "proactive.rules.issued", "proactive.rules.repealed", "proactive.rules.in_force"):
        report = report.with_cell(path, 0)
    report = report.with_cell("proactive.licensing.decisions", 1204)
    report = report.with_cell("proactive.normative_documents.in_force", 12)
    found = read_one(as_scraped(report, "glued"))
    assert set(found.proactive["rules"].values()) == {0}
    assert found.proactive["licensing"] == {"decisions": 1204}
    assert set(found.proactive["normative_documents"].values()) == {None}
    assert is_flagged(found, "proactive.normative_documents.in_force")
    two_zeros = as_scraped(report.with_cell("proactive.rules.issued", None), "glued")
    assert is_flagged(read_one(two_zeros), "proactive.rules.issued")


@pytest.mark.parametrize("seed", range(4))
def test_a_value_lost_behind_what_fills_a_header_up_shifts_no_other(seed):
    report = make_report("云溪县青石镇人民政府", 2020, seed=seed)
    lines = as_scraped(report, "bars_behind").splitlines()
    first = max(n for n, line in enumerate(lines) if line == "|||||") + 1
    for lost in range(first, first + 15):
        found = read_one("\n".join(lines[:lost] + lines[lost + 1 :]))
        for path, value in found.cells().items():
            assert value in (None, report.figures()[path]) or is_flagged(found, path), path
        assert is_flagged(found, "remedies.reconsideration.upheld")
