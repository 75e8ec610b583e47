"""Hits → the tables of a report: columns of each row, values, notes, findings."""

from __future__ import annotations

from collections.abc import Sequence

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES, Row
from parsers.forms.labels import Word
from parsers.report import Finding, Note, Report
from parsers.tables.align import Aligned, align, offsets, over_columns
from parsers.tables.place import Headers, Hit, Placed
from parsers.values import Unit, read_cell

REQUEST_CODES = tuple(column.code for column in REQUEST_COLUMNS)
OUTCOME_CODES = tuple(column.code for column in OUTCOMES)
REMEDY_PATHS = tuple(f"{route.code}.{outcome}" for route in ROUTES for outcome in OUTCOME_CODES)


def fill(report: Report, placed: Placed) -> None:
    """Write what the hits hold into the report."""
    report.findings += placed.findings
    report.form = _form(placed)
    for table in ("proactive", "requests"):
        _fill_rows(report, table, [hit for hit in placed.hits if hit.table == table])
    _fill_remedies(report, [hit for hit in placed.hits if hit.table == "remedies"])


def _form(placed: Placed) -> str:
    """The form, by the headers of the first table, else by the rows of 其他处理 in the second."""
    if placed.column_words:
        return max(sorted(placed.column_words), key=lambda form: placed.column_words[form])
    codes = {hit.code for hit in placed.hits if hit.table == "requests"}
    if {code for code in codes if code.startswith("other_handling_")}:
        return "2021"
    return "2019" if "other_handling" in codes else "narrative"


def _fill_rows(report: Report, table: str, hits: list[Hit]) -> None:
    full = {hit.code for hit in hits if hit.cells}
    wanted = [(hit, _columns(report, hit)) for hit in hits if hit.cells or hit.code not in full]
    by_shape = offsets((hit, len(codes)) for hit, codes in wanted if hit.row.kind != "exact")
    for hit, codes in wanted:
        if not hit.cells:
            message = f"the row “{hit.label}” stands without cells"
            report.findings.append(Finding("row_without_cells", (f"{table}.{hit.code}.*",), message))
            continue
        _store(report, f"{table}.{hit.code}", hit, align(hit, codes, by_shape))
    _check_all_headers(report, table, [hit for hit, _ in wanted if hit.cells])


def _columns(report: Report, hit: Hit) -> Sequence[str]:
    """The columns of a row: those of the page's headers where a form has them, else those of the report's form."""
    if hit.table == "requests":
        return REQUEST_CODES
    headed = [word.code for word in hit.headers.words if word.role == "column"]
    rows = {form: _row(form, hit.code) for form in FORMS}
    for form, row in rows.items():
        if row and headed == [column.code for column in row.columns]:
            if form != report.form and headed not in (
                [c.code for c in r.columns] for r in [rows[report.form]] if r
            ):
                _mixed(report, f"proactive.{hit.code}.*", form)
            return headed
    row = rows.get(report.form) or next((row for row in rows.values() if row), None)
    if rows.get(report.form) is None:
        _mixed(report, f"proactive.{hit.code}.*", next(form for form, row in rows.items() if row))
    return [column.code for column in row.columns] if row else []


def _row(form: str, code: str) -> Row | None:
    return next((row for row in FORMS[form].proactive if row.code == code), None)


def _mixed(report: Report, path: str, form: str) -> None:
    message = f"the row is of form {form}, the report of form {report.form}"
    report.findings.append(Finding("mixed_forms", (path,), message))


def _store(report: Report, path: str, hit: Hit, aligned: Aligned) -> None:
    table, row = path.split(".")
    cells = getattr(report, table).setdefault(row, {})
    shown = " ".join(cell.text.strip() for cell in hit.cells if cell.text.strip())
    for code, text in aligned.texts.items():
        _put(report, cells, f"{path}.{code}", code, text, _unit(code, hit.headers))
    for code in aligned.unclear:
        cells[code] = None
        report.notes[f"{path}.{code}"] = Note(shown, "unclear")
    if aligned.unclear:
        message = f"{len(hit.cells)} cells ({shown}) do not tell under which columns they stand"
        where = tuple(f"{path}.{code}" for code in aligned.unclear)
        report.findings.append(Finding("columns_unclear", where, message))
    if aligned.extra:
        message = f"more cells than columns: {' '.join(aligned.extra)}"
        report.findings.append(Finding("extra_cells", (f"{path}.*",), message))
    if aligned.missing:
        where = tuple(f"{path}.{code}" for code in aligned.missing)
        report.findings.append(Finding("cells_missing", where, "the row ends before these columns"))


def _put(report: Report, cells: dict, path: str, code: str, text: str, unit: Unit) -> None:  # type: ignore[type-arg]
    cell = read_cell(text, unit)
    if code in cells and (cells[code] != cell.value or report.notes.get(path) != cell.note):
        before = report.notes[path].text if path in report.notes else str(cells[code])
        cells[code] = None
        report.notes[path] = Note(f"{before} | {text}", "unclear")
        message = f"the cell stands twice in the report, as {before} and as {text}"
        report.findings.append(Finding("cell_repeated", (path,), message))
        return
    cells[code] = cell.value
    if cell.note:
        report.notes[path] = cell.note
    if cell.note and cell.note.flag == "unclear":
        report.findings.append(Finding("cell_unclear", (path,), f"“{cell.note.text}” is no number"))
    if cell.unit_unknown:
        message = f"{text} stands without a unit (元 or 万元) and was left as printed"
        report.findings.append(Finding("unit_unknown", (path,), message))


def _unit(code: str, headers: Headers) -> Unit:
    if code != "amount":
        return "count"
    texts = [text for text, word in zip(headers.texts, headers.words, strict=True) if word.code == "amount"]
    text = texts[-1] if texts else ""
    if "万元" in text:
        return "yuan10k"
    return "yuan" if "元" in text else "unknown"


def _check_all_headers(report: Report, table: str, hits: list[Hit]) -> None:
    """Check every set of headers once, with the rows that stand under it."""
    headed: dict[int, list[Hit]] = {}
    for hit in hits:
        headed.setdefault(id(hit.headers), []).append(hit)
    for under in headed.values():
        rows = {hit.code for hit in under if hit.code} or set(report.remedies)
        _check_headers(report, table, under[0].headers, rows)


def _check_headers(report: Report, table: str, headers: Headers, rows: set[str]) -> None:
    """A finding where rows stand under headers that are lost or not those of the form."""
    found = {word.code for word in headers.words if word.role == "column"}
    wanted = REQUEST_CODES if table == "requests" else OUTCOME_CODES if table == "remedies" else ()
    lost = [code for code in wanted if code not in found]
    if found and not lost:
        return
    named = f" ({'、'.join(headers.unknown)})" if headers.unknown else ""
    message = f"headers of the form are lost or not understood{named}; cells were placed by their number"
    by_row = tuple(f"{table}.{row}.*" for row in sorted(rows))
    where = tuple(f"{table}.*.{code}" for code in lost) if found else by_row
    report.findings.append(Finding("headers_missing", where, message))


def _fill_remedies(report: Report, hits: list[Hit]) -> None:
    full = [hit for hit in hits if any(cell.text.strip() for cell in hit.cells)]
    chosen = full or [hit for hit in hits if len(hit.cells) == len(REMEDY_PATHS)][-1:]
    for hit in chosen:
        columns = _remedy_columns(hit.headers)
        known = hit.row.kind == "exact" and columns and not hit.code and hit.headers.grid == hit.row.grid
        aligned = over_columns(hit.cells, columns) if known else None
        if aligned is None or aligned.extra:
            aligned = align(hit, _remedy_paths(hit), {})
        _store_remedies(report, hit, aligned)
    _check_all_headers(report, "remedies", chosen)


def _remedy_columns(headers: Headers) -> dict[str, list[int]]:
    """Route and outcome of each column, where the headers over it name both."""
    found: dict[str, list[int]] = {}
    for column, stack in sorted(headers.columns.items()):
        route = [word.code for word in stack if word.role == "row"]
        outcome = [word.code for word in stack if word.role == "column"]
        if route and outcome:
            found.setdefault(f"{route[-1]}.{outcome[-1]}", []).append(column)
    return found


def _remedy_paths(hit: Hit) -> list[str]:
    """The columns as far as the header words tell: five outcomes for each route that was named."""
    if hit.code:
        return [f"{hit.code}.{outcome}" for outcome in OUTCOME_CODES]
    routes = _routes(hit.headers.words)
    outcomes = [word.code for word in hit.headers.words if word.role == "column"]
    if routes and len(outcomes) == len(routes) * len(OUTCOME_CODES):
        return [f"{route}.{outcome}" for route in routes for outcome in OUTCOME_CODES]
    return list(REMEDY_PATHS)


def _routes(words: Sequence[Word]) -> list[str]:
    named = {word.code for word in words if word.role == "row"}
    return [route.code for route in ROUTES if route.code in named]


def _store_remedies(report: Report, hit: Hit, aligned: Aligned) -> None:
    for path, part in _by_route(aligned).items():
        _store(report, f"remedies.{path}", hit, part)


def _by_route(aligned: Aligned) -> dict[str, Aligned]:
    parts: dict[str, Aligned] = {}
    for path, text in aligned.texts.items():
        route, outcome = path.split(".")
        parts.setdefault(route, Aligned()).texts[outcome] = text
    for name in ("unclear", "missing"):
        for path in getattr(aligned, name):
            route, outcome = path.split(".")
            getattr(parts.setdefault(route, Aligned()), name).append(outcome)
    if aligned.extra and parts:
        next(iter(parts.values())).extra = aligned.extra
    return parts
