"""What the scripts of a drawn page asked for: answers with data, of which the drawn page is only what was made."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from playwright.async_api import Error as BrowserError
from playwright.async_api import Page
from playwright.async_api import Response as Answer

from archive import clock
from archive.captures.records import Exchange
from crawler.asking import Asking

_log = logging.getLogger(__name__)
_ASKED_BY_SCRIPTS = frozenset({"xhr", "fetch"})
_OF_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that no longer hold of an answer as a browser hands it on."""


@dataclass
class Heard:
    """Listens to a page, and keeps what it heard before the page is closed."""

    longest: int
    asking: Asking
    exchanges: list[Exchange] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    _answers: list[tuple[datetime, Answer]] = field(default_factory=list)

    def hear(self, answer: Answer) -> None:
        """An answer came."""
        if answer.request.resource_type in _ASKED_BY_SCRIPTS:
            self._answers.append((clock.now(), answer))

    async def keep(self, page: Page) -> None:
        """Take the bodies of all answers, and what was not to be asked."""
        self.refused += self.asking.refused(page)
        for at, answer in self._answers:
            try:
                self.exchanges.append(await self._exchange(at, answer))
            except BrowserError as error:
                _log.info("%s: the browser has no body of this answer (%s)", answer.url, error.message)

    async def _exchange(self, at: datetime, answer: Answer) -> Exchange:
        body = await answer.body()
        server = await answer.server_addr()
        return Exchange(
            url=answer.url,
            method=answer.request.method,
            request_headers=_flat(await answer.request.all_headers()),
            request_body=answer.request.post_data_buffer or b"",
            status=answer.status,
            headers=_flat(await answer.all_headers()),
            payload=body[: self.longest],
            fetched_at=at,
            ip=server["ipAddress"] if server else None,
            truncated="length" if len(body) > self.longest else None,
        )


def _flat(headers: dict[str, str]) -> Any:
    return [
        (name.encode(), value.encode())
        for name, value in headers.items()
        if name not in _OF_THE_WIRE and not name.startswith(":")
    ]
