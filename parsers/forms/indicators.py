"""Indicators: every cell that a form has, by its path, with the forms that have it, labels and unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, english
from parsers.forms.annex import ANNEX
from parsers.forms.model import Row

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
        for table, rows in (("proactive", form.proactive), ("requests", form.requests), ("remedies", ROUTES)):
            for row in rows:
                for column in row.columns:
                    yield form.code, table, row, column.code, column.label


def _registry() -> dict[str, Indicator]:
    found: dict[str, Indicator] = {}
    for form, table, row, column, label in _cells():
        path = f"{table}.{row.code}.{column}"
        known = found.get(path)
        zh = " · ".join((TABLES[table], row.label, label))
        en = " · ".join((english.TABLES[table], english.ROWS[table][row.code], english.COLUMNS[column]))
        forms = (*known.forms, form) if known else (form,)
        found[path] = Indicator(path, forms, zh, en, MONEY if column == "amount" else COUNT)
    for line in ANNEX:
        zh, en = f"{TABLES['annex']} · {line.label}", english.ROWS["annex"][line.code]
        path = f"annex.{line.code}"
        found[path] = Indicator(path, ("2014",), zh, f"{english.TABLES['annex']} · {en}", line.unit)
    order = {"proactive": 0, "requests": 1, "remedies": 2, "annex": 3}
    rows = {path.rpartition(".")[0]: place for place, path in reversed(list(enumerate(found)))}
    return dict(
        sorted(found.items(), key=lambda i: (order[i[0].partition(".")[0]], rows[i[0].rpartition(".")[0]]))
    )


INDICATORS = _registry()
"""Every indicator by its path, in the order of the tables and of their rows; a row that two forms word differently has
the later wording."""

ROW_LABELS: dict[str, dict[str, str]] = {
    "proactive": {row.code: row.label for form in FORMS.values() for row in form.proactive},
    "requests": {row.code: row.label for form in FORMS.values() for row in form.requests},
    "remedies": {row.code: row.label for row in ROUTES},
    "annex": {row.code: row.label for row in ANNEX},
}
COLUMN_LABELS: dict[str, dict[str, str]] = {
    "proactive": {c.code: c.label for form in FORMS.values() for row in form.proactive for c in row.columns},
    "requests": {c.code: c.label for c in REQUEST_COLUMNS},
    "remedies": {c.code: c.label for c in OUTCOMES},
}
"""Chinese labels of rows and of columns, by table and code."""
