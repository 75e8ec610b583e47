"""`gongkai changes`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from archive.folder import Folder
from archive.history import query
from archive.history.query import asked
from crawler.console import archive_option, listing_options, print_rows, say_behind

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "kind": "kind",
    "seen_before": "seen before",
    "seen_at": "first seen",
    "what": "what",
}
SHOWN_CELLS = 6


@click.command(short_help="what changed between captures")
@click.option("--unit", help="Only this unit (code or name).")
@click.option("--year", type=int, help="Only this report year.")
@click.option("--kind", help="Only events of this kind (revised, moved, withdrawn, …).")
@click.option("--since", metavar="YYYY-MM-DD", help="Only what was first seen on that day or later.")
@listing_options
@archive_option
def command(
    unit: str | None,
    year: int | None,
    kind: str | None,
    since: str | None,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """What happened to reports: revised cell by cell, moved, withdrawn, contested, broken identities across years.

    `revised` is said only of what was seen twice at least 24 hours apart.

    \b
    gongkai changes --kind revised --json
    """
    with asked(archive, as_of) as of:
        say_behind(of.behind)
        code = query.unit_code(of, unit) if unit else None
        rows = query.events(of, unit=code, year=year, kind=kind, since=since or "")
        print_rows(rows, COLUMNS, as_json=as_json, as_csv=as_csv, shown=brief)


def brief(row: dict[str, Any]) -> dict[str, Any]:
    """An event as a table shows it: days, and the first of its cells."""
    cells = [f"{c['path']}: {c['old']} → {c['new']}" for c in row["cells"][:SHOWN_CELLS]]
    if len(row["cells"]) > SHOWN_CELLS:
        cells.append(f"and {len(row['cells']) - SHOWN_CELLS} more")
    days = {key: (row[key] or "")[:10] for key in ("seen_before", "seen_at", "confirmed_at")}
    return {**row, **days, "what": cells or row["message"]}
