"""What the spiders share: the portals they look at, the pace of hosts, requests made from data, pages from answers.

A spider asks and waits for the answer by itself, in tasks of its own. Scrapy's scheduler, its scraper and its spider
middlewares are for spiders that find requests as they go; a walk knows what it has asked for and what comes next, and
to pass them by takes a ninth of the time from every page.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import scrapy
from scrapy.exceptions import CloseSpider

from crawler import browser, registry
from crawler.guard import PORTAL
from crawler.middlewares import RECORD, unchanged
from crawler.pacing import NotAsked, pacing_of
from crawler.progress import Progress
from crawler.tasks import Tasks
from crawler.walk import Crawl, Fetch
from parsers.portals import inspect
from parsers.portals.files import may_hold_files
from parsers.portals.model import Inspection, Page
from parsers.portals.urls import is_document

if TYPE_CHECKING:
    from typing import Self

    from scrapy.crawler import Crawler
    from scrapy.http import Response

FETCH = "gongkai_fetch"
"""Key of a request's meta: the `Fetch` that it makes."""
FAULT = "a fault of our own, said above"
"""Why a crawl was cut short in which one was."""
SHOWS_NOTHING = frozenset({"error", "challenge", "redirect"})
_SUSPICIOUSLY_SHORT_BYTES = 4096


class PortalSpider(scrapy.Spider):
    """A spider over portals of the registry, which records what it is answered."""

    def __init__(
        self,
        portals: list[registry.Portal],
        recorder: Any = None,
        progress: Progress | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.portals = portals
        self.recorder = recorder
        self.progress = progress or Progress()
        self.close_reason = ""
        self._faulty = False

    @classmethod
    def from_crawler(cls, crawler: Crawler, portal: str = "", **kwargs: Any) -> Self:
        """Read the registry; pace every host as slowly as its slowest portal asks."""
        known = registry.load(Path(crawler.settings["GONGKAI_ARCHIVE"]) / "inputs")
        portals = registry.choose(known, [name for name in portal.split(",") if name])
        prepare(crawler, portals)
        spider = cls(portals, **kwargs)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        """Run the errands, so many at a time; nothing is handed to Scrapy's scheduler. A fault of our own in one of
        them ends no other, and is why the crawl is said to be cut short."""
        width = self.settings.getint("CONCURRENT_REQUESTS")
        self._at_once = asyncio.Semaphore(width)
        tasks, errands = Tasks(), iter(self.errands())
        for _ in range(width):
            tasks.run(self._take_turns(errands))
        await tasks.over()
        if self._faulty:
            raise CloseSpider(FAULT)
        return
        yield  # which makes it the generator that Scrapy asks for

    def errands(self) -> Iterable[Coroutine[Any, Any, None]]:
        """What there is to do, portal by portal. What a portal needs in memory it needs while its turn lasts."""
        raise NotImplementedError

    async def _take_turns(self, errands: Iterator[Coroutine[Any, Any, None]]) -> None:
        while self.running and (errand := next(errands, None)):
            try:
                await errand
            except Exception:
                self._faulty = True
                self.logger.exception("this could not be gone on with")

    @property
    def running(self) -> bool:
        """Whether the crawl goes on; when it is stopped, what was asked is waited for and nothing more is asked."""
        return self.crawler.engine.running

    async def ask(self, request: scrapy.Request) -> Response:
        """The answer to a request, its redirects followed; raises what kept it from coming, `NotAsked` where the crawl
        was stopped while it waited for its turn."""
        async with self._at_once:
            if not self.running:
                raise NotAsked("the crawl was stopped")
            return await self.crawler.engine.download_async(request)

    def closed(self, reason: str) -> None:
        """Scrapy closes the spider: `finished`, or something cut it short."""
        self.close_reason = reason

    def allowance(self, portal: registry.Portal) -> Crawl:
        """What a crawl of a portal may ask for."""
        return Crawl(
            requests_left=portal.budget or self.settings.getint("GONGKAI_MAX_REQUESTS"),
            max_list_pages=self.settings.getint("GONGKAI_MAX_LIST_PAGES"),
        )

    def make(self, portal: registry.Portal, fetch: Fetch, referer: str = "") -> scrapy.Request:
        """The Scrapy request of a fetch; `referer` is the address of the page that led to it."""
        asked = fetch.request
        kind = "application/json" if asked.json else "application/x-www-form-urlencoded"
        posts = {"Content-Type": kind} if asked.method == "POST" else {}
        led = {"Referer": referer} if referer and not _is_downgrade(referer, fetch.url) else {}
        drawn = {}
        if portal.browser and _is_drawn(fetch):
            drawn = browser.meta(self.recorder.user_agent, turned=fetch.role == "list")
        return scrapy.Request(
            fetch.url,
            method=asked.method,
            body=asked.body if posts else None,
            headers={**led, **posts, **dict(asked.headers)},
            meta={FETCH: fetch, PORTAL: portal, **drawn},
        )

    def page(self, response: Response) -> Page:
        """The page that an answer shows: what is stored of it where it has not changed."""
        asked = response.meta[FETCH].request
        if stored := unchanged(response):
            body = self.recorder.earlier.body(stored)
            return Page(response.url, body, HTTPStatus.OK, stored.content_type, asked)
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        return Page(response.url, response.body, response.status, content_type, asked)

    def inspected(self, response: Response, page: Page) -> Inspection | None:
        """What a page is, `None` for a plain one; the pace of its host hears of challenges."""
        fetch: Fetch = response.meta[FETCH]
        seen = None if fetch.role != "list" and _is_plain(page) else inspect(page)
        challenge = seen is not None and seen.page_class == "challenge"
        pacing_of(self.crawler).seen(response.url, challenge=challenge)
        return seen


def prepare(crawler: Crawler, portals: list[registry.Portal]) -> None:
    """Set the pace of the portals' hosts, and the browser for those whose pages scripts draw."""
    slots: dict[str, dict[str, float]] = {}
    for chosen in portals:
        for host in chosen.hosts:
            slot = slots.setdefault(host.partition(":")[0], {"delay": 0, "jitter": 0})
            slot["delay"] = max(slot["delay"], chosen.pace_seconds)
    for slot in slots.values():
        if slot["delay"]:
            slot["concurrency"] = 1
    crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
    browser.prepare(crawler.settings, portals)


def record_of(response: Response) -> str:
    """The id of an answer's record."""
    return str(response.meta[RECORD])


def _is_plain(page: Page) -> bool:
    """Whether a page needs no reading during the crawl: a file, a plain answer, or an article without files."""
    if page.status in {404, 410} or page.body.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return True
    return page.status == 200 and len(page.body) > _SUSPICIOUSLY_SHORT_BYTES and not may_hold_files(page.body)


def files_of(seen: Inspection) -> list[str]:
    """The addresses of a page's files."""
    listed = [entry.url for entry in seen.entries if entry.verdict == "report" and is_document(entry.url)]
    return [attachment.url for attachment in seen.attachments] + listed


def _is_downgrade(referer: str, url: str) -> bool:
    return referer.startswith("https:") and not url.startswith("https:")


def _is_drawn(fetch: Fetch) -> bool:
    return fetch.request.method == "GET" and fetch.role != "file" and not is_document(fetch.url)
