"""Pages that draw tables otherwise than the form: no cell wrong, blank or absent in silence."""

import pytest
from hypothesis import given, settings

from crawler.demo.reports import make_report
from crawler.demo.reshaped import LOSSY, SHAPES, as_reshaped
from tests.parsers.pages import codes, read_one
from tests.parsers.test_dumped import UNPLACED, printed, told


@pytest.mark.parametrize("shape", [*SHAPES, *LOSSY])
@settings(deadline=None, max_examples=12)
@given(report=printed())
def test_every_cell_is_right_or_flagged(shape, report):
    found = read_one(as_reshaped(report, shape))
    expected = report.figures()
    for path in found.cells().keys() - expected.keys():
        assert found.cells()[path] is None, path
    for path, value in expected.items():
        assert found.cells().get(path, "absent") == value or told(found, path), path


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_a_full_form_is_read_whole(shape, year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    found = read_one(as_reshaped(report, shape))
    assert found.cells() == report.figures()
    if (
        shape != "a_table_per_row"
    ):  # a header that spans rows stands in another table than the numbers under it
        assert not codes(found) & UNPLACED
    assert (found.year, found.title) == (year, report.title)


@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_numbers_that_are_pictures_are_no_blanks(year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    found = read_one(as_reshaped(report, "pictures"))
    for path, value in report.cells().items():
        if isinstance(value, int) and value >= 0 and "items_change" not in path:
            assert found.cells()[path] is None
            assert found.notes[path].flag == "unclear"
