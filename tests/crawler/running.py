"""Runs the real spider over real HTTP inside the test process: one reactor for all tests, one crawl after another."""

from __future__ import annotations

import asyncio
import socketserver
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings
from scrapy.utils.reactor import install_reactor, is_reactor_installed

from archive.captures.records import Drawn, Exchange, Failure, Walk
from archive.captures.visits import Watched
from crawler import settings as crawl_settings
from crawler.demo.portal import SamplePortal
from crawler.demo.record import registry_record
from crawler.guard import GuardedResolver
from crawler.spiders.column import ColumnSpider
from parsers.portals.model import Page

socketserver.TCPServer.request_queue_size = 128  # with the usual 5, connections of a fast crawl wait a second

NOW = datetime(2025, 2, 10, 4, 0, tzinfo=UTC)
FAST = {
    "DOWNLOAD_TIMEOUT": 1,
    "RETRY_TIMES": 1,
    "GONGKAI_BACKOFF_SECONDS": 0.02,
    "LOG_LEVEL": "CRITICAL",
}


class FakeRecorder:
    """Keeps what it is handed; its clock stands still."""

    user_agent = "gongkai/test (+test@example.org)"
    quiet_hours = ""
    budget = None
    full = ""

    def __init__(self, unfinished: set[str] = frozenset(), known: set[str] = frozenset()) -> None:
        self.exchanges: list[Exchange] = []
        self.failures: list[Failure] = []
        self.walks: list[Walk] = []
        self.drawings: list[Drawn] = []
        self._unfinished, self._known = set(unfinished), set(known)
        self.earlier = self
        self.pages: dict[str, list[Page]] = {}
        self.at = NOW

    def now(self) -> datetime:
        return self.at

    def answers(self, url: str, since: datetime) -> list[Page]:
        return self.pages.get(url, [])

    def exchange(self, exchange: Exchange, stored: None = None) -> str:
        self.exchanges.append(exchange)
        return f"<{len(self.exchanges)}>"

    def failure(self, failure: Failure) -> str:
        self.failures.append(failure)
        return "<failure>"

    def walk(self, walk: Walk) -> str:
        self.walks.append(walk)
        return "<walk>"

    def drawn(self, drawn: Drawn) -> str:
        self.drawings.append(drawn)
        return f"<drawn {len(self.drawings)}>"

    def stored(self, url: str) -> None:
        return None

    def unfinished(self, portal: str, column: str, hosts: tuple[str, ...], now: datetime) -> set[str]:
        return self._unfinished

    def known(self, portal: str, column: str) -> set[str]:
        return self._known

    def watched(self, portal: str, now: datetime) -> list[Watched]:
        return []

    def paths(self) -> list[str]:
        return ["/" + exchange.url.split("/", 3)[-1] for exchange in self.exchanges]

    def statuses(self) -> Counter[int]:
        return Counter(exchange.status for exchange in self.exchanges)

    def of(self, path: str) -> list[Exchange]:
        return [exchange for exchange in self.exchanges if exchange.url.endswith(path)]


def register(archive: Path, portal: SamplePortal, **changes: str) -> None:
    """Put the portal's record into an archive's inputs; `changes` replace text in it."""
    folder = archive / "inputs" / "portals"
    folder.mkdir(parents=True, exist_ok=True)
    text = registry_record(portal.site, portal.base_url)
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    (folder / f"{portal.site.id}.yaml").write_text(text, encoding="utf-8")


def crawl(archive: Path, portals: str, recorder: object = None, **changes: object) -> ColumnSpider:
    """Walk the portals to the end and return the spider."""
    return run(archive, ColumnSpider, portals, recorder, changes)


def run(
    archive: Path, kind: type, portals: str, recorder: object, changes: dict, **arguments: object
) -> object:
    """Run a spider over portals to the end and return it."""
    loop = reactor_loop()
    settings = Settings()
    settings.setmodule(crawl_settings)
    settings.setdict({**FAST, "GONGKAI_ARCHIVE": str(archive), **changes})
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(kind)

    async def crawl_it() -> None:
        await runner.crawl(crawler, portal=portals, recorder=recorder, **arguments)

    loop.run_until_complete(crawl_it())
    return crawler.spider


def reactor_loop() -> asyncio.AbstractEventLoop:
    install_reactor("twisted.internet.asyncioreactor.AsyncioSelectorReactor")
    from twisted.internet import reactor

    if not reactor.running:
        reactor.startRunning(installSignalHandlers=False)
        GuardedResolver(reactor, cache_size=100).install_on_reactor()  # as CrawlerProcess does
    return reactor._asyncioEventloop


def close() -> None:
    """End the reactor's threads, which the interpreter would otherwise wait for."""
    if is_reactor_installed():
        from twisted.internet import reactor

        if pool := getattr(reactor, "threadpool", None):
            pool.stop()
