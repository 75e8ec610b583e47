"""Blind is a state of ours: since when, what falls due, what to do."""

from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from archive import clock
from archive.database import read_database
from archive.folder import Folder
from archive.history.health import health
from archive.history.loading import walks
from crawler.demo.county import qinghe
from crawler.demo.faults import challenge, error_page, status
from crawler.demo.home import by_year
from tests.archive.simulated import SimulatedCrawl

LIST = "/zfxxgk/nb/xz/"


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


def seen(folder, day):
    with closing(read_database(folder)) as database:
        until = clock.end_of_day(date.fromisoformat(day))
        walked = walks(database, until)
    return {column.column: column for column in health(walked, until, [])}


def test_columns_that_are_seen_are_no_trouble(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    columns = seen(folder, "2025-01-12")
    assert {c.trouble for c in columns.values()} == {""}
    assert columns["townships"].last_clear.startswith("2025-01-12")


@pytest.mark.parametrize(
    ("fault", "word", "advice"),
    [(challenge, "challenge", "browser"), (error_page, "error", "mend"), (status(404), "gone", "moved")],
)
def test_blind_column_says_since_when_what_falls_due_and_what_to_do(folder, fault, word, advice):
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.fail(LIST, fault)
    SimulatedCrawl(folder, site, "2025-01-20T01:00:00Z")
    column = seen(folder, "2025-01-20")["townships"]
    assert word in column.trouble
    assert advice in column.advice
    assert ("gongkai discover qinghe" in column.advice) == (word != "challenge")
    assert column.new
    assert (column.last_clear[:10], column.blind_since[:10]) == ("2025-01-12", "2025-01-20")
    assert column.due == ["2025-01-31"]


def test_trouble_is_new_once_and_over_when_the_column_is_seen_again(folder):
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.fail(LIST, challenge)
    for day in ("2025-01-20", "2025-01-21"):
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z")
    assert not seen(folder, "2025-01-21")["townships"].new
    site.heal(LIST)
    SimulatedCrawl(folder, site, "2025-01-22T01:00:00Z")
    assert seen(folder, "2025-01-22")["townships"].trouble == ""


def test_a_column_in_which_nobody_reports_for_a_year_that_is_due_is_quiet(folder):
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-31T01:00:00Z")
    assert seen(folder, "2025-01-31")["townships"].trouble == ""
    SimulatedCrawl(folder, site, "2025-02-10T01:00:00Z")
    column = seen(folder, "2025-02-10")["townships"]
    assert column.trouble == "quiet: no report for 2024 is listed, the last is for 2023"
    assert "gongkai discover qinghe" in column.advice
    assert column.new
    SimulatedCrawl(folder, site, "2025-02-11T01:00:00Z")
    assert not seen(folder, "2025-02-11")["townships"].new
    site.publish("白鹭镇", 2024, date(2025, 2, 11))
    SimulatedCrawl(folder, site, "2025-02-12T01:00:00Z")
    assert seen(folder, "2025-02-12")["townships"].trouble == ""
    assert seen(folder, "2025-02-12")["departments"].trouble


def test_a_column_that_is_no_longer_walked_is_trouble(folder):
    SimulatedCrawl(folder, qinghe(), "2025-02-01T01:00:00Z", unfinished=["departments"])
    SimulatedCrawl(folder, qinghe(), "2025-01-20T01:00:00Z")
    assert seen(folder, "2025-01-27")["townships"].trouble == ""
    column = seen(folder, "2025-01-28")["townships"]
    assert (column.trouble, column.new) == ("not walked to its end since 2025-01-20", True)
    assert "gongkai crawl qinghe" in column.advice
    assert column.due == ["2025-01-31"]
    assert not seen(folder, "2025-01-29")["townships"].new
    later = seen(folder, "2025-02-01")
    assert later["departments"].trouble == "not walked to its end since 2025-01-20"
    assert "not walked" not in later["townships"].trouble


def split_by_year(folder, day, *, whole=False):
    site = by_year(qinghe())
    if whole:
        site.columns += (replace(site.columns[0], id="all", path="/zfxxgk/nb/all/", years=()),)
    SimulatedCrawl(folder, site, f"{day}T01:00:00Z")
    return seen(folder, day)


def test_columns_split_by_year_need_a_new_one_each_january(folder):
    assert {c.trouble for c in split_by_year(folder, "2024-12-30").values()} == {""}
    columns = split_by_year(folder, "2025-01-02")
    newest = columns.pop("reports-2023")
    assert newest.trouble == "no column for 2024: its columns are split by year, the newest is of 2023"
    assert "`gongkai discover qinghe`" in newest.advice
    assert newest.due == ["2025-01-31"]
    assert newest.new
    assert {c.trouble for c in columns.values()} == {""}
    assert not split_by_year(folder, "2025-01-03")["reports-2023"].new


def test_a_column_of_all_years_beside_those_split_by_year_is_enough(folder):
    assert not split_by_year(folder, "2025-01-02", whole=True)["reports-2023"].trouble
