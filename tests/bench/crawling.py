"""Crawling one site: a bare, tuned Scrapy spider that follows the same links against the archive's crawl.

Both run on the same reactor of this process, so that no start-up is counted; the site is a process of its own and
shares the machine's cores with them.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from archive.captures.recorder import Recorder
from archive.folder import Folder
from archive.upkeep.update import update
from crawler.spiders.column import ColumnSpider
from tests.archive.simulated import at
from tests.bench.pairs import Absent, Pair, Sides
from tests.bench.site import COLUMN, serving
from tests.crawler.running import reactor_loop, run

ARTICLES = 2_000
ROUNDS = 3
WGET_MET_404 = 8
"""wget's exit status where an answer was an error; the site has no robots.txt."""
_TUNED = {
    "CONCURRENT_ITEMS": 1,
    "CONCURRENT_REQUESTS": 32,
    "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "CRITICAL",
}
_RECORD = """\
id: bench
name: 青禾县
division: "990101"
hosts: ["{host}"]
allow_private: true
pace_seconds: 0
first_year: 2023
columns:
  - id: townships
    url: {base}{column}
    kinds: [township]
"""


class Plain(scrapy.Spider):
    """Follows the lists and the articles, and does nothing with them."""

    name = "plain"

    def __init__(self, base: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.base = base

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """The column's first page."""
        yield scrapy.Request(f"{self.base}{COLUMN}", callback=self.listed)

    def listed(self, response: Any) -> Iterator[scrapy.Request]:
        """A page of the list."""
        for href in response.css("ul.list a::attr(href)").getall():
            yield response.follow(href, callback=self.article)
        if following := response.css("a.next::attr(href)").get():
            yield response.follow(following, callback=self.listed)

    def article(self, response: Any) -> None:
        """An article."""


def plain(base: str) -> None:
    """The reference crawl."""
    runner = AsyncCrawlerRunner(Settings(_TUNED))

    async def crawl() -> None:
        await runner.crawl(Plain, base=base)

    reactor_loop().run_until_complete(crawl())


@contextmanager
def archive_of(base: str) -> Iterator[Folder]:
    """A new archive that knows the site."""
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as root:
        folder = Path(root) / "archive" / "inputs" / "portals"
        folder.mkdir(parents=True)
        record = _RECORD.format(host=base.partition("//")[2], base=base, column=COLUMN)
        (folder / "bench.yaml").write_text(record, encoding="utf-8")
        yield Folder(Path(root) / "archive")


def crawled(folder: Folder, *, worker: bool) -> None:
    """A crawl into the archive; with the worker also read and stored to the end."""
    with Recorder(folder, worker=worker) as recorder:
        spider = run(folder.root, ColumnSpider, "bench", recorder, {"CONCURRENT_REQUESTS_PER_DOMAIN": 32})
    (end,) = spider.ended
    if end.stop not in {"end", "total"} or spider.walks[0].counts["failed"]:
        raise RuntimeError(f"the crawl ended with {end.stop}: {end.message}")
    if worker:
        update(folder)


def _anew(base: str, *, worker: bool) -> None:
    with archive_of(base) as folder:
        crawled(folder, worker=worker)


def recording() -> Iterator[Sides]:
    """Crawl and archive."""
    with serving(ARTICLES) as base:
        yield Sides(lambda: _anew(base, worker=False), lambda: plain(base), ARTICLES)


def reading() -> Iterator[Sides]:
    """Crawl, archive, parse and store."""
    with serving(ARTICLES) as base:
        yield Sides(lambda: _anew(base, worker=True), lambda: plain(base), ARTICLES)


def unchanged() -> Iterator[Sides]:
    """The second crawl of a site that did not change, when every page is due to be looked at: all answer 304."""
    yield from _again("2025-05-07T04:00:00Z")


def skipping() -> Iterator[Sides]:
    """The second crawl of a site that did not change, when lists that did not change are enough."""
    yield from _again("2025-05-06T06:00:00Z")


def _again(second: str) -> Iterator[Sides]:
    with serving(ARTICLES) as base, archive_of(base) as folder:
        with at("2025-05-06T04:00:00Z"):
            crawled(folder, worker=True)

        def again() -> None:
            with at(second):
                crawled(folder, worker=False)

        yield Sides(again, lambda: plain(base), ARTICLES)


def wget() -> Iterator[Sides]:
    """The tool that most archives are made with."""
    if shutil.which("wget") is None:
        raise Absent("wget is not installed")
    with serving(ARTICLES) as base:
        yield Sides(lambda: _anew(base, worker=False), lambda: _wget(base), ARTICLES)


def _wget(base: str) -> None:
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        command = ["wget", "-q", "-r", "-l", "inf", "--warc-file=bench", f"{base}{COLUMN}"]
        done = subprocess.run(command, cwd=folder, check=False)
    if done.returncode not in {0, WGET_MET_404}:
        raise RuntimeError(f"wget ended with {done.returncode}")


CRAWLING = (
    Pair("crawl", "crawl and archive", "tuned Scrapy, nothing kept", 0.9, recording, ROUNDS),
    Pair(
        "crawl-read", "crawl, archive, parse and store", "tuned Scrapy, nothing kept", 0.75, reading, ROUNDS
    ),
    Pair(
        "crawl-again", "crawl an unchanged site again", "tuned Scrapy, nothing kept", 1.0, unchanged, ROUNDS
    ),
    Pair("crawl-skip", "crawl it again on the same day", "tuned Scrapy, nothing kept", 3, skipping, ROUNDS),
    Pair("crawl-wget", "crawl and archive", "wget -r --warc-file", 2.0, wget, ROUNDS),
)
