"""A report as a person reads it in the terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, Form
from parsers.report import Report, Table, plain


def summary(name: str, report: Report) -> str:
    """Title, issuer, year, form, the three tables and the findings of a report."""
    lines = [f"{name}: {report.title or 'no title'}"]
    lines.append(
        f"issuer {report.issuer or '?'} · year {report.year or '?'} · form {report.form} · scope {report.scope}"
        f" · published on {report.published_on or '?'}"
    )
    lines += ["", "二、主动公开 proactive", *_proactive(report)] if report.proactive else []
    columns = [(column.code, column.label) for column in REQUEST_COLUMNS]
    labels: dict[str, str] = {}
    for row in (row for form in _forms(report) for row in form.requests):
        labels.setdefault(row.code, row.label)
    lines += (
        ["", "三、申请 requests", *_table(report, "requests", columns, labels)] if report.requests else []
    )
    outcomes = [(column.code, column.label) for column in OUTCOMES]
    routes = {row.code: row.label for row in ROUTES}
    lines += (
        ["", "四、复议诉讼 remedies", *_table(report, "remedies", outcomes, routes)]
        if report.remedies
        else []
    )
    if report.findings:
        lines += ["", "findings"]
        lines += [f"  {f.code}: {f.message}{_places(f.where)}" for f in report.findings]
    return "\n".join(lines)


def _places(where: tuple[str, ...]) -> str:
    shown = ", ".join(where[:3]) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
    return f" ({shown})" if shown else ""


def _forms(report: Report) -> list[Form]:
    """The forms, the report's own first: rows are shown in its order, with its labels."""
    return [FORMS[report.form], *FORMS.values()] if report.form in FORMS else list(FORMS.values())


def _proactive(report: Report) -> Iterator[str]:
    forms = _forms(report)
    order = list(dict.fromkeys(row.code for form in forms for row in form.proactive))
    for code, cells in sorted(report.proactive.items(), key=lambda row: order.index(row[0])):
        rows = [row for form in forms for row in form.proactive if row.code == code]
        labels = {column.code: column.label for row in reversed(rows) for column in row.columns}
        shown = "  ".join(f"{labels[c]} {_shown(report, f'proactive.{code}.{c}', cells)}" for c in cells)
        yield f"  {_padded(rows[0].label, 20)} {shown}"


def _table(
    report: Report, name: str, columns: list[tuple[str, str]], labels: dict[str, str]
) -> Iterator[str]:
    table: Table = getattr(report, name)
    width = max(min(_width(label), 36) for label in (labels[code] for code in table))
    widths = [max(_width(label), 6) for _, label in columns]
    order = {code: at for at, code in enumerate(labels)}
    yield "  " + " ".join(
        [" " * width, *(_left(label, w) for (_, label), w in zip(columns, widths, strict=True))]
    )
    for code, cells in sorted(table.items(), key=lambda row: order[row[0]]):
        values = (_shown(report, f"{name}.{code}.{c}", cells) for c, _ in columns)
        yield "  " + " ".join([_padded(labels[code], width), *_lefts(values, widths)])


def _lefts(values: Iterable[str], widths: list[int]) -> Iterator[str]:
    return (_left(value, width) for value, width in zip(values, widths, strict=True))


def _shown(report: Report, path: str, cells: dict) -> str:  # type: ignore[type-arg]
    """A value; `·` blank, `?` unclear, the mark itself, a space where no cell stands."""
    code = path.rpartition(".")[2]
    if code not in cells:
        return ""
    value, note = cells[code], report.notes.get(path)
    if value is not None:
        return plain(value) + ("*" if note else "")
    if note is None:
        return "·"
    return note.text if note.flag == "mark" else "?"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _padded(text: str, width: int) -> str:
    """The text cut or filled to a width in which a Chinese character counts two."""
    if _width(text) > width:
        while _width(text) > width - 2:
            text = text[:-1]
        text += "…"
    return text + " " * (width - _width(text))


def _left(text: str, width: int) -> str:
    return " " * (width - _width(text)) + text
