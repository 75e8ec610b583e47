"""Keeps web.db in step with an archive that is being written to, and with the day."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from pathlib import Path
from time import monotonic

from archive import clock
from archive.folder import Folder
from archive.web.fill import refresh
from parsers.errors import Fault

CHECK_SECONDS = 2.0
REST = 9
"""A crawl commits all the time: between two makings passes this many times what the last one took."""

State = tuple[object, ...]


def state(folder: Folder) -> State:
    """What changes when there is something new to show: the day in Beijing, the database, its log of commits."""
    log = folder.database.with_name(folder.database.name + "-wal")
    return clock.day(clock.now()), _of(folder.database), _of(log)


def _of(path: Path) -> State | None:
    try:
        at = path.stat()
    except FileNotFoundError:
        return None
    return (at.st_ino, at.st_size, at.st_mtime_ns) if at.st_size else None


async def keep_fresh(folder: Folder, path: Path, shown: State, say: Callable[[str], object]) -> None:
    """Bring the web.db at a path up to date whenever the state is not the one that was shown. What goes wrong is said,
    and what was shown before stays."""
    while True:
        await asyncio.sleep(CHECK_SECONDS)
        if (now := state(folder)) == shown:
            continue
        begun, shown = monotonic(), now
        try:
            await asyncio.to_thread(refresh, folder, path)
        except (Fault, OSError, sqlite3.Error) as fault:
            say(f"gongkai: the pages stay as they were: {fault}")
        await asyncio.sleep(REST * (monotonic() - begun))
