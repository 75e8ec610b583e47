"""`gongkai release NAME`: the data frozen under a name, with everything they follow from.

    releases/NAME/
        manifest.json    captures, WARC files, inputs, register, generation and options, each by its SHA-256
        CITATION.cff     how to cite it
        data/            the data package, as `gongkai export` writes it
        inputs/          people's decisions as they were, without the settings of the place that crawls

A release is written whole or not at all, and never again.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

import yaml

from archive import clock
from archive.captures.warc import OPEN
from archive.database import Database, read_database
from archive.exports.beside import folder_beside
from archive.exports.citation import DATASET
from archive.exports.package import Progress, Style, last_evidence, silent, write_package
from archive.exports.selection import Selection, indicators, units, years
from archive.exports.standing import Options
from archive.exports.tables import Holdings
from archive.folder import Folder, writing
from archive.history import current
from archive.history.query import asked
from archive.inputs import read_settings
from archive.readings import generation
from archive.register import divisions
from archive.upkeep.copying import copy, digest
from archive.upkeep.union import SETTINGS, files
from parsers.errors import Fault

MANIFEST = "manifest.json"
NAME = re.compile(r"\d{4}(?:\.\d+)+[a-z0-9.-]*")


@dataclass(frozen=True, slots=True)
class Making:
    """How a release is made: with which options and cells, cited as whose."""

    options: Options = field(default_factory=Options)
    paths: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()


def release(
    folder: Folder, name: str, how: Making, *, wait_seconds: float = 0, progress: Progress = silent
) -> dict[str, Any]:
    """Make a release and return its manifest."""
    if not NAME.fullmatch(name):
        raise Fault(f"{name} is no name of a release; they are like 2026.1")
    target = folder.require().root / "releases" / name
    if target.exists():
        raise Fault(f"{target} is there already: a release is never made again")
    with writing(folder, wait_seconds):
        target.parent.mkdir(exist_ok=True)
        with asked(folder, _last(folder)) as of:
            chosen = units(of, Selection())
            what = Holdings(of, chosen, years(of, chosen, Selection()), indicators(how.paths), how.options)
            with folder_beside(target) as beside:
                write_package(what, beside / "data", Style(), progress=progress)
                for path in _decisions(folder):
                    copy(folder.inputs / path, beside / "inputs" / path)
                told = _manifest(folder, of.database, name, clock.stamp(of.at), how)
                _write(beside / "CITATION.cff", _citation(folder, told, how))
                told["files"] = {n: digest(beside / n) for n in files(beside)}
                _write(beside / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1) + "\n")
        folder.note("released", release=name, as_of=told["as_of"], manifest=digest(target / MANIFEST))
    return told


def _last(folder: Folder) -> datetime:
    """The instant of the last evidence, all of which must have been read."""
    with closing(read_database(folder)) as database:
        if current.behind(database, folder):
            raise Fault("the archive holds more than was derived from it: run `gongkai update` first")
        return clock.instant(last_evidence(database))


def _decisions(folder: Folder) -> list[str]:
    return [name for name in files(folder.inputs) if name != SETTINGS]


def _manifest(folder: Folder, database: Database, name: str, as_of: str, how: Making) -> dict[str, Any]:
    warcs = {
        p.name: {"size": p.stat().st_size, "sha256": digest(p)} for p in folder.warcs() if not _is_open(p)
    }
    derived = current.last(database)
    return {
        "release": name,
        "made_at": clock.stamp(clock.now()),
        "software": f"gongkai/{version('gongkai')}",
        "derived_by": derived.code if derived else None,
        "generation": generation.shown(database),
        "as_of": as_of,
        "options": {
            "version": how.options.choice,
            "join": how.options.joining,
            "zero": sorted(how.options.zero),
            "path": list(how.paths),
            "sight_days": read_settings(folder.inputs).sight_days,
        },
        "register": digest(divisions.TABLE),
        "inputs": {path: digest(folder.inputs / path) for path in _decisions(folder)},
        "captures": _captures(database),
        "warcs": warcs,
    }


def _is_open(path: Path) -> bool:
    return path.name.endswith(OPEN)


def _captures(database: Database) -> dict[str, Any]:
    """Their number, and the SHA-256 of a line for each: record id, digest of the payload."""
    data, count = hashlib.sha256(), 0
    for record, payload in database.execute("SELECT record, payload FROM captures ORDER BY record"):
        data.update(f"{record} {payload}\n".encode())
        count += 1
    return {"count": count, "sha256": data.hexdigest()}


def _citation(folder: Folder, told: dict[str, Any], how: Making) -> str:
    vantage = read_settings(folder.inputs).vantage
    authors = how.authors or (vantage if vantage != "unnamed" else "gongkai",)
    fields = {
        "cff-version": "1.2.0",
        "message": "引用本数据集请注明版本。If you use this dataset, please cite this release.",
        "type": "dataset",
        "title": DATASET,
        "version": told["release"],
        "date-released": str(clock.day(told["made_at"])),
        "authors": [{"name": author} for author in authors],
        "abstract": f"截至{clock.day(told['as_of'])}；{told['software']}，读取规则第{told['generation']}代；"
        f"{told['captures']['count']} captures, sha256:{told['captures']['sha256']}",
    }
    return yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=1000)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


class Release:
    """A release that was made, as it stands: whatever of it was changed since is a fault."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.manifest: dict[str, Any] = json.loads((path / MANIFEST).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise Fault(f"{path} is no release: {MANIFEST} cannot be read ({error})") from error
        for name, wanted in self.manifest["files"].items():
            if not (path / name).is_file() or digest(path / name) != wanted:
                raise Fault(f"{path / name} is not what was released")

    @cached_property
    def name(self) -> str:
        """How it is called."""
        return str(self.manifest["release"])


def find(folder: Folder, name: str) -> Release:
    """A release of the archive by its name, or any by its folder."""
    here = folder.root / "releases" / name
    path = here if here.is_dir() else Path(name)
    if not path.is_dir():
        have = ", ".join(_names(folder)) or "none yet"
        raise Fault(f"no release is called {name}; releases: {have}")
    return Release(path)


def _names(folder: Folder) -> Iterator[str]:
    for path in sorted((folder.root / "releases").glob("*/" + MANIFEST)):
        yield path.parent.name
