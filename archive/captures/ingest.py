"""`gongkai ingest`: files given by hand become `resource` records. They prove presence, never absence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from archive.captures.recorder import Recorder
from archive.captures.records import Given
from archive.folder import Folder
from parsers.errors import Fault, Status


def ingest(
    folder: Folder,
    paths: list[Path],
    *,
    url: str | None = None,
    seen_at: datetime | None = None,
    by: str | None = None,
    wait_seconds: float = 0,
) -> list[str]:
    """Record every file (of folders, all that are in them) and return the names, all or none."""
    given = [Given(path.name, _bytes(path), url, seen_at, by) for path in _files(paths)]
    if not given:
        raise Fault("nothing to ingest: the folders are empty")
    if url and len(given) > 1:
        raise Fault(f"--url names one page, and {len(given)} files were given")
    with Recorder(folder, wait_seconds=wait_seconds, worker=False) as recorder:
        for file in given:
            recorder.given(file)
    return [file.name for file in given]


def _files(paths: list[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        else:
            yield path


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}", Status.UNREADABLE) from error
    if not data:
        raise Fault(f"{path} is empty", Status.UNREADABLE)
    return data
