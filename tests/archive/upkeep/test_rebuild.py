"""The database follows from warc/ and inputs/ alone, however the archive came to be."""

import random
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from archive import clock
from archive.captures.ingest import ingest
from archive.database import open_database, open_file, read_database
from archive.folder import Folder
from archive.readings import tables
from archive.upkeep.natural import NATURAL, differences
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.county import qinghe
from crawler.demo.faults import error_page, gzipped, shortened
from crawler.demo.renderers import as_page
from parsers.errors import Fault
from parsers.parse import parse
from tests.archive.simulated import SimulatedCrawl


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


def eventful(folder):
    """An archive with every kind of record and most kinds of events."""
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.add_year(2024, but={"芦花镇", "枫桥乡"})
    site.edit_cell("稻香镇", 2023, "requests.granted.business", 41)
    site.move("雁影乡", 2022, redirect=True)
    site.drop("听泉乡", 2021)
    site.fail(site.address("白鹭镇", 2023), gzipped)
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z", dead={site.address("望星镇", 2024)})
    site.publish("枫桥乡", 2024, date(2025, 2, 7))
    site.redate("石榴街道", 2023, date(2024, 3, 1))
    site.retitle("银杏街道", 2023, "银杏街道办事处2022年政府信息公开工作年度报告")
    site.fail(site.address("萤火镇", 2023), shortened(5_000))
    other = site.report("云杉乡", 2023).with_cell("requests.granted.business", 41)
    site.add("townships", f"{other.title}（更正版）", date(2025, 2, 7), unit="云杉乡", report=other)
    site.add(
        "townships", f"关于{EDITED}2023年政府信息公开工作年度报告的勘误", date(2025, 2, 7), text="数据有误。"
    )
    SimulatedCrawl(folder, site, "2025-02-07T09:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-08T10:00:00Z")
    site.fail("/zfxxgk/nb/xz/", error_page)
    SimulatedCrawl(folder, site, "2025-02-09T01:00:00Z", unfinished={"departments"})
    return site


EDITED = "稻香镇"
SAID = {
    *("first_seen", "revised", "moved", "late_arrival", "date_edited", "retitled", "contested", "page_cut"),
    *("reissued", "correction_notice"),
}
"""Kinds of events that happen in an eventful archive."""


def test_rebuilt_database_equals_the_grown_one(folder):
    eventful(folder)
    with closing(read_database(folder)) as database:
        assert {row[0] for row in database.execute("SELECT DISTINCT kind FROM events")} >= SAID
    result = rebuild(folder)
    assert result.compared
    assert result.differences == {}
    assert result.documents > 50


def test_comparison_can_fail(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    other = folder.root / "other.db"
    shutil.copy(folder.database, other)
    with closing(open_file(other)) as changed, closing(open_database(folder)) as database, changed:
        changed.execute(
            "UPDATE requests_kept SET total = total + 1 WHERE reading = (SELECT max(reading) FROM requests_kept)"
        )
        assert differences(database, changed).keys() == {"requests_kept"}
        changed.rollback()


def test_every_table_is_compared(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(read_database(folder)) as database:
        tables = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - {"_sqlite_migrations", "sqlite_sequence"} == NATURAL.keys()


def test_order_of_merging_does_not_matter(folder, tmp_path):
    """Copies of one archive's WARC files, indexed in another order, give the same rows."""
    eventful(folder)
    other = Folder(tmp_path / "other").create()
    shutil.copytree(folder.inputs, other.inputs, dirs_exist_ok=True)
    files = folder.warcs()
    random.Random(3).shuffle(files)
    for path in files:
        shutil.copy(path, other.warc)
        update(other)
    update(folder)
    with closing(read_database(folder)) as one, closing(read_database(other)) as two:
        assert differences(one, two) == {}


def test_given_file_is_present_but_proves_no_absence(folder, tmp_path):
    site = qinghe()
    path = tmp_path / "saved.html"
    path.write_text(as_page(site.report("白鹭镇", 2023)))
    ingest(folder, [path], url="http://www.qinghe.example/zfxxgk/nb/xz/202401/t20240116_1.html", by="张三")
    update(folder)
    with closing(read_database(folder)) as database:
        (row,) = database.execute(
            "SELECT units.name, year FROM reports JOIN units ON units.id = unit"
        ).fetchall()
        assert tuple(row) == ("白鹭镇", 2023)
        assert database.execute("SELECT count(*) FROM ledger WHERE presence = 'missing'").fetchone()[0] == 0
    assert rebuild(folder).differences == {}


def test_rebuild_of_a_damaged_database(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    folder.database.write_bytes(b"this is no database" * 1000)
    with pytest.raises(Fault, match="rebuild"):
        read_database(folder)
    assert rebuild(folder).compared is False
    with closing(read_database(folder)) as database:
        assert database.execute("SELECT count(*) FROM reports").fetchone()[0] == 51


def test_database_of_a_newer_version_is_refused(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(sqlite3.connect(folder.database)) as database, database:
        database.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('gongkai', 'm9999_later', '')"
        )
    with pytest.raises(Fault, match="newer version"):
        read_database(folder)
    with pytest.raises(Fault, match="newer version"):
        update(folder)
    before = folder.database.read_bytes()
    with pytest.raises(Fault, match="newer version"):
        rebuild(folder)
    assert folder.database.read_bytes() == before


@pytest.mark.parametrize("cut", [3, 60, 500])
def test_warc_that_ends_in_the_middle_of_a_record_is_damaged(folder, cut):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    (path,) = folder.warcs()
    path.write_bytes(path.read_bytes()[:-cut])
    folder.database.unlink()
    assert update(folder).damaged == [path.name]


def test_document_that_makes_its_reader_fail_stops_no_other(folder, monkeypatch):
    def fail(data, engines):
        if "白鹭镇".encode() in data:
            raise RecursionError("too deep")
        return parse(data, engines)

    monkeypatch.setattr(tables, "parse", fail)
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(read_database(folder)) as database:
        said = database.execute(
            "SELECT DISTINCT message FROM readings WHERE outcome = 'unreadable'"
        ).fetchall()
        assert any("RecursionError" in row[0] for row in said)
        assert database.execute("SELECT count(*) FROM reports").fetchone()[0] == 51
        query = """SELECT DISTINCT reading FROM ledger JOIN units ON units.id = unit
            WHERE name = '白鹭镇' AND year = 2023"""
        assert [row[0] for row in database.execute(query)] == ["unread"]


def test_second_update_reads_nothing(folder):
    eventful(folder)
    again = update(folder)
    assert (again.records, again.pages, again.documents) == (0, 0, 0)


def test_damaged_warc_keeps_what_stands_before_the_damage(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    (path,) = folder.warcs()
    data = bytearray(path.read_bytes())
    data[len(data) // 2 :] = bytes(len(data) - len(data) // 2)
    path.write_bytes(data)
    folder.database.unlink()
    summary = update(folder)
    assert summary.damaged == [path.name]
    assert summary.records > 20


def test_unchanged_crawl_adds_no_payload_and_no_version(folder):
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    counts = "SELECT (SELECT count(DISTINCT payload) FROM captures), (SELECT count(*) FROM versions)"
    with closing(read_database(folder)) as database:
        before = tuple(database.execute(counts).fetchone())
    SimulatedCrawl(folder, site, "2025-01-13T01:00:00Z")
    with closing(read_database(folder)) as database:
        assert tuple(database.execute(counts).fetchone()) == before
        kinds = database.execute("SELECT kind, count(*) FROM captures WHERE at > '2025-01-13' GROUP BY kind")
        assert dict(map(tuple, kinds)).keys() == {"revisit"}


def test_clock_moved_by_hand_is_written_into_the_evidence(folder):
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(read_database(folder)) as database:
        assert database.execute("SELECT DISTINCT clock FROM crawls").fetchone()[0] == "moved"
    assert clock.moved() is False
