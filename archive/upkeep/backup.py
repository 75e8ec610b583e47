"""`gongkai backup`: a copy of an archive that is an archive itself, also while the archive is being crawled.

The copy has a `backup.json` beside `warc/`, `inputs/` and the journal, with size, time of change and SHA-256 of every
file of it. A WARC file that has not changed is not copied again, and one that has changed other than by growing is
never copied over its sound copy. Of a file still being written the whole records are copied; it comes again when it
is whole. Inputs that were changed or removed move to `earlier/`, by the time of the backup.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from archive import clock
from archive.captures.payloads import standing
from archive.captures.warc import OPEN, whole_members
from archive.database import read_database
from archive.folder import Folder, hold
from archive.upkeep import copying
from parsers.errors import Fault, Status

MANIFEST = "backup.json"
KEPT_ROOMS = ("inputs", "releases")
REMADE_ROOMS = ("cache",)
"""What can be made again at some cost; it goes with the database."""

Progress = Callable[[str, int], object]
"""Told the name of a file and its size when it was copied."""


@dataclass(slots=True)
class Entry:
    """A file of a backup as it was copied; `open` says that it was still being written."""

    size: int
    changed_ns: int
    sha256: str
    open: bool = False


@dataclass(slots=True)
class BackedUp:
    """What a backup did. `spoiled` are files that differ from the sound copy, which was kept; `lost` such as the
    archive has no longer."""

    copied: list[str] = field(default_factory=list)
    unchanged: int = 0
    spoiled: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


def backup(
    folder: Folder,
    target: Path,
    *,
    database: bool = True,
    check: bool = False,
    progress: Progress = lambda _name, _size: None,
) -> BackedUp:
    """Bring a backup up to its archive; `check` reads every file of it again first."""
    folder.require()
    _check_target(folder, target)
    with _alone(target):
        run = _Run(folder, target, progress)
        if check:
            run.check()
        if database:  # first: what it names stands in the WARC files that are copied after it
            run.database()
        for path in folder.warcs():
            run.warc(path)
        names = {f"warc/{path.name.removesuffix(OPEN)}" for path in folder.warcs()}
        run.out.lost = sorted(name for name in run.entries if name.startswith("warc/") and name not in names)
        run.rooms(KEPT_ROOMS if not database else (*KEPT_ROOMS, *REMADE_ROOMS))
        if folder.journal.exists():
            run.file(folder.journal, folder.journal.name)
        run.write()
        return run.out


def _check_target(folder: Folder, target: Path) -> None:
    here, there = folder.root.resolve(), target.resolve()
    if here == there or here in there.parents or there in here.parents:
        raise Fault(f"{target} is the archive, in it or around it: a backup lies elsewhere")
    if target.exists() and not target.is_dir():
        raise Fault(f"{target} is a file: a backup is a folder")
    if target.exists() and any(target.iterdir()) and not (target / MANIFEST).exists():
        raise Fault(f"{target} is no backup of gongkai and not empty: choose another folder")


@contextmanager
def _alone(target: Path) -> Iterator[None]:
    try:
        (target / "warc").mkdir(parents=True, exist_ok=True)
        file = (target / "archive.lock").open("a+")
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}") from error
    with file:
        hold(file.fileno(), Folder(target), 0)
        if not (target / MANIFEST).exists():
            copying.write(target / MANIFEST, "{}\n")
        yield


class _Run:
    """A backup under way."""

    def __init__(self, folder: Folder, target: Path, progress: Progress) -> None:
        self.out = BackedUp()
        self._folder, self._target, self._progress = folder, target, progress
        self._at = clock.stamp(clock.now())
        told: dict[str, Any] = json.loads((target / MANIFEST).read_text("utf-8"))
        self.entries = {name: Entry(**entry) for name, entry in told.get("files", {}).items()}

    def write(self) -> None:
        """Take down what the backup holds."""
        files = {name: asdict(self.entries[name]) for name in sorted(self.entries)}
        told = {"archive": str(self._folder.root.resolve()), "at": self._at, "files": files}
        copying.write(self._target / MANIFEST, json.dumps(told, ensure_ascii=False, indent=1) + "\n")

    def check(self) -> None:
        """Forget what is not as it was copied, so that it is copied again."""
        for name, entry in list(self.entries.items()):
            path = self._target / name
            if not path.exists() or copying.digest(path) != entry.sha256:
                del self.entries[name]

    def warc(self, path: Path) -> None:
        """A WARC file, of one that is being written the whole records."""
        name, is_open = f"warc/{path.name.removesuffix(OPEN)}", path.name.endswith(OPEN)
        try:
            stat = path.stat()
            size = whole_members(path) if is_open else stat.st_size
        except FileNotFoundError:  # closed and renamed meanwhile
            return self.warc(path.with_name(path.name.removesuffix(OPEN)))
        kept = self.entries.get(name)
        stands = kept is not None and (self._target / name).exists()
        if kept and stands and (kept.size, kept.changed_ns, kept.open) == (size, stat.st_mtime_ns, is_open):
            self.out.unchanged += 1
        elif kept and stands and not self._grown(path, size, kept):
            self.out.spoiled.append(name)
        elif size:
            self._copy(path, name, size, is_open=is_open)
        return None

    @staticmethod
    def _grown(path: Path, size: int, kept: Entry) -> bool:
        return size >= kept.size and copying.digest(path, kept.size) == kept.sha256

    def rooms(self, names: tuple[str, ...]) -> None:
        """Whole folders, as they are now; what is no longer in them is kept aside."""
        there = {
            str(path.relative_to(self._folder.root)): path
            for room in names
            for path in sorted((self._folder.root / room).rglob("*"))
            if path.is_file() and path.suffix != copying.PART
        }
        for name, path in there.items():
            self.file(path, name)
        for name in [n for n in self.entries if n.split("/")[0] in names and n not in there]:
            self._put_aside(name)
            del self.entries[name]

    def file(self, path: Path, name: str) -> None:
        """A file that may change at any time."""
        kept, copy = self.entries.get(name), self._target / name
        if kept and copy.exists() and copying.digest(path) == kept.sha256:
            self.out.unchanged += 1
            return
        if kept and name.startswith("inputs/"):
            self._put_aside(name)
        self._copy(path, name, path.stat().st_size)

    def _put_aside(self, name: str) -> None:
        copy = self._target / name
        if copy.exists():
            aside = self._target / "earlier" / self._at / name
            aside.parent.mkdir(parents=True, exist_ok=True)
            copy.rename(aside)

    def _copy(self, path: Path, name: str, size: int, *, is_open: bool = False) -> None:
        with standing(path) as file:
            changed = os.fstat(file.fileno()).st_mtime_ns
        digest = copying.copy(path, self._target / name, size)
        self.entries[name] = Entry(size, changed, digest, is_open)
        self.out.copied.append(name)
        self._progress(name, size)

    def database(self) -> None:
        """The database as it stands between two transactions."""
        if not self._folder.database.exists():
            return
        name = self._folder.database.name
        beside = self._target / (name + ".new")
        beside.unlink(missing_ok=True)
        try:
            with closing(read_database(self._folder)) as source, closing(sqlite3.connect(beside)) as copy:
                source.backup(copy)
                copy.execute("PRAGMA journal_mode = DELETE")
            if self._same(beside, name):
                self.out.unchanged += 1
            else:
                self._copy(beside, name, beside.stat().st_size)
        except sqlite3.Error as error:
            raise Fault(f"{beside} cannot be written: {error}", Status.ATTENTION) from error
        finally:
            beside.unlink(missing_ok=True)

    def _same(self, beside: Path, name: str) -> bool:
        kept = self.entries.get(name)
        return bool(kept and (self._target / name).exists() and copying.digest(beside) == kept.sha256)
