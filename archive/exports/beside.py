"""Files and folders written beside their place and renamed into it: nothing half-written ever stands there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from parsers.errors import Fault


@contextmanager
def file_beside(target: Path) -> Iterator[Path]:
    """A path to write to, which becomes `target` when the block ends well and goes when it does not."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}") from error
    os.close(handle)
    path = Path(name)
    try:
        yield path
        path.chmod(0o644)
        _sync(path)
        path.replace(target)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        path.unlink(missing_ok=True)


@contextmanager
def folder_beside(target: Path) -> Iterator[Path]:
    """A folder to write to, which takes the place of `target`, and of what stood there, when the block ends well."""
    try:
        path = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.absolute().parent))
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror}") from error
    try:
        yield path
        for file in path.rglob("*"):
            if file.is_file():
                _sync(file)
        path.chmod(0o755)
        _take_place(path, target)
    except OSError as error:
        raise Fault(f"{target} cannot be written: {error.strerror or error}") from error
    finally:
        shutil.rmtree(path, ignore_errors=True)


def _take_place(path: Path, target: Path) -> None:
    old = path.with_name(path.name + ".old")
    if not target.exists():
        path.rename(target)
        return
    target.rename(old)
    try:
        path.rename(target)
    except OSError:
        old.rename(target)
        raise
    shutil.rmtree(old)


def _sync(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())
