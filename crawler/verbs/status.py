"""`gongkai status`."""

from __future__ import annotations

import json
from contextlib import closing

import click

from archive.database import read_database
from archive.folder import Folder
from archive.readings import generation
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


@click.command(short_help="what the archive holds")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")
@archive_option
def command(as_json: bool, archive: Folder) -> None:
    """Count what the archive holds."""
    with closing(read_database(archive)) as database:
        counts = {name: database.execute(query).fetchone()[0] for name, query in COUNTS.items()}
        counts["generation of readings"] = generation.accepted(database)
    if as_json:
        click.echo(json.dumps(counts))
    else:
        print_table([[name, str(count)] for name, count in counts.items()], ["", str(archive.root)])
