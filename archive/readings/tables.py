"""Bodies → readings: `reading = f(body digest, part, generation)`, in tables shaped like the form's own."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from decimal import Decimal

from archive.captures.payloads import read_body
from archive.database import Database
from archive.folder import Folder
from archive.schema import ROW_IDS, TABLE_COLUMNS
from parsers.parse import Reading, parse
from parsers.report import Finding, Note, Report, Value, Witness, number

BATCH = 16
"""Documents per transaction."""


def fill(database: Database, folder: Folder, generation: int) -> int:
    """Read every body that this generation has not read, and return how many there were. Bodies of articles, of
    files and of what was given by hand are read; lists and error pages are not."""
    done = 0
    while digests := database.execute(
        f"""SELECT DISTINCT pages.body FROM pages WHERE generation = ?
            AND (page_class IN ('article', 'file') OR body IN (SELECT body FROM captures WHERE kind = 'resource'))
            AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.generation = pages.generation
                            AND readings.body = pages.body)
            ORDER BY pages.body LIMIT {BATCH}""",
        [generation],
    ).fetchall():
        with database:
            for (digest,) in digests:
                _store(database, generation, digest, _read(read_body(database, folder, digest)))
        done += len(digests)
    return done


def _read(data: bytes) -> Reading:
    """The reading of a document; one that makes its reader fail is unreadable, says why, and stops no other."""
    try:
        return parse(data)
    except Exception as error:  # noqa: BLE001 - the reading carries it
        return Reading("unknown", "unreadable", message=f"its reader failed: {type(error).__name__}: {error}")


def _store(database: Database, generation: int, body: str, reading: Reading) -> None:
    head = [generation, body]
    tail = [reading.outcome, reading.message, reading.format, json.dumps(list(reading.engines))]
    for part, report in enumerate(reading.reports):
        row = database.execute(
            """INSERT INTO readings (generation, body, part, outcome, message, format, engines, issuer, year, scope,
               form, title, published_on, content, prose) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
            [
                *(*head, part, *tail, report.issuer, report.year, report.scope, report.form, report.title),
                *(report.published_on, report.content(), report.prose()),
            ],
        )
        _store_report(database, row.lastrowid or 0, report)
    if not reading.reports:
        database.execute(
            """INSERT INTO readings (generation, body, part, outcome, message, format, engines)
               VALUES (?, ?, 0, ?, ?, ?, ?)""",
            [*head, *tail],
        )


def _store_report(database: Database, reading: int, report: Report) -> None:
    for table, columns in TABLE_COLUMNS.items():
        rows = [
            (
                reading,
                ROW_IDS[table, row],
                _present(columns, cells),
                *(_stored(cells.get(c)) for c in columns),
            )
            for row, cells in getattr(report, table).items()
        ]
        _insert(database, table, ("reading", "row", "present", *columns), rows)
    annex = [(reading, ROW_IDS["annex", row], _stored(value)) for row, value in report.annex.items()]
    _insert(database, "annex", ("reading", "row", "value"), annex)
    stated = [(reading, code, _stored(value), sentence) for code, (value, sentence) in report.stated.items()]
    _insert(database, "stated", ("reading", "code", "value", "sentence"), stated)
    notes = [(reading, path, note.text, note.flag) for path, note in report.notes.items()]
    _insert(database, "notes", ("reading", "path", "text", "flag"), notes)
    sections = [(reading, section, text) for section, text in report.sections.items()]
    _insert(database, "sections", ("reading", "section", "text"), sections)
    findings = [
        (reading, position, f.code, json.dumps(f.where, ensure_ascii=False), f.message)
        for position, f in enumerate(report.findings)
    ]
    _insert(database, "findings", ("reading", "position", "code", '"where"', "message"), findings)
    witnesses = [(reading, position, w.key, w.value, w.source) for position, w in enumerate(report.witnesses)]
    _insert(database, "witnesses", ("reading", "position", "key", "value", "source"), witnesses)


def _insert(
    database: Database, table: str, columns: Iterable[str], rows: Sequence[tuple[object, ...]]
) -> None:
    names = tuple(columns)
    slots = ", ".join("?" * len(names))
    database.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({slots})", rows)


def _present(columns: tuple[str, ...], cells: dict[str, Value]) -> int:
    return sum(1 << bit for bit, column in enumerate(columns) if column in cells)


def _stored(value: Value) -> int | float | str | None:
    """A number SQLite keeps exactly; a decimal with more than 15 digits goes in as text and comes out as written."""
    if isinstance(value, Decimal) and len(value.as_tuple().digits) > 15:
        return str(value)
    return number(value)


def load(database: Database, reading: int) -> Report:
    """The report as it was read, back from the tables."""
    head = database.execute("SELECT * FROM readings WHERE id = ?", [reading]).fetchone()
    report = Report(*(head[name] for name in ("issuer", "year", "scope", "form", "title", "published_on")))
    codes = {row["id"]: row["code"] for row in database.execute("SELECT id, code FROM rows")}
    for table, columns in TABLE_COLUMNS.items():
        for row in database.execute(f"SELECT * FROM {table} WHERE reading = ?", [reading]):
            there = [c for bit, c in enumerate(columns) if row["present"] & 1 << bit]
            getattr(report, table)[codes[row["row"]]] = {c: _value(row[c]) for c in there}
    for row in database.execute("SELECT row, value FROM annex WHERE reading = ?", [reading]):
        report.annex[codes[row["row"]]] = _value(row["value"])
    for row in database.execute("SELECT code, value, sentence FROM stated WHERE reading = ?", [reading]):
        report.stated[row["code"]] = (_value(row["value"]), row["sentence"])
    for row in database.execute("SELECT section, text FROM sections WHERE reading = ?", [reading]):
        report.sections[row["section"]] = row["text"]
    for row in database.execute("SELECT path, text, flag FROM notes WHERE reading = ?", [reading]):
        report.notes[row["path"]] = Note(row["text"], row["flag"])
    for row in database.execute("SELECT * FROM findings WHERE reading = ? ORDER BY position", [reading]):
        report.findings.append(Finding(row["code"], tuple(json.loads(row["where"])), row["message"]))
    for row in database.execute("SELECT * FROM witnesses WHERE reading = ? ORDER BY position", [reading]):
        report.witnesses.append(Witness(row["key"], row["value"], row["source"]))
    return report


def _value(stored: int | float | str | None) -> Value:
    return stored if stored is None or isinstance(stored, int) else Decimal(str(stored))
