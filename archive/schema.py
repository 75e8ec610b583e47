"""The schema of archive.db, as recorded migrations. `executescript` is not used: it would commit half of one."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.forms.annex import ANNEX

migrations = Migrations("gongkai")

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
    """CREATE TABLE captures (id INTEGER PRIMARY KEY, record TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,
        url TEXT NOT NULL, status INTEGER, at TEXT NOT NULL, payload TEXT NOT NULL, body TEXT, encoding TEXT NOT NULL,
        content_type TEXT, location TEXT, etag TEXT, modified TEXT, truncated TEXT, refers TEXT, crawl TEXT,
        name TEXT, given_by TEXT,
        warc INTEGER NOT NULL REFERENCES warcs, offset INTEGER NOT NULL, page INTEGER)""",
    "CREATE INDEX captures_payload ON captures (payload)",
    "CREATE INDEX captures_body ON captures (body)",
    "CREATE INDEX captures_url ON captures (url, at)",
    "CREATE INDEX captures_page ON captures (page)",
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
"""Rows that name WARC records."""

READINGS = [
    """CREATE TABLE pages (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, url TEXT NOT NULL, body TEXT NOT NULL,
        status INTEGER NOT NULL, family TEXT NOT NULL, fingerprint TEXT NOT NULL, page_class TEXT NOT NULL,
        evidence TEXT NOT NULL, title TEXT, published_on TEXT, UNIQUE (generation, url, body, status))""",
    """CREATE TABLE listings (page INTEGER NOT NULL REFERENCES pages, position INTEGER NOT NULL, url TEXT NOT NULL,
        title TEXT NOT NULL, published_on TEXT, verdict TEXT NOT NULL, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    "CREATE INDEX listings_url ON listings (url)",
    """CREATE TABLE attachments (page INTEGER NOT NULL REFERENCES pages, position INTEGER NOT NULL, url TEXT NOT NULL,
        title TEXT NOT NULL, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    "CREATE INDEX attachments_url ON attachments (url)",
    """CREATE TABLE readings (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL, body TEXT NOT NULL,
        part INTEGER NOT NULL, outcome TEXT NOT NULL, message TEXT NOT NULL, format TEXT NOT NULL,
        engines TEXT NOT NULL, issuer TEXT, year INTEGER, scope TEXT, form TEXT, title TEXT, published_on TEXT,
        content TEXT, prose TEXT, UNIQUE (generation, body, part))""",
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
    """CREATE TABLE witnesses (reading INTEGER NOT NULL REFERENCES readings, position INTEGER NOT NULL,
        key TEXT NOT NULL, value TEXT NOT NULL, source TEXT NOT NULL,
        PRIMARY KEY (reading, position)) WITHOUT ROWID""",
    'CREATE TABLE rows (id INTEGER PRIMARY KEY, "table" TEXT NOT NULL, code TEXT NOT NULL, UNIQUE ("table", code))',
]
"""Rows that follow from bytes alone."""

DERIVED = [
    """CREATE TABLE units (id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
        division TEXT NOT NULL, basis TEXT NOT NULL, portal TEXT)""",
    """CREATE TABLE reports (id INTEGER PRIMARY KEY, unit INTEGER NOT NULL REFERENCES units, year INTEGER NOT NULL,
        scope TEXT NOT NULL, contested TEXT, UNIQUE (unit, year, scope))""",
    """CREATE TABLE lines (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports, address TEXT NOT NULL,
        part INTEGER NOT NULL, moved_to TEXT, first_seen TEXT NOT NULL, last_seen TEXT NOT NULL,
        gone_since TEXT, gone_sights INTEGER NOT NULL, UNIQUE (report, address, part))""",
    """CREATE TABLE renditions (id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES lines, url TEXT NOT NULL,
        format TEXT NOT NULL, reading INTEGER NOT NULL REFERENCES readings, first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL, sights INTEGER NOT NULL, capture TEXT NOT NULL)""",
    """CREATE TABLE versions (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports,
        content TEXT NOT NULL, reading INTEGER NOT NULL REFERENCES readings, first_seen TEXT NOT NULL,
        last_seen TEXT NOT NULL, sights INTEGER NOT NULL, UNIQUE (report, content))""",
    """CREATE TABLE events (id TEXT PRIMARY KEY, kind TEXT NOT NULL, unit TEXT NOT NULL, year INTEGER NOT NULL,
        line TEXT NOT NULL, seen_before TEXT, seen_at TEXT NOT NULL, confirmed_at TEXT, old_reading INTEGER,
        new_reading INTEGER, captures TEXT NOT NULL, cells TEXT NOT NULL, message TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE ledger (unit INTEGER NOT NULL REFERENCES units, year INTEGER NOT NULL, presence TEXT NOT NULL,
        timing TEXT, reading TEXT, why TEXT NOT NULL, due TEXT, basis TEXT, not_before TEXT, not_after TEXT,
        published_basis TEXT, last_clear_sight TEXT, captures TEXT NOT NULL,
        PRIMARY KEY (unit, year)) WITHOUT ROWID""",
    """CREATE TABLE undecided (id INTEGER PRIMARY KEY, portal TEXT, "column" TEXT, url TEXT NOT NULL,
        title TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (url, reason, portal, "column"))""",
]
"""Rows that follow from evidence, readings and inputs together; written anew by every update."""


@migrations()
def m0001_first(db: Database) -> None:
    """Evidence, readings and what follows from them."""
    for statement in (*EVIDENCE, *READINGS, *DERIVED, *_views()):
        db.execute(statement)
    rows = [(number, table, code) for (table, code), number in ROW_IDS.items()]
    db.conn.executemany('INSERT INTO rows (id, "table", code) VALUES (?, ?, ?)', rows)


def _views() -> list[str]:
    parts = [
        f"SELECT reading, '{table}.' || rows.code || '.{column}' AS path, {table}.{column} AS value "
        f"FROM {table} JOIN rows ON rows.id = {table}.row WHERE present & {1 << bit}"
        for table, columns in TABLE_COLUMNS.items()
        for bit, column in enumerate(columns)
    ]
    parts.append("SELECT reading, 'annex.' || rows.code, value FROM annex JOIN rows ON rows.id = annex.row")
    return [
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
           LEFT JOIN units ON units.code = events.unit""",
    ]
