"""The third table: three routes of remedy with five outcomes each, in one row of fifteen cells or in parts."""

from __future__ import annotations

from collections import defaultdict

from parsers.forms import OUTCOMES, ROUTES
from parsers.report import Report
from parsers.tables.align import Aligned, align, over_columns, ragged
from parsers.tables.cells import lost_headers, note_ragged, store
from parsers.tables.place import Headers, Hit

OUTCOME_CODES = tuple(column.code for column in OUTCOMES)
ROUTE_CODES = tuple(route.code for route in ROUTES)
PATHS = tuple(f"{route}.{outcome}" for route in ROUTE_CODES for outcome in OUTCOME_CODES)


def fill_remedies(report: Report, hits: list[Hit]) -> None:
    """Write the rows of values; a row of fifteen blanks counts only where no other has a value."""
    full = [hit for hit in hits if any(cell.text.strip() for cell in hit.cells)]
    for hit in full or [hit for hit in hits if len(hit.cells) == len(PATHS)][-1:]:
        columns = _by_column(hit.headers)
        known = hit.row.kind == "exact" and not hit.code and _spans(hit, columns)
        aligned = over_columns(hit.cells, columns) if known else _by_order(report, hit)
        for route, part in _by_route(aligned).items():
            store(report, f"remedies.{route}", hit, part)
        for odd in ragged([(hit, len(OUTCOME_CODES) if hit.code else len(PATHS))]):
            routes = [hit.code] if hit.code else list(report.remedies)
            note_ragged(report, [odd] * len(routes), [f"remedies.{route}" for route in routes])


def _spans(hit: Hit, columns: dict[str, list[int]]) -> bool:
    """Whether the row begins and ends with the columns, and these are five for each route."""
    if hit.headers.grid != hit.row.grid or not columns or len(columns) % len(OUTCOME_CODES):
        return False
    if any(wanted[-1] - wanted[0] >= len(wanted) for wanted in columns.values()):
        return False  # one cell names several routes
    flat = sorted(column for wanted in columns.values() for column in wanted)
    begin, last = hit.cells[0].column, hit.cells[-1]
    return (begin, last.column + last.width - 1) == (flat[0], flat[-1]) and len(flat) == flat[-1] - flat[
        0
    ] + 1


def _by_column(headers: Headers) -> dict[str, list[int]]:
    """Route and outcome of each column, where the headers over it name both."""
    found: dict[str, list[int]] = {}
    for column, stack in sorted(headers.columns.items()):
        route = [word.code for word in stack if word.role == "row"]
        outcome = [word.code for word in stack if word.role == "column"]
        if route and outcome:
            found.setdefault(f"{route[-1]}.{outcome[-1]}", []).append(column)
    return found


def _by_order(report: Report, hit: Hit) -> Aligned:
    """The columns in the order in which the header words were read: five outcomes for each route."""
    routes = [hit.code] if hit.code else _named(hit.headers, "row")
    outcomes = _named(hit.headers, "column")
    fives = [outcomes[n : n + 5] for n in range(0, len(outcomes), 5)]
    official = [route for route in ROUTE_CODES if route in routes]
    if (
        routes
        and routes == official
        and len(fives) == len(routes)
        and all(sorted(f) == sorted(OUTCOME_CODES) for f in fives)
    ):
        paths = [f"{route}.{outcome}" for route, five in zip(routes, fives, strict=True) for outcome in five]
        return _laid_over(hit, tuple(paths))
    routes = [hit.code] if hit.code else list(ROUTE_CODES)
    lost_headers(report, hit.headers, tuple(f"remedies.{route}.*" for route in routes))
    return _laid_over(hit, tuple(f"{route}.{outcome}" for route in routes for outcome in OUTCOME_CODES))


def _laid_over(hit: Hit, paths: tuple[str, ...]) -> Aligned:
    """The cells by their number. Blanks before the first value may be what fills a header up, or values: with more
    cells than columns they do not tell how many of them are lost."""
    blank = not hit.cells[0].text.strip()
    aligned = align(hit, paths, {})
    if hit.row.kind != "exact" and blank and len(hit.cells) > len(paths) and not aligned.texts.get(paths[0]):
        return Aligned(unclear=list(paths))
    return aligned


def _named(headers: Headers, role: str) -> list[str]:
    return [word.code for word in headers.words if word.role == role]


def _by_route(aligned: Aligned) -> dict[str, Aligned]:
    parts: defaultdict[str, Aligned] = defaultdict(Aligned)
    for path, text in aligned.texts.items():
        route, outcome = path.split(".")
        parts[route].texts[outcome] = text
    for name in ("unclear", "missing"):
        for path in getattr(aligned, name):
            route, outcome = path.split(".")
            getattr(parts[route], name).append(outcome)
    for part in parts.values():
        part.extra = aligned.extra
    return parts
