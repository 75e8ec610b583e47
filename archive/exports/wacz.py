"""A WACZ 1.1.1 of a report, or of the reports of many units: the records that prove it, packed for ReplayWeb.page.

In it are the captures of the addresses at which the reports stood, of their files and of what they redirect to, the
requests that led to them, the records whose payload they repeat, the list pages that the ledger rests on, and the
warcinfo records of the files these come from. The records are copied, not written anew, so their digests hold.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit

from archive.captures.warc import labelled
from archive.database import Database
from archive.exports.beside import file_beside
from archive.exports.members import Member, member
from archive.exports.proof import Proof, originals
from archive.folder import Folder
from parsers.errors import Fault, Status

WACZ_VERSION = "1.1.1"
"""https://specs.webrecorder.net/wacz/1.1.1/"""
WARC_NAME = "data.warc.gz"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The date of every member: the same records give the same bytes."""
BLOCK_LINES = 3000
"""Lines of the index per compressed block."""
REVISIT = "warc/revisit"
NOT_MODIFIED = "validated"
"""A 304 is in the WARC but not in the index: a reader would show it as an empty page."""


@dataclass(slots=True)
class _Pack:
    """The WARC being written: what has gone in, its index, its size."""

    out: IO[bytes]
    folder: Folder
    seen: set[tuple[str, int]] = field(default_factory=set)
    index: list[tuple[str, str, dict[str, Any]]] = field(default_factory=list)
    size: int = 0

    def add(self, warc: str, offset: int, found: Member | None = None) -> tuple[int, Member] | None:
        """Copy a record, if it was not copied before; returns where it went."""
        if (warc, offset) in self.seen:
            return None
        found = found or member(self.folder, warc, offset)
        if found is None:
            path = self.folder.warc / warc
            raise Fault(f"{path} has no record at {offset}: run `gongkai rebuild`", Status.ATTENTION)
        self.seen.add((warc, offset))
        at = self.size
        self.out.write(found.data)
        self.size += len(found.data)
        return at, found


def check_packing(chosen: Sequence[Proof], target: Path) -> None:
    """A fault where there is nothing to pack, or the file is not called as one."""
    if target.suffix != ".wacz":
        raise Fault(f"{target} must be called ….wacz")
    if not chosen:
        raise Fault("nothing that was asked for was ever captured: there is nothing to pack")


def write_wacz(
    database: Database,
    folder: Folder,
    chosen: Sequence[Proof],
    target: Path,
    title: str,
    tick: Callable[[int], None] = lambda _: None,
) -> int:
    """Pack captures into a file and return the number of records in it."""
    check_packing(chosen, target)
    with (
        file_beside(target) as path,
        zipfile.ZipFile(path, "w") as archive,
        tempfile.TemporaryFile(dir=target.absolute().parent) as warc,
    ):
        hashed = _Hashed(warc)
        pack = _Pack(hashed, folder)  # type: ignore[arg-type]  # it writes, and that is all it is asked for
        for one in chosen:
            _pack(database, pack, one)
            tick(1)
        info = _info(f"archive/{WARC_NAME}", zipfile.ZIP_STORED)
        info.file_size = (
            hashed.size
        )  # ReplayWeb.page loses its way where a small member bears the fields of ZIP64
        warc.seek(0)
        with archive.open(info, "w") as out:
            shutil.copyfileobj(warc, out)
        resources = [_resource(f"archive/{WARC_NAME}", hashed.digest, hashed.size)]
        for name, data in (*_indexes(pack), ("pages/pages.jsonl", _pages(chosen))):
            packed = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
            archive.writestr(_info(name, packed), data)
            resources.append(_resource(name, hashlib.sha256(data).hexdigest(), len(data)))
        described = _json(_descriptor(chosen, title, resources)).encode()
        archive.writestr(_info("datapackage.json", zipfile.ZIP_DEFLATED), described)
        digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(described).hexdigest()}"}
        archive.writestr(_info("datapackage-digest.json", zipfile.ZIP_DEFLATED), _json(digest))
    return len(pack.seen)


class _Hashed:
    """A stream that counts and digests what goes through it."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self._sum, self.size = out, hashlib.sha256(), 0

    def write(self, data: bytes) -> int:
        """Write on."""
        self._sum.update(data)
        self.size += len(data)
        return self._out.write(data)

    @property
    def digest(self) -> str:
        """SHA-256 of all that was written."""
        return self._sum.hexdigest()


def _pack(database: Database, pack: _Pack, one: Proof) -> None:
    """A capture with its warcinfo before it, its request after it, and the record whose payload it repeats."""
    pack.add(one.warc, 0)
    for original in originals(database, one):
        _pack(database, pack, original)
    put = pack.add(one.warc, one.offset)
    if put is None:
        return
    at, found = put
    if one.kind != NOT_MODIFIED:
        pack.index.append(_entry(one, at, found))
    following = member(pack.folder, one.warc, found.end)
    if following and following.head.get("warc-concurrent-to") == one.record:
        pack.add(one.warc, found.end, following)


def _entry(one: Proof, at: int, found: Member) -> tuple[str, str, dict[str, Any]]:
    """A line of the index: searchable URL, timestamp, facts."""
    digest = found.head.get("warc-payload-digest") or labelled(one.payload)
    facts = {
        "url": one.url,
        "mime": REVISIT if one.kind == "revisit" else found.mime or found.head.get("content-type", ""),
        "status": found.status or 200,
        "digest": digest,
        "length": len(found.data),
        "offset": at,
        "filename": WARC_NAME,
    }
    stamp = "".join(filter(str.isdigit, found.head["warc-date"]))
    return searchable(one.url), stamp[:14], facts


def searchable(url: str) -> str:
    """A URL as CDXJ sorts it: lower case, host reversed, without its scheme and its www (SURT)."""
    parts = urlsplit(re.sub(r"^(https?://)www\d*\.", r"\1", url.lower()))
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        return url.lower()
    port = f":{parts.port}" if parts.port else ""
    query = f"?{parts.query}" if parts.query else ""
    return f"{','.join(reversed(parts.hostname.split('.')))}{port}){parts.path or '/'}{query}"


def _indexes(pack: _Pack) -> list[tuple[str, bytes]]:
    """The index in compressed blocks, and the index of its blocks: what readers search without loading it whole."""
    lines = sorted(f"{key} {stamp} {_json(facts)}" for key, stamp, facts in pack.index)
    blocks, told = b"", ['!meta 0 {"format": "cdxj-gzip-1.0", "filename": "index.cdx.gz"}']
    for start in range(0, len(lines), BLOCK_LINES):
        text = "".join(f"{line}\n" for line in lines[start : start + BLOCK_LINES]).encode()
        block = gzip.compress(text, mtime=0)
        facts = {
            "offset": len(blocks),
            "length": len(block),
            "digest": f"sha256:{hashlib.sha256(block).hexdigest()}",
        }
        told.append(f"{lines[start].rsplit(' {', 1)[0]} {_json(facts)}")
        blocks += block
    idx = "".join(f"{line}\n" for line in told).encode()
    return [("indexes/index.cdx.gz", blocks), ("indexes/index.idx", idx)]


def _pages(chosen: Sequence[Proof]) -> bytes:
    lines = [_json({"format": "json-pages-1.0", "id": "pages", "title": "All Pages"})]
    lines += [
        _json({"id": one.record.strip("<>"), "url": one.url, "ts": one.at, "title": one.page})
        for one in chosen
        if one.page and one.kind != NOT_MODIFIED
    ]
    return ("\n".join(lines) + "\n").encode()


def _descriptor(chosen: Sequence[Proof], title: str, resources: list[dict[str, Any]]) -> dict[str, Any]:
    first = next((one for one in chosen if one.page), chosen[0])
    created = max(one.at for one in chosen)
    return {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": title,
        "software": f"gongkai/{version('gongkai')}",
        "created": created,
        "mainPageUrl": first.url,
        "mainPageDate": first.at,
        "resources": resources,
    }


def _resource(path: str, digest: str, size: int) -> dict[str, Any]:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _info(name: str, compression: int) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ZIP_EPOCH)
    info.compress_type = compression
    info.external_attr = 0o644 << 16
    return info


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
