"""WARC → rows of evidence: captures, walks, failures. Each file is read on from where it was left."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fastwarc.warc import WarcRecord

from archive import clock, numbers
from archive.captures import warc
from archive.captures.payloads import alone, decode, encoding_of, records, sound
from archive.captures.scan import next_record
from archive.captures.warc import OPEN, OWN
from archive.database import Database
from archive.folder import Folder
from parsers.portals.urls import join

CAPTURE_COLUMNS = (
    *("record", "kind", "url", "status", "at", "payload", "body", "encoding", "content_type", "location"),
    *("etag", "modified", "truncated", "refers", "crawl", "name", "given_by", "warc", "offset"),
)
_EARLIER = "(SELECT name FROM warcs WHERE id = {warc}) < (SELECT name FROM warcs WHERE id = {table}.warc)"
_FIRST = _EARLIER + " OR ({warc} = {table}.warc AND {offset} < {table}.offset)"
"""A record that stands twice is taken from the file that comes first by name, in whatever order the files came."""

_NEW = {"warc": "excluded.warc", "offset": "excluded.offset"}


STORED_TOGETHER = 1_000
"""Captures that are held before they are stored; a file may have tens of thousands."""


@dataclass(slots=True)
class _File:
    """State of the file being indexed."""

    id: int
    crawl: str | None
    database: Database
    captures: list[dict[str, Any]] = field(default_factory=list)
    count: int = 0
    damage: str | None = None
    """What is wrong with it first of all."""

    def damaged(self, message: str) -> None:
        """Something of it cannot be read."""
        self.damage = self.damage or message


def catch_up(database: Database, folder: Folder, safe: dict[str, int] | None = None) -> int:
    """Index what the WARC files hold beyond what is indexed, in one transaction per file, and return the number of
    records. `safe` limits files still being written to the size that was synced; without it every file is closed.
    """
    count = 0
    for path in folder.warcs():
        name = path.name.removesuffix(OPEN)
        if path.name.endswith(OPEN) and name not in (safe or {}):
            continue
        limit = (safe or {}).get(name) if path.name.endswith(OPEN) else None
        try:
            with database:
                count += _index_file(database, path, name, limit)
        except FileNotFoundError:  # the crawl that was writing it has ended meanwhile
            with database:
                count += _index_file(database, path.with_name(name), name, limit)
    with database:
        _resolve_revisits(database)
    return count


def _index_file(database: Database, path: Path, name: str, limit: int | None) -> int:
    row = database.execute("SELECT id, indexed FROM warcs WHERE name = ?", [name]).fetchone()
    if row is None:
        if _out_of_turn(database, name):
            database.execute("DELETE FROM meta WHERE key = 'derived'")
        database.execute("INSERT INTO warcs (name, indexed) VALUES (?, 0)", [name])
        row = database.execute("SELECT id, indexed FROM warcs WHERE name = ?", [name]).fetchone()
    warc_id, start = row
    size = limit if limit is not None else path.stat().st_size
    if start >= size:
        return 0
    state = _File(warc_id, None, database)
    _remember(state, path, start)
    while start < size:
        start = _read(state, path, start, size)
    _store(state)
    database.execute("UPDATE warcs SET indexed = ?, damage = ? WHERE id = ?", [size, state.damage, warc_id])
    return state.count


def _read(state: _File, path: Path, start: int, size: int) -> int:
    """Take the records from an offset on; returns the size, or where to go on behind what cannot be read."""
    offset, message = start, None
    try:
        for offset, record in alone(path, records(path, start, size)):
            if record is None:
                state.damaged(
                    "its records are no gzip members of their own: `warcio recompress` makes them so"
                )
            else:
                _take(state, record, offset)
    except FileNotFoundError:
        raise
    except (OSError, ValueError) as error:
        message = f"{type(error).__name__}: {error}"
    compressed = path.name.removesuffix(OPEN).endswith(".gz")
    whole = warc.whole_members(path, offset) if compressed else offset if message else size
    if whole >= size and message is None:
        return size
    onward = next_record(path, min(whole, size - 1) + 1, size)
    state.damaged(message or f"what stands at {whole} is no whole record")
    return onward


def _take(state: _File, record: WarcRecord, offset: int) -> None:
    """Take one record; one that is not as WARC has it, or not what was written, is passed over."""
    try:
        _HANDLERS[record.headers["WARC-Type"].lower()](state, record, offset)
        state.count += 1
    except KeyError as error:
        state.damaged(f"the record at {offset} lacks {error.args[0]}")
    except ValueError as error:
        state.damaged(f"the record at {offset}: {error}")
    if len(state.captures) >= STORED_TOGETHER:
        _store(state)


def _out_of_turn(database: Database, name: str) -> bool:
    """Whether a file may hold what records of another, indexed before it, refer to: then what was derived from these
    is derived anew. A crawl refers only to files that come before its own by name."""
    last = database.execute("SELECT max(name) FROM warcs").fetchone()[0]
    return last is not None and (name < last or not name.startswith(OWN))


def _remember(state: _File, path: Path, start: int) -> None:
    """Of a file that is read on from the middle, what its first record says of the crawl."""
    for offset, record in records(path, 0, start):
        if record.headers["WARC-Type"].lower() == "warcinfo":
            _warcinfo(state, record, offset)
        return


def _store(state: _File) -> None:
    """Store the captures that are held, and hold none."""
    database, captures, state.captures = state.database, state.captures, []
    urls = numbers.urls(
        database, (facts[name] for facts in captures for name in ("url", "location") if facts[name])
    )
    digests = (facts[name] for facts in captures for name in ("payload", "body"))
    bodies = numbers.bodies(database, (digest for digest in digests if digest is not None))
    number = {"url": urls, "location": urls, "payload": bodies, "body": bodies}
    rows = [facts | {name: of.get(facts[name]) for name, of in number.items()} for facts in captures]
    names, slots = ", ".join(CAPTURE_COLUMNS), ", ".join(f":{name}" for name in CAPTURE_COLUMNS)
    stored = database.executemany(f"INSERT OR IGNORE INTO records ({names}) VALUES ({slots})", rows)
    if stored.rowcount < len(rows):
        same = ", ".join(f"{name} = :{name}" for name in CAPTURE_COLUMNS)
        earlier = _FIRST.format(table="records", warc=":warc", offset=":offset")
        database.executemany(
            f"UPDATE records SET {same}, page = NULL WHERE record = :record AND ({earlier})", rows
        )


def _warcinfo(state: _File, record: WarcRecord, _offset: int) -> None:
    facts = dict(
        line.split(": ", 1)
        for line in record.reader.read().decode("utf-8", "replace").splitlines()
        if ": " in line
    )
    if "crawl" not in facts:
        return
    state.crawl = facts["crawl"]
    state.database.execute(
        f"""INSERT INTO crawls (id, warc, begun_at, software, vantage, clock) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET warc = excluded.warc, begun_at = excluded.begun_at
            WHERE {_EARLIER.format(table="crawls", warc="excluded.warc")}""",
        [state.crawl, state.id, _at(record), facts.get("software"), facts.get("vantage"), facts.get("clock")],
    )


def _capture(state: _File, record: WarcRecord, offset: int) -> None:
    http, headers = record.http_headers, record.headers
    if http is None:
        return
    payload = record.reader.read()
    digest = warc.sha256(payload)
    if headers.get("WARC-Payload-Digest") != warc.labelled(digest):
        sound(record, payload)  # which knows other algorithms, and records that say nothing
    facts = _common(state, record, offset) | {
        "kind": "response",
        "status": http.status_code,
        "payload": digest,
        "encoding": encoding_of(record),
        "content_type": http.get("Content-Type"),
        "location": _location(record),
        "etag": http.get("ETag"),
        "modified": http.get("Last-Modified"),
        "truncated": headers.get("WARC-Truncated"),
        "crawl": state.crawl,
    }
    if headers["WARC-Type"].lower() == "revisit":
        facts |= {"kind": "revisit", "payload": _hex(headers.get("WARC-Payload-Digest")), "truncated": None}
        facts["refers"] = headers.get("WARC-Refers-To")
        if headers.get("WARC-Profile") == warc.NOT_MODIFIED:
            facts |= {"kind": "validated", "status": None}
    elif not facts["truncated"]:
        body = decode(payload, facts["encoding"])
        facts["body"] = digest if body is payload else None if body is None else warc.sha256(body)
    state.captures.append(facts)


def _resource(state: _File, record: WarcRecord, offset: int) -> None:
    payload, headers = record.reader.read(), record.headers
    digest = warc.sha256(sound(record, payload))
    facts = _common(state, record, offset)
    if headers.get("X-Gongkai-Drawn-By"):
        state.captures.append(facts | _drawn(state, record, digest))
        return
    state.captures.append(
        facts
        | {
            "kind": "resource",
            "at": headers.get("X-Gongkai-Seen-At") or facts["at"],
            "payload": digest,
            "body": digest,
            "content_type": headers.get("Content-Type"),
            "truncated": headers.get("WARC-Truncated"),
            "name": headers.get("X-Gongkai-Name"),
            "given_by": headers.get("X-Gongkai-By"),
        }
    )


def _drawn(state: _File, record: WarcRecord, digest: str) -> dict[str, Any]:
    """A page as a browser drew it is the portal's answer; `given_by` names the browser."""
    headers = record.headers
    return {
        "kind": "response",
        "status": int(headers["X-Gongkai-Status"]),
        "payload": digest,
        "body": None if headers.get("WARC-Truncated") else digest,
        "content_type": headers.get("Content-Type"),
        "truncated": headers.get("WARC-Truncated"),
        "crawl": state.crawl,
        "given_by": headers["X-Gongkai-Drawn-By"],
    }


def _common(state: _File, record: WarcRecord, offset: int) -> dict[str, Any]:
    return dict.fromkeys(CAPTURE_COLUMNS) | {
        "record": record.headers["WARC-Record-ID"],
        "url": record.headers["WARC-Target-URI"],
        "at": _at(record),
        "encoding": "",
        "warc": state.id,
        "offset": offset,
    }


def _metadata(state: _File, record: WarcRecord, offset: int) -> None:
    handler = {"walk": _walk, "failure": _failure}.get(record.headers.get("X-Gongkai-Kind") or "")
    if handler:
        handler(state, record, json.loads(record.reader.read()), offset)


def _walk(state: _File, record: WarcRecord, facts: dict[str, Any], offset: int) -> None:
    row = state.database.execute(
        f"""INSERT INTO walks (record, portal, "column", url, begun_at, ended_at, stop, vantage,
            portal_record, counts, message, crawl, warc, offset) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (record) DO UPDATE SET warc = excluded.warc, offset = excluded.offset
            WHERE {_FIRST.format(table="walks", **_NEW)} RETURNING id""",
        [
            record.headers.get("WARC-Record-ID"),
            *(facts["portal"], facts["column"], record.headers.get("WARC-Target-URI")),
            *(facts["begun_at"], facts["ended_at"], facts["stop"], facts["vantage"]),
            *(
                _json(facts["record"]),
                _json(facts["counts"]),
                facts["message"],
                state.crawl,
                state.id,
                offset,
            ),
        ],
    )
    for (walk,) in row.fetchall():
        lists = [(walk, position, capture) for position, capture in enumerate(facts["lists"])]
        state.database.executemany(
            "INSERT OR IGNORE INTO walk_lists (walk, position, capture) VALUES (?, ?, ?)", lists
        )


def _failure(state: _File, record: WarcRecord, facts: dict[str, Any], offset: int) -> None:
    state.database.execute(
        f"""INSERT INTO failures (record, url, method, at, kind, message, crawl, warc, offset)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (record) DO UPDATE SET warc = excluded.warc, offset = excluded.offset
            WHERE {_FIRST.format(table="failures", **_NEW)}""",
        [
            record.headers.get("WARC-Record-ID"),
            *(record.headers.get("WARC-Target-URI"), facts["method"], _at(record)),
            *(facts["kind"], facts["message"], state.crawl, state.id, offset),
        ],
    )


_HANDLERS: dict[str, Callable[[_File, WarcRecord, int], None]] = {
    "warcinfo": _warcinfo,
    "response": _capture,
    "revisit": _capture,
    "resource": _resource,
    "metadata": _metadata,
}


def _resolve_revisits(database: Database) -> None:
    """Give revisits the body, and validated captures the encoding too, of what they refer to."""
    database.execute(
        """UPDATE records SET body = (SELECT earlier.body FROM records AS earlier
           WHERE earlier.payload = records.payload AND earlier.encoding = records.encoding
           AND earlier.kind = 'response' AND earlier.truncated IS NULL AND earlier.body IS NOT NULL LIMIT 1)
           WHERE kind = 'revisit' AND body IS NULL"""
    )
    database.execute(
        """UPDATE records SET (payload, body, encoding, content_type) = (SELECT earlier.payload, earlier.body,
           earlier.encoding, earlier.content_type FROM records AS earlier WHERE earlier.record = records.refers)
           WHERE kind = 'validated' AND body IS NULL
           AND refers IN (SELECT record FROM records WHERE body IS NOT NULL)"""
    )


def _location(record: WarcRecord) -> str | None:
    location = record.http_headers.get("Location")
    return join(record.headers["WARC-Target-URI"], location) if location else None


def _at(record: WarcRecord) -> str:
    return clock.stamp(clock.instant(record.headers["WARC-Date"]))


def _hex(label: str | None) -> str:
    """The hexadecimal form of a WARC digest; a foreign algorithm is kept as it is written."""
    if not label or not label.startswith("sha256:"):
        return label or ""
    value = label.removeprefix("sha256:")
    return value.lower() if len(value) == 64 else warc.unlabelled(label)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
