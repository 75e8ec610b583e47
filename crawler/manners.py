"""Scrapy's retry and redirect middlewares, with the manners of this crawler."""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from crawler.guard import PORTAL
from crawler.middlewares import CUT


class Retry(RetryMiddleware):
    """Tries again what came cut too. The time before the next try is the pace of the host (`crawler.pacing`)."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """A new request, or the response as it is."""
        if CUT in request.meta and not request.meta.get("dont_retry"):
            return self._retry(request, f"cut: {request.meta[CUT]}") or response
        return super().process_response(request, response)


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
