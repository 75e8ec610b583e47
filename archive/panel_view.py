"""The view `panel`: every unit, year and cell of the forms, with a value or the reason why there is none.

It shows the latest reading of each report that is the organ's own, and joins nothing across forms; what other readings
of the report say, and which sums hold, `gongkai series` and `gongkai export` tell.
"""

from __future__ import annotations

from archive.cells import FIGURES, HAS_TABLE, TABLE_COLUMNS

DOUBTS = {
    "cell_repeated": "the cell stands twice with different contents",
    "headers_missing": "the columns were told by their number only",
    "extra_cells": "the row holds more cells than the table has columns",
    "label_guessed": "the row was told by a similar label",
    "row_ragged": "a cell of the row may be lost",
    "cut_off": "the document ends in the row",
    "stray_cell": "a number beside or under the row may be a part of it",
    "unit_unknown": "the amount stands without its unit",
    "unit_differs": "a count stands beside a unit of money",
}
"""Findings that make their cells doubtful."""

_STANDING = """SELECT units.code AS unit, units.name, units.kind, units.division, ledger.year, ledger.presence,
    reports.stands AS reading
    FROM ledger JOIN units ON units.id = ledger.unit
    LEFT JOIN reports ON reports.unit = ledger.unit AND reports.year = ledger.year AND reports.scope = 'own'"""
"""Each unit and year with the reading that stands for it."""

_CELL = """SELECT standing.unit, standing.name, standing.kind, standing.division, standing.year,
    indicators.path AS indicator, CASE WHEN {table}_zeros & indicators.zero THEN 0 ELSE kept.{column} END AS value,
    notes.text, notes.flag, (SELECT form FROM manners WHERE manners.id = manner) AS form, standing.presence,
    {table}_zeros & indicators.zero OR {there} AS there, standing.reading, indicators.forms, indicators."table"
    FROM indicators JOIN standing LEFT JOIN readings_kept ON readings_kept.id = standing.reading
    LEFT JOIN {table}_kept AS kept ON kept.reading = standing.reading AND kept.row = indicators.row
    LEFT JOIN notes ON notes.reading = standing.reading AND notes.path = indicators.path
    WHERE indicators."table" = '{table}' AND indicators."column" = '{column}'"""

_PANEL = """SELECT unit, name, kind, division, year, indicator, value,
    coalesce(text, CAST(value AS TEXT)) AS text,
    CASE WHEN value IS NULL THEN NULL
        WHEN flag = 'unclear' OR EXISTS ({found} AND findings.code IN ({doubts}) AND indicator GLOB json_each.value)
        THEN 'doubtful'
        WHEN EXISTS ({found} AND findings.code = 'identity_broken' AND indicator = json_each.value)
        THEN CASE WHEN flag IN ('ocr', 'repaired') THEN 'doubtful' ELSE 'inconsistent' END
        WHEN flag IN ('ocr', 'repaired') THEN flag
        ELSE 'plain' END AS quality,
    CASE WHEN value IS NOT NULL THEN NULL
        WHEN reading IS NULL THEN CASE presence WHEN 'pending' THEN 'not_due' WHEN 'missing' THEN 'no_report'
            WHEN 'not_expected' THEN 'not_expected' WHEN 'unseen' THEN 'unseen' ELSE 'unread' END
        WHEN there THEN CASE WHEN text IS NULL THEN 'blank' WHEN flag = 'mark' THEN 'mark' ELSE 'unread' END
        WHEN form != 'narrative' AND instr(forms, form) = 0 THEN 'not_in_form'
        WHEN form = 'narrative' AND year < 2014 THEN 'not_in_form'
        WHEN {standing} THEN 'row_absent' ELSE 'unread' END AS why_no_value,
    presence, form FROM every_cell"""


_FOUND = """SELECT 1 FROM findings, json_each(findings."where") WHERE findings.reading = every_cell.reading"""


def views() -> list[str]:
    """The statements that make the view and those it is made of."""
    parts = [
        _CELL.format(table=table, column=column, there=f"coalesce(kept.present & {1 << bit}, 0)")
        for table, names in TABLE_COLUMNS.items()
        for bit, column in enumerate(names)
    ]
    parts.append(_CELL.format(table="annex", column="value", there="kept.row IS NOT NULL"))
    any_row = " OR ".join(
        f"(\"table\" = '{table}' AND {HAS_TABLE.format(table=table, reading='every_cell.reading')})"
        for table in FIGURES
    )
    doubts = ", ".join(f"'{code}'" for code in DOUBTS)
    return [
        f"CREATE VIEW standing AS {_STANDING}",
        f"CREATE VIEW every_cell AS {' UNION ALL '.join(parts)}",
        f"CREATE VIEW panel AS {_PANEL.format(standing=f'({any_row})', found=_FOUND, doubts=doubts)}",
    ]
