"""What a search found, as people read it on a terminal and scripts read it from a pipe."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from itertools import count
from typing import Any

import click

from crawler import fields
from crawler.console import counted, print_rows
from crawler.discovery.batch import spans
from crawler.discovery.comparison import Difference
from crawler.discovery.proposal import Proposal, dump

REVIEW = {
    "id": "portal",
    "name": "name",
    "columns": "columns",
    "units": "units found/expected",
    "years": "years (lacking)",
    "reports": "reports/entries",
    "last_pages": "last page reached",
    "trouble": "trouble",
}
CHANGES = {
    "column": "column",
    "state": "state",
    "recorded": "in the record",
    "found": "found",
    "said": "seen there",
}


def show_proposal(proposal: Proposal, *, as_json: bool) -> None:
    """The record on standard output, what it rests on beside it; or everything as JSON."""
    if as_json:
        click.echo(json.dumps(asdict(proposal), ensure_ascii=False, indent=1))
        return
    if proposal.record is not None:
        click.echo(dump(proposal.record), nl=False)
    for column in proposal.seen:
        found = f"{counted(column.reports, 'report')} of {counted(len(column.units), 'unit')}, {spans(column.years)}"
        walked = f"{counted(column.pages, 'page')} ({column.stop})"
        click.echo(
            f"{column.id}: {column.name}, {found}, {walked}; because {'; '.join(column.because)}", err=True
        )
    show_trouble(proposal)


def show_differences(
    differences: list[Difference], proposal: Proposal, *, as_json: bool, as_csv: bool
) -> None:
    """What became of the columns of a record; as JSON with the record that follows."""
    rows = [asdict(difference) for difference in differences]
    if as_json and not as_csv:
        told = {"differences": rows, "record": proposal.record, "trouble": proposal.trouble}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    print_rows(rows, CHANGES, fields.DIFFERENCES, as_json=as_json, as_csv=as_csv)
    show_trouble(proposal)


def show_review(rows: list[dict[str, Any]], *, as_json: bool, as_csv: bool) -> None:
    """The table of a folder of proposals."""
    print_rows(rows, REVIEW, fields.PROPOSALS, as_json=as_json, as_csv=as_csv, shown=_reviewed)


def show_trouble(proposal: Proposal) -> None:
    """What could not be seen, and what a person has to look at."""
    for trouble in proposal.trouble:
        click.echo(f"trouble: {trouble}", err=True)
    if any("private address" in trouble for trouble in proposal.trouble):
        click.echo("a portal in this network or on this machine is looked at with --allow-private", err=True)


@contextmanager
def counting(total: int) -> Iterator[Callable[[str], None]]:
    """A line for each proposal as it comes, above a bar on a terminal."""
    numbers = count(1)
    if not sys.stderr.isatty():
        yield lambda line: click.echo(f"[{next(numbers)}/{total}] {line}", err=True)
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True, highlight=False, markup=False), transient=True) as bar:
        task = bar.add_task("searching", total=total)

        def told(line: str) -> None:
            bar.console.print(f"[{next(numbers)}/{total}] {line}")
            bar.advance(task)

        yield told


def brief(proposal: Proposal) -> str:
    """A proposal on one line."""
    if proposal.record is None:
        return f"no column found; {'; '.join(proposal.trouble)}"
    years = sorted({year for column in proposal.seen for year in column.years})
    record = proposal.record
    columns, units = counted(len(proposal.seen), "column"), counted(len(record["units"]), "unit")
    said = f"{record['name']}, {columns}, {units}, {spans(years)}"
    return f"{said}; {counted(len(proposal.trouble), 'note')}" if proposal.trouble else said


def _reviewed(row: dict[str, Any]) -> dict[str, Any]:
    lacking = f" ({spans(row['years_lacking'])})" if row["years_lacking"] else ""
    return {
        **row,
        "units": f"{row['units']}/{row['units_expected'] or '?'}",
        "years": spans(row["years"]) + lacking,
        "reports": f"{row['reports']}/{row['entries']}",
    }
