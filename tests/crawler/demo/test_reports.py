from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.demo.reports import SampleReport, make_report
from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, SECTIONS
from parsers.forms.identities import identities

SEEDS = st.integers(min_value=0, max_value=10**9)
FORM_CODES = st.sampled_from(sorted(FORMS))
PARTS = [column.code for column in REQUEST_COLUMNS if column.code != "total"]


def total(report, paths):
    cells = report.cells()
    return sum(cells[path] for path in paths)


def broken(report):
    form = FORMS[report.form]
    return [i for i in identities(form) if total(report, i.left) != total(report, i.right)]


@given(seed=SEEDS, form=FORM_CODES)
def test_identities_within_a_report_hold(seed, form):
    assert broken(make_report("白鹭镇人民政府", 2022, form, seed=seed)) == []


@given(seed=SEEDS, form=FORM_CODES)
def test_every_cell_of_the_form_is_there_and_none_is_negative_but_changes(seed, form):
    report = make_report("白鹭镇人民政府", 2022, form, seed=seed)
    official = FORMS[form]
    assert {r: list(c) for r, c in report.proactive.items()} == {
        row.code: [c.code for c in row.columns] for row in official.proactive
    }
    assert list(report.requests) == [row.code for row in official.requests]
    assert {tuple(c) for c in report.requests.values()} == {tuple(c.code for c in REQUEST_COLUMNS)}
    assert list(report.remedies) == [row.code for row in ROUTES]
    assert {tuple(c) for c in report.remedies.values()} == {tuple(c.code for c in OUTCOMES)}
    assert all(v >= 0 for path, v in report.cells().items() if not path.endswith("items_change"))


@given(seed=SEEDS)
def test_carried_requests_and_rules_in_force_go_on_from_the_year_before(seed):
    before = make_report("白鹭镇人民政府", 2021, seed=seed)
    after = make_report("白鹭镇人民政府", 2022, seed=seed + 1, previous=before)
    for column in (c.code for c in REQUEST_COLUMNS):
        assert after.requests["brought_forward"][column] == before.requests["carried_forward"][column]
    for item in ("rules", "normative_documents"):
        row = after.proactive[item]
        assert row["in_force"] == before.proactive[item]["in_force"] + row["issued"] - row["repealed"]
    assert broken(after) == []


@given(seed=SEEDS)
def test_items_of_the_2019_form_go_on_from_the_year_before(seed):
    before = make_report("白鹭镇人民政府", 2019, seed=seed)
    after = make_report("白鹭镇人民政府", 2020, seed=seed + 1, previous=before)
    assert (before.form, after.form) == ("2019", "2019")
    for item, row in after.proactive.items():
        if "items_last_year" in row:
            old = before.proactive[item]
            assert row["items_last_year"] == old["items_last_year"] + old["items_change"]


def test_the_form_changes_between_2020_and_2021_and_requests_go_on():
    before = make_report("白鹭镇人民政府", 2020, seed=1)
    after = make_report("白鹭镇人民政府", 2021, seed=2, previous=before)
    assert (before.form, after.form) == ("2019", "2021")
    assert after.requests["brought_forward"] == before.requests["carried_forward"]


def test_previous_must_be_the_year_before_of_the_same_issuer():
    with pytest.raises(ValueError, match="2020"):
        make_report("白鹭镇人民政府", 2022, seed=1, previous=make_report("白鹭镇人民政府", 2020, seed=1))
    with pytest.raises(ValueError, match="枫桥乡"):
        make_report("白鹭镇人民政府", 2022, seed=1, previous=make_report("枫桥乡人民政府", 2021, seed=1))


def test_a_blank_or_marked_carry_over_counts_as_nothing_carried():
    before = make_report("白鹭镇人民政府", 2021, seed=3)
    for part, value in zip(PARTS, (None, "/", "无", "—", "-", None), strict=True):
        before = before.with_cell(f"requests.carried_forward.{part}", value)
    after = make_report("白鹭镇人民政府", 2022, seed=4, previous=before.without("requests.granted"))
    assert set(after.requests["brought_forward"].values()) == {0}


def test_the_same_seed_makes_the_same_report_and_another_another():
    one, again, other = (make_report("白鹭镇人民政府", 2022, seed=seed) for seed in (7, 7, 8))
    assert one == again != other
    named = make_report("白鹭镇人民政府", 2022, seed="白鹭镇/2022")
    assert named == make_report("白鹭镇人民政府", 2022, seed="白鹭镇/2022")


def test_reports_differ_in_more_than_zeros():
    values = [
        make_report("白鹭镇人民政府", 2022, seed=seed).requests["received"]["total"] for seed in range(40)
    ]
    assert 0 in values
    assert len(set(values)) > 5


def test_amounts_are_decimals():
    report = make_report("白鹭镇人民政府", 2022, seed=5)
    assert isinstance(report.proactive["administrative_charges"]["amount"], Decimal)


@given(seed=SEEDS)
def test_prose_states_the_figures_of_the_tables(seed):
    report = make_report("白鹭镇人民政府", 2023, seed=seed)
    assert list(report.prose) == ["preamble", *SECTIONS]
    assert "2023年1月1日起至2023年12月31日止" in report.prose["preamble"]
    overview = report.prose["overview"]
    received = report.requests["received"]["total"]
    assert f"收到政府信息公开申请{received}件" in overview or (
        received == 0 and "未收到政府信息公开申请" in overview
    )
    lawsuits = sum(report.remedies[route.code]["total"] for route in ROUTES[1:])
    assert f"行政复议{report.remedies['reconsideration']['total']}件" in overview
    assert f"行政诉讼{lawsuits}件" in overview


def test_title_and_dates():
    report = make_report("白鹭镇人民政府", 2022, seed=1, published_on=date(2023, 1, 20))
    assert report.title == "白鹭镇人民政府2022年政府信息公开工作年度报告"
    assert (report.published_on, report.signed_on) == (date(2023, 1, 20), date(2023, 1, 20))
    unsaid = make_report("白鹭镇人民政府", 2022, seed=1)
    assert unsaid.published_on is not None
    assert unsaid.published_on.year == 2023
    assert unsaid.published_on <= date(2023, 1, 31)
    assert unsaid.signed_on is not None
    assert unsaid.signed_on <= unsaid.published_on


def test_with_cell_changes_that_cell_alone_and_mends_nothing():
    report = make_report("白鹭镇人民政府", 2022, seed=1)
    changed = report.with_cell("requests.concluded.total", 4711)
    old, new = report.cells(), changed.cells()
    assert {path for path in new if new[path] != old[path]} == {"requests.concluded.total"}
    assert new["requests.concluded.total"] == 4711
    assert {i.code for i in broken(changed)} == {"balance", "outcomes", "applicants"}
    assert report == make_report("白鹭镇人民政府", 2022, seed=1)


@pytest.mark.parametrize(
    "path", ["requests.granted.nobody", "requests.nothing.total", "annex.received", "x", "title.a.b"]
)
def test_with_cell_refuses_a_cell_that_is_not_there(path):
    with pytest.raises(KeyError):
        make_report("白鹭镇人民政府", 2022, seed=1).with_cell(path, 1)


def test_without_takes_a_row_or_a_cell_away():
    report = make_report("白鹭镇人民政府", 2022, seed=1)
    assert list(report.requests)[2] == "granted"
    gone = report.cells().keys() - report.without("requests.granted").cells().keys()
    assert gone == {f"requests.granted.{c.code}" for c in REQUEST_COLUMNS}
    gone = report.cells().keys() - report.without("remedies.reconsideration.total").cells().keys()
    assert gone == {"remedies.reconsideration.total"}
    with pytest.raises(KeyError):
        report.without("requests.granted.nobody")


def test_with_word_changes_one_place_of_the_prose():
    report = make_report("白鹭镇人民政府", 2022, seed=1)
    before = report.prose["overview"]
    changed = report.with_word("overview", "政府信息", "政务信息")
    assert changed.prose["overview"] == before.replace("政府信息", "政务信息", 1) != before
    assert changed.cells() == report.cells()
    with pytest.raises(ValueError, match="丁香"):
        report.with_word("overview", "丁香", "紫藤")


def test_mended_makes_the_sums_of_rows_again():
    report = make_report("白鹭镇人民政府", 2022, seed=1)
    wrong = report.with_cell("requests.received.total", 99).with_cell("remedies.reconsideration.total", 98)
    assert wrong.mended() == report
    assert report.mended() == report


def test_figures_have_no_tokens():
    report = make_report("白鹭镇人民政府", 2022, seed=1).with_cell("requests.granted.research", "/")
    assert report.cells()["requests.granted.research"] == "/"
    assert report.figures()["requests.granted.research"] is None
    assert report.figures()["requests.granted.total"] == report.cells()["requests.granted.total"]


def test_a_report_is_frozen():
    report = make_report("白鹭镇人民政府", 2022, seed=1)
    assert isinstance(report, SampleReport)
    with pytest.raises(FrozenInstanceError):
        report.year = 2023
