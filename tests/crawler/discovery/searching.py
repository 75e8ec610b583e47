"""Searches a sample portal: by the bookkeeping alone, without a network, or with the real spider over HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlsplit

import yaml
from click.testing import CliRunner
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.settings import Settings

from archive.captures.recorder import Recorder
from crawler import cli
from crawler import settings as crawl_settings
from crawler.demo import trs
from crawler.demo.dialect import Asked
from crawler.demo.portal import Answer, SamplePortal
from crawler.demo.record import registry_record
from crawler.demo.site import Site
from crawler.discovery import runs
from crawler.discovery.ground import Ground
from crawler.discovery.runs import new_search
from crawler.discovery.search import Search, Step
from crawler.registry import Portal, check
from crawler.spiders.discover import DiscoverSpider
from parsers.errors import Fault
from parsers.portals.discovery import survey
from parsers.portals.model import Page
from tests.crawler import running

BASE = "http://www.qinghe.example"
NOW = datetime(2025, 2, 10, tzinfo=UTC)


def search(
    answer: Answer, site: Site, home: str = "/", others: dict[str, bytes] | None = None, **more
) -> tuple[Search, list[str]]:
    """A finished search and the paths asked for; `others` are pages on other hosts, by address."""
    ground = Ground(id="qinghe", hosts=("www.qinghe.example",))
    under_way = Search(ground, BASE + home, NOW, **more)
    asked: list[str] = []
    step: Step | None = under_way.begin()
    while step is not None:
        if page := (others or {}).get(step.request.url):
            there = Page(step.request.url, page)
            step = under_way.answered(step, there, survey(there))
        else:
            step = _answer(under_way, step, answer, site, asked)
    return under_way, asked


def _answer(search: Search, step: Step, answer: Answer, site: Site, asked: list[str]) -> Step | None:
    request = step.request
    parts = urlsplit(request.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    asked.append(target)
    if not request.url.startswith(BASE):
        return search.failed(step, "no such host here")
    body = request.body if request.method == "POST" else ""
    headers = {name.lower(): value for name, value in request.headers}
    told = answer(site, Asked(target, request.method, body.encode(), headers))
    for _ in range(3):
        headers = dict(told.headers)
        if told.status not in {301, 302}:
            break
        target = headers["Location"]
        told = answer(site, Asked(target))
    url = BASE + target + (f"#{parts.fragment}" if parts.fragment else "")
    page = Page(url.partition("#")[0], told.body, told.status, headers.get("Content-Type", ""), request)
    return search.answered(step, page, survey(page))


def over_http(portal: SamplePortal, recorder: object) -> Search:
    """Search a sample portal with the real spider."""
    under_way = new_search(f"{portal.base_url}/", name_of=portal.site.id, pace_seconds=0, allow_private=True)
    _run([under_way], recorder, None)
    return under_way


def command_here(monkeypatch):
    """The command in this process: its spiders run on the reactor that all tests share, and nothing reads behind."""

    def run_here(archive, searches, wait, told=None):
        with Recorder(archive, wait_seconds=wait, worker=False) as recorder:
            _run(searches, recorder, told)

    def call(*arguments, archive):
        monkeypatch.setenv("GONGKAI_ARCHIVE", str(archive))
        result = CliRunner().invoke(cli.gongkai, [str(argument) for argument in arguments])
        if isinstance(result.exception, Fault):
            return result.exception.status, result.stdout, result.stderr + result.exception.sentence
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.exit_code, result.stdout, result.stderr

    monkeypatch.setattr(runs, "run", run_here)
    return call


def _run(searches: list[Search], recorder: object, told: object) -> None:
    settings = Settings()
    settings.setmodule(crawl_settings)
    settings.setdict({**running.FAST, "DOWNLOAD_TIMEOUT": 30})
    loop = running.reactor_loop()
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(DiscoverSpider)

    async def run() -> None:
        await runner.crawl(crawler, searches=searches, recorder=recorder, told=told)

    loop.run_until_complete(run())


def plain(site, asked):
    """What the sample portal answers."""
    return trs.answer(site, asked.path)


def recorded(site) -> Portal:
    """The sample's own record."""
    return check(yaml.safe_load(registry_record(site, BASE)), site.id, "the sample's record")
