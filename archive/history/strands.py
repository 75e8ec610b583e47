"""Strands: what stood at an address as one report, look by look.

An address may hold several reports at once, and one after the other: where the current report always stands at one
address, the next year's takes the place of the last one's, which was there all the same and was not revised.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

from archive.clock import instant
from archive.history.evidence import Reading
from archive.history.looks import Look

ONE_VISIT = timedelta(hours=12)
"""A page and its files that are looked at within so long are told from what they were by what they are at last."""


@dataclass(slots=True)
class Strand:
    """The looks at an address that showed one report, each with the part that it was then; what it was last read as.
    `since` and `until` are the looks at which it took the place of another, and another its own."""

    part: int
    looks: list[tuple[Look, int]] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    since: str = ""
    until: str = ""

    def agrees(self, readings: list[Reading]) -> bool:
        """Whether a part may be what this was: it names a year that this named, or shows what this showed."""
        years, before = _years(readings), _years(self.readings)
        return (
            not (years and before)
            or bool(years & before)
            or bool(_contents(readings) & _contents(self.readings))
        )

    def is_named(self, readings: list[Reading]) -> bool:
        """Whether a part names the body and the year that this named."""
        return bool(_names(readings) & _names(self.readings))


def strands(looks: list[Look]) -> list[Strand]:
    """The reports that stood at an address, by all looks at it; one of nothing where none was read."""
    out: list[Strand] = []
    last: list[Reading] = []
    for visit in _visits(looks):
        now = visit[-1].readings()
        if now == last and now:
            _follow(out, [id(strand) for strand in out if not strand.until], visit)
            continue
        last = now or last
        parts: dict[int, list[Reading]] = {}
        for reading in now:
            parts.setdefault(reading.part, []).append(reading)
        shown, since = _continued(out, parts), visit[0].at if out else ""
        for part, readings in parts.items():
            if part not in shown:
                shown[part] = Strand(part, since=since)
                out.append(shown[part])
            shown[part].part, shown[part].readings, shown[part].until = part, readings, ""
        _follow(out, [id(strand) for strand in shown.values()], visit)
    return out or [Strand(0, [(look, 0) for look in looks])]


def _follow(known: list[Strand], shown: list[int], visit: list[Look]) -> None:
    """Note a visit with the strands that it showed; one that shows nothing readable ends none."""
    for strand in known:
        if shown and id(strand) not in shown:
            strand.until = strand.until or visit[0].at
        elif not strand.until:
            strand.looks += [(look, strand.part) for look in visit]


def _continued(known: list[Strand], parts: dict[int, list[Reading]]) -> dict[int, Strand]:
    """The strands that parts go on with: of the same body and year, wherever that stands now, else what stood in this
    place and may be it."""
    out: dict[int, Strand] = {}
    taken: set[int] = set()
    tests: tuple[Callable[[Strand, int, list[Reading]], bool], ...] = (
        lambda strand, part, readings: strand.part == part and strand.is_named(readings),
        lambda strand, _, readings: strand.is_named(readings),
        lambda strand, part, readings: strand.part == part and not strand.until and strand.agrees(readings),
    )
    for test in tests:
        for part, readings in parts.items():
            free = (s for s in reversed(known) if id(s) not in taken and test(s, part, readings))
            if part not in out and (found := next(free, None)):
                out[part] = found
                taken.add(id(found))
    return out


def _visits(looks: list[Look]) -> list[list[Look]]:
    out: list[list[Look]] = []
    for look in looks:
        if out and instant(look.at) - instant(out[-1][0].at) < ONE_VISIT:
            out[-1].append(look)
        else:
            out.append([look])
    return out


def _names(readings: list[Reading]) -> set[tuple[str | None, int]]:
    return {(reading.issuer, reading.year) for reading in readings if reading.year}


def _years(readings: list[Reading]) -> set[int]:
    return {year for reading in readings for year in reading.years}


def _contents(readings: list[Reading]) -> set[str]:
    return {reading.content for reading in readings if reading.content and reading.has_cells}
