"""Titles, each of which is kept once: what a list calls an entry, its page and its report mostly bear."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import count

from archive.database import Database


def of_url(database: Database, url: int, text: str) -> int:
    """The number of a title that stands at an address: that of an entry which is called so, else a new one."""
    row = database.execute(
        """SELECT titles.id FROM entries JOIN titles ON titles.id = entries.title
           WHERE entries.url = ? AND text = ?""",
        [url, text],
    ).fetchone()
    return int(row[0]) if row else database.execute(_PUT, [text]).lastrowid or 0


def of_bodies(
    database: Database, wanted: Iterable[tuple[int, str | None]]
) -> dict[tuple[int, str | None], int | None]:
    """The numbers of titles that stand in bodies: those of pages which are called so, else new ones; the number of no
    title is none."""
    pairs = dict.fromkeys(wanted)
    rows = database.execute(
        """SELECT body, text, titles.id FROM json_each(?) AS wanted JOIN pages_kept ON pages_kept.body = wanted.value
           JOIN titles ON titles.id = pages_kept.title""",
        [json.dumps([body for body, _ in pairs])],
    )
    known: dict[tuple[int, str | None], int | None] = {(body, text): number for body, text, number in rows}
    first = 1 + database.execute("SELECT coalesce(max(id), 0) FROM titles").fetchone()[0]
    new = dict(zip((pair for pair in pairs if pair not in known and pair[1] is not None), count(first)))
    database.executemany(
        "INSERT INTO titles (id, text) VALUES (?, ?)", ((n, text) for (_, text), n in new.items())
    )
    return pairs | known | new


def forget_unused(database: Database) -> None:
    """Remove the titles of nothing."""
    used = " UNION ".join(
        f"SELECT title FROM {table} WHERE title IS NOT NULL"
        for table in ("entries", "pages_kept", "readings_kept")
    )
    database.execute(f"DELETE FROM titles WHERE id NOT IN ({used})")


_PUT = "INSERT INTO titles (text) VALUES (?)"
