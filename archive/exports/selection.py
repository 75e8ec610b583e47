"""Which units, years and indicators are asked for."""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from archive.history.named import unit_code
from archive.history.query import AREAS, Asked
from archive.register import divisions
from archive.register.units import Unit
from parsers.errors import Fault
from parsers.forms.indicators import INDICATORS


@dataclass(frozen=True, slots=True)
class Selection:
    """A choice of units; what is empty narrows nothing. Divisions are codes of six digits or names; `years` are
    inclusive."""

    unit: str = ""
    county: str = ""
    city: str = ""
    province: str = ""
    kind: str = ""
    years: tuple[int, int] | None = None


def division(code: str, level: str) -> str:
    """The code of the county, city or province of a county's code; the code itself where it is none."""
    digits = {"county": 6, "city": 4, "province": 2}[level]
    return code[:digits].ljust(6, "0") if re.fullmatch(r"\d{6}", code) else code


def name_of(code: str) -> str:
    """The name of a division, empty for a code that the official table does not have."""
    return next(reversed(divisions.above(code)), "")


def units(of: Asked, wanted: Selection) -> list[Unit]:
    """The units that are asked for, by code; a fault where none is."""
    levels = {"county": wanted.county, "city": wanted.city, "province": wanted.province}
    terms, values = ["1"], []
    for level, said in levels.items():
        if said:
            terms.append(f"{AREAS[level]} = ?")
            values.append(_code(of, level, said))
    if wanted.kind:
        terms.append("kind = ?")
        values.append(wanted.kind)
    if wanted.unit:
        terms.append("code = ?")
        values.append(unit_code(of, wanted.unit))
    query = f"SELECT code, name, kind, division, basis, coalesce(portal, '') FROM units WHERE {' AND '.join(terms)}"
    found = [Unit(*row) for row in of.database.execute(f"{query} ORDER BY code", values)]
    if not found:
        asked = ", ".join(f"--{k} {v}" for k, v in (levels | {"kind": wanted.kind}).items() if v)
        raise Fault(f"no unit fits {asked}" if asked else "the archive knows no unit yet")
    return found


def _code(of: Asked, level: str, said: str) -> str:
    """The code of a division that is asked for by code or name; only those of known units can be named."""
    if re.fullmatch(r"\d{6}", said):
        return said
    codes = {division(row[0], level) for row in of.database.execute("SELECT DISTINCT division FROM units")}
    named = sorted(code for code in codes if said == name_of(code))
    if len(named) != 1:
        raise Fault(
            f"--{level} takes a code of six digits, like 110105, or the name of one; {said} is neither"
        )
    return named[0]


def years(of: Asked, chosen: Iterable[Unit], wanted: Selection) -> list[int]:
    """The years of a balanced panel: those asked for, else from the first to the last known of any chosen unit."""
    if wanted.years:
        first, last = wanted.years
        return list(range(first, last + 1))
    codes = json.dumps([unit.code for unit in chosen])
    first, last = of.database.execute(
        """SELECT min(year), max(year) FROM ledger JOIN units ON units.id = ledger.unit
           WHERE units.code IN (SELECT value FROM json_each(?))""",
        [codes],
    ).fetchone()
    return [] if first is None else list(range(first, last + 1))


def indicators(patterns: Iterable[str]) -> list[str]:
    """The paths that fit any of the patterns (`requests.*.total`), all where there is none; in the order of the
    forms."""
    wanted = list(patterns)
    for pattern in wanted:
        if not any(fnmatchcase(path, pattern) for path in INDICATORS):
            near = difflib.get_close_matches(pattern, INDICATORS, n=3, cutoff=0.4)
            raise Fault(f"no cell is called {pattern}" + (f"; near it: {', '.join(near)}" if near else ""))
    return [path for path in INDICATORS if not wanted or any(fnmatchcase(path, p) for p in wanted)]
