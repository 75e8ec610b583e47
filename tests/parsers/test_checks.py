import re
from decimal import Decimal

import pytest

from parsers.checks import check, missing
from parsers.forms import FORMS
from parsers.report import Report
from tests.parsers.pages import as_page, codes, is_flagged, read_one, report


def broken(sample):
    return [f for f in check(read_one(as_page(sample))) if f.code == "identity_broken"]


def test_a_consistent_report_has_no_finding():
    for form in ("2019", "2021"):
        assert broken(report(form=form)) == []


def test_one_wrong_cell_is_where_row_and_columns_cross():
    sample = report()
    path = "requests.granted.natural_person"
    found = broken(sample.with_cell(path, sample.cells()[path] + 1))
    assert len(found) == 2
    assert all(path in finding.where and path in finding.message for finding in found)


def test_a_wrong_received_cell():
    sample = report()
    path = "requests.received.business"
    found = broken(sample.with_cell(path, sample.cells()[path] + 1))
    assert all(path in finding.message for finding in found)


def test_a_wrong_total_of_remedies_is_located_by_its_route_only():
    sample = report()
    found = broken(sample.with_cell("remedies.reconsideration.total", 99))
    assert [set(f.where) for f in found] == [
        {
            f"remedies.reconsideration.{c}"
            for c in ("upheld", "corrected", "other_outcome", "undecided", "total")
        }
    ]
    assert "meets in" not in found[0].message


def test_two_wrong_cells_name_no_suspect():
    sample = (
        report().with_cell("requests.granted.natural_person", 50).with_cell("requests.received.business", 60)
    )
    assert broken(sample)
    assert not any("meets in" in finding.message for finding in broken(sample))


@pytest.mark.parametrize("token", [None, "/", "—"])
def test_an_identity_without_all_its_numbers_is_not_checked(token):
    sample = report().with_cell("requests.granted.natural_person", 50)
    paths = [f"requests.{row}.natural_person" for row in ("concluded", "carried_forward")]
    for path in (*paths, "requests.granted.total"):
        sample = sample.with_cell(path, token)
    assert not any("requests.granted.natural_person" in f.where for f in broken(sample))


def test_the_value_is_kept_as_published():
    sample = report().with_cell("requests.granted.natural_person", 50)
    assert read_one(as_page(sample)).requests["granted"]["natural_person"] == 50


@pytest.mark.parametrize("table", ["proactive", "requests", "remedies"])
def test_a_missing_table_is_said_row_by_row(table):
    sample = report()
    rows = list(getattr(sample, table))
    for row in rows:
        sample = sample.without(f"{table}.{row}")
    lost = [f.where for f in missing(read_one(as_page(sample))) if f.code == "table_missing"]
    assert lost == [tuple(f"{table}.{row}.*" for row in rows)]


@pytest.mark.parametrize("code", ["rules", "penalties"])
def test_a_row_whose_label_is_lost_may_be_any_that_is_not_there(code):
    label = next(row.label for row in FORMS["2021"].proactive if row.code == code)
    found = read_one(as_page(report()).replace(f"<td>{label}</td>", "<td>事项甲</td>"))
    assert [f.where for f in found.findings if f.code == "unknown_row"] == [(f"proactive.{code}.*",)]


def test_a_report_without_tables():
    assert [f.code for f in missing(Report())] == ["no_tables"]


def test_rows_that_only_one_form_has_are_missed_where_the_form_is_unknown():
    sample = report(2022)
    for row in ("other_handling_correction_overdue", "other_handling_fee_overdue", "other_handling_rest"):
        sample = sample.without(f"requests.{row}")
    page = re.sub(r"<p><strong>二、.*?(?=<p><strong>三、)", "", as_page(sample), flags=re.S)
    found = read_one(page)
    assert "form_unknown" in codes(found)
    assert is_flagged(found, "requests.other_handling_rest.total")
    assert is_flagged(found, "requests.other_handling.total")


ODD = [("requests.received.business", -3), ("requests.granted.total", Decimal("2.5"))]
ODD += [
    ("proactive.licensing.decisions", Decimal("0.5")),
    ("proactive.administrative_charges.amount", Decimal(-1)),
]


@pytest.mark.parametrize(("path", "value"), ODD)
def test_what_no_count_can_be_is_said_and_kept(path, value):
    found = read_one(as_page(report().with_cell(path, value)))
    assert found.cells()[path] == value
    assert [finding.where for finding in found.findings if finding.code == "count_odd"] == [(path,)]


def test_money_is_broken_and_changes_are_negative():
    sample = report(2020).with_cell("proactive.procurement.amount", Decimal("0.5"))
    sample = sample.with_cell("proactive.licensing.items_change", -4)
    assert "count_odd" not in codes(read_one(as_page(sample)))
    annex = report(2016).with_cell("annex.budget", Decimal("0.5"))
    assert "count_odd" not in codes(read_one(as_page(annex)))
    assert "count_odd" in codes(read_one(as_page(annex.with_cell("annex.meetings", Decimal("0.5")))))


@pytest.mark.parametrize(
    "route", ["reconsideration", "litigation_direct", "litigation_after_reconsideration"]
)
def test_a_route_of_remedy_that_is_not_there_is_said(route):
    found = read_one(as_page(report().without(f"remedies.{route}")))
    assert route not in found.remedies
    assert is_flagged(found, f"remedies.{route}.total")


@pytest.mark.parametrize("others", [(), ("other_handling_fee_overdue", "other_handling_rest")])
def test_a_row_of_the_other_form_in_place_of_three_says_so_of_all_of_them(others):
    sample = report(2022)
    page = as_page(sample)
    for code in {"other_handling_fee_overdue", "other_handling_rest"} - {*others}:
        page = as_page(sample := sample.without(f"requests.{code}"))
    page = re.sub(r"<td>1.申请人无正当理由逾期不补正[^<]*</td>", "", page)
    found = read_one(page)
    assert "other_handling" in found.requests
    assert is_flagged(found, "requests.other_handling.total")
    assert is_flagged(found, "requests.other_handling_correction_overdue.total")
