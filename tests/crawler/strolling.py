"""Walks a dialect without a network: the crawler's own bookkeeping, `inspect` and the sample's answers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urlsplit

from crawler.demo.dialect import Asked, Dialect
from crawler.demo.site import Site
from crawler.registry import Column, Portal
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.portals import inspect
from parsers.portals.model import Inspection, Page, Request
from parsers.portals.urls import is_document

BASE = "http://www.qinghe.example"
NOW = datetime(2025, 2, 10, tzinfo=UTC)


@dataclass
class Stroll:
    walk: ColumnWalk
    asked: list[str] = field(default_factory=list)
    lists: list[Inspection] = field(default_factory=list)

    @property
    def twice(self):
        return [target for target, times in Counter(self.asked).items() if times > 1]


def ask(dialect: Dialect, site: Site, request: Request) -> Page:
    parts = urlsplit(request.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    body = request.body if request.method == "POST" else ""
    headers = {name.lower(): value for name, value in request.headers}
    answer = dialect.answer(site, Asked(target, request.method, body.encode(), headers))
    headers = dict(answer.headers)
    return Page(request.url, answer.body, answer.status, headers.get("Content-Type", ""), request)


def stroll(dialect: Dialect, site: Site, column: str = "townships") -> Stroll:
    path = site.column(column).path
    registered = Column(id=column, url=BASE + path, kinds=("township",))
    portal = Portal(
        id="qinghe", name="青禾县", division="990101", hosts=("www.qinghe.example",), columns=(registered,)
    )
    walk = ColumnWalk(portal, registered, NOW, Crawl(requests_left=500, max_list_pages=60))
    done, queue = Stroll(walk), walk.begin()
    while queue:
        fetch = queue.pop(0)
        queue += _step(dialect, site, done, fetch)
    assert walk.finished
    return done


def _step(dialect: Dialect, site: Site, done: Stroll, fetch: Fetch) -> list[Fetch]:
    page = ask(dialect, site, fetch.request)
    parts = urlsplit(fetch.url)
    form = f" {fetch.request.body}" if fetch.request.method == "POST" else ""
    done.asked.append(parts.path + (f"?{parts.query}" if parts.query else "") + form)
    seen = inspect(page)
    if fetch.role == "list":
        done.lists.append(seen)
        return done.walk.listed(fetch, page.url, f"<{fetch.url}>", seen)
    files = [a.url for a in seen.attachments]
    files += [e.url for e in seen.entries if e.verdict == "report" and is_document(e.url)]
    return done.walk.fetched(fetch, files)
