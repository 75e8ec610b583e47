"""The ledger over simulated crawls: every condition of `missing` fails once, and the row says which."""

import csv

import pytest

from archive.folder import Folder
from archive.inputs import DeadlineInput
from archive.register.deadlines import deadline
from crawler.demo.county import qinghe
from crawler.demo.faults import challenge, error_page
from tests.archive.simulated import SimulatedCrawl, ledger

LIST = "/zfxxgk/nb/xz/"
NEVER, LATE = "芦花镇", "枫桥乡"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def site():
    return qinghe()


@pytest.fixture
def reported(site):
    """The county after January: all but two have reported for 2024."""
    site.add_year(2024, but={NEVER, LATE})
    return site


def test_before_the_due_day_an_absent_report_is_pending(folder, site):
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    assert ledger(folder, "2025-01-31")["白鹭镇", 2024].presence == "pending"
    assert ledger(folder, "2025-01-31")["白鹭镇", 2023].presence == "present"


def test_after_the_due_day_without_a_walk_nothing_is_missing(folder, site):
    SimulatedCrawl(folder, site, "2025-01-31T10:00:00Z")
    row = ledger(folder, "2025-02-01")[NEVER, 2024]
    assert row.presence == "unseen"
    assert any(why.startswith("walked_after_due") for why in row.why)


def test_walk_on_the_due_day_itself_proves_nothing_and_one_after_it_does(folder, reported):
    SimulatedCrawl(folder, reported, "2025-01-31T15:59:00Z")  # 23:59 in Beijing
    assert ledger(folder, "2025-02-01")[NEVER, 2024].presence == "unseen"
    SimulatedCrawl(folder, reported, "2025-01-31T16:00:01Z")  # one second into 1 February
    rows = ledger(folder, "2025-02-01")
    assert [key for key, row in rows.items() if row.presence == "missing"] == [(NEVER, 2024), (LATE, 2024)]
    assert rows[NEVER, 2024].captures


def test_missing_names_its_basis_and_practice_is_not_called_statute(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert ledger(folder, "2025-02-06")[NEVER, 2024].basis.startswith("practice")
    assert ledger(folder, "2025-02-06")["青禾县财政局", 2024].basis.startswith("statute")


def test_old_sight_proves_nothing(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert ledger(folder, "2025-02-20")[NEVER, 2024].presence == "missing"
    row = ledger(folder, "2025-02-21")[NEVER, 2024]
    assert row.presence == "unseen"
    assert [why.split(":")[0] for why in row.why] == ["sight_fresh"]


@pytest.mark.parametrize("fault", [error_page, challenge])
def test_blocked_walk_is_never_an_absence(folder, reported, fault):
    reported.fail(LIST, fault)
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert all(row.presence != "missing" for row in ledger(folder, "2025-02-06").values())


def test_unfinished_walk_is_never_an_absence(folder, reported):
    SimulatedCrawl(folder, reported, "2025-01-20T01:00:00Z")
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z", unfinished={"townships"})
    assert ledger(folder, "2025-02-06")[NEVER, 2024].presence == "unseen"


def test_walk_cut_by_its_budget_is_never_an_absence(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z", budget=1)
    assert all(row.presence != "missing" for row in ledger(folder, "2025-02-06").values())


def test_empty_list_is_never_an_absence(folder, reported):
    SimulatedCrawl(folder, reported, "2025-01-20T01:00:00Z")
    reported.empty("townships")
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert ledger(folder, "2025-02-06")[NEVER, 2024].presence == "unseen"
    assert ledger(folder, "2025-02-06")["白鹭镇", 2024].presence == "present"


def test_column_in_which_no_sister_reports_may_be_lost(folder, site):
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    row = ledger(folder, "2025-02-06")["白鹭镇", 2024]
    assert row.presence == "unseen"
    assert row.why[0].startswith("column_proven")


def test_list_that_lost_reports_it_once_showed_proves_nothing(folder, reported):
    SimulatedCrawl(folder, reported, "2025-01-20T01:00:00Z")
    hidden = [a for a in reported.articles if a.report and a.report.year < 2023 and a.column == "townships"]
    kept = list(reported.articles)
    reported.articles = [a for a in reported.articles if a not in hidden]
    site_pages = {reported.path(a) for a in hidden}
    reported.faults.update({path: _as_before(kept, reported, path) for path in site_pages})
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    row = ledger(folder, "2025-02-06")[NEVER, 2024]
    assert row.presence == "unseen"
    assert any(why.startswith("list_whole") for why in row.why)


def _as_before(articles, site, path):
    from dataclasses import replace

    from crawler.demo.trs import answer

    before = replace(site, articles=articles, faults={})
    return lambda _: answer(before, path)


def test_undecided_entry_that_could_be_it_blocks_the_accusation(folder, reported):
    address = reported.add(
        "townships", f"{NEVER}2024年政府信息公开工作年度报告", _day("2025-01-28"), text="正在上传"
    )
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z", dead={address})
    row = ledger(folder, "2025-02-06")[NEVER, 2024]
    assert row.presence == "unseen"
    assert any(why.startswith("nothing_undecided") for why in row.why)
    assert ledger(folder, "2025-02-06")[LATE, 2024].presence == "missing"


def test_entry_without_an_issuer_blocks_every_accusation_of_its_year(folder, reported):
    reported.add("townships", "2024年政府信息公开工作年度报告", _day("2025-01-28"), text="见附件")
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    rows = ledger(folder, "2025-02-06")
    assert rows[NEVER, 2024].presence == rows[LATE, 2024].presence == "unseen"


def test_late_report_is_late_by_our_own_sights_and_by_the_page(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    reported.publish(LATE, 2024, _day("2025-02-08"))
    SimulatedCrawl(folder, reported, "2025-02-10T01:00:00Z")
    row = ledger(folder, "2025-02-10")[LATE, 2024]
    assert (row.presence, row.timing, row.published_basis) == ("present", "late", "page")
    assert (row.not_before, row.not_after) == ("2025-02-08", "2025-02-08")


def test_back_dated_report_is_contradicted_by_a_clear_sight(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    reported.publish(LATE, 2024, _day("2025-01-30"))
    SimulatedCrawl(folder, reported, "2025-02-10T01:00:00Z")
    row = ledger(folder, "2025-02-10")[LATE, 2024]
    assert (row.timing, row.published_basis) == ("late", "sight")
    assert (row.not_before, row.not_after) == ("2025-02-06", "2025-02-10")
    assert row.why == ["date_contradicted: 网页所署日期为 2025-01-30，与所见不符"]


def test_as_of_forgets_what_came_later(folder, reported):
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    reported.publish(LATE, 2024, _day("2025-02-08"))
    SimulatedCrawl(folder, reported, "2025-02-10T01:00:00Z")
    assert ledger(folder, "2025-02-09")[LATE, 2024].presence == "missing"
    assert ledger(folder, "2025-02-10")[LATE, 2024].presence == "present"


def test_user_says_a_unit_does_not_report(folder, reported):
    lines = [["division", "name", "kind", "expected"], ["990101", NEVER, "township", "no"]]
    with (folder.inputs / "units.csv").open("w", newline="") as file:
        csv.writer(file).writerows(lines)
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert ledger(folder, "2025-02-06")[NEVER, 2024].presence == "not_expected"


@pytest.mark.parametrize(
    ("kind", "year", "day", "basis"),
    [
        ("department", 2019, "2020-01-31", "statute"),
        ("government", 2024, "2025-03-31", "statute"),
        ("township", 2024, "2025-01-31", "practice"),
        ("township", 2018, "2019-03-31", "statute"),
    ],
)
def test_due_days(kind, year, day, basis):
    due = deadline(kind, "990101", year, [])
    assert (str(due.day), due.basis.split(":")[0]) == (day, basis)


def test_deadline_of_the_user_goes_before_the_general_rule():
    line = {"division": "990101", "kind": "township", "first_year": 2024, "last_year": 2024, "day": "02-20"}
    due = deadline(
        "township", "990101", 2024, [DeadlineInput(**line, basis="notice", source="青政办〔2024〕1号")]
    )
    assert (str(due.day), due.basis) == ("2025-02-20", "notice: 青政办〔2024〕1号")


def _day(text):
    from datetime import date

    return date.fromisoformat(text)


def test_entry_of_a_province_does_not_shield_a_township_but_an_unknown_town_does(folder, reported):
    reported.add(
        "townships", "云梦泽省人民政府2024年政府信息公开工作年度报告", _day("2025-01-28"), external=True
    )
    SimulatedCrawl(folder, reported, "2025-02-06T01:00:00Z")
    assert ledger(folder, "2025-02-06")[NEVER, 2024].presence == "missing"
    reported.add("townships", "芦苇镇2024年政府信息公开工作年度报告", _day("2025-02-07"), text="见附件")
    SimulatedCrawl(folder, reported, "2025-02-08T01:00:00Z")
    assert ledger(folder, "2025-02-08")[NEVER, 2024].presence == "unseen"
    assert ("芦苇镇", 2024) not in ledger(folder, "2025-02-08")
