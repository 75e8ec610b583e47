"""The crawling process's hand on the archive: it writes WARC records and nothing else."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from sqlite3 import Row
from time import monotonic

from archive import clock
from archive.captures import visits, warc
from archive.captures.payloads import read_body
from archive.captures.records import Drawn, Exchange, Failure, Given, Walk
from archive.captures.visits import Watched
from archive.database import Database, open_database
from archive.folder import Folder, writing
from archive.inputs import check_inputs
from archive.readings import generation
from parsers.errors import Fault, Status
from parsers.portals.model import Page

SYNC_SECONDS = 1.0
"""Between two syncs, by the machine's own clock; what is not synced is not named in the database."""
FILE_BYTES = 1 << 30
"""A WARC file is closed and the next begun at one gigabyte, the size the WARC guidelines advise."""
UNCONDITIONAL_DAYS = 90
"""Validators lie now and then: every known address is fetched whole at least this often."""
SEASON = range(1, 5)
"""January to April, when reports appear and are mended."""
RESUME_HOURS = 24
"""An unfinished crawl is gone on with within a day; later its captures are history, not part of the new walk."""

Refers = tuple[str, str, str]


class Recorder:
    """Writes the records of one crawl, one ingest or one inspection. Use as a context manager."""

    def __init__(self, folder: Folder, *, wait_seconds: float = 0, worker: bool = True) -> None:
        self.crawl_id = uuid.uuid4().hex
        self._folder = folder
        self._stack = ExitStack()
        self.mended = self._stack.enter_context(writing(folder, wait_seconds))
        self._settings = check_inputs(folder.inputs)
        self._failed = ""
        if self.full:
            raise Fault(f"nothing was recorded: {self.full}", Status.ATTENTION)
        self._database: Database = open_database(folder)
        self._stack.callback(self._database.close)
        self._payloads: dict[tuple[str, bytes], Refers] = {}
        self._file: warc.WarcFile | None = None
        self._serial = 0
        self._synced = monotonic()
        self._worker = _Worker(folder) if worker else None

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *exc: object) -> None:
        self.finish()

    @property
    def user_agent(self) -> str:
        """Who we say we are: the version, and the contact the user set in inputs/gongkai.toml."""
        contact = f" (+{self._settings.contact})" if self._settings.contact else ""
        return f"gongkai/{version('gongkai')}{contact}"

    @property
    def quiet_hours(self) -> str:
        """When nothing is asked, as inputs/gongkai.toml says it; empty for never."""
        return self._settings.quiet_hours

    @property
    def budget(self) -> int | None:
        """Requests of one crawl to one portal, where inputs/gongkai.toml sets it."""
        return self._settings.budget

    @property
    def full(self) -> str:
        """Why nothing more is recorded, for want of space or because writing has failed; else empty."""
        limit = self._settings.keep_free_mb
        if self._failed or self._folder.free_bytes() >= limit * 1_000_000:
            return self._failed
        return f"the disk has less than {limit} MB left (keep_free_mb in inputs/gongkai.toml)"

    def now(self) -> datetime:
        """The archive's clock."""
        return clock.now()

    def exchange(self, exchange: Exchange) -> str:
        """Record a request with its response and return the id of the response's record."""
        digest = warc.sha256(exchange.payload)
        response_id = warc.new_id()
        encoding = _header(exchange, b"content-encoding")
        earlier = self._earlier(digest, encoding) if exchange.payload and not exchange.truncated else None
        if exchange.status == HTTPStatus.NOT_MODIFIED and (stored := self._stored(exchange.url)):
            digest, earlier = stored["payload"], (stored["original"], exchange.url, stored["at"])
        if earlier:
            self._write(lambda: warc.revisit(response_id, exchange, digest, earlier))
        else:
            self._write(lambda: warc.response(response_id, exchange, digest))
            if not exchange.truncated:
                self._payloads[digest, encoding] = (
                    response_id,
                    exchange.url,
                    clock.stamp(exchange.fetched_at),
                )
        self._write(lambda: warc.request(warc.new_id(), exchange, response_id))
        return response_id

    def drawn(self, page: Drawn) -> str:
        """Record a page as a browser drew it."""
        record_id = warc.new_id()
        self._write(lambda: warc.drawn(record_id, page, warc.sha256(page.payload)))
        return record_id

    def failure(self, failure: Failure) -> str:
        """Record a fetch without an answer."""
        record_id = warc.new_id()
        self._write(lambda: warc.failure(record_id, failure))
        return record_id

    def walk(self, walk: Walk) -> str:
        """Record the end of a column walk, and bring it to the disk at once."""
        record_id = warc.new_id()
        self._write(lambda: warc.walk_end(record_id, walk, self._settings.vantage))
        self.sync()
        return record_id

    def given(self, given: Given) -> str:
        """Record a file given by hand."""
        record_id = warc.new_id()
        digest = warc.sha256(given.payload)
        self._write(lambda: warc.resource(record_id, given, digest, self.now()))
        return record_id

    def validators(self, url: str) -> dict[str, str]:
        """Headers of a conditional GET: those of the last whole capture of the address. None where an unconditional
        look is due: after 90 days, and once in every season of reports."""
        stored = self._stored(url)
        if stored is None:
            return {}
        today, last = clock.day(self.now()), clock.day(stored["at"])
        if (today - last).days >= UNCONDITIONAL_DAYS or (today.month in SEASON and last.year < today.year):
            return {}
        sent = {"If-None-Match": stored["etag"], "If-Modified-Since": stored["modified"]}
        return {name: value for name, value in sent.items() if value}

    def stored(self, url: str) -> tuple[bytes, str] | None:
        """Content-decoded body and Content-Type of the last whole capture of an address."""
        last = self._stored(url)
        return (
            (read_body(self._database, self._folder, last["body"]), last["content_type"] or "")
            if last
            else None
        )

    def answers(self, url: str, since: datetime) -> Iterator[Page]:
        """What an address answered since an instant, whole, the last answer first."""
        rows = self._database.execute(
            """SELECT status, body, content_type FROM captures WHERE url = ? AND at >= ? AND body IS NOT NULL
               AND truncated IS NULL AND kind IN ('response', 'revisit') ORDER BY at DESC""",
            [url, clock.stamp(since)],
        ).fetchall()
        for status, body, content_type in rows:
            yield Page(url, read_body(self._database, self._folder, body), status, content_type or "")

    def watched(self, portal: str) -> list[Watched]:
        """Every report that walks of a portal listed, and every file of theirs, with the last looks at each."""
        return visits.watched(self._database, portal, generation.shown(self._database), self.now())

    def unfinished(self, portal: str, column: str) -> set[str]:
        """Addresses that a crawl of the last day, which did not finish walking the column, has captured whole and seen
        clearly, their files included."""
        since = clock.stamp(self.now() - timedelta(hours=RESUME_HOURS))
        rows = self._database.execute(
            """SELECT DISTINCT captures.url FROM captures JOIN pages ON pages.id = captures.page
               WHERE at >= ? AND pages.page_class IN ('article', 'file') AND truncated IS NULL AND kind != 'resource'
               AND crawl NOT IN (SELECT crawl FROM walks WHERE portal = ? AND "column" = ? AND crawl IS NOT NULL)
               AND at > coalesce((SELECT max(ended_at) FROM walks WHERE portal = ? AND "column" = ?), '')
               AND NOT EXISTS (SELECT 1 FROM attachments WHERE attachments.page = captures.page
                   AND NOT EXISTS (SELECT 1 FROM captures AS files
                                   WHERE files.url = attachments.url AND files.at >= captures.at))""",
            [since, portal, column, portal, column],
        )
        return {row[0] for row in rows}

    def known(self, portal: str, column: str) -> set[str]:
        """Addresses that earlier walks of the column listed as reports: they are looked at again even when the list
        has dropped them, for only their own answer can say that they are gone."""
        rows = self._database.execute(
            """SELECT DISTINCT listings.url FROM walks JOIN walk_lists ON walk_lists.walk = walks.id
               JOIN captures ON captures.record = walk_lists.capture
               JOIN listings ON listings.page = captures.page
               WHERE walks.portal = ? AND walks."column" = ? AND listings.verdict = 'report'""",
            [portal, column],
        )
        return {row[0] for row in rows}

    def sync(self) -> None:
        """Bring everything to the disk, then let the worker read it."""
        if self._file is None:
            return
        size = self._file.sync()
        self._synced = monotonic()
        if self._worker:
            self._worker.tell(self._file.open_path, size)

    def finish(self) -> None:
        """Close the file, let the worker end, release the archive."""
        with self._stack:
            try:
                if self._file is not None:
                    self._file.close()
                    self._file = None
            finally:
                if self._worker:
                    self._worker.finish()
                    self._worker = None

    def _earlier(self, digest: str, encoding: bytes) -> Refers | None:
        if known := self._payloads.get((digest, encoding)):
            return known
        row = self._database.execute(
            """SELECT record, url, at FROM captures WHERE payload = ? AND kind = 'response'
               AND truncated IS NULL AND encoding = ? LIMIT 1""",
            [digest, encoding.decode("latin-1")],
        ).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def _stored(self, url: str) -> Row | None:
        row: Row | None = self._database.execute(
            """SELECT coalesce(refers, record) AS original, at, payload, body, content_type, etag, modified
               FROM captures
               WHERE url = ? AND status = 200 AND kind IN ('response', 'revisit') AND truncated IS NULL
               AND body IS NOT NULL ORDER BY at DESC LIMIT 1""",
            [url],
        ).fetchone()
        return row

    def _write(self, make: Callable[[], bytes]) -> None:
        if self._failed:
            raise Fault(self._failed, Status.ATTENTION)
        try:
            self._current().append(make())
        except Fault as fault:
            self._failed = fault.sentence
            raise
        if monotonic() - self._synced >= SYNC_SECONDS:
            self.sync()

    def _current(self) -> warc.WarcFile:
        if self._file is not None and self._file.size >= FILE_BYTES:
            self._file.close()
            self._file = None
        if self._file is None:
            self._serial += 1
            day = self.now().strftime("%Y%m%d%H%M%S")
            name = f"{warc.OWN}{day}-{self.crawl_id[:12]}-{self._serial:05}.warc.gz"
            self._file = warc.WarcFile(self._folder.warc / name)
            self._file.append(warc.warcinfo(warc.new_id(), self.now(), name, self._facts()))
        return self._file

    def _facts(self) -> dict[str, str]:
        facts = {
            "software": f"gongkai/{version('gongkai')}",
            "format": "WARC File Format 1.1",
            "conformsTo": "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/",
            "robots": "obey",
            "http-header-user-agent": self.user_agent,
            "http-headers": "reconstructed",
            "crawl": self.crawl_id,
            "vantage": self._settings.vantage,
        }
        return {**facts, "clock": "moved"} if clock.moved() else facts


class _Worker:
    """The process that reads what is synced and writes the database. If it dies the crawl goes on."""

    def __init__(self, folder: Folder) -> None:
        command = [sys.executable, "-m", "archive.upkeep.worker", str(folder.root)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, text=True)  # noqa: S603 - our own module

    def tell(self, path: Path, size: int) -> None:
        """Say up to where a file may be read."""
        if self._process.poll() is not None or self._process.stdin is None:
            return
        try:
            self._process.stdin.write(f"{size} {path}\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            self._process.wait()

    def finish(self) -> None:
        """Let it read the rest and end."""
        self._process.communicate()


def open_recorder(archive: Path, *, wait: float = 0) -> Recorder:
    """The recorder of an archive; `wait` is in seconds."""
    return Recorder(Folder(archive), wait_seconds=wait)


def _header(exchange: Exchange, name: bytes) -> bytes:
    return next((value for key, value in exchange.headers if key.lower() == name), b"")
