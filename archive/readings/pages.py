"""Captures → pages: class, family, entries and attachments, read from address, status and body alone."""

from __future__ import annotations

import sqlite3

from archive.captures.payloads import read_body
from archive.database import Database
from archive.folder import Folder
from parsers.portals import inspect
from parsers.portals.model import Inspection, Page

BATCH = 64
"""Pages per transaction."""
GIVEN_STATUS = 200
"""A file given by hand has no status: it stands for what a reader saw."""


def fill(database: Database, folder: Folder, generation: int) -> int:
    """Inspect every page that this generation has not seen, and return how many there were."""
    done = 0
    while rows := database.execute(
        f"""SELECT url, body, coalesce(status, {GIVEN_STATUS}) AS status, min(content_type) AS content_type
            FROM captures WHERE body IS NOT NULL AND truncated IS NULL AND NOT EXISTS
            (SELECT 1 FROM pages WHERE generation = ? AND pages.url = captures.url AND pages.body = captures.body
             AND pages.status = coalesce(captures.status, {GIVEN_STATUS}))
            GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT {BATCH}""",
        [generation],
    ).fetchall():
        with database:
            for row in rows:
                _store(database, generation, row, _inspect(database, folder, row))
        done += len(rows)
    return done


def attach(database: Database, generation: int) -> None:
    """Point every capture to its page of the generation."""
    database.execute(
        f"""UPDATE captures SET page = (SELECT id FROM pages WHERE generation = ? AND pages.url = captures.url
            AND pages.body = captures.body AND pages.status = coalesce(captures.status, {GIVEN_STATUS}))
            WHERE body IS NOT NULL AND truncated IS NULL
            AND (page IS NULL OR page NOT IN (SELECT id FROM pages WHERE generation = ?))""",
        [generation, generation],
    )


def _inspect(database: Database, folder: Folder, row: sqlite3.Row) -> Inspection:
    body = read_body(database, folder, row["body"])
    try:
        return inspect(Page(row["url"], body, row["status"], row["content_type"] or ""))
    except Exception as error:  # noqa: BLE001 - the page carries it, and is no clear sight
        return Inspection(
            "unknown", "", "other", f"it could not be inspected: {type(error).__name__}: {error}"
        )


def _store(database: Database, generation: int, row: sqlite3.Row, seen: Inspection) -> None:
    page = database.execute(
        """INSERT INTO pages (generation, url, body, status, family, fingerprint, page_class, evidence, title,
           published_on) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        [
            *(generation, row["url"], row["body"], row["status"], seen.family, seen.fingerprint),
            *(seen.page_class, seen.evidence, seen.title, seen.published_on),
        ],
    ).lastrowid
    entries = [
        (page, position, entry.url, entry.title, entry.published_on, entry.verdict)
        for position, entry in enumerate(seen.entries)
    ]
    database.executemany(
        "INSERT INTO listings (page, position, url, title, published_on, verdict) VALUES (?, ?, ?, ?, ?, ?)",
        entries,
    )
    files = [(page, position, file.url, file.title) for position, file in enumerate(seen.attachments)]
    database.executemany("INSERT INTO attachments (page, position, url, title) VALUES (?, ?, ?, ?)", files)
