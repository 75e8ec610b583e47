"""The search for a portal's columns, as bookkeeping: where to look next, what was found, what was not seen.

Knows no Scrapy. Every `Step` that a search hands out is answered by `answered` or `failed`, which hand out the next;
there is one at a time. Lists that look like columns are walked to their end, or to the budget, without their articles.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import InitVar, dataclass, field, replace
from datetime import datetime
from urllib.parse import urljoin

from crawler import registry
from crawler.discovery.agenda import Agenda
from crawler.discovery.ground import Ground
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.portals.discovery import (
    Link,
    Survey,
    identity,
    is_column_name,
    is_dated,
    is_unit_name,
    year_named,
)
from parsers.portals.discovery_marks import GUESSES, QUERY
from parsers.portals.model import Entry, Inspection, Page, Request
from parsers.portals.owner import Owner, owner
from parsers.portals.urls import is_front, key

LOOKS = 40
"""Pages looked at in the search of one portal, the further pages of its lists apart."""
LIST_PAGES = 20
"""Pages of one list that the search walks: enough for 300 reports at the usual 15 a page."""
LISTS = 200
"""Further pages of lists in the search of one portal."""
_MAX_HOPS = 3
_RECORDED = 200
"""Score of a column that the record has: it is looked at first."""
_BLIND = frozenset({"error", "challenge", "gone", "file", "redirect"})


@dataclass(frozen=True, slots=True)
class Step:
    """A request of the search: a look at where a link leads, or a page of the list of a column under way."""

    request: Request
    link: Link
    hops: int = 0
    column: Found | None = None
    fetch: Fetch | None = None


@dataclass(slots=True)
class Found:
    """A column: its link, what it calls itself, its walk, and its entries. `year` is the one it is of where a column
    is split by year, `whole` says that its parts are walked with it."""

    link: Link
    name: str
    family: str
    walk: ColumnWalk
    entries: dict[str, Entry] = field(default_factory=dict)
    last_page: str = ""
    year: int | None = None
    whole: bool = False

    @property
    def url(self) -> str:
        """Its address."""
        return self.walk.column.url

    @property
    def reports(self) -> list[Entry]:
        """Its reports."""
        return [entry for entry in self.entries.values() if entry.verdict == "report" and is_dated(entry)]


@dataclass(slots=True)
class Search:
    """The search of one portal, from its home page and from the columns that its record has (`recorded`)."""

    ground: Ground
    home: str
    begun_at: datetime
    recorded: tuple[registry.Column, ...] = ()
    looks: InitVar[int] = LOOKS
    lists_left: int = LISTS
    owner: Owner = field(default_factory=Owner)
    found: list[Found] = field(default_factory=list)
    missed: dict[str, str] = field(default_factory=dict)
    """Why a place that should be a column is none now, by `identity`: in words."""
    moves: dict[str, str] = field(default_factory=dict)
    """Where recorded columns redirect to, by `identity`."""
    trouble: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    finished: bool = False
    silent: str = ""
    """The field of the site's search, where only a script can ask it."""
    _agenda: Agenda = field(init=False)
    _pending: list[Step] = field(default_factory=list)

    def __post_init__(self, looks: int) -> None:
        self._agenda = Agenda(self.ground, looks)

    def begin(self) -> Step:
        """The home page."""
        self._agenda.add(Link(c.url, c.id, "column", _RECORDED, ("in the record",)) for c in self.recorded)
        return self._look(Link(self.home, "", "section", 0, ("home page",)))

    def answered(self, step: Step, page: Page, seen: Survey, location: str = "") -> Step | None:
        """A step was answered by this page; `location` is where a redirect that was not followed leads."""
        self.counts["pages"] += 1
        if step.fetch and step.column:
            self._walk_on(
                step.column, step.column.walk.listed(step.fetch, page.url, "", _own(seen)), page, seen
            )
        else:
            self._looked(step, page, seen, location)
        return self._next()

    def failed(self, step: Step, reason: str) -> Step | None:
        """A step had no answer, or one that shows nothing."""
        self.counts["failed"] += 1
        if step.fetch and step.column:
            self._settle(step.column, step.column.walk.failed(step.fetch, reason))
        else:
            self._miss(step, reason)
            if step.request.url == self.home and self.home.startswith("https:"):
                plain = self.home.replace("https:", "http:", 1)
                self._pending.append(replace(step, request=Request(plain)))
        return self._next()

    def columns(self) -> list[Found]:
        """The columns found, less those that show nothing which another does not show."""
        kept: list[Found] = []
        for found in sorted(self.found, key=lambda f: (-len(f.reports), f.whole, -f.link.score)):
            others = {address for other in kept for address in other.entries}
            if not {key(entry.url) for entry in found.reports} <= others:
                kept.append(found)
        for found in list(kept):
            others = {a for other in kept if other is not found for a in other.entries}
            if {key(entry.url) for entry in found.reports} <= others:
                kept.remove(found)
        return sorted(kept, key=self.found.index)

    def _looked(self, step: Step, page: Page, seen: Survey, location: str) -> None:
        said = seen.inspection
        if onward := self._redirected(step, page, seen, location):
            self._pending.append(onward)
            return
        if is_front(page.url) and not is_front(step.link.url):
            self._miss(step, "leads to the front page")
            return
        if said.page_class in _BLIND:
            self._miss(step, f"{said.page_class} ({said.evidence})")
            return
        if self.ground.is_own(page.url):
            self.owner = self.owner.beside(owner(page))
        if step.link.url == self.home and not seen.onward:
            self._miss(
                step, f"no link on it names a way to the columns; scripts may draw it ({said.evidence})"
            )
        if step.link.role == "search" and not any(link.role in {"report", "column"} for link in seen.onward):
            self._say_missed(step.link, "names no report; a script may draw its answer")
        self.silent = self.silent or seen.silent
        self._agenda.add(seen.onward)
        if self._could_be_column(step.link, seen):
            self._take(step, page, seen)

    def _redirected(self, step: Step, page: Page, seen: Survey, location: str) -> Step | None:
        if seen.inspection.page_class != "redirect" or step.hops >= _MAX_HOPS:
            return None
        target = urljoin(page.url, location) if location else next((r.url for r in seen.inspection.next), "")
        leads_home = is_front(target) and not is_front(step.link.url)
        if not target or leads_home or not self._agenda.may_follow(step.link, target):
            return None
        return Step(Request(target), step.link, step.hops + 1)

    def _could_be_column(self, link: Link, seen: Survey) -> bool:
        if is_front(link.url) or link.role in {"map", "search"}:
            return False
        named = seen.is_called_column or (link.role in {"column", "below"} and is_column_name(link.text))
        said = seen.inspection
        if said.page_class == "list" and not (seen.is_menu and not seen.own and not seen.below):
            return named or link.role == "below" or link.score == _RECORDED or seen.is_mostly_reports
        if named and link.role in {"column", "below"} and not self._leads_on(link, seen):
            self._say_missed(link, f"shows no entries: {said.page_class} ({said.evidence})")
        return False

    def _leads_on(self, link: Link, seen: Survey) -> bool:
        """Whether a page without entries is no empty column: its links lead to columns that are found, or not seen
        yet."""
        if link.score == _RECORDED or seen.inspection.page_class == "empty_list":
            return False
        found = {identity(column.url) for column in self.found}
        onward = [one for one in seen.onward if one.role == "column"]
        return any(identity(one.url) in found or self._agenda.is_open(one) for one in onward)

    def _take(self, step: Step, page: Page, seen: Survey) -> None:
        """A list that may be a column: its parts are looked at one by one, or walked with it where they are units."""
        address = self._address(step.link, page.url)
        by_unit = bool(seen.below) and all(is_unit_name(link.text) for link in seen.below)
        reachable = {key(request.url) for request in seen.inspection.next}
        whole = by_unit and all(key(link.url) in reachable for link in seen.below)
        if whole:
            self._agenda.settle(*(link.url for link in seen.below))
        else:
            self._agenda.add(seen.below)
        if not (seen.inspection.entries or seen.own or whole):
            if not seen.below:
                self._say_missed(step.link, f"shows no entries: {seen.inspection.evidence}")
            return
        column = registry.Column(id="candidate", url=address, kinds=("other",))
        pages = LIST_PAGES + len(seen.below) * whole
        allowed = Crawl(max(0, self.lists_left) + 1, pages)  # with the page that is here already
        walk = ColumnWalk(self.ground, column, self.begun_at, allowed, articles=False)
        name = seen.name if is_column_name(seen.name) else step.link.text or seen.name
        found = Found(step.link, name, seen.inspection.family, walk, whole=whole)
        if step.link.role == "below":
            found.year = year_named(step.link.text)
        fetch, *_ = walk.begin()
        self._walk_on(
            found, walk.listed(fetch, page.url, "", seen.inspection if whole else _own(seen)), page, seen
        )

    def _address(self, link: Link, answered: str) -> str:
        """The address of a column: where its link was redirected to. What stands behind `#` is never redirected."""
        if "#" in link.url:
            return link.url
        if identity(link.url) != identity(answered):
            self._agenda.settle(answered)
            self.moves[identity(link.url)] = answered
        return answered

    def _walk_on(self, found: Found, further: list[Fetch], page: Page, seen: Survey) -> None:
        if seen.inspection.page_class == "list":
            found.last_page = page.url
            found.family = seen.inspection.family if found.family == "unknown" else found.family
            found.entries.update({key(entry.url): entry for entry in reversed(seen.inspection.entries)})
        self._settle(found, further)

    def _settle(self, found: Found, further: list[Fetch]) -> None:
        self.lists_left -= len(further)
        self._pending += [Step(fetch.request, found.link, column=found, fetch=fetch) for fetch in further]
        if not found.walk.finished:
            return
        named = is_column_name(found.name) or found.link.role == "below" or found.link.score == _RECORDED
        if found.reports and (named or 2 * len(found.reports) > len(found.entries)):
            if self._is_ours(found):
                self.found.append(found)
        elif named:
            self._say_missed(
                found.link, f"shows no report ({found.walk.stop})", "; ".join(found.walk.messages)
            )

    def _is_ours(self, found: Found) -> bool:
        """Whether a column on another portal has reports of this place."""
        if self.ground.is_own(found.url) or any(self.owner.name in e.title for e in found.reports):
            return True
        self._say_missed(
            found.link, f"stands on another portal and names nobody of {self.owner.name or 'ours'}"
        )
        return False

    def _next(self) -> Step | None:
        if self._pending:
            return self._pending.pop(0)
        link = self._pick()
        if link is None and self.counts["pages"] and not self.found and not self.counts["guesses"]:
            self.counts["guesses"] = len(GUESSES)
            self._agenda.add(
                Link(urljoin(self.home, path), path, "section", 5, ("where it often stands",))
                for path in GUESSES
            )
            link = self._pick()
        if link is None:
            if self.silent and not self.found and not self._agenda.taken["search"]:
                self.trouble.append(
                    f"the site's search (field {self.silent}) answers to a script only: ask it by hand for {QUERY}"
                )
            self.finished = True
            return None
        return self._look(link)

    def _pick(self) -> Link | None:
        listed = {address for found in self.found for address in found.entries}
        link = self._agenda.next(bool(self.found), listed)
        if link and self._agenda.looks_left <= 0:
            self.trouble.append(f"the budget of pages is spent, and {link.url} was not looked at")
            return None
        return link

    def _look(self, link: Link) -> Step:
        self._agenda.take(link)
        self.counts["looks"] += 1
        if link.form:
            return Step(Request(link.url, "POST", link.form, part=True, encoding=link.encoding), link)
        return Step(Request(link.url, part=True), link)

    def _miss(self, step: Step, reason: str) -> None:
        """A place that could not be seen: worth a word where it is the home page, or was called a column."""
        link = step.link
        if link.url == self.home:
            self.trouble.append(f"home page {link.url}: {reason}")
        elif link.role in {"column", "below", "search", "map"}:
            self._say_missed(link, reason)

    def _say_missed(self, link: Link, reason: str, *more: str) -> None:
        self.missed[identity(link.url)] = reason
        detail = "".join(f": {text}" for text in more if text)
        self.trouble.append(f"{link.text or link.role} {link.url}: {reason}{detail}")


def _own(seen: Survey) -> Inspection:
    """What a page says, less the columns below it."""
    return replace(seen.inspection, next=seen.own)
