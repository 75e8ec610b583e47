"""The spider `column`: walks the columns of portals, list pages to reports to their files."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import scrapy

from archive.captures.records import Walk
from crawler import registry
from crawler.guard import PORTAL
from crawler.middlewares import CUT, RECORD
from crawler.progress import Progress
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.portals import inspect
from parsers.portals.files import may_hold_files
from parsers.portals.model import Inspection, Page
from parsers.portals.urls import is_document, key

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

_WALK, _FETCH = "gongkai_walk", "gongkai_fetch"
_PRIORITY = {"list": 20, "file": 10, "detail": 0}
"""Lists first, for they decide how the walk stops; a report's files before the next report, so that an interrupted
crawl leaves few reports without their files."""
_SHOWS_NOTHING = frozenset({"error", "challenge", "redirect"})
_SUSPICIOUSLY_SHORT_BYTES = 4096


class ColumnSpider(scrapy.Spider):
    """`scrapy crawl column -a portal=ID` (several ids with commas between them)."""

    name = "column"

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
        self.walks: list[ColumnWalk] = []
        self.ended: list[Walk] = []
        self.close_reason = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler, portal: str = "", **kwargs: Any) -> ColumnSpider:
        """Read the registry; pace every host as slowly as its slowest portal asks."""
        known = registry.load(Path(crawler.settings["GONGKAI_ARCHIVE"]) / "inputs")
        portals = registry.choose(known, [name for name in portal.split(",") if name])
        slots: dict[str, dict[str, float]] = {}
        for chosen in portals:
            for host in chosen.hosts:
                slot = slots.setdefault(host.partition(":")[0], {"delay": 0, "jitter": 0})
                slot["delay"] = max(slot["delay"], chosen.pace_seconds)
        for slot in slots.values():
            if slot["delay"]:
                slot["concurrency"] = 1
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        spider = cls(portals, **kwargs)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The first page of every column."""
        for portal in self.portals:
            crawl = Crawl(
                requests_left=self.settings.getint("GONGKAI_MAX_REQUESTS"),
                max_list_pages=self.settings.getint("GONGKAI_MAX_LIST_PAGES"),
            )
            for column in portal.columns:
                walk = self._begin(portal, column, crawl)
                for request in self._requests(walk, walk.begin()):
                    yield request

    def _begin(self, portal: registry.Portal, column: registry.Column, crawl: Crawl) -> ColumnWalk:
        walk = ColumnWalk(
            portal,
            column,
            self.recorder.now(),
            crawl,
            resumed=frozenset(map(key, self.recorder.unfinished(portal.id, column.id))),
            known={key(url): url for url in sorted(self.recorder.known(portal.id, column.id))},
        )
        self.walks.append(walk)
        return walk

    def closed(self, reason: str) -> None:
        """Scrapy closes the spider: `finished`, or something cut it short."""
        self.close_reason = reason

    def answered(self, response: Response) -> list[scrapy.Request]:
        """A request was answered."""
        walk, fetch = response.meta[_WALK], response.meta[_FETCH]
        try:
            further = self._read(walk, fetch, response)
        except Exception:
            self._requests(walk, walk.failed(fetch, "the page could not be read"))
            raise
        return self._requests(walk, further)

    def unanswered(self, failure: Failure) -> list[scrapy.Request]:
        """A request had no answer; the archive has the failure."""
        meta = failure.request.meta  # type: ignore[attr-defined] # Scrapy puts it there
        reason = f"{type(failure.value).__name__}: {failure.getErrorMessage()}"
        return self._requests(meta[_WALK], meta[_WALK].unanswered(meta[_FETCH], reason))

    def _read(self, walk: ColumnWalk, fetch: Fetch, response: Response) -> list[Fetch]:
        if cut := response.meta.get(CUT):
            return walk.failed(fetch, f"the answer came cut ({cut})")
        page = Page(response.url, response.body, response.status, _content_type(response), fetch.request)
        if fetch.role == "list":
            return walk.listed(fetch, page.url, response.meta[RECORD], inspect(page))
        if _is_plain(page):
            return walk.fetched(fetch, [])
        seen = inspect(page)
        if seen.page_class == "redirect" and seen.next and "front" not in seen.evidence:
            return walk.fetched(fetch, [], seen.next)
        if seen.page_class in _SHOWS_NOTHING:
            return walk.failed(fetch, f"{seen.page_class} ({seen.evidence})")
        return walk.fetched(fetch, _files(seen))

    def _requests(self, walk: ColumnWalk, fetches: list[Fetch]) -> list[scrapy.Request]:
        if walk.finished and not walk.abandoned:
            end = walk.end(self.recorder.now())
            self.recorder.walk(end)
            self.ended.append(end)
        self.progress.show(self.walks)
        return [self._request(walk, fetch) for fetch in fetches]

    def _request(self, walk: ColumnWalk, fetch: Fetch) -> scrapy.Request:
        request = fetch.request
        kind = "application/json" if request.json else "application/x-www-form-urlencoded"
        posts = {"Content-Type": kind} if request.method == "POST" else {}
        return scrapy.Request(
            fetch.url,
            callback=self.answered,
            errback=self.unanswered,
            method=request.method,
            body=(request.json or urlencode(request.form)) if posts else None,
            headers={**posts, **dict(request.headers)},
            priority=_PRIORITY[fetch.role],
            meta={_WALK: walk, _FETCH: fetch, PORTAL: walk.portal},
        )


def _is_plain(page: Page) -> bool:
    """Whether a page needs no reading during the crawl: a file, a plain answer, or an article without files."""
    if page.status in {404, 410} or page.body.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return True
    return page.status == 200 and len(page.body) > _SUSPICIOUSLY_SHORT_BYTES and not may_hold_files(page.body)


def _files(seen: Inspection) -> list[str]:
    listed = [entry.url for entry in seen.entries if entry.verdict == "report" and is_document(entry.url)]
    return [attachment.url for attachment in seen.attachments] + listed


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")
