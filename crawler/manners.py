"""Scrapy's robots, retry and redirect middlewares, with the manners of this crawler."""

from __future__ import annotations

from typing import Any

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response

from crawler.guard import PORTAL
from crawler.middlewares import CUT

SLOWEST_SECONDS = 60
"""A host that says it is busy is asked more slowly, but not more slowly than that."""
_BUSY = {429, 503}


class Robots(RobotsTxtMiddleware):
    """A host whose robots.txt answers with a server error is not crawled (RFC 9309, 2.3.1.4).

    Where it cannot be fetched at all the page asked for will fail by itself, and say why.
    """

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            response = response.replace(status=200, body=b"User-agent: *\nDisallow: /\n")
        elif response.status >= 300:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)


class Retry(RetryMiddleware):
    """Tries again what came cut, and asks a host that says it is busy more slowly from then on."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """A new request, or the response as it is."""
        if response.status in _BUSY:
            self._slow_down(request, response)
        if CUT in request.meta and not request.meta.get("dont_retry"):
            return self._retry(request, f"cut: {request.meta[CUT]}") or response
        return super().process_response(request, response)

    def _slow_down(self, request: Request, response: Response) -> None:
        slot: Any = self.crawler.engine.downloader.slots.get(request.meta.get("download_slot", ""))
        if slot is None:
            return
        asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        wish = float(asked) if asked.isdigit() else slot.delay * 2
        slot.delay = max(slot.delay, min(wish, SLOWEST_SECONDS))


class Redirect(RedirectMiddleware):
    """Follows redirects on the portal's hosts, and to the same address once (after a cookie was set).

    Any other redirect is left as the answer it is.
    """

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """The request that the redirect asks for, or the response as it is."""
        followed = super().process_response(request, response)
        if not isinstance(followed, Request):
            return followed
        portal = request.meta.get(PORTAL)
        visited = [*request.meta.get("redirect_urls", []), request.url]
        if (portal and not portal.owns(followed.url)) or visited.count(followed.url) > 1:
            return response
        return followed
