"""`verified.jsonl`: how far a round of `gongkai verify` has come."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import clock
from archive.folder import Folder

NAME = "verified.jsonl"


@dataclass(slots=True)
class Checked:
    """A file that was read: its size and time of change then, when, how many records it has, and what was found."""

    file: str
    size: int
    changed_ns: int
    at: str = ""
    records: int = 0
    faults: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, path: Path) -> Checked:
        """A file before it is read."""
        stat = path.stat()
        return cls(path.name, stat.st_size, stat.st_mtime_ns)


class Round:
    """A round under way. Where the archive cannot be written it goes on without being taken down."""

    def __init__(self, path: Path, begun: str, done: dict[str, Checked]) -> None:
        self._path, self._done = path, done
        self.resumable = _replace(path, [{"begun": begun}, *map(asdict, done.values())])

    @classmethod
    def of(cls, folder: Folder, since: datetime | None, *, anew: bool) -> Round:
        """The interrupted round, else a new one that keeps files found sound `since` then."""
        path, now = folder.root / NAME, clock.stamp(clock.now())
        begun, done, ended = _read(path)
        if anew or not begun:
            return cls(path, now, {})
        if since is not None:
            kept = {n: c for n, c in done.items() if c.at >= clock.stamp(since) and not c.faults}
            return cls(path, now, kept)
        return cls(path, now, {}) if ended else cls(path, begun, done)

    def kept(self, path: Path) -> Checked | None:
        """What was found in a file that need not be read again, for it has not changed."""
        found, now = self._done.get(path.name), Checked.of(path)
        return found if found and (found.size, found.changed_ns) == (now.size, now.changed_ns) else None

    def note(self, checked: Checked) -> None:
        """Take a file down."""
        checked.at = clock.stamp(clock.now())
        self._add(asdict(checked))

    def end(self) -> bool:
        """The round is whole; whether it could be taken down."""
        self._add({"ended": clock.stamp(clock.now())})
        return self.resumable

    def _add(self, line: dict[str, Any]) -> None:
        if self.resumable:
            with self._path.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line, ensure_ascii=False) + "\n")
                file.flush()
                os.fsync(file.fileno())


def _read(path: Path) -> tuple[str, dict[str, Checked], bool]:
    """When the last round began, the files it has read, whether it ended; a line cut in the middle counts for
    nothing."""
    begun, done, ended = "", {}, False
    for text in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
        try:
            line = json.loads(text)
        except json.JSONDecodeError:
            continue
        begun, ended = line.get("begun", begun), "ended" in line
        if "file" in line:
            done[line["file"]] = Checked(**line)
    return begun, done, ended


def _replace(path: Path, lines: list[dict[str, Any]]) -> bool:
    beside = path.with_suffix(".part")
    try:
        beside.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        beside.replace(path)
    except OSError:
        return False  # read-only, or full: said at the end by whoever asked
    return True
