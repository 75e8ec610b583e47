"""`gongkai update`."""

from __future__ import annotations

import sys
from collections import Counter
from contextlib import closing

import click

from archive.database import read_database
from archive.folder import Folder
from archive.inputs import read_judgements
from archive.upkeep.judging import misfits, take_note
from archive.upkeep.update import Summary, update
from crawler import fields
from crawler.console import archive_option, counted, print_rows, wait_option
from parsers.errors import Status

SUMMED = 20
"""Cells that are summed up by name, those that change most often first."""


@click.command(short_help="read what the archive holds and has not read")
@click.option(
    "--dry-run", is_flag=True, help="Show the cells that a new generation would change, and change nothing."
)
@click.option("--accept", is_flag=True, help="Show the new generation from now on.")
@click.option("--json", "as_json", is_flag=True, help="Print the changed cells as a JSON array.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Read in so many processes (default: one a processor).",
)
@wait_option
@archive_option
def command(
    dry_run: bool, accept: bool, as_json: bool, jobs: int | None, wait: float, archive: Folder
) -> None:
    """Index what the WARC files hold, read what was not read, and derive versions, ledger and events of the portals
    of which something came. What an interrupted update has read is kept, and the next goes on from there.

    --dry-run lists the cells that this version reads otherwise, document by document, and sums them up by cell.

    \b
    gongkai update
    gongkai update --jobs 1
    gongkai update --dry-run --json
    """
    summary = update(archive.require(), wait_seconds=wait, dry_run=dry_run, accept=accept, jobs=jobs)
    click.echo(
        f"{counted(summary.records, 'record')}, {counted(summary.pages, 'page')} and "
        f"{counted(summary.documents, 'document')} read; {counted(summary.undecided, 'entry', 'entries')} undecided",
        err=True,
    )
    if summary.again:
        click.echo(f"{counted(summary.again, 'document')} read again with an extra that has come", err=True)
    if summary.changes or as_json:
        names = fields.READ_OTHERWISE
        rows = ({name: getattr(change, name) for name in names} for change in summary.changes)
        print_rows(rows, dict(zip(names, names, strict=True)), names, as_json=as_json, as_csv=False)
    if summary.changes:
        _sum_up(summary)
    if not dry_run:
        take_note(archive)
    with closing(read_database(archive)) as database:
        wrong = list(misfits(database, read_judgements(archive.inputs)))
    for sentence in wrong:
        click.echo(sentence, err=True)
    status = attention(summary)
    sys.exit(Status.ARGUMENTS if wrong else status)


def _sum_up(summary: Summary) -> None:
    documents = len({(change.body, change.part) for change in summary.changes})
    click.echo(
        f"{counted(len(summary.changes), 'cell')} of {counted(documents, 'document')} would change", err=True
    )
    for path, count in Counter(change.path for change in summary.changes).most_common(SUMMED):
        click.echo(f"  {count} × {path}", err=True)


def attention(summary: Summary) -> Status:
    """Say what of an update needs a person, and which of the files given by hand are no reports."""
    status = Status.DONE
    for name, why in summary.no_reports:
        click.echo(f"{name}: no report was read in it: {why}", err=True)
    if summary.waiting:
        cells = counted(len(summary.changes), "cell")
        click.echo(f"this version reads {cells} differently; `gongkai update --accept` takes them", err=True)
        status = Status.ATTENTION
    for name in summary.damaged:
        told = "every whole record of it was read, and `gongkai verify` says what is lost"
        click.echo(f"{name} is damaged; {told}", err=True)
        status = Status.ATTENTION
    return status
