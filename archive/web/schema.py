"""What makes an empty web.db: the tables that are shown, those behind them, and the rows that are the same in each."""

from __future__ import annotations

from collections.abc import Iterator

from archive.cells import ROW_IDS, TABLE_COLUMNS
from archive.exports.formats import Type
from archive.web.tables import TABLES
from parsers.forms.indicators import INDICATORS, ROW_LABELS

SQL_TYPES: dict[Type, str] = {
    "string": "TEXT",
    "integer": "INTEGER",
    "number": "NUMERIC",
    "date": "TEXT",
    "datetime": "TEXT",
}

_READ = ", ".join
INNER = (
    "CREATE TABLE made (day TEXT NOT NULL, at TEXT NOT NULL, generation INTEGER NOT NULL, behind INTEGER NOT NULL)",
    "CREATE TABLE rows (id INTEGER PRIMARY KEY, code TEXT NOT NULL, zh TEXT NOT NULL)",
    """CREATE TABLE readings (id INTEGER PRIMARY KEY, digest TEXT NOT NULL, part INTEGER NOT NULL,
        generation INTEGER NOT NULL)""",
    *(
        f"CREATE TABLE read_{table} (reading INTEGER NOT NULL, row INTEGER NOT NULL, present INTEGER NOT NULL, "
        f"{_READ(f'{column} NUMERIC' for column in columns)}, PRIMARY KEY (reading, row)) WITHOUT ROWID"
        for table, columns in TABLE_COLUMNS.items()
    ),
    """CREATE TABLE read_annex (reading INTEGER NOT NULL, row INTEGER NOT NULL, value NUMERIC,
        PRIMARY KEY (reading, row)) WITHOUT ROWID""",
    """CREATE TABLE notes (reading INTEGER NOT NULL, path TEXT NOT NULL, text TEXT NOT NULL, flag TEXT NOT NULL,
        PRIMARY KEY (reading, path)) WITHOUT ROWID""",
    """CREATE TABLE texts (id INTEGER PRIMARY KEY, reading INTEGER NOT NULL, section TEXT NOT NULL,
        text TEXT NOT NULL)""",
    "CREATE INDEX texts_reading ON texts (reading)",
    "CREATE VIRTUAL TABLE words USING fts5 (body, content = '', tokenize = 'unicode61')",
)
"""Tables behind those that are shown. What a reading holds is kept until no report shows it; the rest is made anew."""
HIDDEN = (
    *(
        "made",
        "rows",
        "readings",
        "notes",
        "texts",
        "read_annex",
        *(f"read_{table}" for table in TABLE_COLUMNS),
    ),
    *("words", "words_data", "words_idx", "words_docsize", "words_config"),
)


def statements() -> Iterator[str]:
    """What makes an empty web.db."""
    yield from INNER
    for table in TABLES:
        if table.view:
            yield f"CREATE VIEW {table.name} AS {table.view}"
            continue
        parts = [f'"{field.name}" {SQL_TYPES[field.type]}' for field in table.fields]
        keys = {other.name: other.key[0] for other in TABLES if other.key}
        refers = [f"FOREIGN KEY ({c}) REFERENCES {other} ({keys[other]})" for c, other in table.refers]
        key = [f"PRIMARY KEY ({', '.join(table.key)})"] if table.key else []
        yield f"CREATE TABLE {table.name} ({', '.join([*parts, *key, *refers])})"
        for number, columns in enumerate(table.indexed):
            yield f"CREATE INDEX {table.name}_by_{number} ON {table.name} ({columns})"


def form_rows() -> list[tuple[int, str, str]]:
    """The rows of the forms: number, code, label."""
    return [(number, code, ROW_LABELS[table][code]) for (table, code), number in ROW_IDS.items()]


def indicator_rows() -> list[tuple[str, ...]]:
    """The rows of `indicators`."""
    return [(i.path, i.zh, i.en, i.unit, " ".join(i.forms)) for i in INDICATORS.values()]
