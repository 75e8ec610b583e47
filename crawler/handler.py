"""Scrapy's own download handler, which also asks the pace and the guard, and remembers the status of an answer that is
still under way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.guard import check_peer
from crawler.pacing import pacing_of

STATUS = "gongkai_status"
"""Key of a request's meta: the status of the answer, as soon as its head has come."""
RENDERED = "playwright"
"""Key of a request's meta: a browser answers it. The word is scrapy-playwright's."""
DRAWN_BY = "gongkai_drawn_by"
"""Key of a request's meta: name and version of the browser that drew its answer."""


class _Agent(_ScrapyAgent):
    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        try:
            check_peer(request, txresponse._scrapy_ip_address)
        except IgnoreRequest:
            txresponse._transport.loseConnection()
            raise
        request.meta[STATUS] = int(txresponse.code)
        return super()._cb_bodyready(txresponse, request)


class Handler(HTTP11DownloadHandler):
    """The signal `headers_received` has no status, and an answer that times out has no response; hence this."""

    async def download_request(self, request: Request) -> Response:
        """Download one request."""
        with wrap_twisted_exceptions():
            return await self.paced(request, self._plainly)

    async def paced(self, request: Request, download: Callable[[Request], Awaitable[Response]]) -> Response:
        """Download one request at the pace of its host."""
        pacing = pacing_of(self._crawler)
        pacing.admit(request)
        try:
            response = await download(request)
        except IgnoreRequest:
            raise
        except Exception as error:
            pacing.unanswered(request, error)
            raise
        pacing.answered(request, response)
        return response

    async def _plainly(self, request: Request) -> Response:
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        return await maybe_deferred_to_future(agent.download_request(request))
