"""`cache/`: outputs of text recognition and office conversion, a file each, by body and engine with its versions.

Nothing in it is evidence: what is missing or damaged is made again, and the folder may be deleted at any time. It is
what a new generation and a rebuild read instead of running the engines again.
"""

from __future__ import annotations

import hashlib
import os
import zlib
from pathlib import Path

from parsers.engines import Make


class Kept:
    """The cache in a folder, as `parsers.engines.Cache`; several processes may use one."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def __call__(self, body: bytes, engine: str, make: Make) -> bytes:
        """The output as kept for this body and engine, else as made."""
        path = self._path(body, engine)
        try:
            return zlib.decompress(path.read_bytes())
        except (FileNotFoundError, zlib.error):
            made = make()
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.{os.getpid()}")
        beside.write_bytes(zlib.compress(made))
        beside.replace(path)
        return made

    def holds(self, body: bytes, engine: str) -> bool:
        """Whether there is an output for this body and engine, sound or damaged."""
        return self._path(body, engine).exists()

    def _path(self, body: bytes, engine: str) -> Path:
        digest = hashlib.sha256(body).hexdigest()
        return self._root / digest[:2] / f"{digest}-{hashlib.sha256(engine.encode()).hexdigest()[:16]}"
