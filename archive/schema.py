"""The schema of archive.db, as recorded migrations. `executescript` is not used: it would commit half of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archive import panel_view
from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.forms.annex import ANNEX

if TYPE_CHECKING:
    from sqlite_utils import Database

PROACTIVE_COLUMNS = tuple(
    dict.fromkeys(c.code for form in ("2021", "2019") for r in FORMS[form].proactive for c in r.columns)
)
TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "proactive": PROACTIVE_COLUMNS,
    "requests": tuple(c.code for c in REQUEST_COLUMNS),
    "remedies": tuple(c.code for c in OUTCOMES),
}
"""Value columns of each statutory table; bit i of `present` says that the cell of column i stood in the document."""

ROW_IDS: dict[tuple[str, str], int] = {
    key: number
    for number, key in enumerate(
        [
            *(("proactive", r.code) for r in FORMS["2019"].proactive),
            *(("requests", r.code) for r in FORMS["2021"].requests[:-2]),
            *(("requests", r.code) for r in FORMS["2019"].requests[-3:]),
            *(("remedies", r.code) for r in ROUTES),
            *(("annex", row.code) for row in ANNEX),
        ],
        start=1,
    )
}
"""The number that stands for a row in the tables of values; new rows are added at the end only."""

EVIDENCE = [
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    "CREATE TABLE warcs (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, indexed INTEGER NOT NULL, damage TEXT)",
    """CREATE TABLE crawls (id TEXT PRIMARY KEY, warc INTEGER NOT NULL REFERENCES warcs, begun_at TEXT NOT NULL,
        software TEXT, vantage TEXT, clock TEXT) WITHOUT ROWID""",
    "CREATE TABLE addresses (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE)",
    """CREATE TABLE urls (id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE,
        address INTEGER NOT NULL REFERENCES addresses)""",
    "CREATE INDEX urls_address ON urls (address)",
    "CREATE TABLE bodies (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE)",
    """CREATE TABLE records (id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        url INTEGER NOT NULL REFERENCES urls, status INTEGER, at TEXT NOT NULL,
        payload INTEGER NOT NULL REFERENCES bodies, body INTEGER REFERENCES bodies, encoding TEXT NOT NULL,
        content_type TEXT, location INTEGER REFERENCES urls, etag TEXT, modified TEXT, truncated TEXT, refers TEXT,
        crawl TEXT, name TEXT, given_by TEXT,
        warc INTEGER NOT NULL REFERENCES warcs, offset INTEGER NOT NULL, page INTEGER)""",
    "CREATE INDEX records_payload ON records (payload)",
    "CREATE INDEX records_body ON records (body)",
    "CREATE INDEX records_url ON records (url, at)",
    "CREATE INDEX records_page ON records (page)",
    "CREATE INDEX records_new ON records (url) WHERE page IS NULL AND body IS NOT NULL AND truncated IS NULL",
    "CREATE INDEX records_given ON records (url) WHERE kind = 'resource'",
    """CREATE TABLE walks (id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, portal TEXT NOT NULL,
        "column" TEXT NOT NULL, url TEXT NOT NULL, begun_at TEXT NOT NULL, ended_at TEXT NOT NULL, stop TEXT NOT NULL,
        vantage TEXT, portal_record TEXT NOT NULL, counts TEXT NOT NULL, message TEXT NOT NULL, crawl TEXT,
        warc INTEGER NOT NULL REFERENCES warcs, offset INTEGER NOT NULL)""",
    'CREATE INDEX walks_column ON walks (portal, "column", begun_at)',
    """CREATE TABLE walk_lists (walk INTEGER NOT NULL REFERENCES walks, position INTEGER NOT NULL,
        capture TEXT NOT NULL, PRIMARY KEY (walk, position)) WITHOUT ROWID""",
    """CREATE TABLE failures (id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, url TEXT NOT NULL,
        method TEXT NOT NULL, at TEXT NOT NULL, kind TEXT NOT NULL, message TEXT NOT NULL, crawl TEXT,
        warc INTEGER NOT NULL REFERENCES warcs, offset INTEGER NOT NULL)""",
    "CREATE INDEX failures_url ON failures (url, at)",
]
"""Rows that name WARC records. `records` are captures, with numbers for their addresses and digests: the view
`captures` spells them out. An address is what the urls of one page have in common."""

TOUCHED = [
    "CREATE TABLE touched (address INTEGER PRIMARY KEY)",
    """CREATE TRIGGER records_come AFTER INSERT ON records BEGIN
        INSERT OR IGNORE INTO touched SELECT address FROM urls WHERE id = NEW.url; END""",
    """CREATE TRIGGER records_read AFTER UPDATE OF body, page ON records BEGIN
        INSERT OR IGNORE INTO touched SELECT address FROM urls WHERE id = NEW.url; END""",
]
"""Addresses of which something came that nothing was derived from yet: whoever writes it, whatever dies then."""

READINGS = [
    """CREATE TABLE pages (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, url INTEGER NOT NULL REFERENCES urls,
        body INTEGER NOT NULL REFERENCES bodies, status INTEGER NOT NULL, family TEXT NOT NULL,
        fingerprint TEXT NOT NULL, page_class TEXT NOT NULL, evidence TEXT NOT NULL, title TEXT, published_on TEXT)""",
    "CREATE UNIQUE INDEX pages_seen ON pages (body, url, status, generation)",
    """CREATE TABLE entries (id INTEGER PRIMARY KEY, url INTEGER NOT NULL REFERENCES urls, title TEXT NOT NULL,
        published_on TEXT, verdict TEXT NOT NULL)""",
    "CREATE INDEX entries_url ON entries (url)",
    """CREATE TABLE page_entries (page INTEGER NOT NULL REFERENCES pages, position INTEGER NOT NULL,
        entry INTEGER NOT NULL REFERENCES entries, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    """CREATE TABLE page_files (page INTEGER NOT NULL REFERENCES pages, position INTEGER NOT NULL,
        url INTEGER NOT NULL REFERENCES urls, title TEXT NOT NULL, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    "CREATE INDEX page_files_url ON page_files (url)",
    """CREATE TABLE readings (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL,
        body INTEGER NOT NULL REFERENCES bodies, part INTEGER NOT NULL, outcome TEXT NOT NULL, message TEXT NOT NULL,
        format TEXT NOT NULL, engines TEXT NOT NULL, lacks TEXT NOT NULL, issuer TEXT, year INTEGER, scope TEXT,
        form TEXT, title TEXT, published_on TEXT, content TEXT, prose TEXT, cells INTEGER NOT NULL,
        doubtful INTEGER NOT NULL)""",
    "CREATE UNIQUE INDEX readings_body ON readings (body, part, generation)",
    """CREATE TABLE albums (album INTEGER NOT NULL REFERENCES bodies, position INTEGER NOT NULL,
        body INTEGER NOT NULL REFERENCES bodies, PRIMARY KEY (album, position)) WITHOUT ROWID""",
    "CREATE INDEX albums_body ON albums (body)",
    "CREATE INDEX readings_lacking ON readings (generation, body) WHERE lacks != '[]'",
    *(
        f"""CREATE TABLE {table} (reading INTEGER NOT NULL REFERENCES readings, row INTEGER NOT NULL REFERENCES rows,
        present INTEGER NOT NULL, {", ".join(f"{c} NUMERIC" for c in columns)}, PRIMARY KEY (reading, row))
        WITHOUT ROWID"""
        for table, columns in TABLE_COLUMNS.items()
    ),
    """CREATE TABLE annex (reading INTEGER NOT NULL REFERENCES readings, row INTEGER NOT NULL REFERENCES rows,
        value NUMERIC, PRIMARY KEY (reading, row)) WITHOUT ROWID""",
    """CREATE TABLE stated (reading INTEGER NOT NULL REFERENCES readings, code TEXT NOT NULL, value NUMERIC,
        sentence TEXT NOT NULL, PRIMARY KEY (reading, code)) WITHOUT ROWID""",
    """CREATE TABLE notes (reading INTEGER NOT NULL REFERENCES readings, path TEXT NOT NULL, text TEXT NOT NULL,
        flag TEXT NOT NULL, PRIMARY KEY (reading, path)) WITHOUT ROWID""",
    """CREATE TABLE sections (reading INTEGER NOT NULL REFERENCES readings, section TEXT NOT NULL, text TEXT NOT NULL,
        PRIMARY KEY (reading, section)) WITHOUT ROWID""",
    """CREATE TABLE findings (reading INTEGER NOT NULL REFERENCES readings, position INTEGER NOT NULL,
        code TEXT NOT NULL, "where" TEXT NOT NULL, message TEXT NOT NULL, PRIMARY KEY (reading, position))
        WITHOUT ROWID""",
    "CREATE TABLE places (id INTEGER PRIMARY KEY, key TEXT NOT NULL, source TEXT NOT NULL, UNIQUE (key, source))",
    """CREATE TABLE said (reading INTEGER NOT NULL REFERENCES readings, position INTEGER NOT NULL,
        place INTEGER NOT NULL REFERENCES places, value TEXT, PRIMARY KEY (reading, position)) WITHOUT ROWID""",
    'CREATE TABLE rows (id INTEGER PRIMARY KEY, "table" TEXT NOT NULL, code TEXT NOT NULL, UNIQUE ("table", code))',
    panel_view.TABLE,
]
"""Rows that follow from bytes alone. An entry is stored once, however many lists show it. `said` is what the witnesses
say, each in its place; its value is null where it is the reading's own."""

DERIVED = [
    "CREATE TABLE portals (id INTEGER PRIMARY KEY, portal TEXT NOT NULL UNIQUE, register TEXT)",
    """CREATE TABLE watched (address INTEGER NOT NULL, portal INTEGER NOT NULL, listed INTEGER NOT NULL,
        PRIMARY KEY (address, portal)) WITHOUT ROWID""",
    "CREATE INDEX watched_portal ON watched (portal)",
    """CREATE TABLE units (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
        division TEXT NOT NULL, basis TEXT NOT NULL, portal TEXT, first_year INTEGER, last_year INTEGER,
        expected TEXT NOT NULL)""",
    """CREATE TABLE former_names (unit INTEGER NOT NULL REFERENCES units, name TEXT NOT NULL, first_year INTEGER,
        last_year INTEGER, PRIMARY KEY (unit, name)) WITHOUT ROWID""",
    "CREATE INDEX former_names_name ON former_names (name)",
    "CREATE INDEX units_division ON units (division)",
    "CREATE INDEX units_portal ON units (portal)",
    """CREATE TABLE reports (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL REFERENCES units, year INTEGER NOT NULL,
        scope TEXT NOT NULL, contested TEXT, UNIQUE (unit, year, scope))""",
    """CREATE TABLE lines (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports,
        address INTEGER NOT NULL REFERENCES addresses, part INTEGER NOT NULL,
        moved_to INTEGER REFERENCES addresses, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
        capture INTEGER NOT NULL REFERENCES records, gone_since TEXT, gone_sights INTEGER NOT NULL)""",
    "CREATE UNIQUE INDEX lines_report ON lines (report, address, part)",
    """CREATE TABLE renditions (id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES lines,
        url INTEGER NOT NULL REFERENCES urls, format TEXT NOT NULL, reading INTEGER NOT NULL REFERENCES readings,
        first_seen TEXT NOT NULL, last_seen TEXT NOT NULL, sights INTEGER NOT NULL,
        capture INTEGER NOT NULL REFERENCES records)""",
    "CREATE INDEX renditions_line ON renditions (line)",
    """CREATE TABLE report_versions (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports,
        reading INTEGER NOT NULL REFERENCES readings, first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL, sights INTEGER NOT NULL)""",
    "CREATE INDEX report_versions_report ON report_versions (report)",
    """CREATE TABLE happenings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES units,
        year INTEGER NOT NULL, line INTEGER NOT NULL REFERENCES addresses, seen_before TEXT, seen_at TEXT NOT NULL,
        confirmed_at TEXT, old_reading INTEGER, new_reading INTEGER, captures TEXT NOT NULL, cells TEXT NOT NULL,
        message TEXT NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX happenings_unit ON happenings (unit, year)",
    "CREATE INDEX happenings_seen ON happenings (seen_at) WHERE kind != 'first_seen'",
    "CREATE TABLE due_days (id INTEGER PRIMARY KEY, day TEXT NOT NULL, basis TEXT NOT NULL, UNIQUE (day, basis))",
    """CREATE TABLE grounds (id INTEGER PRIMARY KEY, portal TEXT NOT NULL, columns TEXT NOT NULL,
        captures TEXT NOT NULL, seen_at TEXT, oldest TEXT, why TEXT NOT NULL)""",
    "CREATE INDEX grounds_portal ON grounds (portal)",
    """CREATE TABLE duties (unit INTEGER NOT NULL REFERENCES units, year INTEGER NOT NULL, presence TEXT NOT NULL,
        due INTEGER NOT NULL REFERENCES due_days, timing TEXT, reading TEXT, not_before TEXT, not_after TEXT,
        published_basis TEXT, why TEXT, ground INTEGER REFERENCES grounds, PRIMARY KEY (unit, year)) WITHOUT ROWID""",
    "CREATE INDEX duties_absent ON duties (year, unit) WHERE presence = 'absent'",
    """CREATE TABLE undecided (id INTEGER PRIMARY KEY, portal TEXT, "column" TEXT, url TEXT NOT NULL,
        title TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (url, reason, portal, "column"))""",
]
"""Rows that follow from evidence, readings and inputs together. `duties` is the ledger without the day on which it is
asked: `absent` is what was not there at the last clear sight, and becomes pending, missing or unseen by that day.
`grounds` are the columns that duties without a report rest on. `watched` are the addresses that a portal's rows rest
on, `listed` those that its lists name as reports."""


def m0001_tables(db: Database) -> None:
    """Evidence, readings and what follows from them."""
    for statement in (*EVIDENCE, *TOUCHED, *READINGS, *DERIVED, *views()):
        db.execute(statement)
    rows = [(number, table, code) for (table, code), number in ROW_IDS.items()]
    db.conn.executemany('INSERT INTO rows (id, "table", code) VALUES (?, ?, ?)', rows)
    slots = ", ".join("?" * 8)
    db.conn.executemany(f"INSERT INTO indicators VALUES ({slots})", panel_view.rows(ROW_IDS))


MIGRATIONS: tuple[Callable[[Database], None], ...] = (m0001_tables,)
"""In their order; a database knows by their names which it has seen."""
RETIRED = frozenset({"m0001_first"})
"""Of databases made before the first release, which are not brought up but made anew from the WARC files."""


PRESENCE = """CASE WHEN duties.presence IN ('absent', 'unseen') AND {day} <= due_days.day THEN 'pending'
        WHEN duties.presence != 'absent' THEN duties.presence
        WHEN date(grounds.seen_at, '+8 hours') < {oldest} THEN 'unseen' ELSE 'missing' END"""
LEDGER = (
    "duties.year, "
    + PRESENCE
    + """ AS presence,
    duties.timing, duties.reading,
    CASE WHEN duties.presence IN ('absent', 'unseen') AND {day} <= due_days.day THEN '[]'
        WHEN duties.presence != 'absent' THEN coalesce(duties.why, grounds.why, '[]')
        WHEN date(grounds.seen_at, '+8 hours') < {oldest} THEN json_array(
            'sight_fresh: the last clear sight of column ' || grounds.oldest
            || ' is of ' || date(grounds.seen_at, '+8 hours'))
        ELSE '[]' END AS why,
    due_days.day AS due, due_days.basis, duties.not_before, duties.not_after, duties.published_basis,
    CASE WHEN duties.ground IS NOT NULL THEN grounds.seen_at ELSE (SELECT max(last_seen) FROM reports
        JOIN lines ON lines.report = reports.id WHERE reports.unit = duties.unit AND reports.year = duties.year)
        END AS last_clear_sight,
    coalesce(grounds.columns, '[]') AS columns,
    CASE WHEN duties.ground IS NULL THEN (SELECT json_group_array(record) FROM reports
            JOIN lines ON lines.report = reports.id JOIN records ON records.id = lines.capture
            WHERE reports.unit = duties.unit AND reports.year = duties.year)
        WHEN duties.presence = 'absent' AND {day} > due_days.day
            AND date(grounds.seen_at, '+8 hours') >= {oldest} THEN grounds.captures
        ELSE '[]' END AS captures"""
)
"""The columns of the ledger on a Beijing day, `oldest` being the day before which a sight proves no absence."""
LEDGER_TABLES = (
    """duties JOIN due_days ON due_days.id = duties.due LEFT JOIN grounds ON grounds.id = duties.ground"""
)

EVENT_CAPTURES = """(SELECT json_group_array(records.record) FROM json_each(happenings.captures) AS wanted
    JOIN records ON records.id = wanted.value)"""
"""The records that an event rests on, which the table keeps by their numbers."""

TODAY = {
    "day": "date('now', '+8 hours')",
    "oldest": "date('now', '+8 hours', '-' || (SELECT value FROM meta WHERE key = 'sight_days') || ' days')",
}

WITNESSED = ("issuer", "year", "title", "published_on", "scope")
"""Columns of a reading that witnesses speak for."""

VIEWS = {
    "captures": """SELECT records.id, record, kind, urls.url, status, at, payloads.digest AS payload,
        bodies.digest AS body, encoding, content_type, led.url AS location, etag, modified, truncated, refers, crawl,
        name, given_by, warc, offset, page FROM records JOIN urls ON urls.id = records.url
        LEFT JOIN urls AS led ON led.id = records.location
        JOIN bodies AS payloads ON payloads.id = records.payload LEFT JOIN bodies ON bodies.id = records.body""",
    "listings": """SELECT page, position, urls.url, title, published_on, verdict FROM page_entries
        JOIN entries ON entries.id = page_entries.entry JOIN urls ON urls.id = entries.url""",
    "attachments": """SELECT page, position, urls.url, title FROM page_files JOIN urls ON urls.id = page_files.url""",
    "witnesses": f"""SELECT reading, position, places.key, coalesce(said.value, CASE places.key
        {" ".join(f"WHEN '{name}' THEN CAST(readings.{name} AS TEXT)" for name in WITNESSED)} END) AS value,
        places.source
        FROM said JOIN places ON places.id = said.place JOIN readings ON readings.id = said.reading""",
    "versions": """SELECT report_versions.id, report, content, reading, first_seen, last_seen, sights
        FROM report_versions JOIN readings ON readings.id = reading""",
    "events": f"""SELECT happenings.id, happenings.kind, units.code AS unit, year, addresses.key AS line, seen_before,
        seen_at, confirmed_at, old_reading, new_reading, {EVENT_CAPTURES} AS captures, cells, message
        FROM happenings JOIN units ON units.id = happenings.unit JOIN addresses ON addresses.id = happenings.line""",
    "ledger": f"SELECT duties.unit, {LEDGER.format_map(TODAY)} FROM {LEDGER_TABLES}",
}
"""What the tables of numbers say in words, under the names of what they hold."""


def views() -> list[str]:
    """The statements that make the views."""
    parts = [
        f"SELECT reading, '{table}.' || rows.code || '.{column}' AS path, {table}.{column} AS value "
        f"FROM {table} JOIN rows ON rows.id = {table}.row WHERE present & {1 << bit}"
        for table, columns in TABLE_COLUMNS.items()
        for bit, column in enumerate(columns)
    ]
    parts.append("SELECT reading, 'annex.' || rows.code, value FROM annex JOIN rows ON rows.id = annex.row")
    return [
        *(f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()),
        f"CREATE VIEW reading_cells AS {' UNION ALL '.join(parts)}",
        """CREATE VIEW latest_versions AS SELECT report, content, reading, first_seen, max(last_seen) AS last_seen
           FROM versions GROUP BY report""",
        """CREATE VIEW cells AS SELECT units.code AS unit, units.name AS name, reports.year, reports.scope,
           readings.form, reading_cells.path, reading_cells.value, notes.text, notes.flag
           FROM latest_versions JOIN reports ON reports.id = latest_versions.report
           JOIN units ON units.id = reports.unit JOIN readings ON readings.id = latest_versions.reading
           JOIN reading_cells ON reading_cells.reading = readings.id
           LEFT JOIN notes ON notes.reading = readings.id AND notes.path = reading_cells.path""",
        """CREATE VIEW changes AS SELECT events.*, units.name AS name FROM events
           JOIN units ON units.code = events.unit""",
        *panel_view.views(TABLE_COLUMNS),
    ]
