"""How fast a host is asked, and when it is not asked at all: pace, back-off, circuit breaker, quiet hours.

Scrapy's AutoThrottle has one least delay for all hosts, and a quick answer makes it forget what a host asked for; so
this keeps its rule (as long between two requests as the host takes to answer) and adds a floor per host.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from archive import clock
from crawler.recording import recorder

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

OWN_BACKOFF_SECONDS = 0.1
"""After a failed try at a host whose record asks for no pace: a server of one's own."""
SLOWEST_SECONDS = 60.0
"""A host is not asked more slowly than that, unless it asks for it itself."""
LONGEST_PAUSE_SECONDS = 600.0
"""A host that asks for a longer pause than that is left alone for this crawl."""
QUIET = "quiet hours"
"""How the reason begins for what is put off until they end."""
_BUSY = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE}
_STRAINED = _BUSY | {HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}
"""Answers that speak for the host; 403 and 500 may speak for one page."""


class NotAsked(IgnoreRequest):
    """Raised for a request that was put off: it was not made, and says nothing of the portal."""


@dataclass(slots=True)
class HostPace:
    """The pace of one host, in seconds between two requests: `floor` is the least, `delay` the present one, `pause`
    what the host itself asked for. `failures` are the tries in a row that had no answer of use, `challenges` the
    pages in a row that wanted proof of a browser; `shut` says why the host is left alone."""

    floor: float
    backoff: float
    patience: int
    delay: float = 0.0
    pause: float = 0.0
    failures: int = 0
    challenges: int = 0
    shut: str = ""

    def __post_init__(self) -> None:
        self.delay = self.floor

    @property
    def seconds(self) -> float:
        """The time until the next request; a host that is not asked any more holds nothing up."""
        return 0.0 if self.shut else max(self.delay, self.pause)

    def answered(self, latency: float, *, whole: bool) -> None:
        """An answer came. The delay follows the host's latency, down by halves; only a whole page lets it fall, for
        error pages come fast from a host in distress. A host without a floor is not slowed by its latency."""
        self.failures, self.pause = 0, 0.0
        target = latency if self.floor else 0.0
        delay = min(max(self.floor, target, (self.delay + target) / 2), SLOWEST_SECONDS)
        if whole or delay > self.delay:
            self.delay = delay if delay >= self.backoff / 10 else self.floor

    def strained(self, why: str, pause: float = 0.0, *, busy: bool = False) -> None:
        """A try failed: the next comes after twice the time. A host that says that it is busy is asked at half speed
        from then on."""
        self.failures += 1
        self.pause = pause
        self.delay = min(max(2 * self.delay, self.backoff), SLOWEST_SECONDS)
        if busy:
            self.floor = min(2 * self.floor, SLOWEST_SECONDS)
        if pause > LONGEST_PAUSE_SECONDS:
            self.shut = f"it asks to be left alone for {pause:.0f} seconds"
        elif self.failures >= self.patience:
            self.shut = f"{self.failures} tries in a row had no answer, the last one: {why}"

    def seen(self, *, challenge: bool) -> None:
        """A page was looked at."""
        self.challenges = self.challenges + 1 if challenge else 0
        if self.challenges >= self.patience:
            self.shut = f"{self.challenges} pages in a row wanted proof of a browser"


class Pacing:
    """Downloader middleware that puts off what must not be asked now. The handler asks it once more just before it
    connects, for a request may have waited long, and tells it what came before the next request of the host leaves.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._quiet: str = crawler.settings["GONGKAI_QUIET_HOURS"]
        self._hosts: dict[str, HostPace] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Pacing:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Put off what must not be asked now."""
        self.admit(request)

    def answered(self, request: Request, response: Response) -> None:
        """Learn from an answer."""
        pace = self._pace(_host(request))
        asked = _pause(response, recorder(self._crawler).now())
        if response.status in _STRAINED or asked:
            pace.strained(f"HTTP {response.status}", asked, busy=response.status in _BUSY or bool(asked))
        else:
            latency = float(request.meta.get("download_latency", 0))
            pace.answered(latency, whole=response.status == HTTPStatus.OK)
        self._apply(request, pace)

    def unanswered(self, request: Request, error: Exception) -> None:
        """Learn from a request without an answer."""
        pace = self._pace(_host(request))
        pace.strained(f"{type(error).__name__}: {error}")
        self._apply(request, pace)

    def admit(self, request: Request) -> None:
        """Raise `NotAsked` for a request that must not be made now."""
        if full := recorder(self._crawler).full:
            raise NotAsked(full)
        pace = self._pace(_host(request))
        if pace.shut:
            self._apply(request, pace)
            raise NotAsked(f"{_host(request)} is left alone for this crawl: {pace.shut}")
        if self._quiet and (until := quiet_until(self._quiet, recorder(self._crawler).now())):
            raise NotAsked(f"{QUIET} until {until.astimezone(clock.BEIJING):%H:%M} Beijing time")

    def seen(self, url: str, *, challenge: bool) -> None:
        """The spider looked at the page at an address."""
        self._pace(urlsplit(url).hostname or "").seen(challenge=challenge)

    def at_least(self, request: Request, seconds: float) -> None:
        """robots.txt asks for this delay."""
        pace = self._pace(_host(request))
        pace.floor = max(pace.floor, min(seconds, SLOWEST_SECONDS))
        pace.delay = max(pace.delay, pace.floor)
        self._apply(request, pace)

    def _pace(self, host: str) -> HostPace:
        settings = self._crawler.settings
        if host not in self._hosts:
            slots = settings.getdict("DOWNLOAD_SLOTS")
            floor = float(slots.get(host, {}).get("delay", settings.getfloat("DOWNLOAD_DELAY")))
            backoff, patience = (
                settings.getfloat("GONGKAI_BACKOFF_SECONDS"),
                settings.getint("GONGKAI_PATIENCE"),
            )
            self._hosts[host] = HostPace(
                floor, backoff if floor else min(backoff, OWN_BACKOFF_SECONDS), patience
            )
        return self._hosts[host]

    def _apply(self, request: Request, pace: HostPace) -> None:
        if slot := self._crawler.engine.downloader.slots.get(_host(request)):
            slot.delay = pace.seconds


def pacing_of(crawler: Crawler) -> Pacing:
    """The pace of a crawl."""
    return cast("Pacing", crawler.get_downloader_middleware(Pacing))


def quiet_until(hours: str, at: datetime) -> datetime | None:
    """The end of the quiet hours that an instant lies in; `hours` is `HH:MM-HH:MM`, Beijing time, and may pass
    midnight."""
    begin, end = (time.fromisoformat(part) for part in hours.split("-"))
    now = at.astimezone(clock.BEIJING)
    quiet = begin <= now.time() < end if begin < end else not end <= now.time() < begin
    if not quiet:
        return None
    until = now.replace(hour=end.hour, minute=end.minute, second=0, microsecond=0)
    return until if until > now else until + timedelta(days=1)


def _host(request: Request) -> str:
    return str(urlparse_cached(request).hostname or "")


def _pause(response: Response, now: datetime) -> float:
    """Seconds that Retry-After asks for, given as such or as a date; 0 where it is absent or says nothing."""
    asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if asked.isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return 0.0
    return max(0.0, (until - now).total_seconds()) if until.tzinfo else 0.0
