"""Cases that mislead: nothing is silently wrong, nobody is falsely missing, no revision is said that was none."""

from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from archive.database import read_database
from crawler.demo.entries import Column, Unit
from crawler.demo.faults import serving, shortened
from crawler.demo.pdf import as_pdf
from crawler.demo.reports import make_report
from crawler.demo.trs import answer
from tests.archive.simulated import SimulatedCrawl, events, ledger, small

DAYS = ["2025-02-06", "2025-02-10", "2025-02-12", "2025-02-18"]
GOVERNMENT, OFFICE = "萤川县人民政府", "萤川县人民政府办公室"


@pytest.fixture
def county(site):
    """萤川县 with its government and its office, which report in a column of their own."""
    site.units += (Unit(GOVERNMENT, "government", "990102"), Unit(OFFICE, "department"))
    site.columns = (
        Column("county", "县政府年报", "/zfxxgk/nb/zf/", ("government", "department")),
        site.columns[0],
    )
    return site


def crawl(folder, site, *days):
    for day in days:
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z")


def kinds(folder, day):
    return {key for key in events(folder, day) if key[0] != "first_seen"}


def presence(folder, day, unit, *years):
    rows = ledger(folder, day)
    return [rows[unit, year].presence if (unit, year) in rows else None for year in years]


def cells(folder, unit, year):
    query = "SELECT scope, path, value FROM cells WHERE name = ? AND year = ?"
    with closing(read_database(folder)) as database:
        return {(scope, path): value for scope, path, value in database.execute(query, [unit, year])}


def whole(site, unit, year, text):
    """A report that says in its preamble that it is consolidated."""
    report = site.report(unit, year)
    site._set(unit, year, replace(report, prose=report.prose | {"preamble": text}))


# The government, its office, and the whole county


def test_government_beside_its_office(folder, county):
    for unit in (GOVERNMENT, OFFICE):
        for year in (2022, 2023):
            county.publish(unit, year)
    county.publish(GOVERNMENT, 2024)
    crawl(folder, county, "2025-04-02")
    assert presence(folder, "2025-04-02", GOVERNMENT, 2023, 2024) == ["present", "present"]
    assert presence(folder, "2025-04-02", OFFICE, 2023) == ["present"]
    assert presence(folder, "2025-04-02", OFFICE, 2024) != ["present"]
    own = county.report(OFFICE, 2023).figures()["requests.received.total"]
    assert cells(folder, OFFICE, 2023)["own", "requests.received.total"] == own
    assert kinds(folder, "2025-04-02") == set()


@pytest.mark.parametrize("named", ["萤川县", OFFICE])
def test_report_of_the_whole_county_by_its_office_is_not_the_offices_own(folder, county, named):
    for unit in (GOVERNMENT, OFFICE):
        for year in (2022, 2023):
            county.publish(unit, year)
    title = f"{named}2024年政府信息公开工作年度报告"
    report = make_report(OFFICE, 2024, seed=1, published_on=date(2025, 1, 20))
    said = report.prose | {"preamble": "本报告汇总全县各乡镇和县级各部门的年度数据编制而成。"}
    report = replace(report, title=title, prose=said)
    county.add("county", title, date(2025, 1, 20), report=report)
    crawl(folder, county, "2025-04-02")
    assert presence(folder, "2025-04-02", GOVERNMENT, 2024) == ["present"]
    assert presence(folder, "2025-04-02", OFFICE, 2024) != ["present"]
    assert {scope for scope, _ in cells(folder, GOVERNMENT, 2024)} == {"consolidated"}
    assert cells(folder, OFFICE, 2024) == {}


def test_own_report_of_the_office_does_not_stand_for_the_county(folder, county):
    for unit in (GOVERNMENT, OFFICE):
        for year in (2022, 2023):
            county.publish(unit, year)
    county.publish(OFFICE, 2024)
    county.publish("月牙镇", 2024)
    crawl(folder, county, "2025-04-02")
    assert presence(folder, "2025-04-02", OFFICE, 2024) == ["present"]
    assert presence(folder, "2025-04-02", GOVERNMENT, 2024) != ["present"]
    assert cells(folder, GOVERNMENT, 2024) == {}


def test_consolidated_and_own_report_of_one_government_are_two(folder, county):
    county.publish(GOVERNMENT, 2023)
    whole(county, GOVERNMENT, 2023, "本报告汇总全县各乡镇和县级各部门的年度数据编制而成。")
    own = make_report(GOVERNMENT, 2023, seed=2)
    county.add("county", own.title, date(2024, 1, 9), report=own)
    crawl(folder, county, *DAYS[:3])
    assert {scope for scope, _ in cells(folder, GOVERNMENT, 2023)} == {"own", "consolidated"}
    assert not [key for key in kinds(folder, DAYS[2]) if key[0] in {"contested", "revised"}]


# Files and pages


def test_one_file_uploaded_for_two_townships_is_a_question(folder, site):
    crawl(folder, site, "2025-01-10")
    report = make_report("月牙镇人民政府", 2024, seed=3, previous=site.report("月牙镇", 2023))
    site.add_year(2024, but={"月牙镇", "松针乡"})
    for unit in ("月牙镇", "松针乡"):
        title = f"{unit}2024年政府信息公开工作年度报告"
        site.add("townships", title, date(2025, 1, 28), attachment="pdf", text="见附件。")
        site.fail(site.file_path(site.articles[-1]), serving(as_pdf(report)))
    crawl(folder, site, "2025-01-30", *DAYS[1:3])
    assert presence(folder, DAYS[2], "月牙镇", 2024) == ["present"]
    assert presence(folder, DAYS[2], "松针乡", 2024) == ["unseen"]
    assert cells(folder, "松针乡", 2024) == {}
    with closing(read_database(folder)) as database:
        (row,) = database.execute("SELECT title, reason FROM undecided WHERE title LIKE '%2024%'").fetchall()
    assert tuple(row) == ("松针乡2024年政府信息公开工作年度报告", "所称机关不一：月牙镇、松针乡")
    assert kinds(folder, DAYS[2]) == set()


def test_annex_on_its_own_page_a_week_later_completes_the_report(folder, site):
    title = "月牙镇2017年政府信息公开工作年度报告"
    report = make_report("月牙镇人民政府", 2017, seed=4)
    site.add("townships", title, date(2018, 3, 1), report=replace(report, annex={}, title=title))
    crawl(folder, site, DAYS[0])
    annex = "月牙镇2017年政府信息公开工作情况统计表"
    alone = replace(report, title=annex, prose=dict.fromkeys(report.prose, ""))
    site.add("townships", annex, date(2018, 3, 8), report=alone)
    crawl(folder, site, *DAYS[1:4])
    assert presence(folder, DAYS[3], "月牙镇", 2017) == ["present"]
    assert kinds(folder, DAYS[3]) == set()
    assert cells(folder, "月牙镇", 2017)["own", "annex.proactive_total"] == report.annex["proactive_total"]


@pytest.mark.parametrize("kept", [b'<div class="attachment">', b""], ids=["text", "page"])
def test_page_cut_short_beside_a_whole_file_is_no_revision(folder, site, kept):
    crawl(folder, site, DAYS[0])
    page = site.address("松针乡", 2023)
    right = cells(folder, "松针乡", 2023)
    site.fail(page, shortened(5_000, kept))
    crawl(folder, site, *DAYS[1:3])
    found = events(folder, DAYS[2])
    assert kinds(folder, DAYS[2]) == {("page_cut", "松针乡", 2023)}
    assert found["page_cut", "松针乡", 2023].seen_before[:10] == DAYS[0]
    assert cells(folder, "松针乡", 2023) == right
    site.heal(page)
    crawl(folder, site, DAYS[3])
    assert kinds(folder, DAYS[3]) == {("page_cut", "松针乡", 2023)}


def test_page_that_was_always_cut_beside_a_whole_pdf(folder, site):
    report = site.report("柳湾镇", 2023)
    site.fail(site.attachments("柳湾镇", 2023)[0], serving(as_pdf(report)))
    site.fail(site.address("柳湾镇", 2023), shortened(5_000, b'<div class="attachment">'))
    crawl(folder, site, *DAYS[:3])
    assert kinds(folder, DAYS[2]) == {("page_cut", "柳湾镇", 2023)}
    read = cells(folder, "柳湾镇", 2023)
    assert {path: read["own", path] for path in report.figures()} == {
        path: float(value) if isinstance(value, Decimal) else value
        for path, value in report.figures().items()
    }


def test_removed_row_is_a_revision_and_not_a_cut(folder, site):
    crawl(folder, site, DAYS[0])
    site._set("石桥镇", 2023, site.report("石桥镇", 2023).without("remedies.reconsideration"))
    crawl(folder, site, *DAYS[1:3])
    assert {key for key in kinds(folder, DAYS[2]) if key[0] == "revised"} == {("revised", "石桥镇", 2023)}


def test_corrected_file_at_a_new_address_while_the_old_stays(folder, site):
    crawl(folder, site, DAYS[0])
    old = site.report("松针乡", 2023)
    title = f"{old.title}（更正版）"
    new = replace(old.with_cell("requests.granted.business", 41), title=title)
    where = site.add("townships", title, date(2025, 2, 8), unit="松针乡", report=new)
    crawl(folder, site, *DAYS[1:3])
    found = events(folder, DAYS[2])
    assert {key for key in found if key[0] in {"revised", "contested"}} == set()
    event = found["reissued", "松针乡", 2023]
    assert event.line.endswith(where)
    assert [(c["path"], c["new"]) for c in event.cells] == [("requests.granted.business", 41)]
    assert event.seen_at[:10] == DAYS[1]
    row = ledger(folder, DAYS[2])["松针乡", 2023]
    assert (row.presence, row.why) == ("present", ["contested: 2 个现存网址的数字各不相同"])


# Dates, titles, years


def test_date_edited_with_the_content_unchanged(folder, site):
    site.publish("松针乡", 2024, date(2025, 2, 8))
    crawl(folder, site, DAYS[1])
    assert ledger(folder, DAYS[1])["松针乡", 2024].timing == "late"
    site.redate("松针乡", 2024, date(2025, 1, 28))
    crawl(folder, site, *DAYS[2:4])
    event = events(folder, DAYS[3])["date_edited", "松针乡", 2024]
    assert event.message == "所署日期由 2025-02-08 改为 2025-01-28"
    assert (event.seen_before[:10], event.seen_at[:10], event.confirmed_at[:10]) == tuple(DAYS[1:4])
    assert kinds(folder, DAYS[3]) == {("date_edited", "松针乡", 2024)}
    assert ledger(folder, DAYS[3])["松针乡", 2024].timing != "on_time"


def test_date_set_anew_long_after_does_not_make_a_report_late(folder, site):
    site.publish("松针乡", 2024, date(2025, 1, 20))
    crawl(folder, site, DAYS[0])
    site.redate("松针乡", 2024, date(2025, 2, 9))
    crawl(folder, site, *DAYS[1:3])
    row = ledger(folder, DAYS[2])["松针乡", 2024]
    assert (row.timing, row.not_before, row.not_after) == ("on_time", "2025-01-20", "2025-01-20")
    assert ("date_edited", "松针乡", 2024) in kinds(folder, DAYS[2])


def test_entry_under_a_wrong_title_is_a_question_until_it_is_put_right(folder, site):
    site.add_year(2024, but={"月牙镇"})
    right = site.report("松针乡", 2024).title
    site.retitle("松针乡", 2024, "月牙镇2024年政府信息公开工作年度报告")
    crawl(folder, site, *DAYS[:2])
    assert presence(folder, DAYS[1], "松针乡", 2024) == ["unseen"]
    assert presence(folder, DAYS[1], "月牙镇", 2024) == ["unseen"]
    site.retitle("松针乡", 2024, right)
    crawl(folder, site, *DAYS[2:4])
    assert presence(folder, DAYS[3], "松针乡", 2024) == ["present"]
    assert presence(folder, DAYS[3], "月牙镇", 2024) == ["missing"]
    event = events(folder, DAYS[3])["retitled", "松针乡", 2024]
    assert "月牙镇2024年" in event.message
    assert kinds(folder, DAYS[3]) == {("retitled", "松针乡", 2024)}


def test_year_wrong_in_the_title_is_contested_until_it_is_put_right(folder, site):
    site.add_year(2024)
    right = site.report("松针乡", 2024).title
    site.retitle("松针乡", 2024, right.replace("2024", "2025"))
    crawl(folder, site, *DAYS[:2])
    assert "missing" not in presence(folder, DAYS[1], "松针乡", 2024, 2025)
    found = kinds(folder, DAYS[1])
    assert {kind for kind, unit, _ in found if unit == "松针乡"} == {"contested"}
    site.retitle("松针乡", 2024, right)
    crawl(folder, site, *DAYS[2:4])
    assert presence(folder, DAYS[3], "松针乡", 2024, 2025) == ["present", None]
    assert kinds(folder, DAYS[3]) == {("retitled", "松针乡", 2024)}


def test_report_inside_its_own_year(folder, site):
    site.publish("松针乡", 2024, date(2024, 12, 20))
    crawl(folder, site, "2024-12-25")
    row = ledger(folder, "2024-12-25")["松针乡", 2024]
    assert (row.presence, row.timing) == ("present", "on_time")
    assert ("月牙镇", 2024) not in ledger(folder, "2024-12-25")
    crawl(folder, site, DAYS[0])
    assert ledger(folder, DAYS[0])["松针乡", 2024].timing == "on_time"
    assert kinds(folder, DAYS[0]) == set()


# Organs with a page of their own


def test_page_that_lists_all_years_of_one_organ(folder):
    site = small()
    site.units += (Unit("萤川县人民政府", "government", "990102"),)
    site.columns += (Column("county", "县政府年报", "/zfxxgk/nb/zf/", ("government",)),)
    report = None
    for year in (2022, 2023):
        report = make_report("萤川县人民政府", year, seed=year, previous=report)
        bare = replace(report, title=f"{year}年政府信息公开工作年度报告")
        site.add("county", bare.title, report.published_on, report=bare)
    crawl(folder, site, "2025-04-02", "2025-04-04")
    assert presence(folder, "2025-04-04", "萤川县人民政府", 2022, 2023) == ["present", "present"]
    assert presence(folder, "2025-04-04", "萤川县人民政府", 2024) == ["missing"]
    assert kinds(folder, "2025-04-04") == set()


def test_reports_that_name_nobody_are_of_the_one_organ_whose_column_it_is(folder):
    site = small()
    site.units += (Unit("萤川县人民政府", "government", "990102"),)
    site.columns += (Column("county", "县政府年报", "/zfxxgk/nb/zf/", ("government",)),)
    report = make_report("萤川县人民政府", 2023, seed=1)
    title = "2023年政府信息公开工作年度报告"
    where = site.add("county", title, report.published_on, report=replace(report, title=title))
    page = answer(site, where).body.decode().replace("萤川县人民政府", "本机关").replace("萤川县", "本县")
    site.fail(where, serving(page.encode()))
    crawl(folder, site, "2025-04-02")
    read = """SELECT issuer FROM readings JOIN records ON records.body = readings.body
        JOIN urls ON urls.id = records.url WHERE urls.url LIKE ?"""
    with closing(read_database(folder)) as database:
        assert [row[0] for row in database.execute(read, [f"%{where}"])] == [None]
    assert presence(folder, "2025-04-02", "萤川县人民政府", 2023) == ["present"]


def test_entry_that_leads_to_a_list_of_all_years_accuses_nobody(folder, site):
    site.add_year(2024, but={"松针乡"})
    where = site.add("townships", "松针乡政府信息公开工作年度报告", date(2025, 1, 20), text="各年度")
    entries = "".join(
        f'<li><a href="./t2025{y}.html">{y}年政府信息公开工作年度报告</a><span>{y}-01-20</span></li>'
        for y in range(2015, 2025)
    )
    page = (
        f"<html><head><meta charset='utf-8'><title>年报</title></head><body><ul>{entries}</ul></body></html>"
    )
    site.fail(where, serving(page.encode()))
    crawl(folder, site, *DAYS[:2])
    assert presence(folder, DAYS[1], "松针乡", 2023, 2024) == ["present", "unseen"]
    assert [row.presence for row in ledger(folder, DAYS[1]).values()].count("missing") == 0
