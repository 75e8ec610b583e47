"""Events: what happened to reports, each said once, with an id that rests on what first showed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from archive.history.lines import Line, Rendition, Report, Run


@dataclass(slots=True)
class Event:
    """Something that happened between `seen_before` and `seen_at`; `confirmed_at` is the sight that made us believe
    it. `captures` are the records it rests on."""

    kind: str
    unit: str
    year: int
    line: str
    payload: str
    seen_at: str
    message: str
    seen_before: str | None = None
    confirmed_at: str | None = None
    old_reading: int | None = None
    new_reading: int | None = None
    captures: list[str] = field(default_factory=list)
    cells: list[dict[str, Any]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The same under rebuild, upgrade and merge."""
        parts = (self.kind, self.unit, str(self.year), self.line, self.payload)
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def events(report: Report) -> Iterator[Event]:
    """Everything that happened to a report."""
    first = min(report.lines, key=lambda line: line.sights[0].at)
    yield _event("first_seen", report, first, first.sights[0].body or "", first.sights[0].at, "first seen")
    for line in report.lines:
        yield from _line_events(report, line)
    if report.contested:
        line = next((x for x in report.lines if x.live), first)
        yield _event(
            "contested", report, line, line.sights[-1].body or "", line.sights[-1].at, report.contested
        )


def _line_events(report: Report, line: Line) -> Iterator[Event]:
    if line.moved_to:
        at = line.gone[0].at if line.gone else line.sights[-1].at
        yield _event("moved", report, line, line.moved_to, at, f"moved to {line.moved_to}")
    elif line.withdrawn:
        captures = [s.record for s in line.gone]
        event = _event(
            "withdrawn", report, line, line.gone[0].body or "", line.gone[0].at, _gone_message(line)
        )
        event.seen_before, event.confirmed_at, event.captures = line.sights[-1].at, line.gone[-1].at, captures
        yield event
    yield from _divergence(report, line)
    if not report.contested:
        for rendition in line.renditions:
            yield from _rendition_events(report, line, rendition)


def _gone_message(line: Line) -> str:
    return f"answered 404 at {len(line.gone)} sights, last there {line.sights[-1].at[:10]}"


def _divergence(report: Report, line: Line) -> Iterator[Event]:
    shown = [r for r in line.renditions if r.latest.has_cells]
    for rendition in shown[1:]:
        if rendition.latest.content != shown[0].latest.content:
            old, new = Run(shown[0].seen), Run(rendition.seen[-1:])
            yield _change("divergence", report, line, old, new)


def _rendition_events(report: Report, line: Line, rendition: Rendition) -> Iterator[Event]:
    runs = rendition.runs(lambda reading: reading.content)
    believed = runs[0]
    for number, run in enumerate(runs[1:], start=1):
        if run.first.reading.engines != believed.last.reading.engines:
            believed = run
        elif run.first.reading.content in {earlier.first.reading.content for earlier in runs[:number]}:
            yield _change("flapping", report, line, runs[number - 1], run)
        elif run.confirmed_at:
            yield _change("revised", report, line, believed, run)
        elif number == len(runs) - 1:
            yield _change("unconfirmed", report, line, believed, run)
        believed = run if run.confirmed_at else believed
    prose = rendition.runs(lambda reading: reading.prose)
    for before, run in pairwise(prose):
        if run.confirmed_at and run.first.reading.content == before.last.reading.content:
            yield _change("prose_revised", report, line, before, run)


MESSAGES = {
    "divergence": "the page and its file show different figures",
    "flapping": "figures seen earlier are back",
    "revised": "the figures changed",
    "unconfirmed": "other figures, seen for less than 24 hours",
    "prose_revised": "the text changed, the figures did not",
}


def _change(kind: str, report: Report, line: Line, old: Run, new: Run) -> Event:
    event = _event(kind, report, line, new.first.body, new.first.sight.at, MESSAGES[kind])
    event.seen_before, event.confirmed_at = old.last.sight.at, new.confirmed_at
    event.old_reading, event.new_reading = old.last.reading.id, new.first.reading.id
    event.captures = list(
        dict.fromkeys([old.last.sight.record, new.first.sight.record, new.last.sight.record])
    )
    return event


def _event(kind: str, report: Report, line: Line, payload: str, at: str, message: str) -> Event:
    event = Event(kind, report.unit.code, report.year, line.address, payload, at, message)
    event.captures = [line.sights[0].record]
    return event
