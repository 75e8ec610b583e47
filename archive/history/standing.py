"""Events of where a report stands: moved, withdrawn, back, at two addresses with different figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.clock import day, instant
from archive.history.absences import Absence
from archive.history.lines import CONFIRMED_AFTER, Line, Rendition, Report, Seen
from archive.history.printed import Printed
from archive.history.revisions import Event, event
from archive.wording import EVENTS
from parsers.titles import read_title

CORRECTED_TITLE = re.compile(r"更正|勘误|订正|修订|修正|更新(?:版|稿|后|说明)|重新(?:公布|发布)|补正")
"""Words by which a title says that what stands under it is, or tells of, a corrected report."""

Step = tuple[str, Line, Seen | None]
Showing = tuple[str, Line, Seen]


def standing(report: Report, printed: Printed) -> Iterator[Event]:
    """What happened to the addresses of a report."""
    for line in report.lines:
        if line.moved_to:
            at = line.gone[0].at if line.gone else _redirected(line)
            said = EVENTS["moved"].format(address=line.moved_to)
            yield event("moved", report, line, line.moved_to, at, said)
        for absence in line.absences:
            yield from _withdrawal(report, line, absence)
    yield from _contest(report, printed)


def _redirected(line: Line) -> str:
    """The first of the sights at which it redirected, up to the last."""
    first = line.sights[-1]
    for sight in reversed(line.sights):
        if sight.page_class != "redirect":
            break
        first = sight
    return first.at


def _withdrawal(report: Report, line: Line, absence: Absence) -> Iterator[Event]:
    confirmed = absence.confirmed
    if confirmed is None or any(x.there(confirmed.at) for x in report.lines if x is not line):
        return
    said = EVENTS["withdrawn"].format(sights=len(absence.gone), day=day(absence.last.at))
    gone = event("withdrawn", report, line, absence.gone[0].body or "", absence.gone[0].at, said)
    gone.seen_before, gone.confirmed_at = absence.last.at, confirmed.at
    gone.captures = [s.record for s in absence.gone]
    yield gone
    returns = [(s, x) for x in report.lines for s in x.sights if s.at > confirmed.at]
    if returns:
        sight, where = min(returns, key=lambda found: (found[0].at, found[1].address))
        told = "restored" if where is line else "restored, elsewhere"
        said = EVENTS[told].format(address=line.address)
        back = event("restored", report, where, f"{sight.body} {gone.payload}", sight.at, said)
        back.seen_before, back.captures = (
            absence.gone[-1].at if where is line else confirmed.at,
            [sight.record],
        )
        yield back


def _contest(report: Report, printed: Printed) -> Iterator[Event]:
    for one, other in _disputes(report, sure=True):
        marked = [step for step in (one, other) if corrected(step[1])]
        new, old = (other, one) if marked == [other] else (one, other)
        kind = "reissued" if len(marked) == 1 else "contested"
        said = EVENTS[kind].format(address=old[1].address, title=corrected(new[1]))
        happened = event(kind, report, new[1], new[2].body, max(one[0], other[0]), said)
        happened.old_reading, happened.new_reading = old[2].reading.id, new[2].reading.id
        happened.cells = printed.differences(old[2].reading.id, new[2].reading.id)
        happened.captures = [old[2].sight.record, new[2].sight.record]
        yield happened
    if len(report.years) > 1:
        line = next(x for x in report.lines if x.live)
        said = EVENTS["contested, years"].format(years="、".join(map(str, report.years)))
        payload = f"years {line.sights[0].body}"
        yield event("contested", report, line, payload, _years_differ(report), said)


def contested_since(report: Report) -> str | None:
    """When a report that is contested now became so, `None` for any other."""
    if not report.contested:
        return None
    if len(report.years) > 1:
        return _years_differ(report)
    begun = [max(one[0], other[0]) for one, other in _disputes(report, sure=False)]
    return begun[-1] if begun else ""


def corrected(line: Line) -> str | None:
    """The title that says of what stands at an address that it is corrected."""
    return next((t for t in line.claim.address.titles_now() if CORRECTED_TITLE.search(t)), None)


def _years_differ(report: Report) -> str:
    """When a second year was first named."""
    said: list[tuple[str, int | None]] = []
    for line in report.lines:
        said += [
            (seen.sight.at, year) for r in line.renditions for seen in r.seen for year in seen.reading.years
        ]
        said += [(walk.begun_at, read_title(entry.title).year) for walk, entry in line.claim.address.listed]
        said += [(s.at, read_title(s.title).year) for s in line.sights if s.title]
    first: dict[int, str] = {}
    for at, year in sorted(said, key=lambda one: one[0]):
        if year in report.years:
            first.setdefault(year, at)
    return sorted(first.values())[1] if len(first) > 1 else report.lines[0].sights[0].at


def _steps(report: Report) -> list[Step]:
    """What each address showed at each sight, `None` where it was gone, in the order of time."""
    out: list[Step] = []
    for line in report.lines:
        before: list[Rendition] = []
        for rendition in line.renditions:
            shown = (seen for seen in rendition.seen if seen.whole)
            out += [
                (s.sight.at, line, s) for s in shown if not any(r.shown_at(s.sight.at).whole for r in before)
            ]
            before.append(rendition)
        out += [(s.at, line, None) for absence in line.absences for s in absence.gone]
    return sorted(out, key=lambda step: (step[0], step[1].address))


def _disputes(report: Report, *, sure: bool) -> Iterator[tuple[Showing, Showing]]:
    """What an address showed when it began to differ from another, and what that showed; what lasts less than a day
    was a crawl on its way. `sure` leaves out what may differ because the other was not looked at since."""
    if len(report.lines) < 2:
        return
    stand: dict[str, Showing] = {}
    begun: tuple[Showing, Showing] | None = None
    for at, line, seen in _steps(report):
        before = stand.pop(line.address, None)
        if seen is not None and not line.moved_to:
            now = (at, line, seen)
            found = (_differ(now, before, x, sure=sure) for x in stand.values())
            begun = begun or next(filter(None, found), None)
            stand[line.address] = now
        if begun and len({x[2].reading.content for x in stand.values()}) < 2:
            if instant(at) - instant(begun[0][0]) >= CONFIRMED_AFTER:
                yield begun
            begun = None
    if begun:
        yield begun


def _differ(
    now: Showing, before: Showing | None, other: Showing, *, sure: bool
) -> tuple[Showing, Showing] | None:
    """Two addresses that showed different figures at one time, the one that came to do so later first. Known pages are
    looked at on days of their own: what was last seen days ago may have changed as well, but what is the same before
    and after the other was seen is not."""
    if other[2].reading.content == now[2].reading.content:
        return None
    if not sure or instant(now[0]) - instant(other[0]) < CONFIRMED_AFTER:
        return now, other
    if before and before[0] <= other[0] and before[2].reading.content == now[2].reading.content:
        return other, now
    return None
