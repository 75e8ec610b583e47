"""Every table by what its rows are about, without the numbers that stand for them: two databases of one archive are
equal if and only if these are."""

from __future__ import annotations

from archive.cells import TABLE_COLUMNS
from archive.database import Database

_READING = "readings.generation, bodies.digest, readings.part"
_BODY = "JOIN bodies ON bodies.id = readings.body"
_OF_READING = f"JOIN readings ON readings.id = {{table}}.reading {_BODY}"
_PAGE = "pages.generation, page_urls.url, page_bodies.digest, pages.status"
_OF_PAGE = """JOIN urls AS page_urls ON page_urls.id = pages.url
    JOIN bodies AS page_bodies ON page_bodies.id = pages.body"""
_REPORT = "units.code AS unit, reports.year, reports.scope"
_OF_REPORT = "JOIN reports ON reports.id = {table}.report JOIN units ON units.id = reports.unit"


def _of_reading(table: str, columns: str) -> str:
    return f"SELECT {_READING}, {columns} FROM {table} {_OF_READING.format(table=table)}"


def _of_report(table: str, columns: str, joins: str = "") -> str:
    return f"SELECT {_REPORT}, {columns} FROM {table} {_OF_REPORT.format(table=table)} {joins}"


def _read(column: str) -> str:
    return f"(SELECT digest || part FROM readings {_BODY} WHERE readings.id = {column})"


NATURAL: dict[str, str] = {
    "meta": "SELECT key, value FROM meta WHERE key NOT IN ('derived', 'judged')",
    "warcs": "SELECT name, indexed, damage FROM warcs",
    "crawls": """SELECT crawls.id, warcs.name, begun_at, software, vantage, clock
        FROM crawls JOIN warcs ON warcs.id = warc""",
    "addresses": "SELECT key FROM addresses",
    "urls": "SELECT url, key FROM urls JOIN addresses ON addresses.id = address",
    "bodies": "SELECT digest FROM bodies",
    "records": f"""SELECT record, kind, captures.url, captures.status, at, payload, captures.body, encoding,
        content_type, location, etag, modified, truncated, refers, crawl, captures.name, given_by, warcs.name, offset,
        {_PAGE}
        FROM captures JOIN warcs ON warcs.id = warc LEFT JOIN (pages {_OF_PAGE}) ON pages.id = captures.page""",
    "walks": """SELECT record, portal, "column", url, begun_at, ended_at, stop, vantage, portal_record, counts,
        message, crawl, warcs.name, offset FROM walks JOIN warcs ON warcs.id = warc""",
    "walk_lists": "SELECT record, position, capture FROM walk_lists JOIN walks ON walks.id = walk",
    "failures": """SELECT record, url, method, at, kind, message, crawl, warcs.name, offset
        FROM failures JOIN warcs ON warcs.id = warc""",
    "touched": "SELECT key FROM touched JOIN addresses ON addresses.id = address",
    "pages_kept": f"""SELECT {_PAGE}, family, fingerprint, page_class, evidence, title, published_on
        FROM pages {_OF_PAGE}""",
    "titles": "SELECT title FROM pages UNION SELECT title FROM readings UNION SELECT title FROM listings",
    "looks": "SELECT DISTINCT family, fingerprint, page_class, evidence FROM pages",
    "entries": """SELECT urls.url, text, day, verdict FROM entries JOIN urls ON urls.id = entries.url
        JOIN titles ON titles.id = entries.title""",
    "page_entries": f"""SELECT {_PAGE}, position, listings.url, listings.title, listings.published_on, verdict
        FROM listings JOIN pages ON pages.id = page {_OF_PAGE}""",
    "page_files": f"""SELECT {_PAGE}, position, attachments.url, attachments.title
        FROM attachments JOIN pages ON pages.id = page {_OF_PAGE}""",
    "albums": """SELECT album.digest, position, bodies.digest FROM albums JOIN bodies AS album ON album.id = album
        JOIN bodies ON bodies.id = body""",
    "manners": "SELECT DISTINCT outcome, format, engines, scope, form FROM readings",
    "readings_kept": f"""SELECT {_READING}, outcome, message, format, engines, lacks, issuer, year, scope, form, title,
        published_on, content, prose, cells, doubtful FROM readings {_BODY}""",
    **{f"{t}_kept": _of_reading(t, f"row, present, {', '.join(c)}") for t, c in TABLE_COLUMNS.items()},
    "annex_kept": _of_reading("annex", "row, value"),
    "stated": _of_reading("stated", "code, value, sentence"),
    "notes": _of_reading("notes", "path, text, flag"),
    "sections": _of_reading("sections", "section, text"),
    "findings_kept": _of_reading("findings", 'position, code, "where", findings.message'),
    "spots": 'SELECT DISTINCT "where" FROM findings',
    "voices": "SELECT DISTINCT text FROM readings_kept JOIN voices ON voices.id = voices",
    "said": _of_reading("witnesses", "position, key, value, source"),
    "rows": 'SELECT id, "table", code, whole, zero FROM rows',
    "indicators": "SELECT path, row, zh, en, unit, forms, zero FROM indicators",
    "portals": "SELECT portal, register FROM portals",
    "watched": """SELECT key, portals.portal, listed FROM watched JOIN addresses ON addresses.id = address
        JOIN portals ON portals.id = watched.portal""",
    "units": "SELECT code, name, kind, division, basis, portal, first_year, last_year, expected FROM units",
    "former_names": """SELECT units.code, former_names.name, former_names.first_year, former_names.last_year
        FROM former_names JOIN units ON units.id = unit""",
    "reports": f"""SELECT {_REPORT}, contested, {_read("reports.stands")} FROM reports
        JOIN units ON units.id = reports.unit""",
    "lines_kept": _of_report(
        "lines",
        """addresses.key, lines.part, moved.key, first_seen, last_seen, records.record, gone_since, gone_sights""",
        """JOIN addresses ON addresses.id = lines.address JOIN records ON records.id = lines.capture
        LEFT JOIN addresses AS moved ON moved.id = lines.moved_to""",
    ),
    "renditions_kept": f"""SELECT {_REPORT}, addresses.key, urls.url, renditions.format, {_READING},
        renditions.first_seen, renditions.last_seen, sights, records.record FROM renditions
        JOIN lines ON lines.id = line {_OF_REPORT.format(table="lines")} JOIN readings ON readings.id = reading {_BODY}
        JOIN addresses ON addresses.id = lines.address JOIN urls ON urls.id = renditions.url
        JOIN records ON records.id = renditions.capture""",
    "report_versions": _of_report(
        "report_versions",
        f"{_READING}, firsts.record, lasts.record, sights",
        f"""JOIN readings ON readings.id = reading {_BODY}
        JOIN records AS firsts ON firsts.id = first JOIN records AS lasts ON lasts.id = last""",
    ),
    "happenings": f"""SELECT id, kind, unit, year, line, seen_before, seen_at, confirmed_at, {_read("old_reading")},
        {_read("new_reading")}, captures, cells, message FROM events""",
    "due_days": "SELECT DISTINCT day, basis FROM duties JOIN due_days ON due_days.id = due",
    "grounds": "SELECT portal, columns, captures, seen_at, oldest, why FROM grounds",
    "states": """SELECT DISTINCT presence, timing, reading, published_basis FROM duties
        JOIN states ON states.id = state""",
    "duties": """SELECT units.code, year, presence, day, due_days.basis, timing, reading, not_before, not_after,
        published_basis, duties.why, columns, captures, seen_at, oldest, grounds.why FROM duties
        JOIN units ON units.id = unit JOIN states ON states.id = state JOIN due_days ON due_days.id = due
        LEFT JOIN grounds ON grounds.id = ground""",
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
