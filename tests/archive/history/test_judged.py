"""A judgement has the portals derived anew that it touches, and the tables are as if all had been."""

from contextlib import closing
from datetime import date

import pytest

from archive.database import open_database, read_database
from archive.folder import Folder
from archive.history.current import refresh
from archive.inputs import JUDGEMENTS, new_judgement, write_judgement
from archive.upkeep.natural import NATURAL
from archive.upkeep.update import update
from crawler.demo.county import qinghe, yingchuan
from tests.archive.simulated import BASE, SimulatedCrawl, at

FIRST, THEN = "2025-02-06T01:00:00Z", "2025-02-09T01:00:00Z"
CODE = "990102200"
SHOWN = "SELECT key FROM lines JOIN addresses ON addresses.id = address ORDER BY key LIMIT 1"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Two counties that have nothing to do with each other."""
    folder = Folder(tmp_path_factory.mktemp("two") / "archive").create()
    SimulatedCrawl(folder, qinghe(), FIRST)
    SimulatedCrawl(folder, yingchuan(), "2025-02-06T05:00:00Z")
    with at(THEN):
        update(folder)
    return folder


def rows(folder):
    with closing(read_database(folder)) as database:
        return {table: sorted(map(str, map(tuple, database.execute(q)))) for table, q in NATURAL.items()}


def derived_anew(folder):
    """The rows when everything is derived."""
    with at(THEN), closing(open_database(folder)) as database:
        with database:
            database.execute("DELETE FROM meta WHERE key = 'derived'")
        assert refresh(database, folder) == 2
    return rows(folder)


def shown(folder):
    with closing(read_database(folder)) as database:
        return database.execute(SHOWN).fetchone()[0]


@pytest.mark.parametrize(
    ("kind", "target", "value", "portals"),
    [
        ("exempt", f"{CODE}/2024", "", 1),
        ("not_a_report", shown, "", 1),
        ("cell", f"{CODE}/2023/requests.received.total", "5", 0),
        ("exempt", "999999999/2023", "", 2),
        ("not_a_report", f"{BASE}/nowhere.html", "", 2),
    ],
)
def test_only_what_a_judgement_touches_is_derived_anew(folder, kind, target, value, portals):
    said = {"reason": "查实", "by": "张三", "date": date(2025, 2, 9)}
    target = target(folder) if callable(target) else target
    before = rows(folder)
    write_judgement(folder.inputs, new_judgement(kind=kind, target=target, value=value, **said))
    with at(THEN):
        assert update(folder).derived == portals
        assert update(folder).derived == 0
    assert rows(folder) == derived_anew(folder)
    assert (rows(folder) != before) is (portals == 1)
    (folder.inputs / JUDGEMENTS).unlink()
    with at(THEN):
        assert update(folder).derived == portals
    assert rows(folder) == before
