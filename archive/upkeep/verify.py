"""`gongkai verify`: every WARC record against its digests, and the database against the WARC files.

A round goes from file to file and takes each down in `verified.jsonl`: `{"begun"}`, a line for each file, `{"ended"}`.
A round that was interrupted is gone on with. Nothing is mended, and nothing but that file is written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

from archive import clock
from archive.captures import warc
from archive.captures.scan import pieces
from archive.database import Database, read_database
from archive.folder import Folder, held
from archive.upkeep.checking import check, record_id, without_row
from archive.upkeep.hanging import Hanging, hanging
from archive.upkeep.rounds import Checked, Round
from parsers.errors import Fault

Code = Literal[
    "damaged",
    "gone",
    "database",
    "unknown",
    "behind",
    "row_differs",
    "row_without_record",
    "record_without_row",
]
CODES: dict[Code, str] = {
    "damaged": "what stands there is no record, or not the one that was written",
    "gone": "the index has a file that is not there",
    "database": "the database cannot be read, or is not sound",
    "unknown": "a file that the index does not have",
    "behind": "a file of which the index has the beginning only",
    "row_differs": "the row of a record says something else than the record",
    "row_without_record": "a row names a record that does not stand there",
    "record_without_row": "a record that the index should have and has not",
}
"""What can be found. The first two are damage to evidence, which only a copy can mend; the others are of the database,
which `gongkai rebuild` makes again."""

Progress = Callable[[str, int], object]
"""Told the name of a file and how many bytes of it were read."""


@dataclass(frozen=True, slots=True)
class Damage:
    """Something that is not as it should be, and what hangs on it; `end` is where the next sound record begins."""

    code: Code
    file: str
    message: str
    offset: int | None = None
    end: int | None = None
    record: str | None = None
    type: str | None = None
    url: str | None = None
    at: str | None = None
    hanging: Hanging = field(default_factory=Hanging)


@dataclass(slots=True)
class Verified:
    """What a round found. `kept` files were read earlier, `open` ones are still being written."""

    files: int = 0
    kept: int = 0
    records: int = 0
    open: list[str] = field(default_factory=list)
    damages: list[Damage] = field(default_factory=list)
    resumable: bool = True


def verify(
    folder: Folder,
    *,
    since: datetime | None = None,
    anew: bool = False,
    progress: Progress = lambda _name, _size: None,
) -> Verified:
    """Go through an archive. Files that were found sound `since` then are not read again; `anew` reads all of them."""
    folder.require()
    out = Verified()
    round_ = Round.of(folder, since, anew=anew)
    database, found = _database(folder)
    faults = [{"code": "database", "file": folder.database.name, "message": text} for text in found]
    with closing(database) if database else nullcontext():
        faults += list(_index(database, folder)) if database else []
        for path in folder.warcs():
            if path.name.endswith(warc.OPEN):
                out.open.append(path.name)
                continue
            checked = round_.kept(path)
            out.kept += checked is not None
            if checked is None:
                checked = _file(database, path, progress)
                round_.note(checked)
            out.files += 1
            out.records += checked.records
            faults += [{"file": path.name, **fault} for fault in checked.faults]
        out.resumable = round_.end()
        out.damages = _damages(database, faults)
    return out


def _database(folder: Folder) -> tuple[Database | None, list[str]]:
    try:
        database = read_database(folder)
    except Fault as fault:
        return None, [fault.sentence]
    try:
        unsound = [row[0] for row in database.execute("PRAGMA quick_check(3)") if row[0] != "ok"]
    except sqlite3.Error as error:
        database.close()
        return None, [f"{folder.database} is not sound ({error})"]
    return database, unsound


def _index(database: Database, folder: Folder) -> Iterator[dict[str, Any]]:
    """Files that only the index has, or only the folder. A crawl that is running is ahead of the index by nature."""
    stand = {path.name.removesuffix(warc.OPEN): path for path in folder.warcs()}
    known = dict(map(tuple, database.execute("SELECT name, indexed FROM warcs ORDER BY name")))
    for name in known.keys() - stand.keys():
        yield {"code": "gone", "file": name, "message": "the file is not there"}
    if held(folder):
        return
    for name, path in stand.items():
        if path.name.endswith(warc.OPEN):
            continue
        if name not in known:
            yield {"code": "unknown", "file": name, "message": "`gongkai update` takes it into the index"}
        elif known[name] < path.stat().st_size:
            yield {
                "code": "behind",
                "file": name,
                "message": "`gongkai update` takes the rest into the index",
            }


def _file(database: Database | None, path: Path, progress: Progress) -> Checked:
    checked = Checked.of(path)
    rows = _rows(database, path.name) if database else None
    indexed = _indexed(database, path.name) if database else 0
    at = 0
    try:
        for piece in pieces(path, checked.size):
            at = piece.end
            progress(path.name, piece.end - piece.offset)
            checked.records += not piece.fault
            checked.faults += check(piece, rows if piece.end <= indexed else None, path)
            if database and rows is not None and piece.end <= indexed and not piece.fault:
                checked.faults += without_row(database, piece, rows)
                rows.pop(record_id(piece), None)
    except OSError as error:
        message = f"it cannot be read: {error.strerror}"
        checked.faults.append({"code": "damaged", "offset": at, "end": checked.size, "message": message})
    stretches = [(f["offset"], f["end"]) for f in checked.faults if f["code"] == "damaged"]
    for record, (offset, _, _) in (rows or {}).items():
        if not any(begin <= offset < end for begin, end in stretches):
            message = "no such record stands there"
            fault = {"code": "row_without_record", "offset": offset, "record": record, "message": message}
            checked.faults.append(fault)
    return checked


def _rows(database: Database, name: str) -> dict[str, tuple[int, str, str | None]]:
    """The rows of a file, by record: offset, kind, and the digest of the payload where it stands in the record."""
    found = database.execute(
        """SELECT record, offset, kind, CASE WHEN kind IN ('response', 'resource') THEN payload END FROM captures
           WHERE warc = (SELECT id FROM warcs WHERE name = ?1)
           UNION ALL SELECT record, offset, 'walk', NULL FROM walks WHERE warc = (SELECT id FROM warcs WHERE name = ?1)
           UNION ALL SELECT record, offset, 'failure', NULL FROM failures
           WHERE warc = (SELECT id FROM warcs WHERE name = ?1)""",
        [name],
    )
    return {record: (offset, kind, payload) for record, offset, kind, payload in found}


def _indexed(database: Database, name: str) -> int:
    row = database.execute("SELECT indexed FROM warcs WHERE name = ?", [name]).fetchone()
    return row[0] if row else 0


def _damages(database: Database | None, faults: list[dict[str, Any]]) -> list[Damage]:
    """Faults of evidence, one for each record that they take with them, and with what hangs on it; then the others."""
    if database is None:
        return [Damage(**fault) for fault in faults]
    lost = [
        (fault, row)
        for fault in faults
        if fault["code"] in {"damaged", "gone"}
        for row in _taken(database, fault)
    ]
    hangs = hanging(database, [row["record"] for _, row in lost])
    named = [Damage(**(fault | row), hanging=hangs[row["record"]]) for fault, row in lost]
    rest = [Damage(**fault) for fault in faults if not any(fault is taken for taken, _ in lost)]
    return sorted(named + rest, key=lambda one: (list(CODES).index(one.code), one.file, one.offset or 0))


def _taken(database: Database, fault: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The rows whose records stood in a damaged stretch of a file, or in a file that is gone."""
    span = [fault["file"], fault.get("offset", 0), fault.get("end", 1 << 62)]
    rows = database.execute(
        """WITH lost AS (SELECT id FROM warcs WHERE name = ?1)
           SELECT record, offset, kind, url, at FROM captures WHERE warc IN lost AND offset >= ?2 AND offset < ?3
           UNION ALL SELECT record, offset, 'walk', url, ended_at FROM walks
           WHERE warc IN lost AND offset >= ?2 AND offset < ?3
           UNION ALL SELECT record, offset, 'failure', url, at FROM failures
           WHERE warc IN lost AND offset >= ?2 AND offset < ?3 ORDER BY 2""",
        span,
    )
    for record, offset, kind, url, at in rows:
        yield {
            "record": record,
            "offset": offset,
            "type": kind,
            "url": url,
            "at": clock.stamp(clock.instant(at)),
        }
