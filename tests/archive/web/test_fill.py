"""web.db says what the archive says, masked, and follows it."""

import copy
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from archive import clock
from archive.folder import Folder
from archive.history import query
from archive.history.conditions import CONDITIONS
from archive.history.query import asked
from archive.inputs import new_judgement
from archive.upkeep.judging import judge
from archive.upkeep.update import update
from archive.web import schema, tables
from archive.web.codes import VOCABULARY, vocabularies
from archive.web.fill import refresh, web_file
from archive.web.words import wanted
from parsers.errors import Fault
from parsers.findings import FINDINGS
from parsers.forms.indicators import ROW_LABELS
from tests.archive.simulated import SimulatedCrawl, at
from tests.archive.web.archives import MAIL, MOON, NOW, PERSON, PHONE, PINE, REED

FOUND = """SELECT texts.id FROM words JOIN texts ON texts.id = words.rowid JOIN reports USING (reading)
    JOIN units USING (unit) WHERE words MATCH ? AND units.name = ? AND year = 2023"""


def rows(path, sql, *values):
    with closing(sqlite3.connect(path)) as web:
        return web.execute(sql, values).fetchall()


@pytest.fixture
def folder(made, tmp_path):
    """A copy that a test may write to."""
    return Folder(shutil.copytree(made[0].root, tmp_path / "archive"))


@pytest.mark.parametrize("day", ["2025-01-25T02:00:00Z", NOW, "2025-02-28T02:00:00Z"])
def test_missing_is_that_of_the_verb_on_every_day(folder, day):
    with at(day):
        path = refresh(folder)
        with asked(folder, clock.now()) as of:
            said = {(r["unit"], r["year"], r["sentence"]) for r in query.missing(of)}
            counts = query.counts(of)
    assert set(rows(path, "SELECT unit, year, sentence FROM missing")) == said
    assert dict(rows(path, "SELECT presence, count(*) FROM ledger GROUP BY 1")) == counts


def test_the_day_decides_what_is_missing_and_what_unseen(folder):
    with at(NOW):
        path = refresh(folder)
    states = "SELECT name, presence FROM ledger JOIN units USING (unit) WHERE year = 2024"
    assert dict(rows(path, states)) == {REED: "present", MOON: "present", PINE: "missing"}
    with at("2025-02-28T02:00:00Z"):  # the last sight is older than 14 days
        refresh(folder)
    assert dict(rows(path, states))[PINE] == "unseen"
    assert rows(path, "SELECT * FROM missing") == []


def test_nothing_in_the_file_names_persons(folder):
    with at(NOW):
        path = refresh(folder)
    held = path.read_bytes()
    for secret in (PERSON, PHONE, MAIL):
        assert secret.encode() not in held
    text = rows(path, "SELECT text FROM texts WHERE text LIKE '%联系人%'")[0][0]
    assert "联系人：〔姓名〕，电话〔电话〕，邮箱〔邮箱〕" in text
    assert rows(
        path, "SELECT text FROM cells WHERE path = 'proactive.licensing.decisions' AND text != ''"
    ) == [("22（问〔电话〕）",)]
    assert PERSON[:2] not in str(rows(path, "SELECT * FROM words WHERE words MATCH ?", wanted(PERSON)))


def test_who_decided_is_not_published(folder):
    facts = {"reason": "公章所示", "by": "张三丰", "date": "2025-02-07", "digest": ""}
    for kind, unit, value in (("exempt", "990102200", ""), ("deadline", "990102100", "2025-03-01")):
        with at(NOW):
            judge(folder, new_judgement(kind=kind, target=f"{unit}/2024", value=value, **facts))
            update(folder)
    with at(NOW):
        path = refresh(folder)
    said = rows(path, "SELECT why, basis FROM ledger WHERE year = 2024")
    assert ("judged: 公章所示（2025-02-07）", "practice: 多数地方要求乡镇、街道在1月31日前公布") in said
    assert "user: judged: 公章所示（2025-02-07）" in {basis for _, basis in said}
    assert "张三丰".encode() not in path.read_bytes()


def test_cells_are_those_of_the_archive(folder):
    with at(NOW):
        path = refresh(folder)
    with asked(folder, clock.instant(NOW)) as of:
        kept = of.database.execute("SELECT unit, year, path, value FROM cells ORDER BY 1, 2, 3").fetchall()
    shown = rows(path, "SELECT unit, year, path, value FROM cells ORDER BY 1, 2, 3")
    assert shown == [tuple(row) for row in kept]
    assert len(shown) > 1000
    received = {(unit, year): value for unit, year, cell, value in shown if cell == "requests.received.total"}
    assert received == {
        (unit, year): total
        for unit, year, total in rows(path, "SELECT unit, year, total FROM requests WHERE row = 'received'")
    }
    label = rows(path, "SELECT DISTINCT row_zh FROM requests WHERE row = 'received'")
    assert label == [(ROW_LABELS["requests"]["received"],)]


def test_what_comes_is_added_and_what_goes_is_dropped(made, folder):
    with at(NOW):
        path = refresh(folder)
        before = dict(rows(path, "SELECT section, count(*) FROM texts GROUP BY 1"))
        assert len(rows(path, "SELECT rowid FROM words WHERE words MATCH ?", wanted("凤凰"))) == 0
    site = copy.deepcopy(made[1])
    site.publish(PINE, 2024, date(2025, 2, 10))
    site.edit_word(PINE, 2024, "全年通过", "凤凰通过")
    site.edit_word(MOON, 2023, "惠农补贴", "惠农补助")
    SimulatedCrawl(folder, site, "2025-02-11T01:00:00Z")
    with at("2025-02-11T02:00:00Z"):
        refresh(folder)
        assert (
            dict(rows(path, "SELECT section, count(*) FROM texts GROUP BY 1"))["title"] == before["title"] + 1
        )
        assert len(rows(path, "SELECT rowid FROM words WHERE words MATCH ?", wanted("凤凰"))) == 1
        assert rows(path, FOUND, wanted("惠农补贴"), MOON) == []
        assert len(rows(path, FOUND, wanted("惠农补助"), MOON)) == 1
        for word in ("惠农补贴", "政府信息"):  # nothing in the index is without its text
            indexed = rows(path, "SELECT count(*) FROM words WHERE words MATCH ?", wanted(word))
            assert indexed == rows(path, "SELECT count(*) FROM texts WHERE text LIKE ?", f"%{word}%")
        followed = path.rename(path.with_name("followed.db"))
        refresh(folder)
    for table in (*(t.name for t in tables.TABLES), "texts", "notes", "readings"):
        columns = "reading, section, text" if table == "texts" else "*"
        both = [sorted(rows(file, f"SELECT {columns} FROM {table}"), key=repr) for file in (followed, path)]
        assert both[0] == both[1], table


def test_a_file_of_other_code_is_made_anew(folder):
    with closing(sqlite3.connect(web_file(folder))) as other:
        other.executescript(
            "CREATE TABLE units (x); INSERT INTO units VALUES (1); CREATE VIEW cells AS SELECT 1"
        )
    with at(NOW):
        path = refresh(folder)
    assert len(rows(path, "SELECT unit, name FROM units")) == 3


def test_a_file_that_is_no_database_is_said(folder):
    web_file(folder).write_bytes(b"not a database" * 100)
    with at(NOW), pytest.raises(Fault, match=r"web\.db cannot be made .*removed at any time"):
        refresh(folder)


def test_every_column_has_its_labels(folder):
    with at(NOW):
        path = refresh(folder)
    for table in tables.TABLES:
        columns = [row[1] for row in rows(path, f"PRAGMA table_info({table.name})")]
        assert columns == [field.name for field in table.fields]
        assert all(field.zh and field.en for field in table.fields)
        assert table.note
    known = {row[0] for row in rows(path, "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')")}
    assert known == {t.name for t in tables.TABLES} | set(schema.HIDDEN)


def test_codes_that_are_shown_are_explained(folder):
    with at(NOW):
        path = refresh(folder)
    codes = {row[0] for row in rows(path, "SELECT code FROM codes")}
    for table in tables.TABLES:
        for column, other in table.refers:
            if other == "codes":
                found = rows(path, f"SELECT DISTINCT {column} FROM {table.name} WHERE {column} IS NOT NULL")
                assert {row[0] for row in found} <= codes, (table.name, column)


def test_every_code_has_a_chinese_text():
    words = vocabularies()
    assert words.keys() == VOCABULARY.keys()
    assert words["finding"].keys() == FINDINGS.keys()
    assert words["condition"].keys() >= CONDITIONS.keys()
    bare = [
        code for codes in words.values() for code, (zh, _) in codes.items() if not re.search("[一-鿿]", zh)
    ]
    assert bare == []


def test_every_condition_that_the_ledger_names_has_a_text(folder):
    whys = rows(refresh(folder), "SELECT why FROM ledger WHERE why != ''")
    named = {
        line.partition(":")[0] for (why,) in whys for line in why.split("\n") if re.match("[a-z_]+: ", line)
    }
    assert named
    assert named <= vocabularies()["condition"].keys()
