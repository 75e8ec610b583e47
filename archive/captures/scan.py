"""Every record of a WARC file as it stands, and every stretch of it that is none: a damaged record ends nothing."""

from __future__ import annotations

import base64
import binascii
import hashlib
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from isal import isal_zlib

CHUNK = 1 << 16
STEP = 1 << 15
MAGIC = b"\x1f\x8b\x08"
HEAD_END = b"\r\n\r\n"
RECORD_END = b"\r\n\r\n"
FIRST = b"WARC/"


class TooLong(Exception):  # noqa: N818 - it says what the member is
    """A gzip member holds more than is to be held in memory."""


@dataclass(slots=True)
class Piece:
    """A stretch of a WARC file: a record with its `fields` (by lower-case name) and its `block`, or what is no record,
    of which `fault` says why. `offset` and `end` are those of the gzip member where the file is compressed."""

    offset: int
    end: int
    fields: dict[str, str] = field(default_factory=dict)
    block: bytes = b""
    fault: str = ""

    @property
    def kind(self) -> str:
        """The WARC type, in lower case."""
        return self.fields.get("warc-type", "").lower()


def pieces(path: Path, end: int) -> Iterator[Piece]:
    """The records of a file up to an offset, those that cannot be read included; `OSError` where the disk fails."""
    with path.open("rb") as file:
        yield from _compressed(file, end) if is_compressed(path) else _plain(file, end)


def next_record(path: Path, start: int, end: int) -> int:
    """Where the first record begins that begins at an offset or after it, else the end."""
    with path.open("rb") as file:
        find = _next_member if is_compressed(path) else _next_plain
        return find(file, start, end)


def is_compressed(path: Path) -> bool:
    """Whether the records of a WARC file are packed, by its name."""
    return path.name.removesuffix(".open").endswith(".gz")


def _compressed(file: BinaryIO, end: int) -> Iterator[Piece]:
    offset, members = 0, Members(file, 0)
    while offset < end:
        try:
            text, used = members.following()
        except ValueError as error:
            found = _next_member(file, offset + 1, end)
            yield Piece(offset, found, fault=str(error))
            offset, members = found, Members(file, found)
            continue
        yield from _records(text, offset, offset + used)
        offset += used


class Members:
    """The gzip members of a file from an offset on. They are inflated out of one buffer in steps about as long as a
    member: what an inflater is given beyond its end, it copies. At first no more than a step is read, for as often as
    not one member is asked for."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        file.seek(start)
        self._buffer = memoryview(bytearray(CHUNK))
        self._at, self._held, self._reach = 0, 0, STEP

    def following(self, longest: int = sys.maxsize) -> tuple[bytes, int]:
        """What is in the next member, and its length. `ValueError` where none begins, or it is cut off; `TooLong`
        where it holds more bytes than that."""
        inflater, texts, size = isal_zlib.decompressobj(wbits=31), [], 0
        while chunk := self._step():
            try:
                texts.append(inflater.decompress(chunk))
            except isal_zlib.IsalError as error:  # type: ignore[misc]  # untyped in isal
                raise ValueError(f"it cannot be decompressed ({str(error).strip().lower()})") from error
            longest -= len(texts[-1])
            if longest < 0:
                raise TooLong
            size += len(chunk)
            if inflater.eof:
                rest = len(inflater.unused_data)
                self._at -= rest
                return texts[0] if len(texts) == 1 else b"".join(texts), size - rest
        raise ValueError("it is cut off")

    def _step(self) -> memoryview:
        if self._at == self._held:
            window, self._reach = self._buffer[: self._reach], CHUNK
            self._at, self._held = 0, self._file.readinto(window)  # type: ignore[attr-defined]
        begin = self._at
        self._at = min(begin + STEP, self._held)
        return self._buffer[begin : self._at]


def _next_member(file: BinaryIO, start: int, end: int) -> int:
    """Where the next gzip member begins that holds a record, else the end."""
    file.seek(start)
    at, window = start, b""
    while chunk := file.read(CHUNK):
        window += chunk
        found = window.find(MAGIC)
        while found >= 0 and at + found < end:
            if _begins(window[found:] if len(window) - found > CHUNK else window[found:] + _peek(file)):
                return at + found
            found = window.find(MAGIC, found + 1)
        keep = len(MAGIC) - 1
        at, window = at + max(0, len(window) - keep), window[-keep:]
    return end


def _peek(file: BinaryIO) -> bytes:
    here = file.tell()
    data = file.read(CHUNK)
    file.seek(here)
    return data


def _begins(data: bytes) -> bool:
    try:
        return bytes(isal_zlib.decompressobj(wbits=31).decompress(data, len(FIRST))).startswith(FIRST)
    except isal_zlib.IsalError:  # type: ignore[misc]  # untyped in isal
        return False


def _records(text: bytes, offset: int, end: int) -> Iterator[Piece]:
    """The records of one gzip member: one, in files that are made as the standard advises."""
    start = 0
    while start < len(text):
        head_end = text.find(HEAD_END, start)
        if not text.startswith(FIRST, start) or head_end < 0:
            yield Piece(offset, end, fault="it is no WARC record")
            return
        head = fields(text[start:head_end])
        begin = head_end + len(HEAD_END)
        length = _length(head)
        if length is None or begin + length > len(text):
            yield Piece(offset, end, head, fault="its block is shorter than its Content-Length")
            return
        yield Piece(offset, end, head, text[begin : begin + length])
        start = begin + length + len(RECORD_END)


def _plain(file: BinaryIO, end: int) -> Iterator[Piece]:
    offset = 0
    while offset < end:
        file.seek(offset)
        piece = _plain_record(file, offset)
        if piece.fault:
            piece.end = _next_plain(file, offset + 1, end)
        yield piece
        offset = piece.end


def _plain_record(file: BinaryIO, offset: int) -> Piece:
    lines: list[bytes] = []
    while (line := file.readline(CHUNK)) not in {b"", b"\r\n"}:
        lines.append(line)
        if not lines[0].startswith(FIRST):
            return Piece(offset, offset, fault="it is no WARC record")
    head = fields(b"".join(lines))
    length = _length(head)
    block = b"" if length is None else file.read(length)
    if length is None or len(block) < length or file.read(len(RECORD_END)) != RECORD_END:
        return Piece(offset, offset, head, fault="its block is not as long as its Content-Length")
    return Piece(offset, file.tell(), head, block)


def _next_plain(file: BinaryIO, start: int, end: int) -> int:
    file.seek(start)
    mark, at, window = RECORD_END + FIRST, start, b""
    while chunk := file.read(CHUNK):
        window += chunk
        if (found := window.find(mark)) >= 0 and at + found + len(RECORD_END) < end:
            return at + found + len(RECORD_END)
        keep = len(mark) - 1
        at, window = at + max(0, len(window) - keep), window[-keep:]
    return end


def fields(head: bytes) -> dict[str, str]:
    """The named fields of a WARC or HTTP head, by lower-case name."""
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _length(head: dict[str, str]) -> int | None:
    text = head.get("content-length", "")
    return int(text) if text.isdigit() else None


def fits(label: str, data: bytes) -> bool | None:
    """Whether bytes have the digest of a WARC label (`sha256:…`, base32 or hexadecimal); `None` for an algorithm that
    is not known here."""
    name, _, said = label.partition(":")
    try:
        found = hashlib.new(name.strip().lower().replace("-", ""), data, usedforsecurity=False).digest()
    except ValueError:
        return None
    said = said.strip()
    try:
        wanted = bytes.fromhex(said) if len(said) == 2 * len(found) else base64.b32decode(said.upper())
    except (ValueError, binascii.Error):
        return False
    return wanted == found
