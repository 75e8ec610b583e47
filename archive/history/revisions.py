"""Events: what happened to reports, each said once, with an id that rests on what first showed it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from archive.clock import instant
from archive.history.lines import CONFIRMED_AFTER, Line, Rendition, Report, Run
from archive.history.printed import Printed
from archive.wording import EVENTS


@dataclass(slots=True)
class Event:
    """Something that happened between `seen_before` and `seen_at`; `confirmed_at` is the sight that made us believe
    it. `captures` are the records it rests on, `kind` is one of `archive.history.kinds`."""

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


def event(kind: str, report: Report, line: Line, payload: str, at: str, message: str) -> Event:
    """An event that rests on the first sight of a line, until it is given others."""
    happened = Event(kind, report.unit.code, report.year, line.address, payload, at, message)
    happened.captures = [line.sights[0].record]
    return happened


def revisions(report: Report, printed: Printed, contested_since: str | None) -> Iterator[Event]:
    """The first sight of a report, and what changed on its pages and in its files; of one that is contested no figures
    are revised any more."""
    first = min(report.lines, key=lambda line: line.sights[0].at)
    yield event(
        "first_seen", report, first, first.sights[0].body or "", first.sights[0].at, EVENTS["first_seen"]
    )
    for line in report.lines:
        changed = [e for r in line.renditions for e in _figures(report, line, r, printed)]
        yield from _once(e for e in changed if contested_since is None or _before(e, contested_since))
        yield from _once([e for r in line.renditions for e in _prose(report, line, r)])
        for rendition in line.renditions:
            yield from _cut(report, line, rendition)
        yield from _divergence(report, line, printed)


def _once(changed: Iterable[Event]) -> Iterator[Event]:
    """What became of a page and of its file in one crawl is one event."""
    said: list[Event] = []
    for one in changed:
        if not any(_together(one, other) for other in said):
            said.append(one)
            yield one


def _before(one: Event, at: str) -> bool:
    """Whether it was seen in a crawl before the one of an instant."""
    return bool(at) and instant(one.seen_at) + CONFIRMED_AFTER < instant(at)


def _together(one: Event, other: Event) -> bool:
    apart = abs(instant(one.seen_at) - instant(other.seen_at))
    return (one.kind, one.cells) == (other.kind, other.cells) and apart < CONFIRMED_AFTER


def _figures(report: Report, line: Line, rendition: Rendition, printed: Printed) -> Iterator[Event]:
    runs = rendition.figures()
    believed = runs[0] if runs else None
    for number, run in enumerate(runs[1:], start=1):
        assert believed is not None  # noqa: S101 - there is a run before a second one
        if run.first.reading.engines != believed.last.reading.engines:
            believed = run
        elif run.first.reading.content in {earlier.first.reading.content for earlier in runs[:number]}:
            yield _change("flapping", report, line, runs[number - 1], run, printed)
        elif run.confirmed_at:
            yield _changed_to(report, line, believed, run, printed)
        elif number == len(runs) - 1:
            yield _change("unconfirmed", report, line, believed, run, printed)
        believed = run if run.confirmed_at else believed


def _changed_to(report: Report, line: Line, old: Run, new: Run, printed: Printed) -> Event:
    before, after = old.last.reading, new.first.reading
    if before.form != after.form:
        changed = _change("form_changed", report, line, old, new, printed)
        changed.message = EVENTS["form_changed"].format(old=before.form, new=after.form)
        return changed
    changed = _change("revised", report, line, old, new, printed)
    if before.prose != after.prose:
        changed.message += EVENTS["revised, text"]
    one, two = printed.broken(before.id), printed.broken(after.id)
    if one != two:
        changed.message += EVENTS["revised, sums"].format(before=one, after=two)
    if printed.says_corrected(after.id) and not printed.says_corrected(before.id):
        changed.message += EVENTS["revised, corrected"]
    return changed


def _prose(report: Report, line: Line, rendition: Rendition) -> Iterator[Event]:
    for before, run in pairwise(rendition.runs(lambda reading: reading.prose)):
        if run.confirmed_at and run.first.reading.content == before.last.reading.content:
            yield _change("prose_revised", report, line, before, run)


def _cut(report: Report, line: Line, rendition: Rendition) -> Iterator[Event]:
    """The times in which a rendition that has or once had figures showed only a part of them."""
    whole = None
    for run in _by_wholeness(rendition):
        if not run.first.partial:
            whole = run
        elif run.first.reading.has_cells or (whole and whole.last.reading.has_cells):
            happened = _change("page_cut", report, line, whole or run, run)
            happened.seen_before = whole.last.sight.at if whole else None
            happened.old_reading = whole.last.reading.id if whole else None
            yield happened


def _by_wholeness(rendition: Rendition) -> Iterator[Run]:
    run: list[Any] = []
    for seen in rendition.seen:
        if run and run[-1].partial != seen.partial:
            yield Run(run)
            run = []
        run.append(seen)
    if run:
        yield Run(run)


def _divergence(report: Report, line: Line, printed: Printed) -> Iterator[Event]:
    """Two formats of one page that print different figures for the same cells, since they last began to."""
    shown = [runs[-1] for r in line.renditions if (runs := r.figures()) and runs[-1].last.reading.has_cells]
    for run in shown[1:]:
        one, other = shown[0].last.reading, run.last.reading
        differ = one.content != other.content and [
            cell
            for cell in printed.differences(one.id, other.id)
            if "absent" not in (cell["old"], cell["new"])
        ]
        if differ:
            later = max(shown[0], run, key=lambda r: r.first.sight.at)
            happened = _change("divergence", report, line, shown[0], Run([later.first]))
            happened.payload = f"{shown[0].first.body} {run.first.body}"
            happened.seen_before = None
            happened.old_reading, happened.new_reading, happened.cells = one.id, other.id, differ
            yield happened


def _change(
    kind: str, report: Report, line: Line, old: Run, new: Run, printed: Printed | None = None
) -> Event:
    happened = event(kind, report, line, new.first.body, new.first.sight.at, EVENTS[kind])
    happened.seen_before, happened.confirmed_at = old.last.sight.at, new.confirmed_at
    happened.old_reading, happened.new_reading = old.last.reading.id, new.first.reading.id
    happened.captures = list(
        dict.fromkeys([old.last.sight.record, new.first.sight.record, new.last.sight.record])
    )
    if printed:
        happened.cells = printed.differences(old.last.reading.id, new.first.reading.id)
    return happened
