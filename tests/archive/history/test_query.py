"""What is kept is what would be computed: the derived tables against everything derived from evidence anew."""

import json
from contextlib import closing
from datetime import date

import pytest

from archive import clock
from archive.database import open_database, read_database
from archive.folder import Folder
from archive.history import current, query
from archive.history.query import Only, asked, state
from archive.upkeep.update import update
from crawler.demo.county import qinghe
from crawler.demo.faults import error_page
from tests.archive.simulated import SimulatedCrawl, at

NEVER, LATE = "芦花镇", "枫桥乡"
LIST = "/zfxxgk/nb/xz/"
LAST = "2025-03-02"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The story of a county from January to March: due, late, edited, moved, withdrawn, blind, seen again."""
    folder = Folder(tmp_path_factory.mktemp("story") / "archive").create()
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.add_year(2024, but={NEVER, LATE})
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    site.publish(LATE, 2024, date(2025, 2, 8))
    site.edit_cell("稻香镇", 2023, "requests.granted.business", 41)
    site.move("雁影乡", 2022, redirect=True)
    site.drop("听泉乡", 2021)
    for day in ("2025-02-10", "2025-02-12"):
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z")
    site.fail(LIST, error_page)
    SimulatedCrawl(folder, site, "2025-02-28T01:00:00Z")
    site.heal(LIST)
    SimulatedCrawl(folder, site, f"{LAST}T01:00:00Z")
    return folder


def shown(rows):
    return {(row["unit"], row["year"]): row | {"captures": sorted(row["captures"])} for row in rows}


def ledger_row(row):
    """A row of a derived ledger in the shape of the kept one."""
    return {
        "unit": row.unit.code,
        "name": row.unit.name,
        "kind": row.unit.kind,
        "expected_by": row.unit.basis,
        "portal": row.unit.portal,
        "year": row.year,
        "presence": row.presence,
        "timing": row.timing,
        "reading": row.reading,
        "why": row.why,
        "due": str(row.due.day),
        "basis": row.due.basis,
        "not_before": row.not_before,
        "not_after": row.not_after,
        "published_basis": row.published_basis,
        "last_clear_sight": row.last_clear_sight,
        "columns": row.columns,
        "captures": row.captures,
    }


@pytest.mark.parametrize("day", [LAST, "2025-03-10", "2025-03-17", "2025-04-02", "2025-12-31"])
def test_kept_ledger_is_the_derived_one_on_every_day_since_the_last_sight(folder, day):
    until = clock.end_of_day(date.fromisoformat(day))
    with asked(folder, until) as of:
        assert current.holds(of.database, until)
        kept = shown(query.ledger(of))
    assert kept == shown(ledger_row(row) for row in state(folder, until).ledger)
    assert {"present", "withdrawn"} < {row["presence"] for row in kept.values()}


@pytest.mark.parametrize("day", ["2025-01-12", "2025-02-06", "2025-02-11", "2025-02-28"])
def test_past_is_derived_anew_and_shown_by_the_same_queries(folder, day):
    until = clock.end_of_day(date.fromisoformat(day))
    with asked(folder, until) as of:
        assert not current.holds(of.database, until)
        assert shown(query.ledger(of)) == shown(ledger_row(row) for row in state(folder, until).ledger)


def test_kept_events_are_the_derived_ones(folder):
    until = clock.end_of_day(date.fromisoformat(LAST))
    with asked(folder, until) as of:
        kept = {e["id"]: e for e in (*query.events(of), *query.events(of, kind="first_seen"))}
    derived = {event.id: event for event in state(folder, until).events}
    assert kept.keys() == derived.keys()
    for key, event in derived.items():
        assert (kept[key]["cells"], kept[key]["captures"]) == (event.cells, event.captures)
    assert {"revised", "moved", "first_seen"} <= {event.kind for event in derived.values()}


def test_absence_is_missing_while_the_sight_is_fresh_and_unseen_after(folder):
    found = {}
    for day in ("2025-03-16", "2025-03-17"):
        with asked(folder, clock.end_of_day(date.fromisoformat(day))) as of:
            (row,) = [r for r in query.ledger(of, Only(year=2024)) if r["name"] == NEVER]
            found[day] = (row["presence"], row["why"], bool(row["captures"]))
    assert found["2025-03-16"] == ("missing", [], True)
    stale = f"sight_fresh: 栏目 townships 最后一次看清是在 {LAST}"
    assert found["2025-03-17"] == ("unseen", [stale], False)


def test_rates_have_numerator_and_denominator(folder):
    with asked(folder, clock.end_of_day(date.fromisoformat(LAST))) as of:
        for by in query.AREAS:
            rows = [row for row in query.rates(of, by, Only(year=2024, sure=True)) if row["missing"]]
            (row,) = rows
            assert row["missing"] == 1
            assert row["expected"] == row["present"] + row["missing"] + row["unseen"] + row["withdrawn"]
            assert row["rate"] == round(row["present"] / row["expected"], 4)
            assert row["late"] >= 1


def test_sentence_says_what_was_observed_and_nothing_more(folder):
    with asked(folder, clock.end_of_day(date.fromisoformat(LAST))) as of:
        (row,) = query.missing(of, Only(year=2024))
    assert row["name"] == NEVER
    assert row["days_overdue"] == 30
    assert row["sentence"].startswith(f"2025年3月2日最后一次完整查看时，{NEVER}2024年度")
    assert "未见于栏目" in row["sentence"]
    assert "应公布日期为2025年1月31日（依据：惯例，并非法定期限）" in row["sentence"]


def test_only_what_came_is_derived_anew(tmp_path):
    folder = Folder(tmp_path / "archive").create()
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    with at("2025-01-13T01:00:00Z"):
        assert update(folder).derived == 0
        (folder.inputs / "deadlines.csv").write_text(
            "division,kind,first_year,last_year,day,basis\n990101,township,2024,2024,02-20,user\n"
        )
        with closing(read_database(folder)) as database:
            assert current.behind(database, folder)
        assert update(folder).derived == 1
        with asked(folder, clock.now()) as of:
            assert {r["due"] for r in query.ledger(of, Only(year=2024)) if r["kind"] == "township"} == {
                "2025-02-20"
            }


def test_evidence_that_a_dead_process_left_is_derived_by_the_next(tmp_path):
    folder = Folder(tmp_path / "archive").create()
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    with closing(open_database(folder)) as database, database:
        capture = database.execute("SELECT capture FROM lines LIMIT 1").fetchone()[0]
        database.execute("UPDATE records SET page = page WHERE id = ?", [capture])
    with at("2025-01-13T01:00:00Z"):
        assert update(folder).derived == 1
        assert update(folder).derived == 0


def test_ledger_view_says_the_same_in_plain_sql(folder):
    with closing(read_database(folder)) as database:
        rows = database.execute(
            "SELECT presence, captures FROM ledger JOIN units ON units.id = unit WHERE name = ? AND year = 2023",
            ["稻香镇"],
        ).fetchall()
    assert [(row[0], len(json.loads(row[1]))) for row in rows] == [("present", 1)]


TWICE = """SELECT reading, report FROM lines JOIN renditions ON line = lines.id
    WHERE lines.first_seen > (SELECT min(first_seen) FROM lines AS other WHERE other.report = lines.report)"""
LATER = """UPDATE records SET at = '2025-02-07T01:00:00Z'
    WHERE body = (SELECT body FROM readings WHERE readings.id = ?)"""


def test_a_version_with_cells_stands_for_a_report_that_was_later_seen_without(tmp_path):
    folder, site = Folder(tmp_path / "archive").create(), qinghe()
    again = site.report("雁影乡", 2023)
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.add("townships", again.title, date(2025, 2, 1), unit="雁影乡", report=again)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    with closing(open_database(folder)) as database:
        ((new, report),) = database.execute(TWICE).fetchall()
        with database:  # as if the new page held prose alone, and was seen after the other
            database.execute("UPDATE readings_kept SET cells = 0, content = x'00' WHERE id = ?", [new])
            database.execute(LATER, [new])
            database.execute("DELETE FROM meta WHERE key = 'derived'")
        with at("2025-02-08T01:00:00Z"):
            update(folder)
        versions = "SELECT reading FROM versions WHERE report = ? ORDER BY last_seen"
        old, last = (row[0] for row in database.execute(versions, [report]))
        latest = database.execute("SELECT reading FROM latest_versions WHERE report = ?", [report]).fetchall()
    assert last == new
    assert [row[0] for row in latest] == [old]
