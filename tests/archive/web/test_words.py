import sqlite3
from contextlib import closing

import pytest

from archive.web.words import excerpt, indexed, wanted

TEXTS = [
    "全年收到政府信息公开申请11件，上年结转1件。",
    "公开，申请；两回事。",
    "The PDF of 2024年报 is here",
    "受理複議案件",
    "",
]


@pytest.fixture(scope="module")
def found():
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE VIRTUAL TABLE words USING fts5 (body, content = '', tokenize = 'unicode61')")
        database.executemany("INSERT INTO words (rowid, body) VALUES (?, ?)", enumerate(map(indexed, TEXTS)))

        def search(query):
            rows = database.execute("SELECT rowid FROM words WHERE words MATCH ?", [wanted(query)])
            return [row[0] for row in rows]

        yield search


@pytest.mark.parametrize(
    ("query", "texts"),
    [
        ("申请", [0, 1]),
        ("公开申请", [0]),  # not over the comma of the second
        ("公开 申请", [0, 1]),
        ("信息公开申请", [0]),
        ("件", [0, 3]),  # one character, also at the end of a run
        ("申报", []),
        ("2024", [2]),
        ("pdf", [2]),
        ("年报", [2]),
        ("复议", [3]),  # either script finds either
        ("１１", [0]),
        ('"公开" OR NEAR(*', []),  # no syntax of FTS5 gets through: these are words, and they stand nowhere
        ("", []),
        ("，。", []),
    ],
)
def test_words_are_found_as_they_stand(found, query, texts):
    assert found(query) == texts


def test_an_excerpt_shows_what_was_found():
    text = "甲" * 200 + "行政复议" + "乙" * 200
    assert "行政复议" in excerpt(text, "行政复议")
    assert excerpt(text, "行政复议").startswith("…")
    assert excerpt("短文", "没有") == "短文"
