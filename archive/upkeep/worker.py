"""The process beside a crawl that reads what the crawl has synced and is the only writer of the database meanwhile.

It is told `SIZE PATH` a line at a time on standard input and reads up to there; where a fast crawl leaves much to
read, in as many processes as there are processors. What it did not come to, because it died or the machine did, the
next `gongkai update` does.
"""

from __future__ import annotations

import signal
import sqlite3
import sys
from pathlib import Path

from archive.captures import index
from archive.captures.warc import OPEN
from archive.database import Database, open_database
from archive.folder import Folder
from archive.readings import generation, pool
from archive.trouble import trouble
from parsers.errors import Status


def main(root: str) -> None:
    """Read until standard input ends."""
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # Ctrl-C stops the crawl; the worker ends when the crawl does
    folder = Folder(Path(root))
    database = open_database(folder)
    safe: dict[str, int] = {}
    for line in sys.stdin:
        size, path = line.rstrip("\n").split(" ", 1)
        safe[Path(path).name.removesuffix(OPEN)] = int(size)
        _read(database, folder, safe)
    _read(database, folder, safe)
    database.close()


def _read(database: Database, folder: Folder, safe: dict[str, int]) -> None:
    index.catch_up(database, folder, safe)
    if generation.is_current(database):
        generation.fill(database, folder, pool.processors())


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except sqlite3.OperationalError as error:
        if not trouble(error):
            raise
        sys.exit(Status.ATTENTION)  # the command that crawls says it when it comes to the database itself
