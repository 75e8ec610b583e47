"""A disk that fills, is full, or cannot be written: what was recorded stays readable, and one sentence says so."""

import os
import shutil
import subprocess
import sys
from contextlib import closing
from datetime import timedelta

import pytest

from archive import clock
from archive.captures.recorder import Recorder
from archive.database import read_database
from archive.folder import Folder
from archive.upkeep.forecast import forecast
from archive.upkeep.update import update
from archive.upkeep.verify import verify
from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from parsers.errors import Fault, Status
from tests.archive.captures.test_warc import exchange
from tests.archive.simulated import SimulatedCrawl, at
from tests.crawler.running import register

WITHOUT_POWERS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search"]
"""Makes root obey the modes of files."""
MAIN = "from crawler.cli import main; main()"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("disk") / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "archive")
    return Folder(tmp_path / "archive")


def gongkai(folder, *arguments, before=(), script=MAIN):
    call = [*before, sys.executable, "-c", script, *arguments, "--archive", str(folder.root)]
    done = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)
    return done.returncode, done.stdout, done.stderr


def test_nothing_is_asked_where_the_disk_is_nearly_full(folder):
    (folder.inputs / "gongkai.toml").write_text("keep_free_mb = 1000000000\n")
    before = folder.warcs()
    with SamplePortal(yingchuan()) as portal:
        register(folder.root, portal)
        status, _, err = gongkai(folder, "crawl", "yingchuan")
        assert portal.fetched() == []
    said = "nothing was recorded: the disk has less than 1000000000 MB left (keep_free_mb in inputs/gongkai.toml)"
    assert (status, err) == (1, f"gongkai: {said}\n")
    assert folder.warcs() == before


FULL_LATER = (
    """
import resource
from crawler import process
opened = process.recorder_of

def then_full(*arguments, **more):
    recorder = opened(*arguments, **more)
    resource.setrlimit(resource.RLIMIT_FSIZE, (12_000, 12_000))
    return recorder

process.recorder_of = then_full
"""
    + MAIN
)


def test_crawl_that_fills_the_disk_leaves_a_readable_archive(tmp_path):
    """No file may grow beyond 12 KB once the crawl has begun: its WARC file would, and the database already has."""
    folder = Folder(tmp_path / "archive").create()
    with SamplePortal(yingchuan()) as portal:
        register(folder.root, portal)
        update(folder)
        status, out, err = gongkai(folder, "crawl", "yingchuan", script=FULL_LATER)
        assert status == 1
        assert "Traceback" not in err
        assert out.split()[-2:] == ["not", "finished"]
        assert "cannot be written: File too large; what came is kept" in err
        assert "archive.db: the disk cannot be" in err
        found = verify(folder)
        assert {d.code for d in found.damages} <= {"unknown", "behind"}
        assert found.records > 3
        status, out, _ = gongkai(folder, "crawl", "yingchuan")
        assert status == 0
    assert update(folder).damaged == []
    assert verify(folder).damages == []


def test_record_that_could_not_be_written_leaves_whole_records_only(tmp_path):
    folder = Folder(tmp_path / "archive")
    script = f"""
import os, resource
from pathlib import Path
from archive.captures.recorder import Recorder
from archive.folder import Folder
from parsers.errors import Fault
from tests.archive.captures.test_warc import exchange
with Recorder(Folder(Path({str(folder.root)!r})), worker=False) as recorder:
    recorder.exchange(exchange("http://portal.example/1"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000))
    for number in range(3):
        try:
            recorder.exchange(exchange(f"http://portal.example/2{{number}}", payload=os.urandom(20000)))
        except Fault as fault:
            print(fault.status.name, fault.sentence == recorder.full)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout == "ATTENTION True\n" * 3
    update(folder)
    found = verify(folder)
    assert (found.damages, found.records) == ([], 3)


def test_recorder_refuses_before_the_disk_is_full(folder):
    with Recorder(folder, worker=False) as recorder:
        assert recorder.full == ""
        recorder.exchange(exchange("http://portal.example/1"))
    (folder.inputs / "gongkai.toml").write_text("keep_free_mb = 1000000000\n")
    with pytest.raises(Fault, match="nothing was recorded") as told:
        Recorder(folder, worker=False)
    assert told.value.status is Status.ATTENTION


@pytest.fixture
def read_only(folder):
    """An archive that may not be written, and what to put before a command that obeys that."""
    if os.getuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everything, and setpriv is not installed")
    for path in (*folder.root.glob("archive.db-*"), folder.root / "archive.lock"):
        path.unlink(missing_ok=True)
    whole = (folder.root, *folder.root.rglob("*"))
    for path in whole:
        path.chmod(0o555 if path.is_dir() else 0o444)
    yield folder, WITHOUT_POWERS if os.getuid() == 0 else []
    for path in whole:
        path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.parametrize(
    "arguments",
    [("ledger", "--json"), ("status", "--json"), ("verify",)],
)
def test_verbs_that_read_work_on_a_read_only_archive(read_only, arguments):
    folder, before = read_only
    status, out, err = gongkai(folder, *arguments, before=before)
    assert status == 0, err
    assert out or arguments[0] in {"verify"}
    assert "Traceback" not in err
    assert {p.name for p in folder.root.iterdir()} <= {"archive.db", "cache", "inputs", "warc"}


@pytest.mark.parametrize("arguments", [("update",), ("ingest", __file__)])
def test_verbs_that_write_say_one_sentence(read_only, arguments):
    folder, before = read_only
    status, _, err = gongkai(folder, *arguments, before=before)
    assert status == 2
    assert err.count("\n") == 1
    assert "cannot be written: Permission denied" in err


def test_forecast(folder):
    def at_day(day):
        with closing(read_database(folder)) as database, at(f"{day}T01:00:00Z"):
            return forecast(database, folder, clock.now())

    young = at_day("2025-01-15")
    assert (young.per_crawl, young.per_month, young.days) == (None, None, None)
    assert young.warcs == sum(p.stat().st_size for p in folder.warcs())
    seen = at_day("2025-01-22")
    assert seen.per_crawl == pytest.approx(seen.warcs + seen.database, rel=0.01)
    assert seen.per_month == pytest.approx(3 * seen.per_crawl, rel=0.01)
    left = seen.free - 1024 * 1_000_000
    assert seen.days == pytest.approx(left / (seen.per_month / 30), rel=0.01)
    with at("2025-01-12T01:00:00Z"):
        later = clock.now() + timedelta(days=200)
    with closing(read_database(folder)) as database:
        assert forecast(database, folder, later).days is None  # nothing came of late
