"""`gongkai release`."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import asdict

import click

from archive.exports.standing import Options
from archive.folder import Folder
from archive.upkeep.release import Making, find, release
from archive.upkeep.release_diff import CAUSES, diff
from crawler import fields
from crawler.choices import panel_options
from crawler.console import archive_option, counted, print_rows, wait_option
from parsers.errors import Status

NEW = "new"
COLUMNS = {
    "unit": "unit",
    "year": "year",
    "scope": "scope",
    "indicator": "cell",
    "old": "old",
    "new": "new",
    "causes": "cause",
    "url": "address",
}


class Releases(click.Group):
    """`release diff A B`, and `release NAME` to make one."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """What is no command is the name of a new release."""
        if args and args[0] not in self.commands and args[0] not in ctx.help_option_names:
            args = [NEW, *args]
        return super().parse_args(ctx, args)


@click.group(cls=Releases, short_help="freeze the data under a name; what changed between two releases")
def command() -> None:
    """Freeze the data under a name, with everything that they follow from, and say what changed since.

    \b
    gongkai release 2026.1                # releases/2026.1: data package, inputs, manifest.json, CITATION.cff
    gongkai release new --help            # every option of it
    gongkai release diff 2025.1 2026.1    # each cell that changed, and why
    """


@command.command(NEW, short_help="make a release")
@click.argument("name")
@click.option("--author", "authors", multiple=True, help="Whom to cite; may be given again.")
@panel_options
@wait_option
@archive_option
def new(
    name: str,
    authors: tuple[str, ...],
    paths: tuple[str, ...],
    how: Options,
    wait: float,
    archive: Folder,
) -> None:
    """Make the release NAME, like 2026.1, of everything up to the last capture. It is never made again.

    \b
    gongkai release 2026.1
    gongkai release 2026.1 --author 青禾大学 --zero slash,dash
    """
    told = release(archive, name, Making(how, paths, authors), wait_seconds=wait)
    click.echo(
        f"{archive.root / 'releases' / name}: {counted(told['captures']['count'], 'capture')}, generation "
        f"{told['generation']}, as of {told['as_of']}",
        err=True,
    )


@command.command("diff", short_help="each cell that two releases have differently, and why")
@click.argument("old")
@click.argument("new")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8).")
@archive_option
def changes(old: str, new: str, as_json: bool, as_csv: bool, archive: Folder) -> None:
    """Name every cell that the releases OLD and NEW have differently, with the cause.

    Causes: capture (new evidence), judgement, generation (of the parser), options, inputs (units, deadlines, portals),
    register (the official table), software, unexplained (exit status 1).

    \b
    gongkai release diff 2025.1 2026.1 --csv
    """
    rows = [asdict(changed) for changed in diff(archive, find(archive, old), find(archive, new))]
    print_rows(rows, COLUMNS, fields.RELEASE_CELLS, as_json=as_json, as_csv=as_csv)
    counts = Counter(cause for row in rows for cause in row["causes"])
    click.echo(f"{counted(len(rows), 'cell')} changed", err=True)
    for cause in CAUSES:
        if counts[cause]:
            click.echo(f"{counts[cause]} {cause}: {CAUSES[cause]}", err=True)
    sys.exit(Status.ATTENTION if counts["unexplained"] else Status.DONE)
