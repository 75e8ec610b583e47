"""`gongkai parse FILE…`: read files and print what they say; no archive is touched."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from parsers.errors import Status

if TYPE_CHECKING:
    from parsers.parse import Reading


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON line per file.")
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """Read reports of any format, and print issuer, year, form, the statutory tables and what is odd about them.

    Exit status: 0 read; 3 no report in a file; 4 a file cannot be read; with several files the highest.

    \b
    gongkai parse report.pdf
    gongkai parse --json *.html *.docx > reports.jsonl
    """
    return max(_one(path, as_json) for path in files)


def _one(path: Path, as_json: bool) -> int:
    from parsers.engines import OFFICE, Engines
    from parsers.parse import parse

    try:
        data = path.read_bytes()
    except OSError as error:
        click.echo(f"gongkai: {path}: {error.strerror or error}", err=True)
        return Status.UNREADABLE
    reading = parse(data)
    if OFFICE in reading.lacks:
        from parsers import office

        reading = parse(data, Engines(office=office.found()))
    if reading.message:
        click.echo(f"gongkai: {path}: {reading.message}", err=True)
    if not reading.reports:
        return Status.UNREADABLE if reading.outcome == "unreadable" else Status.NO_REPORT
    if as_json:
        click.echo(_json(path, data, reading))
    else:
        from crawler.verbs.summary import summary

        click.echo("\n\n".join(summary(str(path), report) for report in reading.reports))
    return Status.DONE


def _json(path: Path, data: bytes, reading: Reading) -> str:
    from parsers import GENERATION

    source: dict[str, Any] = {
        "file": str(path),
        "sha256": hashlib.sha256(data).hexdigest(),
        "format": reading.format,
        "generation": GENERATION,
        "engines": list(reading.engines),
    }
    reports = [report.as_json(source) for report in reading.reports]
    return json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False)
