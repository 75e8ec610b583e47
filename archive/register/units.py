"""Units: the bodies that report, each with its names and years, and which of them are known where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from archive.inputs import Expected, Kind, UnitInput
from archive.register.names import SEVERAL, compared, identity, kind_of, level, spoken
from archive.register.official import Official, further_down, officials, own_names, upper_names
from parsers.text import fold

__all__ = ["Called", "Register", "Unit", "compared", "kind_of", "level", "registers_of"]

Origin = Literal["register", "portal", "user", "learned", "assumed"]


@dataclass(frozen=True, slots=True)
class Called:
    """A name that a unit bore, and the report years in which it did (`None`: as far as is known)."""

    name: str
    first_year: int | None = None
    last_year: int | None = None

    def in_use(self, year: int) -> bool:
        """Whether it was the unit's name in a year."""
        return (self.first_year or year) <= year <= (self.last_year or year)


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports. `basis` says how it came to be known: register (the official table), portal (its record),
    user, learned from its reports, or assumed (the office of a government). `expected` is its duty between
    `first_year` and `last_year`; `former` are its names before this one."""

    code: str
    name: str
    kind: Kind
    division: str
    basis: Origin
    portal: str
    first_year: int | None = None
    last_year: int | None = None
    expected: Expected = "yes"
    former: tuple[Called, ...] = ()


class Register:
    """The units of one portal's division: those of the official table, over them those of the portal's record, over
    these those of `units.csv`; and those learned.

    `units` are those the ledger of this portal answers for, by code. A unit that two portals know belongs to the one
    that came first; `known` holds the units of all portals.
    """

    def __init__(
        self,
        portal: str,
        record: dict[str, Any],
        inputs: list[UnitInput],
        *,
        learns_all: bool = False,
        known: dict[str, Unit] | None = None,
    ) -> None:
        self.portal, self.record = portal, record
        self.learns_all = learns_all
        self.division: str = record["division"]
        self.first_year: int | None = record.get("first_year")
        self.known: dict[str, Unit] = {} if known is None else known
        self.units: dict[str, Unit] = {}
        self._names: dict[str, list[tuple[str, Called]]] = {}
        lines = [line for line in inputs if line.division == self.division]
        ruled = [line.name for line in lines if line.kind == "government"]
        self.own = own_names(self.division, record["name"], ruled)
        self.upper = upper_names(self.division)
        for official in officials(self.division):
            self._official(official)
        kinds = {kind for column in record.get("columns", []) for kind in column.get("kinds", [])}
        self._further = further_down(self.division) if kinds & {"township", "subdistrict"} else {}
        for unit in record.get("units", []):
            self._take(unit.get("code") or "", unit["name"], unit["kind"], "portal", **_duty(unit))
        renamed = [line for line in lines if line.change == "renamed"]
        others = [line for line in lines if line.change != "renamed"]
        for line in others:
            self._take(line.code, line.name, line.kind, "user", **_duty(line.model_dump()))
        for line in renamed:
            self._rename(line)
        for line in others:
            self._follow(line)

    def find(self, name: str, year: int | None = None) -> Unit | None:
        """The unit of that name, if exactly one here bears it, or bore it in that year."""
        found = self.candidates(name, year)
        return found[0] if len(found) == 1 else None

    def candidates(self, name: str, year: int | None = None) -> list[Unit]:
        """The units of that name; of several those that bore it in the year."""
        key = self._key(name)
        entries = self._entries(key)
        if not entries and fold(name).endswith("办事处"):
            entries = self._entries(f"{key}街道")
        if year is not None and len({code for code, _ in entries}) > 1:
            entries = [(code, called) for code, called in entries if called.in_use(year)] or entries
        return [self.known[code] for code in dict.fromkeys(code for code, _ in entries)]

    def learn(self, name: str, kinds: list[str]) -> Unit | None:
        """The unit of that name, taken up if its kind is one that the column hosts: reports of other issuers that a
        column repeats must not become units of this portal. Where units of the kind are listed the list is whole, and
        another name is a misprint, a renaming or a stranger: it stays undecided."""
        if found := self.candidates(name):
            return found[0] if len(found) == 1 else None
        kind = kind_of(self._key(name))
        shown = compared(name, self.own, self.upper)
        if not SEVERAL.search(shown) and (self.learns_all or (kind in kinds and not self._lists(kind))):
            return self._take("", shown, kind, "learned", expected="if_seen")
        return None

    def judged(self, wanted: str) -> Unit | None:
        """The unit that a person names by code or name; one known only from its reports is taken up."""
        if wanted in self.known:
            return self.known[wanted]
        division, _, name = wanted.rpartition("-")
        if division == self.division and not self.candidates(name):
            return self._take("", name, kind_of(name), "learned", expected="if_seen")
        return self.find(name)

    def _lists(self, kind: Kind) -> bool:
        """Whether units of a kind are listed, and all of them."""
        return any(level(u.kind) == level(kind) and u.expected == "yes" for u in self.units.values())

    def _key(self, name: str) -> str:
        return identity(name, self.own, self.upper)

    def _official(self, official: Official) -> Unit:
        unit = self._take(
            official.code, official.name, official.kind, official.basis, expected=official.expected
        )
        for name in official.also:
            self._call(unit.code, Called(name))
        return unit

    def _entries(self, key: str) -> list[tuple[str, Called]]:
        for official in self._further.pop(key, []):
            self._official(official)
        return self._names.get(key, [])

    def _take(self, code: str, name: str, kind: Kind, basis: Origin, **duty: Any) -> Unit:
        """Take a unit up, or what a stronger source says of one that is known: by its code, else by its name."""
        code = code.removesuffix("000") if len(code) == 12 else code
        before = self.units.get(code) or self._only(name)
        code = code or (before.code if before else f"{self.division}-{self._key(name)}")
        if before and before.code != code:
            self._forget(before)
        if code in self.known and code not in self.units:
            self._call(code, Called(name))
            return self.known[code]
        unit = self._put(Unit(code, name, kind, self.division, basis, self.portal, **duty))
        self._call(code, Called(name, unit.first_year, unit.last_year))
        return unit

    def _follow(self, line: UnitInput) -> None:
        """Units that took the place of another owe reports from the year after."""
        for name in line.successors:
            unit = self._only(name) or self._take("", name, line.kind, "user")
            if line.change != "absorbed" and unit.first_year is None and line.last_year:
                self._put(replace(unit, first_year=line.last_year + 1))

    def _rename(self, line: UnitInput) -> None:
        """One unit under two names: what was known under the old one and what under the new."""
        ended, name = line.last_year or 0, line.successors[0]
        old = self.units.get(line.code) if line.code else self._only(line.name, ended)
        new = self._only(name, ended + 1)
        if new is None:
            kind = kind_of(self._key(name))
            code = "" if old else line.code
            new = self._take(code, name, line.kind if kind == "other" else kind, "user")
        code = old.code if old and "-" in new.code else new.code
        names = [called for unit in (old, new) if unit for called in self._names_of(unit.code)]
        names = [
            *(called for called in names if called.name != line.name),
            Called(line.name, line.first_year, ended),
        ]
        for unit in (old, new):
            if unit:
                self._forget(unit)
        before = old.former if old and old is not new else ()
        unit = replace(new, code=code, first_year=line.first_year, former=(*before, names[-1], *new.former))
        self._put(unit)
        for called in names:
            self._call(code, called)

    def _put(self, unit: Unit) -> Unit:
        self.units[unit.code] = self.known[unit.code] = unit
        return unit

    def _forget(self, unit: Unit) -> None:
        self.units.pop(unit.code, None)
        self.known.pop(unit.code, None)
        for entries in self._names.values():
            entries[:] = [entry for entry in entries if entry[0] != unit.code]

    def _call(self, code: str, called: Called) -> None:
        """Note a name of a unit, and the other ways in which it is written."""
        for name in (called.name, *spoken(compared(called.name, self.own, self.upper))):
            entries = self._names.setdefault(self._key(name), [])
            entries[:] = [entry for entry in entries if entry[0] != code]
            entries.append((code, called))

    def _names_of(self, code: str) -> list[Called]:
        return [called for entries in self._names.values() for owner, called in entries if owner == code]

    def _only(self, name: str, year: int | None = None) -> Unit | None:
        """The unit of this portal that alone bears a name, in a year."""
        entries = self._names.get(self._key(name), [])
        codes = [code for code, called in entries if code in self.units and (not year or called.in_use(year))]
        return self.units[codes[0]] if len(codes) == 1 else None


def registers_of(records: dict[str, dict[str, Any]], inputs: list[UnitInput]) -> dict[str, Register]:
    """The registers of portals by id. A unit that two portals know belongs to the one of the smaller division."""
    known: dict[str, Unit] = {}
    nearest = sorted(records, key=lambda portal: (-len(records[portal]["division"].rstrip("0")), portal))
    found = {portal: Register(portal, records[portal], inputs, known=known) for portal in nearest}
    return {portal: found[portal] for portal in sorted(found)}


def _duty(said: dict[str, Any]) -> dict[str, Any]:
    return {
        name: said[name] for name in ("first_year", "last_year", "expected") if said.get(name) is not None
    }
