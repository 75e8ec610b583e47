"""`gongkai revisit`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

import click

from archive.folder import Folder
from crawler import browser, process, registry
from crawler.console import archive_option, skip_option, wait_option
from crawler.progress import for_terminal
from crawler.verbs.crawl import conclude
from parsers.errors import Status

if TYPE_CHECKING:
    from crawler.spiders.revisit import RevisitSpider


@click.command(short_help="look again at reports that are known")
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--due", is_flag=True, help="Only what is due to be looked at, of the portals named or of all.")
@skip_option
@wait_option
@archive_option
def command(portals: tuple[str, ...], due: bool, skip_if_busy: bool, wait: float, archive: Folder) -> None:
    """Look again at the reports and files that earlier crawls found, whether a list still shows them or not.

    The next look at a page is due 1, 2, 3, 7, 15, 30 and 90 days after its present state was first seen, then every 90
    days: what has changed, or is gone, is looked at again soon. The lists are walked with it, so new reports are found
    too, and a page is not believed to be gone from a portal that cannot be seen. What did not change is not sent again
    where the portal knows validators, except once in 90 days and once from January to April.

    \b
    gongkai revisit qinghe
    gongkai revisit --due --skip-if-busy
    """
    if not portals and not due:
        raise click.UsageError("name the portal to revisit, or take the pages that are --due")
    known = registry.load(archive.inputs)
    chosen = registry.choose(known, list(portals)) if portals else list(known.values())
    if process.is_quiet(archive):
        sys.exit(Status.DONE if due else Status.ATTENTION)
    if not chosen:
        click.echo("there is no portal yet: put one into inputs/portals/", err=True)
        return
    if any(portal.browser for portal in chosen):
        browser.executable()
    recorder = process.recorder_of(archive, wait, skip_if_busy=skip_if_busy)
    if recorder is None:
        return
    with recorder, for_terminal() as progress:
        names = [portal.id for portal in chosen]
        ran = process.run(archive, "revisit", names, recorder=recorder, progress=progress, every=not due)
    spider = cast("RevisitSpider", ran)
    if spider.close_reason == "finished" and not spider.walks:
        click.echo("no page is due", err=True)
        return
    sys.exit(conclude(archive, spider, wait, due=due))
