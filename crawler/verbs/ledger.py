"""`gongkai ledger`."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from archive.folder import Folder
from archive.history import named, query
from archive.history.query import Only, asked
from archive.web.codes import PRESENCE
from crawler import fields
from crawler.console import archive_option, listing_options, print_rows, say_behind
from parsers.errors import Fault

COLUMNS = {
    "name": "单位 unit",
    "year": "年度",
    "state": "state",
    "published": "published",
    "due": "due",
    "why": "why",
}
RATES = {
    "area": "area",
    "year": "年度",
    "expected": "expected",
    "present": "present",
    "on_time": "on time",
    "late": "late",
    "withdrawn": "withdrawn",
    "missing": "missing",
    "unseen": "unseen",
    "share": "present of expected",
}


@click.command(short_help="what was seen, when, against which due day")
@click.option("--unit", help="Only this unit (code or name).")
@click.option("--county", metavar="CODE", help="Only units of this division (six digits).")
@click.option("--year", type=int, help="Only this report year.")
@click.option("--presence", type=click.Choice(list(PRESENCE)), help="Only rows in this state.")
@click.option(
    "--rates",
    type=click.Choice(tuple(query.AREAS)),
    help="Count instead: of the reports that were due how many were seen, by area or by kind of unit.",
)
@click.option(
    "--all",
    "everyone",
    is_flag=True,
    help="With --rates, count units that nobody listed too: learned and assumed.",
)
@listing_options
@archive_option
def command(
    unit: str | None,
    county: str | None,
    year: int | None,
    presence: str | None,
    rates: str | None,
    everyone: bool,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """The deadline ledger: each unit and year with what was seen of its report.

    --rates counts reports that were due: `expected` is the denominator, `present` the numerator; where some are
    `unseen` the rate can only be higher. Reports that were withdrawn were expected and are not present.

    \b
    gongkai ledger --year 2024
    gongkai ledger --county 230521 --year 2022
    gongkai ledger --unit 白鹭镇 --as-of 2025-02-01 --csv
    gongkai ledger --rates city --year 2024 --json
    """
    if rates and (unit or presence):
        raise Fault("--rates counts units of areas: it takes neither --unit nor --presence")
    with asked(archive, as_of, unit=unit, county=county, events=False) as of:
        say_behind(of.behind)
        code = named.unit_code(of, unit) if unit else None
        county = named.division_code(of, county) if county else None
        only = Only(code, county, year, presence, sure=bool(rates) and not everyone)
        if rates:
            counted = query.rates(of, rates, only)
            print_rows(counted, RATES, fields.RATES, as_json=as_json, as_csv=as_csv, shown=_share)
        else:
            rows = query.ledger(of, only)
            print_rows(rows, COLUMNS, fields.LEDGER, as_json=as_json, as_csv=as_csv, shown=brief)


def _share(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "share": f"{row['present']}/{row['expected']} {row['rate']:.1%}"}


def brief(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the ledger as a table shows it: presence and timing as one, and a reading that is not sure."""
    days = dict.fromkeys(day for day in (row["not_before"], row["not_after"]) if day)
    doubt = [f"reading: {row['reading']}"] if row["reading"] not in {None, "ok"} else []
    state = " ".join(filter(None, (row["presence"], row["timing"])))
    return {**row, "state": state, "published": " – ".join(days), "why": [*doubt, *row["why"]]}
