"""What hangs on records that are damaged: what is lost with them, and who said something on their strength."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from archive.database import Database


@dataclass(slots=True)
class Hanging:
    """`lost` is what no other record has: `payload`, `sight` (that it was seen then), `walk` or `failure`; `copy` is
    the record that holds the same payload. `revisits` are records that refer to it for their payload, `reports` the
    reports read from it (unit, name, year), `absences` the years that are called missing on its strength, `columns`
    the columns (portal/column) whose walks rest on it."""

    lost: str | None = None
    copy: str | None = None
    revisits: list[str] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    absences: list[str] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)


def hanging(database: Database, records: Iterable[str]) -> dict[str, Hanging]:
    """What hangs on each of the records, all of them being damaged together."""
    out = {record: Hanging() for record in records}
    database.execute("DROP TABLE IF EXISTS temp.broken")
    database.execute("CREATE TEMP TABLE broken (record TEXT PRIMARY KEY) WITHOUT ROWID")
    database.executemany("INSERT INTO temp.broken VALUES (?)", [(record,) for record in out])
    for record, lost, copy in database.execute(_LOST):
        out[record].lost, out[record].copy = ("sight" if copy else lost), copy
    for name, query in _HANGING.items():
        for record, what in database.execute(query):
            getattr(out[record], name).append(what)
    return out


_LOST = """SELECT broken.record, 'payload', (SELECT other.record FROM records AS other
        WHERE other.payload = records.payload AND other.kind IN ('response', 'resource')
        AND other.encoding = records.encoding AND other.truncated IS NULL
        AND other.record NOT IN (SELECT record FROM temp.broken) LIMIT 1)
    FROM temp.broken JOIN records ON records.record = broken.record WHERE kind IN ('response', 'resource')
    UNION ALL SELECT broken.record, 'sight', NULL FROM temp.broken JOIN records ON records.record = broken.record
    WHERE kind NOT IN ('response', 'resource')
    UNION ALL SELECT broken.record, 'walk', NULL FROM temp.broken JOIN walks ON walks.record = broken.record
    UNION ALL SELECT broken.record, 'failure', NULL FROM temp.broken
    JOIN failures ON failures.record = broken.record"""
_HANGING = {
    "revisits": """SELECT broken.record, later.record FROM temp.broken
        JOIN records ON records.record = broken.record JOIN records AS later ON later.payload = records.payload
        WHERE later.refers = broken.record ORDER BY later.at, later.record""",
    "reports": """WITH rest AS (
            SELECT broken.record, renditions.line FROM temp.broken JOIN records ON records.record = broken.record
            JOIN readings ON readings.body = records.body JOIN renditions ON renditions.reading = readings.id
            WHERE records.kind IN ('response', 'resource')
            UNION SELECT broken.record, lines.id FROM temp.broken JOIN records ON records.record = broken.record
            JOIN lines ON lines.capture = records.id)
        SELECT DISTINCT rest.record, units.code || ' ' || units.name || ' ' || reports.year FROM rest
        JOIN lines ON lines.id = rest.line JOIN reports ON reports.id = lines.report
        JOIN units ON units.id = reports.unit ORDER BY units.code, reports.year""",
    "absences": """SELECT DISTINCT broken.record, units.code || ' ' || units.name || ' ' || duties.year
        FROM grounds, json_each(grounds.captures) AS shown JOIN temp.broken ON broken.record = shown.value
        JOIN duties ON duties.ground = grounds.id JOIN units ON units.id = duties.unit
        JOIN states ON states.id = duties.state WHERE states.presence = 'absent' ORDER BY units.code, duties.year""",
    "columns": """SELECT DISTINCT record, place FROM (
            SELECT broken.record, portal || '/' || "column" AS place FROM temp.broken
            JOIN walks ON walks.record = broken.record
            UNION SELECT broken.record, portal || '/' || "column" FROM temp.broken
            JOIN walk_lists ON walk_lists.capture = broken.record JOIN walks ON walks.id = walk_lists.walk)
        ORDER BY place""",
}
