"""`gongkai series`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

import click

from archive.exports.aggregate import LEVELS, Level, aggregate
from archive.exports.panel import Cell, panel
from archive.exports.selection import Selection, indicators, units, years
from archive.exports.standing import Options
from archive.folder import Folder
from archive.history.query import asked
from crawler import fields
from crawler.choices import panel_options, selection_options
from crawler.console import archive_option, listing_options, print_rows, print_table, say_behind
from parsers.forms.indicators import path_label
from parsers.report import number, plain

HEADLINES = (
    "requests.received.total",
    "requests.brought_forward.total",
    "requests.granted.total",
    "requests.concluded.total",
    "requests.carried_forward.total",
    "remedies.reconsideration.total",
    "remedies.litigation_direct.total",
    "annex.proactive_total",
)
"""The cells that are shown where none is asked for."""
SIGNS = {"inconsistent": "≠", "doubtful": "?", "ocr": "°", "repaired": "°", "assumed": "*"}
LEGEND = "≠ a sum does not hold, ? doubtful, ° text recognition, * mark counted as zero"
NOT_ASKED = frozenset({"not_in_form", "not_due", "not_expected", "no_report", "unseen"})
"""What stands in each year of a cell that no form of these years asks for."""


@click.command(short_help="figures over the years, balanced, each with its quality or why there is none")
@click.argument("unit", default="")
@selection_options
@panel_options
@click.option(
    "--by", type=click.Choice(tuple(LEVELS)), help="Sums over counties, cities, provinces or kinds."
)
@click.option(
    "--scope",
    type=click.Choice(("own", "consolidated")),
    default="own",
    show_default=True,
    help="Figures of the organ itself, or of reports over its whole area; never both.",
)
@listing_options
@archive_option
def command(
    unit: str,
    selected: Selection,
    paths: tuple[str, ...],
    how: Options,
    by: Level | None,
    scope: Any,
    as_of: datetime,
    archive: Folder,
    as_json: bool,
    as_csv: bool,
) -> None:
    """The figures of UNIT (code or name), or of all units of a county, city, province or kind, year by year.

    The panel is balanced: every unit has every year and every cell, with a value and its quality, or with the reason
    why there is none (not_due, not_expected, no_report, unseen, unread, row_absent, blank, mark, not_in_form). With
    --by a sum says how many units were read and how many were expected. Without --path some main cells are shown.

    \b
    gongkai series 白鹭镇
    gongkai series --county 990101 --path requests.received.total --csv > received.csv
    gongkai series --by kind --path 'requests.*.total' --years 2021-2024 --json
    """
    wanted = replace(selected, unit=unit)
    rows = indicators(paths or HEADLINES)
    options = replace(how, scope=scope)
    code = wanted.county if re.fullmatch(r"\d{6}", wanted.county) else None
    with asked(archive, as_of, unit=unit or None, county=code, events=False) as of:
        say_behind(of.behind)
        chosen = units(of, wanted)
        cells = panel(of, chosen, years(of, chosen, wanted), rows, options)
        if by:
            sums = [_printed(one.as_row()) for one in aggregate(cells, by, scope)]
            print_rows(sums, SUM_COLUMNS, fields.SUMS, as_json=as_json, as_csv=as_csv, shown=_labelled)
        elif as_json or as_csv:
            listed = (_printed(cell.as_row()) for cell in cells)
            print_rows(listed, {}, fields.PANEL, as_json=as_json, as_csv=as_csv)
        else:
            _print_by_year(cells, all_rows=bool(paths))


SUM_COLUMNS = {
    "group": "group",
    "name": "",
    "year": "年度",
    "label": "cell",
    "value": "sum",
    "units_read": "units read",
    "units_expected": "expected",
    "units_unsure": "unsure",
}


def _labelled(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "label": path_label(row["indicator"])}


def _printed(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "value": number(row["value"])}


def _print_by_year(cells: Iterable[Cell], *, all_rows: bool) -> None:
    """A table with a column for each year, without the cells that no form of these years asks for."""
    table: dict[tuple[str, str, str], dict[int, str]] = {}
    for cell in cells:
        table.setdefault((cell.unit.code, cell.unit.name, cell.indicator), {})[cell.year] = _brief(cell)
    listed = sorted({year for of_years in table.values() for year in of_years})
    rows = [
        [name, path_label(path), *(of_years[year] for year in listed)]
        for (_, name, path), of_years in table.items()
        if all_rows or "not_in_form" not in of_years.values() or not NOT_ASKED.issuperset(of_years.values())
    ]
    print_table(rows, ["单位 unit", "cell", *map(str, listed)])
    if any(sign in text for row in rows for text in row[2:] for sign in SIGNS.values()):
        click.echo(LEGEND, err=True)


def _brief(cell: Cell) -> str:
    if cell.value is None:
        return cell.why_no_value or ""
    return plain(cell.value) + SIGNS.get(cell.quality or "", "")
