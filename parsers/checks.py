"""What a report's tables lack, and the sums that they must satisfy (勾稽关系): findings, never repairs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import chain

from parsers.forms import FORMS, ROUTES, every_row
from parsers.forms.annex import ANNEX, MONEY
from parsers.forms.identities import Identity, annex_identities, identities
from parsers.report import TABLES, Finding, Report, Value, plain

MOST_NAMED = 5
"""Of the pictures of a page so many are named."""

_NO_TABLE = "the table is not in the text"
_SAYS = {
    "balance": "received + brought forward is not concluded + carried forward",
    "outcomes": "concluded is not the sum of the outcomes",
    "applicants": "the total is not the sum of the applicants",
    "remedies": "the total is not the sum of the results",
    "annex": "the number is not the sum of its parts",
}


def missing(report: Report) -> list[Finding]:
    """A finding for every table, and for all rows of a table, that the form has and the text has not."""
    if report.annex:
        return _missing_beside_annex(report)
    if not report.has_cells():
        if report.form in FORMS:
            return [Finding("table_missing", every_row(table, report.form), _NO_TABLE) for table in TABLES]
        return [Finding("no_tables", (), "no statutory table stands in the text")]
    lost_tables = [table for table in TABLES if not getattr(report, table)]
    found = [Finding("table_missing", every_row(table, report.form), _NO_TABLE) for table in lost_tables]
    if report.form not in FORMS:
        found.append(
            Finding("form_unknown", ("form",), "no header and no row tells which version of the form it is")
        )
    for table, codes in _rows(report.form, _second_form(report) if report.form in FORMS else "").items():
        present = getattr(report, table)
        lost = tuple(f"{table}.{code}.*" for code in codes if code not in present)
        if present and lost:
            found.append(Finding("rows_missing", lost, f"{len(lost)} rows of the form are not in the text"))
    found += _both_forms(report)
    return found


FIRST_WITH_TABLES = 2019
"""The year of the first reports with the three tables; those before may be prose alone."""


def unread_pictures(report: Report, pictures: Sequence[str]) -> list[Finding]:
    """A finding where pictures may show a table that is not in the text."""
    lost = [f for f in report.findings if f.code in {"no_tables", "table_missing"}]
    if not pictures or not lost or (report.year or FIRST_WITH_TABLES) < FIRST_WITH_TABLES:
        return []
    named = pictures[:MOST_NAMED]
    more = f" and {len(pictures) - len(named)} more" if len(pictures) > len(named) else ""
    message = f"pictures may show what the text lacks, and were not read with it: {', '.join(named)}{more}"
    return [Finding("pictures_unread", tuple(path for f in lost for path in f.where), message)]


def _missing_beside_annex(report: Report) -> list[Finding]:
    """What the annex of form 2014 lacks, and a finding where it stands beside the tables of a later form."""
    lost = tuple(f"annex.{row.code}" for row in ANNEX if row.code not in report.annex)
    found = (
        [Finding("rows_missing", lost, f"{len(lost)} rows of the form are not in the text")] if lost else []
    )
    if report.form != "2014":
        where = tuple(f"annex.{code}" for code in report.annex)
        found.append(
            Finding("mixed_forms", where, f"the annex of form 2014 stands in a report of form {report.form}")
        )
        report = replace(report, annex={})
        found += missing(report)
    return found


def _both_forms(report: Report) -> list[Finding]:
    """A finding where the one row of form 2019 stands beside the three of form 2021 that took its place, or instead of
    them."""
    three = [row.code for row in FORMS["2021"].requests if row.code.startswith("other_handling_")]
    if "other_handling" not in report.requests:
        return []
    if report.form != "2021" and report.requests.keys().isdisjoint(three):
        return []
    where = tuple(f"requests.{code}.*" for code in ("other_handling", *three))
    return [Finding("mixed_forms", where, "其他处理 stands as one row, and has three in the other form")]


@cache
def _rows(first_form: str, second_form: str) -> dict[str, list[str]]:
    """The rows that each table may lack: of its form, or of any where it is unknown."""
    first, second = (
        [FORMS[form]] if form in FORMS else list(FORMS.values()) for form in (first_form, second_form)
    )
    return {
        "proactive": _of_any([[row.code for row in form.proactive] for form in first]),
        "requests": _of_any([[row.code for row in form.requests] for form in second]),
        "remedies": [route.code for route in ROUTES],
    }


def _of_any(codes: list[list[str]]) -> list[str]:
    """The rows of any of the forms: of one that is unknown no row says that it is another."""
    return list(dict.fromkeys(chain.from_iterable(codes)))


def _second_form(report: Report) -> str:
    """The form of the second table: that of 2019 where the page has the one row 其他处理."""
    return "2019" if "other_handling" in report.requests else report.form


def check(report: Report) -> list[Finding]:
    """A finding for every identity whose cells all hold numbers that do not add up, and one for odd counts."""
    cells = report.cells()
    demanded = _demanded(_second_form(report) if report.form in FORMS else "", bool(report.annex))
    broken = [identity for identity in demanded if _difference(identity, cells)]
    suspect = _suspect(broken)
    return [*(_finding(identity, cells, suspect) for identity in broken), *_odd_counts(cells)]


def _odd_counts(cells: dict[str, Value]) -> list[Finding]:
    """A finding where what counts things is negative or no whole number."""
    odd = [path for path, value in cells.items() if value and (value < 0 or not isinstance(value, int))]
    where = tuple(path for path in odd if not _is_no_count(path, cells[path] or 0))
    shown = ", ".join(plain(cells[path] or 0) for path in where)
    return (
        [Finding("count_odd", where, f"{shown} counts things, and is negative or no whole number")]
        if where
        else []
    )


def _is_no_count(path: str, value: int | Decimal) -> bool:
    """Whether a cell holds money, which is never negative, or a change, which is always whole."""
    if path.endswith(".items_change"):
        return isinstance(value, int)
    return value > 0 and (path.endswith(".amount") or path in _AMOUNTS)


_AMOUNTS = frozenset(f"annex.{row.code}" for row in ANNEX if row.unit in MONEY)


@cache
def _demanded(form: str, annex: bool) -> tuple[Identity, ...]:
    return (*(identities(FORMS[form]) if form else ()), *(annex_identities() if annex else ()))


def _difference(identity: Identity, cells: dict[str, Value]) -> bool:
    try:
        return _sum(identity.left, cells) != _sum(identity.right, cells)
    except TypeError:  # a cell is blank or not there
        return False


def _sum(paths: tuple[str, ...], cells: dict[str, Value]) -> int | Decimal:
    return sum(map(cells.get, paths))  # type: ignore[arg-type]


def _suspect(broken: list[Identity]) -> str | None:
    """The one cell in which a broken row and all broken columns cross."""
    rows = [identity for identity in broken if identity.code == "applicants"]
    columns = [identity for identity in broken if identity.code in ("balance", "outcomes")]
    if len(rows) != 1 or not columns:
        return None
    counted = Counter(path for i in (*rows, *columns) for path in {*i.left, *i.right})
    crossing = [path for path, times in counted.items() if times == len(broken)]
    return crossing[0] if len(crossing) == 1 and len(rows) + len(columns) == len(broken) else None


def _finding(identity: Identity, cells: dict[str, Value], suspect: str | None) -> Finding:
    left, right = (" + ".join(plain(cells[p] or 0) for p in side) for side in (identity.left, identity.right))
    message = f"{_SAYS[identity.code]}: {left} ≠ {right}"
    if suspect in {*identity.left, *identity.right}:
        message += f"; all that is broken meets in {suspect}"
    return Finding("identity_broken", (*identity.left, *identity.right), message)
