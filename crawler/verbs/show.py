"""`gongkai show`."""

from __future__ import annotations

import json
from contextlib import closing
from datetime import datetime
from typing import Any

import click

from archive.database import Database, read_database
from archive.derive import State
from archive.folder import Folder
from archive.lines import Report
from archive.query import find_unit, ledger_row, reading, state
from crawler.console import archive_option, listing_options, print_rows, print_table
from crawler.labels import path_label
from crawler.verbs.changes import COLUMNS as EVENT_COLUMNS
from crawler.verbs.changes import event_row
from crawler.verbs.ledger import COLUMNS as LEDGER_COLUMNS
from parsers.errors import Fault


@click.command(short_help="what is known of a unit")
@click.argument("unit")
@click.argument("year", type=int, required=False)
@listing_options
@archive_option
def command(
    unit: str, year: int | None, as_of: datetime, archive: Folder, as_json: bool, as_csv: bool
) -> None:
    """What is known of UNIT (code or name): its ledger and events; with YEAR the report itself, every cell of it.

    \b
    gongkai show 白鹭镇
    gongkai show 白鹭镇 2024 --json
    """
    shown = state(archive, as_of)
    code = find_unit(shown, unit).code
    if year is None:
        _unit(shown, code, as_json=as_json, as_csv=as_csv)
        return
    with closing(read_database(archive)) as database:
        found = [r for r in shown.reports if (r.unit.code, r.year) == (code, year)]
        rows = [ledger_row(row) for row in shown.ledger if (row.unit.code, row.year) == (code, year)]
        documents = [_report(database, report) for report in found]
    if not rows:
        raise Fault(f"nothing is known of {unit} in {year}")
    if as_csv:
        lines = [line for report in documents for line in report["lines"]]
        cells = [{"line": x["address"], "path": p, "value": v} for x in lines for p, v in x["cells"].items()]
        print_rows(cells, {"line": "", "path": "", "value": ""}, as_json=False, as_csv=True)
    elif as_json:
        events = [event_row(shown, e) for e in shown.events if (e.unit, e.year) == (code, year)]
        click.echo(
            json.dumps({"ledger": rows, "reports": documents, "events": events}, ensure_ascii=False, indent=1)
        )
    else:
        _print(shown, code, year, rows, documents)


def _unit(shown: State, code: str, *, as_json: bool, as_csv: bool) -> None:
    rows = [ledger_row(row) for row in shown.ledger if row.unit.code == code]
    print_rows(rows, LEDGER_COLUMNS, as_json=as_json, as_csv=as_csv)
    if not (as_json or as_csv):
        events = [event_row(shown, e) for e in shown.events if e.unit == code and e.kind != "first_seen"]
        print_rows(events, EVENT_COLUMNS, as_json=False, as_csv=False)


def _report(database: Database, report: Report) -> dict[str, Any]:
    lines = [
        {
            "address": line.address,
            "url": rendition.url,
            "format": rendition.format,
            "first_seen": rendition.seen[0].sight.at,
            "last_seen": rendition.seen[-1].sight.at,
            "sights": len(rendition.seen),
            "capture": rendition.seen[-1].sight.record,
            "moved_to": line.moved_to,
            **reading(database, rendition.latest.id),
        }
        for line in report.lines
        for rendition in line.renditions
    ]
    return {"scope": report.scope, "contested": report.contested, "lines": lines}


def _print(
    shown: State, code: str, year: int, rows: list[dict[str, Any]], documents: list[dict[str, Any]]
) -> None:
    print_rows(rows, LEDGER_COLUMNS, as_json=False, as_csv=False)
    for report in documents:
        for line in report["lines"]:
            click.echo(f"{line['title'] or ''}  {line['url']}  ({line['format']}, {line['sights']} sights)")
            cells = [[path_label(p), p, "" if v is None else str(v)] for p, v in line["cells"].items()]
            print_table(cells, ["", "path", "value"])
            for finding in line["findings"]:
                click.echo(f"{finding['code']}: {finding['message']}")
    events = [event_row(shown, e) for e in shown.events if (e.unit, e.year) == (code, year)]
    print_rows(events, EVENT_COLUMNS, as_json=False, as_csv=False)
