"""Which captures prove a report, or that it was not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive import clock
from archive.database import Database
from archive.exports.editions import Report, reports
from archive.history.query import Asked, Only, ledger
from archive.register.units import Unit

LIST_PAGE = "栏目 list page"


@dataclass(frozen=True, slots=True)
class Proof:
    """A capture; `page` is the title under which it is shown, none for what only belongs to it."""

    record: str
    kind: str
    url: str
    at: str
    payload: str
    refers: str | None
    warc: str
    offset: int
    page: str | None = None


def proofs(of: Asked, units: Sequence[Unit], years: Iterable[int]) -> Iterator[Proof]:
    """The captures that the reports of units and years, or their absence, rest on."""
    span = set(years)
    names = {unit.code: unit.name for unit in units}
    found: dict[str, Proof] = {}
    for report in reports(of, names):
        if report.year in span:
            title = f"{names[report.unit]}{report.year}年政府信息公开工作年度报告"
            for one in _of_report(of, report):
                found[one.record] = replace(one, page=title)
    for code in names:
        for row in ledger(of, Only(unit=code)):
            page = None if row["timing"] else LIST_PAGE
            for record in row["captures"] if row["year"] in span else ():
                for one in _captures(of.database, "captures.record = ?", [record]):
                    found.setdefault(one.record, replace(one, page=page))
    yield from sorted(found.values(), key=lambda one: (one.at, one.record))


def _of_report(of: Asked, report: Report) -> Iterator[Proof]:
    """Every capture of the addresses of a report and of its files, and of what they redirect to."""
    own = of.database.execute(_OWN, [report.number])
    pending, done, until = {row[0] for row in own}, set[str](), clock.stamp(of.at)
    while pending:
        url = pending.pop()
        done.add(url)
        where = "captures.url = ? AND captures.at <= ?"
        yield from _captures(of.database, where, [url, until])
        led = of.database.execute(f"SELECT DISTINCT location FROM captures WHERE {where}", [url, until])
        pending |= {row[0] for row in led if row[0]} - done


_OWN = """SELECT urls.url FROM lines JOIN urls ON urls.address = lines.address WHERE lines.report = ?1
    UNION SELECT urls.url FROM lines JOIN renditions ON renditions.line = lines.id
    JOIN urls ON urls.id = renditions.url WHERE lines.report = ?1"""


def _captures(database: Database, where: str, values: list[Any]) -> Iterator[Proof]:
    rows = database.execute(
        f"""SELECT captures.record, captures.kind, captures.url, captures.at, captures.payload, captures.refers,
            warcs.name, captures.offset FROM captures JOIN warcs ON warcs.id = captures.warc WHERE {where}""",
        values,
    )
    return (Proof(*row) for row in rows.fetchall())


def originals(database: Database, one: Proof) -> list[Proof]:
    """The record that holds the payload which a capture repeats; none for one that holds its own."""
    if one.kind not in {"revisit", "validated"}:
        return []
    where = """captures.kind = 'response' AND captures.truncated IS NULL AND (captures.record = ?
        OR captures.payload = ?) ORDER BY captures.record != ?, captures.at, captures.record LIMIT 1"""
    return list(_captures(database, where, [one.refers, one.payload, one.refers]))
