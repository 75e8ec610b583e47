"""What was seen up to an instant: walks, sights of addresses, readings of bodies. Everything derived rests on this."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from archive import clock
from archive.captures.records import FINISHED_STOPS
from archive.database import Database
from parsers.portals.urls import is_index, key

MAX_REDIRECTS = 5
REDIRECT_FOLLOWED = timedelta(days=1)
"""A redirect's target is looked for among the captures of the day after it: a slow crawl takes hours, not weeks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part of a body was read as; `years` are those that its title and its period sentence name, `dates`
    the days it gives as its publication, `signed` the day under its signature."""

    id: int
    part: int
    outcome: str
    format: str
    engines: str
    issuer: str | None
    year: int | None
    scope: str
    form: str | None
    title: str | None
    content: str | None
    prose: str | None
    years: frozenset[int]
    dates: frozenset[str]
    signed: str | None
    doubtful: bool
    has_cells: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at an address. `page_class` is `None` for what came cut; `title` and `published_on` are the page's."""

    at: str
    record: str
    url: str
    kind: str
    page_class: str | None
    body: str | None
    page: int | None
    location: str | None
    title: str | None
    published_on: str | None
    name: str | None = None

    @property
    def gone(self) -> bool:
        """A plain 404 or 410."""
        return self.page_class == "gone"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list page showed it."""

    address: str
    url: str
    title: str
    published_on: str | None
    verdict: str


@dataclass(slots=True)
class Walk:
    """One walk of a column. `clear` says that it saw its column whole and unblocked; `trouble` why not."""

    record: str
    portal: str
    column: str
    begun_at: str
    ended_at: str
    stop: str
    registry: dict[str, Any]
    captures: list[str]
    message: str = ""
    entries: dict[str, Listed] = field(default_factory=dict)
    trouble: str = ""

    @property
    def clear(self) -> bool:
        """Whether absence from this walk's entries means something."""
        return not self.trouble


@dataclass(slots=True)
class Evidence:
    """Everything seen up to `as_of`."""

    as_of: datetime
    walks: list[Walk]
    sights: dict[str, list[Sight]]
    readings: dict[str, list[Reading]]
    attachments: dict[int, list[str]]

    def final(self, sight: Sight) -> Sight:
        """The sight at the end of the redirects that a sight began, itself where there were none."""
        for _ in range(MAX_REDIRECTS):
            if sight.page_class != "redirect" or not sight.location:
                return sight
            until = clock.stamp(clock.instant(sight.at) + REDIRECT_FOLLOWED)
            there = self.sights.get(key(sight.location), [])
            after = [s for s in there if sight.at <= s.at <= until and s is not sight]
            if not after:
                return sight
            sight = after[0]
        return sight

    def shows_report(self, sight: Sight) -> bool:
        """Whether a look at a report's address showed something that can be a report: an article or a file, and not
        the front page to which a portal leads what it does not find."""
        final = self.final(sight)
        if final.kind == "resource":
            return True
        led_astray = final is not sight and is_index(final.url)
        return final.page_class in {"article", "file"} and not led_astray


def load(database: Database, as_of: datetime, generation: int) -> Evidence:
    """Load what follows from captures and walks up to an instant, as the generation reads them."""
    until = clock.stamp(as_of)
    sights = _sights(database, until)
    return Evidence(
        as_of,
        _walks(database, until),
        sights,
        _readings(database, generation),
        _attachments(database, generation),
    )


def _sights(database: Database, until: str) -> dict[str, list[Sight]]:
    rows = database.execute(
        """SELECT at, record, captures.url, kind, page_class, captures.body, page, location, title, published_on, name
           FROM captures LEFT JOIN pages ON pages.id = captures.page WHERE at <= ? ORDER BY at, record""",
        [until],
    )
    sights: dict[str, list[Sight]] = {}
    for row in rows:
        sights.setdefault(key(row["url"]), []).append(Sight(*row))
    return sights


def _walks(database: Database, until: str) -> list[Walk]:
    walks = []
    rows = database.execute(
        "SELECT * FROM walks WHERE ended_at <= ? ORDER BY begun_at, record", [until]
    ).fetchall()
    for row in rows:
        lists = database.execute(
            """SELECT captures.record, captures.page, captures.truncated, pages.page_class, pages.evidence, pages.url
               FROM walk_lists LEFT JOIN captures ON captures.record = walk_lists.capture
               LEFT JOIN pages ON pages.id = captures.page WHERE walk = ? ORDER BY walk_lists.position""",
            [row["id"]],
        ).fetchall()
        walk = Walk(
            *(row["record"], row["portal"], row["column"], row["begun_at"], row["ended_at"], row["stop"]),
            registry=json.loads(row["portal_record"]),
            captures=[page["record"] for page in lists if page["record"]],
            message=row["message"],
        )
        for page in lists:
            _read_list(database, walk, page)
        walk.trouble = walk.trouble or _trouble(walk)
        walks.append(walk)
    return walks


def _read_list(database: Database, walk: Walk, page: sqlite3.Row) -> None:
    if page["page_class"] != "list":
        walk.trouble = (
            walk.trouble or f"{page['page_class'] or 'cut off'}: {page['evidence'] or 'no whole answer'}"
        )
    rows = database.execute(
        "SELECT url, title, published_on, verdict FROM listings WHERE page = ?", [page["page"]]
    )
    for row in rows:
        walk.entries.setdefault(key(row["url"]), Listed(key(row["url"]), *row))


def _trouble(walk: Walk) -> str:
    if walk.stop not in FINISHED_STOPS:
        return f"the walk stopped early ({walk.stop})" + (f": {walk.message}" if walk.message else "")
    return "" if walk.entries else "the list was empty"


def _readings(database: Database, generation: int) -> dict[str, list[Reading]]:
    witnesses: dict[int, list[tuple[str, str, str]]] = {}
    for reading, name, value, source in database.execute("SELECT reading, key, value, source FROM witnesses"):
        witnesses.setdefault(reading, []).append((name, value, source))
    doubtful = {row[0] for row in database.execute(_DOUBTFUL)}
    filled = {row[0] for row in database.execute("SELECT DISTINCT reading FROM reading_cells")}
    out: dict[str, list[Reading]] = {}
    rows = database.execute("SELECT * FROM readings WHERE generation = ? ORDER BY body, part", [generation])
    for row in rows:
        said = witnesses.get(row["id"], [])
        issuer = (
            row["issuer"] if any(k == "issuer" and s not in UPLOADER_SOURCES for k, _, s in said) else None
        )
        out.setdefault(row["body"], []).append(
            Reading(
                *(
                    row["id"],
                    row["part"],
                    row["outcome"],
                    row["format"],
                    row["engines"],
                    issuer,
                    row["year"],
                ),
                *(row["scope"] or "own", row["form"], row["title"], row["content"], row["prose"]),
                years=frozenset(int(v) for k, v, s in said if k == "year" and s in STRONG_YEAR_SOURCES),
                dates=frozenset(v for k, v, _ in said if k == "published_on"),
                signed=next((v for k, v, _ in said if k == "signed_on"), None),
                doubtful=row["id"] in doubtful,
                has_cells=row["id"] in filled,
            )
        )
    return out


def _attachments(database: Database, generation: int) -> dict[int, list[str]]:
    out: dict[int, list[str]] = {}
    rows = database.execute(
        """SELECT page, attachments.url FROM attachments JOIN pages ON pages.id = page WHERE generation = ?
           ORDER BY page, position""",
        [generation],
    )
    for page, url in rows:
        out.setdefault(page, []).append(key(url))
    return out


UPLOADER_SOURCES = frozenset({"meta", "page"})
"""Places that name who put a page up, which is often not whose report it is: alone they attribute nothing."""
STRONG_YEAR_SOURCES = frozenset({"title", "period"})
"""Places of a report whose year can contest another: its title and its period sentence, not a year in passing."""

_DOUBTFUL = """SELECT DISTINCT findings.reading FROM findings, json_each(findings."where") AS cell
    JOIN notes ON notes.reading = findings.reading AND notes.path = cell.value
    WHERE findings.code = 'identity_broken' AND notes.flag IN ('unclear', 'ocr', 'repaired')"""
"""A cell we are unsure of takes part in a broken identity."""
