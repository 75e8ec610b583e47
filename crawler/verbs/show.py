"""`gongkai show`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import click

from archive.database import Database
from archive.folder import Folder
from archive.history import named, query
from archive.history.judgements import cells as judged_cells
from archive.history.query import Only, asked, reading
from archive.inputs import read_judgements
from archive.readings.tables import load
from crawler import fields
from crawler.console import archive_option, counted, listing_options, print_rows, say_behind
from crawler.verbs.changes import COLUMNS as EVENT_COLUMNS
from crawler.verbs.changes import brief as event_brief
from crawler.verbs.ledger import COLUMNS as LEDGER_COLUMNS
from crawler.verbs.ledger import brief
from crawler.verbs.summary import summary
from parsers import report as parsed
from parsers.errors import Fault
from parsers.forms.indicators import INDICATORS, path_label


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
    with asked(archive, as_of, unit=unit) as of:
        say_behind(of.behind)
        code = named.unit_code(of, unit)
        rows = list(query.ledger(of, Only(unit=code, year=year)))
        happened = list(query.events(of, unit=code, year=year))
        if year is None:
            print_rows(rows, LEDGER_COLUMNS, fields.LEDGER, as_json=as_json, as_csv=as_csv, shown=brief)
            if happened and not (as_json or as_csv):
                print_rows(happened, EVENT_COLUMNS, as_json=False, as_csv=False, shown=event_brief)
            return
        if not rows:
            raise Fault(f"nothing is known of {unit} in {year}")
        happened += query.events(of, unit=code, year=year, kind="first_seen")
        happened.sort(key=lambda event: event["seen_at"])
        found = query.renditions(of, code, year)
        lines = [line for line in read_judgements(archive.inputs) if line.about(code, year)]
        judged = [cell.as_row() for cell in judged_cells(of.database, lines)]
        if as_json:
            documents = _reports(of.database, found)
            everything = {"ledger": rows, "reports": documents, "events": happened, "judged": judged}
            click.echo(json.dumps(everything, ensure_ascii=False))
        elif as_csv:
            beside = {cell["path"]: cell["judged"] for cell in judged if cell["state"] == "applied"}
            cells = ({**cell, "judged": beside.get(cell["path"])} for cell in _cells(of.database, found))
            print_rows(cells, {}, fields.CELLS, as_json=False, as_csv=True)
        else:
            print_rows(rows, LEDGER_COLUMNS, as_json=False, as_csv=False, shown=brief)
            for rendition in found:
                click.echo(summary(_name(rendition), load(of.database, rendition["reading"])) + "\n")
            if judged:
                print_rows(judged, JUDGED_COLUMNS, as_json=False, as_csv=False)
            if happened:
                print_rows(happened, EVENT_COLUMNS, as_json=False, as_csv=False, shown=event_brief)


PLACES = {path: place for place, path in enumerate(INDICATORS)}
"""Where a cell stands in the forms."""
JUDGED_COLUMNS = {
    "path": "path",
    "as_read": "as read",
    "judged": "judged",
    "reason": "reason",
    "by": "by",
    "state": "state",
}


ABOUT = ("address", "url", "first_seen", "last_seen", "sights", "capture", "moved_to")


def _reports(database: Database, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    reports: dict[str, dict[str, Any]] = {}
    for rendition in found:
        head = {"scope": rendition["scope"], "contested": rendition["contested"] or "", "lines": []}
        report = reports.setdefault(rendition["scope"], head)
        about = {name: rendition[name] for name in ABOUT}
        report["lines"].append({**about, **reading(database, rendition["reading"])})
    return list(reports.values())


def _name(rendition: dict[str, Any]) -> str:
    return f"{rendition['url']} ({rendition['format']}, {counted(rendition['sights'], 'sight')})"


def _cells(database: Database, found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for rendition in found:
        read = load(database, rendition["reading"])
        for path, value in sorted(read.cells().items(), key=lambda cell: PLACES.get(cell[0], len(PLACES))):
            note = read.notes.get(path)
            yield {
                "url": rendition["url"],
                "format": rendition["format"],
                "path": path,
                "label": path_label(path),
                "value": parsed.number(value),
                "text": note.text if note else None,
                "flag": note.flag if note else None,
            }
