"""A large archive without its WARC files: the rows of evidence and readings that crawls of many counties would leave,
so that what is derived from them, and asked of that, can be measured."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import count, product
from pathlib import Path
from unittest import mock

from archive import clock, numbers
from archive.database import Database, open_database
from archive.folder import Folder
from archive.history.current import refresh
from archive.readings import generation, tables
from archive.readings.tables import HEAD
from archive.schema import EVIDENCE, LOOK
from parsers import GENERATION
from parsers.parse import Reading, parse
from parsers.portals.urls import key
from tests.bench.reports import pages

NOW = "2026-02-10T00:00:00Z"
WALKS = ("2025-02-06T01:00:00.000000Z", "2026-02-06T01:00:00.000000Z")
ENDED = ("2025-02-06T03:00:00.000000Z", "2026-02-06T03:00:00.000000Z")
YEARS = range(2018, 2026)
TOWNS = [f"{a}{b}镇" for a, b in product("东西南北中上下大小新", "山河湖林田石桥关坪沟")]
"""The units of every county."""
ABSENT_ONE_IN = 40
"""Of so many units and years one has no report."""


@contextmanager
def now() -> Iterator[None]:
    """The clock stands a few days after the last walks."""
    with mock.patch.dict(os.environ, {clock.MOVED: NOW}):
        yield


def make(root: Path, counties: int, *, derived: bool = True) -> tuple[Folder, int]:
    """An archive of so many counties with a hundred units and eight years each, and the number of its reports."""
    folder = Folder(root).create()
    with now(), closing(open_database(folder)) as database:
        generation.is_current(database)
        writer = _Writer(database)
        with database:
            for number in range(counties):
                writer.county(number)
        if derived:
            refresh(database, folder)
        return folder, writer.reports


class _Writer:
    def __init__(self, database: Database) -> None:
        self.database, self.reports = database, 0
        self._readings = [tables.as_parts(_joined(parse(page)))[0] for page in pages()]
        self._ids = {name: count(1) for name in ("url", "body", "record", "page", "walk")}
        database.execute("INSERT INTO warcs (id, name, indexed) VALUES (1, 'made.warc.gz', 0)")

    def county(self, number: int) -> None:
        portal, host = f"county{number:05}", f"http://www.county{number:05}.example"
        record = {
            "id": portal,
            "name": f"第{number}县",
            "division": f"{90 + number // 9801}{1 + number // 99 % 99:02}{1 + number % 99:02}",
            "columns": [{"id": "towns", "url": f"{host}/nb/", "kinds": ["township"]}],
            "units": [{"name": name, "kind": "township"} for name in TOWNS],
        }
        listed = self._page(f"{host}/nb/", "list")
        entries, position = [], count()
        for town, year in product(range(len(TOWNS)), YEARS):
            if (number + 7 * town + 3 * year) % ABSENT_ONE_IN == 0:
                continue
            self.reports += 1
            url = f"{host}/nb/{year + 1}01/t{year + 1}0115_{number}{town:03}.html"
            title = f"{TOWNS[town]}{year}年政府信息公开工作年度报告"
            called, day = self._new("titles (text)", title), numbers.day(f"{year + 1}-01-15")
            page = self._page(url, "article", called, day)
            self._reading(page, title, TOWNS[town], year)
            entry = self._new("entries (url, title, day, verdict)", page[0], called, day, "report")
            entries.append((listed[2], next(position), entry))
        self.database.executemany("INSERT INTO page_entries VALUES (?, ?, ?)", entries)
        for begun, ended in zip(WALKS, ENDED, strict=True):
            walk = next(self._ids["walk"])
            self.database.execute(
                """INSERT INTO walks (id, record, portal, "column", url, begun_at, ended_at, stop, portal_record,
                   counts, message, crawl, warc, offset)
                   VALUES (?, ?, ?, 'towns', ?, ?, ?, 'end', ?, '{}', '', ?, 1, 0)""",
                [walk, _uuid(f"walk{walk}"), portal, f"{host}/nb/", begun, ended, json.dumps(record), "made"],
            )
            self.database.execute(
                "INSERT INTO walk_lists VALUES (?, 0, ?)", [walk, _uuid(f"{listed[0]} {begun}")]
            )

    def _page(
        self, url: str, page_class: str, title: int | None = None, day: int | str | None = None
    ) -> tuple[int, int, int]:
        """Number of the url, of the body and of the page; seen at every walk."""
        number, body, page = (next(self._ids[name]) for name in ("url", "body", "page"))
        execute = self.database.execute
        execute("INSERT INTO addresses VALUES (?, ?)", [number, key(url)])
        execute("INSERT INTO urls VALUES (?, ?, ?)", [number, url, number])
        execute("INSERT INTO bodies VALUES (?, ?)", [body, hashlib.sha256(url.encode()).hexdigest()])
        look = numbers.rows(
            self.database, "looks", LOOK, [seen := ("trs", "createPageHTML(", page_class, "")]
        )
        execute(
            "INSERT INTO pages_kept VALUES (?, ?, ?, ?, 200, ?, ?, ?)",
            [page, GENERATION, number, body, look[seen], title, day],
        )
        for walked in WALKS:
            execute(
                """INSERT INTO records (id, record, kind, url, status, at, payload, body, encoding, content_type,
                   crawl, warc, offset, page) VALUES (?, ?, ?, ?, 200, ?, ?, ?, '', 'text/html', 'made', 1, 0, ?)""",
                [
                    *(next(self._ids["record"]), _uuid(f"{number} {walked}")),
                    *("response" if walked == WALKS[0] else "revisit", number, walked, body, body, page),
                ],
            )
        return number, body, page

    def _new(self, table: str, *values: object) -> int:
        slots = ", ".join("?" * len(values))
        return self.database.execute(f"INSERT INTO {table} VALUES ({slots})", values).lastrowid or 0

    def _reading(self, page: tuple[int, int, int], title: str, issuer: str, year: int) -> None:
        like = self._readings[TOWNS.index(issuer) % len(self._readings)]
        new = {"issuer": issuer, "year": year, "title": title, "published_on": f"{year + 1}-01-15"}
        digests = {n: hashlib.sha256(f"{n}{page[0]}".encode()).digest() for n in ("content", "prose")}
        head = dict(zip(HEAD, like.head, strict=True)) | new | digests
        keys = [voice.partition(" ")[0] for voice in json.loads(like.voices or "[]")]
        said = [row for row in like.rows["said"] if keys[int(row[0])] not in new]
        part = like._replace(head=tuple(head.values()), rows={**like.rows, "said": said})
        tables.store(self.database, GENERATION, {page[1]: [part]})


def _joined(reading: Reading) -> Reading:
    """A reading that follows upon itself: what a year carries over is what the year before did."""
    (report,) = reading.reports
    report.requests["brought_forward"] = dict(report.requests["carried_forward"])
    for cells in report.proactive.values():
        cells.update(
            {name: 0 for name in ("issued", "repealed", "items_change") if cells.get(name) is not None}
        )
    return reading


def sizes(database: Database, reports: int) -> dict[str, float]:
    """Bytes of each table and index for each report."""
    rows = database.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC")
    return {name: size / reports for name, size in rows}


PROSE = ("sections", "stated")
"""Tables of text as it stood; the sentences that events quote are such text too."""


def beside(database: Database, reports: int) -> dict[str, float]:
    """Bytes of each table with its indexes for each report, beside those of captures and prose, and the schema."""
    tables = dict(map(tuple, database.execute("SELECT name, tbl_name FROM sqlite_master")))
    evidence = {words[2] for words in map(str.split, EVIDENCE) if words[1] == "TABLE"}
    out: dict[str, float] = {}
    for name, size in sizes(database, reports).items():
        table = tables.get(name, name)
        if table not in evidence.union(PROSE, {"sqlite_schema"}):
            out[table] = out.get(table, 0) + size
    quoted = database.execute("SELECT sum(length(CAST(cells AS BLOB))) FROM happenings").fetchone()[0]
    out["happenings"] -= quoted / reports
    return out


def _uuid(text: str) -> str:
    digest = hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
    return f"<urn:uuid:{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}>"
