"""Events over simulated crawls."""

from datetime import date

import pytest

from archive.folder import Folder
from crawler.demo.county import BROKEN, qinghe
from crawler.demo.faults import redirect
from tests.archive.simulated import SimulatedCrawl, events, ledger

DAYS = ["2025-02-06", "2025-02-10", "2025-02-12", "2025-02-18", "2025-03-02"]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def site():
    return qinghe()


def crawl(folder, site, day, **rest):
    SimulatedCrawl(folder, site, f"{day}T01:00:00Z", **rest)


def test_nothing_happens_on_an_unchanged_portal(folder, site):
    for day in DAYS[:3]:
        crawl(folder, site, day)
    assert {kind for kind, *_ in events(folder, DAYS[2])} == {"first_seen"}


def test_revision_is_said_only_when_seen_twice_a_day_apart(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_cell("稻香镇", 2023, "requests.granted.business", 41)
    crawl(folder, site, DAYS[1])
    assert events(folder, DAYS[1], "revised") == {}
    assert ("unconfirmed", "稻香镇", 2023) in events(folder, DAYS[1])
    SimulatedCrawl(folder, site, "2025-02-10T20:00:00Z")
    assert events(folder, DAYS[1], "revised") == {}
    crawl(folder, site, DAYS[2])
    event = events(folder, DAYS[2], "revised")["revised", "稻香镇", 2023]
    assert [(c["path"], c["new"]) for c in event.cells] == [("requests.granted.business", 41)]
    assert (event.seen_before[:10], event.seen_at[:10], event.confirmed_at[:10]) == tuple(DAYS[:3])
    assert ("unconfirmed", "稻香镇", 2023) not in events(folder, DAYS[2])


def test_figures_that_come_back_are_flapping(folder, site):
    crawl(folder, site, DAYS[0])
    before = site.report("稻香镇", 2023).figures()["requests.granted.business"]
    site.edit_cell("稻香镇", 2023, "requests.granted.business", 41)
    crawl(folder, site, DAYS[1])
    site.edit_cell("稻香镇", 2023, "requests.granted.business", before)
    crawl(folder, site, DAYS[2])
    crawl(folder, site, DAYS[3])
    assert set(events(folder, DAYS[3], "flapping", "revised", "unconfirmed")) == {
        ("flapping", "稻香镇", 2023)
    }


def test_word_of_prose_is_no_revision_of_figures(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_word("望星镇", 2023, "逐项梳理", "逐条梳理")
    crawl(folder, site, DAYS[1])
    crawl(folder, site, DAYS[2])
    assert set(events(folder, DAYS[2], "prose_revised", "revised")) == {("prose_revised", "望星镇", 2023)}


def test_repaired_sum_says_so(folder, site):
    crawl(folder, site, DAYS[0])
    site.repair_sum(BROKEN, 2023)
    crawl(folder, site, DAYS[1])
    crawl(folder, site, DAYS[2])
    assert "不合勾稽" in events(folder, DAYS[2])["revised", BROKEN, 2023].message


@pytest.mark.parametrize("redirect", [False, True])
def test_moved_page_is_one_line_and_no_loss(folder, site, redirect):
    crawl(folder, site, DAYS[0])
    site.move("雁影乡", 2022, redirect=redirect)
    crawl(folder, site, DAYS[1])
    found = events(folder, DAYS[1])
    assert ("moved", "雁影乡", 2022) in found
    assert ("contested", "雁影乡", 2022) not in found
    assert ledger(folder, DAYS[1])["雁影乡", 2022].presence == "present"


def test_dropped_report_is_withdrawn_after_three_clear_404_over_a_fortnight(folder, site):
    crawl(folder, site, DAYS[0])
    site.drop("听泉乡", 2021)
    for day in DAYS[1:4]:
        crawl(folder, site, day)
        assert ledger(folder, day)["听泉乡", 2021].presence == "present"
    crawl(folder, site, DAYS[4])
    assert ledger(folder, DAYS[4])["听泉乡", 2021].presence == "withdrawn"
    assert ("withdrawn", "听泉乡", 2021) in events(folder, DAYS[4])


def test_two_live_addresses_with_different_figures_are_contested_and_never_revised(folder, site):
    crawl(folder, site, DAYS[0])
    first = site.report("稻香镇", 2023)
    other = first.with_cell("requests.granted.business", 41)
    site.add("townships", other.title, date(2025, 2, 8), unit="稻香镇", report=other)
    crawl(folder, site, DAYS[1])
    crawl(folder, site, DAYS[2])
    found = events(folder, DAYS[2])
    assert ("contested", "稻香镇", 2023) in found
    assert ("revised", "稻香镇", 2023) not in found
    assert ledger(folder, DAYS[2])["稻香镇", 2023].why


def test_event_ids_are_the_same_whenever_they_are_computed(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_cell("稻香镇", 2023, "requests.granted.business", 41)
    crawl(folder, site, DAYS[1])
    crawl(folder, site, DAYS[2])
    early = events(folder, DAYS[2], "revised")["revised", "稻香镇", 2023].id
    crawl(folder, site, DAYS[3])
    assert events(folder, DAYS[3], "revised")["revised", "稻香镇", 2023].id == early


def test_carried_forward_that_the_next_year_does_not_take_up(folder, site):
    site.edit_cell("稻香镇", 2023, "requests.brought_forward.total", 77)
    crawl(folder, site, DAYS[0])
    event = events(folder, DAYS[0])["carry_over_broken", "稻香镇", 2023]
    assert [c["path"] for c in event.cells] == ["requests.brought_forward.total"]


def test_redirect_to_the_front_page_is_neither_a_report_nor_gone(folder, site):
    site.fail(site.address("白鹭镇", 2023), redirect("/"))
    crawl(folder, site, DAYS[0])
    row = ledger(folder, DAYS[0])["白鹭镇", 2023]
    assert row.presence == "unseen"
    assert any(why.startswith("nothing_undecided") for why in row.why)


def test_report_that_now_leads_to_the_front_page_stays_present(folder, site):
    crawl(folder, site, DAYS[0])
    site.fail(site.address("白鹭镇", 2023), redirect("/"))
    for day in DAYS[1:]:
        crawl(folder, site, day)
    assert ledger(folder, DAYS[4])["白鹭镇", 2023].presence == "present"
    assert {kind for kind, *_ in events(folder, DAYS[4])} == {"first_seen"}
