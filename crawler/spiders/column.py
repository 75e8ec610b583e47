"""The spider `column`: walks the columns of portals, list pages to reports to their files."""

from __future__ import annotations

import heapq
from collections.abc import Coroutine, Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.captures.records import Walk
from archive.captures.visits import Watched
from archive.captures.warc import sha256
from crawler import registry
from crawler.middlewares import CUT, STORED, unchanged
from crawler.pacing import NotAsked, pacing_of
from crawler.schedule import look_due_on
from crawler.spiders.base import SHOWS_NOTHING, PortalSpider, files_of, record_of
from crawler.tasks import Tasks
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.errors import Fault
from parsers.portals.urls import key

if TYPE_CHECKING:
    from scrapy.http import Response

    from parsers.portals.model import Inspection

_PRIORITY = {"list": 20, "file": 10, "detail": 5}
"""Lists first, for they decide how the walk stops; a report's files before the next report, so that an interrupted
crawl leaves few reports without their files."""
_PRIORITY_OF_THE_KNOWN = 0
"""Reports that earlier walks listed come last."""


@dataclass(slots=True)
class _Lane:
    """What waits to be fetched from one portal, the most urgent first, and how many tasks are at it (`busy`)."""

    width: int
    tasks: Tasks
    waiting: list[tuple[int, int, ColumnWalk, Fetch, str]] = field(default_factory=list)
    busy: int = 0
    _serial: count[int] = field(default_factory=count)

    def add(self, walk: ColumnWalk, fetch: Fetch, referer: str) -> None:
        """Let a fetch wait its turn."""
        priority = _PRIORITY_OF_THE_KNOWN if fetch.known else _PRIORITY[fetch.role]
        heapq.heappush(self.waiting, (-priority, next(self._serial), walk, fetch, referer))


class ColumnSpider(PortalSpider):
    """`scrapy crawl column -a portal=ID` (several ids with commas between them)."""

    name = "column"

    def __init__(self, portals: list[registry.Portal], *args: Any, **kwargs: Any) -> None:
        super().__init__(portals, *args, **kwargs)
        self.walks: list[ColumnWalk] = []
        self.ended: list[Walk] = []

    def errands(self) -> Iterable[Coroutine[Any, Any, None]]:
        """The visit of every portal."""
        return (self._visit(portal) for portal in self.portals)

    async def _visit(self, portal: registry.Portal) -> None:
        """Walk the columns of a portal."""
        walks = self.walks_of(portal, *self.looks(portal))
        if not walks:
            return
        self.walks += walks
        width = self.settings.getint("CONCURRENT_REQUESTS_PER_DOMAIN")
        lane = _Lane(1 if portal.pace_seconds else width, Tasks())
        for walk in walks:
            self._go_on(lane, walk, walk.begin())
        await lane.tasks.over()
        for walk in walks:
            walk.forget()

    def looks(self, portal: registry.Portal) -> tuple[list[Watched], frozenset[str]]:
        """What is known of a portal and due to be looked at, and the addresses of what is not. The files of a page are
        looked at with it."""
        now = self.recorder.now()
        known = self.recorder.earlier.watched(portal.id, now)
        due = [seen for seen in known if self.is_due(seen, clock.day(now))]
        wanted = {key(url) for seen in due for url in (seen.url, *seen.files)}
        return due, frozenset(key(seen.url) for seen in known) - wanted

    def is_due(self, seen: Watched, today: date) -> bool:
        """Whether a known page is to be looked at, though its list has not changed: when its time has come, and
        always where it did not come whole or something else stands there now."""
        return seen.whole is None or look_due_on(seen) <= today

    def walks_of(
        self, portal: registry.Portal, due: list[Watched], later: frozenset[str]
    ) -> list[ColumnWalk]:
        """The walks of a portal's columns. What is not due is left alone where its list has not changed."""
        crawl = self.allowance(portal)
        walks = [self._walk(portal, column, crawl, later) for column in portal.columns]
        walks[0].files = [seen.url for seen in due if seen.is_file]
        return walks

    def _walk(
        self, portal: registry.Portal, column: registry.Column, crawl: Crawl, later: frozenset[str]
    ) -> ColumnWalk:
        now, earlier = self.recorder.now(), self.recorder.earlier
        return ColumnWalk(
            portal,
            column,
            now,
            crawl,
            resumed=frozenset(map(key, earlier.unfinished(portal.id, column.id, portal.hosts, now))),
            known={key(url): url for url in sorted(earlier.known(portal.id, column.id))},
            later=later,
        )

    async def _fetch(self, lane: _Lane) -> None:
        while lane.waiting and self.running:
            _, _, walk, fetch, referer = heapq.heappop(lane.waiting)
            request = self.make(walk.portal, fetch, referer)
            try:
                response = await self.ask(request)
            except Exception as error:  # noqa: BLE001 - the archive has it, and the walk is told
                self._go_on(lane, walk, _unanswered(walk, fetch, error))
            else:
                self._go_on(lane, walk, self._answered(walk, fetch, response), response.url)
        lane.busy -= 1

    def _answered(self, walk: ColumnWalk, fetch: Fetch, response: Response) -> list[Fetch]:
        try:
            return self._read(walk, fetch, response)
        except Exception:
            self.logger.exception("%s could not be read", response.url)
            return walk.failed(fetch, "the page could not be read")

    def _read(self, walk: ColumnWalk, fetch: Fetch, response: Response) -> list[Fetch]:
        if cut := response.meta.get(CUT):
            return walk.failed(fetch, f"the answer came cut ({cut})")
        if fetch.role != "list" and (known := self._known_files(response)) is not None:
            return walk.fetched(fetch, known)
        page = self.page(response)
        seen = self.inspected(response, page)
        if seen is None:
            return walk.fetched(fetch, [])
        if fetch.role == "list":
            return walk.listed(fetch, page.url, record_of(response), seen, unchanged=_is_as_before(response))
        return _seen(walk, fetch, seen)

    def _known_files(self, response: Response) -> list[str] | None:
        """The files of a page that has not changed, without reading it again; `None` where it must be read."""
        stored = unchanged(response)
        files: list[str] | None = self.recorder.earlier.files(stored) if stored else None
        if files is not None:
            pacing_of(self.crawler).seen(response.url, challenge=False)
        return files

    def _go_on(self, lane: _Lane, walk: ColumnWalk, fetches: list[Fetch], referer: str = "") -> None:
        """Take up what a walk asks for next, or its end."""
        if walk.finished and not walk.abandoned:
            end = walk.end(self.recorder.now())
            try:
                self.recorder.walk(end)
                self.ended.append(end)
            except Fault as fault:
                walk.put_off = fault.sentence
        self.progress.show(self.walks)
        for fetch in fetches:
            lane.add(walk, fetch, referer)
        for _ in range(min(lane.width - lane.busy, len(lane.waiting))):
            lane.busy += 1
            lane.tasks.run(self._fetch(lane))


def _is_as_before(response: Response) -> bool:
    """Whether a page is, byte for byte, what it was at the last look."""
    stored = response.meta.get(STORED)
    return bool(unchanged(response) or (stored and stored.decoded == sha256(response.body)))


def _seen(walk: ColumnWalk, fetch: Fetch, seen: Inspection) -> list[Fetch]:
    """A page that is no list was looked at."""
    if seen.page_class == "redirect" and seen.next and "front" not in seen.evidence:
        return walk.fetched(fetch, [], seen.next)
    if seen.page_class in SHOWS_NOTHING:
        return walk.failed(fetch, f"{seen.page_class} ({seen.evidence})")
    return walk.fetched(fetch, files_of(seen))


def _unanswered(walk: ColumnWalk, fetch: Fetch, error: Exception) -> list[Fetch]:
    """A request had no answer; the archive has the failure. Or it was put off, or answered and not recorded."""
    if isinstance(error, NotAsked | Fault):
        return walk.postponed(fetch, str(error))
    return walk.unanswered(fetch, f"{type(error).__name__}: {error}")
