"""`gongkai release diff A B`: every cell that two releases have differently, and why.

Where another generation of the parser read another document, what it makes of the first document tells which of the
two is the reason.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Literal

from archive.database import Database, read_database
from archive.exports.figures import Figures, figures
from archive.folder import Folder
from archive.history.judgements import ENTRY, entry_key
from archive.inputs import JudgementInput, read_judgements
from archive.readings import generation
from archive.upkeep.release import Release
from parsers.report import plain

Cause = Literal[
    "capture", "judgement", "generation", "options", "inputs", "register", "software", "unexplained"
]
CAUSES: dict[Cause, str] = {
    "capture": "evidence that the first release did not have",
    "judgement": "a judgement on this report or cell that was made, changed or taken back",
    "generation": "the same document, read by another generation of the parser",
    "options": "the releases were made with different options",
    "inputs": "units, deadlines or portals were changed",
    "register": "the official table of divisions is another",
    "software": "the same readings, attributed by other code",
    "unexplained": "nothing that the releases rest on is different: look at it",
}

_OF_CELLS = {"options", "software"}
"""What can change the cells of one reading of one document; the others decide whose it is."""

Row = dict[str, str]
Group = tuple[bool, str]
"""Whether consolidated, and the code of the unit: the order of the table of cells."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A cell that differs. What was there is said as number, else as the text, `blank` or `absent`."""

    unit: str
    year: int
    scope: str
    indicator: str
    old: str
    new: str
    causes: list[Cause] = field(default_factory=list)
    url: str | None = None
    capture: str | None = None


def diff(folder: Folder, old: Release, new: Release) -> Iterator[Changed]:
    """The cells that differ, as they stand in the releases."""
    with closing(read_database(folder)) as database:
        why = _Why(database, old, new)
        for rows in _pairs(old.path / "data" / "cells.csv", new.path / "data" / "cells.csv"):
            yield from _changed(why, *rows)


def _pairs(old: Path, new: Path) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of each unit in both tables, which are in one order."""
    with old.open(encoding="utf-8-sig", newline="") as one, new.open(encoding="utf-8-sig", newline="") as two:
        sides = [groupby(csv.DictReader(file), _group) for file in (one, two)]
        heads = [_next(side) for side in sides]
        while keys := [head[0] for head in heads if head]:
            least = min(keys)
            out: list[list[Row]] = [[], []]
            for n, head in enumerate(heads):
                if head and head[0] == least:
                    out[n], heads[n] = head[1], _next(sides[n])
            yield out[0], out[1]


def _group(row: Row) -> Group:
    return row["scope"] == "consolidated", row["unit"]


def _next(side: Any) -> tuple[Group, list[Row]] | None:
    for key, rows in side:
        return key, list(rows)
    return None


def _changed(why: _Why, old: list[Row], new: list[Row]) -> Iterator[Changed]:
    before, after = ({(row["year"], row["indicator"]): row for row in rows} for rows in (old, new))
    fresh = {row["year"] for row in new if why.is_new(row["capture"])}
    for key in sorted(before.keys() | after.keys()):
        one, two = before.get(key), after.get(key)
        if _shown(one) == _shown(two):
            continue
        row = two or one or {}
        causes = why.causes(one, two, fresh=key[0] in fresh)
        yield Changed(
            *(row["unit"], int(row["year"]), row["scope"], row["indicator"], _shown(one), _shown(two)),
            *(causes, row["url"], row["capture"]),
        )


def _shown(row: Row | None) -> str:
    return "absent" if row is None else row["value"] or row["text"] or "blank"


class _Why:
    """What is different between two releases besides the cells."""

    def __init__(self, database: Database, old: Release, new: Release) -> None:
        self._database, self._old, self._new = database, old.manifest, new.manifest
        self._known: dict[str, bool] = {}
        lines = [set(read_judgements(side.path / "inputs")) for side in (old, new)]
        self._judged = lines[0] ^ lines[1]
        inputs = [_but_judgements(side.manifest["inputs"]) for side in (old, new)]
        self._everywhere: list[Cause] = []
        if self._differ("options"):
            self._everywhere.append("options")
        if inputs[0] != inputs[1]:
            self._everywhere.append("inputs")
        self._everywhere += ["register"] if self._differ("register") else []
        self._everywhere += ["software"] if self._differ("derived_by") else []

    def is_new(self, record: str) -> bool:
        """Whether a capture stands where the first release had nothing."""
        if record not in self._known:
            row = self._database.execute(
                "SELECT warcs.name, offset FROM captures JOIN warcs ON warcs.id = warc WHERE record = ?",
                [record],
            ).fetchone()
            had = self._old["warcs"].get(row[0]) if row else None
            self._known[record] = row is not None and (had is None or row[1] >= had["size"])
        return self._known[record]

    def causes(self, old: Row | None, new: Row | None, *, fresh: bool) -> list[Cause]:
        """Why a cell differs. More than one where either may be the reason; `fresh` says that its report rests on
        evidence that came between."""
        row = new or old or {}
        same = old is not None and new is not None and old["sha256"] == new["sha256"]
        out: list[Cause] = []
        if any(_is_about(line, row) for line in self._judged):
            out.append("judgement")
        if fresh and not same:
            out.append("capture")
        if self._differ("generation"):
            again = self._again(old) if not same else set()
            if _shown(new) in again and "capture" in out:
                out.remove("capture")
            if _shown(old) not in again:
                out.append("generation")
        if not out or out == ["generation"]:
            out += [cause for cause in self._everywhere if not same or cause in _OF_CELLS]
        if not out and self._differ("warcs"):
            out.append("capture")
        return out or ["unexplained"]

    def _again(self, row: Row | None) -> set[str]:
        """What a cell of a document of the first release is to the parser that read the second; nothing where the
        archive is of another generation by now."""
        if row is None or generation.accepted(self._database) != self._new["generation"]:
            return set()
        found = self._database.execute(_OF_BODY, [row["sha256"], self._new["generation"]])
        read = figures(self._database, [reading for (reading,) in found])
        return {_read(one, row["indicator"]) for one in read.values()}

    def _differ(self, name: str) -> bool:
        return bool(self._old[name] != self._new[name])


_OF_BODY = """SELECT readings.id FROM bodies JOIN readings ON readings.body = bodies.id
    WHERE digest = ? AND generation = ? AND outcome = 'report'"""


def _read(figures: Figures, path: str) -> str:
    if path not in figures.cells:
        return "absent"
    value, note = figures.cells[path], figures.notes.get(path)
    return plain(value) if value is not None else (note.text if note else "") or "blank"


def _but_judgements(inputs: dict[str, str]) -> dict[str, str]:
    return {name: digest for name, digest in inputs.items() if name != "judgements.csv"}


def _is_about(line: JudgementInput, row: Row) -> bool:
    if line.kind in ENTRY:
        return entry_key(line.target) == entry_key(row["url"])
    if not line.about(row["unit"], int(row["year"])):
        return False
    return line.kind != "cell" or line.path == row["indicator"]
