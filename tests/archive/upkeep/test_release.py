"""A release is whole, frozen, the same every time; and every cell that changed since has its cause."""

import csv
import json
import shutil

import pytest
import yaml

from archive.exports.standing import Options
from archive.folder import Folder
from archive.inputs import new_judgement, write_judgement
from archive.upkeep import release as making
from archive.upkeep.release import Making, Release, find, release
from archive.upkeep.release_diff import diff
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from parsers.errors import Fault
from tests.archive.simulated import SimulatedCrawl, at

PATH = "requests.granted.business"
NOW = "2025-03-10T00:00:00Z"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("release") / "archive").create()
    (folder.inputs / "gongkai.toml").write_text('contact = "a@example.org"\nvantage = "青禾大学"\n')
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    with at(NOW):
        release(folder, "2025.1", Making())
    return folder


@pytest.fixture
def folder(made, tmp_path):
    shutil.copytree(made.root, tmp_path / "archive")
    return Folder(tmp_path / "archive")


def contents(path):
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}


def differences(folder, **how):
    with at(NOW):
        release(folder, "2025.2", Making(**how))
        return list(diff(folder, find(folder, "2025.1"), find(folder, "2025.2")))


def test_release_holds_what_it_rests_on(folder):
    path = folder.root / "releases" / "2025.1"
    told = json.loads((path / "manifest.json").read_text())
    assert told["captures"]["count"] > 10
    assert {p.name: p.stat().st_size for p in folder.warcs()} == {
        n: w["size"] for n, w in told["warcs"].items()
    }
    assert {"data/cells.csv", "data/panel.csv", "data/datapackage.json", "CITATION.cff"} <= told[
        "files"
    ].keys()
    assert told["options"] == {"version": "latest", "join": "same", "zero": [], "path": [], "sight_days": 14}
    assert b"a@example.org" not in b"".join(contents(path).values())
    citation = yaml.safe_load((path / "CITATION.cff").read_text())
    assert citation["authors"] == [{"name": "青禾大学"}]
    assert (citation["type"], citation["version"], citation["date-released"]) == (
        "dataset",
        "2025.1",
        "2025-03-10",
    )
    last = folder.journal.read_text().splitlines()[-1]
    assert json.loads(last)["release"] == "2025.1"


def test_same_archive_gives_the_same_release(folder, tmp_path):
    before = contents(folder.root / "releases" / "2025.1")
    shutil.rmtree(folder.root / "releases")
    with at(NOW):
        release(folder, "2025.1", Making())
    after = contents(folder.root / "releases" / "2025.1")
    stamps = [json.loads(side.pop("manifest.json")) for side in (before, after)]
    assert before == after
    assert [side.pop("made_at")[:10] for side in stamps] == ["2025-03-10"] * 2
    assert stamps[0] == stamps[1]


def test_release_is_never_overwritten_and_its_name_is_one(folder):
    before = contents(folder.root / "releases")
    with pytest.raises(Fault, match="never made again"):
        release(folder, "2025.1", Making())
    for name in ("latest", "../2026.1", "2026", ""):
        with pytest.raises(Fault, match="no name of a release"):
            release(folder, name, Making())
    assert contents(folder.root / "releases") == before


def test_release_that_fails_leaves_nothing(folder, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(making, "_write", fail)
    with pytest.raises(Fault, match="No space left"):
        release(folder, "2025.2", Making())
    assert [p.name for p in (folder.root / "releases").iterdir()] == ["2025.1"]


def test_what_is_not_derived_yet_is_not_released(folder):
    (folder.inputs / "units.csv").write_text("division,name,kind\n990201,新镇,township\n")
    with pytest.raises(Fault, match="gongkai update"):
        release(folder, "2025.2", Making())


def test_release_that_was_changed_is_refused(folder):
    path = folder.root / "releases" / "2025.1" / "data" / "cells.csv"
    path.write_text(path.read_text().replace("0", "1", 1))
    with pytest.raises(Fault, match="is not what was released"):
        find(folder, "2025.1")
    with pytest.raises(Fault, match=r"releases: 2025\.1"):
        find(folder, "2024.1")
    with pytest.raises(Fault, match="is no release"):
        Release(folder.inputs)


def test_nothing_changed(folder):
    assert differences(folder) == []


def test_new_capture_is_the_cause_of_a_changed_cell(folder):
    site = yingchuan()
    site.edit_cell("月牙镇", 2023, PATH, 41)
    (folder.inputs / "units.csv").write_text(
        "division,name,kind\n990201,新镇,township\n"
    )  # has no part in it
    SimulatedCrawl(folder, site, "2025-02-12T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-14T01:00:00Z")
    changed = differences(folder)
    assert PATH in {c.indicator for c in changed}
    assert {c.year for c in changed} == {2023}
    assert {tuple(c.causes) for c in changed} == {("capture",)}
    assert next(c.new for c in changed if c.indicator == PATH) == "41"


def test_judgement_is_the_cause_where_it_speaks_of_the_report(folder):
    cell = (folder.root / "releases" / "2025.1" / "data" / "cells.csv").read_text().splitlines()[1].split(",")
    url = next(text for text in cell if text.startswith("http"))
    line = new_judgement(kind="not_a_report", target=url, reason="草稿", by="张三", date="2025-03-01")
    write_judgement(folder.inputs, line)
    with at(NOW):
        update(folder)
    changed = differences(folder)
    assert {c.new for c in changed} == {"absent"}
    assert {tuple(c.causes) for c in changed} == {("judgement",)}


def test_options_and_generation_are_causes(folder, monkeypatch):
    changed = differences(folder, options=Options(zero=frozenset({"slash", "dash", "wu"})))
    assert {tuple(c.causes) for c in changed} <= {("options",)}
    one, two = find(folder, "2025.1"), find(folder, "2025.2")
    two.manifest["options"] = one.manifest["options"]
    _edit_cells(two, "991")
    for name, cause in (("generation", "generation"), ("derived_by", "software"), ("release", "unexplained")):
        other = {**two.manifest, name: "other"}
        monkeypatch.setattr(two, "manifest", other)
        (changed,) = [c for c in diff(folder, one, two) if c.new == "991"]
        assert changed.causes == [cause]
        monkeypatch.undo()


def test_the_old_document_read_again_tells_a_new_parser_from_a_new_capture(folder, monkeypatch):
    site = yingchuan()
    site.edit_cell("月牙镇", 2023, PATH, 41)
    for day in ("2025-02-12", "2025-02-14"):
        SimulatedCrawl(folder, site, f"{day}T01:00:00Z")
    differences(folder)
    one, two = find(folder, "2025.1"), find(folder, "2025.2")
    changed = next(row for row in _rows(two) if (row["indicator"], row["value"]) == (PATH, "41"))
    same = next(row for row in _rows(two) if row["sha256"] == changed["sha256"])
    _edit_cells(one, "991", same)  # as if the parser of the first release had misread it
    monkeypatch.setattr(one, "manifest", {**one.manifest, "generation": 0})
    causes = {c.indicator: c.causes for c in diff(folder, one, two)}
    assert causes[PATH] == ["capture"]
    assert causes[same["indicator"]] == ["generation"]


def _rows(of):
    with (of.path / "data" / "cells.csv").open(newline="") as file:
        return list(csv.DictReader(file))


def _edit_cells(of, value, like=None):
    path = of.path / "data" / "cells.csv"
    rows, key = _rows(of), ("unit", "year", "indicator")
    edited = next(row for row in rows if like is None or all(row[name] == like[name] for name in key))
    edited["value"] = value
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, list(edited), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
