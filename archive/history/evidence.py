"""What was seen up to an instant: walks, sights of addresses, readings of bodies. Everything derived rests on this."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from archive import clock
from parsers.portals.urls import is_index, key

NOTHING_SEEN = "none"
"""The digest of what was never seen."""
MAX_REDIRECTS = 5
REDIRECT_FOLLOWED = timedelta(days=1)
"""A redirect's target is looked for among the captures of the day after it: a slow crawl takes hours, not weeks."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What one part of a body was read as; `years` are those that its title and its period sentence name, `dates`
    the days it gives as its publication, `signed` the day under its signature."""

    id: int
    part: int
    outcome: str
    format: str
    engines: str
    issuer: str | None
    year: int | None
    scope: str
    form: str | None
    title: str | None
    content: str | None
    prose: str | None
    years: frozenset[int]
    dates: frozenset[str]
    signed: str | None
    doubtful: bool
    has_cells: bool


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at an address. `page_class` is `None` for what came cut; `title` and `published_on` are the page's."""

    at: str
    record: str
    url: str
    kind: str
    page_class: str | None
    body: str | None
    page: int | None
    location: str | None
    title: str | None
    published_on: str | None
    name: str | None = None
    id: int = 0

    @property
    def gone(self) -> bool:
        """A plain 404 or 410."""
        return self.page_class == "gone"


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as a list page showed it."""

    address: str
    url: str
    title: str
    published_on: str | None
    verdict: str


@dataclass(slots=True)
class Walk:
    """One walk of a column. `clear` says that it saw its column whole and unblocked; `trouble` why not."""

    record: str
    portal: str
    column: str
    begun_at: str
    ended_at: str
    stop: str
    registry: dict[str, Any]
    captures: list[str]
    message: str = ""
    entries: dict[str, Listed] = field(default_factory=dict)
    trouble: str = ""

    @property
    def clear(self) -> bool:
        """Whether absence from this walk's entries means something."""
        return not self.trouble


@dataclass(slots=True)
class Evidence:
    """What was seen up to `as_of` of some portals: their walks, the addresses that their lists name as reports, those
    to which these redirect and their files. `addresses` and `urls` are the numbers of these in the database."""

    as_of: datetime
    walks: list[Walk]
    sights: dict[str, list[Sight]]
    readings: dict[str, list[Reading]]
    attachments: dict[int, list[str]]
    addresses: dict[str, int] = field(default_factory=dict)
    urls: dict[str, int] = field(default_factory=dict)

    def join(self, other: Evidence) -> None:
        """Take up what was seen of other addresses."""
        self.sights = other.sights | self.sights
        self.readings = other.readings | self.readings
        self.attachments = other.attachments | self.attachments
        self.addresses = other.addresses | self.addresses
        self.urls = other.urls | self.urls

    def final(self, sight: Sight) -> Sight:
        """The sight at the end of the redirects that a sight began, itself where there were none."""
        for _ in range(MAX_REDIRECTS):
            if sight.page_class != "redirect" or not sight.location:
                return sight
            until = clock.stamp(clock.instant(sight.at) + REDIRECT_FOLLOWED)
            there = self.sights.get(key(sight.location), [])
            after = [s for s in there if sight.at <= s.at <= until and s is not sight]
            if not after:
                return sight
            sight = after[0]
        return sight

    def shows_report(self, sight: Sight) -> bool:
        """Whether a look at a report's address showed something that can be a report: an article or a file, and not
        the front page to which a portal leads what it does not find."""
        final = self.final(sight)
        if final.kind == "resource":
            return True
        led_astray = final is not sight and is_index(final.url)
        return final.page_class in {"article", "file"} and not led_astray
