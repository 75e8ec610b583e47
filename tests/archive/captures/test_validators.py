"""A 304 is a clear sight of what is stored, marked as by validator."""

from contextlib import closing
from datetime import UTC, datetime

import pytest

from archive.captures.recorder import Recorder
from archive.captures.records import Exchange
from archive.database import read_database
from archive.folder import Folder
from archive.upkeep.update import update
from tests.archive.simulated import at

URL = "http://portal.example/a.html"
VALIDATORS = [(b"ETag", b'"7"'), (b"Last-Modified", b"Mon, 06 Jan 2025 00:00:00 GMT")]


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


def fetch(folder, day, status=200, payload=b"<html>text</html>", headers=(*VALIDATORS,), truncated=None):
    when = datetime.fromisoformat(f"{day}T01:00:00").replace(tzinfo=UTC)
    with at(f"{day}T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        asked = Exchange(URL, "GET", [], b"", status, list(headers), payload, when, truncated=truncated)
        recorder.exchange(asked, recorder.earlier.stored(URL))
    with at(f"{day}T01:00:00Z"):
        update(folder)


def validators(folder, day):
    with at(f"{day}T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        stored = recorder.earlier.stored(URL)
        return stored.validators(recorder.now()) if stored else {}


def test_validators_of_the_last_whole_capture(folder):
    assert validators(folder, "2025-05-06") == {}
    fetch(folder, "2025-05-06")
    expected = {"If-None-Match": '"7"', "If-Modified-Since": "Mon, 06 Jan 2025 00:00:00 GMT"}
    assert validators(folder, "2025-05-07") == expected


def test_cut_capture_gives_no_validators(folder):
    fetch(folder, "2025-05-06", truncated="time")
    assert validators(folder, "2025-05-07") == {}


def test_unconditional_look_is_due_after_ninety_days_and_once_in_the_season(folder):
    fetch(folder, "2024-12-20")
    assert validators(folder, "2024-12-31")
    assert validators(folder, "2025-01-02") == {}
    fetch(folder, "2025-01-02")
    assert validators(folder, "2025-04-01")
    assert validators(folder, "2025-04-02") == {}


def test_not_modified_shows_what_is_stored(folder):
    fetch(folder, "2025-05-06")
    fetch(folder, "2025-05-08", status=304, payload=b"", headers=())
    with closing(read_database(folder)) as database:
        rows = database.execute("SELECT kind, status, body, page FROM captures ORDER BY at").fetchall()
    assert [row["kind"] for row in rows] == ["response", "validated"]
    assert rows[0]["body"] == rows[1]["body"]
    assert rows[0]["page"] == rows[1]["page"]
    with at("2025-05-09T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        assert recorder.earlier.body(recorder.earlier.stored(URL)) == b"<html>text</html>"


def test_a_304_for_what_was_never_stored_shows_nothing(folder):
    fetch(folder, "2025-05-08", status=304, payload=b"", headers=())
    with closing(read_database(folder)) as database:
        (row,) = database.execute("SELECT kind, status FROM captures").fetchall()
    assert tuple(row) == ("response", 304)


def test_a_304_that_nobody_asked_for_is_no_sight(folder):
    fetch(folder, "2025-05-06")
    with at("2025-05-08T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        recorder.exchange(Exchange(URL, "GET", [], b"", 304, [], b"", recorder.now()))
    update(folder)
    with closing(read_database(folder)) as database:
        rows = database.execute("SELECT kind, status FROM captures ORDER BY at").fetchall()
    assert [tuple(row) for row in rows] == [("response", 200), ("response", 304)]
