"""The verbs that keep an archive whole, as a person and a script meet them."""

import csv
import io
import json
import re
import shutil

import pytest
from click.testing import CliRunner
from rich.console import Console
from rich.progress import Progress as Bar

from archive.folder import Folder
from crawler.cli import gongkai
from crawler.demo.county import yingchuan
from crawler.verbs.verify import _columns
from parsers.errors import Fault
from tests.archive.simulated import SimulatedCrawl, at


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("verbs") / "archive").create()
    site = yingchuan()
    SimulatedCrawl(folder, site, "2025-01-12T01:00:00Z")
    site.edit_cell("月牙镇", 2023, "requests.granted.business", 41)
    SimulatedCrawl(folder, site, "2025-02-12T01:00:00Z")
    return folder


@pytest.fixture
def folder(made, tmp_path, monkeypatch):
    shutil.copytree(made.root, tmp_path / "archive")
    monkeypatch.setenv("GONGKAI_ARCHIVE", str(tmp_path / "archive"))
    return Folder(tmp_path / "archive")


def run(*arguments):
    result = CliRunner().invoke(gongkai, [str(argument) for argument in arguments])
    if isinstance(result.exception, Fault):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_verify(folder):
    status, out, err = run("verify")
    assert (status, out) == (0, "")
    assert err.splitlines()[-1].endswith("records in 2 files read; 0 faults")
    path = folder.warcs()[0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 9] = bytes(9)
    path.write_bytes(data)
    status, out, err = run("verify", "--json")
    assert (status, err.splitlines()[-1].endswith("1 fault")) == (1, True)
    (row,) = json.loads(out)
    assert (row["code"], row["file"]) == ("damaged", path.name)
    assert row["url"].startswith("http://")
    assert row.keys() >= {"offset", "end", "record", "lost", "reports", "absences", "columns", "revisits"}
    status, out, _ = run("verify", "--csv", "--since", "2020-01-01")
    assert [line["code"] for line in csv.DictReader(io.StringIO(out))] == ["damaged"]
    status, out, _ = run("verify", "--all")
    assert status == 1
    assert "lost: " in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--since", "soon"), "no date"),
        (("--since", "2025-01-01", "--all"), "exclude"),
        (("--json", "--csv"), "exclude"),
    ],
)
def test_verify_with_wrong_arguments(folder, arguments, said):
    with pytest.raises(Fault, match=said):
        run("verify", *arguments)


def test_backup(folder, tmp_path):
    status, out, err = run("backup", tmp_path / "copy")
    assert (status, out) == (0, "")
    assert "0 unchanged" in err
    assert run("backup", tmp_path / "copy")[2].startswith("0 files copied")
    folder.warcs()[0].write_bytes(b"")
    status, _, err = run("backup", tmp_path / "copy")
    assert (status, "the copy was kept" in err) == (1, True)


def test_merge(folder, tmp_path):
    with at("2025-03-01T00:00:00Z"):
        status, _, err = run("merge", tmp_path / "all", folder.root)
        assert status == 0
        assert "2 WARC files and 0 input files copied" in err.splitlines()[-1]
        assert "0 WARC files" in run("merge", tmp_path / "all", folder.root)[2]
    with pytest.raises(Fault, match="holds no archive"):
        run("merge", folder.root, tmp_path)


def test_release(folder):
    with at("2025-03-01T00:00:00Z"):
        assert run("release", "2025.1", "--author", "青禾大学")[0] == 0
        assert run("release", "2025.2", "--version", "first")[0] == 0
    status, out, err = run("release", "diff", "2025.1", "2025.2", "--json")
    rows = json.loads(out)
    assert status == 0
    assert {row["unit"] for row in rows if row["indicator"] == "requests.granted.business"} != set()
    assert {tuple(row["causes"]) for row in rows} == {("options",)}
    assert f"{len(rows)} options: the releases were made with different options" in err


def test_status_says_what_the_disk_holds(folder):
    with at("2025-03-01T00:00:00Z"):
        told = json.loads(run("status", "--json")[1])
    assert told["bytes of WARC files"] == sum(path.stat().st_size for path in folder.warcs())
    assert told["bytes per month"] > 0
    assert told["days until a crawl stops for want of space"] > 0


def test_a_bar_has_room_for_what_is_read_and_how_long_it_will_take():
    screen = io.StringIO()
    with Bar(*_columns(), console=Console(file=screen, width=80, force_terminal=True), expand=True) as bar:
        task = bar.add_task(f"{'20250210T010000-qinghe-' * 4}00000.warc.gz", total=900 << 20)
        bar.update(task, completed=450 << 20)
    line = re.sub(r"\x1b\[[^A-Za-z]*[A-Za-z]", "", screen.getvalue()).strip().split("\r")[-1]
    assert len(line) <= 80
    assert "…" in line
    assert "471.9/943.7 MB" in line
    assert re.search(r"-:--:--|\d:\d\d:\d\d", line)
