"""The evidence of some portals, out of the database: what an instant, a generation and their walks bring together."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from archive import clock
from archive.captures.records import FINISHED_STOPS
from archive.database import Database
from archive.history.evidence import MAX_REDIRECTS, Evidence, Listed, Reading, Sight, Walk
from archive.readings import albums
from archive.schema import day

UPLOADER_SOURCES = frozenset({"meta", "page"})
"""Places that name who put a page up, which is often not whose report it is: alone they attribute nothing."""
STRONG_YEAR_SOURCES = frozenset({"title", "period"})
"""Places of a report whose year can contest another: its title and its period sentence, not a year in passing."""


def load(
    database: Database, as_of: datetime, generation: int, portals: list[str], given: Iterable[int] = ()
) -> Evidence:
    """What was seen of portals up to an instant, as the generation reads it; `given` are the numbers of addresses
    that belong to it although no list names them."""
    until = clock.stamp(as_of)
    walked, addresses = _walks(database, until, portals)
    wanted = {
        entry.address for walk in walked for entry in walk.entries.values() if entry.verdict == "report"
    }
    reached = reach(database, {*given, *(addresses[key] for key in wanted)})
    evidence = Evidence(as_of, walked, {}, {}, {})
    bodies = _sights(database, until, reached, evidence)
    bodies |= albums.holding(database, bodies - {None})
    evidence.readings = _readings(database, generation, bodies)
    pages = {sight.page for seen in evidence.sights.values() for sight in seen if sight.page}
    evidence.attachments = _attachments(database, pages)
    return evidence


def walks(database: Database, as_of: datetime) -> list[Walk]:
    """Every walk of every portal up to an instant."""
    portals = [row[0] for row in database.execute("SELECT DISTINCT portal FROM walks")]
    return _walks(database, clock.stamp(as_of), portals)[0]


def reach(database: Database, begin: set[int]) -> set[int]:
    """The numbers of addresses, of those to which they redirect, and of the files of their pages."""
    reached, frontier = set(begin), set(begin)
    for _ in range(MAX_REDIRECTS):
        rows = database.execute(_REACHED, [_json(frontier)] * 2)
        frontier = {row[0] for row in rows} - reached
        if not frontier:
            break
        reached |= frontier
    return reached


_REACHED = """SELECT led.address FROM json_each(?) AS wanted JOIN urls ON urls.address = wanted.value
    JOIN records ON records.url = urls.id JOIN urls AS led ON led.id = records.location
    UNION SELECT files.address FROM json_each(?) AS wanted JOIN urls ON urls.address = wanted.value
    JOIN records ON records.url = urls.id JOIN page_files ON page_files.page = records.page
    JOIN urls AS files ON files.id = page_files.url"""


def _walks(database: Database, until: str, portals: list[str]) -> tuple[list[Walk], dict[str, int]]:
    rows = database.execute(_WALKS, [_json(portals), until]).fetchall()
    entries, addresses = _entries(database, {row["page"] for row in rows if row["page"] is not None})
    found: dict[int, Walk] = {}
    merged: dict[tuple[int, ...], dict[str, Listed]] = {}
    lists: dict[int, list[sqlite3.Row]] = {}
    for row in rows:
        lists.setdefault(row["id"], []).append(row)
    for number, pages in lists.items():
        walk = found[number] = _walk(pages)
        shown = tuple(page["page"] for page in pages if page["page"] is not None)
        if shown not in merged:
            merged[shown] = {}
            for page in shown:
                for entry in entries.get(page, ()):
                    merged[shown].setdefault(entry.address, entry)
        walk.entries = merged[shown]
        walk.trouble = walk.trouble or _trouble(walk)
    return list(found.values()), addresses


_WALKS = """SELECT walks.*, records.record AS capture, records.page, page_class, evidence,
    walk_lists.capture IS NOT NULL AS listed
    FROM walks LEFT JOIN walk_lists ON walk_lists.walk = walks.id
    LEFT JOIN records ON records.record = walk_lists.capture LEFT JOIN pages ON pages.id = records.page
    WHERE portal IN (SELECT value FROM json_each(?)) AND ended_at <= ?
    ORDER BY begun_at, walks.record, walk_lists.position"""


def _walk(pages: list[sqlite3.Row]) -> Walk:
    row = pages[0]
    walk = Walk(
        *(row["record"], row["portal"], row["column"], row["begun_at"], row["ended_at"], row["stop"]),
        registry=json.loads(row["portal_record"]),
        captures=[page["capture"] for page in pages if page["capture"]],
        message=row["message"],
    )
    for page in pages:
        if page["listed"] and page["page_class"] != "list" and not walk.trouble:
            walk.trouble = f"{page['page_class'] or 'cut off'}: {page['evidence'] or 'no whole answer'}"
    return walk


def _trouble(walk: Walk) -> str:
    if walk.stop not in FINISHED_STOPS:
        return f"the walk stopped early ({walk.stop})" + (f": {walk.message}" if walk.message else "")
    return "" if walk.entries else "the list was empty"


def _entries(database: Database, pages: set[int]) -> tuple[dict[int, list[Listed]], dict[str, int]]:
    rows = database.execute(
        f"""SELECT page, addresses.key, urls.url, text, {day("day")}, verdict, address FROM json_each(?) AS wanted
           JOIN page_entries ON page = wanted.value JOIN entries ON entries.id = entry
           JOIN titles ON titles.id = entries.title JOIN urls ON urls.id = entries.url
           JOIN addresses ON addresses.id = address ORDER BY page, position""",
        [_json(pages)],
    )
    entries: dict[int, list[Listed]] = {}
    addresses: dict[str, int] = {}
    for page, key, url, title, published_on, verdict, address in rows:
        entries.setdefault(page, []).append(Listed(key, url, title, published_on, verdict))
        addresses[key] = address
    return entries, addresses


def _sights(database: Database, until: str, reached: set[int], evidence: Evidence) -> set[int]:
    """Take up the sights of addresses, and return the numbers of the bodies that they showed."""
    rows = database.execute(_SIGHTS, [_json(reached), until]).fetchall()
    bodies = set()
    for row in sorted(rows, key=lambda row: (row["at"], row["record"])):
        key, address, url, body, *facts = row
        evidence.addresses[key] = address
        evidence.urls[facts[2]] = url
        evidence.sights.setdefault(key, []).append(Sight(*facts))
        bodies.add(body)
    return bodies


_SIGHTS = """SELECT addresses.key, addresses.id, urls.id, records.body, at, record, urls.url, kind, page_class, digest,
    records.page, led.url, pages.title, pages.published_on, name, records.id
    FROM json_each(?) AS wanted JOIN addresses ON addresses.id = wanted.value
    JOIN urls ON urls.address = addresses.id JOIN records ON records.url = urls.id
    LEFT JOIN bodies ON bodies.id = records.body LEFT JOIN pages ON pages.id = records.page
    LEFT JOIN urls AS led ON led.id = records.location WHERE at <= ?"""


def _readings(database: Database, generation: int, bodies: set[int]) -> dict[str, list[Reading]]:
    wanted = _json(bodies - {None})
    witnesses: dict[int, list[tuple[str, str, str]]] = {}
    said = database.execute(
        f"""SELECT reading, key, value, source FROM witnesses WHERE reading IN (SELECT readings.id {_OF_BODIES})
            AND key IN ('issuer', 'year', 'published_on', 'signed_on')""",
        [wanted, generation],
    )
    for reading, *witness in said:
        witnesses.setdefault(reading, []).append(tuple(witness))
    out: dict[str, list[Reading]] = {}
    for row in database.execute(
        f"SELECT digest, readings.* {_OF_BODIES} ORDER BY part", [wanted, generation]
    ):
        out.setdefault(row["digest"], []).append(_reading(row, witnesses.get(row["id"], [])))
    return out


_OF_BODIES = """FROM json_each(?) AS wanted JOIN readings ON readings.body = wanted.value
    JOIN bodies ON bodies.id = readings.body WHERE generation = ?"""


def _reading(row: sqlite3.Row, said: list[tuple[str, str, str]]) -> Reading:
    named = any(key == "issuer" and source not in UPLOADER_SOURCES for key, _, source in said)
    return Reading(
        *(row["id"], row["part"], row["outcome"], row["format"], row["engines"]),
        *(row["issuer"] if named else None, row["year"], row["scope"] or "own", row["form"], row["title"]),
        *(row["content"], row["prose"]),
        years=frozenset(int(v) for k, v, source in said if k == "year" and source in STRONG_YEAR_SOURCES),
        dates=frozenset(value for key, value, _ in said if key == "published_on"),
        signed=next((value for key, value, _ in said if key == "signed_on"), None),
        doubtful=bool(row["doubtful"]),
        has_cells=row["cells"] > 0,
    )


def _attachments(database: Database, pages: set[int]) -> dict[int, list[str]]:
    rows = database.execute(
        """SELECT page, addresses.key FROM json_each(?) AS wanted JOIN page_files ON page = wanted.value
           JOIN urls ON urls.id = page_files.url JOIN addresses ON addresses.id = urls.address
           ORDER BY page, position""",
        [_json(pages)],
    )
    out: dict[int, list[str]] = {}
    for page, key in rows:
        out.setdefault(page, []).append(key)
    return out


def _json(numbers: Iterable[Any]) -> str:
    return json.dumps(list(numbers))
