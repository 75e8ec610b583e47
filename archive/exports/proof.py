"""Which captures prove a report, or that it was not there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive import clock
from archive.database import Database
from archive.history.derive import State
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


def proofs(database: Database, state: State, units: Sequence[Unit], years: Iterable[int]) -> Iterator[Proof]:
    """The captures that the reports of units and years, or their absence, rest on."""
    codes, span = {unit.code for unit in units}, set(years)
    found: dict[str, Proof] = {}
    for report in state.reports:
        if report.unit.code not in codes or report.year not in span:
            continue
        title = f"{report.unit.name}{report.year}年政府信息公开工作年度报告"
        urls = {sight.url for line in report.lines for sight in (*line.sights, *line.gone)}
        urls |= {rendition.url for line in report.lines for rendition in line.renditions}
        for one in _of_urls(database, urls, clock.stamp(state.as_of)):
            found[one.record] = replace(one, page=title)
    for row in state.ledger:
        if row.unit.code in codes and row.year in span:
            page = None if row.timing else LIST_PAGE
            for record in row.captures:
                for one in _captures(database, "captures.record = ?", [record]):
                    found.setdefault(one.record, replace(one, page=page))
    yield from sorted(found.values(), key=lambda one: (one.at, one.record))


def _of_urls(database: Database, urls: set[str], until: str) -> Iterator[Proof]:
    """The captures of addresses and of what they redirect to."""
    pending, done = set(urls), set[str]()
    while pending:
        url = pending.pop()
        done.add(url)
        yield from _captures(database, "captures.url = ? AND captures.at <= ?", [url, until])
        led = database.execute(
            "SELECT DISTINCT location FROM captures WHERE url = ? AND at <= ?", [url, until]
        )
        pending |= {row[0] for row in led if row[0]} - done


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
