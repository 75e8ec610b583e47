"""The command as its users run it, over a portal that answers, dies, or is killed beside."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from archive.database import read_database
from archive.folder import Folder
from crawler.demo.county import LATE, NEVER, qinghe
from crawler.demo.portal import SamplePortal
from crawler.demo.record import registry_record

DEADLINES = "division,kind,first_year,last_year,day"
WARC_READERS = (["warcio", "check"], ["fastwarc", "check", "-q"])


@pytest.fixture
def portal():
    site = qinghe()
    site.add_year(2024, but={LATE, NEVER})
    with SamplePortal(site) as portal:
        yield portal


@pytest.fixture
def folder(tmp_path, portal):
    folder = Folder(tmp_path / "archive").create()
    record = registry_record(portal.site, portal.base_url)
    (folder.inputs / "portals" / "qinghe.yaml").write_text(record)
    return folder


def gongkai(folder, *arguments, now="2025-02-06T01:00:00Z", wait=True):
    command = [sys.executable, "-m", "crawler", "--archive", str(folder.root), *arguments]
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "GONGKAI_NOW": now},
    )
    if not wait:
        return process
    out, err = process.communicate(timeout=90)
    return process.returncode, out, err


def count(folder, query):
    with closing(read_database(folder)) as database:
        return database.execute(query).fetchone()[0]


def assert_sound(folder):
    """Foreign readers find nothing wrong, and the database follows from the WARC files."""
    bin_folder = Path(sys.executable).parent
    for path in folder.warcs():
        for name, *rest in WARC_READERS:
            done = subprocess.run([bin_folder / name, *rest, path], capture_output=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
    status, _, err = gongkai(folder, "rebuild")
    assert status == 0, err
    assert "equal to the old database" in err


def test_crawl_ledger_second_crawl_rebuild(folder):
    assert gongkai(folder, "crawl", "qinghe")[0] == 0
    _, out, _ = gongkai(folder, "missing", "--json", now="2025-02-06T03:00:00Z")
    assert sorted((row["name"], row["year"]) for row in json.loads(out)) == [(LATE, 2024), (NEVER, 2024)]
    payloads = count(folder, "SELECT count(DISTINCT payload) FROM captures")
    versions = count(folder, "SELECT count(*) FROM versions")
    assert gongkai(folder, "crawl", "qinghe", now="2025-02-08T01:00:00Z")[0] == 0
    assert count(folder, "SELECT count(DISTINCT payload) FROM captures") == payloads
    assert count(folder, "SELECT count(*) FROM versions") == versions
    assert count(folder, "SELECT count(*) FROM captures WHERE kind = 'revisit'") >= payloads
    assert_sound(folder)


@pytest.mark.parametrize("after_requests", [1, 4, 30, 90])
def test_kill_at_any_moment_loses_nothing_that_was_written(folder, portal, after_requests):
    process = gongkai(folder, "crawl", "qinghe", wait=False)
    until = time.monotonic() + 30
    while len(portal.hits) < after_requests and process.poll() is None and time.monotonic() < until:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    time.sleep(0.3)  # the worker notices that its crawl is gone
    assert gongkai(folder, "update")[0] == 0
    if after_requests < 90:
        assert count(folder, "SELECT count(*) FROM ledger WHERE presence = 'missing'") == 0
    assert gongkai(folder, "crawl", "qinghe", now="2025-02-06T02:00:00Z")[0] == 0
    _, out, _ = gongkai(folder, "missing", "--json", now="2025-02-06T03:00:00Z")
    assert {row["name"] for row in json.loads(out)} == {LATE, NEVER}
    assert_sound(folder)


def test_portal_that_dies_in_the_middle_is_no_proof_and_the_next_crawl_goes_on(tmp_path):
    site = qinghe()
    site.add_year(2024, but={LATE, NEVER})
    folder = Folder(tmp_path / "archive").create()
    with SamplePortal(site) as portal:
        port = int(portal.host.split(":")[1])
        (folder.inputs / "portals" / "qinghe.yaml").write_text(registry_record(site, portal.base_url))
        process = gongkai(folder, "crawl", "qinghe", wait=False)
        while len(portal.hits) < 25:
            time.sleep(0.005)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1
    assert "stopped answering" in err or "had no answer" in err
    assert count(folder, "SELECT count(*) FROM captures WHERE status = 200") >= 20
    assert count(folder, "SELECT count(*) FROM failures") > 0
    assert count(folder, "SELECT count(*) FROM walks WHERE stop IN ('end', 'total')") == 0
    assert count(folder, "SELECT count(*) FROM ledger WHERE presence = 'missing'") == 0
    with SamplePortal(site, port) as portal:
        assert gongkai(folder, "crawl", "qinghe", now="2025-02-06T02:00:00Z")[0] == 0
        details = [path for path in portal.fetched() if "/t20" in path]
    assert 0 < len(details) < len([a for a in site.articles if a.report])
    _, out, _ = gongkai(folder, "missing", "--json", now="2025-02-06T03:00:00Z")
    assert {row["name"] for row in json.loads(out)} == {LATE, NEVER}
    assert_sound(folder)


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["crawl", "qinge"], 2, "did you mean qinghe"),
        (["show", "白鹭"], 2, "no database"),
        (["ledger", "--as-of", "gestern"], 2, "no date"),
        (["ingest", "nothing.html"], 2, "does not exist"),
        (["rebuild"], 0, ""),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_wrong_arguments_are_one_sentence(folder, arguments, status, said):
    code, _, err = gongkai(folder, *arguments)
    assert code == status
    assert said in err
    assert "Traceback" not in err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("portals/qinghe.yaml", "id: [", "qinghe.yaml"),
        ("portals/qinghe.yaml", "id: qinghe\nname: 青禾县\n", "qinghe.yaml"),
        ("gongkai.toml", "contact = ", "gongkai.toml"),
        ("gongkai.toml", "kontact = 'x'", "kontact"),
        ("units.csv", "division,name,kind\n990101,白鹭镇,town\n", "units.csv:2"),
        (
            "deadlines.csv",
            "division,kind,first_year,last_year,day\n990101,township,2024,2024,13-40\n",
            "deadlines.csv:2",
        ),
    ],
)
def test_broken_inputs_are_one_sentence_and_cost_nothing(folder, name, content, said):
    gongkai(folder, "crawl", "qinghe")
    captures = count(folder, "SELECT count(*) FROM captures")
    (folder.inputs / name).write_text(content)
    code, _, err = gongkai(folder, "crawl", "qinghe")
    assert code == 2
    assert said in err
    assert "Traceback" not in err
    assert count(folder, "SELECT count(*) FROM captures") == captures


def test_recheck_walks_again_before_it_accuses(folder):
    assert gongkai(folder, "crawl", "qinghe", now="2025-01-20T01:00:00Z")[0] == 0
    _, out, _ = gongkai(folder, "missing", "--json")
    assert json.loads(out) == []
    status, out, _ = gongkai(folder, "missing", "--recheck", "--json")
    assert status == 0
    assert {row["name"] for row in json.loads(out)} == {LATE, NEVER}
    assert all(row["captures"] and "未见于栏目" in row["sentence"] for row in json.loads(out))
    rates = ("ledger", "--rates", "county", "--year", "2024", "--json")
    _, out, _ = gongkai(folder, *rates, now="2025-02-06T03:00:00Z")
    (row,) = json.loads(out)
    assert row["present"] + row["missing"] == row["expected"]
    assert gongkai(folder, "missing", "--recheck", "--as-of", "2025-01-01")[0] == 2
