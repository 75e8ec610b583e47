"""`gongkai show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from typing import Any

import click

from archive.database import Database, read_database
from archive.folder import Folder
from archive.history.derive import State
from archive.history.lines import Report
from archive.history.query import find_unit, ledger_row, reading, state
from archive.readings.tables import load
from crawler.console import archive_option, listing_options, print_rows
from crawler.labels import path_label
from crawler.verbs.changes import COLUMNS as EVENT_COLUMNS
from crawler.verbs.changes import brief as event_brief
from crawler.verbs.changes import event_row
from crawler.verbs.ledger import COLUMNS as LEDGER_COLUMNS
from crawler.verbs.ledger import brief
from crawler.verbs.summary import summary
from parsers import report as parsed
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
    rows = [ledger_row(row) for row in shown.ledger if (row.unit.code, row.year) == (code, year)]
    if not rows:
        raise Fault(f"nothing is known of {unit} in {year}")
    happened = [event_row(shown, e) for e in shown.events if (e.unit, e.year) == (code, year)]
    found = [r for r in shown.reports if (r.unit.code, r.year) == (code, year)]
    with closing(read_database(archive)) as database:
        if as_json:
            documents = [_report(database, report) for report in found]
            click.echo(
                json.dumps({"ledger": rows, "reports": documents, "events": happened}, ensure_ascii=False)
            )
        elif as_csv:
            cells = [cell for report in found for cell in _cells(database, report)]
            print_rows(cells, CELL_COLUMNS, as_json=False, as_csv=True)
        else:
            print_rows(rows, LEDGER_COLUMNS, as_json=False, as_csv=False, shown=brief)
            for name, report in _renditions(database, found):
                click.echo(summary(name, report) + "\n")
            print_rows(happened, EVENT_COLUMNS, as_json=False, as_csv=False, shown=event_brief)


CELL_COLUMNS = {
    "address": "address",
    "path": "path",
    "label": "label",
    "value": "value",
    "text": "text",
    "flag": "flag",
}


def _unit(shown: State, code: str, *, as_json: bool, as_csv: bool) -> None:
    rows = [ledger_row(row) for row in shown.ledger if row.unit.code == code]
    print_rows(rows, LEDGER_COLUMNS, as_json=as_json, as_csv=as_csv, shown=brief)
    if not (as_json or as_csv):
        events = [event_row(shown, e) for e in shown.events if e.unit == code and e.kind != "first_seen"]
        print_rows(events, EVENT_COLUMNS, as_json=False, as_csv=False, shown=event_brief)


def _report(database: Database, report: Report) -> dict[str, Any]:
    lines = [
        {
            "address": line.address,
            "url": rendition.url,
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


def _renditions(database: Database, found: list[Report]) -> Iterator[tuple[str, parsed.Report]]:
    for report in found:
        for line in report.lines:
            for rendition in line.renditions:
                name = f"{rendition.url} ({rendition.format}, {len(rendition.seen)} sights)"
                yield name, load(database, rendition.latest.id)


def _cells(database: Database, report: Report) -> Iterator[dict[str, Any]]:
    for name, read in _renditions(database, [report]):
        for path, value in read.cells().items():
            note = read.notes.get(path)
            yield {
                "address": name,
                "path": path,
                "label": path_label(path),
                "value": parsed.number(value),
                "text": note.text if note else None,
                "flag": note.flag if note else None,
            }
