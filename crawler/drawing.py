"""The download handler of the browser extra: scrapy-playwright's for pages to be drawn, ours for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar
from weakref import WeakKeyDictionary

from playwright.async_api import Page
from playwright.async_api import TimeoutError as NotSettled
from scrapy import Request
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.browser import SETTLED_SECONDS
from crawler.guard import check_peer
from crawler.handler import RENDERED, Handler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

BROWSER = "gongkai_browser"
"""Key of a request's meta: name and version of the browser that drew the page."""


class DrawingHandler(ScrapyPlaywrightDownloadHandler, Handler):  # type: ignore[misc] # untyped
    """One browser for a crawl, whatever the scheme."""

    _of: ClassVar[WeakKeyDictionary[Crawler, DrawingHandler]] = WeakKeyDictionary()
    _closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DrawingHandler:
        """The handler of a crawl."""
        return cls._of.get(crawler) or cls._of.setdefault(crawler, cls(crawler))

    async def download_request(self, request: Request) -> Response:
        """Download or draw one request."""
        if RENDERED not in request.meta:
            return await super().download_request(request)
        return await self.paced(request, self._draw)

    async def _draw(self, request: Request) -> Response:
        response: Response = await super().download_request(request)
        check_peer(request, response.ip_address)
        request.meta[BROWSER] = f"Chromium/{self.browser.version}"
        return response

    async def close(self) -> None:
        """Close the browser, once."""
        if not self._closed:
            self._closed = True
            await super().close()


async def settle(page: Page) -> None:
    """Wait until the scripts of a page have got what they ask for."""
    try:
        await page.wait_for_load_state("networkidle", timeout=1000 * SETTLED_SECONDS)
    except NotSettled:
        return  # pages that poll never rest


def cause(error: Exception) -> str:
    """The class under which a failure of the browser is recorded."""
    said: Any = str(error)
    return next((kind for mark, kind in _CAUSES if mark in said), "other")


_CAUSES = (
    ("ERR_NAME_NOT_RESOLVED", "dns"),
    ("ERR_CONNECTION_REFUSED", "refused"),
    ("ERR_TIMED_OUT", "timeout"),
    ("ERR_CONNECTION_TIMED_OUT", "timeout"),
    ("Timeout", "timeout"),
    ("ERR_CONNECTION_RESET", "reset"),
    ("ERR_CONNECTION_CLOSED", "reset"),
    ("ERR_EMPTY_RESPONSE", "reset"),
    ("ERR_CERT", "tls"),
    ("ERR_SSL", "tls"),
)
