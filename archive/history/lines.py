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
from archive.history.attribution import Claim, readings_of
from archive.history.evidence import Evidence, Reading, Sight, Walk
from archive.register.units import Unit
from parsers.portals.urls import key

CONFIRMED_AFTER = timedelta(hours=24)
"""A state is believed when it was seen twice at least this far apart."""
WITHDRAWN_SIGHTS = 3
WITHDRAWN_AFTER = timedelta(days=14)
"""A page is withdrawn after so many plain 404s over so long: servers answer 404 under load and during redesigns."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A rendition as one sight showed it."""

    sight: Sight
    reading: Reading
    body: str


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


@dataclass(slots=True)
class Line:
    """An address at which a report stood; `gone` are the plain 404s since it was last there."""

    claim: Claim
    sights: list[Sight]
    gone: list[Sight]
    renditions: list[Rendition]
    moved_to: str | None = None
    withdrawn: bool = False

    @property
    def address(self) -> str:
        """Its address, as addresses are compared."""
        return self.claim.address.key

    @property
    def live(self) -> bool:
        """Whether the report still stands there, as far as we saw."""
        return self.moved_to is None and not self.gone

    def content(self) -> str | None:
        """The content it last showed, of the rendition that has cells."""
        return next((r.latest.content for r in self.renditions if r.latest.has_cells), None)


@dataclass(slots=True)
class Report:
    """What was published as one unit's report of one year. `contested` says why its figures are not taken as one."""

    unit: Unit
    year: int
    scope: str
    lines: list[Line]
    contested: str = ""

    @property
    def withdrawn(self) -> bool:
        """Whether every line that was not moved is withdrawn."""
        own = [line for line in self.lines if line.moved_to is None]
        return bool(own) and all(line.withdrawn for line in own)


def reports(evidence: Evidence, claims: list[Claim]) -> list[Report]:
    """Every report that decided claims amount to."""
    found: dict[tuple[str, int, str], Report] = {}
    for claim in claims:
        if claim.unit is None or claim.year is None or claim.reason:
            continue
        line = _line(evidence, claim)
        if not line.sights:
            continue
        key_ = (claim.unit.code, claim.year, claim.scope)
        found.setdefault(key_, Report(claim.unit, claim.year, claim.scope, [])).lines.append(line)
    for report in found.values():
        _find_moves(evidence, report)
        report.contested = _contested(report)
    return [found[key_] for key_ in sorted(found)]


def _line(evidence: Evidence, claim: Claim) -> Line:
    there = [s for s in claim.address.sights if evidence.shows_report(s)]
    last = there[-1].at if there else ""
    gone = [s for s in claim.address.sights if s.gone and s.at > last]
    line = Line(claim, there, gone, _renditions(evidence, claim, there))
    line.withdrawn = _withdrawn(evidence, gone)
    return line


def _renditions(evidence: Evidence, claim: Claim, sights: list[Sight]) -> list[Rendition]:
    found: dict[tuple[str, str], Rendition] = {}
    for sight in sights:
        for url, reading in readings_of(evidence, sight):
            if reading.part != claim.part:
                continue
            role = "page" if key(url) == key(evidence.final(sight).url) else "file"
            rendition = found.setdefault((role, reading.format), Rendition(url, reading.format))
            rendition.url = url
            rendition.seen.append(Seen(sight, reading, evidence.final(sight).body or ""))
    return [found[name] for name in sorted(found, reverse=True)]


def _withdrawn(evidence: Evidence, gone: list[Sight]) -> bool:
    counted = [s for s in gone if any(_during(walk, s) for walk in evidence.walks if walk.clear)]
    if len(counted) < WITHDRAWN_SIGHTS:
        return False
    return instant(counted[-1].at) - instant(counted[0].at) >= WITHDRAWN_AFTER


def _during(walk: Walk, sight: Sight) -> bool:
    return walk.begun_at <= sight.at <= walk.ended_at


def _find_moves(evidence: Evidence, report: Report) -> None:
    for line in report.lines:
        for other in report.lines:
            if other is line or other.moved_to == line.address:
                continue
            final = evidence.final(line.sights[-1])
            redirected = key(final.url) == other.address != line.address
            content = line.content()
            replaced = (
                bool(line.gone) and content is not None and content == other.content() and not other.gone
            )
            if redirected or replaced:
                line.moved_to = other.address
                break


def _contested(report: Report) -> str:
    years = sorted({year for line in report.lines if line.live for year in line.claim.years})
    if len(years) > 1:
        return "its witnesses name the years " + ", ".join(map(str, years))
    live = [line for line in report.lines if line.live]
    contents = {line.content() for line in live} - {None}
    if len(contents) > 1:
        return f"{len(live)} live addresses show different figures"
    return ""
