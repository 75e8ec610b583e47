"""Units that are renamed, merged or split: each owes what it owed in its time, and nothing is owed twice."""

import csv
from datetime import date

from crawler.demo.reports import make_report
from tests.archive.history.test_cases import DAYS, cells, crawl, kinds, presence
from tests.archive.simulated import ledger


def decide(folder, *lines):
    names = ("division", "name", "kind", "first_year", "last_year", "successor", "change")
    with (folder.inputs / "units.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({"division": "990102", "kind": "township", **line} for line in lines)


def report_as(site, name, year, day, **rest):
    """A unit reports under a name that the site's list of units does not have."""
    report = make_report(f"{name}人民政府", year, seed=f"{name}{year}", published_on=day, **rest)
    site.add("townships", report.title, day, report=report)
    return report


def test_unit_renamed_in_mid_year_has_one_row_a_year(folder, site):
    decide(
        folder,
        {"name": "松针乡", "last_year": 2024, "successor": "松针镇", "change": "renamed"},
        {"name": "松针镇"},
    )
    site.add_year(2024, but={"松针乡"})
    report = report_as(site, "松针镇", 2024, date(2025, 1, 20))
    crawl(folder, site, *DAYS[:3])
    rows = ledger(folder, DAYS[2])
    assert presence(folder, DAYS[2], "松针镇", 2022, 2023, 2024) == ["present"] * 3
    assert ("松针乡", 2024) not in rows
    assert (
        cells(folder, "松针镇", 2024)["own", "requests.received.total"]
        == (report.figures()["requests.received.total"])
    )
    assert {row.presence for row in rows.values()} == {"present"}
    assert not [key for key in kinds(folder, DAYS[2]) if key[0] != "carry_over_broken"]


def test_renamed_unit_that_reports_under_both_names_is_contested_not_revised(folder, site):
    decide(
        folder,
        {"name": "松针乡", "last_year": 2024, "successor": "松针镇", "change": "renamed"},
        {"name": "松针镇"},
    )
    site.add_year(2024)
    report_as(site, "松针镇", 2024, date(2025, 1, 20))
    crawl(folder, site, *DAYS[:3])
    assert presence(folder, DAYS[2], "松针镇", 2024) == ["present"]
    found = {kind for kind, unit, year in kinds(folder, DAYS[2]) if (unit, year) == ("松针镇", 2024)}
    assert found == {"contested"}


def test_two_units_merged_owe_nothing_after_and_the_new_one_nothing_before(folder, site):
    merged = {"last_year": 2023, "successor": "云雁镇", "change": "merged"}
    decide(folder, {"name": "松针乡", **merged}, {"name": "石桥镇", **merged})
    site.add_year(2024, but={"松针乡", "石桥镇"})
    crawl(folder, site, DAYS[0])
    assert presence(folder, DAYS[0], "云雁镇", 2023, 2024) == ["not_expected", "missing"]
    report_as(site, "云雁镇", 2024, date(2025, 2, 8))
    crawl(folder, site, *DAYS[1:3])
    assert presence(folder, DAYS[2], "云雁镇", 2024) == ["present"]
    for unit in ("松针乡", "石桥镇"):
        assert presence(folder, DAYS[2], unit, 2023, 2024) == ["present", "not_expected"]
    assert not [key for key in kinds(folder, DAYS[2]) if key[0] != "late_arrival"]


def test_unit_split_in_two(folder, site):
    decide(
        folder,
        {"name": "松针乡", "last_year": 2023, "successor": "云东镇；云西镇", "change": "split"},
        {"name": "云东镇"},
        {"name": "云西镇"},
    )
    site.add_year(2024, but={"松针乡"})
    report_as(site, "云东镇", 2024, date(2025, 1, 20))
    crawl(folder, site, DAYS[0])
    assert presence(folder, DAYS[0], "松针乡", 2023, 2024) == ["present", "not_expected"]
    assert presence(folder, DAYS[0], "云东镇", 2023, 2024) == ["not_expected", "present"]
    assert presence(folder, DAYS[0], "云西镇", 2023, 2024) == ["not_expected", "missing"]
    assert kinds(folder, DAYS[0]) == set()
