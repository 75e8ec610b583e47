"""Scrapy's own download handler, which also remembers the status of an answer that is still under way."""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future

STATUS = "gongkai_status"
"""Key of a request's meta: the status of the answer, as soon as its head has come."""


class _Agent(_ScrapyAgent):
    def _cb_bodyready(self, txresponse: Any, request: Request) -> Any:
        request.meta[STATUS] = int(txresponse.code)
        return super()._cb_bodyready(txresponse, request)


class Handler(HTTP11DownloadHandler):
    """The signal `headers_received` has no status, and an answer that times out has no response; hence this."""

    async def download_request(self, request: Request) -> Response:
        """Download one request."""
        agent = _Agent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))
