"""The spider `revisit`: walks the columns as `column` does, and of what is known looks only at what is due.

It is a walk and ends in the record of one: without a clear sight of the lists at the same time, a page that answers
404 would not be believed to be gone.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from archive import clock
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

    def _begin(self, portal: registry.Portal, column: registry.Column, crawl: Crawl) -> ColumnWalk:
        walk = super()._begin(portal, column, crawl)
        due, later = self._looks(portal.id)
        walk.resumed |= later
        walk.known |= due
        return walk

    def _look_up(self, portal: str) -> tuple[dict[str, str], frozenset[str]]:
        """The addresses that are due, by what they are compared by, and those that are not."""
        today, due, later = clock.day(self.recorder.now()), {}, set()
        for seen in self.recorder.watched(portal):
            if self.every or look_due_on(seen) <= today:
                due[key(seen.url)] = seen.url
            else:
                later.add(key(seen.url))
        return due, frozenset(later - due.keys())
