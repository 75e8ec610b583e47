"""Kinds of events beyond a revision: each said once, by the sight that first shows it."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from archive.database import read_database
from archive.folder import Folder
from archive.history.kinds import KINDS
from crawler.demo.faults import serving
from crawler.demo.pdf import as_pdf
from crawler.demo.reports import make_report
from tests.archive.simulated import SimulatedCrawl, events, ledger, small

DAYS = ["2025-02-06", "2025-02-10", "2025-02-12", "2025-02-18", "2025-03-02", "2025-03-04"]
UNIT = "松针乡"
WORDS = (
    "全镇公开栏由{}专人维护，张贴内容先经分管领导签字再上墙。\n镇便民大厅设置{}阅览角，群众可以当场查阅文件汇编。\n"
    "村级监督员按月巡查{}公开栏，发现缺漏当日通知经办人员补齐。\n涉农补贴名单在{}村组微信群同步推送，方便外出务工人员核对。\n"
    "答复文书由司法所{}逐件审核，避免格式和援引条款出现错误。\n培训课件统一存放在{}共享文件夹，新到岗人员第一周完成自学。"
)
OWN = tuple(WORDS.format(*[who] * 6) for who in ("党政办", "宣传办", "文化站"))


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def site():
    return small()


def crawl(folder, site, *days):
    for day in days:
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z")


def kinds(folder, day):
    return {key for key in events(folder, day) if key[0] != "first_seen"}


def instants(folder, records):
    """When captures were made, in the order in which they are named."""
    with closing(read_database(folder)) as database:
        found = (database.execute("SELECT at FROM captures WHERE record = ?", [one]) for one in records)
        return [one.fetchone()[0] for one in found]


def write(site, unit, year, text, part="problems"):
    """A part of a report's text, its section on problems, becomes another."""
    report = site.report(unit, year)
    site._set(unit, year, replace(report, prose=report.prose | {part: text}))


def test_every_kind_that_is_said_is_documented(folder, site):
    crawl(folder, site, DAYS[0])
    with closing(read_database(folder)) as database:
        said = {row[0] for row in database.execute("SELECT DISTINCT kind FROM events")}
    assert said
    assert said <= KINDS.keys()
    assert len({kind.zh for kind in KINDS.values()}) == len(KINDS)


def told(folder, kind):
    with closing(read_database(folder)) as database:
        return database.execute("SELECT count(*) FROM events WHERE kind = ?", [kind]).fetchone()[0]


def test_revision_of_a_page_and_its_file_is_said_once(folder, site):
    crawl(folder, site, DAYS[0])
    assert site.attachments(UNIT, 2023)[0].endswith(".doc")
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    site.edit_cell(UNIT, 2022, "requests.granted.business", 41)
    crawl(folder, site, *DAYS[1:3])
    assert told(folder, "revised") == 2


def test_file_revised_twice_under_an_unchanged_page_is_two_revisions(folder, site):
    title = "柳湾镇2024年政府信息公开工作年度报告"
    site.add("townships", title, date(2025, 1, 20), attachment="pdf", text="见附件。")
    report = make_report("柳湾镇人民政府", 2024, seed=6, published_on=date(2025, 1, 20))
    for number, first in ((41, 0), (42, 2), (43, 4)):
        file = as_pdf(report.with_cell("requests.granted.business", number))
        site.fail(site.file_path(site.articles[-1]), serving(file))
        crawl(folder, site, *DAYS[first : first + 2])
    assert told(folder, "revised") == 2


def test_two_addresses_of_one_report_that_change_in_one_crawl_do_not_contest(folder, site):
    other = site.report(UNIT, 2023)
    site.add("townships", other.title, date(2025, 1, 8), unit="苇塘街道", report=other)
    crawl(folder, site, DAYS[0])
    mirror = site.articles[-1]
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    site._replace(mirror, replace(mirror, report=site.report(UNIT, 2023)))
    crawl(folder, site, *DAYS[1:3])
    assert {kind for kind, *_ in kinds(folder, DAYS[2])} == {"revised"}


def test_an_address_that_was_not_looked_at_shows_no_other_figures(folder, site):
    other = site.report(UNIT, 2023)
    site.add("townships", other.title, date(2025, 1, 8), unit="苇塘街道", report=other)
    crawl(folder, site, DAYS[0])
    mirror = site.articles[-1]
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    site._replace(mirror, replace(mirror, report=site.report(UNIT, 2023)))
    SimulatedCrawl(folder, site, f"{DAYS[1]}T01:00:00Z", dead={site.path(mirror)})
    assert "contested" not in {kind for kind, *_ in kinds(folder, DAYS[1])}
    crawl(folder, site, *DAYS[2:4])
    assert {kind for kind, *_ in kinds(folder, DAYS[3])} == {"revised"}


def test_addresses_that_are_looked_at_on_other_days_show_other_figures(folder, site):
    other = site.report(UNIT, 2023).with_cell("requests.granted.business", 41)
    crawl(folder, site, DAYS[0])
    site.add("townships", other.title, date(2025, 2, 8), unit="苇塘街道", report=other)
    one, mirror = site.address(UNIT, 2023), site.path(site.articles[-1])
    SimulatedCrawl(folder, site, f"{DAYS[1]}T01:00:00Z", dead={one})
    SimulatedCrawl(folder, site, f"{DAYS[2]}T01:00:00Z", dead={mirror})
    assert events(folder, DAYS[2])["contested", UNIT, 2023].line.endswith(mirror)


def test_what_was_revised_before_it_was_contested_stays_said(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    crawl(folder, site, *DAYS[1:3])
    revised = events(folder, DAYS[2])["revised", UNIT, 2023]
    other = site.report(UNIT, 2023).with_cell("requests.granted.business", 42)
    site.add("townships", other.title, date(2025, 2, 15), unit="苇塘街道", report=other)
    site.edit_cell(UNIT, 2023, "requests.granted.business", 43)
    crawl(folder, site, *DAYS[3:5])
    found = events(folder, DAYS[4])
    assert found["revised", UNIT, 2023].id == revised.id
    assert ("contested", UNIT, 2023) in found
    assert told(folder, "revised") == 1


def test_withdrawn_and_back_again_are_both_kept(folder, site):
    crawl(folder, site, DAYS[0])
    gone = next(a for a in site.articles if a.unit == UNIT and a.report.year == 2022)
    site.drop(UNIT, 2022)
    crawl(folder, site, *DAYS[1:5])
    withdrawn = events(folder, DAYS[4])["withdrawn", UNIT, 2022]
    assert withdrawn.seen_before[:10] == DAYS[0]
    assert withdrawn.seen_at[:10] == DAYS[1]
    assert [at_[:10] for at_ in instants(folder, withdrawn.captures)] == DAYS[1:5]
    site.articles.append(gone)
    crawl(folder, site, DAYS[5])
    found = events(folder, DAYS[5])
    assert found["withdrawn", UNIT, 2022].id == withdrawn.id
    assert found["restored", UNIT, 2022].seen_at[:10] == DAYS[5]
    assert ledger(folder, DAYS[5])[UNIT, 2022].presence == "present"


def test_short_absence_is_neither_withdrawn_nor_restored(folder, site):
    crawl(folder, site, DAYS[0])
    gone = next(a for a in site.articles if a.unit == UNIT and a.report.year == 2022)
    site.drop(UNIT, 2022)
    crawl(folder, site, *DAYS[1:3])
    site.articles.append(gone)
    crawl(folder, site, DAYS[3])
    assert kinds(folder, DAYS[3]) == set()


def test_withdrawn_report_that_comes_back_elsewhere_is_restored(folder, site):
    crawl(folder, site, DAYS[0])
    report = site.report(UNIT, 2022)
    site.drop(UNIT, 2022)
    crawl(folder, site, *DAYS[1:5])
    site.add("townships", report.title, date(2025, 3, 3), unit=UNIT, report=report)
    crawl(folder, site, DAYS[5])
    found = events(folder, DAYS[5])
    assert {("withdrawn", UNIT, 2022), ("restored", UNIT, 2022), ("moved", UNIT, 2022)} <= found.keys()
    assert found["restored", UNIT, 2022].line != found["withdrawn", UNIT, 2022].line


def test_what_comes_late_under_our_eyes_arrives_late(folder, site):
    site.add_year(2024, but={UNIT, "月牙镇"})
    crawl(folder, site, DAYS[0])
    site.publish(UNIT, 2024, date(2025, 2, 8))
    crawl(folder, site, DAYS[1])
    event = events(folder, DAYS[1])["late_arrival", UNIT, 2024]
    assert (event.seen_before, event.seen_at[:10]) == (DAYS[0], DAYS[1])
    assert "应公布日期 2025-01-31（依据：惯例，并非法定期限）" in event.message
    assert {unit for kind, unit, _ in events(folder, DAYS[1]) if kind == "late_arrival"} == {UNIT}


def test_late_report_of_before_our_time_does_not_arrive(folder, site):
    site.publish(UNIT, 2024, date(2025, 2, 3))
    crawl(folder, site, DAYS[0])
    assert ledger(folder, DAYS[0])[UNIT, 2024].timing == "late"
    assert ("late_arrival", UNIT, 2024) not in events(folder, DAYS[0])


def test_report_in_another_form_is_no_revision_cell_by_cell(folder, site):
    crawl(folder, site, DAYS[0])
    issuer = site.report(UNIT, 2023).issuer
    site._set(UNIT, 2023, make_report(issuer, 2023, form="2019", seed=5))
    crawl(folder, site, *DAYS[1:3])
    found = events(folder, DAYS[2])
    assert ("revised", UNIT, 2023) not in found
    assert found["form_changed", UNIT, 2023].message.endswith("2021 → 2019")


def test_revision_says_that_it_repairs_a_break_between_years(folder, site):
    right = site.report(UNIT, 2023).figures()["requests.brought_forward.total"]
    site.edit_cell(UNIT, 2023, "requests.brought_forward.total", 77)
    crawl(folder, site, *DAYS[:2])
    broken = events(folder, DAYS[1])["carry_over_broken", UNIT, 2023]
    assert broken.seen_at[:10] == DAYS[0]
    site.edit_cell(UNIT, 2023, "requests.brought_forward.total", right)
    crawl(folder, site, *DAYS[2:4])
    found = events(folder, DAYS[3])
    assert "与前后年度不衔接的数字 1 个 → 0 个" in found["revised", UNIT, 2023].message
    assert ("carry_over_broken", UNIT, 2023) not in found


def test_notice_in_a_title_of_its_own_is_told_and_the_revision_says_so(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    notice = f"关于{UNIT}2023年政府信息公开工作年度报告的更正说明"
    site.add("townships", notice, date(2025, 2, 9), text="现将有关数据更正如下。")
    crawl(folder, site, *DAYS[1:3])
    found = events(folder, DAYS[2])
    assert found["correction_notice", UNIT, 2023].message == notice
    assert notice in found["revised", UNIT, 2023].message
    assert ledger(folder, DAYS[2])[UNIT, 2023].presence == "present"


@pytest.mark.parametrize("part", ["problems", "preamble"])
def test_notice_on_the_page_itself_is_said_with_the_revision(folder, site, part):
    crawl(folder, site, DAYS[0])
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    write(site, UNIT, 2023, "更正说明：申请表第三列原录入有误，现更正如上。", part)
    crawl(folder, site, *DAYS[1:3])
    assert "网页自称已更正" in events(folder, DAYS[2])["revised", UNIT, 2023].message


def test_talk_of_correcting_information_is_no_notice(folder, site):
    crawl(folder, site, DAYS[0])
    site.edit_cell(UNIT, 2023, "requests.granted.business", 41)
    write(site, UNIT, 2023, "群众申请更正本人信息的，及时予以登记。")
    crawl(folder, site, *DAYS[1:3])
    message = events(folder, DAYS[2])["revised", UNIT, 2023].message
    assert "更正" not in message
    assert "文字也已修改" in message


def test_text_of_last_year_is_told_with_its_sentences(folder, site):
    for year in (2022, 2023):
        write(site, UNIT, year, OWN[0])
    crawl(folder, site, DAYS[0])
    event = events(folder, DAYS[0])["copied_last_year", UNIT, 2023]
    assert ("copied_last_year", UNIT, 2022) not in events(folder, DAYS[0])
    said = {cell["new"] for cell in event.cells}
    assert set(OWN[0].replace("。", "").split("\n")) <= said
    assert all(cell["old"] for cell in event.cells)


def test_text_of_a_neighbour_is_told_of_the_later_whatever_names_and_numbers_it_has(folder, site):
    site.publish("月牙镇", 2024, date(2025, 1, 8))
    write(site, "月牙镇", 2024, OWN[1] + "月牙镇全年更新公开栏32次，群众代表参加评议12人次。")
    crawl(folder, site, DAYS[0])
    site.publish(UNIT, 2024, date(2025, 2, 8))
    write(site, UNIT, 2024, OWN[1] + f"{UNIT}全年更新公开栏7次，群众代表参加评议20人次。")
    crawl(folder, site, DAYS[1])
    copied = {key: e for key, e in events(folder, DAYS[1]).items() if key[0].startswith("copied")}
    assert copied.keys() == {("copied_neighbour", UNIT, 2024)}
    event = copied["copied_neighbour", UNIT, 2024]
    assert "月牙镇" in event.message
    assert len(event.cells) >= 7
    assert event.seen_at[:10] == DAYS[1]


def test_some_old_sentences_among_new_ones_are_no_copy(folder, site):
    write(site, UNIT, 2022, OWN[0])
    write(site, UNIT, 2023, "\n".join(OWN))
    crawl(folder, site, DAYS[0])
    assert told(folder, "copied_last_year") == 0


def test_template_of_the_county_is_nobodys_copy(folder, site):
    for unit in ("苇塘街道", "月牙镇", "松针乡", "石桥镇"):
        for year in (2022, 2023):
            write(site, unit, year, OWN[2])
    crawl(folder, site, DAYS[0])
    assert not [key for key in events(folder, DAYS[0]) if key[0].startswith("copied")]


def test_ids_do_not_hang_on_what_is_seen_later(folder, site):
    site.edit_cell(UNIT, 2023, "requests.brought_forward.total", 77)
    for year in (2022, 2023):
        write(site, "月牙镇", year, OWN[0])
    other = site.report("石桥镇", 2023).with_cell("requests.granted.business", 41)
    site.add("townships", other.title, date(2025, 1, 8), unit="石桥镇", report=other)
    file = as_pdf(site.report("柳湾镇", 2023).with_cell("requests.granted.business", 41))
    site.fail(site.attachments("柳湾镇", 2023)[0], serving(file))
    crawl(folder, site, DAYS[0])
    early = {e.id: e.seen_at for e in events(folder, DAYS[0]).values()}
    assert {"carry_over_broken", "copied_last_year", "contested", "divergence"} <= {
        kind for kind, *_ in events(folder, DAYS[0])
    }
    for article in list(site.articles):  # a new footer: other bytes, the same report
        site.fail(site.path(article), _footer)
    crawl(folder, site, *DAYS[1:4])
    assert {e.id: e.seen_at for e in events(folder, DAYS[3]).values()} == early


def _footer(right):
    return replace(right, body=right.body.replace("主办：".encode(), "承办：".encode()))
