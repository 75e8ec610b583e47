"""From a number, or a report, to what proves it: address, instant, digests, WARC record, place in the document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from archive.captures.payloads import read_body
from archive.database import Database
from archive.exports.editions import Shown
from archive.exports.panel import Cell, panel
from archive.exports.place import place_of
from archive.exports.selection import indicators
from archive.exports.standing import Options, Page, Standing, standing
from archive.folder import Folder
from archive.history.query import Asked, reading
from archive.register.units import Unit
from parsers.errors import Fault
from parsers.forms.indicators import INDICATORS
from parsers.report import number


@dataclass(frozen=True, slots=True)
class Capture:
    """A record of a WARC file. Where it repeats an earlier payload, `original` is the record that holds it."""

    record: str
    kind: str
    url: str
    at: str
    payload: str
    body: str | None
    content_type: str | None
    vantage: str | None
    warc: str
    offset: int
    original: Capture | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a unit's report of a year, or one cell of it, rests on. `published` are the Beijing days between which it
    was published, with their basis; `issuer` and `title` are as the document says them."""

    unit: Unit
    year: int
    issuer: str
    title: str
    published: tuple[str | None, str | None, str | None]
    capture: Capture
    shown: Shown
    form: str
    format: str
    generation: int
    engines: list[str]
    cell: Cell | None = None
    place: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The facts as they are printed."""
        own, original = self.capture, self.capture.original or self.capture
        facts = {
            "unit": self.unit.code,
            "name": self.unit.name,
            "year": self.year,
            "issuer": self.issuer,
            "title": self.title,
            "published_not_before": self.published[0],
            "published_not_after": self.published[1],
            "published_basis": self.published[2],
            "url": own.url,
            "captured_at": own.at,
            "figures_seen_since": self.shown.since,
            "vantage": own.vantage,
            "record": own.record,
            "warc": own.warc,
            "offset": own.offset,
            "payload_record": original.record,
            "payload_warc": original.warc,
            "payload_offset": original.offset,
            "payload_sha256": own.payload,
            "body_sha256": own.body,
            "content_type": own.content_type,
            "form": self.form,
            "format": self.format,
            "generation": self.generation,
            "engines": self.engines,
        }
        return facts if self.cell is None else facts | self._of_cell(self.cell)

    def _of_cell(self, cell: Cell) -> dict[str, Any]:
        label = INDICATORS[cell.indicator]
        return {
            "cell": cell.indicator,
            "label": {"zh": label.zh, "en": label.en},
            "value": number(cell.value),
            "text": cell.text,
            "quality": cell.quality,
            "why_no_value": cell.why_no_value,
            "remark": cell.remark or None,
            "place": self.place,
        }


def evidence(
    of: Asked, folder: Folder, unit: Unit, year: int, path: str | None = None, options: Options | None = None
) -> Evidence:
    """What a report, or a cell of it, rests on; a fault where no report was read."""
    options = options or Options()
    one = next(standing(of, [unit], [year], options))
    if not one.pages:
        raise Fault(_nothing(one, options))
    if path is None:
        return _evidence(of.database, one, one.pages[0], None, None)
    cell = _cell(of, one, path, options)
    page = next(page for page in one.pages if page.shown == cell.shown)
    source = cell.source.partition(" + ")[0] if cell.source else path
    data = read_body(of.database, folder, page.figures.body)
    place = place_of(data, _part(of.database, page.shown.reading), source)
    return _evidence(of.database, one, page, cell, place)


def _nothing(one: Standing, options: Options) -> str:
    said = f"no figures of {one.unit.name} for {one.year} can be cited: its report is {one.presence}"
    if one.report is not None:
        return f"{said}, and nothing of it was read in the {options.choice} version"
    hint = f"`gongkai export wacz {one.unit.name} {one.year} FILE.wacz` packs what the ledger rests on"
    return f"{said}; {hint}" if one.row and one.row["captures"] else said


def _cell(of: Asked, one: Standing, path: str, options: Options) -> Cell:
    found = indicators([path])
    if len(found) > 1:
        raise Fault(f"{path} names {len(found)} cells: name one")
    cell = next(panel(of, [one.unit], [one.year], found, options))
    if cell.shown is None:
        because = f" ({cell.remark})" if cell.remark else ""
        raise Fault(f"{path} of {one.unit.name} in {one.year} cannot be cited: {cell.why_no_value}{because}")
    return cell


def _evidence(
    database: Database, one: Standing, page: Page, cell: Cell | None, place: str | None
) -> Evidence:
    document, row = reading(database, page.shown.reading), one.row or {}
    title = document["title"] or f"{one.unit.name}{one.year}年政府信息公开工作年度报告"
    source = document["source"]
    return Evidence(
        unit=one.unit,
        year=one.year,
        issuer=document["issuer"] or one.unit.name,
        title=title,
        published=(row.get("not_before"), row.get("not_after"), row.get("published_basis")),
        capture=capture(database, page.shown.record),
        shown=page.shown,
        form=page.figures.form,
        format=source["format"],
        generation=source["generation"],
        engines=source["engines"],
        cell=cell,
        place=place,
    )


def capture(database: Database, record: str) -> Capture:
    """The capture of a record id; a repeated payload leads to the record that holds it."""
    row = database.execute(f"{_CAPTURE} WHERE captures.record = ?", [record]).fetchone()
    if row is None:
        raise Fault(f"the archive holds no capture {record}")
    original = None
    if row["kind"] in {"revisit", "validated"}:
        original = database.execute(
            f"{_CAPTURE} WHERE captures.kind = 'response' AND captures.truncated IS NULL"
            " AND (captures.record = ? OR captures.payload = ?) ORDER BY captures.record != ?, captures.at LIMIT 1",
            [row["refers"], row["payload"], row["refers"]],
        ).fetchone()
    return _capture(row, _capture(original) if original else None)


_CAPTURE = """SELECT captures.record, captures.kind, captures.url, captures.at, captures.payload, captures.body,
    captures.content_type, crawls.vantage, warcs.name AS warc, captures.offset, captures.refers
    FROM captures JOIN warcs ON warcs.id = captures.warc LEFT JOIN crawls ON crawls.id = captures.crawl"""


def _capture(row: Any, original: Capture | None = None) -> Capture:
    facts = {name: row[name] for name in row.keys() if name != "refers"}  # noqa: SIM118 - a row iterates over values
    return Capture(**facts, original=original)


def _part(database: Database, reading_id: int) -> int:
    row = database.execute("SELECT part FROM readings WHERE id = ?", [reading_id]).fetchone()
    return int(row[0])
