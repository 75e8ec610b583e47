"""A backup as one TAR file, for what takes files only: whole, and made anew each time."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import tarfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.captures.payloads import standing
from archive.captures.warc import OPEN, whole_members
from archive.database import read_database
from archive.exports.beside import file_beside
from archive.folder import Folder
from archive.upkeep.backup import KEPT_ROOMS, REMADE_ROOMS, BackedUp, Progress
from archive.upkeep.copying import CHUNK
from archive.upkeep.union import files
from parsers.errors import Fault, Status

SUFFIX = ".tar"


def backup_file(folder: Folder, target: Path, *, database: bool, progress: Progress) -> BackedUp:
    """Write a backup into one file, which is read back before it gets its name."""
    folder.require()
    if target.exists():
        raise Fault(f"{target} is there already: a backup file is made once; choose another name")
    out, digests = BackedUp(), {}
    with file_beside(target) as beside, TemporaryDirectory(dir=target.parent, prefix=".gongkai-") as room:
        with tarfile.open(beside, "w", format=tarfile.PAX_FORMAT) as tar:
            for name, path, size in _members(folder, Path(room), database=database):
                digests[name] = _add(tar, name, path, size)
                out.copied.append(name)
                progress(name, size)
        if _digests(beside) != digests:
            raise Fault(f"{target}: what was written is not what was read", Status.ATTENTION)
    return out


def _members(folder: Folder, room: Path, *, database: bool) -> Iterator[tuple[str, Path, int]]:
    """Names, paths and sizes; the database first, for what it names stands in the WARC files that come after it."""
    if database and folder.database.exists():
        copy = room / folder.database.name
        with closing(read_database(folder)) as source, closing(sqlite3.connect(copy)) as beside:
            source.backup(beside)
            beside.execute("PRAGMA journal_mode = DELETE")
        yield copy.name, copy, copy.stat().st_size
    for path in folder.warcs():
        size = whole_members(path) if path.name.endswith(OPEN) else path.stat().st_size
        yield f"warc/{path.name.removesuffix(OPEN)}", path, size
    for place in (*KEPT_ROOMS, *(REMADE_ROOMS if database else ())):
        for name in files(folder.root / place):
            path = folder.root / place / name
            yield f"{place}/{name}", path, path.stat().st_size
    if folder.journal.exists():
        yield folder.journal.name, folder.journal, folder.journal.stat().st_size


class _Hashed:
    """The bytes of a file on their way."""

    def __init__(self, path: Path) -> None:
        self._file = standing(path)
        self.changed = int(os.fstat(self._file.fileno()).st_mtime)
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        """Read, and take the digest."""
        data = self._file.read(size)
        self.digest.update(data)
        return data

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _add(tar: tarfile.TarFile, name: str, path: Path, size: int) -> str:
    info = tarfile.TarInfo(name)
    with closing(_Hashed(path)) as source:
        info.size, info.mtime = size, source.changed
        tar.addfile(info, source)
        return source.digest.hexdigest()


def _digests(path: Path) -> dict[str, str]:
    out = {}
    with tarfile.open(path) as tar:
        for info in tar:
            data = hashlib.sha256()
            file = tar.extractfile(info)
            while file and (chunk := file.read(CHUNK)):
                data.update(chunk)
            out[info.name] = data.hexdigest()
    return out
