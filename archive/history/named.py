"""Units and divisions by the names that people give them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from archive.history.query import Asked
from parsers.errors import Fault


def unit_code(of: Asked, wanted: str) -> str:
    """The code of the unit that is called so, or has this code; a fault names the near ones where it fits none or
    several."""
    former = "id IN (SELECT unit FROM former_names WHERE name = ?1)"
    for test in (f"code = ?1 OR name IN (?1, ?1 || '人民政府') OR {former}", "name LIKE '%' || ?1 || '%'"):
        found = of.database.execute(f"SELECT code, name FROM units WHERE {test} LIMIT 9", [wanted]).fetchall()
        if found:
            return _only_one(wanted, [tuple(row) for row in found])
    raise _unknown(wanted, (row[0] for row in of.database.execute("SELECT DISTINCT name FROM units")))


def division_code(of: Asked, wanted: str) -> str:
    """A division's code, where units of it are known; a fault that names those that have any where none are: a slip of
    the pen must not read as `nothing is missing`."""
    known = [
        row[0] for row in of.database.execute("SELECT DISTINCT division FROM units ORDER BY 1") if row[0]
    ]
    if wanted in known:
        return wanted
    near = difflib.get_close_matches(wanted, known, n=3, cutoff=0.3)
    raise Fault(f"no unit of division {wanted} is known" + (f"; near it: {', '.join(near)}" if near else ""))


def _only_one(wanted: str, found: list[tuple[str, str]]) -> str:
    if len(found) > 1:
        listed = ", ".join(f"{name} ({code})" for code, name in found[:8])
        raise Fault(f"{wanted} fits several units: {listed}")
    return found[0][0]


def _unknown(wanted: str, names: Iterable[str]) -> Fault:
    near = difflib.get_close_matches(wanted, list(names), n=3, cutoff=0.3)
    return Fault(f"no unit is called {wanted}" + (f"; near it: {', '.join(near)}" if near else ""))
