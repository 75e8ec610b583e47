"""A report as a person reads it in the terminal: within its width, and nothing cut off."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator

from crawler.folding import folded, width
from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, Form
from parsers.forms.annex import ANNEX
from parsers.forms.indicators import row_label
from parsers.report import Report, Table, plain

ROOM = 80
"""Columns where no terminal says how many it has."""
LABEL = 16
"""Least width of the labels of rows, however wide the figures are."""


def summary(name: str, report: Report) -> str:
    """Title, issuer, year, form, the tables and the findings of a report."""
    room = shutil.get_terminal_size((ROOM, 0)).columns
    said = (
        f"issuer {report.issuer or '?'} · year {report.year or '?'} · form {report.form} · scope {report.scope}"
        f" · published on {report.published_on or '?'}"
    )
    lines = [name, *folded(report.title or "no title", room), *folded(said, room)]
    if report.proactive:
        lines += ["", "二、主动公开 proactive", *_proactive(report, room)]
    if report.requests:
        columns = [(column.code, column.label) for column in REQUEST_COLUMNS]
        labels: dict[str, str] = {}
        for row in (row for form in _forms(report) for row in form.requests):
            labels.setdefault(row.code, row_label(row))
        lines += ["", "三、申请 requests", *_table(report, "requests", columns, labels, room)]
    if report.remedies:
        outcomes = [(column.code, column.label) for column in OUTCOMES]
        routes = {row.code: row.label for row in ROUTES}
        lines += ["", "四、复议诉讼 remedies", *_table(report, "remedies", outcomes, routes, room)]
    if report.annex:
        lines += ["", "政府信息公开情况统计表 annex", *_annex(report, room)]
    if report.findings:
        lines += ["", "findings"]
        for f in report.findings:
            lines += folded(f"{f.code}: {f.message}{_places(f.where)}", room, "  ", "    ")
    return "\n".join(lines)


def _places(where: tuple[str, ...]) -> str:
    shown = ", ".join(where[:3]) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
    return f" ({shown})" if shown else ""


def _forms(report: Report) -> list[Form]:
    """The forms, the report's own first: rows are shown in its order, with its labels."""
    return [FORMS[report.form], *FORMS.values()] if report.form in FORMS else list(FORMS.values())


def _proactive(report: Report, room: int) -> Iterator[str]:
    forms = _forms(report)
    order = list(dict.fromkeys(row.code for form in forms for row in form.proactive))
    for code, cells in sorted(report.proactive.items(), key=lambda row: order.index(row[0])):
        rows = [row for form in forms for row in form.proactive if row.code == code]
        labels = {column.code: column.label for row in reversed(rows) for column in row.columns}
        shown = "  ".join(f"{labels[c]} {_shown(report, f'proactive.{code}.{c}', cells)}" for c in cells)
        first, *rest = folded(rows[0].label, 20)
        yield from folded(shown, room, f"  {_padded(first, 20)} ", " " * 23)
        yield from (f"  {line}" for line in rest)


def _table(
    report: Report, name: str, columns: list[tuple[str, str]], labels: dict[str, str], room: int
) -> Iterator[str]:
    table: Table = getattr(report, name)
    order = {code: at for at, code in enumerate(labels)}
    rows = [
        (labels[code], [_shown(report, f"{name}.{code}.{c}", cells) for c, _ in columns])
        for code, cells in sorted(table.items(), key=lambda row: order[row[0]])
    ]
    widest = max(width(label) for label, _ in rows)
    for heads in ([[label] for _, label in columns], [_in_pairs(label) for _, label in columns]):
        widths = [
            max(map(width, [*head, *(values[at] for _, values in rows)])) for at, head in enumerate(heads)
        ]
        left = room - 2 - sum(widths) - len(widths)
        if left >= widest:
            break
    room = min(widest, max(LABEL, left))
    height = max(map(len, heads))
    for parts in zip(*([""] * (height - len(head)) + head for head in heads), strict=True):
        yield _line("", room, parts, widths)
    for label, values in rows:
        *first, last = folded(label, room)
        yield from (f"  {part}" for part in first)
        yield _line(last, room, values, widths)


def _in_pairs(label: str) -> list[str]:
    """A header as it stands over narrow columns: its words have two characters each."""
    return [label] if len(label) <= 3 else [label[at : at + 2] for at in range(0, len(label), 2)]


def _line(label: str, room: int, values: Iterable[str], widths: list[int]) -> str:
    return "  " + " ".join([_padded(label, room), *map(_left, values, widths)])


def _annex(report: Report, room: int) -> Iterator[str]:
    lines = [line for line in ANNEX if line.code in report.annex]
    values = {line.code: _shown(report, f"annex.{line.code}", report.annex) for line in lines}
    widest = max(map(width, values.values()))
    for line in lines:
        *first, last = folded(line.label, room - widest - 10)
        yield from (f"  {part}" for part in first)
        yield f"  {_padded(last, room - widest - 10)} {_left(values[line.code], widest)} {line.unit}"


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


def _padded(text: str, room: int) -> str:
    return text + " " * (room - width(text))


def _left(text: str, room: int) -> str:
    return " " * (room - width(text)) + text
