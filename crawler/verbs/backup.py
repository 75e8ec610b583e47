"""`gongkai backup`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from archive.folder import Folder
from archive.upkeep.backup import backup
from archive.upkeep.tarred import SUFFIX, backup_file
from crawler.console import archive_option, counted
from parsers.errors import Fault, Status


@click.command(short_help="copy the archive, also while it is being crawled")
@click.argument("target", metavar="DIR|FILE.tar", type=click.Path(path_type=Path))
@click.option(
    "--no-database", is_flag=True, help="Leave out what `gongkai rebuild` makes again: archive.db and cache/."
)
@click.option(
    "--check", is_flag=True, help="Read the whole backup first, and copy again what is damaged in it."
)
@archive_option
def command(target: Path, no_database: bool, check: bool, archive: Folder) -> None:
    """Bring the backup in DIR up to the archive: only what is new is copied, read back, and compared.

    The archive may be crawled meanwhile. A sound copy is never replaced by a file that was damaged later; such files
    are named, and the exit status is 1. The backup is an archive: every verb that reads works on it, and a copy of it,
    with `gongkai rebuild` where it has no database, takes the place of what was lost.

    \b
    gongkai backup /mnt/backup/gongkai
    gongkai backup /mnt/backup/gongkai --no-database --check
    gongkai backup gongkai-2025-03-01.tar      # whole, in one file
    """
    if target.suffix == SUFFIX and not target.is_dir():
        if check:
            raise Fault("--check is for a backup in a folder: a file is read back when it is made")
        done = backup_file(archive, target, database=not no_database, progress=_tell)
        click.echo(f"{target}: {counted(len(done.copied), 'file')}", err=True)
        return
    done = backup(archive, target, database=not no_database, check=check, progress=_tell)
    click.echo(f"{counted(len(done.copied), 'file')} copied, {done.unchanged} unchanged", err=True)
    for name in done.spoiled:
        click.echo(
            f"{name} is not what was copied earlier; the copy was kept: run `gongkai verify`", err=True
        )
    for name in done.lost:
        click.echo(f"{name} is gone from the archive; the copy was kept: run `gongkai verify`", err=True)
    sys.exit(Status.ATTENTION if done.spoiled or done.lost else Status.DONE)


def _tell(name: str, size: int) -> None:
    click.echo(f"{name}: {counted(size, 'byte')} copied", err=True)
