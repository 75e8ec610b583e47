"""Documents that end too early: every cell that is there is right or flagged, wherever the end is."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.renderers import STYLES, as_page, as_text
from crawler.demo.reports import make_report
from crawler.demo.scraped import SCRAPERS, as_scraped
from tests.parsers.pages import bare_lines, codes, flagged, is_flagged, read, read_one

PRINTERS = {
    "html": as_page,
    "bare": bare_lines,
    **{name: lambda report, n=name: as_text(report, n) for name in STYLES},
    **{name: lambda report, n=name: as_scraped(report, n) for name in SCRAPERS},
}


def printed(name, year, seed=3):
    report = make_report("云溪县青石镇人民政府", year, seed=seed, busy=400)
    return report, PRINTERS[name](report)


@pytest.mark.parametrize("name", PRINTERS)
@settings(deadline=None, max_examples=12)
@given(year=st.sampled_from([2016, 2020, 2023]), seed=st.integers(0, 99), place=st.floats(0.2, 1))
def test_no_number_is_cut_in_silence(name, year, seed, place):
    report, text = printed(name, year, seed)
    for found in read(text[: int(place * len(text))]).reports:
        for path, value in found.cells().items():
            told = path in flagged(found) if path.startswith("annex.") else is_flagged(found, path)
            assert value in (None, report.figures()[path]) or told, path


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("year", [2016, 2020, 2023])
def test_a_whole_document_is_not_cut_off(name, year):
    _, text = printed(name, year)
    assert "cut_off" not in codes(read_one(text))


def test_the_row_in_which_a_page_ends_is_named():
    report, _ = printed("html", 2023)
    html = as_page(report.with_cell("proactive.penalties.decisions", 951))
    found = read_one(html[: html.index("951") + 2])
    assert [f.where for f in found.findings if f.code == "cut_off"] == [("proactive.penalties.*",)]
    assert found.proactive["penalties"] == {"decisions": 95}


@pytest.mark.parametrize("year", [2016, 2020, 2023])
def test_a_cell_that_is_cut_before_its_number_is_no_blank(year):
    report, html = printed("html", year)
    numbers = [m.start(1) for m in re.finditer(r"<td>(\d+)</td>", html)]
    for place in numbers[3::17]:
        for found in read(html[:place]).reports:
            for path, value in found.cells().items():
                told = path in flagged(found) if path.startswith("annex.") else is_flagged(found, path)
                assert value == report.figures()[path] or told, path
