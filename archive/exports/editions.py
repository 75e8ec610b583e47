"""Editions: the readings that stand for a report at a chosen time, best first.

Parts of a report complement each other and renditions repeat each other, so an edition may hold several readings: a
cell is taken from the first that has it, and one in which they differ is doubtful.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal

from archive import clock
from archive.database import Database
from archive.history.lines import Line, Rendition, Report, Seen
from archive.register.deadlines import Deadline
from parsers.portals.urls import key

Choice = Literal["latest", "first", "deadline"]
CHOICES: tuple[Choice, ...] = ("latest", "first", "deadline")
"""`latest`: as last seen; `first`: as first seen; `deadline`: as last seen by the end of the due day."""

ONE_CRAWL = timedelta(days=1)
"""What is seen within so long of a report's first sight was published with it: pages and their files."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A reading and the sight that showed it: `record` is the capture, `at` its instant, `since` when the same
    figures were first seen there. `direct` says that the capture is the document's own, and not of the page that
    leads to it."""

    reading: int
    url: str
    address: str
    format: str
    record: str
    at: str
    since: str
    direct: bool


def edition(report: Report, choice: Choice, due: Deadline) -> tuple[Shown, ...]:
    """The readings of a report at the chosen time; none where nothing of it had been seen by then or could be read."""
    lines = _standing(report.lines) if choice == "latest" else report.lines
    begun = min((line.sights[0].at for line in report.lines), default="")
    found = []
    for line in lines:
        for rank, rendition in enumerate(line.renditions):
            if seen := _chosen(rendition, choice, due, begun):
                order = (not seen.reading.has_cells, -_instant(seen.sight.at), rank)
                found.append((order, _shown(line, rendition, seen)))
    return tuple(shown for _, shown in sorted(found, key=lambda pair: pair[0]))


def _standing(lines: list[Line]) -> list[Line]:
    """The lines that still stand; where none does, those that were not followed by another."""
    return [x for x in lines if x.live] or [x for x in lines if x.moved_to is None] or lines


def _chosen(rendition: Rendition, choice: Choice, due: Deadline, begun: str) -> Seen | None:
    if choice == "latest":
        return rendition.seen[-1]
    if choice == "first":
        first = rendition.seen[0]
        late = clock.instant(first.sight.at) - clock.instant(begun) > ONE_CRAWL
        return None if late else first
    until = clock.stamp(due.passed)
    return next((seen for seen in reversed(rendition.seen) if seen.sight.at <= until), None)


def _shown(line: Line, rendition: Rendition, seen: Seen) -> Shown:
    since = seen
    for earlier in reversed(rendition.seen[: rendition.seen.index(seen)]):
        if earlier.reading.content != seen.reading.content:
            break
        since = earlier
    direct = key(rendition.url) == line.address and seen.sight.body == seen.body
    return Shown(
        *(seen.reading.id, rendition.url, line.address, rendition.format),
        *(seen.sight.record, seen.sight.at, since.sight.at, direct),
    )


def located(database: Database, shown: Shown, body: str) -> Shown:
    """The same with the capture of the document itself, where the sight was of a page that leads to it."""
    if shown.direct:
        return shown
    until = clock.stamp(clock.instant(shown.at) + ONE_CRAWL)
    row = database.execute(
        "SELECT record, at FROM captures WHERE url = ? AND body = ? AND at <= ? ORDER BY at DESC LIMIT 1",
        [shown.url, body, until],
    ).fetchone()
    return replace(shown, record=row[0], at=row[1], direct=True) if row else shown


def _instant(at: str) -> float:
    """Sights of one crawl count as one: the order of fetching is no reason to prefer a rendition."""
    return clock.instant(at).timestamp() // ONE_CRAWL.total_seconds()
