"""The inputs of several archives as one, or a sentence for everything that they decide differently.

Lines of `units.csv`, `deadlines.csv` and `judgements.csv` are joined line by line. Two archives that say something of
the same thing agree where one has all the lines of the other: the one with more lines was decided on later. Any other
file must be the same in both. `gongkai.toml` is of the place that crawls: the one that is there stays, and only
`sight_days`, on which `missing` rests, must agree.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from archive.inputs import check_inputs, read_settings

SETTINGS = "gongkai.toml"
KEYS = {
    "units.csv": ("division", "name", "kind"),
    "deadlines.csv": ("division", "kind", "first_year", "last_year"),
    "judgements.csv": ("kind", "target"),
}
"""What a line of each table is about."""

Line = tuple[tuple[str, str], ...]
"""The cells of a line that are not empty, with their columns."""


class Union:
    """The inputs of an archive and of those that were added, as they would be written; `conflicts` are sentences."""

    def __init__(self, inputs: Path) -> None:
        check_inputs(inputs)
        self.conflicts: list[str] = []
        self._names = {name: str(inputs / name) for name in files(inputs)}
        self._texts = {name: (inputs / name).read_bytes() for name in self._names}
        self._before = dict(self._texts)

    def add(self, inputs: Path) -> None:
        """Join the inputs of another archive."""
        check_inputs(inputs)
        for name in files(inputs):
            other, path = (inputs / name).read_bytes(), inputs / name
            mine = self._texts.get(name)
            if mine is None:
                self._texts[name], self._names[name] = other, str(path)
            elif mine != other:
                self._join(name, mine, other, path)

    def changed(self) -> dict[str, bytes]:
        """Every file that is to be written, by its path in `inputs/`."""
        return {name: text for name, text in self._texts.items() if self._before.get(name) != text}

    def _join(self, name: str, mine: bytes, other: bytes, path: Path) -> None:
        if name == SETTINGS:
            if (
                read_settings(Path(self._names[name]).parent).sight_days
                != read_settings(path.parent).sight_days
            ):
                self.conflicts.append(f"{self._names[name]} and {path} set sight_days differently")
        elif name in KEYS:
            lines = self._lines(name, _lines(mine), _lines(other), path)
            self._texts[name] = _text(lines, mine)
        else:
            self.conflicts.append(f"{self._names[name]} and {path} are two records under one name")

    def _lines(self, name: str, mine: list[Line], other: list[Line], path: Path) -> list[Line]:
        """All lines; where both have some about one thing, those of the archive that has all of them."""
        out = _about(name, mine)
        for about, theirs in _about(name, other).items():
            ours = out.get(about, [])
            if set(ours) <= set(theirs) and (len(ours) < len(theirs) or ours[-1] == theirs[-1]):
                out[about] = theirs
            elif not set(theirs) < set(ours):
                said = ", ".join(filter(None, about))
                self.conflicts.append(f"{self._names[name]} and {path} decide differently on {said}")
        return [line for about in sorted(out) for line in out[about]]


def files(inputs: Path) -> list[str]:
    """The files of a folder and of those in it, by their paths from there, without what is half-written or hidden."""
    found = (path for path in inputs.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(str(path.relative_to(inputs)) for path in found if path.suffix != ".part")


def _lines(text: bytes) -> list[Line]:
    rows = csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline=""))
    return [
        tuple((name, cell.strip()) for name, cell in row.items() if name and cell and cell.strip())
        for row in rows
    ]


def _about(name: str, lines: Iterable[Line]) -> dict[tuple[str, ...], list[Line]]:
    out: dict[tuple[str, ...], list[Line]] = {}
    for line in lines:
        cells = dict(line)
        kept = out.setdefault(tuple(cells.get(column, "") for column in KEYS[name]), [])
        if line in kept:
            kept.remove(line)
        kept.append(line)
    return out


def _text(lines: list[Line], before: bytes) -> bytes:
    """The table, under the columns it had and those that came with other lines; as it was where no line is new."""
    if sorted(lines) == sorted(set(_lines(before))):
        return before
    columns = list(dict.fromkeys([*_columns(before), *(column for line in lines for column, _ in line)]))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(dict(line) for line in lines)
    return out.getvalue().encode()


def _columns(text: bytes) -> list[str]:
    return next(csv.reader(io.StringIO(text.decode("utf-8-sig"), newline="")), [])
