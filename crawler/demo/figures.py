"""Random figures for the statutory tables, with the sums that the forms demand."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from parsers.forms import OUTCOMES, REQUEST_COLUMNS, ROUTES, Form, Row
from parsers.forms.annex import ANNEX, SUMS
from parsers.forms.annex import PARTS as PARTS_OF
from parsers.report import plain

Cell = int | Decimal | str | None
Table = dict[str, dict[str, Cell]]

PARTS = tuple(column.code for column in REQUEST_COLUMNS if column.code != "total")
COMMON_OUTCOMES = ("granted", "granted", "granted", "unavailable_not_held", "partly_granted")
"""What most requests end in; the other outcomes share the rest."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The three statutory tables of one report, or the annex of form 2014."""

    proactive: Table
    requests: Table
    remedies: Table
    annex: dict[str, Cell] = field(default_factory=dict)


def proactive(rng: Random, form: Form, previous: Table | None) -> Table:
    """Table of section 二, in step with the year before where the forms tie the two (identities 6 and 7)."""
    return {row.code: _item(rng, row, (previous or {}).get(row.code)) for row in form.proactive}


def requests(rng: Random, form: Form, previous: Table | None, busy: int) -> Table:
    """Table of section 三 (identities 1 to 3); what the year before carried forward is brought forward."""
    table: Table = {row.code: dict.fromkeys(PARTS, 0) for row in form.requests}
    carried = (previous or {}).get("carried_forward", {})
    for part in PARTS:
        brought = _number(carried.get(part)) if previous is not None else _few(rng, 2)
        received = _few(rng, busy if part == "natural_person" else busy // 4)
        forward = rng.randint(0, min(2, received + brought))
        for outcome in _outcomes(rng, form, received + brought - forward):
            table[outcome][part] = _number(table[outcome][part]) + 1
        table["received"][part], table["brought_forward"][part] = received, brought
        table["concluded"][part], table["carried_forward"][part] = received + brought - forward, forward
    return with_totals(table)


def remedies(rng: Random) -> Table:
    """Table of section 四 (identity 4)."""
    kinds = [column.code for column in OUTCOMES if column.code != "total"]
    return with_totals({route.code: {kind: _few(rng, 3) for kind in kinds} for route in ROUTES})


def annex(rng: Random, busy: int) -> dict[str, Cell]:
    """The annex of form 2014 with its sums."""
    cells: dict[str, Cell] = {row.code: _few(rng, busy * 4) for row in ANNEX}
    for code in ("request_fees", "budget"):
        cells[code] = Decimal(plain(Decimal(_few(rng, 99_999)).scaleb(-2)))
    for total in reversed(SUMS):  # answered_denied before answered, of which it is a part
        cells[total] = sum(_number(cells[part]) for part in PARTS_OF[total])
    return cells


def with_totals(table: Table) -> Table:
    """The table with every row's `total` last, as the sum of the numbers beside it."""
    parts = {row: {c: v for c, v in columns.items() if c != "total"} for row, columns in table.items()}
    return {row: {**columns, "total": sum(map(_number, columns.values()))} for row, columns in parts.items()}


def _item(rng: Random, row: Row, before: dict[str, Cell] | None) -> dict[str, Cell]:
    codes = [column.code for column in row.columns]
    if "in_force" in codes:
        return _rules(rng, row.code, before)
    if "items_change" in codes:
        items: dict[str, Cell] = {**_items(rng, before)}
        return {**items, "decisions": _few(rng, 900)} if "decisions" in codes else items
    if "amount" in codes:
        amount = Decimal(plain(Decimal(_few(rng, 999_999)).scaleb(-2)))
        return {**({"items": _few(rng, 40)} if "items" in codes else {}), "amount": amount}
    return {code: _few(rng, 900) for code in codes}


def _rules(rng: Random, code: str, before: dict[str, Cell] | None) -> dict[str, Cell]:
    most = 0 if code == "rules" else 6  # rules are made by provinces and large cities only
    old = rng.randint(0, most * 3) if before is None else _number(before.get("in_force"))
    issued = _few(rng, most)
    repealed = rng.randint(0, min(most // 2, old + issued))
    return {"issued": issued, "repealed": repealed, "in_force": old + issued - repealed}


def _items(rng: Random, before: dict[str, Cell] | None) -> dict[str, int]:
    last = rng.randint(0, 80)
    if before is not None:
        last = _number(before.get("items_last_year")) + _number(before.get("items_change"))
    return {"items_last_year": last, "items_change": rng.randint(-min(9, last), 12)}


def _outcomes(rng: Random, form: Form, count: int) -> list[str]:
    rest = [row.code for row in form.requests if row.groups and row.code != "concluded"]
    return [rng.choice(COMMON_OUTCOMES if rng.random() < 0.7 else rest) for _ in range(count)]


def _few(rng: Random, most: int) -> int:
    return int((most + 1) * rng.random() ** 3)


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0
