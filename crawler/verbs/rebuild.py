"""`gongkai rebuild`."""

from __future__ import annotations

import sys

import click

from archive.folder import Folder
from archive.upkeep.rebuild import rebuild
from crawler.console import archive_option, counted, wait_option
from parsers.errors import Status


@click.command(short_help="make the database again from warc/ and inputs/")
@wait_option
@archive_option
def command(wait: float, archive: Folder) -> None:
    """Make the database anew from the WARC files and the inputs, and say where it differs from the old one.

    \b
    gongkai rebuild
    gongkai rebuild --wait 60
    """
    result = rebuild(archive, wait_seconds=wait)
    click.echo(
        f"{counted(result.records, 'record')} indexed, {counted(result.documents, 'document')} read", err=True
    )
    if not result.compared:
        click.echo("there was no database to compare with", err=True)
    for table, (old, new) in result.differences.items():
        click.echo(f"{table}: rows only in the old database {old}, only in the new {new}", err=True)
    if result.compared and not result.differences:
        click.echo("equal to the old database, row for row", err=True)
    sys.exit(Status.ATTENTION if result.differences else Status.DONE)
