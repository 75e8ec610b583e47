"""The spider `discover`: searches portals for their columns of annual reports, each from its home page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import scrapy

from crawler.guard import PORTAL
from crawler.middlewares import CUT
from crawler.search import Search, Step
from parsers.portals.model import Page

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

_SEARCH, _STEP = "gongkai_search", "gongkai_step"


class DiscoverSpider(scrapy.Spider):
    """One search for each portal, one request of each at a time; `told` hears of every search that ends."""

    name = "discover"

    def __init__(
        self,
        searches: list[Search],
        recorder: Any = None,
        told: Callable[[Search], None] | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.searches = searches
        self.portals = [search.ground for search in searches]
        self.recorder = recorder
        self.told = told or (lambda _: None)
        self.close_reason = ""

    @classmethod
    def from_crawler(cls, crawler: Crawler, **kwargs: Any) -> DiscoverSpider:
        """Pace every host as its search asks, one request at a time."""
        spider = cls(**kwargs)
        slots = {
            host.partition(":")[0]: {"delay": ground.pace_seconds, "jitter": 0, "concurrency": 1}
            for ground in spider.portals
            for host in ground.hosts
        }
        crawler.settings.set("DOWNLOAD_SLOTS", slots, priority="spider")
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The home page of every portal."""
        for search in self.searches:
            yield self._request(search, search.begin())

    def closed(self, reason: str) -> None:
        """Scrapy closes the spider: `finished`, or something cut it short."""
        self.close_reason = reason

    def answered(self, response: Response) -> scrapy.Request | None:
        """A step was answered."""
        search, step = response.meta[_SEARCH], response.meta[_STEP]
        if cut := response.meta.get(CUT):
            return self._go_on(search, search.failed(step, f"the answer came cut ({cut})"))
        content_type = (response.headers.get("Content-Type") or b"").decode("latin-1")
        location = (response.headers.get("Location") or b"").decode("latin-1")
        page = Page(response.url, response.body, response.status, content_type, step.request)
        return self._go_on(search, search.answered(step, page, location))

    def unanswered(self, failure: Failure) -> scrapy.Request | None:
        """A step had no answer; the archive has the failure."""
        meta = failure.request.meta  # type: ignore[attr-defined] # Scrapy puts it there
        reason = f"{type(failure.value).__name__}: {failure.getErrorMessage()}"
        return self._go_on(meta[_SEARCH], meta[_SEARCH].failed(meta[_STEP], reason))

    def _go_on(self, search: Search, step: Step | None) -> scrapy.Request | None:
        if step is None:
            self.told(search)
            return None
        return self._request(search, step)

    def _request(self, search: Search, step: Step) -> scrapy.Request:
        request = step.request
        kind = "application/json" if request.json else "application/x-www-form-urlencoded"
        posts = {"Content-Type": kind} if request.method == "POST" else {}
        return scrapy.Request(
            request.url,
            callback=self.answered,
            errback=self.unanswered,
            method=request.method,
            body=(request.json or urlencode(request.form)) if posts else None,
            headers={**posts, **dict(request.headers)},
            meta={_SEARCH: search, _STEP: step, PORTAL: search.ground},
        )
