"""Five real reports, read from beside the project; what is expected here was read by eye."""

import pytest

from parsers.forms import FORMS, SECTIONS
from parsers.parse import parse
from tests.parsers import shared
from tests.parsers.pages import codes, is_flagged

SEEDS = {
    "000_fd8379a5ae0736a2": ("亮河镇", 2021, "2021", "亮河镇2021年政府信息公开工作年度报告", None),
    "001_1c8077623915ba9b": (
        "阿城区松峰山镇",
        2023,
        "2021",
        "阿城区松峰山镇2023年政府信息公开工作年度报告",
        None,
    ),
    "002_997d752ced70f0d7": (
        "大岚镇人民政府",
        2021,
        "2021",
        "大岚镇人民政府2021年政府信息公开工作年度报告",
        "2021-12-29",
    ),
    "003_e959727a417761dd": (
        "集贤镇人民政府",
        2022,
        "2021",
        "集贤镇人民政府2022年度信息公开工作年度报告",
        None,
    ),
    "004_989b98ff59a8029b": (
        "宝清县青原镇人民政府",
        2020,
        "2019",
        "宝清县青原镇人民政府2020年政府信息公开工作年度报告",
        None,
    ),
}
BLANK = dict.fromkeys(["upheld", "corrected", "other_outcome", "undecided", "total"])


def seed(name):
    reading = parse(shared.path("seeds", f"{name}.txt").read_bytes())
    assert reading.outcome == "report"
    (report,) = reading.reports
    return report


@pytest.mark.parametrize("name", SEEDS)
def test_metadata(name):
    issuer, year, form, title, day = SEEDS[name]
    report = seed(name)
    assert report.issuer.startswith(issuer)
    assert (report.year, report.form, report.title) == (year, form, title)
    assert (report.published_on, report.scope) == (day, "own")


@pytest.mark.parametrize("name", [name for name in SEEDS if not name.startswith(("003", "004"))])
def test_all_zero_and_complete(name):
    report = seed(name)
    form = FORMS[report.form]
    assert list(report.proactive) == [row.code for row in form.proactive]
    assert list(report.requests) == [row.code for row in form.requests]
    assert len(report.cells()) == 10 + 175 + 15
    assert set(report.cells().values()) == {0}
    assert report.notes == {}
    assert list(report.sections) == list(SECTIONS)


def test_the_stray_zero_of_one_row():
    report = seed("001_1c8077623915ba9b")
    assert [(f.code, f.where) for f in report.findings] == [
        ("stray_cell", ("requests.other_handling_correction_overdue.*",))
    ]


def test_a_table_that_stops_and_one_without_headers():
    report = seed("003_e959727a417761dd")
    assert list(report.requests) == [row.code for row in FORMS["2021"].requests][:12]
    assert set(report.cells().values()) == {0}
    assert [len(row) for row in report.remedies.values()] == [5, 5, 5]
    assert is_flagged(report, "remedies.reconsideration.upheld")
    assert "rows_missing" in codes(report)
    assert "remedies" not in report.sections


def test_the_report_with_figures():
    report = seed("004_989b98ff59a8029b")
    assert report.proactive["licensing"] == {"items_last_year": 78, "items_change": 52, "decisions": 134}
    assert report.proactive["penalties"] == {"items_last_year": 22, "items_change": -21, "decisions": 1}
    assert report.proactive["administrative_charges"] == {"items_last_year": 0, "items_change": 0}
    assert report.proactive["procurement"]["items"] == 1
    assert float(report.proactive["procurement"]["amount"]) == 105.65
    assert (report.notes["proactive.procurement.amount"].text, len(report.notes)) == ("105.650万", 1)
    others = {"rules", "normative_documents", "other_external_matters", "coercion"}
    assert {v for row in others for v in report.proactive[row].values()} == {0}
    assert [row.code for row in FORMS["2019"].requests] == list(report.requests)
    assert {v for row in report.requests.values() for v in row.values()} == {0}
    assert {len(row) for row in report.requests.values()} == {7}


def test_blank_cells_beside_zeros():
    report = seed("004_989b98ff59a8029b")
    assert report.remedies["reconsideration"] == BLANK
    assert set(report.remedies["litigation_direct"].values()) == {0}
    assert set(report.remedies["litigation_after_reconsideration"].values()) == {0}


def test_three_rows_with_eight_zeros_are_said():
    found = [f.where for f in seed("004_989b98ff59a8029b").findings if f.code == "extra_cells"]
    assert found == [(f"requests.{row}.*",) for row in ("other_handling", "concluded", "carried_forward")]
