"""`gongkai export`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from archive import clock
from archive.database import read_database
from archive.exports.package import Style, last_evidence, write_package
from archive.exports.proof import proofs
from archive.exports.selection import Selection, indicators, units, years
from archive.exports.standing import Options
from archive.exports.tables import TABLES, Holdings, Table
from archive.exports.wacz import check_packing, write_wacz
from archive.folder import Folder
from archive.history.query import asked
from crawler.choices import panel_options, selection_options
from crawler.console import archive_option, as_of_option, counted
from parsers.errors import Fault

PACKAGE = "package"
NAMES = tuple(table.name for table in TABLES)


class Exports(click.Group):
    """`export wacz …`, and `export DIR` for the data package."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is not the name of a kind of export is the data package's."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [PACKAGE, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Exports, short_help="the data as a package, the evidence as a WACZ")
def command() -> None:
    """What leaves the archive: `export DIR` writes a data package, `export wacz` the pages themselves.

    \b
    gongkai export data-2024                      # CSV with schemas (Frictionless)
    gongkai export --help                         # this
    gongkai export package --help                 # every option of the data package
    gongkai export --format xlsx --county 990101 data-2024
    gongkai export wacz 白鹭镇 2024 白鹭镇2024.wacz   # opens in ReplayWeb.page
    """


@command.command(PACKAGE, short_help="cells, panel, ledger, changes, units, with schemas")
@click.argument("target", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "form",
    type=click.Choice(("csv", "xlsx", "parquet")),
    default="csv",
    show_default=True,
    help="Parquet needs the extra gongkai[parquet].",
)
@click.option(
    "--excel", is_flag=True, help="CSV for Excel: byte order mark, texts that look like formulas escaped."
)
@click.option("--tables", metavar="NAMES", default="", help=f"Only these: {', '.join(NAMES)} (with commas).")
@click.option("--overwrite", is_flag=True, help="Replace a package that gongkai wrote there.")
@selection_options
@panel_options
@as_of_option
@archive_option
@click.pass_context
def package(
    ctx: click.Context,
    target: Path,
    form: Any,
    excel: bool,
    tables: str,
    overwrite: bool,
    selected: Selection,
    paths: tuple[str, ...],
    how: Options,
    as_of: datetime,
    archive: Folder,
) -> None:
    """Write a Frictionless data package into DIR: cells, panel, ledger, changes, units, indicators, crosswalk.

    Without --as-of it says what follows as of the last capture or walk, so that an unchanged archive gives the same
    bytes on every day. Marks are counted as zero only where --zero says so, and the package records it.

    \b
    gongkai export data
    gongkai export data --county 990101 --path 'requests.*' --zero slash,dash --overwrite
    gongkai export data --format xlsx --tables panel,units
    """
    if excel and form != "csv":
        raise Fault("--excel is for CSV: XLSX needs no byte order mark and holds texts as texts")
    with asked(archive, _instant(ctx, archive, as_of)) as of:
        chosen = units(of, selected)
        what = Holdings(of, chosen, years(of, chosen, selected), indicators(paths), how)
        style = Style(form, excel, _tables(tables))
        counts = write_package(what, target, style, overwrite=overwrite, progress=_counting)
    told = ", ".join(f"{name} {number:,}" for name, number in counts.items())
    click.echo(f"{target} as of {clock.stamp(of.at)}; rows: {told}", err=True)


@command.command("wacz", short_help="the pages that prove reports, for ReplayWeb.page")
@click.argument("words", metavar="[UNIT YEAR] FILE.wacz", nargs=-1, required=True)
@selection_options
@as_of_option
@archive_option
@click.pass_context
def wacz(
    ctx: click.Context,
    words: tuple[str, ...],
    selected: Selection,
    as_of: datetime,
    archive: Folder,
) -> None:
    """Pack what the report of UNIT for YEAR rests on, or the reports of a county: every capture of its addresses and
    files, and for a report that was not there the list pages on which it was not. WACZ 1.1.1.

    \b
    gongkai export wacz 白鹭镇 2024 白鹭镇2024.wacz
    gongkai export wacz --county 990101 --years 2024 qinghe2024.wacz
    """
    *of_unit, name = words
    if len(of_unit) not in {0, 2} or (of_unit and not of_unit[1].isdigit()):
        raise click.UsageError("it takes UNIT YEAR FILE.wacz, or FILE.wacz with --county and the like")
    year = int(of_unit[1]) if of_unit else 0
    wanted = replace(selected, unit=of_unit[0], years=(year, year)) if of_unit else selected
    with asked(archive, _instant(ctx, archive, as_of)) as of:
        chosen = units(of, wanted)
        found = list(proofs(of, chosen, years(of, chosen, wanted)))
        of_area = " ".join(filter(None, (selected.county, selected.city, selected.province)))
        title = " ".join(of_unit) or " ".join(filter(None, (of_area, selected.kind))) or "政府信息公开年报"
        check_packing(found, Path(name))
        with _bar("packing", len(found)) as tick:
            count = write_wacz(of.database, archive, found, Path(name), title, tick)
    click.echo(f"{name}: {counted(count, 'record')} of {counted(len(found), 'capture')}", err=True)


def _instant(ctx: click.Context, archive: Folder, as_of: datetime) -> datetime:
    """The end of the day that was asked for, else the last instant at which anything was seen."""
    if ctx.get_parameter_source("as_of") != ParameterSource.DEFAULT:
        return as_of
    with closing(read_database(archive)) as database:
        return clock.instant(last_evidence(database))


def _tables(text: str) -> frozenset[str]:
    names = frozenset(filter(None, text.split(",")))
    if unknown := sorted(names - set(NAMES)):
        raise Fault(f"no table is called {unknown[0]}; tables are {', '.join(NAMES)}")
    return names or frozenset(NAMES)


@contextmanager
def _counting(table: Table, steps: int) -> Iterator[Callable[[int], None]]:
    with _bar(f"{table.zh} {table.name}", steps if table.by_unit else None) as tick:
        yield tick


@contextmanager
def _bar(what: str, steps: int | None) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, a line elsewhere."""
    if not sys.stderr.isatty():
        click.echo(f"{what} …", err=True)
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(24), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=steps)
        yield lambda done: bar.update(task, advance=done)
