"""`gongkai crawl`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from archive.captures.recorder import Recorder, open_recorder
from archive.captures.records import FINISHED_STOPS, Walk
from archive.folder import Folder
from archive.upkeep.update import update
from crawler import registry
from crawler.console import archive_option, print_table, wait_option
from crawler.progress import Progress, for_terminal
from crawler.verbs.update import attention
from parsers.errors import Fault, Status

if TYPE_CHECKING:
    from crawler.spiders.column import ColumnSpider

COUNTS = ("pages", "entries", "reports", "new", "fetched", "files", "failed")


@click.command(short_help="walk the columns of portals")
@click.argument("portals", nargs=-1, required=True, metavar="PORTAL...")
@wait_option
@archive_option
def command(portals: tuple[str, ...], wait: float, archive: Folder) -> None:
    """Walk every column of the portals, archive what they answer, and bring the database up to it.

    Portals stand in the archive's folder inputs/portals/, one YAML file each. Ctrl-C stops; what came is kept, and
    crawling again within a day goes on with it.

    \b
    gongkai crawl qinghe
    gongkai crawl qinghe yingchuan --archive /data/reports
    """
    registry.choose(registry.load(archive.inputs), list(portals))
    with open_recorder(archive.root, wait=wait) as recorder, for_terminal() as progress:
        spider = _run(archive, portals, recorder, progress)
    stopped = spider.close_reason != "finished"
    told = Status.DONE if stopped else attention(update(archive, wait_seconds=wait))
    _report(spider)
    if stopped:
        click.echo(f"the crawl was cut short ({spider.close_reason}); what came is kept", err=True)
        raise click.Abort
    seen = all(walk.stop in FINISHED_STOPS for walk in spider.ended) and len(spider.ended) == len(
        spider.walks
    )
    sys.exit(told if seen else Status.ATTENTION)


def _run(archive: Folder, portals: tuple[str, ...], recorder: Recorder, progress: Progress) -> ColumnSpider:
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler import settings as crawl_settings

    settings = Settings()
    settings.setmodule(crawl_settings)
    settings.set("GONGKAI_ARCHIVE", str(archive.root))
    settings.set("LOG_LEVEL", "ERROR")  # the table and the archive say what did not come
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler("column")
    process.crawl(crawler, portal=",".join(portals), recorder=recorder, progress=progress)
    process.start()
    spider: ColumnSpider | None = crawler.spider  # type: ignore[assignment]
    if spider is None:
        raise Fault("the crawl could not begin; the log above says why")
    return spider


def _report(spider: ColumnSpider) -> None:
    ends: dict[tuple[str, str], Walk] = {(w.portal, w.column): w for w in spider.ended}
    rows = []
    for walk in spider.walks:
        end = ends.get((walk.portal.id, walk.column.id))
        counts = [str(walk.counts[name]) for name in COUNTS]
        rows.append([walk.portal.id, walk.column.id, *counts, end.stop if end else "not finished"])
    print_table(rows, ["portal", "column", *COUNTS, "stop"])
    for end in ends.values():
        if end.message:
            click.echo(f"{end.portal}/{end.column}: {end.message}", err=True)
    for walk in spider.walks:
        if walk.abandoned:
            said = "the portal stopped answering; what came is kept, and crawling again within a day goes on with it"
            click.echo(f"{walk.portal.id}/{walk.column.id}: {said}", err=True)
