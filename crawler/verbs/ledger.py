"""`gongkai ledger`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from archive.folder import Folder
from archive.history.query import find_unit, ledger_row, state
from crawler.console import archive_option, listing_options, print_rows

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "state": "state",
    "published": "published",
    "due": "due",
    "why": "why",
}


@click.command(short_help="what was seen, when, against which due day")
@click.option("--unit", help="Only this unit (code or name).")
@click.option("--year", type=int, help="Only this report year.")
@click.option("--presence", help="Only rows in this state (present, missing, unseen, pending, …).")
@listing_options
@archive_option
def command(
    unit: str | None,
    year: int | None,
    presence: str | None,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """The deadline ledger: each unit and year with what was seen of its report.

    \b
    gongkai ledger --year 2024
    gongkai ledger --unit 白鹭镇 --as-of 2025-02-01 --csv
    """
    shown = state(archive, as_of)
    only = find_unit(shown, unit) if unit else None
    rows = [
        ledger_row(row)
        for row in shown.ledger
        if (only is None or row.unit.code == only.code)
        and year in {None, row.year}
        and presence in {None, row.presence}
    ]
    print_rows(rows, COLUMNS, as_json=as_json, as_csv=as_csv, shown=brief)


def brief(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the ledger as a table shows it: presence and timing as one, and a reading that is not sure."""
    days = dict.fromkeys(day for day in (row["not_before"], row["not_after"]) if day)
    doubt = [f"reading: {row['reading']}"] if row["reading"] not in {None, "ok"} else []
    state = " ".join(filter(None, (row["presence"], row["timing"])))
    return {**row, "state": state, "published": " – ".join(days), "why": [*doubt, *row["why"]]}
