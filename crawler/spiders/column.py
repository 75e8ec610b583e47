"""The spider `column`: walks the columns of portals, list pages to reports to their files."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from typing import TYPE_CHECKING, Any

import scrapy

from archive.captures.records import Walk
from crawler import registry
from crawler.middlewares import CUT
from crawler.pacing import NotAsked
from crawler.spiders.base import (
    FETCH,
    SHOWS_NOTHING,
    PortalSpider,
    files_of,
    page_of,
    record_of,
)
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.errors import Fault
from parsers.portals.urls import key

if TYPE_CHECKING:
    from scrapy.http import Response
    from twisted.python.failure import Failure

_WALK = "gongkai_walk"
_PRIORITY = {"list": 20, "file": 10, "detail": 5}
"""Lists first, for they decide how the walk stops; a report's files before the next report, so that an interrupted
crawl leaves few reports without their files."""
_PRIORITY_OF_THE_KNOWN = 0
"""Reports that earlier walks listed come last."""


class ColumnSpider(PortalSpider):
    """`scrapy crawl column -a portal=ID` (several ids with commas between them)."""

    name = "column"

    def __init__(self, portals: list[registry.Portal], *args: Any, **kwargs: Any) -> None:
        super().__init__(portals, *args, **kwargs)
        self.walks: list[ColumnWalk] = []
        self.ended: list[Walk] = []

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The first page of every column."""
        for portal in self.chosen():
            crawl = self.allowance(portal)
            for column in portal.columns:
                walk = self._begin(portal, column, crawl)
                for request in self._requests(walk, walk.begin()):
                    yield request

    def chosen(self) -> Iterable[registry.Portal]:
        """The portals that are walked."""
        return self.portals

    def _begin(self, portal: registry.Portal, column: registry.Column, crawl: Crawl) -> ColumnWalk:
        walk = ColumnWalk(
            portal,
            column,
            self.recorder.now(),
            crawl,
            resumed=frozenset(map(key, self.recorder.unfinished(portal.id, column.id))),
            known={key(url): url for url in sorted(self.recorder.known(portal.id, column.id))},
        )
        self.walks.append(walk)
        return walk

    def answered(self, response: Response) -> list[scrapy.Request]:
        """A request was answered."""
        walk, fetch = response.meta[_WALK], response.meta[FETCH]
        try:
            further = self._read(walk, fetch, response)
        except Exception:
            self._requests(walk, walk.failed(fetch, "the page could not be read"))
            raise
        return self._requests(walk, further)

    def unanswered(self, failure: Failure) -> list[scrapy.Request]:
        """A request had no answer; the archive has the failure. Or it was put off."""
        meta = failure.request.meta  # type: ignore[attr-defined] # Scrapy puts it there
        walk, fetch = meta[_WALK], meta[FETCH]
        if isinstance(failure.value, NotAsked | Fault):  # put off, or answered and not recorded
            return self._requests(walk, walk.postponed(fetch, str(failure.value)))
        reason = f"{type(failure.value).__name__}: {failure.getErrorMessage()}"
        return self._requests(walk, walk.unanswered(fetch, reason))

    def _read(self, walk: ColumnWalk, fetch: Fetch, response: Response) -> list[Fetch]:
        if cut := response.meta.get(CUT):
            return walk.failed(fetch, f"the answer came cut ({cut})")
        page = page_of(response)
        seen = self.inspected(response, page)
        if seen is None:
            return walk.fetched(fetch, [])
        if fetch.role == "list":
            return walk.listed(fetch, page.url, record_of(response), seen)
        if seen.page_class == "redirect" and seen.next and "front" not in seen.evidence:
            return walk.fetched(fetch, [], seen.next)
        if seen.page_class in SHOWS_NOTHING:
            return walk.failed(fetch, f"{seen.page_class} ({seen.evidence})")
        return walk.fetched(fetch, files_of(seen))

    def _requests(self, walk: ColumnWalk, fetches: list[Fetch]) -> list[scrapy.Request]:
        if walk.finished and not walk.abandoned:
            end = walk.end(self.recorder.now())
            try:
                self.recorder.walk(end)
                self.ended.append(end)
            except Fault as fault:
                walk.put_off = fault.sentence
        self.progress.show(self.walks)
        return [self._request(walk, fetch) for fetch in fetches]

    def _request(self, walk: ColumnWalk, fetch: Fetch) -> scrapy.Request:
        return self.make(
            walk.portal,
            fetch,
            {_WALK: walk},
            callback=self.answered,
            errback=self.unanswered,
            priority=_PRIORITY_OF_THE_KNOWN if fetch.known else _PRIORITY[fetch.role],
        )
