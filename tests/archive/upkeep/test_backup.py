"""A backup is whole, grows with its archive, survives its damage, and becomes the archive again."""

import json
import shutil
import subprocess
from contextlib import closing

import pytest

from archive.captures.recorder import Recorder
from archive.captures.warc import OPEN
from archive.database import read_database
from archive.folder import Folder
from archive.upkeep import tarred
from archive.upkeep.backup import MANIFEST, backup
from archive.upkeep.natural import differences
from archive.upkeep.rebuild import rebuild
from archive.upkeep.tarred import backup_file
from archive.upkeep.update import update
from archive.upkeep.verify import verify
from crawler.demo.county import yingchuan
from parsers.errors import Fault
from tests.archive.captures.test_warc import exchange
from tests.archive.simulated import SimulatedCrawl, at


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("backup") / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    (folder.inputs / "gongkai.toml").write_text('vantage = "青禾"\n')
    folder.note("judged", by="张三")
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "archive")
    return Folder(tmp_path / "archive")


@pytest.fixture
def target(tmp_path):
    return tmp_path / "backup"


def warcs(folder):
    return {path.name: path.read_bytes() for path in folder.warcs()}


def equal(one, two):
    with closing(read_database(one)) as mine, closing(read_database(two)) as theirs:
        return differences(mine, theirs) == {}


@pytest.mark.parametrize("database", [True, False])
def test_restore_drill(folder, target, tmp_path, database):
    backup(folder, target, database=database)
    lost = Folder(tmp_path / "lost")
    folder.root.rename(lost.root)
    shutil.copytree(target, folder.root)
    assert folder.database.exists() is database
    with at("2025-01-12T02:00:00Z"):
        assert rebuild(folder).differences == {}
    assert equal(folder, lost)
    assert warcs(folder) == warcs(lost)
    assert folder.journal.read_text().startswith(lost.journal.read_text())
    assert (folder.inputs / "gongkai.toml").read_text() == 'vantage = "青禾"\n'
    assert verify(folder).damages == []
    SimulatedCrawl(folder, yingchuan(), "2025-02-12T01:00:00Z")  # and goes on


def test_backup_is_an_archive_to_read(folder, target):
    backup(folder, target)
    assert equal(Folder(target), folder)
    assert verify(Folder(target)).damages == []


def test_what_has_not_changed_is_not_copied_again(folder, target):
    first = backup(folder, target)
    (name,) = warcs(folder)
    assert f"warc/{name}" in first.copied
    stamps = {path: path.stat().st_ino for path in target.rglob("*") if path.is_file()}
    again = backup(folder, target)
    assert (again.copied, again.unchanged) == ([], len(first.copied))
    assert {path: path.stat().st_ino for path in stamps if path.name != MANIFEST}.items() <= stamps.items()
    SimulatedCrawl(folder, yingchuan(), "2025-02-12T01:00:00Z")
    third = backup(folder, target)
    assert f"warc/{name}" not in third.copied
    assert len([n for n in third.copied if n.startswith("warc/")]) == 1
    assert equal(Folder(target), folder)


def test_backup_while_a_crawl_is_writing(folder, target, tmp_path):
    with at("2025-02-12T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        for number in range(40):
            recorder.exchange(exchange(f"http://portal.example/{number}", payload=b"%d" % number * 900))
            if number == 20:
                (path,) = folder.warc.glob("*" + OPEN)
                with path.open("ab") as file:
                    file.write(b"\x1f\x8b\x08\x00half a record")
                backup(folder, target)
                with path.open("r+b") as file:
                    file.truncate(path.stat().st_size - 17)
    copy = Folder(tmp_path / "restored")
    shutil.copytree(target, copy.root)
    with at("2025-02-12T02:00:00Z"):
        assert update(copy).damaged == []
    assert verify(copy).damages == []
    with closing(read_database(copy)) as database:
        known = {
            row[0] for row in database.execute("SELECT url FROM captures WHERE url LIKE '%portal.example%'")
        }
    assert known == {f"http://portal.example/{number}" for number in range(21)}
    again = backup(folder, target)
    assert len([n for n in again.copied if n.startswith("warc/")]) == 1
    assert warcs(Folder(target)) == warcs(folder)
    assert not json.loads((target / MANIFEST).read_text())["files"][again.copied[0]].get("open")


@pytest.mark.parametrize("spoil", ["change", "cut", "remove"])
def test_damage_of_the_archive_does_not_reach_its_backup(folder, target, spoil):
    backup(folder, target)
    (name,), before = warcs(folder), warcs(folder)
    path = folder.warc / name
    data = path.read_bytes()
    if spoil == "remove":
        path.unlink()
    else:
        path.write_bytes(data[:-100] if spoil == "cut" else data[:900] + b"\x00\x00" + data[902:])
    done = backup(folder, target)
    assert (done.lost if spoil == "remove" else done.spoiled) == [f"warc/{name}"]
    assert warcs(Folder(target)) == before
    shutil.copy2(target / "warc" / name, path)
    assert backup(folder, target).spoiled == []


def test_damaged_backup_is_mended_by_check(folder, target):
    backup(folder, target)
    (name,) = warcs(folder)
    copy = target / "warc" / name
    copy.write_bytes(b"\x00" * 10 + copy.read_bytes()[10:])
    assert backup(folder, target).copied == []
    assert backup(folder, target, check=True).copied == [f"warc/{name}"]
    assert warcs(Folder(target)) == warcs(folder)


def test_inputs_that_were_changed_or_removed_are_kept_aside(folder, target):
    (folder.inputs / "units.csv").write_text("division,name,kind\n990201,甲镇,township\n")
    backup(folder, target)
    (folder.inputs / "gongkai.toml").write_text('vantage = "乙"\n')
    (folder.inputs / "units.csv").unlink()
    backup(folder, target)
    aside = {p.name: p.read_text() for p in (target / "earlier").rglob("*") if p.is_file()}
    assert aside["gongkai.toml"] == 'vantage = "青禾"\n'
    assert "甲镇" in aside["units.csv"]
    assert not (target / "inputs" / "units.csv").exists()


def test_wrong_targets_are_refused(folder, tmp_path, target):
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("dear")
    other = Folder(tmp_path / "other").create()
    for wrong in (folder.root, folder.root / "b", tmp_path, full, full / "letter.txt", other.root):
        with pytest.raises(Fault):
            backup(folder, wrong)
    assert [p.name for p in full.iterdir()] == ["letter.txt"]
    with pytest.raises(Fault, match="holds no archive"):
        backup(Folder(tmp_path / "none"), target)


def test_backup_in_one_file(folder, tmp_path, monkeypatch):
    target = tmp_path / "copy.tar"
    path = folder.warc / ("gongkai-20250301000000-0-1.warc.gz" + OPEN)
    member = next(iter(warcs(folder).values()))
    path.write_bytes(member + b"\x1f\x8b\x08half")
    done = backup_file(folder, target, database=True, progress=lambda *_: None)
    assert "archive.db" in done.copied
    path.unlink()
    restored = Folder(tmp_path / "restored")
    restored.root.mkdir()
    subprocess.run(["/bin/tar", "xf", target, "-C", restored.root], check=True)
    opened = warcs(restored).pop(path.name.removesuffix(OPEN))
    assert opened == member
    assert warcs(folder).items() <= warcs(restored).items()
    with at("2025-01-12T02:00:00Z"):
        assert rebuild(restored).documents > 5
    with pytest.raises(Fault, match="made once"):
        backup_file(folder, target, database=True, progress=lambda *_: None)
    monkeypatch.setattr(tarred, "_digests", lambda _: {})
    with pytest.raises(Fault, match="not what was read"):
        backup_file(folder, tmp_path / "other.tar", database=False, progress=lambda *_: None)
    assert {p.name for p in tmp_path.iterdir()} == {"archive", "copy.tar", "restored"}
