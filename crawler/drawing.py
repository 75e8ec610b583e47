"""The download handler of the browser extra: scrapy-playwright's for pages to be drawn, ours for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import TimeoutError as TookTooLong
from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
)
from scrapy.http import HtmlResponse, Response, TextResponse
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler

from crawler.guard import check_peer
from crawler.handler import DRAWN_BY, RENDERED, Handler

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_CAUSES: tuple[tuple[str, type[Exception]], ...] = (
    ("ERR_NAME_NOT_RESOLVED", CannotResolveHostError),
    ("ERR_CONNECTION_REFUSED", DownloadConnectionRefusedError),
    ("TIMED_OUT", DownloadTimeoutError),
    ("", DownloadFailedError),
)
"""What Scrapy calls a failure in whose message Chromium writes this."""
_SETTLED_SECONDS = 10
"""A page whose scripts still ask for something after that is taken as it stands."""
_FILE = "playwright_suggested_filename"
"""Key of a request's meta: the browser was given a file, and saved it."""


class DrawingHandler(ScrapyPlaywrightDownloadHandler, Handler):  # type: ignore[misc] # untyped
    """One browser for a crawl, whatever the scheme."""

    _of: ClassVar[WeakKeyDictionary[Crawler, DrawingHandler]] = WeakKeyDictionary()
    _closed = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> DrawingHandler:
        """The handler of a crawl."""
        if crawler not in cls._of:
            cls._of[crawler] = cls(crawler)
        return cls._of[crawler]

    async def download_request(self, request: Request) -> Response:
        """Download or draw one request."""
        if RENDERED in request.meta:
            return await self.paced(request, self._draw)
        return await Handler.download_request(self, request)

    async def close(self) -> None:
        """Close the browser, once."""
        if not self._closed:
            self._closed = True
            await super().close()

    async def _draw(self, request: Request) -> Response:
        for key in (DRAWN_BY, _FILE):
            request.meta.pop(key, None)
        try:
            response: Response = await super().download_request(request)
        except TookTooLong as error:
            raise DownloadTimeoutError(str(error)) from error
        except BrowserError as error:
            raise next(kind for mark, kind in _CAUSES if mark in error.message)(error.message) from error
        check_peer(request, response.ip_address)
        if _FILE in request.meta:
            return response
        request.meta[DRAWN_BY] = f"Chromium/{self.browser.version}"
        text = (
            response.text if isinstance(response, TextResponse) else response.body.decode("utf-8", "replace")
        )
        return HtmlResponse(response.url, response.status, body=text.encode(), ip_address=response.ip_address)


async def settle(page: Page) -> None:
    """Wait until the scripts of a page have got what they ask for."""
    try:
        await page.wait_for_load_state("networkidle", timeout=1000 * _SETTLED_SECONDS)
    except TookTooLong:
        return  # pages that poll never rest
