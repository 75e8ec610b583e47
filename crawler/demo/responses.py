"""What the sample portal answers, and how the answer goes over the wire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

HTML = "text/html"
Headers = tuple[tuple[str, str], ...]


class Wire(Protocol):
    """The connection to a client, as far as an answer needs it."""

    def head(self, status: int, headers: Headers) -> None:
        """Send the status line and the headers."""

    def write(self, data: bytes) -> None:
        """Send a piece of the body."""

    def pause(self, seconds: float) -> None:
        """Wait; a portal that shuts down ends the wait and the answer."""

    def close(self) -> None:
        """Close the connection after this answer."""


def whole(wire: Wire, response: Response) -> None:
    """The body at once, its length said truly."""
    wire.head(response.status, with_length(response, len(response.body)))
    wire.write(response.body)


def with_length(response: Response, length: int) -> Headers:
    """The headers of an answer with a Content-Length."""
    return (*response.headers, ("Content-Length", str(length)))


@dataclass(frozen=True, slots=True)
class Response:
    """An answer: a body, what stands above it, and the way it is delivered."""

    body: bytes
    status: int = 200
    headers: Headers = (("Content-Type", HTML),)
    deliver: Callable[[Wire, Response], None] = whole


Fault = Callable[[Response], Response]
"""Turns the answer that a page deserves into one that a crawler must survive."""
