"""`gongkai changes`."""

from __future__ import annotations

import re
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import click

from archive import clock
from archive.exports.feed import addresses, cell_line, digest, in_order, kind_label, write_atom
from archive.exports.told import Told
from archive.folder import Folder
from archive.history import named, query
from archive.history.kinds import KINDS
from archive.history.query import Asked, asked
from crawler import fields
from crawler.console import archive_option, listing_options, print_rows, say_behind
from crawler.folding import folded
from parsers.errors import Fault

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "kind": "kind",
    "seen_before": "seen before",
    "seen_at": "first seen",
    "what": "what",
}
SHOWN_CELLS = 6
HELP = 76
"""Columns of a line of help."""
EVENT_ID = re.compile(r"[0-9a-f]{16}")


def _since(_ctx: click.Context, _parameter: click.Parameter, value: str | None) -> str:
    """The first stamp of a Beijing day, or the id of an event."""
    if value is None or EVENT_ID.fullmatch(value):
        return value or ""
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value} is no date like 2025-02-01, and no id of an event") from None
    return clock.stamp(datetime.combine(day, time.min, clock.BEIJING).astimezone(UTC))


def _kinds() -> str:
    """Every kind of event, its label and its meaning, a paragraph each; `\b` keeps click from folding it as if a
    Chinese character took one column."""
    lines = (folded(f"{kind.zh} {code}: {kind.meaning}", HELP, "", "  ") for code, kind in KINDS.items())
    return "Kinds of events:\n\n" + "\n\n".join("\b\n" + "\n".join(kind) for kind in lines)


@click.command(short_help="what changed between captures", epilog=_kinds())
@click.option("--unit", help="Only this unit (code or name).")
@click.option("--year", type=int, help="Only this report year.")
@click.option(
    "--kind", type=click.Choice(list(KINDS)), metavar="KIND", help="Only events of this kind, of those below."
)
@click.option(
    "--since",
    metavar="DATE|EVENT",
    callback=_since,
    help="Only what was first seen or confirmed on that Beijing day or later, or became known after that event.",
)
@click.option(
    "--new", is_flag=True, help="Only what no earlier --new of this archive has told (told.txt keeps it)."
)
@click.option(
    "--atom", metavar="FILE", type=click.Path(path_type=Path), help="Write an Atom feed and print nothing."
)
@click.option("--digest", "as_digest", is_flag=True, help="Print a short text in Chinese for a mail.")
@listing_options
@archive_option
def command(
    unit: str | None,
    year: int | None,
    kind: str | None,
    since: str,
    new: bool,
    atom: Path | None,
    as_digest: bool,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """What happened to reports: revised cell by cell, moved, withdrawn, contested, copied, at odds with last year.

    `revised` is said only of what was seen twice at least 24 hours apart. An event keeps its id for ever, and stands
    in a feed once. --digest prints nothing where nothing is new, so that a timer mails only news.

    \b
    gongkai changes --kind revised --json
    gongkai changes --since 2025-02-01 --atom /var/www/changes.xml
    gongkai changes --digest --new | mail -E -s '年报变动' me@example.org
    gongkai changes --digest --new | ifne apprise -t '年报变动' 'mailto://…'
    """
    if sum((as_json, as_csv, as_digest, atom is not None)) > 1:
        raise Fault("--json, --csv, --digest and --atom exclude each other")
    with asked(archive, as_of, unit=unit) as of, Told(archive) if new else nullcontext() as told:
        say_behind(of.behind)
        code = named.unit_code(of, unit) if unit else None
        rows = _wanted(of, since, unit=code, year=year, kind=kind)
        if told:
            rows = told.untold(rows)
        if atom:
            write_atom(atom, rows, addresses(of.database, rows), as_of)
        elif as_digest:
            if text := digest(rows, addresses(of.database, rows), as_of):
                click.echo(text)
        else:
            print_rows(rows, COLUMNS, fields.EVENTS, as_json=as_json, as_csv=as_csv, shown=brief)


def _wanted(of: Asked, since: str, **only: Any) -> list[dict[str, Any]]:
    if EVENT_ID.fullmatch(since):
        after = {event["id"] for event in in_order(query.events(of), since)}
        return [event for event in in_order(query.events(of, **only)) if event["id"] in after]
    return in_order(query.events(of, **only, since=since))


def brief(row: dict[str, Any]) -> dict[str, Any]:
    """An event as a table shows it: days, what it says, and the first of its cells or sentences."""
    cells = [_cell(cell) for cell in row["cells"][:SHOWN_CELLS]]
    if len(row["cells"]) > SHOWN_CELLS:
        cells.append(f"and {len(row['cells']) - SHOWN_CELLS} more")
    days = {key: (row[key] or "")[:10] for key in ("seen_before", "seen_at", "confirmed_at")}
    return {**row, **days, "kind": kind_label(row["kind"]), "what": [row["message"], *cells]}


def _cell(cell: dict[str, Any]) -> str:
    if cell["path"].startswith("sections."):
        return cell_line(cell)
    return f"{cell['path']}: {cell['old']} → {cell['new']}"
