"""What text recognition read is never plain: every number of it gets the flag `ocr`, every doubt is `unclear`, and a
doubt that two identities which cross in it settle alike is `repaired`.

Only cells that were not read with certainty are repaired. A number that was, and that breaks an identity, stays as it
stands in the scan, with the finding: its publisher may have printed it so.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from types import MappingProxyType

from parsers.document import PICTURE, SCANNED, Block, Document, Grid
from parsers.forms import FORMS
from parsers.forms.identities import Identity, identities
from parsers.ocr import DOUBT, ENGINE_NAME
from parsers.report import Note, Report, Value, plain
from parsers.tables.place import place
from parsers.tables.rows import rows

_ACROSS = frozenset({"applicants"})


def is_recognised(document: Document) -> bool:
    """Whether text recognition took part in a document."""
    return any(engine.startswith(ENGINE_NAME) for engine in document.engines)


def settle(
    report: Report,
    document: Document,
    items: Sequence[Block | Grid] = (),
    annex: Mapping[str, Sequence[str]] = MappingProxyType({}),
) -> None:
    """Flag what was recognised, and repair what the identities of the form leave no choice about. The report less its
    annex are the `items`, and `annex` says where its rows stand: a row that is known to stand on no recognised page is
    plain."""
    if not is_recognised(document):
        return
    seen, drawn = _rows(items, annex)
    doubted = _flag(report, lambda path: not f"{path}.".startswith(drawn) or f"{path}.".startswith(seen))
    for path, value in _solved(report, doubted).items():
        _put(report, path, value)
        report.notes[path] = Note(report.notes[path].text, "repaired")
        report.findings = [f for f in report.findings if not (f.code == "cell_unclear" and path in f.where)]


_RECOGNISED = rf"(?:^|, )(?:{SCANNED}|{PICTURE}) \d"


def _rows(
    items: Sequence[Block | Grid], annex: Mapping[str, Sequence[str]]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """How the paths begin of rows that stand on recognised pages, be it in part, and of those that do not."""
    places: dict[str, list[str]] = defaultdict(list)
    for hit in place(rows(items)).hits:
        row = f"{hit.table}.{hit.code}." if hit.code else f"{hit.table}."
        places[row] += [hit.row.place, *(block.place for block in hit.row.blocks)]
    for code, where in annex.items():
        places[f"annex.{code}."] += where
    seen = {row for row, found in places.items() if any(re.search(_RECOGNISED, at) for at in found)}
    return tuple(seen), tuple(places.keys() - seen)


def _flag(report: Report, is_seen: Callable[[str], bool]) -> set[str]:
    """Give every cell that was recognised its note, and return the paths of the doubts."""
    doubted: set[str] = set()
    for path, value in report.cells().items():
        if not is_seen(path):
            continue
        note = report.notes.get(path)
        if note and DOUBT in note.text:
            doubted.add(path)
            report.notes[path] = replace(note, text=_without_doubt(note.text))
        elif value is not None:
            report.notes[path] = Note(note.text if note else plain(value), "ocr")
    report.findings = [replace(f, message=_without_doubt(f.message)) for f in report.findings]
    report.sections = {code: _without_doubt(text) for code, text in report.sections.items()}
    return doubted


def _without_doubt(text: str) -> str:
    return text.replace(DOUBT, "")


def _solved(report: Report, doubted: set[str]) -> dict[str, int | Decimal]:
    """The doubts that one identity along their row and one along their column settle alike, if all identities hold
    with them."""
    if report.form not in FORMS:
        return {}
    rules = list(identities(FORMS[_second(report)]))
    cells = report.cells()
    found: dict[str, int | Decimal] = {}
    for path in sorted(doubted):
        rows = {_lacking(rule, path, cells) for rule in rules if rule.code in _ACROSS and _has(rule, path)}
        columns = {
            _lacking(rule, path, cells) for rule in rules if rule.code not in _ACROSS and _has(rule, path)
        }
        values = (rows | columns) - {None}
        if rows - {None} and columns - {None} and len(values) == 1:
            (value,) = values
            if value is not None and value >= 0 and value == value.to_integral_value():
                found[path] = int(value)
    filled = {**cells, **found}
    return found if all(_holds(rule, filled) for rule in rules) else {}


def _second(report: Report) -> str:
    return "2019" if "other_handling" in report.requests else report.form


def _has(rule: Identity, path: str) -> bool:
    return path in rule.left or path in rule.right


def _lacking(rule: Identity, path: str, cells: dict[str, Value]) -> Decimal | None:
    """What a cell must hold for an identity to hold; `None` if other cells of it are not known."""
    known = {p: cells.get(p) for p in (*rule.left, *rule.right) if p != path}
    if None in known.values():
        return None
    left, right = (
        sum((Decimal(known[p] or 0) for p in side if p != path), Decimal(0))
        for side in (rule.left, rule.right)
    )
    return right - left if path in rule.left else left - right


def _holds(rule: Identity, cells: dict[str, Value]) -> bool:
    """Whether an identity holds, or cannot be judged."""
    sides = [[cells.get(path) for path in side] for side in (rule.left, rule.right)]
    if any(value is None for side in sides for value in side):
        return True
    left, right = (sum(value for value in side if value is not None) for side in sides)
    return left == right


def _put(report: Report, path: str, value: int | Decimal) -> None:
    table, row, column = path.split(".")
    getattr(report, table)[row][column] = value
