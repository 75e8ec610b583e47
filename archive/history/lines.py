"""Reports, their lines and renditions: what stood at each address, in which format, from when to when.

A line is one address and its proven successors: a redirect, or the old address gone and the same content at a new
one. A rendition is a line in one format; a run is a time in which it showed the same. What could not be fetched or
read changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby

from archive.clock import instant
from archive.history.absences import Absence, absences
from archive.history.attribution import Claim
from archive.history.evidence import Evidence, Reading, Sight
from archive.history.looks import Look, Shown
from archive.history.printed import Printed
from archive.register.units import Unit
from archive.wording import EVENTS, WHY
from parsers.portals.urls import key
from parsers.report import Report as Said

ONE_CRAWL = timedelta(hours=24)
"""What is seen of a page and its files within so long was seen together."""
CONFIRMED_AFTER = timedelta(hours=24)
"""A state is believed when it was seen twice at least this far apart."""
NOTHING_SAID = Said().prose()
"""The digest of a text that says nothing."""


@dataclass(slots=True)
class Seen:
    """A rendition as one sight showed it; `body` is that of the page or the file that it is. `partial` says that
    another rendition showed all its cells and more, or itself did before: a page cut short, or one that leaves the
    tables to its file."""

    sight: Sight
    reading: Reading
    body: str
    partial: bool = False

    @property
    def whole(self) -> bool:
        """Whether it showed figures, all of them as far as we can tell."""
        return self.reading.has_cells and not self.partial


@dataclass(slots=True)
class Run:
    """Consecutive sights of a rendition that showed the same."""

    seen: list[Seen]

    @property
    def first(self) -> Seen:
        """The sight that first showed it."""
        return self.seen[0]

    @property
    def last(self) -> Seen:
        """The last sight that showed it."""
        return self.seen[-1]

    @property
    def confirmed_at(self) -> str | None:
        """The sight that confirms it: a second one, far enough from the first."""
        begun = instant(self.first.sight.at)
        return next((s.sight.at for s in self.seen if instant(s.sight.at) - begun >= CONFIRMED_AFTER), None)


@dataclass(slots=True)
class Rendition:
    """A line in one format, sight by sight."""

    url: str
    format: str
    seen: list[Seen] = field(default_factory=list)

    @property
    def latest(self) -> Reading:
        """What it was last read as."""
        return self.seen[-1].reading

    def runs(self, what: Callable[[Reading], str | None]) -> list[Run]:
        """Its time in runs of the same content, or of the same prose."""
        return [Run(list(group)) for _, group in groupby(self.seen, lambda seen: what(seen.reading))]

    def figures(self) -> list[Run]:
        """Its time in runs of the same figures, without the sights that showed only a part of them."""
        whole = (seen for seen in self.seen if not seen.partial)
        return [Run(list(group)) for _, group in groupby(whole, lambda seen: seen.reading.content)]

    def shown_at(self, at: str) -> Seen:
        """What it showed at an instant: in the crawl of then, else when it was last seen before, else first after."""
        then = instant(at)
        near = min(self.seen, key=lambda seen: abs(instant(seen.sight.at) - then))
        if abs(instant(near.sight.at) - then) < ONE_CRAWL:
            return near
        return next((seen for seen in reversed(self.seen) if seen.sight.at <= at), self.seen[0])


@dataclass(slots=True)
class Line:
    """An address at which a report stood: the sights that showed it there, and the times in which it was gone."""

    claim: Claim
    sights: list[Sight]
    absences: list[Absence]
    renditions: list[Rendition]
    moved_to: str | None = None

    @property
    def address(self) -> str:
        """Its address, as addresses are compared."""
        return self.claim.address.key

    @property
    def gone(self) -> list[Sight]:
        """The plain 404s since it was last there."""
        return self.absences[-1].gone if self.absences and self.absences[-1].back is None else []

    @property
    def withdrawn(self) -> bool:
        """Whether it is gone, for good as far as we saw."""
        return bool(self.gone) and self.absences[-1].confirmed is not None

    @property
    def live(self) -> bool:
        """Whether the report still stands there, as far as we saw."""
        return self.moved_to is None and not self.gone and not self.claim.address.ended

    def there(self, at: str) -> bool:
        """Whether the report stood there at an instant, by the last sight up to then."""
        gone = [s.at for absence in self.absences for s in absence.gone if s.at <= at]
        return max((s.at for s in self.sights if s.at <= at), default="") > max(gone, default="")

    def figures(self) -> Run | None:
        """The figures it last showed, and since when, of the first rendition that has cells."""
        runs = (run for r in self.renditions for run in r.figures()[-1:] if run.last.reading.has_cells)
        return next(runs, None)

    def content(self) -> str | None:
        """The content of these figures."""
        run = self.figures()
        return run.last.reading.content if run else None

    def same(self, other: Line) -> bool:
        """Whether it last showed what another shows: the same figures, or the same text where neither has any."""
        one, two = self.content(), other.content()
        if one or two:
            return one == two
        said = {r.latest.prose for r in self.renditions} & {r.latest.prose for r in other.renditions}
        return bool(said - {None, NOTHING_SAID})


@dataclass(slots=True)
class Report:
    """What was published as one unit's report of one year. `contested` says why its figures are not taken as one."""

    unit: Unit
    year: int
    scope: str
    lines: list[Line]
    contested: str = ""

    @property
    def years(self) -> list[int]:
        """The years that the witnesses of its live lines name."""
        return sorted({year for line in self.lines if line.live for year in line.claim.years})

    @property
    def withdrawn(self) -> bool:
        """Whether every line that was not moved is withdrawn."""
        own = [line for line in self.lines if line.moved_to is None]
        return bool(own) and all(line.withdrawn for line in own)


def reports(evidence: Evidence, claims: list[Claim], printed: Printed) -> list[Report]:
    """Every report that decided claims amount to."""
    found: dict[tuple[str, int, str], Report] = {}
    for claim in claims:
        if claim.unit is None or claim.year is None or claim.reason:
            continue
        line = _line(evidence, claim)
        if not line.sights:
            continue
        _mark_partial(line, printed)
        key_ = (claim.unit.code, claim.year, claim.scope)
        found.setdefault(key_, Report(claim.unit, claim.year, claim.scope, [])).lines.append(line)
    for report in found.values():
        _find_moves(evidence, report)
        _look_elsewhere(report, claims)
        report.contested = _contested(report)
    return [found[key_] for key_ in sorted(found)]


def _line(evidence: Evidence, claim: Claim) -> Line:
    there = [s for s in claim.address.sights if evidence.shows_report(s)]
    portals = {walk.portal for walk, _ in claim.address.listed}
    return Line(claim, there, absences(evidence, claim.address.sights, there, portals), _renditions(claim))


def _mark_partial(line: Line, printed: Printed) -> None:
    """Find the sights at which a rendition showed only a part of what another showed, or it had shown itself."""
    for rendition in line.renditions:
        _mark_cut(rendition, printed)
    if len({seen.reading.content for rendition in line.renditions for seen in rendition.seen}) < 2:
        return
    for rendition in line.renditions:
        others = [other for other in line.renditions if other is not rendition]
        for seen in rendition.seen:
            beside = [other.shown_at(seen.sight.at).reading for other in others]
            seen.partial |= any(_shows_less(seen.reading, other, printed) for other in beside)


def _mark_cut(rendition: Rendition, printed: Printed) -> None:
    whole = rendition.seen[0].reading
    for seen in rendition.seen:
        now = seen.reading
        if now.content == whole.content:
            continue
        alike = now.form == whole.form or not now.has_cells
        seen.partial = alike and printed.cut_short(now.id, whole.id)
        whole = whole if seen.partial else now


def _shows_less(one: Reading, other: Reading, printed: Printed) -> bool:
    if one.content == other.content:
        return False
    if not (one.has_cells and other.has_cells):
        return other.has_cells and not one.has_cells
    return printed.shows_less(one.id, other.id)


def _renditions(claim: Claim) -> list[Rendition]:
    """What stood there in each format. Files go by their address; one that is linked no more is gone on with by a new
    one of its format."""
    found: dict[tuple[bool, str], list[Rendition]] = {}
    for look, part in claim.looks:
        for shown in look.seen:
            for reading in shown.readings:
                if reading.part == part:
                    known = found.setdefault((not shown.is_file, reading.format), [])
                    rendition = _goes_on(known, shown, look) or Rendition(shown.url, reading.format)
                    if not rendition.seen:
                        known.append(rendition)
                    rendition.url = shown.url
                    rendition.seen.append(Seen(shown.sight, reading, shown.body))
    return [rendition for of in sorted(found, reverse=True) for rendition in found[of]]


def _goes_on(known: list[Rendition], shown: Shown, look: Look) -> Rendition | None:
    for rendition in known:
        if rendition.url == shown.url or not shown.is_file:
            return rendition
    linked = {one.url for one in look.stands} if known else ()
    return next((rendition for rendition in known if rendition.url not in linked), None)


def _find_moves(evidence: Evidence, report: Report) -> None:
    for line in report.lines:
        for other in report.lines:
            if other is line or other.moved_to == line.address:
                continue
            final = evidence.final(line.sights[-1])
            redirected = key(final.url) == other.address != line.address
            replaced = bool(line.gone) and not other.gone and line.same(other)
            if redirected or replaced:
                line.moved_to = other.address
                break


def _look_elsewhere(report: Report, claims: list[Claim]) -> None:
    """What is gone from its address may stand under an entry that is undecided: then it is not withdrawn."""
    absent = [a for line in report.lines for a in line.absences if a.confirmed]
    asked = [c for c in claims if absent and c.reason and c.could_be(report.unit, report.year)]
    for absence in absent:
        if any(w.ended_at >= absence.gone[0].at for claim in asked for w, _ in claim.address.listed):
            absence.confirmed = None


def _contested(report: Report) -> str:
    if len(report.years) > 1:
        return EVENTS["contested, years"].format(years="、".join(map(str, report.years)))
    live = [line for line in report.lines if line.live]
    contents = {line.content() for line in live} - {None}
    if len(contents) > 1:
        return WHY["contested"].format(count=len(live))
    return ""
