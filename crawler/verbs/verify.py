"""`gongkai verify`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from archive import clock
from archive.folder import Folder
from archive.upkeep.verify import Progress, Verified, verify
from crawler import fields
from crawler.console import archive_option, counted, print_rows
from parsers.errors import Fault, Status

if TYPE_CHECKING:
    from rich.progress import ProgressColumn

COLUMNS = {
    "code": "what",
    "file": "file",
    "offset": "offset",
    "record": "record",
    "url": "address",
    "message": "message",
    "hangs": "what hangs on it",
}
LEGEND = {
    "revisits": "later records that refer to it: {}",
    "reports": "reports: {}",
    "absences": "missing on its strength: {}",
    "columns": "columns: {}",
}


@click.command(short_help="re-read every record against its digests, and the database against the records")
@click.option(
    "--since",
    metavar="YYYY-MM-DD",
    help="Read no file again that was found sound on or after that Beijing day.",
)
@click.option("--all", "anew", is_flag=True, help="Begin anew, even where a round was interrupted.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8).")
@archive_option
def command(since: str | None, anew: bool, as_json: bool, as_csv: bool, archive: Folder) -> None:
    """Re-read every WARC record against its digests, and the database against the records, file by file.

    Says what is damaged (file, offset, record, address), what hangs on it (reports, years called missing, columns,
    records that refer to it), and what is lost. Changes nothing; damaged files come back from a backup. A round that
    was interrupted is gone on with. Exit status 1 where anything was found.

    \b
    gongkai verify
    gongkai verify --since 2025-03-01 --json
    """
    if since and anew:
        raise Fault("--since and --all exclude each other")
    from_day = clock.instant(f"{_day(since)}T00:00:00+08:00") if since else None
    with _progress(archive) as progress:
        found = verify(archive, since=from_day, anew=anew, progress=progress)
    rows = [_row(asdict(damage)) for damage in found.damages]
    if rows or as_json or as_csv:
        print_rows(rows, COLUMNS, fields.DAMAGES, as_json=as_json, as_csv=as_csv, shown=_shown)
    _tell(found)
    sys.exit(Status.ATTENTION if rows else Status.DONE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault(f"--since {text}: no date like 2025-02-01") from None


def _row(damage: dict[str, Any]) -> dict[str, Any]:
    return {**damage, **damage.pop("hanging")}


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    said = [f"lost: {row['lost']}"] if row["lost"] else []
    for name, text in LEGEND.items():
        if row[name]:
            said.append(text.format(len(row[name]) if name == "revisits" else ", ".join(row[name])))
    return row | {"hangs": "; ".join(said)}


def _tell(found: Verified) -> None:
    kept = f", {found.kept} of them earlier" if found.kept else ""
    read = f"{counted(found.records, 'record')} in {counted(found.files, 'file')} read"
    click.echo(f"{read}{kept}; {counted(len(found.damages), 'fault')}", err=True)
    for name in found.open:
        click.echo(f"{name} is still being written, or was left by a process that died: not read", err=True)
    if not found.resumable:
        click.echo("the archive cannot be written: this round could not be taken down", err=True)


@contextmanager
def _progress(archive: Folder) -> Iterator[Progress]:
    """A bar on a terminal, a line for each file elsewhere."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(*_columns(), console=Console(stderr=True), transient=True, expand=True) as bar:
        total = sum(path.stat().st_size for path in archive.warcs()) if archive.warc.is_dir() else 0
        task = bar.add_task("verify", total=total)
        yield lambda name, size: bar.update(task, advance=size, description=name)


def _columns() -> tuple[ProgressColumn, ...]:
    """Names of WARC files are long: how much is read, and how long it will take, keep their room."""
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.table import Column

    name = TextColumn("{task.description}", table_column=Column(ratio=1, no_wrap=True, overflow="ellipsis"))
    return name, BarColumn(16), DownloadColumn(), TimeRemainingColumn()


def _lines() -> Progress:
    told: set[str] = set()

    def tell(name: str, _size: int) -> None:
        if name not in told:
            told.add(name)
            click.echo(f"{name} …", err=True)

    return tell
