"""The spider `revisit`: walks the columns as `column` does, and of what is known looks only at what is due.

It is a walk and ends in the record of one: without a clear sight of the lists at the same time, a page that answers
404 would not be believed to be gone.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from archive.captures.visits import Watched
from crawler import registry
from crawler.schedule import look_due_on
from crawler.spiders.column import ColumnSpider
from crawler.walk import ColumnWalk


class RevisitSpider(ColumnSpider):
    """`scrapy crawl revisit -a portal=ID`; portals of which nothing is due are left alone. With `every=1` everything
    known is due."""

    name = "revisit"

    def __init__(self, portals: list[registry.Portal], *args: Any, every: Any = False, **kwargs: Any) -> None:
        super().__init__(portals, *args, **kwargs)
        self.every = bool(every)

    def is_due(self, seen: Watched, today: date) -> bool:
        """Whether a known page is to be looked at."""
        return self.every or look_due_on(seen) <= today

    def walks_of(
        self, portal: registry.Portal, due: list[Watched], later: frozenset[str]
    ) -> list[ColumnWalk]:
        """The walks of a portal of which something is due; what is not is left alone, whatever lists show."""
        walks = super().walks_of(portal, due, later) if due else []
        for walk in walks:
            walk.resumed |= later
        return walks
