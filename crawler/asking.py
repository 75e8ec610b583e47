"""What drawn pages may ask for: what the guard passes and robots.txt does not forbid."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

from archive.captures.records import Failure
from crawler.guard import PORTAL
from crawler.recording import recorder
from crawler.robots import RobotsRefused, robots_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.browser import PageGuard


class Asking:
    """Looks at every request of a page before the browser makes it. What robots.txt forbids is on record once."""

    def __init__(self, crawler: Crawler, guard: PageGuard) -> None:
        self._crawler, self._guard = crawler, guard
        self._refused: WeakKeyDictionary[Any, list[str]] = WeakKeyDictionary()
        self._recorded: set[tuple[str, str]] = set()

    async def __call__(self, asked: Any) -> bool:
        """Whether a request of the browser is aborted."""
        if self._guard(asked):
            return True
        try:
            await self._admit(asked.url)
        except IgnoreRequest as refused:
            self._refused.setdefault(asked.frame.page, []).append(asked.url)
            if isinstance(refused, RobotsRefused):  # what was put off says nothing of the portal
                self._record(asked, refused)
            return True
        return False

    def refused(self, page: Any) -> list[str]:
        """The addresses that a page was refused, by robots.txt or because that was not to be had."""
        return self._refused.get(page, [])

    async def _admit(self, url: str) -> None:
        request = Request(url)
        # In a slot of its own: that of the host is taken by the page which waits for this.
        slot = f"robots.txt of {urlparse_cached(request).netloc}"
        request.meta.update({PORTAL: self._guard.portal_of(url), "download_slot": slot})
        (await robots_of(self._crawler).rules(request)).refuse(url)

    def _record(self, asked: Any, refused: RobotsRefused) -> None:
        if (asked.method, asked.url) in self._recorded:
            return
        self._recorded.add((asked.method, asked.url))
        archive = recorder(self._crawler)
        message = f"{type(refused).__name__}: {refused}"
        archive.failure(Failure(asked.url, asked.method, archive.now(), "robots", message))
