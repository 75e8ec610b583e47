"""Whom the ledger expects: the official table, the user's list, and units that were renamed, merged and split."""

import csv

import pytest
import yaml

from archive import clock
from archive.folder import Folder
from archive.history.named import unit_code
from archive.history.query import asked
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from crawler.demo.entries import Unit
from crawler.demo.record import registry_record
from tests.archive import simulated
from tests.archive.simulated import SimulatedCrawl, at, ledger
from tests.archive.table import EXTRA, FARM, official  # noqa: F401 - a fixture

AFTER, DAY = "2025-02-06T01:00:00Z", "2025-02-06"
NEVER = "松针乡"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def unlisted(monkeypatch, official):  # noqa: F811
    """The portal's record lists no units."""

    def record(site, base):
        return yaml.safe_dump(
            {**yaml.safe_load(registry_record(site, base)), "units": []}, allow_unicode=True
        )

    monkeypatch.setattr(simulated, "registry_record", record)


def units_csv(folder, *lines):
    names = ["division", "name", "kind", "first_year", "last_year", "successor", "change"]
    with (folder.inputs / "units.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names)
        writer.writeheader()
        writer.writerows({"division": "990102", "kind": "township", **line} for line in lines)
    with at(AFTER):
        update(folder)


def presence(folder, name, *years):
    rows = ledger(folder, DAY)
    return [rows[name, year].presence for year in years]


def test_a_division_code_is_enough_to_know_whom_to_expect(folder, unlisted):
    site = yingchuan()
    site.add_year(2024, but={NEVER})
    SimulatedCrawl(folder, site, AFTER)
    rows = ledger(folder, DAY)
    absent = {name: row for (name, year), row in rows.items() if (row.presence, year) == ("missing", 2024)}
    assert absent.keys() == {NEVER, EXTRA}
    assert (absent[NEVER].unit, absent[NEVER].expected_by) == ("990102200", "register")
    assert rows[FARM, 2024].presence == "not_expected"
    assert rows["月牙镇", 2024].presence == "present"


def test_a_government_without_a_column_is_unseen_and_its_office_owes_nothing_yet(folder, unlisted):
    SimulatedCrawl(folder, yingchuan(), AFTER)
    rows = ledger(folder, "2025-04-02")
    assert rows["萤川县人民政府", 2024].presence == "unseen"
    assert rows["萤川县人民政府", 2024].why[0].startswith("column_known")
    assert rows["萤川县人民政府办公室", 2024].presence == "not_expected"


def test_a_kind_of_which_the_column_shows_none_is_protected(folder, unlisted):
    site = yingchuan()
    site.articles = [a for a in site.articles if a.unit not in {"苇塘街道"}]
    site.add_year(2024, but={NEVER, "苇塘街道"})
    SimulatedCrawl(folder, site, AFTER)
    rows = ledger(folder, DAY)
    assert rows["苇塘街道", 2024].presence == "unseen"
    assert rows["苇塘街道", 2024].why[0].startswith("column_proven")
    assert rows[NEVER, 2024].presence == "missing"


def test_a_column_that_shows_one_unit_says_nothing_of_the_others(folder, unlisted):
    site = yingchuan()
    site.articles = [a for a in site.articles if a.unit == "月牙镇"]
    site.publish("月牙镇", 2024)
    SimulatedCrawl(folder, site, AFTER)
    row = ledger(folder, DAY)[NEVER, 2024]
    assert row.presence == "unseen"
    assert row.why[0].endswith("只见过 3 个同类单位中 1 个的报告，从未见过本单位")


def test_what_is_only_like_a_township_is_expected_once_it_has_reported(folder, unlisted):
    site = yingchuan()
    site.units += (Unit(FARM, "township"),)
    site.publish(FARM, 2023)
    site.add_year(2024, but={FARM})
    SimulatedCrawl(folder, site, AFTER)
    assert presence(folder, FARM, 2023) == ["present"]
    row = ledger(folder, DAY)[FARM, 2024]
    assert row.presence == "unseen"
    assert row.why[0].startswith("column_known"), "its kind has no column of its own"


def test_a_unit_renamed_in_mid_year_is_one(folder):
    site = yingchuan()
    site.units += (Unit("松针镇", "township"),)
    site.add_year(2024, but={"松针乡"})
    SimulatedCrawl(folder, site, AFTER)
    assert presence(folder, "松针乡", 2023, 2024) == ["present", "missing"]
    units_csv(folder, {"name": "松针乡", "last_year": 2023, "successor": "松针镇", "change": "renamed"})
    assert presence(folder, "松针镇", 2023, 2024) == ["present", "present"]
    assert ("松针乡", 2024) not in ledger(folder, DAY)
    with asked(folder, clock.now()) as of:
        assert unit_code(of, "松针乡") == unit_code(of, "松针镇")
        (former,) = of.database.execute("SELECT name, first_year, last_year FROM former_names").fetchall()
        assert tuple(former) == ("松针乡", None, 2023)


def test_two_units_merged_and_the_new_one_owes_from_then_on(folder):
    site = yingchuan()
    site.units += (Unit("月针镇", "township"),)
    site.add_year(2024, but={"月牙镇", "松针乡", "月针镇"})
    merged = {"last_year": 2023, "successor": "月针镇", "change": "merged"}
    units_csv(folder, {"name": "月牙镇", **merged}, {"name": "松针乡", **merged})
    SimulatedCrawl(folder, site, AFTER)
    assert presence(folder, "月牙镇", 2023, 2024) == ["present", "not_expected"]
    assert presence(folder, "松针乡", 2023, 2024) == ["present", "not_expected"]
    assert presence(folder, "月针镇", 2023, 2024) == ["not_expected", "unseen"], "no sister is left"


def test_one_unit_split(folder):
    site = yingchuan()
    site.units += (Unit("东针乡", "township"), Unit("西针乡", "township"))
    site.add_year(2024, but={"松针乡", "西针乡"})
    units_csv(folder, {"name": "松针乡", "last_year": 2023, "successor": "东针乡;西针乡", "change": "split"})
    SimulatedCrawl(folder, site, AFTER)
    assert presence(folder, "松针乡", 2023, 2024) == ["present", "not_expected"]
    assert presence(folder, "东针乡", 2023, 2024) == ["not_expected", "present"]
    assert presence(folder, "西针乡", 2023, 2024) == ["not_expected", "missing"]
