"""`gongkai crawl`."""

from __future__ import annotations

import sys
from contextlib import closing
from typing import TYPE_CHECKING, cast

import click

from archive import clock
from archive.captures.records import FINISHED_STOPS, Walk
from archive.captures.visits import last_walks
from archive.database import read_database
from archive.folder import Folder
from archive.upkeep.update import update
from crawler import browser, process, registry
from crawler.console import archive_option, print_table, skip_option, wait_option
from crawler.pacing import QUIET
from crawler.progress import for_terminal
from crawler.schedule import Visit, visits
from crawler.verbs.update import attention
from parsers.errors import Status

if TYPE_CHECKING:
    from crawler.spiders.column import ColumnSpider
    from crawler.walk import ColumnWalk

COUNTS = ("pages", "entries", "reports", "new", "unasked", "fetched", "files", "failed")


@click.command(short_help="walk the columns of portals")
@click.argument("portals", nargs=-1, metavar="[PORTAL]...")
@click.option("--due", is_flag=True, help="Only portals whose next visit is due, of those named or of all.")
@click.option(
    "--limit", type=click.IntRange(min=1), metavar="N", help="With --due: no more, the longest due first."
)
@skip_option
@wait_option
@archive_option
def command(
    portals: tuple[str, ...], due: bool, limit: int | None, skip_if_busy: bool, wait: float, archive: Folder
) -> None:
    """Walk every column of the portals, archive what they answer, and bring the database up to it.

    Portals stand in the archive's folder inputs/portals/, one YAML file each. Ctrl-C stops; what came is kept, and
    crawling again within a day goes on with it. Nothing is asked in the quiet hours of inputs/gongkai.toml: a crawl
    that they meet stops there, and its portals stay due.

    New reports come first. A known one is left alone while the page of its list has not changed, until the next look
    at it is due (`gongkai revisit --help` says when): `unasked` counts these. `gongkai revisit PORTAL` looks at all.

    A visit is due a day after the last one from January to April, when reports appear, and two weeks after it in the
    rest of the year; `visit` in a portal's record sets other days. A column that was not seen is due again after the
    shorter time. However many visits were missed, one is made.

    \b
    gongkai crawl qinghe
    gongkai crawl qinghe yingchuan --archive /data/reports
    gongkai crawl --due --limit 50 --skip-if-busy
    """
    if not portals and not due:
        raise click.UsageError("name the portal to crawl, or take those that are --due")
    if limit and not due:
        raise click.UsageError("--limit goes with --due")
    known = registry.load(archive.inputs)
    chosen = registry.choose(known, list(portals)) if portals else list(known.values())
    if process.is_quiet(archive):
        sys.exit(Status.DONE if due else Status.ATTENTION)
    recorder = process.recorder_of(archive, wait, skip_if_busy=skip_if_busy)
    if recorder is None:
        return
    with recorder:
        if due:
            chosen = _due(archive, chosen, limit)
        if not chosen:
            return
        if any(portal.browser for portal in chosen):
            browser.executable()
        names = [portal.id for portal in chosen]
        with for_terminal() as progress:
            ran = process.run(archive, "column", names, recorder=recorder, progress=progress)
    sys.exit(conclude(archive, cast("ColumnSpider", ran), wait, due=due))


def _due(archive: Folder, portals: list[registry.Portal], limit: int | None) -> list[registry.Portal]:
    """The portals to visit, the one that waits longest first; a sentence where there are none."""
    today = clock.day(clock.now())
    with closing(read_database(archive)) as database:
        planned = visits(portals, last_walks(database), today)
    waiting = [visit for visit in planned if visit.due_on <= today]
    taken = waiting[:limit]
    if len(taken) < len(waiting):
        now = f"{len(taken)} of them {'is' if len(taken) == 1 else 'are'} visited now"
        click.echo(f"{len(waiting)} portals are due, {now}", err=True)
    if not waiting:
        click.echo(_nothing_due(planned), err=True)
    return [visit.portal for visit in taken]


def _nothing_due(planned: list[Visit]) -> str:
    if not planned:
        return "there is no portal yet: put one into inputs/portals/"
    return f"no visit is due; the next is that of {planned[0].portal.id} on {planned[0].due_on}"


def conclude(archive: Folder, spider: ColumnSpider, wait: float, *, due: bool) -> Status:
    """Bring the database up to a crawl and say how it went."""
    stopped = spider.close_reason != "finished"
    _report(spider)
    told = Status.DONE if stopped else attention(update(archive, wait_seconds=wait))
    if stopped:
        click.echo(f"the crawl was cut short ({spider.close_reason}); what came is kept", err=True)
        raise click.Abort
    seen = all(walk.stop in FINISHED_STOPS for walk in spider.ended)
    open_ = [walk for walk in spider.walks if walk.abandoned or not walk.finished]
    planned = due and all(walk.put_off.startswith(QUIET) for walk in open_)
    return told if seen and (planned or not open_) else Status.ATTENTION


def _report(spider: ColumnSpider) -> None:
    ends: dict[tuple[str, str], Walk] = {(w.portal, w.column): w for w in spider.ended}
    rows = []
    for walk in spider.walks:
        end = ends.get((walk.portal.id, walk.column.id))
        counts = [str(walk.counts[name]) for name in COUNTS]
        where = f"{walk.portal.id}/{walk.column.id}"
        rows.append([where, *counts, end.stop if end else "not finished"])
    print_table(rows, ["portal/column", *COUNTS, "stop"])
    for end in ends.values():
        if end.message:
            click.echo(f"{end.portal}/{end.column}: {end.message}", err=True)
    for walk in spider.walks:
        if walk.abandoned:
            click.echo(f"{walk.portal.id}/{walk.column.id}: {_why_open(walk)}", err=True)


def _why_open(walk: ColumnWalk) -> str:
    why = walk.put_off or "the portal stopped answering"
    return f"{why}; what came is kept, and crawling again within a day goes on with it"
