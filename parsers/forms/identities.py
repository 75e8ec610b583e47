"""勾稽关系: the sums that the figures of one report must satisfy (FORMS identities 1 to 4)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from parsers.forms.annex import PARTS, SUMS
from parsers.forms.model import Form
from parsers.forms.remedies import OUTCOMES, ROUTES
from parsers.forms.requests import REQUEST_COLUMNS


class Identity(NamedTuple):
    """The cells of `left` add up to the same as the cells of `right` (paths)."""

    code: str
    left: tuple[str, ...]
    right: tuple[str, ...]


def identities(form: Form) -> Iterator[Identity]:
    """Every identity inside one report of the form."""
    inner = [row.code for row in form.requests if row.groups]
    outcomes = [code for code in inner if code != "concluded"]
    for column in (c.code for c in REQUEST_COLUMNS):
        yield Identity(
            "balance",
            _down(column, "received", "brought_forward"),
            _down(column, "concluded", "carried_forward"),
        )
        yield Identity("outcomes", _down(column, "concluded"), _down(column, *outcomes))
    parts = [c.code for c in REQUEST_COLUMNS if c.code != "total"]
    for row in (r.code for r in form.requests):
        yield Identity("applicants", _across("requests", row, "total"), _across("requests", row, *parts))
    kinds = [c.code for c in OUTCOMES if c.code != "total"]
    for route in (r.code for r in ROUTES):
        yield Identity("remedies", _across("remedies", route, "total"), _across("remedies", route, *kinds))


def annex_identities() -> Iterator[Identity]:
    """Every identity inside the annex of form 2014."""
    for total in SUMS:
        yield Identity("annex", (f"annex.{total}",), tuple(f"annex.{part}" for part in PARTS[total]))


def _down(column: str, *rows: str) -> tuple[str, ...]:
    return tuple(f"requests.{row}.{column}" for row in rows)


def _across(table: str, row: str, *columns: str) -> tuple[str, ...]:
    return tuple(f"{table}.{row}.{column}" for column in columns)
