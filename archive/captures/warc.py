"""WARC 1.1 records and files (ISO 28500:2017): one gzip member per record, payload digests in SHA-256."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import uuid
from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any

from isal import igzip, isal_zlib

from archive.captures.records import DRAWN_TYPE, Drawn, Exchange, Failure, Given, Headers, Walk
from archive.clock import stamp
from parsers.errors import Fault, Status

OPEN = ".open"
OWN = "gongkai-"
"""How the names of our own files begin; the time follows, so that the order of names is that of time."""
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"
DROPPED_HEADERS = {b"transfer-encoding", b"content-length"}
"""Response headers that no longer hold once the body is stored de-chunked; Content-Length is written anew."""

_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_PAIRS = [first + second for first in _LETTERS for second in _LETTERS]
"""Ten bits in base32: the library's function takes twice the time, and three digests are written for every page."""

Fields = Iterable[tuple[str, str | None]]


def new_id() -> str:
    """A fresh WARC-Record-ID."""
    return f"<urn:uuid:{uuid.uuid4()}>"


def sha256(data: bytes) -> str:
    """SHA-256 in hexadecimal, as the database keeps it."""
    return hashlib.sha256(data).hexdigest()


def labelled(digest: str) -> str:
    """A hexadecimal SHA-256 as WARC writes it (base32, read by warcio and FastWARC alike)."""
    bits = int(digest, 16) << 4  # 260 of them: 26 pairs of letters
    return f"sha256:{''.join([_PAIRS[bits >> shift & 1023] for shift in range(250, -1, -10)])}===="


def unlabelled(label: str) -> str:
    """The hexadecimal SHA-256 of a WARC digest label."""
    return base64.b32decode(label.removeprefix("sha256:")).hex()


def record(kind: str, record_id: str, at: datetime, fields: Fields, block: bytes) -> bytes:
    """A whole record, uncompressed."""
    named = "".join([f"{name}: {_one_line(value)}\r\n" for name, value in fields if value is not None])
    head = (
        f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Record-ID: {record_id}\r\nWARC-Date: {stamp(at)}\r\n{named}"
    )
    return b"".join((head.encode(), b"Content-Length: %d\r\n\r\n" % len(block), block, b"\r\n\r\n"))


def warcinfo(record_id: str, at: datetime, filename: str, facts: dict[str, str]) -> bytes:
    """The first record of a file: who wrote it, when, from where, how."""
    block = "".join(f"{name}: {_one_line(value)}\r\n" for name, value in facts.items()).encode()
    fields = [
        ("WARC-Filename", filename),
        ("WARC-Block-Digest", labelled(sha256(block))),
        ("Content-Type", "application/warc-fields"),
    ]
    return record("warcinfo", record_id, at, fields, block)


def request(record_id: str, exchange: Exchange, response_id: str) -> bytes:
    """The `request` record of an exchange: method, headers, body."""
    target = exchange.url.split("/", 3)[-1] if exchange.url.count("/") > 2 else ""
    block = _http(f"{exchange.method} /{target} HTTP/1.1", exchange.request_headers) + exchange.request_body
    fields = [
        ("WARC-Target-URI", exchange.url),
        ("WARC-Concurrent-To", response_id),
        ("WARC-Block-Digest", labelled(sha256(block))),
        ("Content-Type", "application/http;msgtype=request"),
    ]
    return record("request", record_id, exchange.fetched_at, fields, block)


def response(record_id: str, exchange: Exchange, payload_digest: str) -> bytes:
    """The `response` record: status line, headers as far as known, payload as received."""
    block = _head(exchange) + exchange.payload
    fields = [
        ("WARC-Target-URI", exchange.url),
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Payload-Digest", labelled(payload_digest)),
        ("WARC-Block-Digest", labelled(sha256(block))),
        ("WARC-Truncated", exchange.truncated),
        ("Content-Type", "application/http;msgtype=response"),
    ]
    return record("response", record_id, exchange.fetched_at, fields, block)


def revisit(record_id: str, exchange: Exchange, payload_digest: str, refers: tuple[str, str, str]) -> bytes:
    """The `revisit` record of a payload that stands in the archive, because the server sent it again or said with a
    304 that it has not changed; `refers` is its record id, URL and date."""
    earlier, url, date = refers
    block = _head(exchange)
    fields = [
        ("WARC-Target-URI", exchange.url),
        ("WARC-IP-Address", exchange.ip),
        ("WARC-Payload-Digest", labelled(payload_digest)),
        ("WARC-Block-Digest", labelled(sha256(block))),
        ("WARC-Profile", NOT_MODIFIED if exchange.status == HTTPStatus.NOT_MODIFIED else IDENTICAL),
        ("WARC-Refers-To", earlier),
        ("WARC-Refers-To-Target-URI", url),
        ("WARC-Refers-To-Date", date),
        ("Content-Type", "application/http;msgtype=response"),
    ]
    return record("revisit", record_id, exchange.fetched_at, fields, block)


def failure(record_id: str, failed: Failure) -> bytes:
    """The `metadata` record of a fetch without an answer."""
    facts = {"kind": failed.kind, "method": failed.method, "message": failed.message}
    return _metadata("failure", record_id, failed.at, failed.url, facts)


def walk_end(record_id: str, walk: Walk, vantage: str) -> bytes:
    """The `metadata` record that ends a column walk."""
    facts = {
        "portal": walk.portal,
        "column": walk.column,
        "record": walk.record,
        "vantage": vantage,
        "begun_at": stamp(walk.begun_at),
        "ended_at": stamp(walk.ended_at),
        "stop": walk.stop,
        "lists": walk.lists,
        "counts": walk.counts,
        "message": walk.message,
    }
    return _metadata("walk", record_id, walk.ended_at, walk.url, facts)


def resource(record_id: str, given: Given, at: datetime) -> bytes:
    """The `resource` record of a file given by hand; the WARC date is the day it was taken into the archive."""
    digest = sha256(given.payload)
    fields = [
        ("WARC-Target-URI", given.url or f"urn:gongkai:given:{digest}"),
        ("WARC-Block-Digest", labelled(digest)),
        ("X-Gongkai-Name", given.name),
        ("X-Gongkai-Seen-At", stamp(given.seen_at) if given.seen_at else None),
        ("X-Gongkai-By", given.by),
        ("Content-Type", "application/octet-stream"),
    ]
    return record("resource", record_id, at, fields, given.payload)


def drawn(record_id: str, page: Drawn) -> bytes:
    """The `resource` record of a page as a browser drew it: the practice of browser-based crawlers, for a `response`
    record must hold what went over the wire."""
    digest = labelled(sha256(page.payload))
    fields = [
        ("WARC-Target-URI", page.url),
        ("WARC-IP-Address", page.ip),
        ("WARC-Payload-Digest", digest),
        ("WARC-Block-Digest", digest),
        ("WARC-Truncated", page.truncated),
        ("X-Gongkai-Drawn-By", page.browser),
        ("X-Gongkai-Status", str(page.status)),
        ("Content-Type", DRAWN_TYPE),
    ]
    return record("resource", record_id, page.at, fields, page.payload)


class WarcFile:
    """A WARC file being written: `NAME.warc.gz.open` until closed. A failed write leaves only whole members."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.open_path = path.with_name(path.name + OPEN)
        self.size = 0
        try:
            self._fd = os.open(self.open_path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644)
        except OSError as error:
            raise Fault(f"{self.open_path} cannot be written: {error.strerror}") from error

    def append(self, *records: bytes) -> int:
        """Write records, each as one gzip member, and return the offset of the first."""
        offset = self.size
        members = b"".join([igzip.compress(record, 2) for record in records])
        rest = memoryview(members)
        try:
            while rest:
                rest = rest[os.write(self._fd, rest) :]
        except OSError as error:
            os.ftruncate(self._fd, offset)
            message = f"{self.open_path} cannot be written: {error.strerror}"
            raise Fault(message, Status.ATTENTION) from error
        self.size += len(members)
        return offset

    def sync(self) -> int:
        """Bring everything written to the disk and return the size that is safe."""
        os.fsync(self._fd)
        return self.size

    def close(self) -> None:
        """Sync, close and give the file its final name; a file without a record goes."""
        self.sync()
        os.close(self._fd)
        if self.size:
            self.open_path.rename(self.path)
        else:
            self.open_path.unlink()


def recover(open_path: Path) -> int:
    """Cut what a dead process left after its last whole member, give the file its final name, and return how many
    bytes were cut. A file without a whole member is removed."""
    whole = whole_members(open_path)
    cut = open_path.stat().st_size - whole
    if whole == 0:
        open_path.unlink()
        return cut
    with open_path.open("r+b") as file:
        file.truncate(whole)
        os.fsync(file.fileno())
    open_path.rename(open_path.with_name(open_path.name.removesuffix(OPEN)))
    return cut


def whole_members(path: Path, start: int = 0) -> int:
    """Offset up to which a gzip file consists of whole members, looked at from the member at `start`."""
    whole = start
    with path.open("rb") as file:
        file.seek(start)
        member, consumed = isal_zlib.decompressobj(wbits=31), start
        while chunk := file.read(1 << 20):
            while chunk:
                try:
                    member.decompress(chunk)
                except isal_zlib.IsalError:  # type: ignore[misc]  # untyped in isal
                    return whole
                rest = member.unused_data if member.eof else b""
                consumed += len(chunk) - len(rest)
                chunk = rest
                if member.eof:
                    whole, member = consumed, isal_zlib.decompressobj(wbits=31)
    return whole


def _metadata(kind: str, record_id: str, at: datetime, url: str, facts: dict[str, Any]) -> bytes:
    block = json.dumps(facts, ensure_ascii=False, sort_keys=True).encode()
    fields = [
        ("WARC-Target-URI", url),
        ("X-Gongkai-Kind", kind),
        ("WARC-Block-Digest", labelled(sha256(block))),
        ("Content-Type", "application/json"),
    ]
    return record("metadata", record_id, at, fields, block)


def _head(exchange: Exchange) -> bytes:
    kept = [(name, value) for name, value in exchange.headers if name.lower() not in DROPPED_HEADERS]
    kept.append((b"Content-Length", str(len(exchange.payload)).encode()))
    try:
        reason = HTTPStatus(exchange.status).phrase
    except ValueError:
        reason = "Unknown"
    return _http(f"{exchange.protocol} {exchange.status} {reason}", kept)


def _http(first: str, headers: Headers) -> bytes:
    lines = [first.encode(), *(name + b": " + b" ".join(value.split()) for name, value in headers)]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def _one_line(text: str) -> str:
    return " ".join(text.split())
