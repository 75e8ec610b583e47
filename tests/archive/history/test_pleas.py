"""What an accused county would plead: what was not seen is not called missing, late, withdrawn or revised."""

import io
import zipfile
from dataclasses import replace
from datetime import date

from crawler.demo.entries import Column, Unit
from crawler.demo.faults import serving
from crawler.demo.pdf import as_pdf
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
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
