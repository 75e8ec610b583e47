"""Bodies read in other processes: the same readings, and a document that kills its process costs only itself."""

import os
import sys
from contextlib import closing

import pytest

from archive.captures.ingest import ingest
from archive.database import read_database
from archive.folder import Folder
from archive.readings import pool
from archive.upkeep.natural import differences
from archive.upkeep.update import update
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from tests.archive.simulated import at

DEADLY = 7


def double(number):
    if number == DEADLY:
        os._exit(9)
    return 2 * number


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(pool, "BATCH", 4)
    monkeypatch.setattr(pool, "WORTH_PROCESSES", 8)


def test_document_that_kills_its_process_costs_only_itself(small):
    done = [pair for batch in pool.run(double, list(range(12)), 2) for pair in batch]
    assert [task for task, _ in done] == list(range(12))
    for task, result in done:
        assert isinstance(result, pool.Died) if task == DEADLY else result == 2 * task


def test_batch_is_handed_over_before_the_next_is_waited_for(small):
    batches = pool.run(abs, list(range(40)), 2)
    assert next(batches) == [(n, n) for n in range(4)]
    batches.close()


def test_readings_of_many_processes_are_those_of_one(small, tmp_path):
    files = tmp_path / "files"
    files.mkdir()
    for number in range(12):
        report = make_report(
            f"白鹭{'东西南北'[number % 4]}镇人民政府", 2018 + number % 5, "2021", seed=number
        )
        (files / f"{number}.html").write_text(as_page(report))
    one, two = (Folder(tmp_path / name).create() for name in ("one", "two"))
    with at("2025-02-06T01:00:00Z"):
        ingest(one, [files])
        for path in one.warcs():
            (two.warc / path.name).write_bytes(path.read_bytes())
        assert update(one, jobs=1).documents == update(two, jobs=2).documents == 12
    with closing(read_database(one)) as mine, closing(read_database(two)) as theirs:
        assert differences(mine, theirs) == {}


def test_readers_are_forked_from_a_process_that_has_read(small):
    """A reader that compiles its patterns itself takes ten times as long for its first document."""
    loaded = [name for batch in pool.run(_is_loaded, ["archive.readings.warm"] * 12, 2) for _, name in batch]
    assert loaded == [True] * 12


def _is_loaded(name):
    return name in sys.modules
