"""Records copied out of WARC files as they stand, each a gzip member of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from isal import igzip, isal_zlib

from archive.captures.warc import OPEN
from archive.folder import Folder
from parsers.errors import Fault, Status

CHUNK = 1 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A record: `data` is a whole gzip member, byte for byte that of the archive unless its file is not compressed;
    `head` are its WARC headers by lower-case name, `status` and `mime` those of its HTTP answer; `end` is where the
    next record begins."""

    data: bytes
    head: dict[str, str]
    status: int | None
    mime: str | None
    end: int


def member(folder: Folder, warc: str, offset: int) -> Member | None:
    """The record at an offset of a WARC file, none at its end."""
    path = folder.warc / warc
    path = path if path.exists() else path.with_name(path.name + OPEN)
    packed = not path.name.removesuffix(OPEN).endswith(".warc")
    try:
        with path.open("rb") as file:
            file.seek(offset)
            raw, text = _gzip(file) if packed else _plain(file)
    except (OSError, ValueError, isal_zlib.IsalError) as error:  # type: ignore[misc]  # untyped in isal
        raise Fault(f"{path} cannot be read at {offset}: {error}", Status.ATTENTION) from error
    if not raw:
        return None
    head, _, block = text.partition(b"\r\n\r\n")
    fields = _fields(head)
    status, mime = _answer(block) if "msgtype=response" in fields.get("content-type", "") else (None, None)
    return Member(raw if packed else igzip.compress(raw, 2), fields, status, mime, offset + len(raw))


def _gzip(file: BinaryIO) -> tuple[bytes, bytes]:
    """A gzip member and what is in it."""
    inflater, raw, text = isal_zlib.decompressobj(wbits=31), bytearray(), bytearray()
    while chunk := file.read(CHUNK):
        text += inflater.decompress(chunk)
        raw += chunk
        if inflater.eof:
            return bytes(raw[: len(raw) - len(inflater.unused_data)]), bytes(text)
    if raw:
        raise ValueError("the record is cut off")
    return b"", b""


def _plain(file: BinaryIO) -> tuple[bytes, bytes]:
    """A record of a file that is not compressed."""
    lines = []
    while (line := file.readline()) not in {b"", b"\r\n"}:
        lines.append(line)
    if not lines:
        return b"", b""
    head = b"".join(lines)
    length = int(_fields(head)["content-length"])
    data = head + b"\r\n" + file.read(length + 4)
    return data, data


def _fields(head: bytes) -> dict[str, str]:
    lines = (line.partition(":") for line in head.decode("utf-8", "replace").split("\r\n"))
    return {name.strip().lower(): value.strip() for name, colon, value in lines if colon}


def _answer(block: bytes) -> tuple[int | None, str | None]:
    head = block.partition(b"\r\n\r\n")[0]
    words = head.split(b"\r\n", 1)[0].split()
    status = int(words[1]) if len(words) > 1 and words[1].isdigit() else None
    mime = _fields(head).get("content-type", "").partition(";")[0].strip()
    return status, mime or None
