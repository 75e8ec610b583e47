"""What an accused county would plead: what was not seen is not called missing, late, withdrawn or revised."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date

import pytest
import yaml

from crawler.demo.entries import Column, Unit
from crawler.demo.faults import challenge, serving
from crawler.demo.pdf import as_pdf
from crawler.demo.record import registry_record
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from crawler.demo.responses import Response
from tests.archive import simulated
from tests.archive.simulated import SimulatedCrawl, events, ledger

UNIT = "松针乡"
DAYS = ["2025-02-06", "2025-02-08", "2025-02-10", "2025-02-12", "2025-02-28", "2025-03-04"]


def crawl(folder, site, *days, **options):
    for day in days:
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z", **options)


def row(folder, day, unit=UNIT, year=2024):
    return ledger(folder, day)[unit, year]


def kinds(folder, day):
    return {(kind, name, year) for kind, name, year in events(folder, day) if kind != "first_seen"}


def test_an_address_that_shows_the_next_years_report_keeps_the_last_ones(folder, site):
    """The current report always stands at one address, and takes the place of the one before."""
    site.add_year(2024, but={UNIT})
    crawl(folder, site, "2025-01-06", "2025-01-08")
    article = next(a for a in site.articles if a.unit == UNIT and a.report.year == 2023)
    report = make_report(
        f"{UNIT}人民政府", 2024, seed=3, previous=article.report, published_on=date(2025, 1, 20)
    )
    site._replace(article, replace(article, report=report, title=report.title, dated=date(2025, 1, 20)))
    crawl(folder, site, *DAYS[:3])
    assert row(folder, DAYS[2], year=2023).presence == "present"
    now = row(folder, DAYS[2])
    assert (now.presence, now.timing, now.not_before) == ("present", "on_time", "2025-01-20")
    assert {kind for kind, name, _ in kinds(folder, DAYS[2]) if name == UNIT} == set()


def test_a_file_that_is_replaced_by_the_next_years_is_two_reports(folder, site):
    site.add_year(2024, but={UNIT})
    site.articles = [a for a in site.articles if (a.unit, a.report and a.report.year) != (UNIT, 2023)]
    old = make_report(f"{UNIT}人民政府", 2023, seed=3, previous=site.report(UNIT, 2022))
    new = make_report(f"{UNIT}人民政府", 2024, seed=4, previous=old)
    title = f"{UNIT}政府信息公开工作年度报告"
    page = site.add("townships", title, date(2024, 1, 20), attachment="pdf", text="见附件。")
    file = site.file_path(site.articles[-1])
    site.fail(file, serving(as_pdf(old)))
    crawl(folder, site, "2025-01-06", "2025-01-08")
    site.fail(file, serving(as_pdf(new)))
    crawl(folder, site, *DAYS[:2], only=[file])
    for year, first in ((2023, "2025-01-06"), (2024, DAYS[0])):
        assert row(folder, DAYS[1], year=year).presence == "present"
        assert events(folder, DAYS[1])["first_seen", UNIT, year].seen_at[:10] == first
    crawl(folder, site, DAYS[2], only=[page, file])
    assert [row(folder, DAYS[2], year=year).presence for year in (2023, 2024)] == ["present"] * 2
    assert {kind for kind, name, _ in kinds(folder, DAYS[2]) if name == UNIT} == set()


def test_a_year_that_a_page_of_all_years_drops_was_there_all_the_same(folder, site):
    site.units += (Unit("萤川县人民政府", "government", "990102"),)
    site.columns += (Column("county", "县政府年报", "/zfxxgk/nb/zf/", ("government",)),)
    made = {2021: make_report("萤川县人民政府", 2021, seed=1)}
    for year in (2022, 2023, 2024):
        made[year] = make_report("萤川县人民政府", year, seed=year, previous=made[year - 1])
    title = "萤川县人民政府政府信息公开工作年度报告"
    page = site.add("county", title, date(2022, 1, 20), text="历年")
    for years, days in (((2023, 2022), DAYS[:2]), ((2024, 2023), DAYS[2:4])):
        file = zipped({f"{year}.html": as_page(made[year]).encode() for year in years})
        site.fail(
            page,
            lambda right, file=file: replace(
                right, body=file, headers=(("Content-Type", "application/zip"),)
            ),
        )
        crawl(folder, site, *days)
    assert [row(folder, "2025-04-02", title[:7], year).presence for year in made if year > 2021] == [
        "present"
    ] * 3
    assert {kind for kind, name, _ in kinds(folder, "2025-04-02") if name == title[:7]} == set()


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


# Named otherwise


@pytest.mark.parametrize("listed", [True, False], ids=["beside sub-districts", "the first sub-district"])
def test_a_township_that_became_a_subdistrict_is_not_missing_under_its_old_name(folder, site, listed):
    if not listed:
        site.units = tuple(unit for unit in site.units if unit.kind != "subdistrict")
        site.articles = [a for a in site.articles if a.unit != "苇塘街道"]
    site.add_year(2024, but={UNIT})
    report = make_report("松针街道办事处", 2024, seed=3, published_on=date(2025, 1, 20))
    site.add("townships", report.title, date(2025, 1, 20), report=report)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "unseen"


@pytest.mark.parametrize(
    "title",
    [
        "各乡镇街道2024年政府信息公开工作年度报告",
        "萤川县各乡镇2024年政府信息公开工作年度报告汇总",
        "萤川县2024年乡镇政府信息公开年报（合集）",
        "松针乡2024年度政府信息公开工作总结",
        "松针乡2024年政府信息公开年度工作报高",
    ],
)
def test_an_entry_that_may_hold_the_report_is_a_question_whatever_it_is_called(folder, site, title):
    site.units = tuple(unit for unit in site.units if unit.kind != "subdistrict")
    site.articles = [a for a in site.articles if a.unit != "苇塘街道"]
    site.add_year(2024, but={UNIT, "石桥镇"})
    site.add("townships", title, date(2025, 1, 20), text="见附件。")
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "unseen"
    everybodys = "乡镇" in title
    assert row(folder, DAYS[0], "石桥镇").presence == ("unseen" if everybodys else "missing")


def test_another_bodys_entry_that_is_no_report_shields_nobody(folder, site):
    site.add_year(2024, but={UNIT})
    site.add("townships", "月牙镇2024年度政府信息公开工作总结", date(2025, 1, 20), text="总结")
    site.add("townships", f"{UNIT}2023年度政府信息公开工作总结", date(2025, 1, 20), text="总结")
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "missing"


def test_a_report_under_anothers_name_is_a_question(folder, site):
    """A clerk copied the neighbour's report and left its name in the title and in the text."""
    site.add_year(2024, but={UNIT})
    other = make_report("月牙镇人民政府", 2024, seed=9, published_on=date(2025, 1, 21))
    site.add("townships", other.title, date(2025, 1, 21), report=other)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "unseen"


def test_a_corrected_report_at_a_new_address_is_nobody_elses(folder, site):
    site.add_year(2024, but={UNIT})
    other = site.report("月牙镇", 2024).with_cell("requests.granted.business", 41)
    title = f"{other.title}（更正版）"
    site.add("townships", title, date(2025, 1, 21), report=replace(other, title=title))
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "missing"


@pytest.mark.parametrize("dated", [date(2025, 1, 25), date(2024, 5, 6)])
def test_a_scan_that_is_titled_with_last_year_is_a_question_where_it_is_dated_in_this(folder, site, dated):
    site.add_year(2024, but={UNIT})
    title = site.report(UNIT, 2023).title
    site.add("townships", title, dated, attachment="pdf", text="见附件。")
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == ("unseen" if dated.year == 2025 else "missing")


def test_a_title_of_last_year_over_a_text_of_this_is_a_question_for_both(folder, site):
    site.articles = [a for a in site.articles if (a.unit, a.report and a.report.year) != (UNIT, 2023)]
    site.add_year(2024, but={UNIT})
    report = make_report(f"{UNIT}人民政府", 2024, seed=3, published_on=date(2025, 1, 20))
    site.add("townships", report.title.replace("2024", "2023"), date(2025, 1, 20), report=report)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).presence == "present"
    assert row(folder, DAYS[0], year=2023).presence == "unseen"


# Lists


def departments(site, *names):
    """The county's government, its office and departments report in a column of their own."""
    own = (Unit("萤川县人民政府", "government", "990102"), Unit("萤川县人民政府办公室", "department"))
    site.units += (*own, *(Unit(name, "department") for name in names))
    site.columns = (Column("county", "年报", "/zfxxgk/nb/bm/", ("government", "department")), *site.columns)


def test_the_offices_report_alone_does_not_prove_that_a_list_is_that_of_the_departments(folder, site):
    names = ["萤川县财政局", "萤川县教育局", "萤川县民政局", "萤川县司法局"]
    departments(site, *names)
    for unit in (*names, "萤川县人民政府办公室"):
        site.publish(unit, 2023)
    site.publish("萤川县人民政府办公室", 2024)
    crawl(folder, site, DAYS[0])
    assert [row(folder, DAYS[0], name).presence for name in names] == ["unseen"] * 4
    site.publish(names[0], 2024)
    crawl(folder, site, DAYS[1])
    assert [row(folder, DAYS[1], name).presence for name in names] == ["present", *["missing"] * 3]


def test_columns_split_by_year_without_the_one_of_this_year(folder, site):
    site.columns = (replace(site.columns[0], years=(2022, 2023)),)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0]).why[0].startswith("year_column_found")
    site.columns += (Column("y2024", "2024年", "/zfxxgk/nb/2024/", ("township", "subdistrict"), (2024,)),)
    site.add_year(2024, but={UNIT})
    crawl(folder, site, DAYS[1])
    assert row(folder, DAYS[1]).presence == "missing"


def test_a_list_that_hides_this_years_reports_hides_perhaps_another(folder, site):
    """Few of the entries that a list once showed are gone from it, but one is of the year in question."""
    for year in range(2012, 2022):
        for unit in site.units:
            site.publish(unit.name, year)
    site.add_year(2024, but={UNIT})
    crawl(folder, site, "2025-01-28")
    hidden = site.address("月牙镇", 2024)
    site.fail("/zfxxgk/nb/xz/", without(hidden))
    crawl(folder, site, DAYS[0])
    found = row(folder, DAYS[0])
    assert (found.presence, found.why[0].split(":")[0]) == ("unseen", "list_whole")
    assert row(folder, DAYS[0], "月牙镇").presence == "present"


def without(path):
    """A list without one of its entries."""
    name = path.rsplit("/", 1)[-1].encode()
    return lambda right: replace(
        right, body=b"\n".join(line for line in right.body.split(b"\n") if name not in line)
    )


# Late


def one_page(right):
    """A list whose further pages nobody can tell of."""
    return replace(right, body=re.sub(rb"createPageHTML\([^)]*\);", b"", right.body))


@pytest.mark.parametrize("seen_before", [True, False])
def test_a_list_that_was_cut_does_not_make_late_what_it_did_not_show(folder, site, seen_before):
    site.columns = (replace(site.columns[0], page_size=4),)
    if seen_before:
        crawl(folder, site, "2024-12-20")
    site.add_year(2024, but={UNIT})
    site.publish(UNIT, 2024, date(2025, 1, 2))
    site.fail("/zfxxgk/nb/xz/", one_page)
    crawl(folder, site, DAYS[0])
    site.heal("/zfxxgk/nb/xz/")
    crawl(folder, site, DAYS[1])
    found = row(folder, DAYS[1])
    assert (found.timing, found.published_basis, found.why) == ("on_time", "page", [])
    assert ("late_arrival", UNIT, 2024) not in kinds(folder, DAYS[1])


def test_a_column_that_was_not_seen_may_have_shown_it_in_time(folder, site):
    site.columns += (Column("notices", "通知公告", "/zfxxgk/nb/tz/", ("township",)),)
    site.add_year(2024, but={UNIT})
    listing = lambda _: listed(site)  # noqa: E731
    site.fail("/zfxxgk/nb/tz/", listing)
    crawl(folder, site, DAYS[0], dead={"/zfxxgk/nb/xz/"})
    site.publish(UNIT, 2024, date(2025, 1, 20))
    crawl(folder, site, DAYS[1])
    assert row(folder, DAYS[1]).timing == "on_time"


def listed(site):
    """The first column's list, as it stands in another."""
    from crawler.demo.trs import answer

    right = answer(site, "/zfxxgk/nb/xz/")
    return replace(right, body=right.body.replace(b'href="./', b'href="/zfxxgk/nb/xz/'))


def test_an_entry_that_could_not_be_opened_was_there_in_time(folder, site):
    site.add_year(2024, but={UNIT})
    site.publish(UNIT, 2024, date(2025, 1, 20))
    crawl(folder, site, DAYS[0], dead={site.address(UNIT, 2024)})
    site.move(UNIT, 2024)
    crawl(folder, site, DAYS[1])
    found = row(folder, DAYS[1])
    assert (found.presence, found.timing) == ("present", "on_time")
    assert ("late_arrival", UNIT, 2024) not in kinds(folder, DAYS[1])


# Withdrawn and revised


def test_what_stands_at_an_address_that_is_blocked_is_not_withdrawn(folder, site):
    crawl(folder, site, DAYS[0])
    site.fail(site.move(UNIT, 2022), challenge)
    crawl(folder, site, *DAYS[1:])
    assert row(folder, DAYS[-1], year=2022).presence == "present"
    assert "withdrawn" not in {kind for kind, *_ in kinds(folder, DAYS[-1])}


def test_two_files_of_one_page_do_not_take_turns(folder, site):
    page = site.address("月牙镇", 2023)
    article = next(a for a in site.articles if site.path(a) == page)
    draft = article.report.with_cell("requests.granted.business", 41)
    site.fail(site.file_path(article), serving(as_pdf(article.report)))
    second = site.folder(article) + "P0draft.pdf"
    site.fail(second, lambda _: Response(as_pdf(draft), 200, (("Content-Type", "application/pdf"),)))
    link = '<div class="attachment"><a href="./P0draft.pdf">附件2.pdf</a>'.encode()
    site.fail(page, lambda right: replace(right, body=right.body.replace(b'<div class="attachment">', link)))
    crawl(folder, site, *DAYS[:4])
    assert {kind for kind, name, _ in kinds(folder, DAYS[3]) if name == "月牙镇"} <= {"divergence"}
    assert row(folder, DAYS[3], "月牙镇", 2023).presence == "present"


# Years before our time


def test_a_list_that_keeps_few_old_entries_proves_nothing_for_the_old_years(folder, site):
    site.first_year = 2012
    site.publish("月牙镇", 2012, date(2013, 3, 20))
    crawl(folder, site, DAYS[0])
    found = row(folder, DAYS[0], year=2012)
    assert (found.presence, found.why[0].split(":")[0]) == ("unseen", "column_proven")


def test_a_year_that_most_of_a_list_shows_counts_though_we_came_after_it(folder, site):
    site.articles = [a for a in site.articles if (a.unit, a.report and a.report.year) != (UNIT, 2022)]
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0], year=2022).presence == "missing"


def test_the_day_of_a_move_is_nobodys_day_of_publication(folder, site):
    """A new system gave every report the day on which it took it over."""
    site.publish("苇塘街道", 2021)
    for article in list(site.articles):
        if article.report:
            site._replace(article, replace(article, dated=date(2024, 6, 1)))
    crawl(folder, site, DAYS[0])
    assert {row(folder, DAYS[0], "苇塘街道", year).timing for year in (2021, 2022, 2023)} == {"undated"}


def test_two_years_put_up_on_one_day_were_put_up_on_that_day(folder, site):
    for year in (2022, 2023):
        site.redate("苇塘街道", year, date(2024, 6, 1))
    crawl(folder, site, DAYS[0])
    assert [row(folder, DAYS[0], "苇塘街道", year).timing for year in (2022, 2023)] == ["late", "late"]


# Clocks and outages


def test_a_portal_whose_clock_is_ahead_makes_nobody_late(folder, site):
    site.add_year(2024, but={UNIT})
    crawl(folder, site, "2025-01-28")
    site.publish(UNIT, 2024, date(2025, 2, 9))
    crawl(folder, site, DAYS[0])
    found = row(folder, DAYS[0])
    assert (found.timing, found.not_before, found.not_after) == ("undated", "2025-01-28", DAYS[0])


@pytest.mark.parametrize("printed", [date(2025, 1, 30), date(2025, 2, 3)])
def test_a_report_that_came_while_the_portal_was_down_is_as_late_as_its_page_says(folder, site, printed):
    site.add_year(2024, but={UNIT})
    crawl(folder, site, "2025-01-28")
    crawl(folder, site, "2025-02-01", "2025-02-04", dead={"/zfxxgk/nb/xz/"})
    assert row(folder, "2025-02-04").presence == "unseen"
    site.publish(UNIT, 2024, printed)
    crawl(folder, site, DAYS[1])
    found = row(folder, DAYS[1])
    assert found.timing == ("on_time" if printed.month == 1 else "late")
    assert ("late_arrival", UNIT, 2024) not in kinds(folder, DAYS[1]) or printed.month == 2


# Bodies and their files


def test_a_file_of_many_reports_of_which_one_cannot_be_read_accuses_nobody(folder, site):
    names = [unit.name for unit in site.units]
    files = {f"{name}.html": as_page(site.report(name, 2023)).encode() for name in names if name != UNIT}
    title = "萤川县各乡镇街道2023年政府信息公开工作年度报告"
    site.articles = [a for a in site.articles if not (a.report and a.report.year == 2023)]
    page = site.add("townships", title, date(2024, 1, 20), text="打包")
    files[f"{UNIT}.docx"] = b"PK\x03\x04 damaged"
    file = Response(zipped(files), 200, (("Content-Type", "application/zip"),))
    site.fail(page, lambda _: file)
    crawl(folder, site, DAYS[0])
    assert {row(folder, DAYS[0], name, 2023).presence for name in names if name != UNIT} == {"present"}
    assert row(folder, DAYS[0], year=2023).presence == "unseen"


def test_a_list_of_which_only_the_beginning_was_seen_accuses_none_of_whom_it_never_showed(folder, site):
    site.units += tuple(Unit(f"{name}乡", "township") for name in "甲乙丙丁戊己庚辛壬癸")
    site.publish("月牙镇", 2024)
    site.publish("石桥镇", 2024)
    site.fail("/zfxxgk/nb/xz/", one_page)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0], "甲乡").presence == "unseen"
    assert row(folder, DAYS[0]).presence == "missing", "its earlier years stand there"


def test_a_department_known_by_its_reports_may_have_become_one_that_is_new(folder, site, monkeypatch):
    names = ["萤川县扶贫办", "萤川县财政局", "萤川县教育局"]
    departments(site, *names)
    record = registry_record

    def unlisted(site, base):
        read = yaml.safe_load(record(site, base))
        return yaml.safe_dump({**read, "units": [u for u in read["units"] if u["kind"] != "department"]})

    monkeypatch.setattr(simulated, "registry_record", unlisted)
    for name in names:
        site.publish(name, 2022)
        site.publish(name, 2023)
    site.publish(names[1], 2024)
    crawl(folder, site, DAYS[0])
    assert row(folder, DAYS[0], "教育局").presence == "missing"
    site.units += (Unit("萤川县乡村振兴局", "department"),)
    site.publish("萤川县乡村振兴局", 2024)
    crawl(folder, site, DAYS[1])
    assert row(folder, DAYS[1], "扶贫办").presence == "unseen"
