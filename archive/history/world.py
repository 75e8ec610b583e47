"""Everything that the ledger of one portal is decided by, and what its columns show of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from archive import clock
from archive.history.attribution import Claim
from archive.history.evidence import Evidence, Listed, Walk
from archive.history.judgements import Judgements
from archive.history.lines import Line, Report
from archive.history.lists import Lists
from archive.history.publication import moves
from archive.history.standing import corrected
from archive.inputs import DeadlineInput
from archive.register.names import SEVERAL
from archive.register.units import Register, Unit, compared

SPOKEN_OF = re.compile("政府信息|信息公开")
"""What a title that may be of a report says, cut as it may be."""


@dataclass
class World:
    """Everything the ledger of one portal is decided by."""

    evidence: Evidence
    register: Register
    deadlines: list[DeadlineInput]
    judgements: Judgements = field(default_factory=Judgements)
    reports: dict[tuple[str, int], list[Report]] = field(default_factory=dict)
    claims: list[Claim] = field(default_factory=list)
    columns: list[dict[str, Any]] = field(default_factory=list)
    walks: dict[str, list[Walk]] = field(default_factory=dict)
    found: dict[str, list[tuple[Unit, int]]] = field(default_factory=dict)
    """What stands in each column, by the last clear walk of it: unit and year of its entries."""
    _open: dict[int, list[Claim]] = field(default_factory=dict)
    _lost: dict[str, tuple[int, int]] = field(default_factory=dict)
    _doubled: dict[tuple[str, int], list[Report]] = field(default_factory=dict)
    _aside: dict[str, list[Listed]] = field(default_factory=dict)
    _hidden: dict[tuple[str, int], tuple[int, int]] = field(default_factory=dict)

    @cached_property
    def lists(self) -> Lists:
        """What the lists of all portals showed."""
        return Lists(self.evidence.walks)

    def open_of(self, year: int) -> list[Claim]:
        """The claims that could be more than one unit's report, or one of another year than this."""
        if year not in self._open:
            several = (claim for claim in self.claims if claim.reason or len(claim.years) > 1)
            self._open[year] = [claim for claim in several if not claim.years or year in claim.years]
        return self._open[year]

    def latest(self, column: str) -> Walk | None:
        """The last clear walk of a column."""
        return next((walk for walk in reversed(self.walks.get(column, [])) if walk.clear), None)

    def lost(self, column: str) -> tuple[int, int]:
        """How many of the reports that a column once listed it lists no longer though they are not gone, and how many
        it once listed."""
        if column not in self._lost:
            gone = {
                x.address for found in self.reports.values() for r in found for x in r.lines if not x.live
            }
            listed = {id(walk.entries): walk.entries for walk in self.walks.get(column, [])}.values()
            once = {e.address for entries in listed for e in entries.values() if e.verdict == "report"}
            latest = self.latest(column)
            self._lost[column] = (len(once - latest.entries.keys() - gone) if latest else 0, len(once))
        return self._lost[column]

    def hidden(self, column: str, year: int) -> tuple[int, int]:
        """How many bodies' reports of a year a column once listed, which stand where they stood and are listed nowhere
        now, and of how many bodies it once listed them."""
        if (column, year) not in self._hidden:
            latest = filter(None, map(self.latest, self.walks))
            listed = {address for walk in latest for address in walk.entries}
            once = [
                r for r in self.by_year.get(year, []) if any(column in _columns(line) for line in r.lines)
            ]
            away = [r for r in once if not any(line.address in listed for line in r.lines)]
            lost = [r for r in away if self.latest(column) and any(line.live for line in r.lines)]
            self._hidden[column, year] = len(lost), len(once)
        return self._hidden[column, year]

    def set_aside(self, column: str) -> list[Listed]:
        """The entries of a column's last clear walk that speak of the disclosure of information and are not taken for
        one body's report."""
        if column not in self._aside:
            latest = self.latest(column)
            entries = latest.entries.values() if latest else ()
            self._aside[column] = [
                e
                for e in entries
                if SPOKEN_OF.search(e.title) and (e.verdict != "report" or SEVERAL.search(e.title))
            ]
        return self._aside[column]

    @cached_property
    def moves(self) -> frozenset[date]:
        """The days on which a new system took over the portal's reports."""
        return moves(report for found in self.reports.values() for report in found)

    @cached_property
    def begun(self) -> dict[str, int]:
        """The first year of which each body has a report, by its code."""
        out: dict[str, int] = {}
        for code, year in self.reports:
            out[code] = min(year, out.get(code, year))
        return out

    def watched(self, column: str, until: date) -> bool:
        """Whether a column was seen clearly by the end of a year, so that it is known what it listed then."""
        walks = (walk for walk in self.walks.get(column, []) if walk.clear)
        return any(clock.day(walk.begun_at).year <= until.year for walk in walks)

    def stems(self, name: str) -> set[str]:
        """What a name of a unit here is written with, whatever follows."""
        return {name, compared(name, self.register.own, self.register.upper)}

    @cached_property
    def by_year(self) -> dict[int, list[Report]]:
        """Every report, by its year."""
        out: dict[int, list[Report]] = {}
        for (_, year), found in self.reports.items():
            out.setdefault(year, []).extend(found)
        return out

    def doubled(self, column: str, year: int) -> list[Report]:
        """The reports of a year of which a column shows several with different figures, none of them corrected."""
        if (column, year) not in self._doubled:
            latest = self.latest(column)
            listed = latest.entries.keys() if latest else ()
            found = []
            for report in self.by_year.get(year, []):
                lines = [line for line in report.lines if line.live and line.address in listed]
                if len({line.content() for line in lines} - {None}) > 1 and not any(map(corrected, lines)):
                    found.append(report)
            self._doubled[column, year] = found
        return self._doubled[column, year]


def _columns(line: Line) -> set[str]:
    return {walk.column for walk, _ in line.claim.address.listed}
