"""What is in the way of a database that may itself be sound, in one sentence."""

from __future__ import annotations

import sqlite3

_TROUBLE = {
    "SQLITE_FULL": "the disk is full; `gongkai update` makes again what was not written",
    "SQLITE_IOERR": "the disk cannot be read or written; `gongkai update` makes again what was not written",
    "SQLITE_READONLY": "it cannot be written",
    "SQLITE_CANTOPEN": "it cannot be opened: it must be readable, and its folder too",
    "SQLITE_BUSY": "another program holds it; try again later",
}


def trouble(error: sqlite3.Error) -> str:
    """What hinders, empty where it is the database itself, or what was asked of it."""
    name = getattr(error, "sqlite_errorname", "")
    return next((said for begin, said in _TROUBLE.items() if name.startswith(begin)), "")
