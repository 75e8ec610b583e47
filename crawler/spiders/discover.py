"""The spider `discover`: searches portals for their columns of annual reports, each from its home page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import TYPE_CHECKING, Any

import scrapy

from crawler.discovery.search import Search, Step
from crawler.middlewares import CUT
from crawler.pacing import pacing_of
from crawler.spiders.base import PortalSpider, page_of, prepare
from crawler.walk import Fetch
from parsers.portals.discovery import survey

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from twisted.python.failure import Failure

_SEARCH, _STEP = "gongkai_search", "gongkai_step"


class DiscoverSpider(PortalSpider):
    """One search for each portal, one request of each at a time; `told` hears of every search that ends."""

    name = "discover"

    def __init__(
        self, searches: list[Search], told: Callable[[Search], None] | None = None, **kwargs: Any
    ) -> None:
        super().__init__([search.ground for search in searches], **kwargs)
        self.searches = searches
        self.told = told or (lambda _: None)

    @classmethod
    def from_crawler(cls, crawler: Crawler, portal: str = "", **kwargs: Any) -> DiscoverSpider:
        """The searches are given; `portal` is not asked for."""
        spider = cls(**kwargs)
        prepare(crawler, spider.portals)
        spider._set_crawler(crawler)
        return spider

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The home page of every portal."""
        for search in self.searches:
            yield self._request(search, search.begin())

    def answered(self, response: Response) -> scrapy.Request | None:
        """A step was answered."""
        search, step = response.meta[_SEARCH], response.meta[_STEP]
        if cut := response.meta.get(CUT):
            return self._go_on(search, search.failed(step, f"the answer came cut ({cut})"))
        page = page_of(response)
        seen = survey(page)
        pacing_of(self.crawler).seen(response.url, challenge=seen.inspection.page_class == "challenge")
        location = (response.headers.get("Location") or b"").decode("latin-1")
        return self._go_on(search, search.answered(step, page, seen, location))

    def unanswered(self, failure: Failure) -> scrapy.Request | None:
        """A step had no answer; the archive has the failure. Or it was put off."""
        meta = failure.request.meta  # type: ignore[attr-defined] # Scrapy puts it there
        reason = f"{type(failure.value).__name__}: {failure.getErrorMessage()}"
        return self._go_on(meta[_SEARCH], meta[_SEARCH].failed(meta[_STEP], reason))

    def _go_on(self, search: Search, step: Step | None) -> scrapy.Request | None:
        if step is None:
            self.told(search)
            return None
        return self._request(search, step)

    def _request(self, search: Search, step: Step) -> scrapy.Request:
        return self.make(
            search.ground,
            step.fetch or Fetch("list", step.request),
            {_SEARCH: search, _STEP: step},
            callback=self.answered,
            errback=self.unanswered,
        )
