"""`gongkai cite`."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import click

from archive import clock
from archive.exports import citation
from archive.exports.editions import CHOICES
from archive.exports.evidence import Evidence, evidence
from archive.exports.package import last_evidence
from archive.exports.selection import Selection, units
from archive.exports.standing import Options
from archive.folder import Folder
from archive.history.query import asked
from archive.readings import generation
from crawler.console import archive_option, as_of_option, print_table, say_behind

Dataset = tuple[date, int]
"""The day up to which the archive had seen, and the generation of its readings."""


@click.command(short_help="where a number stands, and how to cite it")
@click.argument("unit")
@click.argument("year", type=int)
@click.argument("cell", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(("text", "gbt", "bibtex", "json")),
    default="text",
    show_default=True,
    help="For a person; citations after GB/T 7714—2025; BibTeX; all facts.",
)
@click.option(
    "--version",
    "choice",
    type=click.Choice(CHOICES),
    default="latest",
    show_default=True,
    help="The report as last seen, as first seen, or as last seen by the end of the due day.",
)
@as_of_option
@archive_option
def command(
    unit: str, year: int, cell: str | None, form: str, choice: Any, as_of: datetime, archive: Folder
) -> None:
    """What proves the report of UNIT for YEAR, or one CELL of it: title, address, instant of capture, digests, WARC
    file and offset, place in the document, with citations of the page and of the dataset.

    \b
    gongkai cite 白鹭镇 2024
    gongkai cite 白鹭镇 2024 requests.received.total --format gbt
    gongkai cite 990101100 2024 requests.granted.total --format bibtex >> refs.bib
    """
    options = Options(choice, joining="near")
    with asked(archive, as_of, unit=unit, events=False) as of:
        say_behind(of.behind)
        (body,) = units(of, Selection(unit))
        found = evidence(of, archive, body, year, cell, options)
        seen = min(last_evidence(of.database), clock.stamp(as_of))
        WRITERS[form](found, (clock.day(seen), generation.shown(of.database)))


def _text(found: Evidence, dataset: Dataset) -> None:
    rows = [[name, _plain(value)] for name, value in found.as_json().items() if value not in (None, "", [])]
    print_table(rows, ["", f"{found.unit.name} {found.year}"])
    _gbt(found, dataset)
    click.echo("")
    _bibtex(found, dataset)


def _gbt(found: Evidence, dataset: Dataset) -> None:
    lines = [citation.gbt(found), citation.locator(found), citation.archived(found)]
    click.echo("\n".join(filter(None, [*lines, citation.gbt_dataset(*dataset)])))


def _bibtex(found: Evidence, dataset: Dataset) -> None:
    click.echo(citation.bibtex(found) + "\n")
    click.echo(citation.bibtex_dataset(*dataset))


def _json(found: Evidence, dataset: Dataset) -> None:
    cited = {
        "gbt": citation.gbt(found),
        "locator": citation.locator(found) or None,
        "archived": citation.archived(found),
        "bibtex": citation.bibtex(found),
        "dataset_gbt": citation.gbt_dataset(*dataset),
        "dataset_bibtex": citation.bibtex_dataset(*dataset),
    }
    click.echo(json.dumps(found.as_json() | {"citations": cited}, ensure_ascii=False, indent=1))


WRITERS = {"text": _text, "gbt": _gbt, "bibtex": _bibtex, "json": _json}


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return " / ".join(map(str, value.values()))
    return ", ".join(value) if isinstance(value, list) else str(value)
