"""A Frictionless data package of an archive: tables with schemas, labels in two languages, sources and digests.

The same archive, release and options give the same bytes: rows have one order, and the only instant in it is that of
the archive, `as_of`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

from archive import clock
from archive.database import Database
from archive.exports.beside import folder_beside
from archive.exports.formats import Format, write_csv, write_parquet, write_xlsx
from archive.exports.quality import NO_VALUE, QUALITIES
from archive.exports.tables import TABLES, Holdings, Table
from archive.readings import generation
from parsers.errors import Fault
from parsers.forms import FORMS
from parsers.forms.annex import AUTHORITY

DESCRIPTOR = "datapackage.json"
MEDIA = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "parquet": "application/vnd.apache.parquet",
}
CODES = {"quality": QUALITIES, "why_no_value": NO_VALUE}
"""Columns whose codes are explained in their description."""

Progress = Callable[[Table, int], Any]
"""Told of a table and the number of its steps; a context that gives what is called with the steps done."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a package is written, and with which tables."""

    format: Format = "csv"
    excel: bool = False
    tables: frozenset[str] = field(default_factory=lambda: frozenset(table.name for table in TABLES))


@contextmanager
def silent(_table: Table, _steps: int) -> Iterator[Callable[[int], None]]:
    """No progress."""
    yield lambda _: None


def last_evidence(database: Database) -> str:
    """The instant of the last thing that was seen: what an archive says without being asked of a day."""
    row = database.execute(
        """SELECT max(at) FROM (SELECT max(at) AS at FROM captures UNION ALL SELECT max(ended_at) FROM walks
           UNION ALL SELECT max(at) FROM failures)"""
    ).fetchone()
    if row[0] is None:
        raise Fault("the archive holds no capture yet: there is nothing to export")
    return str(row[0])


def write_package(
    what: Holdings, target: Path, style: Style, *, overwrite: bool = False, progress: Progress = silent
) -> dict[str, int]:
    """Write a package into a folder and return the number of rows of each table."""
    _check_target(target, overwrite=overwrite)
    resources, counts = [], {}
    with folder_beside(target) as folder:
        for table in TABLES:
            if table.name not in style.tables:
                continue
            path = folder / f"{table.name}.{style.format}"
            with progress(table, len(what.units)) as tick:
                counts[table.name] = _write(what, table, path, style, tick)
            resources.append(_resource(table, path, style))
        text = json.dumps(_descriptor(what, resources, style), ensure_ascii=False, indent=1)
        (folder / DESCRIPTOR).write_text(text + "\n", encoding="utf-8")
    return counts


def _check_target(target: Path, *, overwrite: bool) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise Fault(f"{target} is a file: a package is a folder")
    ours = (target / DESCRIPTOR).is_file() and '"gongkai"' in (target / DESCRIPTOR).read_text("utf-8")
    if any(target.iterdir()) and not (overwrite and ours):
        hint = "--overwrite replaces it" if ours else "and no package of gongkai: choose another folder"
        raise Fault(f"{target} is there already; {hint}")


def _write(what: Holdings, table: Table, path: Path, style: Style, tick: Callable[[int], None]) -> int:
    count = 0

    def counted() -> Iterator[Any]:
        nonlocal count
        for row in table.rows(what, tick):
            count += 1
            yield row

    if style.format == "csv":
        write_csv(path, table.fields, counted(), excel=style.excel)
    elif style.format == "xlsx":
        write_xlsx(path, table.fields, counted(), what.of.at)
    else:
        write_parquet(path, table.fields, counted())
    return count


def _resource(table: Table, path: Path, style: Style) -> dict[str, Any]:
    data = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            data.update(chunk)
    resource: dict[str, Any] = {
        "name": table.name.replace("_", "-"),
        "path": path.name,
        "profile": "tabular-data-resource" if style.format == "csv" else "data-resource",
        "title": f"{table.zh} {table.en}",
        "labels": {"zh": table.zh, "en": table.en},
        "format": style.format,
        "mediatype": MEDIA[style.format],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{data.hexdigest()}",
    }
    if style.format == "csv":
        end = "\r\n" if style.excel else "\n"
        resource |= {
            "encoding": "utf-8",
            "dialect": {"delimiter": ",", "lineTerminator": end, "header": True},
        }
    return resource | {"schema": _schema(table, style)}


def _schema(table: Table, style: Style) -> dict[str, Any]:
    fields = [
        {
            "name": f.name,
            "type": f.type,
            "title": f"{f.zh} {f.en}",
            "labels": {"zh": f.zh, "en": f.en},
            **({"format": "any"} if f.type == "datetime" else {}),
            **({"description": _codebook(f.name)} if f.name in CODES else {}),
            **({"constraints": {"required": True}} if f.name in table.key else {}),
        }
        for f in table.fields
    ]
    schema: dict[str, Any] = {"fields": fields, "primaryKey": list(table.key), "missingValues": [""]}
    references = [
        {"fields": own, "reference": {"resource": other.replace("_", "-"), "fields": theirs}}
        for own, other, theirs in table.refers
        if other in style.tables
    ]
    return schema | ({"foreignKeys": references} if references else {})


def _codebook(name: str) -> str:
    return "; ".join(f"{code}: {zh} {en}" for code, (zh, en) in CODES[name].items())


def _descriptor(what: Holdings, resources: list[dict[str, Any]], style: Style) -> dict[str, Any]:
    as_of = clock.stamp(what.of.at)
    options = what.options
    return {
        "profile": "tabular-data-package" if style.format == "csv" else "data-package",
        "name": "gongkai",
        "title": "政府信息公开工作年度报告数据 Annual reports on Open Government Information",
        "created": as_of,
        "sources": [*_forms(), *_portals(what)],
        "gongkai": {
            "software": f"gongkai/{version('gongkai')}",
            "generation": generation.shown(what.of.database),
            "as_of": as_of,
            "version": options.choice,
            "join": options.joining,
            "zero": sorted(options.zero),
            "excel": style.excel,
            "years": list(what.years),
            "units": len(what.units),
            "indicators": len(what.indicators),
        },
        "resources": resources,
    }


def _forms() -> list[dict[str, str]]:
    authorities = {"2014": AUTHORITY} | {code: form.authority for code, form in FORMS.items()}
    return [{"title": f"表式 form {code}: {authority}"} for code, authority in authorities.items()]


def _portals(what: Holdings) -> list[dict[str, str]]:
    """The columns of the portals of the chosen units, as their last walks went by them."""
    portals = {unit.portal for unit in what.units}
    rows = what.of.database.execute(
        """SELECT portal, json_extract(portal_record, '$.name'), url, max(begun_at) FROM walks WHERE ended_at <= ?
           GROUP BY portal, "column" ORDER BY portal, url""",
        [clock.stamp(what.of.at)],
    )
    return [{"title": name, "path": url} for portal, name, url, _ in rows if portal in portals]
