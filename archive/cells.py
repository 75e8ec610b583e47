"""How the cells of readings are kept: most rows of most reports are zeros from end to end.

A row of a statutory table that stands whole, as the form of 2021 has it, with a plain 0 in every cell is a bit of a
mask beside its reading; every other row is a row of its own. The views `proactive`, `requests`, `remedies` and `annex`
are the tables of the forms with both; `reading_cells` is each of their cells.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache
from sqlite3 import Connection as Database
from typing import Any

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.forms.annex import ANNEX
from parsers.forms.indicators import INDICATORS

TABLE_COLUMNS: dict[str, tuple[str, ...]] = {
    "proactive": tuple(
        dict.fromkeys(c.code for form in ("2021", "2019") for r in FORMS[form].proactive for c in r.columns)
    ),
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

FIGURES = (*TABLE_COLUMNS, "annex")
"""The tables whose rows of zeros are bits of masks, each of its own: `requests_zeros` for `requests`."""
MASKS = tuple(f"{table}_zeros" for table in FIGURES)

Stored = tuple[Any, ...]


def _bits() -> dict[int, int]:
    known: dict[str, list[int]] = {}
    for (table, _), number in ROW_IDS.items():
        known.setdefault(table, []).append(number)
    return {number: 1 << bit for numbers in known.values() for bit, number in enumerate(numbers)}


BITS = _bits()
"""The bit of each row in the mask of its table."""


def _whole() -> dict[int, int]:
    said = {form.code: form.proactive for form in FORMS.values()}
    rows = {row.code: row for form in ("2019", "2021") for row in said[form]}
    of_proactive = {code: {c.code for c in row.columns} for code, row in rows.items()}
    return {
        number: sum(
            1 << bit
            for bit, column in enumerate(TABLE_COLUMNS[table])
            if table != "proactive" or column in of_proactive[code]
        )
        for (table, code), number in ROW_IDS.items()
        if table in TABLE_COLUMNS
    }


WHOLE = _whole()
"""`present` of a row of a statutory table that lacks no cell which the latest form that has the row wants."""


def _zeros() -> dict[int, Stored]:
    out: dict[int, Stored] = {}
    for (table, _), number in ROW_IDS.items():
        columns = range(len(TABLE_COLUMNS.get(table, ())))
        values = tuple(0 if WHOLE[number] & 1 << bit else None for bit in columns)
        out[number] = (number, WHOLE[number], *values) if table in TABLE_COLUMNS else (number, 0)
    return out


ZEROS = _zeros()
"""Each row as it is stored where it is zeros from end to end."""

TABLES = [
    """CREATE TABLE rows (id INTEGER PRIMARY KEY, "table" TEXT NOT NULL, code TEXT NOT NULL, whole INTEGER,
        zero INTEGER NOT NULL, UNIQUE ("table", code))""",
    'CREATE INDEX rows_zero ON rows ("table", zero, whole)',
    *(
        f"""CREATE TABLE {table}_kept (reading INTEGER NOT NULL REFERENCES readings_kept,
        row INTEGER NOT NULL REFERENCES rows, present INTEGER NOT NULL, {", ".join(f"{c} NUMERIC" for c in columns)},
        PRIMARY KEY (reading, row)) WITHOUT ROWID"""
        for table, columns in TABLE_COLUMNS.items()
    ),
    """CREATE TABLE annex_kept (reading INTEGER NOT NULL REFERENCES readings_kept,
        row INTEGER NOT NULL REFERENCES rows, value NUMERIC, PRIMARY KEY (reading, row)) WITHOUT ROWID""",
    """CREATE TABLE indicators (path TEXT PRIMARY KEY, "table" TEXT NOT NULL, row INTEGER NOT NULL REFERENCES rows,
        "column" TEXT NOT NULL, zh TEXT NOT NULL, en TEXT NOT NULL, unit TEXT NOT NULL, forms TEXT NOT NULL,
        zero INTEGER NOT NULL) WITHOUT ROWID""",
]
"""The rows that are no zeros, and what is the same of every reading. `zero` is the bit of a row in the mask of its
table, of an indicator that of its row where the cell is part of a whole one; `indicators` are the cells of the forms,
`forms` the codes of those that have it, with spaces between."""

HAS_TABLE = """(EXISTS (SELECT 1 FROM {table}_kept WHERE reading = {reading})
    OR EXISTS (SELECT 1 FROM readings_kept AS r WHERE r.id = {reading} AND r.{table}_zeros))"""
"""Whether anything of a table was read."""


def rows_table() -> list[Stored]:
    """The rows of `rows`."""
    return [(n, table, code, WHOLE.get(n), BITS[n]) for (table, code), n in ROW_IDS.items()]


def indicators_table() -> list[Stored]:
    """The rows of `indicators`."""
    out: list[Stored] = []
    for one in INDICATORS.values():
        table, code, *column = one.path.split(".")
        name, row = column[0] if column else "value", ROW_IDS[table, code]
        whole = table == "annex" or WHOLE[row] & 1 << TABLE_COLUMNS[table].index(name)
        facts = (one.zh, one.en, one.unit, " ".join(one.forms), BITS[row] if whole else 0)
        out.append((one.path, table, row, name, *facts))
    return out


def fold(rows: Iterable[Stored]) -> tuple[int, list[Stored]]:
    """The mask of those rows of a table that are zeros from end to end, and the others."""
    mask, others = 0, []
    for row in rows:
        if row == ZEROS[row[0]]:
            mask |= BITS[row[0]]
        else:
            others.append(row)
    return mask, others


def rows_of(
    database: Database, table: str, readings: Sequence[int], codes: Iterable[str] = ()
) -> Iterator[Stored]:
    """The rows of a table in some readings, zeros and others, as `reading, row, present` and the columns (in `annex`
    `reading, row, value`); of some rows by their codes, or of all."""
    chosen = {ROW_IDS[table, code] for code in codes}
    yield from kept_rows(database, table, readings, chosen)
    masks = database.execute(
        f"""SELECT readings_kept.id, {table}_zeros FROM json_each(?) AS wanted CROSS JOIN readings_kept
            ON readings_kept.id = wanted.value AND {table}_zeros""",
        [json.dumps(list(readings))],
    )
    for reading, mask in masks:
        rows = zero_rows(table, mask)
        yield from ((reading, row, *rows[row]) for row in (chosen & rows.keys() if chosen else rows))


def kept_rows(
    database: Database, table: str, readings: Sequence[int], chosen: Collection[int] = ()
) -> Iterator[Stored]:
    """The rows that are no zeros, as those of `rows_of`; of some rows by their numbers, or of all."""
    columns = ("present", *TABLE_COLUMNS[table]) if table in TABLE_COLUMNS else (f"{table}_kept.value",)
    those = f"AND row IN ({', '.join(map(str, chosen))})" if chosen else ""
    yield from database.execute(
        f"""SELECT reading, row, {", ".join(columns)} FROM json_each(?) AS wanted CROSS JOIN {table}_kept
            ON reading = wanted.value {those}""",
        [json.dumps(list(readings))],
    )


@lru_cache(maxsize=10_000)
def zero_rows(table: str, mask: int) -> dict[int, Stored]:
    """The rows that a mask stands for: what follows their number, by it. Not to be changed."""
    return {n: ZEROS[n][1:] for (of, _), n in ROW_IDS.items() if of == table and mask & BITS[n]}


def views() -> list[str]:
    """The statements that make the views of the tables and of their cells."""
    of_readings = _cells("readings_kept.id AS reading", "readings_kept")
    of_reports = _cells(
        """units.code AS unit, units.name AS name, reports.year AS year, reports.scope AS scope,
        (SELECT form FROM manners WHERE manners.id = manner) AS form, readings_kept.id AS reading""",
        """reports JOIN units ON units.id = reports.unit
        JOIN readings_kept ON readings_kept.id = reports.stands""",
    )
    return [
        *_tables(),
        f"CREATE VIEW reading_cells AS {of_readings}",
        f"CREATE VIEW report_cells AS {of_reports}",
        """CREATE VIEW cells AS SELECT unit, name, year, scope, form, report_cells.path, value, notes.text, notes.flag
        FROM report_cells
        LEFT JOIN notes ON notes.reading = report_cells.reading AND notes.path = report_cells.path""",
    ]


def _tables() -> list[str]:
    out = []
    for table, columns in TABLE_COLUMNS.items():
        zeros = ", ".join(f"CASE WHEN rows.whole & {1 << bit} THEN 0 END" for bit in range(len(columns)))
        kept = f"SELECT reading, row, present, {', '.join(columns)} FROM {table}_kept"
        out.append(f"CREATE VIEW {table} AS {kept} {_union_zeros(table, f'rows.whole, {zeros}')}")
    kept = "SELECT reading, row, value FROM annex_kept"
    return [*out, f"CREATE VIEW annex AS {kept} {_union_zeros('annex', '0')}"]


def _union_zeros(table: str, values: str) -> str:
    return f"""UNION ALL SELECT readings_kept.id, rows.id, {values} FROM readings_kept CROSS JOIN rows
        ON rows."table" = '{table}' AND {table}_zeros & rows.zero WHERE {table}_zeros"""


def _cells(columns: str, source: str) -> str:
    """Every cell of what `readings_kept` in a source stands for; what is asked of the columns narrows each part."""
    kept = f"SELECT {columns}, {{path}} AS path, {{value}} AS value FROM {source} JOIN {{table}}_kept AS kept"
    rows = "ON kept.reading = readings_kept.id JOIN rows ON rows.id = kept.row"
    parts = [
        f"{kept} {rows} WHERE kept.present & {1 << bit}".format(
            path=f"'{table}.' || rows.code || '.{column}'", value=f"kept.{column}", table=table
        )
        for table, names in TABLE_COLUMNS.items()
        for bit, column in enumerate(names)
    ]
    parts.append(f"{kept} {rows}".format(path="'annex.' || rows.code", value="kept.value", table="annex"))
    parts.extend(
        f"""SELECT {columns}, indicators.path, 0 FROM {source} CROSS JOIN indicators
        ON indicators.path BETWEEN '{table}.' AND '{table}/' AND {table}_zeros & indicators.zero
        WHERE {table}_zeros"""
        for table in FIGURES
    )
    return " UNION ALL ".join(parts)
