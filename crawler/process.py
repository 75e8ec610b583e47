"""Runs a spider to its end in this process, for the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive import clock
from archive.captures.recorder import Recorder, open_recorder
from archive.folder import Folder
from archive.inputs import read_settings
from crawler.pacing import quiet_until
from parsers.errors import Fault, Status

if TYPE_CHECKING:
    from crawler.spiders.base import PortalSpider


def recorder_of(archive: Folder, wait: float, *, skip_if_busy: bool) -> Recorder | None:
    """The recorder of an archive; `None`, with a sentence, where another command holds it and that is no fault."""
    try:
        return open_recorder(archive.root, wait=wait)
    except Fault as fault:
        if fault.status is Status.BUSY and skip_if_busy:
            click.echo(f"another command is writing to {archive.root}: nothing was asked", err=True)
            return None
        raise


def is_quiet(archive: Folder) -> bool:
    """Whether these are quiet hours, with a sentence if they are."""
    hours = read_settings(archive.inputs).quiet_hours
    until = quiet_until(hours, clock.now()) if hours else None
    if until:
        local = until.astimezone(clock.BEIJING)
        click.echo(f"quiet hours until {local:%H:%M} Beijing time: nothing was asked", err=True)
    return until is not None


def run(archive: Folder, spider: str, portals: list[str], **arguments: Any) -> PortalSpider:
    """Run a spider by name over portals and return it; its recorder is among the arguments."""
    from scrapy.crawler import AsyncCrawlerProcess
    from scrapy.settings import Settings

    from crawler import settings as crawl_settings

    settings = Settings()
    settings.setmodule(crawl_settings)
    settings.set("GONGKAI_ARCHIVE", str(archive.root))
    settings.set("LOG_LEVEL", "ERROR")  # the table and the archive say what did not come
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(spider)
    process.crawl(crawler, portal=",".join(portals), **arguments)
    process.start()
    ran: PortalSpider | None = crawler.spider  # type: ignore[assignment]
    if ran is None:
        raise Fault("the crawl could not begin; the log above says why")
    return ran
