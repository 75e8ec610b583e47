"""Every table by what its rows are about, without the numbers that stand for them: two databases of one archive are
equal if and only if these are."""

from __future__ import annotations

from archive.database import Database
from archive.schema import TABLE_COLUMNS

_READING = "readings.generation, readings.body, readings.part"
_OF_READING = "JOIN readings ON readings.id = {table}.reading"
_PAGE = "pages.generation, pages.url, pages.body, pages.status"
_REPORT = "units.code AS unit, reports.year, reports.scope"
_OF_REPORT = "JOIN reports ON reports.id = {table}.report JOIN units ON units.id = reports.unit"


def _of_reading(table: str, columns: str) -> str:
    return f"SELECT {_READING}, {columns} FROM {table} {_OF_READING.format(table=table)}"


def _of_report(table: str, columns: str, joins: str = "") -> str:
    return f"SELECT {_REPORT}, {columns} FROM {table} {_OF_REPORT.format(table=table)} {joins}"


_RENDITION_LINE = "JOIN lines ON lines.id = line"
_SHOWN_READING = "JOIN readings ON readings.id = reading"

NATURAL: dict[str, str] = {
    "meta": "SELECT key, value FROM meta",
    "warcs": "SELECT name, indexed, damage FROM warcs",
    "crawls": """SELECT crawls.id, warcs.name, begun_at, software, vantage, clock
        FROM crawls JOIN warcs ON warcs.id = warc""",
    "captures": f"""SELECT record, kind, captures.url, captures.status, at, payload, captures.body, encoding,
        content_type, location, etag, modified, truncated, refers, crawl, captures.name, given_by, warcs.name, offset,
        {_PAGE}
        FROM captures JOIN warcs ON warcs.id = warc LEFT JOIN pages ON pages.id = captures.page""",
    "walks": """SELECT record, portal, "column", url, begun_at, ended_at, stop, vantage, portal_record, counts,
        message, crawl, warcs.name, offset FROM walks JOIN warcs ON warcs.id = warc""",
    "walk_lists": "SELECT record, position, capture FROM walk_lists JOIN walks ON walks.id = walk",
    "failures": """SELECT record, url, method, at, kind, message, crawl, warcs.name, offset
        FROM failures JOIN warcs ON warcs.id = warc""",
    "pages": f"SELECT {_PAGE}, family, fingerprint, page_class, evidence, title, published_on FROM pages",
    "listings": f"""SELECT {_PAGE}, position, listings.url, listings.title, listings.published_on, verdict
        FROM listings JOIN pages ON pages.id = page""",
    "attachments": f"""SELECT {_PAGE}, position, attachments.url, attachments.title
        FROM attachments JOIN pages ON pages.id = page""",
    "readings": f"""SELECT {_READING}, outcome, message, format, engines, issuer, year, scope, form, title,
        published_on, content, prose FROM readings""",
    **{t: _of_reading(t, f"row, present, {', '.join(c)}") for t, c in TABLE_COLUMNS.items()},
    "annex": _of_reading("annex", "row, value"),
    "stated": _of_reading("stated", "code, value, sentence"),
    "notes": _of_reading("notes", "path, text, flag"),
    "sections": _of_reading("sections", "section, text"),
    "findings": _of_reading("findings", 'position, code, "where", findings.message'),
    "witnesses": _of_reading("witnesses", "position, key, value, source"),
    "rows": 'SELECT id, "table", code FROM rows',
    "units": "SELECT code, name, kind, division, basis, portal FROM units",
    "reports": f"SELECT {_REPORT}, contested FROM reports JOIN units ON units.id = reports.unit",
    "lines": _of_report(
        "lines", "address, lines.part, moved_to, first_seen, last_seen, gone_since, gone_sights"
    ),
    "renditions": f"""SELECT {_REPORT}, lines.address, renditions.url, renditions.format, {_READING},
        renditions.first_seen, renditions.last_seen, sights, capture FROM renditions {_RENDITION_LINE}
        {_OF_REPORT.format(table="lines")} {_SHOWN_READING}""",
    "versions": _of_report(
        "versions", f"versions.content, {_READING}, first_seen, last_seen, sights", _SHOWN_READING
    ),
    "events": """SELECT id, kind, unit, year, line, seen_before, seen_at, confirmed_at,
        (SELECT body || part FROM readings WHERE readings.id = old_reading),
        (SELECT body || part FROM readings WHERE readings.id = new_reading), captures, cells, message FROM events""",
    "ledger": """SELECT units.code, year, presence, timing, reading, why, due, ledger.basis, not_before, not_after,
        published_basis, last_clear_sight, captures FROM ledger JOIN units ON units.id = unit""",
    "undecided": 'SELECT portal, "column", url, title, reason FROM undecided',
}


def differences(one: Database, other: Database) -> dict[str, tuple[int, int]]:
    """Tables whose rows differ: how many only the one holds, how many only the other."""
    out = {}
    for table, query in NATURAL.items():
        mine, theirs = (set(map(tuple, database.execute(query))) for database in (one, other))
        if mine != theirs:
            out[table] = (len(mine - theirs), len(theirs - mine))
    return out
