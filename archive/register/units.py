"""Units: what a name is compared by, which kind it is of, and which units are known where."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from archive.inputs import UnitInput
from parsers.text import fold

KIND_BY_ENDING = (
    ("subdistrict", re.compile(r"(?:街道|街办)$")),
    ("township", re.compile(r"(?:镇|乡|苏木)$")),
    ("government", re.compile(r"(?:省|自治区|市|州|盟|县|旗|区)$")),
    ("department", re.compile(r"(?:局|委|办|厅|处|室|会|院|所|队|中心|馆)$")),
)
"""Kinds by the last word of a compared name; whatever ends otherwise is `other`. A name that ends in 区 may be a
development zone: such a unit is learned as a government only where a column hosts governments."""

_OFFICE = re.compile(r"(?:人民政府|办事处|街道办事处|镇政府|乡政府|政府)$")
_PROVINCES = re.compile(r"^[^县市区旗州盟]{2,8}(?:省|自治区|特别行政区)(?=.)(?!(?:人民)?政府$)")


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports. `basis` says how it came to be expected: register, user or learned."""

    code: str
    name: str
    kind: str
    division: str
    basis: str
    portal: str
    first_year: int | None = None
    last_year: int | None = None
    expected: bool = True


def compared(name: str, above: tuple[str, ...] = ()) -> str:
    """A name as units are compared by: simplified, without the divisions `above` it and without 人民政府.

    白鹭镇, 白鹭镇人民政府 and 青禾县白鹭镇人民政府 are one; 青禾县人民政府 and 青禾县人民政府办公室 are two.
    """
    text = _PROVINCES.sub("", fold(name))
    for division in above:
        bare = fold(division)
        for prefix in (f"{bare}人民政府", f"{bare}政府", bare):
            if (
                text.startswith(prefix)
                and len(text) > len(prefix)
                and not _OFFICE.fullmatch(text[len(prefix) :])
            ):
                text = text[len(prefix) :]
                break
    text = re.sub(r"街道办事处$|街办$", "街道", text)
    stripped = _OFFICE.sub("", text)
    return stripped if len(stripped) >= 2 else text


def kind_of(name: str) -> str:
    """The kind of unit that a compared name is."""
    return next((kind for kind, ending in KIND_BY_ENDING if ending.search(name)), "other")


class Register:
    """The units of one portal's division: those of its registry record, of `units.csv`, and those learned."""

    def __init__(
        self, portal: str, record: dict[str, Any], inputs: list[UnitInput], *, learns_all: bool = False
    ) -> None:
        self.portal = portal
        self.learns_all = learns_all
        self.division: str = record["division"]
        self.above = (record["name"],)
        self.first_year: int | None = record.get("first_year")
        self.units: dict[str, Unit] = {}
        for unit in record.get("units", []):
            key = compared(unit["name"], self.above)
            self._add(key, "register", unit["name"], unit["kind"], unit.get("code") or "")
        for line in inputs:
            if line.division == self.division:
                self._add_line(line)

    def find(self, name: str) -> Unit | None:
        """The unit of that name, if it is known here."""
        return self.units.get(compared(name, self.above))

    def learn(self, name: str, kinds: list[str]) -> Unit | None:
        """The unit of that name, taken up if its kind is one that the column hosts: reports of other issuers that a
        column repeats must not become units of this portal. Where units of the kind are listed the list is whole, and
        another name is a misprint, a renaming or a stranger: it stays undecided."""
        if known := self.find(name):
            return known
        key = compared(name, self.above)
        kind = kind_of(key)
        listed = any(unit.kind == kind and unit.basis != "learned" for unit in self.units.values())
        return (
            self._add(key, "learned", key, kind)
            if self.learns_all or (kind in kinds and not listed)
            else None
        )

    def _add_line(self, line: UnitInput) -> None:
        key = compared(line.name, self.above)
        duty = {
            "first_year": line.first_year,
            "last_year": line.last_year,
            "expected": line.expected == "yes",
        }
        code = line.code or (self.units[key].code if key in self.units else "")
        self._add(key, "user", line.name, line.kind, code, **duty)

    def _add(self, key: str, basis: str, name: str, kind: str, code: str = "", **duty: Any) -> Unit:
        code = code or f"{self.division}-{key}"
        unit = Unit(code, name, kind, self.division, basis, self.portal, **duty)
        self.units[key] = unit
        return unit
