"""The schema of archive.db, as recorded migrations. `executescript` is not used: it would commit half of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from archive import cells, panel_view
from archive.wording import EVENTS, WHY

if TYPE_CHECKING:
    from sqlite_utils import Database

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
    "CREATE INDEX walk_lists_capture ON walk_lists (capture)",
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
    "CREATE TABLE titles (id INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    """CREATE TABLE looks (id INTEGER PRIMARY KEY, family TEXT NOT NULL, fingerprint TEXT NOT NULL,
        page_class TEXT NOT NULL, evidence TEXT NOT NULL, UNIQUE (family, fingerprint, page_class, evidence))""",
    """CREATE TABLE pages_kept (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL,
        url INTEGER NOT NULL REFERENCES urls, body INTEGER NOT NULL REFERENCES bodies, status INTEGER NOT NULL,
        look INTEGER NOT NULL REFERENCES looks, title INTEGER REFERENCES titles, day INTEGER)""",
    "CREATE UNIQUE INDEX pages_seen ON pages_kept (body, url, status, generation)",
    """CREATE TABLE entries (id INTEGER PRIMARY KEY, url INTEGER NOT NULL REFERENCES urls,
        title INTEGER NOT NULL REFERENCES titles, day INTEGER, verdict TEXT NOT NULL)""",
    "CREATE INDEX entries_url ON entries (url)",
    """CREATE TABLE page_entries (page INTEGER NOT NULL REFERENCES pages_kept, position INTEGER NOT NULL,
        entry INTEGER NOT NULL REFERENCES entries, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    """CREATE TABLE page_files (page INTEGER NOT NULL REFERENCES pages_kept, position INTEGER NOT NULL,
        url INTEGER NOT NULL REFERENCES urls, title TEXT NOT NULL, PRIMARY KEY (page, position)) WITHOUT ROWID""",
    "CREATE INDEX page_files_url ON page_files (url)",
    """CREATE TABLE manners (id INTEGER PRIMARY KEY, outcome TEXT NOT NULL, format TEXT NOT NULL,
        engines TEXT NOT NULL, scope TEXT, form TEXT, UNIQUE (outcome, format, engines, scope, form))""",
    """CREATE TABLE readings_kept (id INTEGER PRIMARY KEY, generation INTEGER NOT NULL,
        body INTEGER NOT NULL REFERENCES bodies, part INTEGER NOT NULL, manner INTEGER NOT NULL REFERENCES manners,
        message TEXT NOT NULL, lacks TEXT NOT NULL, issuer TEXT, year INTEGER, title INTEGER REFERENCES titles,
        published INTEGER, signed INTEGER, content BLOB, prose BLOB, cells INTEGER NOT NULL,
        doubtful INTEGER NOT NULL, proactive_zeros INTEGER NOT NULL, requests_zeros INTEGER NOT NULL,
        remedies_zeros INTEGER NOT NULL, annex_zeros INTEGER NOT NULL, voices INTEGER REFERENCES voices)""",
    "CREATE UNIQUE INDEX readings_body ON readings_kept (body, part, generation)",
    """CREATE TABLE albums (album INTEGER NOT NULL REFERENCES bodies, position INTEGER NOT NULL,
        body INTEGER NOT NULL REFERENCES bodies, PRIMARY KEY (album, position)) WITHOUT ROWID""",
    "CREATE INDEX albums_body ON albums (body)",
    "CREATE INDEX readings_lacking ON readings_kept (generation, body) WHERE lacks != '[]'",
    *cells.TABLES,
    """CREATE TABLE stated (reading INTEGER NOT NULL REFERENCES readings_kept, code TEXT NOT NULL, value NUMERIC,
        sentence TEXT NOT NULL, PRIMARY KEY (reading, code)) WITHOUT ROWID""",
    """CREATE TABLE notes (reading INTEGER NOT NULL REFERENCES readings_kept, path TEXT NOT NULL, text TEXT NOT NULL,
        flag TEXT NOT NULL, PRIMARY KEY (reading, path)) WITHOUT ROWID""",
    """CREATE TABLE sections (reading INTEGER NOT NULL REFERENCES readings_kept, section TEXT NOT NULL,
        text TEXT NOT NULL, PRIMARY KEY (reading, section)) WITHOUT ROWID""",
    "CREATE TABLE spots (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    """CREATE TABLE findings_kept (reading INTEGER NOT NULL REFERENCES readings_kept, position INTEGER NOT NULL,
        code TEXT NOT NULL, spot INTEGER NOT NULL REFERENCES spots, message TEXT NOT NULL,
        PRIMARY KEY (reading, position)) WITHOUT ROWID""",
    "CREATE TABLE voices (id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE)",
    """CREATE TABLE said (reading INTEGER NOT NULL REFERENCES readings_kept, position INTEGER NOT NULL,
        value TEXT, PRIMARY KEY (reading, position)) WITHOUT ROWID""",
]
"""Rows that follow from bytes alone. An entry is stored once, however many lists show it, and a title once for an
entry, its page and its report. `day`, `published` and `signed` are days, numbered from 1970-01-01. `looks` are what
many pages have in common, `manners` what many readings have. `voices` are what the witnesses of a reading speak for
and where, in their order, as a JSON array; `said` is what they say where it is not the reading's own. `spots` are the
cells that findings are about, as a JSON array."""

LOOK = ("family", "fingerprint", "page_class", "evidence")
MANNER = ("outcome", "format", "engines", "scope", "form")
"""The columns of `looks` and `manners`."""

OF_READINGS = (
    *(f"{table}_kept" for table in (*cells.FIGURES, "findings")),
    *("stated", "notes", "sections", "said"),
)
"""The tables whose rows are parts of a reading."""

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
        scope TEXT NOT NULL, contested TEXT, stands INTEGER REFERENCES readings_kept, UNIQUE (unit, year, scope))""",
    """CREATE TABLE lines_kept (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports,
        address INTEGER NOT NULL REFERENCES addresses, part INTEGER NOT NULL, moved_to INTEGER REFERENCES addresses,
        first INTEGER NOT NULL REFERENCES records, last INTEGER NOT NULL REFERENCES records,
        gone INTEGER REFERENCES records, gone_sights INTEGER NOT NULL, event BLOB)""",
    "CREATE UNIQUE INDEX lines_report ON lines_kept (report, address, part)",
    """CREATE TABLE renditions_kept (id INTEGER PRIMARY KEY, line INTEGER NOT NULL REFERENCES lines_kept,
        url INTEGER NOT NULL REFERENCES urls, format TEXT NOT NULL, reading INTEGER NOT NULL REFERENCES readings_kept,
        first INTEGER NOT NULL REFERENCES records, last INTEGER NOT NULL REFERENCES records,
        sights INTEGER NOT NULL)""",
    "CREATE INDEX renditions_line ON renditions_kept (line)",
    """CREATE TABLE report_versions (id INTEGER PRIMARY KEY, report INTEGER NOT NULL REFERENCES reports,
        reading INTEGER NOT NULL REFERENCES readings_kept, first INTEGER NOT NULL REFERENCES records,
        last INTEGER NOT NULL REFERENCES records, sights INTEGER NOT NULL)""",
    "CREATE INDEX report_versions_report ON report_versions (report)",
    """CREATE TABLE happenings (id TEXT PRIMARY KEY, kind TEXT NOT NULL, unit INTEGER NOT NULL REFERENCES units,
        year INTEGER NOT NULL, line INTEGER NOT NULL REFERENCES addresses, seen_before TEXT, seen_at TEXT NOT NULL,
        confirmed_at TEXT, old_reading INTEGER, new_reading INTEGER, captures TEXT NOT NULL, cells TEXT NOT NULL,
        message TEXT NOT NULL)""",
    "CREATE INDEX happenings_unit ON happenings (unit, year)",
    "CREATE INDEX happenings_seen ON happenings (seen_at)",
    "CREATE TABLE due_days (id INTEGER PRIMARY KEY, day TEXT NOT NULL, basis TEXT NOT NULL, UNIQUE (day, basis))",
    """CREATE TABLE grounds (id INTEGER PRIMARY KEY, portal TEXT NOT NULL, columns TEXT NOT NULL,
        captures TEXT NOT NULL, seen_at TEXT, oldest TEXT, why TEXT NOT NULL)""",
    "CREATE INDEX grounds_portal ON grounds (portal)",
    """CREATE TABLE states (id INTEGER PRIMARY KEY, presence TEXT NOT NULL, timing TEXT, reading TEXT,
        published_basis TEXT, UNIQUE (presence, timing, reading, published_basis))""",
    """CREATE TABLE duties (unit INTEGER NOT NULL REFERENCES units, year INTEGER NOT NULL,
        state INTEGER NOT NULL REFERENCES states, due INTEGER NOT NULL REFERENCES due_days, not_before INTEGER,
        not_after INTEGER, why TEXT, ground INTEGER REFERENCES grounds, PRIMARY KEY (unit, year)) WITHOUT ROWID""",
    "CREATE INDEX duties_state ON duties (state, year, unit) WHERE ground IS NOT NULL",
    """CREATE TABLE undecided (id INTEGER PRIMARY KEY, portal TEXT, "column" TEXT, url TEXT NOT NULL,
        title TEXT NOT NULL, reason TEXT NOT NULL, UNIQUE (url, reason, portal, "column"))""",
]
"""Rows that follow from evidence, readings and inputs together. `duties` is the ledger without the day on which it is
asked: `absent` is what was not there at the last clear sight, and becomes pending, missing or unseen by that day.
`states` are what many duties have in common. `grounds` are the columns that duties without a report rest on. `watched`
are the addresses that a portal's rows rest on, `listed` those that its lists name as reports. The times of sights are
those of their captures: `first`, `last` and `gone` are the numbers of these. `happenings` are events but for the first
sight of a report, which is its line's: `event` is then the id. `stands` is the reading that stands for a report: one
with cells before one without, of these the one that was last seen."""


def m0001_numbered(db: Database) -> None:
    """Evidence, readings and what follows from them."""
    for statement in (*EVIDENCE, *TOUCHED, *READINGS, *DERIVED, *views()):
        db.execute(statement)
    db.conn.executemany("INSERT INTO rows VALUES (?, ?, ?, ?, ?)", cells.rows_table())
    db.conn.executemany("INSERT INTO indicators VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", cells.indicators_table())


MIGRATIONS: tuple[Callable[[Database], None], ...] = (m0001_numbered,)
"""In their order; a database knows by their names which it has seen."""
RETIRED = frozenset({"m0001_first", "m0001_tables", "m0001_packed"})
"""Of databases made before the first release, which are not brought up but made anew from the WARC files."""


def day(column: str) -> str:
    """A day in SQL as its text. What is no day of the calendar is kept as the text that it was."""
    return f"CASE typeof({column}) WHEN 'integer' THEN date({column} * 86400, 'unixepoch') ELSE {column} END"


PRESENCE = """CASE WHEN states.presence IN ('absent', 'unseen') AND {day} <= due_days.day THEN 'pending'
        WHEN states.presence != 'absent' THEN states.presence
        WHEN date(grounds.seen_at, '+8 hours') < {oldest} THEN 'unseen' ELSE 'missing' END"""
_DAY = "' || date(grounds.seen_at, '+8 hours') || '"
_STALE = f"""'sight_fresh: {WHY["sight_fresh"].format(column="' || grounds.oldest || '", day=_DAY)}'"""
LEDGER = (
    "duties.year, "
    + PRESENCE
    + """ AS presence,
    states.timing, states.reading,
    CASE WHEN states.presence IN ('absent', 'unseen') AND {day} <= due_days.day THEN '[]'
        WHEN states.presence != 'absent' THEN coalesce(duties.why, grounds.why, '[]')
        WHEN date(grounds.seen_at, '+8 hours') < {oldest} THEN json_array("""
    + _STALE
    + """)
        ELSE '[]' END AS why,
    due_days.day AS due, due_days.basis, """
    + f"{day('duties.not_before')} AS not_before, {day('duties.not_after')} AS not_after, "
    + """states.published_basis,
    CASE WHEN duties.ground IS NOT NULL THEN grounds.seen_at ELSE (SELECT max(at) FROM reports JOIN lines_kept
        ON report = reports.id JOIN records ON records.id = lines_kept.last
        WHERE reports.unit = duties.unit AND reports.year = duties.year)
        END AS last_clear_sight,
    coalesce(grounds.columns, '[]') AS columns,
    CASE WHEN duties.ground IS NULL THEN (SELECT json_group_array(record) FROM reports
            JOIN lines_kept ON report = reports.id JOIN records ON records.id = lines_kept.first
            WHERE reports.unit = duties.unit AND reports.year = duties.year)
        WHEN states.presence = 'absent' AND {day} > due_days.day
            AND date(grounds.seen_at, '+8 hours') >= {oldest} THEN grounds.captures
        ELSE '[]' END AS captures"""
)
"""The columns of the ledger on a Beijing day, `oldest` being the day before which a sight proves no absence."""
LEDGER_TABLES = """duties JOIN states ON states.id = duties.state JOIN due_days ON due_days.id = duties.due
    LEFT JOIN grounds ON grounds.id = duties.ground"""

EVENT_CAPTURES = """(SELECT json_group_array(records.record) FROM json_each(happenings.captures) AS wanted
    JOIN records ON records.id = wanted.value)"""
"""The records that an event rests on, which the table keeps by their numbers."""

FIRST_SIGHTS = """units JOIN reports ON reports.unit = units.id
    JOIN lines_kept ON lines_kept.report = reports.id AND event IS NOT NULL
    JOIN addresses ON addresses.id = lines_kept.address JOIN records ON records.id = lines_kept.first"""
"""The first sights of reports, which are events too."""

TODAY = {
    "day": "date('now', '+8 hours')",
    "oldest": "date('now', '+8 hours', '-' || (SELECT value FROM meta WHERE key = 'sight_days') || ' days')",
}


def of(table: str, column: str, number: str) -> str:
    """What a row says by the number of a row of another table: a subquery, so that views of it can be joined from
    either side, and cost nothing where it is not asked for."""
    return f"(SELECT {column} FROM {table} WHERE {table}.id = {number})"


WITNESSED = {
    "issuer": "issuer",
    "year": "CAST(year AS TEXT)",
    "title": of("titles", "text", "title"),
    "published_on": day("published"),
    "signed_on": day("signed"),
    "scope": of("manners", "scope", "manner"),
}
"""What witnesses of a reading speak for, as `readings_kept` has it."""

_MANNER = {name: f"{of('manners', name, 'manner')} AS {name}" for name in MANNER}
_OF_READING = f"""id, generation, body, part, {_MANNER["outcome"]}, message, {_MANNER["format"]}, {_MANNER["engines"]},
        lacks, issuer, year, {_MANNER["scope"]}, {_MANNER["form"]}, {WITNESSED["title"]} AS title,
        {WITNESSED["published_on"]} AS published_on"""
_OF_PAGE = ", ".join(f"{of('looks', name, 'look')} AS {name}" for name in LOOK)


_KEY = "substr(voice.value, 1, instr(voice.value, ' ') - 1)"


def _digest(column: str) -> str:
    return f"nullif(lower(hex({column})), '') AS {column}"


def _at(record: str) -> str:
    return f"(SELECT at FROM records WHERE records.id = {record})"


VIEWS = {
    "captures": """SELECT records.id, record, kind, urls.url, status, at, payloads.digest AS payload,
        bodies.digest AS body, encoding, content_type, led.url AS location, etag, modified, truncated, refers, crawl,
        name, given_by, warc, offset, page FROM records JOIN urls ON urls.id = records.url
        LEFT JOIN urls AS led ON led.id = records.location
        JOIN bodies AS payloads ON payloads.id = records.payload LEFT JOIN bodies ON bodies.id = records.body""",
    "pages": f"""SELECT id, generation, url, body, status, {_OF_PAGE}, {of("titles", "text", "title")} AS title,
        {day("day")} AS published_on FROM pages_kept""",
    "listings": f"""SELECT page, position, urls.url, {of("titles", "text", "title")} AS title,
        {day("day")} AS published_on, verdict FROM page_entries
        JOIN entries ON entries.id = page_entries.entry JOIN urls ON urls.id = entries.url""",
    "attachments": """SELECT page, position, urls.url, title FROM page_files JOIN urls ON urls.id = page_files.url""",
    "readings": f"""SELECT {_OF_READING}, {_digest("content")}, {_digest("prose")}, cells, doubtful
        FROM readings_kept""",
    "findings": """SELECT reading, position, code, (SELECT text FROM spots WHERE spots.id = spot) AS "where",
        message FROM findings_kept""",
    "witnesses": f"""SELECT readings_kept.id AS reading, voice.key AS position, {_KEY} AS key,
        coalesce(said.value, CASE {_KEY}
        {" ".join(f"WHEN '{name}' THEN {value}" for name, value in WITNESSED.items())} END) AS value,
        substr(voice.value, instr(voice.value, ' ') + 1) AS source
        FROM readings_kept JOIN voices ON voices.id = readings_kept.voices
        CROSS JOIN json_each(voices.text) AS voice
        LEFT JOIN said ON said.reading = readings_kept.id AND said.position = voice.key""",
    "lines": f"""SELECT id, report, address, part, moved_to, {_at("first")} AS first_seen, {_at("last")} AS last_seen,
        first AS capture, {_at("gone")} AS gone_since, gone_sights FROM lines_kept""",
    "renditions": f"""SELECT id, line, url, format, reading, {_at("first")} AS first_seen, {_at("last")} AS last_seen,
        sights, last AS capture FROM renditions_kept""",
    "versions": f"""SELECT id, report,
        (SELECT {_digest("content")} FROM readings_kept WHERE readings_kept.id = reading) AS content, reading,
        {_at("first")} AS first_seen, {_at("last")} AS last_seen, sights FROM report_versions""",
    "events": f"""SELECT happenings.id, happenings.kind, units.code AS unit, year, addresses.key AS line, seen_before,
        seen_at, confirmed_at, old_reading, new_reading, {EVENT_CAPTURES} AS captures, cells, message
        FROM happenings JOIN units ON units.id = happenings.unit JOIN addresses ON addresses.id = happenings.line
        UNION ALL SELECT lower(hex(event)), 'first_seen', units.code, year, addresses.key, NULL, records.at, NULL,
        NULL, NULL, json_array(records.record), '[]', '{EVENTS["first_seen"]}' FROM {FIRST_SIGHTS}""",
    "ledger": f"SELECT duties.unit, {LEDGER.format_map(TODAY)} FROM {LEDGER_TABLES}",
}
"""What the tables of numbers say in words, under the names of what they hold."""


def views() -> list[str]:
    """The statements that make the views."""
    return [
        *cells.views(),
        *(f"CREATE VIEW {name} AS {query}" for name, query in VIEWS.items()),
        """CREATE VIEW latest_versions AS SELECT report, content, versions.reading, first_seen, last_seen
           FROM reports JOIN versions ON versions.report = reports.id AND versions.reading = reports.stands""",
        """CREATE VIEW changes AS SELECT events.*, units.name AS name FROM events
           JOIN units ON units.code = events.unit""",
        *panel_view.views(),
    ]
