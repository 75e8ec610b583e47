"""The archiving middleware: every answer as received, every fetch without one, robots.txt and retries included.

It stands next to the downloader, below decompression, retries and redirects. What came of an answer that was cut is
recorded and kept from everything above.
"""

from __future__ import annotations

import codecs
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    StopDownload,
)
from scrapy.utils.httpobj import urlparse_cached
from twisted.internet.error import ConnectionDone, ConnectionLost

from archive.captures.earlier import Stored
from archive.captures.records import DRAWN_TYPE, Drawn, Exchange, Failure, Headers, Truncation
from crawler.guard import PORTAL, GuardedResolver, RefusedAddress
from crawler.handler import DRAWN_BY, HEARD, RENDERED, STATUS
from crawler.pacing import NotAsked
from crawler.recording import recorder

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response

RECORD = "record_id"
"""Key of a request's meta: the id of the record of its response."""
CUT = "gongkai_cut"
"""Key of a request's meta: what cut the answer short (`length`, `time` or `disconnect`)."""
STORED = "gongkai_stored"
"""Key of a request's meta: the last whole capture of its address."""
CONDITIONAL = "gongkai_conditional"
"""Key of a request's meta: the validators of that capture go with it."""
ROBOTS = "gongkai_robots"
"""Key of a request's meta: it asks for robots.txt."""
VALIDATORS = ("If-None-Match", "If-Modified-Since")
"""Headers that go only with a GET of an address whose whole capture is stored, never with robots.txt: a 304 there
reads as an empty file that allows everything."""

_FLAGS: dict[str, Truncation] = {"dataloss": "disconnect", "download_stopped": "length"}
_CUTTING: dict[type[Exception], Truncation] = {DownloadTimeoutError: "time", DownloadCancelledError: "length"}
_KINDS: tuple[tuple[type[Exception], str], ...] = (
    (RefusedAddress, "address_guard"),
    (IgnoreRequest, "robots"),
    (CannotResolveHostError, "dns"),
    (DownloadConnectionRefusedError, "refused"),
    (DownloadTimeoutError, "timeout"),
)


@dataclass(slots=True)
class _Flight:
    """What has come so far of an answer under way."""

    at: datetime
    headers: Any
    chunks: list[bytes] = field(default_factory=list)
    size: int = 0


class Archiving:
    """Hands exchanges and failures to the archive's recorder."""

    def __init__(self, crawler: Crawler) -> None:
        self._recorder = recorder(crawler)
        self._limit: int = crawler.settings.getint("GONGKAI_MAX_BYTES")
        self._flights: dict[Request, _Flight] = {}
        crawler.signals.connect(self._headers_received, signals.headers_received)
        crawler.signals.connect(self._bytes_received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Archiving:
        """Scrapy's way to make a middleware."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Forget what an earlier answer to this request left behind."""
        meta = request.meta
        if STATUS in meta:  # a redirected request brings the validators of another address
            for name in VALIDATORS:
                request.headers.pop(name, None)
        for key in (STATUS, RECORD, CUT, DRAWN_BY, STORED, CONDITIONAL):
            meta.pop(key, None)
        stored = self._recorder.earlier.stored(request.url) if _may_be_conditional(request) else None
        if stored:
            sent = stored.validators(self._recorder.now())
            meta[STORED], meta[CONDITIONAL] = stored, bool(sent)
            request.headers.update(sent)

    def process_response(self, request: Request, response: Response) -> Response:
        """Record the exchange; hand up a cut answer without its body."""
        flight = self._flights.pop(request, None)
        if DRAWN_BY in request.meta:
            return self._drawn(request, response)
        truncated = next((cut for flag, cut in _FLAGS.items() if flag in response.flags), None)
        request.meta[RECORD] = self._recorder.exchange(
            Exchange(
                **_asked(request),
                status=response.status,
                headers=_flat(response.headers),
                payload=response.body,
                fetched_at=flight.at if flight else self._recorder.now(),
                ip=str(response.ip_address) if response.ip_address else None,
                truncated=truncated,
                protocol=response.protocol or "HTTP/1.1",
            ),
            request.meta[STORED] if request.meta.get(CONDITIONAL) else None,
        )
        if truncated is None:
            return response
        request.meta[CUT] = truncated
        headers = {k: v for k, v in response.headers.items() if k.lower() != b"content-encoding"}
        return response.replace(body=b"", headers=headers)

    def _drawn(self, request: Request, response: Response) -> Response:
        """Record a page as a browser drew it: what no server sent is no response record. UTF-8, and a mark that says
        so, for what the page says of its encoding no longer holds."""
        html = codecs.BOM_UTF8 + response.body
        truncated: Truncation | None = "length" if len(html) > self._limit else None
        drawn = Drawn(
            response.url,
            html[: self._limit],
            response.status,
            self._recorder.now(),
            request.meta[DRAWN_BY],
            str(response.ip_address) if response.ip_address else None,
            truncated,
        )
        for exchange in request.meta.get(HEARD, ()):
            self._recorder.exchange(exchange)
        request.meta[RECORD] = self._recorder.drawn(drawn)
        if truncated:
            request.meta[CUT] = truncated
        return response.replace(body=b"" if truncated else html, headers={"Content-Type": DRAWN_TYPE})

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Record what came before the exception, or that nothing did; what was not asked is no fetch."""
        if isinstance(exception, NotAsked):
            return
        flight = self._flights.pop(request, None)
        if flight and STATUS in request.meta:
            self._recorder.exchange(
                Exchange(
                    **_asked(request),
                    status=request.meta[STATUS],
                    headers=_flat(flight.headers),
                    payload=b"".join(flight.chunks),
                    fetched_at=flight.at,
                    truncated=_cut_by(exception),
                )
            )
            return
        kind = kind_of(exception, urlparse_cached(request).hostname or "")
        message = f"{type(exception).__name__}: {exception}"
        self._recorder.failure(Failure(request.url, request.method, self._recorder.now(), kind, message))

    def _headers_received(self, headers: Any, request: Request) -> None:
        self._flights[request] = _Flight(self._recorder.now(), headers)

    def _bytes_received(self, data: bytes, request: Request) -> None:
        flight = self._flights.get(request)
        if flight is None:
            return
        flight.chunks.append(data)
        flight.size += len(data)
        if flight.size > self._limit:
            raise StopDownload(fail=False)


def unchanged(response: Response) -> Stored | None:
    """The capture that an answer says still stands."""
    still = response.status == HTTPStatus.NOT_MODIFIED and response.meta.get(CONDITIONAL)
    return response.meta[STORED] if still else None


def kind_of(exception: Exception, host: str) -> str:
    """The class under which a fetch without an answer is recorded."""
    if isinstance(exception, CannotResolveHostError) and host in GuardedResolver.refused:
        return "address_guard"
    for kind, name in _KINDS:
        if isinstance(exception, kind):
            return name
    reasons = [exception, *(r.value for r in getattr(exception.__cause__, "reasons", None) or [])]
    if any(type(r).__module__.startswith(("OpenSSL", "service_identity", "ssl")) for r in reasons):
        return "tls"
    if any(isinstance(r, ConnectionLost | ConnectionDone | ConnectionResetError) for r in reasons):
        return "reset"
    return "other"


def _may_be_conditional(request: Request) -> bool:
    meta = request.meta
    return (
        request.method == "GET" and PORTAL in meta and not {ROBOTS, RENDERED, "redirect_times"} & meta.keys()
    )


def _cut_by(exception: Exception) -> Truncation:
    return next((cut for kind, cut in _CUTTING.items() if isinstance(exception, kind)), "disconnect")


def _asked(request: Request) -> dict[str, Any]:
    headers = _flat(request.headers)
    if not any(name.lower() == b"host" for name, _ in headers):
        headers.insert(0, (b"Host", urlparse_cached(request).netloc.encode()))  # added by the agent
    return {
        "url": request.url,
        "method": request.method,
        "request_headers": headers,
        "request_body": request.body,
    }


def _flat(headers: Any) -> Headers:
    return [(name, value) for name, values in headers.items() for value in values]
