"""Files copied whole or not at all: written beside, synced, read back, renamed."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from archive.captures.payloads import standing
from parsers.errors import Fault, Status

CHUNK = 1 << 20
PART = ".part"


def digest(path: Path, size: int | None = None) -> str:
    """SHA-256 of a file, or of its first bytes."""
    out, left = hashlib.sha256(), size
    try:
        with standing(path) as file:
            while chunk := file.read(CHUNK if left is None else min(CHUNK, left)):
                out.update(chunk)
                left = None if left is None else left - len(chunk)
    except OSError as error:
        raise Fault(f"{path} cannot be read: {error.strerror}", Status.ATTENTION) from error
    return out.hexdigest()


def copy(source: Path, target: Path, size: int | None = None) -> str:
    """Copy a file, or its first bytes, and return the SHA-256 of the copy as it stands on the disk; the target keeps
    the time of change of the source, and there is none before the copy is whole."""
    wanted = digest(source, size)
    beside = target.with_name(target.name + PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        _write(source, beside, size)
        if digest(beside) != wanted:
            raise Fault(f"{target}: what was written is not what was read from {source}", Status.ATTENTION)
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}", Status.ATTENTION) from error
    finally:
        beside.unlink(missing_ok=True)
    return wanted


def _write(source: Path, beside: Path, size: int | None) -> None:
    with standing(source) as read, beside.open("wb") as file:
        stat = os.fstat(read.fileno())
        size = stat.st_size if size is None else size
        while size and (chunk := read.read(min(CHUNK, size))):
            file.write(chunk)
            size -= len(chunk)
        file.flush()
        os.fsync(file.fileno())
        os.posix_fadvise(
            file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED
        )  # read back from the disk, not from memory
    os.utime(beside, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def write(target: Path, text: str) -> None:
    """Write a text file, whole or not at all."""
    beside = target.with_name(target.name + PART)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8", newline="") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(target)
        sync_folder(target.parent)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}", Status.ATTENTION) from error
    finally:
        beside.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
