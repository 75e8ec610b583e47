"""The download handler of the browser extra: scrapy-playwright's for pages to be drawn, ours for everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar
from weakref import WeakKeyDictionary

from playwright.async_api import Error as BrowserError
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
from scrapy_playwright.page import PageMethod

from crawler.asking import Asking
from crawler.browser import TURNED
from crawler.guard import PORTAL, check_peer
from crawler.handler import DRAWN_BY, HEARD, RENDERED, Handler
from crawler.heard import Heard
from crawler.robots import RobotsRefused
from crawler.turning import settle, turn

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

_CAUSES: tuple[tuple[str, type[Exception]], ...] = (
    ("ERR_NAME_NOT_RESOLVED", CannotResolveHostError),
    ("ERR_CONNECTION_REFUSED", DownloadConnectionRefusedError),
    ("TIMED_OUT", DownloadTimeoutError),
    ("", DownloadFailedError),
)
"""What Scrapy calls a failure in whose message Chromium writes this."""
_FILE = "playwright_suggested_filename"
"""Key of a request's meta: the browser was given a file, and saved it."""
_HANDLERS, _METHODS = "playwright_page_event_handlers", "playwright_page_methods"
"""Keys of a request's meta: what listens to its page, and what is done with the page before it is taken."""


class DrawingHandler(ScrapyPlaywrightDownloadHandler, Handler):  # type: ignore[misc] # untyped
    """One browser for a crawl, whatever the scheme."""

    _of: ClassVar[WeakKeyDictionary[Crawler, DrawingHandler]] = WeakKeyDictionary()
    _closed = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._longest = crawler.settings.getint("GONGKAI_MAX_BYTES")
        self._asking = self.abort_request = Asking(crawler, crawler.settings["PLAYWRIGHT_ABORT_REQUEST"])

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
        for key in (DRAWN_BY, _FILE, HEARD):
            request.meta.pop(key, None)
        heard = Heard(self._longest, self._asking)
        request.meta[_HANDLERS] = {"response": heard.hear}
        request.meta[_METHODS] = [PageMethod(settle)]
        if TURNED in request.meta:
            request.meta[_METHODS].append(PageMethod(turn, request.meta[PORTAL].pace_seconds))
        request.meta[_METHODS].append(PageMethod(heard.keep))
        try:
            response: Response = await super().download_request(request)
        except TookTooLong as error:
            raise DownloadTimeoutError(str(error)) from error
        except BrowserError as error:
            raise next(kind for mark, kind in _CAUSES if mark in error.message)(error.message) from error
        check_peer(request, response.ip_address)
        if TURNED in request.meta and heard.refused:
            raise RobotsRefused(f"the list is drawn from {heard.refused[0]}, which robots.txt does not allow")
        if _FILE in request.meta:
            return response
        request.meta[HEARD] = heard.exchanges
        request.meta[DRAWN_BY] = f"Chromium/{self.browser.version}"
        text = (
            response.text if isinstance(response, TextResponse) else response.body.decode("utf-8", "replace")
        )
        return HtmlResponse(response.url, response.status, body=text.encode(), ip_address=response.ip_address)
