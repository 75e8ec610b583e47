"""`gongkai missing`."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import click

from archive.folder import Folder
from archive.history.query import missing_row, state
from crawler.console import archive_option, listing_options, print_rows

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "due": "due",
    "days_overdue": "overdue",
    "sentence": "所见 observed",
}


@click.command(short_help="reports that are due and were not there")
@click.option("--year", type=int, help="Only this report year.")
@click.option(
    "--all", "everyone", is_flag=True, help="Also units that nobody listed, learned from earlier reports."
)
@listing_options
@archive_option
def command(
    year: int | None, everyone: bool, as_of: datetime, archive: Folder, as_json: bool, as_csv: bool
) -> None:
    """Reports that are due, whose columns were seen whole and unblocked after the due day, and that were not there.

    What could not be seen is not in this list; `gongkai ledger --presence unseen` names it with the reason. Units that
    are in no registry record and no units.csv, but reported in one of the two years before, are listed with --all.

    \b
    gongkai missing --year 2024 --json
    """
    shown = state(archive, as_of)
    rows = [row for row in shown.ledger if year in {None, row.year}]
    absent = [row for row in rows if row.presence == "missing"]
    shown_rows = [row for row in absent if everyone or row.unit.basis != "learned"]
    missing = [missing_row(row, as_of) for row in shown_rows]
    print_rows(missing, COLUMNS, as_json=as_json, as_csv=as_csv)
    counts = Counter(row.presence for row in rows)
    told = ", ".join(f"{counts[p]} {p}" for p in ("present", "missing", "unseen", "pending") if counts[p])
    click.echo(told or "nothing is known yet", err=True)
    if len(absent) > len(shown_rows):
        click.echo(
            f"{len(absent) - len(shown_rows)} of the missing are units that nobody listed: see --all",
            err=True,
        )
