"""A new generation stands beside the old one until it is accepted."""

from contextlib import closing

import pytest

from archive.database import open_database, read_database
from archive.folder import Folder
from archive.readings import generation
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.county import qinghe
from parsers import GENERATION
from parsers.errors import Fault
from tests.archive.simulated import SimulatedCrawl, ledger

OLDER = GENERATION - 1


@pytest.fixture
def folder(tmp_path):
    """An archive that an older generation has read, one cell of it otherwise."""
    folder = Folder(tmp_path / "archive").create()
    SimulatedCrawl(folder, qinghe(), "2025-01-12T01:00:00Z")
    with closing(open_database(folder)) as database, database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'generation'", [str(OLDER)])
        database.execute("UPDATE readings_kept SET generation = ?", [OLDER])
        database.execute("UPDATE pages_kept SET generation = ?", [OLDER])
        reading = database.execute("SELECT min(reading) FROM requests_kept WHERE row = 9").fetchone()[0]
        database.execute(
            "UPDATE requests_kept SET total = total + 900 WHERE reading = ? AND row IN (9)", [reading]
        )
    return folder


def shown(folder):
    with closing(read_database(folder)) as database:
        totals = [
            row[0] for row in database.execute("SELECT value FROM cells WHERE path LIKE 'requests.%.total'")
        ]
        return generation.accepted(database), max(totals) >= 900


def test_dry_run_names_the_cells_and_changes_nothing(folder):
    summary = update(folder, dry_run=True)
    (change,) = summary.changes
    assert change.path.endswith(".total")
    assert change.old == change.new + 900
    assert shown(folder) == (OLDER, True)


def test_plain_update_reads_anew_but_waits_for_acceptance(folder):
    before = ledger(folder, "2025-01-31").keys()
    assert update(folder).waiting
    assert shown(folder) == (OLDER, True)
    assert ledger(folder, "2025-01-31").keys() == before


def test_accepted_generation_is_shown_and_journalled(folder):
    update(folder, accept=True)
    assert shown(folder) == (GENERATION, False)
    assert "generation accepted" in folder.journal.read_text()
    assert update(folder).waiting is False
    assert rebuild(folder).differences == {}


def test_acceptance_that_dies_leaves_the_old_generation(folder, monkeypatch):
    def die(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("archive.history.current.store", die)
    with pytest.raises(KeyboardInterrupt):
        update(folder, accept=True)
    assert shown(folder) == (OLDER, True)
    assert not folder.journal.exists() or "generation accepted" not in folder.journal.read_text()


def test_archive_read_by_a_newer_gongkai_is_refused(folder):
    with closing(open_database(folder)) as database, database:
        database.execute("UPDATE meta SET value = ? WHERE key = 'generation'", [str(GENERATION + 1)])
    with pytest.raises(Fault, match="newer gongkai"):
        update(folder)
