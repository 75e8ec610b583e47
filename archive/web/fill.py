"""Makes web.db and brings it up to date, in one transaction: what was shown before stays until the new stands."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from archive import clock
from archive.exports import feed, masking
from archive.exports.masking import mask
from archive.folder import Folder
from archive.history import query
from archive.history.query import Asked, asked
from archive.readings import generation
from archive.register.divisions import division
from archive.web import labels, schema, tables
from archive.web.codes import VOCABULARY, vocabularies
from archive.web.words import indexed
from parsers.errors import Fault
from parsers.forms import indicators

BUSY_SECONDS = 120
"""How long one `serve` waits for another that is making the same file."""
_DECIDED = re.compile(r"（[^（）]*，(\d{4}-\d\d-\d\d)）")
"""How a judgement ends: who made it, and when."""
READ = ("proactive", "requests", "remedies", "annex")

_READINGS = """SELECT readings.id, digest, part, generation FROM readings JOIN bodies ON bodies.id = body
    WHERE readings.id IN (SELECT value FROM json_each(?))"""
_REPORTS = """SELECT units.code AS unit, year, scope, contested,
    reports.stands AS reading,
    (SELECT count(*) FROM report_versions AS v WHERE v.report = reports.id) AS versions,
    (SELECT min(first_seen) FROM lines WHERE lines.report = reports.id) AS first_seen,
    (SELECT max(last_seen) FROM lines WHERE lines.report = reports.id) AS last_seen, reports.id
    FROM reports JOIN units ON units.id = reports.unit"""
_SHOWN = """SELECT shown.id, shown.form, shown.title, shown.published_on, shown.cells, shown.doubtful, urls.url,
    records.record FROM readings AS stands JOIN lines JOIN renditions ON renditions.line = lines.id
    JOIN readings AS shown ON shown.id = renditions.reading AND shown.content IS stands.content
    JOIN urls ON urls.id = renditions.url JOIN records ON records.id = renditions.capture
    WHERE stands.id = ? AND lines.report = ? ORDER BY renditions.last_seen DESC, renditions.id DESC LIMIT 1"""
"""The document that last showed the figures which stand for a report: its title and prose may be newer than they."""

_PORTALS = """SELECT json_extract(portal_record, '$.division'), json_extract(portal_record, '$.name'), max(begun_at)
    FROM walks GROUP BY 1"""
"""What the portals call divisions, for those that the official table does not have."""


def web_file(folder: Folder) -> Path:
    """Where web.db lies."""
    return folder.root / "web.db"


@contextmanager
def place(folder: Folder) -> Iterator[Path]:
    """Where web.db is made: beside archive.db, or, where nothing can be written there, in a temporary folder that goes
    with the block."""
    path = web_file(folder)
    if os.access(path if path.exists() else folder.root, os.W_OK) and os.access(folder.root, os.W_OK):
        yield path
        return
    with TemporaryDirectory(prefix="gongkai-web-") as made:
        yield Path(made) / path.name


def refresh(folder: Folder, path: Path | None = None) -> Path:
    """Make web.db, beside archive.db or elsewhere, say what the archive says now, and return its path. A fault where
    it cannot be written."""
    path = path or web_file(folder)
    try:
        with (
            asked(folder, clock.now()) as of,
            closing(sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)) as web,
        ):
            web.execute("PRAGMA journal_mode = WAL")
            web.execute("PRAGMA synchronous = NORMAL")
            web.execute("BEGIN IMMEDIATE")
            with web:
                _prepare(web)
                _fill(of, web)
            web.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.Error as error:
        raise Fault(f"{path} cannot be made ({error}); it can be removed at any time") from error
    return path


def _prepare(web: sqlite3.Connection) -> None:
    """Tables as this code wants them: what other code made is made anew."""
    made_by = _code()
    if web.execute("PRAGMA user_version").fetchone()[0] == made_by:
        return
    for kind in ("view", "table"):
        names = web.execute("SELECT name FROM sqlite_master WHERE type = ?", [kind]).fetchall()
        for (name,) in names:
            if not name.startswith(("sqlite_", "words_")):
                web.execute(f'DROP {kind} IF EXISTS "{name}"')
    for statement in schema.statements():
        web.execute(statement)
    web.executemany("INSERT INTO rows VALUES (?, ?, ?)", schema.form_rows())
    _insert(web, tables.INDICATORS_TABLE, schema.indicator_rows())
    web.execute(f"PRAGMA user_version = {made_by}")


def _code() -> int:
    """A number for the code that decides what stands in web.db."""
    beside = (Path(module.__file__ or "") for module in (masking, feed, indicators))
    files = (*sorted(Path(__file__).parent.glob("*.py")), *beside)
    return zlib.crc32(b"".join(path.read_bytes() for path in files)) & 0x7FFFFFFF


def _fill(of: Asked, web: sqlite3.Connection) -> None:
    for table in tables.TABLES:
        if not table.view and table is not tables.INDICATORS_TABLE:
            web.execute(f"DELETE FROM {table.name}")
    _insert(web, tables.CODES, _code_rows())
    _insert(web, tables.UNITS, _unit_rows(of))
    web.execute("INSERT INTO divisions SELECT DISTINCT division, county FROM units WHERE division != ''")
    divisions = dict(web.execute("SELECT unit, division FROM units"))
    _insert(web, tables.LEDGER, _ledger_rows(of, divisions))
    _insert(web, tables.MISSING, _missing_rows(of, divisions))
    _insert(web, tables.REPORTS, _report_rows(of))
    _copy_readings(of, web)
    _insert(web, tables.CHANGES, _change_rows(of))
    _insert(web, tables.FINDINGS, _finding_rows(of, web, divisions))
    made = (str(clock.day(of.at)), clock.stamp(of.at), generation.shown(of.database), of.behind)
    web.execute("DELETE FROM made")
    web.execute("INSERT INTO made VALUES (?, ?, ?, ?)", made)


def _insert(web: sqlite3.Connection, table: tables.Table, rows: Iterable[tuple[Any, ...]]) -> None:
    slots = ", ".join("?" * len(table.fields))
    web.executemany(f"INSERT INTO {table.name} VALUES ({slots})", rows)


def _code_rows() -> list[tuple[Any, ...]]:
    rows: dict[str, tuple[Any, ...]] = {}
    for vocabulary, codes in vocabularies().items():
        for code, (zh, en) in codes.items():
            rows.setdefault(code, (code, f"{VOCABULARY[vocabulary]} {vocabulary}", zh, en))
    return list(rows.values())


def _unit_rows(of: Asked) -> Iterator[tuple[Any, ...]]:
    names = {code: name for code, name, _ in of.database.execute(_PORTALS)}
    for row in of.database.execute(
        "SELECT code, name, kind, division, portal, basis, first_year, last_year FROM units"
    ):
        known = division(row["division"])
        county = known.name if known else names.get(row["division"], row["division"])
        yield (*row[:4], county, *row[4:])


def _ledger_rows(of: Asked, divisions: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    names = [field.name for field in tables.LEDGER.fields]
    for row in query.ledger(of):
        said = row | {"why": "\n".join(map(_impersonal, row["why"])), "columns": "\n".join(row["columns"])}
        said |= {"division": divisions[row["unit"]], "basis": _impersonal(row["basis"])}
        yield tuple(said[name] for name in names)


def _missing_rows(of: Asked, divisions: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    names = [field.name for field in tables.MISSING.fields]
    sure = {(row["unit"], row["year"]) for row in query.missing(of, query.Only(sure=True))}
    for row in query.missing(of):
        said = row | {"columns": "\n".join(row["columns"]), "captures": "\n".join(row["captures"])}
        said |= {"division": divisions[row["unit"]], "listed": int((row["unit"], row["year"]) in sure)}
        said["basis"] = _impersonal(row["basis"])
        yield tuple(said[name] for name in names)


def _impersonal(text: str) -> str:
    """What is said of a row of the ledger, without the name of who decided it."""
    return _DECIDED.sub(r"（\1）", mask(text))


def _report_rows(of: Asked) -> Iterator[tuple[Any, ...]]:
    for row in of.database.execute(_REPORTS):
        found = of.database.execute(_SHOWN, [row["reading"], row["id"]]).fetchone() or (None,) * 8
        reading, form, title, published_on, cells, doubtful, url, capture = found
        name = f"{row['unit']}-{row['year']}-{row['scope']}"
        yield (
            *(
                name,
                row["unit"],
                row["year"],
                row["scope"],
                form,
                _masked(title),
                published_on,
                cells,
                doubtful,
            ),
            *(row["versions"], row["first_seen"], row["last_seen"], _masked(row["contested"])),
            *(url, capture, reading),
        )


def _masked(text: str | None) -> str | None:
    return mask(text) if text else text


def _change_rows(of: Asked) -> Iterator[tuple[Any, ...]]:
    for event in query.events(of):
        what = "\n".join(feed.cell_line(cell) for cell in event["cells"])
        yield (
            *(event["id"], event["unit"], event["year"], event["kind"], what, mask(event["message"])),
            *(event["seen_before"], event["seen_at"], event["confirmed_at"], event["line"]),
            "\n".join(event["captures"]),
        )


def _finding_rows(of: Asked, web: sqlite3.Connection, divisions: dict[str, str]) -> Iterator[tuple[Any, ...]]:
    for report, unit, year, reading in web.execute(
        "SELECT report, unit, year, reading FROM reports"
    ).fetchall():
        for code, where, message in of.database.execute(
            'SELECT code, "where", message FROM findings WHERE reading = ? ORDER BY position', [reading]
        ):
            cells = "\n".join(json.loads(where))
            yield report, unit, year, code, cells, mask(labels.found(code, message)), divisions[unit]


def _copy_readings(of: Asked, web: sqlite3.Connection) -> None:
    """Keep what reports show, by digest, part and generation; copy what is new, drop what none shows any more."""
    wanted = [row[0] for row in web.execute("SELECT DISTINCT reading FROM reports WHERE reading IS NOT NULL")]
    now = {row[0]: tuple(row) for row in of.database.execute(_READINGS, [json.dumps(wanted)])}
    kept = {row[0]: tuple(row) for row in web.execute("SELECT id, digest, part, generation FROM readings")}
    for reading in [number for number, key in kept.items() if now.get(number) != key]:
        _drop(web, reading)
    new = [number for number, key in now.items() if kept.get(number) != key]
    for reading in new:
        _copy(of, web, reading)
    web.executemany("INSERT INTO readings VALUES (?, ?, ?, ?)", [now[number] for number in new])


def _drop(web: sqlite3.Connection, reading: int) -> None:
    old = web.execute("SELECT id, text FROM texts WHERE reading = ?", [reading]).fetchall()
    gone = [(number, indexed(text)) for number, text in old]
    web.executemany("INSERT INTO words (words, rowid, body) VALUES ('delete', ?, ?)", gone)
    for table in (*(f"read_{name}" for name in READ), "notes", "texts"):
        web.execute(f"DELETE FROM {table} WHERE reading = ?", [reading])
    web.execute("DELETE FROM readings WHERE id = ?", [reading])


def _copy(of: Asked, web: sqlite3.Connection, reading: int) -> None:
    for name in READ:
        rows = of.database.execute(f"SELECT * FROM {name} WHERE reading = ?", [reading]).fetchall()
        if rows:
            slots = ", ".join("?" * len(rows[0]))
            web.executemany(f"INSERT INTO read_{name} VALUES ({slots})", map(tuple, rows))
    notes = of.database.execute("SELECT path, text, flag FROM notes WHERE reading = ?", [reading])
    web.executemany(
        "INSERT INTO notes VALUES (?, ?, ?, ?)",
        [(reading, path, mask(text), flag) for path, text, flag in notes],
    )
    title = of.database.execute("SELECT 'title', title FROM readings WHERE id = ? AND title != ''", [reading])
    prose = of.database.execute(
        "SELECT section, text FROM sections WHERE reading = ? AND text != ''", [reading]
    )
    for section, text in (*title, *prose):
        shown = mask(text)
        number = web.execute("INSERT INTO texts VALUES (NULL, ?, ?, ?)", [reading, section, shown]).lastrowid
        web.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", [number, indexed(shown)])
