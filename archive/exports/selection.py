"""Which units, years and indicators are asked for."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatchcase

from archive.history.derive import State
from archive.history.query import find_unit
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


def division(unit: Unit, level: str) -> str:
    """The code of the county, city or province that a unit belongs to; its own code where it has none."""
    digits = {"county": 6, "city": 4, "province": 2}[level]
    code = unit.division
    return code[:digits].ljust(6, "0") if re.fullmatch(r"\d{6}", code) else code


def name_of(code: str) -> str:
    """The name of a division, empty for a code that the official table does not have."""
    return next(reversed(divisions.above(code)), "")


def units(state: State, wanted: Selection) -> list[Unit]:
    """The units that are asked for, by code; a fault where none is."""
    if wanted.unit:
        return [find_unit(state, wanted.unit)]
    levels = {"county": wanted.county, "city": wanted.city, "province": wanted.province}
    found = list(state.units)
    for level, asked in levels.items():
        if asked:
            code = _code(state, level, asked)
            found = [unit for unit in found if division(unit, level) == code]
    found = [unit for unit in found if wanted.kind in {"", unit.kind}]
    if not found:
        said = ", ".join(f"--{k} {v}" for k, v in (levels | {"kind": wanted.kind}).items() if v)
        raise Fault(f"no unit fits {said}" if said else "the archive knows no unit yet")
    return sorted(found, key=lambda unit: unit.code)


def _code(state: State, level: str, asked: str) -> str:
    """The code of a division that is asked for by code or name; only those of known units can be named."""
    if re.fullmatch(r"\d{6}", asked):
        return asked
    codes = {division(unit, level) for unit in state.units}
    named = sorted(code for code in codes if asked == name_of(code))
    if len(named) != 1:
        raise Fault(
            f"--{level} takes a code of six digits, like 110105, or the name of one; {asked} is neither"
        )
    return named[0]


def years(state: State, chosen: Iterable[Unit], wanted: Selection) -> list[int]:
    """The years of a balanced panel: those asked for, else from the first to the last known of any chosen unit."""
    codes = {unit.code for unit in chosen}
    known = [row.year for row in state.ledger if row.unit.code in codes]
    first, last = wanted.years or (min(known, default=0), max(known, default=-1))
    return list(range(first, last + 1))


def indicators(patterns: Iterable[str]) -> list[str]:
    """The paths that fit any of the patterns (`requests.*.total`), all where there is none; in the order of the
    forms."""
    wanted = list(patterns)
    for pattern in wanted:
        if not any(fnmatchcase(path, pattern) for path in INDICATORS):
            near = difflib.get_close_matches(pattern, INDICATORS, n=3, cutoff=0.4)
            raise Fault(f"no cell is called {pattern}" + (f"; near it: {', '.join(near)}" if near else ""))
    return [path for path in INDICATORS if not wanted or any(fnmatchcase(path, p) for p in wanted)]
