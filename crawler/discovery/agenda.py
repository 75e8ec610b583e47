"""What a search has still to look at: the links it heard of, the best first, and how many looks are left."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from urllib.parse import urlsplit

from crawler.discovery.ground import Ground, is_governmental
from parsers.portals.discovery import Link, identity
from parsers.portals.urls import key

_LIMITS = {"section": 8, "report": 3, "map": 1, "search": 2}
"""Links of a role that are followed at most."""
_LAST_RESORT = 5
"""Links that score no higher are followed only while nothing is found."""


@dataclass(slots=True)
class Agenda:
    """The links of one search. No address is looked at twice, and none that is not on the ground."""

    ground: Ground
    looks_left: int
    taken: Counter[str] = field(default_factory=Counter)
    """Links looked at, by their role."""
    _asked: set[str] = field(default_factory=set)
    _queue: list[tuple[int, int, Link]] = field(default_factory=list)
    _serial: count[int] = field(default_factory=count)

    def add(self, links: Iterable[Link]) -> None:
        """Links that a page shows."""
        for link in links:
            if identity(link.url) not in self._asked:
                heapq.heappush(self._queue, (-link.score, next(self._serial), link))

    def next(self, found: bool, listed: Container[str]) -> Link | None:
        """The best link that is worth a look where columns were `found` whose entries have the keys `listed`. Where
        no look is left it is given back all the same, so that the search can name it."""
        while self._queue:
            link = heapq.heappop(self._queue)[2]
            if identity(link.url) in self._asked or not self._is_worth(link, found, listed):
                continue
            if self.looks_left <= 0 or self.may_go(link):
                return link
        return None

    def take(self, link: Link) -> None:
        """A link is looked at."""
        self.settle(link.url)
        self.looks_left -= 1
        self.taken[link.role] += 1

    def settle(self, *urls: str) -> None:
        """Addresses that need no look any more."""
        self._asked.update(map(identity, urls))

    def is_open(self, link: Link) -> bool:
        """Whether an address was not looked at."""
        return identity(link.url) not in self._asked

    def may_go(self, link: Link) -> bool:
        """Whether an address is on the ground; a link that names a column may lead to another government's portal."""
        if self.ground.owns(link.url):
            return True
        if link.role != "column" or not is_governmental(link.url):
            return False
        self.ground.elsewhere.add((urlsplit(link.url).hostname or "").lower())
        return True

    def may_follow(self, link: Link, target: str) -> bool:
        """Whether the redirect of a link may be followed: where it leads is where the link leads."""
        return self.may_go(replace(link, url=target, role="column"))

    def _is_worth(self, link: Link, found: bool, listed: Container[str]) -> bool:
        if link.role in {"map", "search"} and found:
            return False
        if link.role == "report" and key(link.url) in listed:
            return False
        if link.score <= _LAST_RESORT:
            return not found
        limit = _LIMITS.get(link.role)
        return limit is None or self.taken[link.role] < limit
