"""Tables of one skeleton are filled by its plan: never otherwise than they would be placed one by one."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.demo.reports import make_report
from crawler.demo.wordings import reworded
from parsers.readers import read
from parsers.report import Report
from parsers.sections import with_headings_apart
from parsers.tables.fill import fill
from parsers.tables.place import place
from parsers.tables.rows import sift, spread
from parsers.tables.skeleton import Stood, fill_alike
from tests.parsers.test_roundtrip import reports
from tests.parsers.test_variation_random import QUIRKS
from tests.printers import PRINTERS

EXACT = ("html", "docx", "xlsx")


def pieces(report, printer, quirks=()):
    items = read(PRINTERS[printer](report, quirks)).items
    return list(sift(with_headings_apart(items)))


def placed_one_by_one(found):
    report, placed = Report(), place(spread(found))
    fill(report, placed)
    return report, Stood(placed.grids, placed.blocks)


def assert_same(by_plan, stood, found):
    """The same, and in the same order."""
    one_by_one, there = placed_one_by_one(found)
    assert (by_plan, stood) == (one_by_one, there)
    assert list(by_plan.notes) == list(one_by_one.notes)
    assert list(by_plan.cells()) == list(one_by_one.cells())


def planned(found):
    """What the plan makes of a document whose skeleton was met before, if it has one."""
    for _ in range(2):
        fill_alike(Report(), found)
    report = Report()
    return report, fill_alike(report, found)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    report=reports(),
    names=st.lists(st.sampled_from(sorted(QUIRKS)), max_size=2, unique=True),
    printer=st.sampled_from(EXACT),
)
def test_a_plan_fills_as_placing_does(report, names, printer):
    found = pieces(report, printer, tuple(QUIRKS[name] for name in names))
    by_plan, stood = planned(found)
    if stood is None:
        assert by_plan == Report()
    else:
        assert_same(by_plan, stood, found)


@pytest.mark.parametrize("printer", EXACT)
@pytest.mark.parametrize(("year", "form"), [(2020, "2019"), (2023, "2021")])
def test_the_official_form_has_a_plan_that_serves_other_numbers(printer, year, form):
    one, other = (make_report("云溪县青石镇人民政府", year, form, seed=seed, busy=seed) for seed in (20, 90))
    planned(pieces(one, printer))
    report = Report()
    assert fill_alike(report, pieces(other, printer))
    assert report.cells() == other.figures() != one.figures()


def test_marks_and_blanks_are_of_the_skeleton():
    report = make_report("云溪县青石镇人民政府", 2023, seed=1)
    marked = report.with_cell("requests.granted.business", "/").with_cell("requests.granted.research", None)
    planned(pieces(report, "html"))
    by_plan, stood = planned(pieces(marked, "html"))
    assert stood
    assert by_plan.cells() == marked.figures()
    assert by_plan.notes["requests.granted.business"].flag == "mark"


@pytest.mark.parametrize("header", ["采购总金额", "采购总金额（单位：元）", "采购总金额（单位：万元）"])
@pytest.mark.parametrize("amount", [0, 120, Decimal("318.26")])
def test_an_amount_keeps_its_unit_and_what_is_said_of_it(header, amount):
    report = make_report("云溪县青石镇人民政府", 2020, seed=1).with_cell(
        "proactive.procurement.amount", amount
    )
    report = report.with_cell("requests.granted.business", "/")
    found = pieces(report, "html", (reworded(("采购总金额", header)),))
    by_plan, stood = planned(found)
    assert stood
    assert_same(by_plan, stood, found)


@pytest.mark.parametrize("token", ["1,234", "１２", "22（其中修订16件）", "约5", "3000000000000017", "-4"])
def test_what_is_no_plain_number_keeps_its_note(token):
    report = make_report("云溪县青石镇人民政府", 2023, seed=1)
    planned(pieces(report, "html"))
    found = pieces(report.with_cell("requests.granted.business", token), "html")
    by_plan, stood = planned(found)
    assert stood is None or (by_plan, stood) == placed_one_by_one(found)


@pytest.mark.parametrize("header", ["采购总金额", "采购总金额（单位：元）"])
@pytest.mark.parametrize("token", ["22（其中修订16件）", "251000元", "1234567890123", "/"])
def test_an_amount_that_is_no_plain_number_is_read_as_it_stands(header, token):
    report = make_report("云溪县青石镇人民政府", 2020, seed=1).with_cell(
        "proactive.procurement.amount", token
    )
    found = pieces(report, "html", (reworded(("采购总金额", header)),))
    by_plan, stood = planned(found)
    if stood is None:
        assert by_plan == Report()
    else:
        assert_same(by_plan, stood, found)


def test_one_sight_of_a_skeleton_makes_no_plan():
    report = make_report("云溪县青石镇人民政府", 2023, seed=5).with_cell("requests.granted.research", "—")
    found = pieces(report, "html")
    assert fill_alike(Report(), found) is None
    assert fill_alike(Report(), found)


def test_the_annex_is_placed_beside_no_plan():
    found = pieces(make_report("云溪县青石镇人民政府", 2023, seed=1), "html")
    planned(found)
    assert fill_alike(Report(annex={"received": 1}), found) is None
