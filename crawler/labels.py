"""Chinese labels of the codes, for what people read."""

from __future__ import annotations

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.forms.annex import ANNEX

ROWS: dict[str, dict[str, str]] = {
    "proactive": {row.code: row.label for form in ("2019", "2021") for row in FORMS[form].proactive},
    "requests": {row.code: row.label for form in ("2019", "2021") for row in FORMS[form].requests},
    "remedies": {row.code: row.label for row in ROUTES},
    "annex": {row.code: row.label for row in ANNEX},
}
COLUMNS: dict[str, dict[str, str]] = {
    "proactive": {c.code: c.label for form in FORMS.values() for row in form.proactive for c in row.columns},
    "requests": {c.code: c.label for c in REQUEST_COLUMNS},
    "remedies": {c.code: c.label for c in OUTCOMES},
    "annex": {},
}
TABLES = {
    "proactive": "二、主动公开",
    "requests": "三、申请",
    "remedies": "四、复议诉讼",
    "annex": "政府信息公开情况统计表",
}


def path_label(path: str) -> str:
    """A path in words: 三、申请 · （一）予以公开 · 自然人."""
    table, row, *column = path.split(".")
    parts = [TABLES.get(table, table), ROWS.get(table, {}).get(row, row)]
    parts += [COLUMNS.get(table, {}).get(c, c) for c in column]
    return " · ".join(parts)
