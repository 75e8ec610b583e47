"""`gongkai ingest`."""

from __future__ import annotations

import sys
from datetime import date, datetime
from pathlib import Path

import click

from archive import clock
from archive.captures.ingest import ingest
from archive.folder import Folder
from archive.upkeep.update import update
from crawler.console import archive_option, counted, wait_option
from crawler.verbs.update import attention
from parsers.errors import Fault


@click.command(short_help="archive files given by hand")
@click.argument(
    "paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path), metavar="PATH…"
)
@click.option("--url", help="The address at which the page was seen.")
@click.option("--seen-at", metavar="YYYY-MM-DD", help="The Beijing day on which it was seen.")
@click.option("--by", help="Who saw it.")
@wait_option
@archive_option
def command(
    paths: tuple[Path, ...],
    url: str | None,
    seen_at: str | None,
    by: str | None,
    wait: float,
    archive: Folder,
) -> None:
    """Archive files given by hand: saved pages, files sent by a reader. They prove presence, never absence. What holds
    no report is archived all the same, and said.

    \b
    gongkai ingest report.html --url http://www.example.gov.cn/a.html --seen-at 2025-02-03 --by 张三
    """
    if url and not url.startswith(("http://", "https://")):
        raise Fault(f"--url {url}: only http and https addresses")
    names = ingest(archive, list(paths), url=url, seen_at=_instant(seen_at), by=by, wait_seconds=wait)
    summary = update(archive, wait_seconds=wait)
    click.echo(
        f"{counted(len(names), 'file')} archived, {counted(summary.documents, 'document')} read", err=True
    )
    sys.exit(attention(summary))


def _instant(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise Fault(f"--seen-at {text}: no date like 2025-02-01") from None
    if day > clock.day(clock.now()):
        raise Fault(f"--seen-at {text} is in the future")
    return min(clock.end_of_day(day), clock.now())
