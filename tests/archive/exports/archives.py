"""An archive of three towns with much that can happen to a cell, and what a verb opens of it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from archive import clock
from archive.exports.selection import Selection, indicators, units, years
from archive.exports.standing import Options
from archive.exports.tables import Holdings
from archive.folder import Folder
from archive.history.query import Asked, asked
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl

REED, MOON, PINE = "苇塘街道", "月牙镇", "松针乡"
RECEIVED = "requests.received.total"
DUE_SEEN, LATER = "2025-01-20T01:00:00Z", "2025-02-06T01:00:00Z"


def spoilt():
    """Reports for 2018 to 2024: three forms, and cells in every state."""
    site = yingchuan()
    for year in (2018, 2020, 2024):
        site.publish(REED, year, date(year + 1, 1, 10))
    site.publish(MOON, 2024, date(2025, 1, 12))
    site.edit_cell(MOON, 2023, "requests.granted.research", None)
    site.edit_cell(MOON, 2023, "requests.granted.business", "/")
    site.edit_cell(MOON, 2023, "proactive.rules.issued", "无")
    site.edit_cell(MOON, 2023, "proactive.rules.repealed", "=1+1")
    site.edit_cell(MOON, 2023, "proactive.licensing.decisions", "22（其中修订16件）")
    site._set(MOON, 2022, site.report(MOON, 2022).without("requests.denied_deliberative"))
    site.break_sum(PINE, 2023)
    return site


def archive(root, *, site=None):
    """The archive: a crawl before the due day of 2024 and one after it, between which a figure changes."""
    site = site or spoilt()
    folder = Folder(root / "archive").create()
    SimulatedCrawl(folder, site, DUE_SEEN)
    before = site.report(REED, 2024).figures()["requests.received.business"]
    site.edit_cell(REED, 2024, "requests.received.business", (before or 0) + 7)
    SimulatedCrawl(folder, site, LATER)
    return folder, site


@dataclass
class Opened:
    """The archive as of an instant."""

    folder: Folder
    of: Asked

    @property
    def database(self):
        """Its database."""
        return self.of.database

    def holdings(self, *patterns, options=None, **selected):
        """What is asked for, as the verbs put it together."""
        wanted = Selection(**selected)
        chosen = units(self.of, wanted)
        span = years(self.of, chosen, wanted)
        return Holdings(self.of, chosen, span, indicators(patterns), options or Options())

    def units(self):
        """Every unit."""
        return units(self.of, Selection())

    def unit(self, name):
        """A unit by its name."""
        return next(unit for unit in self.units() if unit.name == name)


@contextmanager
def opened(folder, at=LATER):
    """The archive two minutes after the crawl of an instant began."""
    with asked(folder, clock.instant(at.replace(":00:00Z", ":02:00Z"))) as of:
        yield Opened(folder, of)
