"""The crawling process's hand on the archive: it writes WARC records and nothing else."""

from __future__ import annotations

import subprocess
import sys
import uuid
from collections import OrderedDict
from contextlib import ExitStack
from datetime import datetime
from http import HTTPStatus
from importlib.metadata import version
from pathlib import Path
from time import monotonic

from archive import clock
from archive.captures import warc
from archive.captures.earlier import Earlier, Refers, Stored
from archive.captures.records import Drawn, Exchange, Failure, Given, Walk
from archive.database import open_database
from archive.folder import Folder, writing
from archive.inputs import check_inputs
from parsers.errors import Fault, Status

SYNC_SECONDS = 1.0
"""Between two syncs, by the machine's own clock; what is not synced is not named in the database. The disk's free
space is looked at as often."""
FILE_BYTES = 1 << 30
"""A WARC file is closed and the next begun at one gigabyte, the size the WARC guidelines advise."""
REMEMBERED = 10_000
"""Payloads of this crawl that are known without the database, which the worker fills some seconds later."""


class Recorder:
    """Writes the records of one crawl, one ingest or one inspection. Use as a context manager."""

    def __init__(self, folder: Folder, *, wait_seconds: float = 0, worker: bool = True) -> None:
        self.crawl_id = uuid.uuid4().hex
        self._folder = folder
        self._stack = ExitStack()
        self.mended = self._stack.enter_context(writing(folder, wait_seconds))
        self._settings = check_inputs(folder.inputs)
        self._failed, self._full, self._looked = "", "", 0.0
        if self.full:
            raise Fault(f"nothing was recorded: {self.full}", Status.ATTENTION)
        database = open_database(folder)
        self._stack.callback(database.close)
        self.earlier = Earlier(database, folder)
        self._payloads: OrderedDict[tuple[str, bytes], Refers] = OrderedDict()
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
        if not self._failed and monotonic() - self._looked >= SYNC_SECONDS:
            limit, self._looked = self._settings.keep_free_mb, monotonic()
            enough = self._folder.free_bytes() >= limit * 1_000_000
            said = f"the disk has less than {limit} MB left (keep_free_mb in inputs/gongkai.toml)"
            self._full = "" if enough else said
        return self._failed or self._full

    def now(self) -> datetime:
        """The archive's clock."""
        return clock.now()

    def exchange(self, exchange: Exchange, stored: Stored | None = None) -> str:
        """Record a request with its response and return the id of the response's record. `stored` is the capture whose
        validators were sent: a 304 says that it still stands."""
        response_id = warc.new_id()
        digest = warc.sha256(exchange.payload)
        if exchange.status == HTTPStatus.NOT_MODIFIED and stored:
            earlier: Refers | None = (stored.record, exchange.url, stored.at)
            digest = stored.payload
        else:
            earlier = self._first(exchange, digest, response_id)
        if earlier:
            answer = warc.revisit(response_id, exchange, digest, earlier)
        else:
            answer = warc.response(response_id, exchange, digest)
        self._write(answer, warc.request(warc.new_id(), exchange, response_id))
        return response_id

    def drawn(self, page: Drawn) -> str:
        """Record a page as a browser drew it."""
        record_id = warc.new_id()
        self._write(warc.drawn(record_id, page))
        return record_id

    def failure(self, failure: Failure) -> str:
        """Record a fetch without an answer."""
        record_id = warc.new_id()
        self._write(warc.failure(record_id, failure))
        return record_id

    def walk(self, walk: Walk) -> str:
        """Record the end of a column walk, and bring it to the disk at once."""
        record_id = warc.new_id()
        self._write(warc.walk_end(record_id, walk, self._settings.vantage))
        self.sync()
        return record_id

    def given(self, given: Given) -> str:
        """Record a file given by hand."""
        record_id = warc.new_id()
        self._write(warc.resource(record_id, given, self.now()))
        return record_id

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
                self._failed = self._failed or "nothing more is recorded: the archive was released"
                if self._file is not None:
                    self._file.close()
                    self._file = None
            finally:
                if self._worker:
                    self._worker.finish()
                    self._worker = None

    def _first(self, exchange: Exchange, digest: str, response_id: str) -> Refers | None:
        """The record in which the archive has the payload already; else this one is remembered as such."""
        if exchange.truncated or not exchange.payload:
            return None
        encoding = _header(exchange, b"content-encoding")
        known = self._payloads.get((digest, encoding)) or self.earlier.payload(
            digest, encoding.decode("latin-1")
        )
        if known is None:
            self._payloads[digest, encoding] = response_id, exchange.url, clock.stamp(exchange.fetched_at)
            if len(self._payloads) > REMEMBERED:
                self._payloads.popitem(last=False)
        return known

    def _write(self, *records: bytes) -> None:
        if self._failed:
            raise Fault(self._failed, Status.ATTENTION)
        try:
            self._current().append(*records)
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
