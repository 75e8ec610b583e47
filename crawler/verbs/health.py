"""`gongkai health`."""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import asdict
from datetime import datetime
from typing import Any

import click

from archive.database import read_database
from archive.folder import Folder
from archive.history.health import health
from archive.history.loading import walks
from archive.inputs import read_deadlines
from crawler import fields
from crawler.console import archive_option, listing_options, print_rows
from parsers.errors import Status

COLUMNS = {
    "where": "portal/column",
    "last_clear": "last clear",
    "blind_since": "blind since",
    "due": "falls due",
    "what": "trouble, and what to do",
}


@click.command(short_help="which portals we see, and which we are kept from seeing")
@click.option("--new", is_flag=True, help="Only trouble that the last walk met for the first time.")
@listing_options
@archive_option
def command(new: bool, as_of: datetime, archive: Folder, as_json: bool, as_csv: bool) -> None:
    """Say of every column when it was last seen clearly, what stands in the way, what falls due meanwhile, what to do.

    Exit status 1 when a column cannot be seen. With --new nothing is printed where there is nothing new, for timers.

    \b
    gongkai health --new
    """
    with closing(read_database(archive)) as database:
        seen = walks(database, as_of)
    found = health(seen, as_of, read_deadlines(archive.inputs))
    columns = [column for column in found if column.new or not new]
    rows = [asdict(column) for column in columns]
    if rows or not new or as_json or as_csv:
        print_rows(rows, COLUMNS, fields.HEALTH, as_json=as_json, as_csv=as_csv, shown=_brief)
    sys.exit(Status.ATTENTION if any(column.trouble for column in columns) else Status.DONE)


def _brief(row: dict[str, Any]) -> dict[str, Any]:
    days = {key: (row[key] or "")[:10] for key in ("last_clear", "blind_since")}
    what = f"{row['trouble']}; {row['advice']}" if row["trouble"] else "seen"
    return {**row, **days, "where": f"{row['portal']}/{row['column']}", "what": what}
