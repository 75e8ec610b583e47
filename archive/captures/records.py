"""What can be recorded: an exchange, a fetch without an answer, the end of a walk, a file given by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Truncation = Literal["length", "time", "disconnect"]
Stop = Literal["end", "repeat", "empty", "total", "fault", "budget"]
Headers = list[tuple[bytes, bytes]]

FINISHED_STOPS = frozenset({"end", "total"})
"""Stop reasons of a walk that saw its column whole. `repeat` did not: a page that the pager promised showed entries
seen before, as servers do that answer every page number with the first page. `empty` is a state of our sight, `budget`
and `fault` cut the walk short."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """A request and what came back. `payload` is de-chunked and not content-decoded; `fetched_at` is UTC."""

    url: str
    method: str
    request_headers: Headers
    request_body: bytes
    status: int
    headers: Headers
    payload: bytes
    fetched_at: datetime
    ip: str | None = None
    truncated: Truncation | None = None
    protocol: str = "HTTP/1.1"


DRAWN_TYPE = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A page as a browser drew it, `status` being that of the answer it was drawn from: its document tree as HTML in
    UTF-8 with a byte order mark, which no server sent. `browser` is its name and version."""

    url: str
    payload: bytes
    status: int
    at: datetime
    browser: str
    ip: str | None = None
    truncated: Truncation | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """A fetch without an answer; `kind` is dns, refused, timeout, reset, tls, robots, address_guard or other."""

    url: str
    method: str
    at: datetime
    kind: str
    message: str


@dataclass(frozen=True, slots=True)
class Walk:
    """The end of a column walk. `record` is the portal's registry record as used, `lists` the WARC record ids of the
    list captures in order."""

    portal: str
    column: str
    url: str
    record: dict[str, Any]
    begun_at: datetime
    ended_at: datetime
    stop: Stop
    lists: list[str]
    counts: dict[str, int] = field(default_factory=dict)
    message: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """A file given by hand: where it came from, the instant it was seen, and by whom."""

    name: str
    payload: bytes
    url: str | None
    seen_at: datetime | None
    by: str | None
