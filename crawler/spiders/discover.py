"""The spider `discover`: searches portals for their columns of annual reports, each from its home page."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Iterable
from typing import TYPE_CHECKING, Any

from crawler.discovery.search import Search, Step
from crawler.middlewares import CUT
from crawler.pacing import pacing_of
from crawler.spiders.base import PortalSpider, prepare
from crawler.walk import Fetch
from parsers.portals.discovery import survey

if TYPE_CHECKING:
    from scrapy.crawler import Crawler
    from scrapy.http import Response


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

    def errands(self) -> Iterable[Coroutine[Any, Any, None]]:
        """Every search, from the home page of its portal."""
        return (self._search(search, search.begin()) for search in self.searches)

    async def _search(self, search: Search, step: Step | None) -> None:
        referer = ""
        while step and self.running:
            fetch = step.fetch or Fetch("list", step.request)
            try:
                response = await self.ask(self.make(search.ground, fetch, referer))
            except Exception as error:  # noqa: BLE001 - the archive has the failure, and the search is told
                step = search.failed(step, f"{type(error).__name__}: {error}")
            else:
                referer = response.url
                step = self._answered(search, step, response)
        if step is None:
            self.told(search)

    def _answered(self, search: Search, step: Step, response: Response) -> Step | None:
        if cut := response.meta.get(CUT):
            return search.failed(step, f"the answer came cut ({cut})")
        page = self.page(response)
        seen = survey(page)
        pacing_of(self.crawler).seen(response.url, challenge=seen.inspection.page_class == "challenge")
        location = (response.headers.get("Location") or b"").decode("latin-1")
        return search.answered(step, page, seen, location)
