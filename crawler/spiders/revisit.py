"""The spider `revisit`: walks the columns as `column` does, and of what is known looks only at what is due.

It is a walk and ends in the record of one: without a clear sight of the lists at the same time, a page that answers
404 would not be believed to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from archive import clock
from archive.captures.visits import Watched
from crawler import registry
from crawler.schedule import look_due_on
from crawler.spiders.column import ColumnSpider
from crawler.walk import ColumnWalk, Crawl
from parsers.portals.urls import key


class RevisitSpider(ColumnSpider):
    """`scrapy crawl revisit -a portal=ID`; portals of which nothing is due are left alone. With `every=1` everything
    known is due."""

    name = "revisit"

    def __init__(self, portals: list[registry.Portal], *args: Any, every: Any = False, **kwargs: Any) -> None:
        super().__init__(portals, *args, **kwargs)
        self.every = bool(every)
        self._looks = cache(self._look_up)

    def chosen(self) -> Iterable[registry.Portal]:
        """The portals of which something is due."""
        return (portal for portal in self.portals if self._looks(portal.id)[0])

    def _walk(self, portal: registry.Portal, column: registry.Column, crawl: Crawl) -> ColumnWalk:
        walk = super()._walk(portal, column, crawl)
        due, later = self._looks(portal.id)
        walk.resumed |= later
        if column is portal.columns[0]:
            walk.files = [seen.url for seen in due if seen.is_file]
        return walk

    def _look_up(self, portal: str) -> tuple[list[Watched], frozenset[str]]:
        """What is due of a portal, and the addresses of what is not."""
        now = self.recorder.now()
        today, known = clock.day(now), self.recorder.earlier.watched(portal, now)
        due = [seen for seen in known if self.every or look_due_on(seen) <= today]
        return due, frozenset(key(seen.url) for seen in known) - {key(seen.url) for seen in due}
