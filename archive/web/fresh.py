"""Keeps web.db in step with an archive that is being written to, and with the day."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import closing

from archive import clock
from archive.database import Database, read_database
from archive.folder import Folder
from archive.web.fill import refresh
from parsers.errors import Fault

CHECK_SECONDS = 20.0


async def keep_fresh(
    folder: Folder, say: Callable[[str], object], every_seconds: float = CHECK_SECONDS
) -> None:
    """Bring web.db up to date whenever archive.db was written to or replaced, or a day begins in Beijing. What goes
    wrong is said, and what was shown before stays."""
    while True:
        try:
            with closing(read_database(folder)) as database:
                await _until_changed(database, folder, every_seconds)
            await asyncio.to_thread(refresh, folder)
        except Fault as fault:
            say(f"gongkai: the pages stay as they were: {fault.sentence}")
            await asyncio.sleep(every_seconds)


async def _until_changed(database: Database, folder: Folder, every_seconds: float) -> None:
    before = _state(database, folder)
    while _state(database, folder) == before:
        await asyncio.sleep(every_seconds)


def _state(database: Database, folder: Folder) -> tuple[object, ...]:
    """What changes when there is something new to show; `data_version` tells of other processes' commits only."""
    try:
        file = folder.database.stat().st_ino
    except FileNotFoundError:
        file = 0
    version = database.execute("PRAGMA data_version").fetchone()[0]
    return file, version, clock.day(clock.now())
