"""Which events were told before: the ids in `told.txt` of the archive, one on a line."""

from __future__ import annotations

from types import TracebackType
from typing import Any

from archive.exports.beside import file_beside
from archive.folder import Folder
from parsers.errors import Fault


class Told:
    """The events that were told; those that `untold` gives out count as told once the block ends well."""

    def __init__(self, folder: Folder) -> None:
        self.path = folder.root / "told.txt"
        self.ids: set[str] = set()

    def __enter__(self) -> Told:
        try:
            self.ids = set(self.path.read_text(encoding="utf-8").split())
        except FileNotFoundError:
            self.ids = set()
        except (OSError, UnicodeDecodeError) as error:
            raise Fault(f"{self.path} cannot be read: {error}") from error
        self.before = len(self.ids)
        return self

    def untold(self, events: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those of the events that were not told before."""
        new = [event for event in events if event["id"] not in self.ids]
        self.ids.update(event["id"] for event in new)
        return new

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None and len(self.ids) > self.before:
            with file_beside(self.path) as path:
                path.write_text("\n".join(sorted(self.ids)) + "\n", encoding="utf-8")
