"""robots.txt, as RFC 9309 has it, and more carefully: only what states rules is taken for rules.

A 4xx allows everything. A server error, no answer, a challenge, a redirect off the hosts or a page of HTML states
nothing: the last rules that were read from the archive hold for a day, and without such the host is not crawled.
Scrapy's own middleware reads every answer as rules, and forgets them when the process ends. There is a capture of
every robots.txt, and a record of every request that its rules forbade.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, cast

from protego import Protego
from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.utils.httpobj import urlparse_cached

from crawler.guard import PORTAL
from crawler.middlewares import CUT, ROBOTS, kind_of
from crawler.pacing import NotAsked, pacing_of
from crawler.recording import recorder
from parsers.portals import inspect
from parsers.portals.model import Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response

AGENT = "gongkai"
"""The product token that rules may name."""
RULES_KEPT = timedelta(days=1)
"""Rules may be kept so long (RFC 9309, 2.4)."""
_PRIORITY = 1000


class RobotsRefused(IgnoreRequest):
    """Raised for a request that robots.txt does not allow, or may not allow."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a host; without them, `unread` says what stood in their place."""

    parsed: Protego | None
    unread: str = ""

    def refuse(self, url: str) -> None:
        """Raise where an address is not allowed."""
        if self.unread:
            raise RobotsRefused(
                f"robots.txt could not be read ({self.unread}), and no rules of the last day are kept"
            )
        if self.parsed is not None and not self.parsed.can_fetch(url, AGENT):
            raise RobotsRefused("forbidden by robots.txt")


class Robots:
    """Downloader middleware: asks every host for its robots.txt once, before anything else."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._hosts: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Robots:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Refuse what the rules of the host do not allow."""
        if ROBOTS in request.meta:
            return
        (await self.rules(request)).refuse(request.url)

    async def rules(self, request: Request) -> Rules:
        """The rules of a request's host."""
        netloc = urlparse_cached(request).netloc
        if netloc not in self._hosts:
            self._hosts[netloc] = asyncio.ensure_future(self._read(request))
        reading = self._hosts[netloc]
        return reading.result() if reading.done() else await asyncio.shield(reading)

    async def _read(self, request: Request) -> Rules:
        parts = urlparse_cached(request)
        asked = Request(
            f"{parts.scheme}://{parts.netloc}/robots.txt",
            priority=_PRIORITY,
            callback=NO_CALLBACK,
            meta={
                ROBOTS: True,
                **{key: request.meta[key] for key in (PORTAL, "download_slot") if key in request.meta},
            },
        )
        try:
            response = await self._crawler.engine.download_async(asked)
        except NotAsked:
            self._hosts.pop(parts.netloc, None)  # the page is put off with it, and neither was asked
            raise
        except IgnoreRequest:
            return Rules(None)  # the guard refused it, and refuses the page as well
        except Exception as error:  # noqa: BLE001 - every failure is on record; here it is no rules
            if kind_of(error, parts.hostname or "") == "address_guard":
                return Rules(None)
            return self._kept(request, asked.url, f"{type(error).__name__}: {error}")
        if cut := response.meta.get(CUT):
            return self._kept(request, asked.url, f"the answer came cut ({cut})")
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        stated, unread = rules_of(Page(response.url, response.body, response.status, content_type))
        if stated is None and _has_none(request, response):
            stated = b""
        return self._kept(request, asked.url, unread) if stated is None else self._rules(request, stated)

    def _kept(self, request: Request, url: str, unread: str) -> Rules:
        archive = recorder(self._crawler)
        for page in archive.earlier.answers(url, archive.now() - RULES_KEPT):
            stated, _ = rules_of(page)
            if stated is not None:
                return self._rules(request, stated)
        return Rules(None, unread)

    def _rules(self, request: Request, stated: bytes) -> Rules:
        parsed = Protego.parse(stated.decode("utf-8-sig", "replace"))
        if seconds := parsed.crawl_delay(AGENT):
            pacing_of(self._crawler).at_least(request, seconds)
        return Rules(parsed)


def robots_of(crawler: Crawler) -> Robots:
    """The rules that a crawl has read."""
    return cast("Robots", crawler.get_downloader_middleware(Robots))


def rules_of(page: Page) -> tuple[bytes | None, str]:
    """The rules that an answer states, empty where it says that there are none; `None`, and what stood there instead,
    where it states nothing. A 429 is a 4xx that speaks of us, not of the file."""
    if 200 <= page.status < 300 and not page.body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return page.body, ""
    seen = inspect(page)
    if seen.page_class == "challenge":
        return None, f"challenge: {seen.evidence}"
    if 400 <= page.status < 500 and page.status != HTTPStatus.TOO_MANY_REQUESTS:
        return b"", ""
    return None, "a page of HTML" if page.status < 300 else f"HTTP {page.status}"


def _has_none(request: Request, response: Response) -> bool:
    """Whether a person has said of the portal that its pages in the place of robots.txt mean that there is none."""
    portal = request.meta.get(PORTAL)
    seen = inspect(Page(response.url, response.body, response.status))
    return bool(portal and portal.no_robots and response.status < 400 and seen.page_class != "challenge")
