"""The archive's folder: where things lie, who may write, and the journal."""

from __future__ import annotations

import fcntl
import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from archive import clock
from archive.captures.warc import OPEN, recover
from archive.trouble import trouble
from parsers.errors import Fault, Status

LOCK_POLL_SECONDS = 0.2


class Folder:
    """The paths of one archive."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.warc = root / "warc"
        self.inputs = root / "inputs"
        self.cache = root / "cache"
        self.database = root / "archive.db"
        self.journal = root / "journal.jsonl"

    def require(self) -> Folder:
        """Return the folder if it is an archive, else a fault that says how to make one."""
        if not self.warc.is_dir():
            raise Fault(f"{self.root} holds no archive: `gongkai crawl` or `gongkai ingest` makes one")
        return self

    def create(self) -> Folder:
        """Make what is not there yet."""
        try:
            for path in (self.warc, self.inputs / "portals"):
                path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise Fault(f"{self.root} cannot be written: {error.strerror}") from error
        return self

    def warcs(self) -> list[Path]:
        """Every WARC file, those still being written included, by name."""
        files = (p for p in self.warc.iterdir() if p.name.removesuffix(OPEN).endswith((".warc.gz", ".warc")))
        return sorted(files)

    def note(self, what: str, **facts: object) -> None:
        """Add a line to the journal."""
        line = {"at": clock.stamp(clock.now()), "what": what, **facts}
        try:
            with self.journal.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Fault(f"{self.journal} cannot be written: {error.strerror}", Status.ATTENTION) from error

    def free_bytes(self) -> int:
        """What the disk has left for it."""
        stat = os.statvfs(self.root)
        return stat.f_bavail * stat.f_frsize


@contextmanager
def writing(folder: Folder, wait_seconds: float = 0) -> Iterator[list[Path]]:
    """Hold the archive as its one writing command; yields the WARC files mended after a dead process."""
    folder.create()
    path = folder.root / "archive.lock"
    try:
        file = path.open("a+")
    except OSError as error:
        raise Fault(f"{path} cannot be written: {error.strerror}") from error
    with file:
        hold(file.fileno(), folder, wait_seconds)
        try:
            yield _mend(folder)
        except sqlite3.OperationalError as error:
            if not (said := trouble(error)):
                raise
            raise Fault(f"{folder.database}: {said}", Status.ATTENTION) from error


def hold(fd: int, folder: Folder, wait_seconds: float, kind: int = fcntl.LOCK_EX) -> None:
    """Take the lock of an archive on its open lock file: alone to write, or `LOCK_SH` to keep writers away."""
    until = time.monotonic() + wait_seconds
    while True:
        try:
            fcntl.flock(fd, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                message = (
                    f"another command is writing to {folder.root}; try again later or with --wait SECONDS"
                )
                raise Fault(message, Status.BUSY) from None
            time.sleep(LOCK_POLL_SECONDS)
        else:
            return


def held(folder: Folder) -> bool:
    """Whether another command is writing to the archive just now."""
    try:
        with (folder.root / "archive.lock").open() as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def _mend(folder: Folder) -> list[Path]:
    left = [path for path in folder.warcs() if path.name.endswith(OPEN)]
    for path in left:
        cut = recover(path)
        folder.note("mended", file=path.name.removesuffix(OPEN), bytes_cut=cut)
    return left
