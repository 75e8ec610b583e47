"""The numbers that stand in the tables for addresses, digests, and what many rows have in common: one for each, given
when it first comes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any

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


def rows(
    database: Database, table: str, columns: tuple[str, ...], wanted: Iterable[tuple[Any, ...]]
) -> dict[tuple[Any, ...], int]:
    """Rows of a small table, as their values in some columns → their numbers."""
    known = {}
    find = f"SELECT id FROM {table} WHERE {' AND '.join(f'{column} IS ?' for column in columns)}"
    put = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"
    for values in dict.fromkeys(wanted):
        row = database.execute(find, values).fetchone()
        known[values] = int(row[0] if row else database.execute(put, values).lastrowid or 0)
    return known


_EPOCH = date(1970, 1, 1).toordinal()


@lru_cache(maxsize=10_000)
def day(text: str | None) -> int | str | None:
    """A day as the tables keep it: its number from 1970-01-01; the text where it is no day of the calendar."""
    try:
        found = date.fromisoformat(text) if text is not None else None
    except ValueError:
        return text
    return found.toordinal() - _EPOCH if found and found.isoformat() == text else text


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
