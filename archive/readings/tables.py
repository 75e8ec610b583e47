"""Bodies → readings: `reading = f(body digest, part, generation)`, in tables shaped like the form's own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from archive import numbers
from archive.captures.payloads import body_at, place
from archive.cells import FIGURES, MASKS, ROW_IDS, TABLE_COLUMNS, fold
from archive.database import Database
from archive.folder import Folder
from archive.readings import albums, extras, titles
from archive.readings.kept import Kept
from archive.readings.pool import Died, run
from archive.schema import MANNER, OF_READINGS, WITNESSED
from parsers import office
from parsers.engines import OFFICE, Converter, Engines
from parsers.parse import Reading, parse, parse_pictures
from parsers.report import Finding, Note, Report, Value, Witness, number

UNSURE = frozenset({"unclear", "ocr", "repaired"})
"""Flags of cells that we may have misread."""

_PLAIN = ("part", "message", "lacks", "issuer", "year", "content", "prose", "cells", "doubtful", *MASKS)
READ = ("article", "file")
"""Classes of pages whose bodies are read."""

HEAD = (*_PLAIN, "title", "published_on", "signed_on", *MANNER)
"""What is said of a part as a whole; `readings_kept` has numbers for what comes after the plain columns."""
COLUMNS: dict[str, tuple[str, ...]] = {
    **{f"{table}_kept": ("row", "present", *columns) for table, columns in TABLE_COLUMNS.items()},
    "annex_kept": ("row", "value"),
    "findings_kept": ("position", "code", "spot", "message"),
    "stated": ("code", "value", "sentence"),
    "notes": ("path", "text", "flag"),
    "sections": ("section", "text"),
    "said": ("position", "value"),
}
"""The tables of a reading's parts, with the columns that follow the reading's number."""

SPARSE = "proactive_kept"
"""The table of which every row has columns of its own."""

Cell = int | float | str | bytes | None


class Document(NamedTuple):
    """A body to be read, and where it stands: that of an album at several places."""

    body: int
    places: tuple[tuple[Path, int], ...]


class Part(NamedTuple):
    """A part of a document as rows: its line in `readings`, and those of the other tables. What many readings have in
    common stands in full, where the tables have its number: the cells of findings, and where its witnesses speak."""

    head: tuple[Any, ...]
    rows: dict[str, list[tuple[Cell, ...]]]
    voices: str | None = None


def fill(database: Database, folder: Folder, generation: int, *, jobs: int = 1) -> int:
    """Read every body that this generation has not read, and return how many there were: what was not read when its
    pages were inspected. Bodies of articles, of files and of what was given by hand are read; lists and error pages
    are not. No converter is started: what needs
    one waits for `read_again`."""
    bodies = database.execute(
        f"""SELECT DISTINCT pages.body FROM pages WHERE generation = ?
           AND (page_class IN {READ} OR body IN (SELECT body FROM records WHERE kind = 'resource'))
           AND NOT EXISTS (SELECT 1 FROM readings WHERE readings.body = pages.body
                           AND readings.generation = pages.generation)""",
        [generation],
    ).fetchall()
    documents = [_document(database, folder, body) for (body,) in bodies]
    for read in _in_batches(partial(_read, folder.cache, None), documents, jobs):
        with database:
            store(database, generation, read)
    return len(documents)


def read_again(database: Database, folder: Folder, generation: int, *, jobs: int = 1) -> int:
    """Read again, in place, the bodies whose readings lack an extra that is there now, and return how many there
    were; their addresses count as touched. Albums are read here, when all pictures of a page have come."""
    there = extras.there(extras.waiting(database, generation))
    converter = office.found() if OFFICE in there else None
    if converter:
        places = [place(database, folder, body) for body in extras.bodies(database, generation, [OFFICE])]
        extras.convert((body_at(*at) for at in places), Kept(folder.cache), converter)
    again = extras.bodies(database, generation, there)
    with database:
        albums.gather(database)
    bodies = dict.fromkeys([*albums.unread(database, generation), *again])
    documents = [_document(database, folder, body) for body in bodies]
    for read in _in_batches(partial(_read, folder.cache, converter), documents, jobs):
        with database:
            store(database, generation, read)
            extras.touch(
                database, [*read, *(one for body in read for one in albums.pictures(database, body))]
            )
    return len(again)


def _document(database: Database, folder: Folder, body: int) -> Document:
    parts = albums.pictures(database, body) or [body]
    return Document(body, tuple(place(database, folder, part) for part in parts))


def _in_batches(
    work: Callable[[Document], list[Part]], documents: list[Document], jobs: int
) -> Iterator[dict[int, list[Part]]]:
    for batch in run(work, documents, jobs):
        yield {
            document.body: failed("its reader died") if isinstance(parts, Died) else parts
            for document, parts in batch
        }


def _read(cache: Path, converter: Converter | None, document: Document) -> list[Part]:
    return parts_of([body_at(*at) for at in document.places], cache, converter)


def parts_of(data: list[bytes], cache: Path, converter: Converter | None = None) -> list[Part]:
    """The parts of a document, which may be several pictures; one that makes its reader fail is unreadable, says why,
    and stops no other."""
    engines = Engines(Kept(cache), converter)
    try:
        return as_parts(parse(data[0], engines) if len(data) == 1 else parse_pictures(data, engines))
    except Exception as error:  # noqa: BLE001 - the reading carries it
        return failed(f"its reader failed: {type(error).__name__}: {error}")


def failed(why: str) -> list[Part]:
    """The one part of a document that could not be read."""
    return as_parts(Reading("unknown", "unreadable", message=why))


def as_parts(reading: Reading) -> list[Part]:
    """The rows that keep a reading."""
    plain = (reading.message, json.dumps(list(reading.lacks)))
    manner = (reading.outcome, reading.format, json.dumps(list(reading.engines)))
    if not reading.reports:
        return [Part((0, *plain, *[None] * 4, 0, 0, *[0] * len(MASKS), *[None] * 3, *manner, None, None), {})]
    return [_part((number, *plain), manner, report) for number, report in enumerate(reading.reports)]


def _part(plain: tuple[Any, ...], manner: tuple[str, str, str], report: Report) -> Part:
    own = _own(report)
    digests = (bytes.fromhex(report.content()), bytes.fromhex(report.prose()))
    folded = {table: fold(rows) for table, rows in _figures(report)}
    masks = (folded[table][0] for table in FIGURES)
    rows = {f"{table}_kept": others for table, (_, others) in folded.items()} | dict(_rows(report, own))
    head = (
        *(*plain, report.issuer, report.year, *digests, len(report.cells()), _doubtful(report), *masks),
        *(report.title, report.published_on, own.get("signed_on"), *manner, report.scope, report.form),
    )
    voices = [f"{w.key} {w.source}" for w in report.witnesses]
    return Part(head, rows, json.dumps(voices, ensure_ascii=False))


def _doubtful(report: Report) -> bool:
    """Whether a cell we are unsure of takes part in a broken identity, or pictures may show a table that lacks."""
    unsure = {path for path, note in report.notes.items() if note.flag in UNSURE}
    return any(
        f.code == "pictures_unread" or (f.code == "identity_broken" and unsure.intersection(f.where))
        for f in report.findings
    )


def _figures(report: Report) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    for table, columns in TABLE_COLUMNS.items():
        yield (
            table,
            [
                (ROW_IDS[table, row], _present(columns, cells), *(number(cells.get(c)) for c in columns))
                for row, cells in getattr(report, table).items()
            ],
        )
    yield "annex", [(ROW_IDS["annex", row], number(value)) for row, value in report.annex.items()]


def _rows(report: Report, own: dict[str, str]) -> Iterator[tuple[str, list[tuple[Cell, ...]]]]:
    yield "stated", [(code, number(value), sentence) for code, (value, sentence) in report.stated.items()]
    yield "notes", [(path, note.text, note.flag) for path, note in report.notes.items()]
    yield "sections", list(report.sections.items())
    yield (
        "findings_kept",
        [
            (position, f.code, json.dumps(f.where, ensure_ascii=False), f.message)
            for position, f in enumerate(report.findings)
        ],
    )
    yield (
        "said",
        [
            (n, witness.value)
            for n, witness in enumerate(report.witnesses)
            if witness.value != own.get(witness.key)
        ],
    )


def _own(report: Report) -> dict[str, str]:
    """What a reading itself says of what witnesses speak for; of the day under the signature the first does."""
    said = {key: getattr(report, key, None) for key in WITNESSED}
    said["signed_on"] = next((w.value for w in report.witnesses if w.key == "signed_on"), None)
    return {key: str(value) for key, value in said.items() if value is not None}


def store(database: Database, generation: int, read: dict[int, list[Part]]) -> None:
    """Write the parts of documents, given by the numbers of their bodies, table by table; a part that was read
    before keeps its number."""
    before = _forget(database, generation, read)
    new = count(1 + database.execute("SELECT coalesce(max(id), 0) FROM readings_kept").fetchone()[0])
    numbered = [
        (before.get((body, part.head[0])) or next(new), body, part)
        for body, parts in read.items()
        for part in parts
    ]
    rows = {table: _flat(table, numbered) for table in COLUMNS}
    _insert(database, "readings_kept", ("generation", *_KEPT), _heads(database, generation, numbered))
    spots = numbers.rows(database, "spots", ("text",), [row[3:4] for row in rows["findings_kept"]])
    rows["findings_kept"] = [(*row[:3], spots[row[3:4]], row[4]) for row in rows["findings_kept"]]
    for table, columns in COLUMNS.items():
        insert = _insert_by_row if table == SPARSE else _insert
        insert(database, table, ("reading", *columns), rows[table])


def _flat(table: str, numbered: list[tuple[int, int, Part]]) -> list[tuple[Any, ...]]:
    return [(reading, *row) for reading, _, part in numbered for row in part.rows.get(table, ())]


_KEPT = ("id", "body", *_PLAIN, "title", "published", "signed", "manner", "voices")


def _heads(
    database: Database, generation: int, numbered: list[tuple[int, int, Part]]
) -> list[tuple[Any, ...]]:
    plain, days = len(_PLAIN), len(HEAD) - len(MANNER)
    voices = numbers.rows(database, "voices", ("text",), [(p.voices,) for *_, p in numbered if p.voices])
    manners = numbers.rows(database, "manners", MANNER, [part.head[days:] for *_, part in numbered])
    called = titles.of_bodies(database, [(body, part.head[plain]) for _, body, part in numbered])
    return [
        (
            *(generation, reading, body, *part.head[:plain], called[body, part.head[plain]]),
            *(*map(numbers.day, part.head[plain + 1 : days]), manners[part.head[days:]]),
            voices.get((part.voices,)),
        )
        for reading, body, part in numbered
    ]


def _forget(database: Database, generation: int, bodies: Iterable[int]) -> dict[tuple[int, Cell], int]:
    """Remove the readings of bodies; returns the numbers that their parts had."""
    rows = database.execute(
        """SELECT body, part, id FROM readings_kept WHERE generation = ?
           AND body IN (SELECT value FROM json_each(?))""",
        [generation, json.dumps(list(bodies))],
    ).fetchall()
    numbers = [(row["id"],) for row in rows]
    for table in OF_READINGS if rows else ():
        database.executemany(f"DELETE FROM {table} WHERE reading = ?", numbers)
    database.executemany("DELETE FROM readings_kept WHERE id = ?", numbers)
    return {(row["body"], row["part"]): row["id"] for row in rows}


def _insert(database: Database, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]) -> None:
    slots = ", ".join("?" * len(columns))
    database.executemany(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({slots})", rows)


def _insert_by_row(
    database: Database, table: str, columns: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """Rows of a table of a form, those of one row of the form together, with the columns that any of them fills:
    binding `None` takes Python longer than binding a number."""
    alike: dict[int, list[tuple[Any, ...]]] = {}
    for row in rows:
        alike.setdefault(row[1], []).append(row)
    for of_one in alike.values():
        held = {
            name: column
            for name, column in zip(columns, zip(*of_one, strict=True), strict=True)
            if column.count(None) < len(column)
        }
        _insert(database, table, tuple(held), list(zip(*held.values(), strict=True)))


def _present(columns: tuple[str, ...], cells: dict[str, Value]) -> int:
    return sum(1 << bit for bit, column in enumerate(columns) if column in cells)


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
