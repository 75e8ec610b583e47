"""Crawls of a sample site without a network: the records a crawl would write, at any instant."""

from __future__ import annotations

import os
from contextlib import contextmanager
from datetime import date
from types import SimpleNamespace as Event
from types import SimpleNamespace as Row
from unittest import mock

from archive import clock
from archive.captures.recorder import Recorder
from archive.captures.records import Exchange, Failure, Walk
from archive.folder import Folder
from archive.history import query
from archive.history.query import asked
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from crawler.demo.entries import Unit
from crawler.demo.record import registry_record
from crawler.demo.trs import answer
from parsers.portals import inspect
from parsers.portals.model import Page

BASE = "http://www.qinghe.example"


def small():
    """萤川县 with two townships more, and reports for 2022 and 2023: quick to crawl."""
    site = yingchuan()
    more = (Unit("石桥镇", "township", "990102101"), Unit("柳湾镇", "township", "990102102"))
    site.units += more
    for unit in more:
        for year in (2022, 2023):
            site.publish(unit.name, year)
    return site


@contextmanager
def at(instant):
    """The archive's clock is put to an instant, and goes on from there."""
    with mock.patch.dict(os.environ, {clock.MOVED: instant}), mock.patch.dict(clock._begun, clear=True):
        yield


class SimulatedCrawl:
    """One crawl of a site. `dead` addresses do not answer; `budget` limits the list pages (the walk then is cut);
    beside the lists all reports and their files are looked at, or the addresses of `only`."""

    def __init__(self, folder: Folder, site, instant: str, *, dead=(), unfinished=(), budget=None, only=None):
        import yaml

        self.site, self.instant, self.dead, self.budget, self.only = site, instant, set(dead), budget, only
        self.record = yaml.safe_load(registry_record(site, BASE))
        with at(instant), Recorder(folder, worker=False) as self.recorder:
            for column in self.record["columns"]:
                self.walk(column, finished=column["id"] not in unfinished)
        with at(instant):
            update(folder)

    def walk(self, column, *, finished):
        begun = self.recorder.now()
        lists, entries, stop, queue, asked = [], {}, "end", [column["url"]], set()
        while queue and (self.budget is None or len(lists) < self.budget):
            url = queue.pop(0)
            record, seen = self.fetch(url)
            if record:
                lists.append(record)
            if seen is None or seen.page_class != "list":
                stop = "empty" if seen and seen.page_class == "empty_list" else "fault"
                break
            new = {e.url: e for e in seen.entries if e.url not in entries}
            entries.update(new)
            asked.add(url)
            queue += [r.url for r in seen.next if new and r.url not in asked and r.url not in queue]
        if queue and stop == "end":
            stop = "budget"
        known = self.recorder.earlier.known(self.site.id, column["id"])
        reports = {url for url, e in entries.items() if e.verdict == "report"}
        everything = sorted(url for url in reports | known if url.startswith(BASE))
        for url in everything if self.only is None else [BASE + path for path in self.only]:
            _, seen = self.fetch(url)
            for file in seen.attachments if seen and self.only is None else []:
                self.fetch(file.url)
        if finished:
            end = (begun, self.recorder.now(), stop, lists)
            self.recorder.walk(Walk(self.site.id, column["id"], column["url"], self.record, *end))

    def fetch(self, url):
        path = url.removeprefix(BASE)
        now = self.recorder.now()
        if path in self.dead:
            self.recorder.failure(Failure(url, "GET", now, "timeout", "no answer"))
            return None, None
        response = answer(self.site, path)
        headers = [(name.encode(), value.encode()) for name, value in response.headers]
        record = self.recorder.exchange(
            Exchange(url, "GET", [], b"", response.status, headers, response.body, now)
        )
        location = dict(response.headers).get("Location")
        seen = inspect(
            Page(url, response.body, response.status, dict(response.headers).get("Content-Type", ""))
        )
        return self.fetch(BASE + location) if location else (record, seen)


def ledger(folder, day):
    """The ledger as of a day, by unit name and year."""
    with asked(folder, clock.end_of_day(date.fromisoformat(day))) as of:
        return {(row["name"], row["year"]): Row(**row) for row in query.ledger(of)}


def events(folder, day, *kinds):
    """Events as of a day: kind, unit name, year."""
    with asked(folder, clock.end_of_day(date.fromisoformat(day))) as of:
        found = [*query.events(of), *query.events(of, kind="first_seen")]
    return {(e["kind"], e["name"], e["year"]): Event(**e) for e in found if e["kind"] in kinds or not kinds}
