"""`gongkai status`."""

from __future__ import annotations

import json
from contextlib import closing

import click

from archive import clock
from archive.database import read_database
from archive.folder import Folder
from archive.readings import extras, generation
from archive.upkeep.forecast import forecast
from crawler.console import archive_option, print_table

COUNTS = {
    "WARC files": "SELECT count(*) FROM warcs",
    "crawls": "SELECT count(*) FROM crawls",
    "captures": "SELECT count(*) FROM captures",
    "of these, identical to an earlier one": "SELECT count(*) FROM captures WHERE kind = 'revisit'",
    "fetches without an answer": "SELECT count(*) FROM failures",
    "finished walks": "SELECT count(*) FROM walks",
    "documents read": "SELECT count(DISTINCT body) FROM readings",
    "units": "SELECT count(*) FROM units",
    "reports": "SELECT count(*) FROM reports",
    "versions": "SELECT count(*) FROM versions",
    "undecided entries": "SELECT count(*) FROM undecided",
    "damaged files": "SELECT count(*) FROM warcs WHERE damage IS NOT NULL",
}

DISK = {
    "bytes of WARC files": "warcs",
    "bytes of the database": "database",
    "bytes free": "free",
    "bytes per crawl": "per_crawl",
    "bytes per month": "per_month",
    "days until a crawl stops for want of space": "days",
}


@click.command(short_help="what the archive holds")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@archive_option
def command(as_json: bool, archive: Folder) -> None:
    """Count what the archive holds, and the documents that wait for an extra, with the command that installs it;
    `gongkai update` reads them when it is there.

    \b
    gongkai status
    gongkai status --json
    """
    with closing(read_database(archive)) as database:
        counts = {name: database.execute(query).fetchone()[0] for name, query in COUNTS.items()}
        counts["generation of readings"] = generation.accepted(database)
        for extra, count in extras.waiting(database, generation.shown(database)).items():
            counts[f"documents that wait for {extra} ({extras.INSTALL[extra]})"] = count
        disk = forecast(database, archive, clock.now())
    sizes = {name: getattr(disk, key) for name, key in DISK.items() if getattr(disk, key) is not None}
    if as_json:
        click.echo(json.dumps(counts | sizes))
    else:
        rows = [[name, str(count)] for name, count in counts.items()]
        rows += [[name, f"{size:,}"] for name, size in sizes.items()]
        print_table(rows, ["", str(archive.root)])
