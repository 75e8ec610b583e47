"""Indicators: every cell that a form has, by its path, with the forms that have it, labels and unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, english
from parsers.forms.annex import ANNEX
from parsers.forms.model import Form, Row

TABLES = {
    "proactive": "二、主动公开",
    "requests": "三、申请",
    "remedies": "四、复议诉讼",
    "annex": "政府信息公开情况统计表",
}
MONEY = "万元"
COUNT = "件"
"""The forms count documents, matters, requests and cases alike by 件, and name no unit but that of money."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """A cell of the forms: `forms` are the codes of those that have it, `unit` is the form's own word."""

    path: str
    forms: tuple[str, ...]
    zh: str
    en: str
    unit: str


def _cells() -> Iterator[tuple[str, str, Row, str, str]]:
    """Form, table, row, column code and column label of every cell of forms 2019 and 2021."""
    for form in FORMS.values():
        for table, rows in _rows(form).items():
            for row in rows:
                for column in row.columns:
                    yield form.code, table, row, column.code, column.label


def _registry() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for form, table, row, column, label in _cells():
        path = f"{table}.{row.code}.{column}"
        known = found.get(path)
        zh = " · ".join((TABLES[table], row_label(row), label))
        en = " · ".join((english.TABLES[table], english.ROWS[table][row.code], english.COLUMNS[column]))
        forms = (*known.forms, form) if known else (form,)
        found[path] = Indicator(path, forms, zh, en, MONEY if column == "amount" else COUNT)
    for line in ANNEX:
        zh, en = f"{TABLES['annex']} · {line.label}", english.ROWS["annex"][line.code]
        path = f"annex.{line.code}"
        found[path] = Indicator(path, ("2014",), zh, f"{english.TABLES['annex']} · {en}", line.unit)
    places = {row: place for place, row in enumerate(row for table in TABLES for row in _order(table))}
    return dict(sorted(found.items(), key=lambda one: places.get(one[0].rpartition(".")[0], len(places))))


def row_label(row: Row) -> str:
    """The label of a row, of a numbered one with that of the kind of outcome it is part of: `3.其他` alone says
    nothing."""
    group = row.groups[-1] if row.groups and row.label[0].isdigit() else ""
    return f"{group} {row.label}".lstrip()


def _order(table: str) -> list[str]:
    """The rows of a table, in an order that each form has: what only an older form has stands behind what it stands
    behind there."""
    rows: list[str] = []
    for form in reversed(FORMS.values()):
        place = 0
        for row in _rows(form).get(table, ()):
            path = f"{table}.{row.code}"
            if path not in rows:
                rows.insert(place, path)
            place = rows.index(path) + 1
    return rows


def _rows(form: Form) -> dict[str, tuple[Row, ...]]:
    return {"proactive": form.proactive, "requests": form.requests, "remedies": ROUTES}


INDICATORS = _registry()
"""Every indicator by its path, in the order of the tables and of their rows; a row that two forms word differently has
the later wording."""

ROW_LABELS: dict[str, dict[str, str]] = {
    "proactive": {row.code: row.label for form in FORMS.values() for row in form.proactive},
    "requests": {row.code: row_label(row) for form in FORMS.values() for row in form.requests},
    "remedies": {row.code: row.label for row in ROUTES},
    "annex": {row.code: row.label for row in ANNEX},
}
COLUMN_LABELS: dict[str, dict[str, str]] = {
    "proactive": {c.code: c.label for form in FORMS.values() for row in form.proactive for c in row.columns},
    "requests": {c.code: c.label for c in REQUEST_COLUMNS},
    "remedies": {c.code: c.label for c in OUTCOMES},
}
"""Chinese labels of rows and of columns, by table and code."""


def path_label(path: str) -> str:
    """A path in words, also one that holds `*` or is cut short: 三、申请 · （一）予以公开 · 自然人."""
    table, *rest = path.split(".")
    words = [TABLES.get(table, table)]
    for part, labels in zip(rest, (ROW_LABELS, COLUMN_LABELS), strict=False):
        if part != "*":
            words.append(labels.get(table, {}).get(part, part))
    return " · ".join(words)
