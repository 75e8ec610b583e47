"""Records and payloads as they stand in the WARC files."""

from __future__ import annotations

import io
import os
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import brotli
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from archive.captures.scan import HEAD_END, MAGIC, RECORD_END, Members, TooLong, fits, is_compressed
from archive.captures.warc import OPEN
from archive.database import Database
from archive.folder import Folder
from parsers.errors import Fault, Status

KEPT = (
    WarcRecordType.warcinfo
    | WarcRecordType.response
    | WarcRecordType.revisit
    | WarcRecordType.metadata
    | WarcRecordType.resource
)


REQUEST, NEXT = b"WARC/1.1\r\nWARC-Type: request\r\n", b"\r\n\r\nWARC/"
"""How our records of requests begin, every second record, which are not parsed to be left out; and how another record
would go on in the same member."""
LONGEST = 1 << 28
"""Bytes of what is in one gzip member; more is not held in memory."""


class _Slice(io.RawIOBase):
    """The bytes of a file between two offsets; positions count from the first."""

    def __init__(self, file: BinaryIO, start: int, end: int) -> None:
        self._file, self._start, self._end = file, start, end
        file.seek(start)

    def read(self, size: int = -1) -> bytes:
        """Read, never beyond the end."""
        left = self._end - self._file.tell()
        return self._file.read(left if size < 0 else min(size, left))

    def tell(self) -> int:
        """Position from the start of the slice."""
        return self._file.tell() - self._start


def standing(path: Path) -> BinaryIO:
    """A WARC file opened for reading, by its final name where the crawl that was writing it has ended meanwhile."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        return path.with_name(path.name.removesuffix(OPEN)).open("rb")


def records(path: Path, start: int, end: int) -> Iterator[tuple[int, WarcRecord]]:
    """The records of a file between two offsets, each with its own offset, or that of the gzip member it stands in;
    `ValueError` where a member cannot be decompressed."""
    with standing(path) as file:
        begin = start
        if is_compressed(path):
            for begin, text in _inflated(file, start, end):
                if not text or (text.startswith(REQUEST) and NEXT not in text):
                    continue
                for record in _inside(text):
                    yield begin, record
        for record in _parsed(_Slice(file, begin, end)):
            yield begin + record.stream_pos, record


def _parsed(stream: Any) -> Iterator[WarcRecord]:
    return iter(ArchiveIterator(stream, record_types=KEPT, auto_decode="transfer"))


def _inside(text: bytes) -> Iterable[WarcRecord]:
    """The records of a gzip member. One that fills it is parsed at once: FastWARC takes most of the time to make ready
    for more of them."""
    try:
        record = WarcRecord.from_bytes(text)
        if text.find(HEAD_END) + len(HEAD_END) + record.content_length + len(RECORD_END) == len(text):
            record.parse_http("transfer")
            return (record,) if record.record_type & KEPT else ()
    except (OSError, ValueError):
        pass  # the iterator knows what to make of it
    return _parsed(io.BytesIO(text))


def _inflated(file: BinaryIO, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """Where each gzip member between two offsets begins, and what is in it; at the end the end, with nothing. Or, with
    nothing, where one begins that is too long, as whole files are that were packed at once: FastWARC reads it as it
    comes. It uses zlib, and ISA-L takes two thirds of the time."""
    members, used = Members(file, start), 0
    while (start := start + used) < end:
        try:
            text, used = members.following(LONGEST)
        except TooLong:
            break
        yield start, text
    yield start, b""


def alone(path: Path, found: Iterable[tuple[int, WarcRecord]]) -> Iterator[tuple[int, WarcRecord | None]]:
    """The records of a file that can be read at their offsets; `None` for one that shares a gzip member with others,
    as whole files that were packed at once have them."""
    compressed, last = is_compressed(path), -1
    with standing(path) as file:
        for offset, record in found:
            begins = not compressed or os.pread(file.fileno(), len(MAGIC), offset) == MAGIC
            yield offset, record if begins and offset != last else None
            last = offset


def sound(record: WarcRecord, payload: bytes) -> bytes:
    """A payload, if it has the digest that its record says, else `ValueError`; what came in chunks has another with
    some tools."""
    name = _DIGESTS.get(record.headers["WARC-Type"].lower())
    label = record.headers.get(name) if name else None
    chunked = record.http_headers and record.http_headers.get("Transfer-Encoding")
    if label and not chunked and fits(label, payload) is False:
        raise ValueError("its payload does not have its digest")
    return payload


_DIGESTS = {"response": "WARC-Payload-Digest", "resource": "WARC-Block-Digest"}


def read_payload(path: Path, offset: int) -> tuple[bytes, str]:
    """The payload of the record at an offset, de-chunked, and its Content-Encoding."""
    try:
        for _, record in records(path, offset, sys.maxsize):
            return sound(record, record.reader.read()), encoding_of(record)
    except (OSError, ValueError) as error:
        message = f"{path} is damaged at {offset} ({error})"
        advice = "take it from a backup, or `gongkai rebuild` goes on without that record"
        raise Fault(f"{message}: {advice}", Status.ATTENTION) from error
    raise Fault(f"{path} has no record at {offset}: run `gongkai rebuild`", Status.ATTENTION)


def read_body(database: Database, folder: Folder, digest: str) -> bytes:
    """The content-decoded body with the given digest."""
    row = database.execute("SELECT id FROM bodies WHERE digest = ?", [digest]).fetchone()
    return body_at(*place(database, folder, row[0] if row else 0))


def place(database: Database, folder: Folder, body: int) -> tuple[Path, int]:
    """The WARC file and the offset in it at which a body stands, given its number."""
    row = database.execute(
        """SELECT warcs.name, records.offset FROM records JOIN warcs ON warcs.id = records.warc
           WHERE records.body = ? AND records.kind IN ('response', 'resource') LIMIT 1""",
        [body],
    ).fetchone()
    if row is None:
        raise Fault(f"no record holds the body {body}: run `gongkai rebuild`", Status.ATTENTION)
    path = folder.warc / row[0]
    return (path if path.exists() else path.with_name(path.name + OPEN)), row[1]


def body_at(path: Path, offset: int) -> bytes:
    """The content-decoded body of the record at an offset."""
    payload, encoding = read_payload(path, offset)
    body = decode(payload, encoding)
    if body is None:
        message = f"{path} at {offset} is not {encoding} as it says: run `gongkai rebuild`"
        raise Fault(message, Status.ATTENTION)
    return body


def encoding_of(record: WarcRecord) -> str:
    """The Content-Encoding of an HTTP record, empty where it has none."""
    return (record.http_headers.get("Content-Encoding") or "") if record.http_headers else ""


def decode(payload: bytes, encoding: str) -> bytes | None:
    """The content-decoded body, `None` where the payload is not what its Content-Encoding says."""
    for name in reversed([part.strip().lower() for part in encoding.split(",") if part.strip()]):
        decoder = _DECODERS.get(name)
        if decoder is None:
            return None
        try:
            payload = decoder(payload)
        except (zlib.error, brotli.error, EOFError):
            return None
    return payload


def _inflate(data: bytes) -> bytes:
    try:
        return zlib.decompress(data)
    except zlib.error:
        return zlib.decompress(data, -zlib.MAX_WBITS)  # servers that send raw deflate


_DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "identity": lambda data: data,
    "gzip": lambda data: zlib.decompress(data, 16 + zlib.MAX_WBITS),
    "x-gzip": lambda data: zlib.decompress(data, 16 + zlib.MAX_WBITS),
    "deflate": _inflate,
    "br": brotli.decompress,
}
