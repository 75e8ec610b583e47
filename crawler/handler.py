"""Scrapy's own download handler, which also asks the pace and the guard, and remembers the status of an answer that is
still under way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _BindAddressAgent, _ScrapyAgent
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.utils._download_handlers import normalize_bind_address, wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

from crawler.guard import check_peer
from crawler.pacing import pacing_of

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

STATUS = "gongkai_status"
"""Key of a request's meta: the status of the answer, as soon as its head has come."""
RENDERED = "playwright"
"""Key of a request's meta: a browser answers it. The word is scrapy-playwright's."""
DRAWN_BY = "gongkai_drawn_by"
"""Key of a request's meta: name and version of the browser that drew its answer."""
HEARD = "gongkai_heard"
"""Key of a request's meta: what the scripts of the drawn page asked for, as exchanges."""


class _Connections(_BindAddressAgent):
    """One agent for many requests, which knows how to connect to the hosts it has met."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._endpoints: dict[tuple[bytes, bytes, int], Any] = {}

    def _getEndpoint(self, uri: Any) -> Any:  # noqa: N802 - Twisted's name
        place = (uri.scheme, uri.host, uri.port)
        if place not in self._endpoints:
            self._endpoints[place] = super()._getEndpoint(uri)  # type: ignore[no-untyped-call]
        return self._endpoints[place]


class _Agent(_ScrapyAgent):
    def __init__(self, agents: dict[float, _Connections], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._agents = agents

    def _get_agent(self, request: Request, timeout: float) -> _Connections:
        if timeout not in self._agents:
            from twisted.internet import reactor

            bound = normalize_bind_address(self._bindAddress)
            self._agents[timeout] = _Connections(reactor, self._contextFactory, timeout, bound, self._pool)
        return self._agents[timeout]

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

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._agents: dict[float, _Connections] = {}

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
            self._agents,
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        return await maybe_deferred_to_future(agent.download_request(request))
