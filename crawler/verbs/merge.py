"""`gongkai merge`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.folder import Folder
from archive.upkeep.merge import merge
from crawler.console import counted, wait_option
from crawler.verbs.update import attention


@click.command(short_help="take what other archives hold into one")
@click.argument("into", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.argument(
    "others",
    metavar="OTHER…",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
)
@wait_option
def command(into: Path, others: tuple[Path, ...], wait: float) -> None:
    """Copy the WARC files and inputs of the OTHER archives into DIR, then bring its database up to them.

    The others are only read. Archives may be merged in any order and any number of times: the result is the same. A
    WARC file is never overwritten; where two of one name differ, both are kept. Where inputs disagree (two records for
    one portal, two judgements on one target) nothing is copied, and each disagreement is named: exit status 2.

    \b
    gongkai merge province city-a city-b
    gongkai merge gongkai-archive /media/stick/gongkai-archive --wait 600
    """
    done = merge(Folder(into), [Folder(other) for other in others], wait_seconds=wait, progress=_tell)
    click.echo(
        f"{counted(len(done.warcs), 'WARC file')} and {counted(len(done.inputs), 'input file')} copied; "
        f"{counted(done.summary.records, 'record')} indexed, {counted(done.summary.documents, 'document')} read",
        err=True,
    )
    for name in done.renamed:
        click.echo(f"another file has the name it had: {name}", err=True)
    sys.exit(attention(done.summary))


def _tell(name: str, size: int) -> None:
    click.echo(f"{name}: {counted(size, 'byte')} copied", err=True)
