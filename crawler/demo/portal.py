"""A sample portal over real HTTP on the loopback: serves a site, keeps what was asked of it."""

from __future__ import annotations

import contextlib
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

from crawler.demo import trs
from crawler.demo.dialect import Asked
from crawler.demo.responses import Headers, Response
from crawler.demo.site import Site

IDLE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Hit:
    """A request as it came: `path` with its query, header names in lower case, monotonic seconds."""

    method: str
    path: str
    headers: dict[str, str]
    at: float


Answer = Callable[[Site, Asked], Response]


class SamplePortal:
    """Serves a site, as a TRS portal or in another family's dialect, while its `with` block runs; the site may change
    meanwhile."""

    def __init__(self, site: Site, port: int = 0, answer: Answer | None = None) -> None:
        self.site = site
        self.answer = answer or (lambda site, asked: trs.answer(site, asked.path))
        self.hits: list[Hit] = []
        self._server = _Server(self, port)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> SamplePortal:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    @property
    def host(self) -> str:
        """Host and port."""
        return f"127.0.0.1:{self._server.server_port}"

    @property
    def base_url(self) -> str:
        """Where the site stands, without a slash at the end."""
        return f"http://{self.host}"

    def url(self, path: str) -> str:
        """Absolute address of a path of the site."""
        return self.base_url + path

    def fetched(self) -> list[str]:
        """The paths asked for, in order."""
        return [hit.path for hit in self.hits]

    def forget(self) -> None:
        """Forget the requests so far."""
        self.hits.clear()


class _Server(ThreadingHTTPServer):
    request_queue_size = 128  # with the usual 5, connections of a fast crawl wait a second
    daemon_threads = False  # joined when the portal closes, which hangs up on them first

    def __init__(self, portal: SamplePortal, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.portal = portal
        self.closing = threading.Event()
        self.open: set[socket.socket] = set()

    def hang_up(self) -> None:
        """End every answer under way and close the connections that clients keep alive."""
        self.closing.set()
        for connection in list(self.open):
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection; it is the `Wire` of the answers."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = IDLE_SECONDS

    def handle(self) -> None:
        self.server.open.add(self.connection)
        try:
            if not self.server.closing.is_set():
                super().handle()
        except ConnectionError:
            self.close_connection = True  # the client went away, which is its right
        finally:
            self.server.open.discard(self.connection)

    def do_GET(self) -> None:
        """Record the request and answer it."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.portal.hits.append(Hit(self.command, self.path, headers, time.monotonic()))
        body = self.rfile.read(int(headers.get("content-length", 0)))
        portal = self.server.portal
        response = portal.answer(portal.site, Asked(self.path, self.command, body, headers))
        response.deliver(self, response)

    def do_POST(self) -> None:
        """Answer like GET."""
        self.do_GET()

    def do_HEAD(self) -> None:
        """Answer like GET, without the body."""
        self.do_GET()

    def head(self, status: int, headers: Headers) -> None:
        """Send the status line and the headers, but no date: the portal has no clock."""
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def write(self, data: bytes) -> None:
        """Send a piece of the body."""
        if self.command != "HEAD":
            self.wfile.write(data)

    def pause(self, seconds: float) -> None:
        """Wait; a portal that shuts down ends the wait and the answer."""
        if self.server.closing.wait(seconds):
            raise ConnectionAbortedError

    def close(self) -> None:
        """Close the connection after this answer."""
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name in the base class
        """Say nothing: `hits` has it."""
