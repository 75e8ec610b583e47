"""`gongkai merge DIR OTHER…`: a union of archives, then an update.

WARC files are copied under their names. Where two files of one name differ, both are kept: the one with the smaller
digest under the name, the other with a part of its digest in it, so that it does not matter which came first. Nothing
is copied unless all inputs agree.
"""

from __future__ import annotations

import fcntl
import filecmp
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.captures.warc import OPEN, whole_members
from archive.folder import Folder, hold, writing
from archive.upkeep import copying
from archive.upkeep.union import Union
from archive.upkeep.update import Summary, update
from parsers.errors import Fault, Status

SUFFIXES = (".warc.gz", ".warc")
DIGEST_DIGITS = 12

Progress = Callable[[str, int], object]
"""Told the name of a file and its size when it was copied."""


@dataclass(slots=True)
class Merged:
    """What a merge copied: WARC files, input files, and those WARC files that are kept under another name."""

    warcs: list[str] = field(default_factory=list)
    inputs: list[str] = field(default_factory=list)
    renamed: list[str] = field(default_factory=list)
    summary: Summary = field(default_factory=Summary)


def merge(
    folder: Folder,
    others: list[Folder],
    *,
    wait_seconds: float = 0,
    progress: Progress = lambda _name, _size: None,
) -> Merged:
    """Take what other archives hold into one; a fault where inputs disagree, or one is being written."""
    out = Merged()
    with ExitStack() as stack:
        for other in others:
            if other.require().root.resolve() == folder.root.resolve():
                raise Fault(f"{other.root} is the archive itself")
            stack.enter_context(_still(other, wait_seconds))
        stack.enter_context(writing(folder, wait_seconds))
        union = Union(folder.inputs)
        for other in others:
            union.add(other.inputs)
        if union.conflicts:
            raise Fault("nothing was copied, for the archives disagree:\n" + "\n".join(union.conflicts))
        for other in others:
            for source in other.warcs():
                _take(folder, source, out, progress)
        for name, text in union.changed().items():
            copying.write(folder.inputs / name, text.decode())
            out.inputs.append(name)
        if out.warcs or out.inputs:
            _join_journals(folder, others)
            folder.note("merged", others=[str(o.root) for o in others], warcs=out.warcs, inputs=out.inputs)
    out.summary = update(folder, wait_seconds=wait_seconds)
    return out


@contextmanager
def _still(other: Folder, wait_seconds: float) -> Iterator[None]:
    """Keep an archive from being written while it is read; one that was never written, or cannot be, needs no lock."""
    try:
        file = (other.root / "archive.lock").open()
    except FileNotFoundError:
        yield
        return
    with file:
        hold(file.fileno(), other, wait_seconds, fcntl.LOCK_SH)
        yield


def _take(folder: Folder, source: Path, out: Merged, progress: Progress) -> None:
    name = source.name.removesuffix(OPEN)
    size = whole_members(source) if source.name.endswith(OPEN) else source.stat().st_size
    target = folder.warc / name
    if not size or _same(source, size, target):
        return
    if target.exists():
        target = _aside(folder, source, size, target, out)
        if _same(source, size, target):
            return
    copying.copy(source, target, size)
    out.warcs.append(target.name)
    progress(target.name, size)


def _aside(folder: Folder, source: Path, size: int, target: Path, out: Merged) -> Path:
    """Where a file goes whose name another file has: one of the two keeps the name, the other gets one of its own."""
    mine, theirs = copying.digest(target), copying.digest(source, size)
    if mine < theirs:
        return _named(folder, target.name, theirs)
    if _named(folder, target.name, theirs).exists():
        return _named(folder, target.name, theirs)
    moved = _named(folder, target.name, mine)
    for path in folder.root.glob(f"{folder.database.name}*"):
        path.unlink()  # it knows files by their names; the update that follows makes it again
    target.rename(moved)
    copying.sync_folder(folder.warc)
    out.renamed.append(moved.name)
    return target


def _named(folder: Folder, name: str, digest: str) -> Path:
    suffix = next(suffix for suffix in SUFFIXES if name.endswith(suffix))
    return folder.warc / f"{name.removesuffix(suffix)}-{digest[:DIGEST_DIGITS]}{suffix}"


def _same(source: Path, size: int, target: Path) -> bool:
    if not target.exists() or target.stat().st_size != size:
        return False
    if source.stat().st_size == size:
        return filecmp.cmp(source, target, shallow=False)
    return copying.digest(source, size) == copying.digest(target)


def _join_journals(folder: Folder, others: list[Folder]) -> None:
    """The lines of all journals, each once, in the order of time."""
    lines: dict[str, str] = {}
    for path in (folder.journal, *(other.journal for other in others)):
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else []:
            try:
                lines[line] = str(json.loads(line).get("at", ""))
            except (json.JSONDecodeError, AttributeError):
                message = f"{path} has a line that is no JSON object: {line[:60]}"
                raise Fault(message, Status.ARGUMENTS) from None
    text = "".join(f"{line}\n" for line in sorted(lines, key=lambda line: (lines[line], line)))
    copying.write(folder.journal, text)
