"""How the command speaks: tables that fit the terminal, JSON and CSV for scripts, the options every verb shares."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from archive import clock
from archive.folder import Folder
from parsers.errors import Fault

F = TypeVar("F", bound=Callable[..., Any])
WIDE = 200
"""Columns of a table that goes to a file or a pipe."""
KEPT_WHOLE = 18
"""Cells of a column no wider than this are never broken: names, days, counts."""
SHORT = 12
"""The same where there is too little room: days and counts."""
FOLDED = 14
"""Least width of a column that is broken over lines."""
ROOMY = 100
"""Width of a terminal from which columns stand further apart."""
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula."""


def archive_option(function: F) -> F:
    """`--archive DIR` after the verb; the one before the verb, or $GONGKAI_ARCHIVE, is its default."""
    return click.option(
        "--archive", metavar="DIR", callback=_folder, expose_value=True, help="The archive's folder."
    )(function)


def wait_option(function: F) -> F:
    """`--wait SECONDS` of the writing verbs."""
    text = "Wait so long for another command that is writing."
    return click.option("--wait", type=click.FloatRange(min=0), default=0, metavar="SECONDS", help=text)(
        function
    )


def skip_option(function: F) -> F:
    """`--skip-if-busy` of verbs that a timer starts."""
    text = "End with status 0 where another command is writing."
    return click.option("--skip-if-busy", is_flag=True, help=text)(function)


def listing_options(function: F) -> F:
    """`--json`, `--csv` and `--as-of DATE` of the verbs that list."""
    function = click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")(function)
    function = click.option("--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8).")(function)
    return as_of_option(function)


def as_of_option(function: F) -> F:
    """`--as-of DATE`: the end of a Beijing day, or now."""
    text = "What follows from captures and walks up to the end of that Beijing day."
    return click.option("--as-of", metavar="YYYY-MM-DD", callback=_as_of, help=text)(function)


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with what is counted: 1 report, 2 reports."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def say_behind(behind: bool) -> None:
    """Say that what is shown is older than what the archive holds."""
    if behind:
        click.echo(
            "the archive holds more than was derived from it: `gongkai update` shows that too", err=True
        )


def print_rows(
    rows: Iterable[dict[str, Any]],
    columns: dict[str, str],
    fields: tuple[str, ...] = (),
    *,
    as_json: bool,
    as_csv: bool,
    shown: Callable[[dict[str, Any]], dict[str, Any]] = dict,
) -> None:
    """Print rows as JSON or CSV with `fields`, or as a table with the headers of `columns`, for which `shown` may put
    things shorter."""
    listed = list(rows)
    if as_json and as_csv:
        raise Fault("--json and --csv exclude each other")
    if as_json:
        whole = [{name: row[name] for name in fields} for row in listed]
        click.echo(json.dumps(whole, ensure_ascii=False, indent=1))
    elif as_csv:
        _print_csv(listed, fields)
    elif not listed:
        click.echo("nothing to show", err=True)
    else:
        table = [shown(row) for row in listed]
        print_table([[_text(row.get(key)) for key in columns] for row in table], list(columns.values()))


def print_table(rows: list[list[str]], headers: list[str], title: str | None = None) -> None:
    """A table that knows the width of Chinese and fits the terminal."""
    from rich import box
    from rich.cells import cell_len
    from rich.console import Console
    from rich.table import Column, Table

    console = Console(width=None if sys.stdout.isatty() else WIDE, highlight=False, markup=False)
    widths = [max((cell_len(row[i]) for row in rows), default=0) for i in range(len(headers))]
    fitted = _fitted(headers, widths, console.width)
    room = sum(least for _, least, _ in fitted) + len(headers) - 1
    console.width = max(console.width, room)  # a terminal breaks what is longer, rich would cut it off
    columns = [
        Column(header, overflow="fold", no_wrap=whole, min_width=least) for header, least, whole in fitted
    ]
    gap = 1 if console.width >= max(ROOMY, room + 2 * len(headers)) else 0
    table = Table(*columns, title=title, title_justify="left", box=box.SIMPLE_HEAD, padding=(0, gap))
    table.pad_edge = table.show_edge = False
    for row in rows:
        table.add_row(*row)
    for part in ("", table, ""):
        console.print(part)


def _fitted(headers: list[str], widths: list[int], room: int) -> list[tuple[str, int, bool]]:
    """Of each column the header, the least width, and whether its cells stay whole. What does not fit has its headers
    broken between words, then all of its cells but the short ones."""
    from rich.cells import cell_len

    def column(header: str, width: int, whole: int) -> tuple[str, int, bool]:
        least = max(map(cell_len, header.splitlines() or [""]))
        kept = 0 < width <= whole
        return (
            header,
            max(width, least) if kept else max(min(width, FOLDED, whole), least if broken else 0),
            kept,
        )

    for broken, whole in ((False, KEPT_WHOLE), (True, KEPT_WHOLE), (True, SHORT)):
        shown = [header.replace(" ", "\n") if broken else header for header in headers]
        fitted = [column(header, width, whole) for header, width in zip(shown, widths, strict=True)]
        if sum(least for _, least, _ in fitted) + len(headers) - 1 <= room:
            break
    return fitted


def _print_csv(rows: list[dict[str, Any]], fields: tuple[str, ...]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(fields)
    writer.writerows([_safe(row[name]) for name in fields] for row in rows)


_STAMP = re.compile(r"^(\d{4}-\d\d-\d\d)T(\d\d:\d\d):[\d.:]+Z$")


def _safe(value: Any) -> Any:
    if value is None or isinstance(value, int | float):
        return value
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return _STAMP.sub(r"\1 \2Z", str(value))


def _folder(ctx: click.Context, _parameter: click.Parameter, value: str | None) -> Folder:
    return Folder(Path(value or ctx.obj or "gongkai-archive"))


def _as_of(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> datetime:
    if value is None:
        return clock.now()
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value} is no date like 2025-02-01") from None
    return clock.end_of_day(day)
