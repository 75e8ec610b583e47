"""The numbers that stand for addresses and digests in the tables: one for each, given when it first comes."""

from __future__ import annotations

from collections.abc import Iterable

from archive.database import Database
from parsers.portals.urls import key


def urls(database: Database, wanted: Iterable[str]) -> dict[str, int]:
    """Urls as they were written → their numbers in `urls`."""
    known, new = _known(database, "urls", "url", wanted)
    if new:
        of = addresses(database, map(key, new))
        database.executemany("INSERT INTO urls (url, address) VALUES (?, ?)", ((u, of[key(u)]) for u in new))
        known.update(_known(database, "urls", "url", new)[0])
    return known


def addresses(database: Database, keys: Iterable[str]) -> dict[str, int]:
    """Addresses as they are compared → their numbers in `addresses`."""
    return _numbered(database, "addresses", "key", keys)


def bodies(database: Database, digests: Iterable[str]) -> dict[str, int]:
    """Digests → their numbers in `bodies`."""
    return _numbered(database, "bodies", "digest", digests)


def _numbered(database: Database, table: str, column: str, wanted: Iterable[str]) -> dict[str, int]:
    known, new = _known(database, table, column, wanted)
    if new:
        database.executemany(f"INSERT INTO {table} ({column}) VALUES (?)", ((text,) for text in new))
        known.update(_known(database, table, column, new)[0])
    return known


def _known(
    database: Database, table: str, column: str, wanted: Iterable[str]
) -> tuple[dict[str, int], list[str]]:
    known, new = {}, []
    query = f"SELECT id FROM {table} WHERE {column} = ?"
    for text in dict.fromkeys(wanted):
        row = database.execute(query, [text]).fetchone()
        if row:
            known[text] = row[0]
        else:
            new.append(text)
    return known, new
