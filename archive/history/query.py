"""What the listing verbs show: the state as of an instant, narrowed to a unit, and the cells of a reading."""

from __future__ import annotations

import difflib
import json
from contextlib import closing
from datetime import datetime
from typing import Any

from archive import clock
from archive.database import Database, read_database
from archive.folder import Folder
from archive.history.derive import State, derive
from archive.history.ledger import Row
from archive.readings import generation
from archive.readings.tables import load
from archive.register.units import Unit
from parsers.errors import Fault


def state(folder: Folder, as_of: datetime) -> State:
    """The state of an archive as of an instant, computed from evidence: what is pending today is missing tomorrow, so
    no stored ledger is shown."""
    with closing(read_database(folder)) as database:
        return derive(database, folder, as_of, generation.shown(database))


def find_unit(state: State, wanted: str) -> Unit:
    """The unit of a code or a name; a fault names the near ones where it fits none or several."""
    exact = [u for u in state.units if wanted in {u.code, u.name}]
    if len(exact) == 1:
        return exact[0]
    within = exact or [u for u in state.units if wanted in u.name]
    if len(within) == 1:
        return within[0]
    if within:
        listed = ", ".join(f"{u.name} ({u.code})" for u in within[:8])
        raise Fault(f"{wanted} fits several units: {listed}")
    near = difflib.get_close_matches(wanted, [u.name for u in state.units], n=3, cutoff=0.3)
    raise Fault(f"no unit is called {wanted}" + (f"; near it: {', '.join(near)}" if near else ""))


def ledger_row(row: Row) -> dict[str, Any]:
    """A row of the ledger as the verbs print it."""
    return {
        "unit": row.unit.code,
        "name": row.unit.name,
        "kind": row.unit.kind,
        "expected_by": row.unit.basis,
        "portal": row.unit.portal,
        "year": row.year,
        "presence": row.presence,
        "timing": row.timing,
        "reading": row.reading,
        "due": str(row.due.day),
        "basis": row.due.basis,
        "not_before": row.not_before,
        "not_after": row.not_after,
        "published_basis": row.published_basis,
        "last_clear_sight": row.last_clear_sight,
        "why": row.why,
        "columns": row.columns,
        "captures": row.captures,
    }


def missing_row(row: Row, as_of: datetime) -> dict[str, Any]:
    """A missing report, with the sentence that says what was observed and nothing more."""
    out = ledger_row(row)
    today = clock.day(as_of)
    out["days_overdue"] = (today - row.due.day).days
    sight = clock.day(row.last_clear_sight) if row.last_clear_sight else None
    out["sentence"] = (
        f"{_chinese(sight)}最后一次完整查看时，{row.unit.name}{row.year}年度政府信息公开工作年度报告未见于栏目{'、'.join(row.columns)}；"
        f"应公布日期为{_chinese(row.due.day)}（依据：{_basis(row.due.basis)}）。"
    )
    return out


def reading(database: Database, reading_id: int) -> dict[str, Any]:
    """What one reading holds, in the shape of `gongkai parse --json`."""
    head = database.execute("SELECT * FROM readings WHERE id = ?", [reading_id]).fetchone()
    source = {
        "sha256": head["body"],
        "format": head["format"],
        "generation": head["generation"],
        "engines": json.loads(head["engines"]),
    }
    return load(database, reading_id).as_json(source)


BASIS = {"statute": "法规", "notice": "通知", "practice": "惯例，并非法定期限", "user": "使用者设定"}


def _basis(text: str) -> str:
    kind, _, source = text.partition(": ")
    return BASIS[kind] + (f"，{source}" if kind in {"statute", "notice"} and source else "")


def _chinese(day: Any) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else "未曾"
