"""The walk of one column, as bookkeeping: what to fetch next, and how it ended. Knows no Scrapy.

Every `Fetch` that a walk hands out is outstanding until it is answered by `listed`, `fetched` or `failed`; the walk
is finished when none is. A walk that is interrupted is never finished and so leaves no end record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal
from urllib.parse import urlsplit

from archive.captures.records import FINISHED_STOPS, Stop, Walk
from crawler.registry import Column, Portal, record
from parsers.portals.model import Entry, Inspection, Request
from parsers.portals.urls import is_front, key

Role = Literal["list", "detail", "file"]

_MAX_HOPS = 3
"""Redirects inside pages (meta refresh, scripts) that are followed one after another."""
_SILENCE = 3
"""Requests in a row without an answer, at the end of a walk, after which the portal is taken to have died in it."""
_PRECEDENCE: tuple[Stop, ...] = ("fault", "budget", "empty", "repeat", "total", "end")
"""What a column says of itself that stopped for several reasons: the one that leaves the most unseen."""


@dataclass(frozen=True, slots=True)
class Fetch:
    """A request that a walk makes."""

    role: Role
    request: Request
    hops: int = 0
    sequence: int = 0
    """The sequence of list pages that it belongs to."""
    known: bool = False
    """Whether an earlier walk listed it."""

    @property
    def url(self) -> str:
        """Its address."""
        return self.request.url


@dataclass(slots=True)
class Sequence:
    """The pages of one list: the column's own, or those of a part of it. What it declares, and what was seen of it."""

    url: str
    pages_said: int = 0
    total_said: int = 0
    pages: int = 0
    seen: set[str] = field(default_factory=set)

    @property
    def ends_when_empty(self) -> bool:
        """Whether an empty page is its end: it showed entries, and never said how many there are."""
        return bool(self.pages) and not self.pages_said and not self.total_said

    @property
    def shortfall(self) -> str:
        """What it declares and did not show."""
        if len(self.seen) < self.total_said:
            return f"{self.url}: {len(self.seen)} of the {self.total_said} entries declared"
        if self.pages < self.pages_said and not self.total_said:
            return f"{self.url}: {self.pages} of the {self.pages_said} pages declared"
        return ""


@dataclass(slots=True)
class Crawl:
    """What the walks of one portal share: what was asked for already, and how many requests are left."""

    requests_left: int
    max_list_pages: int
    asked: set[str] = field(default_factory=set)


@dataclass(slots=True)
class ColumnWalk:
    """A walk under way. `resumed` are addresses an unfinished crawl has; `known` are reports listed by earlier walks,
    which are asked for again even when the list has dropped them: only their own answer can say that they are gone.
    `later` are those that need no look now: where the page of the list that shows them is what it was, they are not
    asked for. `files` are looked at again without their pages. Without `articles` it walks the lists alone.
    """

    portal: Portal
    column: Column
    begun_at: datetime
    crawl: Crawl
    resumed: frozenset[str] = frozenset()
    known: dict[str, str] = field(default_factory=dict)
    later: frozenset[str] = frozenset()
    articles: bool = True
    files: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    lists: list[str] = field(default_factory=list)
    stops: set[Stop] = field(default_factory=set)
    messages: list[str] = field(default_factory=list)
    outstanding: int = 0
    silent: int = 0
    put_off: str = ""
    _lists_outstanding: int = 0
    _asked_lists: set[tuple[object, ...]] = field(default_factory=set)
    _seen: set[str] = field(default_factory=set)
    _sequences: list[Sequence] = field(default_factory=list)

    @property
    def finished(self) -> bool:
        """Whether every request has its outcome."""
        return self.outstanding == 0

    @property
    def abandoned(self) -> bool:
        """Whether it was broken off, because requests were put off (`put_off` says why) or its portal stopped
        answering in the middle: such a walk leaves no end record and is gone on with."""
        return bool(self.put_off) or (bool(self.counts["pages"]) and self.silent >= _SILENCE)

    @property
    def stop(self) -> Stop:
        """Why the walk stopped."""
        return next((reason for reason in _PRECEDENCE if reason in self.stops), "end")

    def begin(self) -> list[Fetch]:
        """The first request."""
        return self._ask_lists([Request(self.column.url, part=True)], own=True)

    def listed(
        self, fetch: Fetch, url: str, record_id: str, page: Inspection, *, unchanged: bool = False
    ) -> list[Fetch]:
        """A list request was answered by this page, at this final address; `unchanged` says that it is what it was at
        the last look."""
        self._settle(fetch)
        self.lists.append(record_id)
        self.counts["pages"] += 1
        if is_front(url) and not is_front(fetch.url):
            self._stop("fault", f"{fetch.url} leads to the front page")
            return self._rest()
        return self._judge(fetch, url, page, unchanged) + self._rest()

    def fetched(self, fetch: Fetch, files: Iterable[str], onward: Iterable[Request] = ()) -> list[Fetch]:
        """A detail page or a file came; it has these files, or leads on inside the page."""
        self._settle(fetch)
        self.counts["files" if fetch.role == "file" else "fetched"] += 1
        further = [Fetch("file", Request(url)) for url in files]
        further += [replace(fetch, request=r, hops=fetch.hops + 1) for r in onward if fetch.hops < _MAX_HOPS]
        return self._ask(further)

    def unanswered(self, fetch: Fetch, reason: str) -> list[Fetch]:
        """A request had no answer."""
        silent = self.silent + (urlsplit(fetch.url).netloc == urlsplit(self.column.url).netloc)
        further = self.failed(fetch, reason)
        self.silent = silent
        return further

    def postponed(self, fetch: Fetch, reason: str) -> list[Fetch]:
        """A request was not made, and has to be made another time."""
        self._settle(fetch)
        self.put_off = self.put_off or reason
        return []

    def failed(self, fetch: Fetch, reason: str) -> list[Fetch]:
        """A request had an answer that shows nothing. A guess that robots.txt forbids is none: it may be no list."""
        self._settle(fetch)
        self.counts["failed"] += 1
        if fetch.role == "list" and not (fetch.request.guess and reason.startswith("RobotsRefused")):
            self._stop("fault", f"{fetch.url}: {reason}")
        return self._rest()

    def end(self, at: datetime) -> Walk:
        """The record of the finished walk."""
        return Walk(
            portal=self.portal.id,
            column=self.column.id,
            url=self.column.url,
            record=record(self.portal),
            begun_at=self.begun_at,
            ended_at=at,
            stop=self.stop,
            lists=self.lists,
            counts=dict(self.counts),
            message="; ".join(self.messages),
        )

    def forget(self) -> None:
        """Let go of the addresses: the walk will ask for nothing more."""
        self.resumed, self.known, self.later = frozenset(), {}, frozenset()
        for addresses in (self.crawl.asked, self._seen, self._asked_lists, self._sequences):
            addresses.clear()

    def _judge(self, fetch: Fetch, url: str, page: Inspection, unchanged: bool) -> list[Fetch]:
        said = f"{url}: {page.page_class} ({page.evidence})"
        match page.page_class:
            case "list":
                return self._take(fetch, url, page, unchanged)
            case "gone" | "other" | "empty_list" if fetch.request.guess:
                return []
            case "empty_list" if self._sequences[fetch.sequence].ends_when_empty:
                self.stops.add("end")
            case "empty_list":
                self._stop("empty", said)
            case "redirect" if fetch.hops < _MAX_HOPS and "front" not in page.evidence:
                if onward := self._ask_lists(page.next, fetch, fetch.hops + 1):
                    return onward
                self._stop("fault", said)
            case _:
                self._stop("fault", said)
        return []

    def _take(self, fetch: Fetch, url: str, page: Inspection, unchanged: bool) -> list[Fetch]:
        if page.cut:
            self._stop("fault", f"{url} ends in the middle")
        sequence, shown = self._sequences[fetch.sequence], {key(entry.url) for entry in page.entries}
        unseen = [entry for entry in page.entries if key(entry.url) not in self._seen]
        further = self._ask_entries(unseen, unchanged)
        if page.pages is not None:
            self.counts["pages_said"] = max(self.counts["pages_said"], page.pages)
        sequence.pages_said = max(sequence.pages_said, page.pages or 0)
        sequence.total_said = max(sequence.total_said, page.total or 0)
        new = shown - sequence.seen
        sequence.seen |= shown
        if shown and not new:
            if not fetch.request.guess:
                self._stop("repeat", f"{url} adds nothing new")
            return further
        sequence.pages += bool(shown)
        onward = self._ask_lists(page.next, fetch)
        if not any(not f.request.guess for f in onward):
            said = page.pages is not None or page.total is not None
            self.stops.add("total" if said and not onward else "end")
        return further + onward

    def _ask_entries(self, entries: list[Entry], unchanged: bool) -> list[Fetch]:
        self._seen.update(key(entry.url) for entry in entries)
        self.counts["entries"] += len(entries)
        reports = [entry for entry in entries if entry.verdict == "report"]
        self.counts["reports"] += len(reports)
        self.counts["new"] += sum(key(entry.url) not in self.known for entry in reports)
        self.counts["elsewhere"] += sum(not self.portal.owns(entry.url) for entry in reports)
        if not self.articles:
            return []
        unasked = {key(entry.url) for entry in reports} & self.later if unchanged else set()
        if unasked:
            self.counts["unasked"] += len(unasked)
        wanted = (entry for entry in reports if key(entry.url) not in unasked)
        asked = [Fetch("detail", Request(e.url), known=key(e.url) in self.known) for e in wanted]
        return self._ask(sorted(asked, key=lambda fetch: fetch.known))

    def _rest(self) -> list[Fetch]:
        """Once the lists are done: did they show what they declare? And reports of earlier walks that they did not."""
        if self._lists_outstanding or "fault" in self.stops:
            return []
        if FINISHED_STOPS.issuperset(self.stops):
            for shortfall in filter(None, (s.shortfall for s in self._sequences)):
                self._stop("fault", shortfall)
            if not self._seen:
                self._stop("empty", f"{self.column.url} shows no entries")
        dropped = [url for address, url in self.known.items() if address not in self._seen]
        self.known = {}
        asked = self._ask([Fetch("detail", Request(url), known=True) for url in dropped])
        if asked:
            self.counts["dropped"] += len(asked)
        files, self.files = self.files, []
        return asked + self._ask([Fetch("file", Request(url), known=True) for url in files])

    def _ask_lists(
        self, requests: Iterable[Request], origin: Fetch | None = None, hops: int = 0, *, own: bool = False
    ) -> list[Fetch]:
        further = []
        for request in requests:
            mark = (request.method, key(request.url), request.form, request.json)
            registered = any(
                c is not self.column and key(c.url) == key(request.url) for c in self.portal.columns
            )
            if mark in self._asked_lists or (registered and not own) or not self.portal.owns(request.url):
                continue
            if len(self._asked_lists) >= self.crawl.max_list_pages:
                self._stop("budget", f"more than {self.crawl.max_list_pages} list pages")
                break
            self._asked_lists.add(mark)
            further.append(Fetch("list", request, hops, self._sequence(request, origin)))
        return self._spend(further)

    def _sequence(self, request: Request, origin: Fetch | None) -> int:
        if origin is not None and not request.part:
            return origin.sequence
        self._sequences.append(Sequence(request.url))
        return len(self._sequences) - 1

    def _ask(self, fetches: Iterable[Fetch]) -> list[Fetch]:
        further = []
        for fetch in fetches:
            address = key(fetch.url)
            if not self.portal.owns(fetch.url) or address in self.crawl.asked:
                continue
            self.crawl.asked.add(address)
            if address in self.resumed:
                self.counts["resumed"] += 1
            else:
                further.append(fetch)
        return self._spend(further)

    def _spend(self, fetches: list[Fetch]) -> list[Fetch]:
        allowed = fetches[: max(0, self.crawl.requests_left)]
        if len(allowed) < len(fetches):
            self._stop("budget", "the portal's requests are spent")
        self.crawl.requests_left -= len(allowed)
        self.outstanding += len(allowed)
        self._lists_outstanding += sum(f.role == "list" for f in allowed)
        return allowed

    def _settle(self, fetch: Fetch) -> None:
        self.outstanding -= 1
        self.silent = 0
        self._lists_outstanding -= fetch.role == "list"

    def _stop(self, reason: Stop, message: str) -> None:
        self.stops.add(reason)
        if message not in self.messages:
            self.messages.append(message)
