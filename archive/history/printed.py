"""What readings print: their cells as people see them, how two differ, and what their text says of a correction."""

from __future__ import annotations

import re
from typing import Any

from archive.database import Database

ABSENT = "absent"
LAST_TABLE = "remedies."

Cells = dict[str, Any]


class Printed:
    """The cells of readings by their paths, each read once: a value, the text in its place, or `blank`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known: dict[int, Cells] = {}

    def cells(self, reading: int) -> Cells:
        """The cells of a reading."""
        if reading not in self._known:
            rows = self._database.execute(
                """SELECT path, coalesce(value, (SELECT text FROM notes WHERE notes.reading = reading_cells.reading
                   AND notes.path = reading_cells.path), 'blank') FROM reading_cells WHERE reading = ?""",
                [reading],
            )
            self._known[reading] = dict(map(tuple, rows))
        return self._known[reading]

    def differences(self, old: int, new: int) -> list[dict[str, Any]]:
        """The cells that two readings print differently."""
        before, after = self.cells(old), self.cells(new)
        return [
            {"path": path, "old": before.get(path, ABSENT), "new": after.get(path, ABSENT)}
            for path in dict.fromkeys([*before, *after])
            if before.get(path) != after.get(path)
        ]

    def shows_less(self, one: int, other: int) -> bool:
        """Whether the one prints only a part of what the other prints; where it was cut a number may have lost its
        end."""
        less, more = self.cells(one), self.cells(other)
        if len(less) >= len(more) or not less.keys() <= more.keys():
            return False
        differ = [(str(value), str(more[path])) for path, value in less.items() if value != more[path]]
        return len(differ) <= 1 and all(_begins(cut, full) for cut, full in differ)

    def cut_short(self, one: int, other: int) -> bool:
        """Whether the one prints a part of the other that lacks its last table: a removed row is a revision, a lost
        end is not."""
        lost = self.cells(other).keys() - self.cells(one).keys()
        kept = any(path.startswith(LAST_TABLE) for path in self.cells(one))
        return not kept and any(path.startswith(LAST_TABLE) for path in lost) and self.shows_less(one, other)

    def broken(self, reading: int) -> int:
        """How many identities of a reading do not hold."""
        count = "SELECT count(*) FROM findings WHERE reading = ? AND code = 'identity_broken'"
        return int(self._database.execute(count, [reading]).fetchone()[0])

    def says_corrected(self, reading: int) -> bool:
        """Whether its text says that it is a corrected one."""
        found = "SELECT EXISTS (SELECT 1 FROM findings WHERE reading = ? AND code = 'corrected')"
        return bool(self._database.execute(found, [reading]).fetchone()[0])


def _begins(cut: str, full: str) -> bool:
    """Whether a cell is what a cut leaves of a number: its first digits, whatever ran into them, or nothing."""
    digits = re.match(r"[\d.]+", cut)
    return cut == "blank" or (digits is not None and full.startswith(digits.group()))
