"""Random reports, printed and read back: equal where nothing was lost, right or flagged where something was."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.quirks import blank_header_cells
from crawler.demo.renderers import as_text
from crawler.demo.reports import make_report
from tests.parsers.damage import CELLS, DAMAGES, PRINTERS, damaged, with_blanks
from tests.parsers.pages import bare_lines, is_flagged, read_one

TOKENS = [None, None, "/", "—", "无", 0, 7, Decimal("12.5"), "22（其中修订16件）"]


@st.composite
def reports(draw):
    year, form = draw(st.integers(2019, 2025)), draw(st.sampled_from(["2019", "2021"]))
    report = make_report("云溪县青石镇人民政府", year, form, seed=draw(st.integers(0, 10**6)))
    for _ in range(draw(st.integers(0, 6))):
        path = draw(st.sampled_from(list(report.cells())))
        report = report.with_cell(path, draw(st.sampled_from(TOKENS)))
    return report


def expected(report):
    return {
        path: 22 if value == "22（其中修订16件）" else report.figures()[path]
        for path, value in report.cells().items()
    }


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_what_was_printed_is_read(name, quirks, report):
    found = read_one(PRINTERS[name](report, quirks))
    assert found.cells() == expected(report)
    assert (found.issuer, found.year, found.form, found.title) == (
        report.issuer,
        report.year,
        report.form,
        report.title,
    )
    for path, value in report.cells().items():
        note = found.notes.get(path)
        assert (note is not None) == isinstance(value, str), path
        if value in ("/", "—", "无"):
            assert (note.text, note.flag) == (value, "mark")


@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_two_tabs_part_cells_as_one_does(report):
    text = as_text(report, "tab_rows")
    assert read_one(text.replace("\t", "\t\t")).cells() == read_one(text).cells() == expected(report)


@pytest.mark.parametrize("gap", ["\n", "\n\n", " ", " | ", "\u3000\u3000"])
@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_where_blanks_are_lost_nothing_is_invented(gap, report):
    found = read_one(bare_lines(report, gap)).cells()
    flags = read_one(bare_lines(report, gap))
    for path, value in expected(report).items():
        if path in found and found[path] != value:
            assert found[path] is None, (path, value, found[path])
            assert is_flagged(flags, path), path
    assert found.keys() <= report.cells().keys()
    assert len(found) > len(report.cells()) / 2


@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_what_stands_once_cannot_be_told_when_repeated_lines_are_dropped(report):
    lines = list(dict.fromkeys(bare_lines(report, "\n").split("\n")))
    found = read_one("\n".join(lines))
    for path, value in found.cells().items():
        assert value in (None, expected(report)[path]) or is_flagged(found, path), path


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", CELLS)
@settings(deadline=None, max_examples=20)
@given(
    seed=st.integers(0, 10**6), blanks=st.sampled_from([0, 12, 60]), place=st.floats(0, 1, exclude_max=True)
)
def test_one_cell_lost_doubled_or_strayed_leaves_nothing_wrong_in_silence(name, how, seed, blanks, place):
    report = make_report("云溪县青石镇人民政府", 2022, seed=seed, busy=40)
    report = with_blanks(report, seed, blanks)
    found = read_one(damaged(report, name, how, place, "二、主动", "五、存在"))
    for path, value in found.cells().items():
        assert value in (None, report.figures().get(path)) or is_flagged(found, path), path
