"""What the official table says of a portal's division, as units: who reports there, and by which names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from archive.inputs import Expected, Kind
from archive.register import divisions
from archive.register.divisions import ZONES, Division
from archive.register.names import identity, spoken


@dataclass(frozen=True, slots=True)
class Official:
    """A unit of the table. `also` are further names for it. An office has no code and is assumed, not official."""

    code: str
    name: str
    kind: Kind
    expected: Expected
    basis: Literal["register", "assumed"] = "register"
    also: tuple[str, ...] = ()


def officials(code: str) -> Iterator[Official]:
    """A division's government, its office, and the units directly below; nothing for a code that is not in use."""
    own = divisions.division(code)
    if own is None:
        return
    government = _official(own)
    yield government
    office = "办公厅" if code.endswith("0000") else "办公室"
    yield Official("", government.name + office, "department", "if_seen", "assumed")
    for lower in divisions.below(code):
        yield _official(lower)


def further_down(code: str) -> dict[str, list[Official]]:
    """The townships two levels below a city, by what their names are compared by, with and without their county: two
    of one name are told apart by it. They are expected here once they have reported here."""
    found: dict[str, list[Official]] = {}
    counties = divisions.below(code) if code.endswith("00") and not code.endswith("0000") else []
    for county in counties:
        if county.kind != "government":
            continue
        for township in divisions.below(county.code):
            full = county.name + township.name
            official = Official(township.code, full, township.kind, "if_seen", also=(township.name,))
            for name in (full, township.name):
                found.setdefault(identity(name), []).append(official)
    return found


def own_names(code: str, name: str, former: list[str]) -> tuple[str, ...]:
    """What a portal's division is called: by its record, by the table, by `units.csv` before a renaming."""
    official = divisions.division(code)
    names = [name, *([official.name] if official else []), *former]
    return tuple(dict.fromkeys(form for one in names for form in (one, *spoken(one)) if form))


def upper_names(code: str) -> tuple[str, ...]:
    """The divisions that one stands in, from the province down."""
    return divisions.above(code)[:-1]


def _official(division: Division) -> Official:
    if division.kind != "government":
        return Official(division.code, division.name, division.kind, division.expected)
    return Official(
        division.code,
        f"{division.name}{_rule(division)}",
        "government",
        division.expected,
        also=(division.name,),
    )


def _rule(division: Division) -> str:
    if int(division.code[4:]) in ZONES:
        return "管理委员会"
    return "行政公署" if division.name.endswith(("地区", "盟")) else "人民政府"
