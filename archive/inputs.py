"""People's decisions as text: `inputs/gongkai.toml`, `units.csv`, `deadlines.csv`, `judgements.csv`; every fault names
its line."""

from __future__ import annotations

import csv
import io
import os
import re
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, model_validator

from parsers.errors import Fault

JUDGEMENTS = "judgements.csv"
FIRST_YEAR = 2007
"""The regulation that asks for reports came into force in 2008; some bodies reported for 2007."""

Kind = Literal["government", "department", "township", "subdistrict", "other"]
Expected = Literal["yes", "no", "if_seen"]
"""Whether a body owes reports: `if_seen` only once it has reported for one of the two years before."""
Change = Literal["renamed", "merged", "absorbed", "split"]
"""What became of a unit: it got another name; it and others became a new unit; it went into one that stays; several
new ones took its place."""
Ruling = Literal["unit", "year", "scope", "not_a_report", "exempt", "found_elsewhere", "deadline", "cell"]
Basis = Literal["statute", "notice", "practice", "user"]
Division = Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
MonthDay = Annotated[str, StringConstraints(pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$")]


_TIME = r"([01]\d|2[0-3]):[0-5]\d"
QUIET_HOURS = rf"^({_TIME}-{_TIME})?$"


class _Input(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Settings(_Input):
    """`inputs/gongkai.toml`."""

    contact: str = ""
    """Address for the user agent: whom a portal's keeper can write to."""
    vantage: str = "unnamed"
    """Who crawls from where, as the user names it."""
    quiet_hours: Annotated[str, StringConstraints(pattern=QUIET_HOURS)] = ""
    """Beijing time in which no portal is asked, `HH:MM-HH:MM`; it may pass midnight."""
    budget: int | None = Field(default=None, ge=1)
    """Requests of one crawl to one portal; a portal's record may set another."""
    keep_free_mb: int = Field(default=1024, ge=0)
    """A crawl stops when the disk of the archive has less than so many megabytes (of 1,000,000 bytes) left."""
    sight_days: int = Field(default=14, ge=1)
    """A clear sight older than this proves no absence."""


class UnitInput(_Input):
    """A line of `units.csv`: a unit that is expected to report, or is not (`expected` = no).

    `first_year` and `last_year` are report years, inclusive. A unit or a name that ended has a `last_year`, the
    `change` that ended it, and its `successor` (of a split all of them, with ; or 、 between).
    """

    division: Division
    name: str = Field(min_length=2)
    kind: Kind
    code: str = ""
    first_year: int | None = Field(default=None, ge=FIRST_YEAR)
    last_year: int | None = Field(default=None, ge=FIRST_YEAR)
    expected: Expected = "yes"
    successor: str = ""
    change: Change | None = None

    @property
    def successors(self) -> list[str]:
        """The names of `successor`."""
        return [name for part in re.split(r"[;；、]", self.successor) if (name := part.strip())]

    @model_validator(mode="after")
    def _whole(self) -> UnitInput:
        if (self.change is None) != (not self.successors):
            raise ValueError("successor and change stand together or not at all")
        if self.change and self.last_year is None:
            raise ValueError("a unit with a successor needs its last_year")
        if self.change == "split" and len(self.successors) < 2:
            raise ValueError("a unit that was split has two successors or more")
        if self.change not in {None, "split"} and len(self.successors) > 1:
            raise ValueError(f"a unit that was {self.change} has one successor")
        if self.name in self.successors:
            raise ValueError("a unit does not succeed itself; say of the other that it was absorbed")
        if self.first_year and self.last_year and self.first_year > self.last_year:
            raise ValueError("first_year is after last_year")
        return self


class DeadlineInput(_Input):
    """A line of `deadlines.csv`: the day of year Y+1 by which reports for year Y are due."""

    division: Division
    kind: Kind
    first_year: int = Field(ge=2008)
    last_year: int = Field(ge=2008)
    day: MonthDay
    basis: Basis = "user"
    source: str = ""


class JudgementInput(_Input):
    """A line of `judgements.csv`: what a person decided of a target, why, and on which source.

    Targets: an entry's address for unit (value: its code or name), year, scope and not_a_report, with #2 behind it for
    the second report of a file; CODE/YEAR for exempt, found_elsewhere (where) and deadline (the day); CODE/YEAR/PATH
    for a cell (a number, or `blank`). `digest` is the body it was made against, `none` where nothing had been seen;
    without one the judgement holds whatever the source becomes.
    """

    kind: Ruling
    target: str = Field(min_length=3)
    value: str = ""
    reason: str = Field(min_length=1)
    by: str = Field(min_length=1)
    date: date
    digest: str = ""

    @property
    def duty(self) -> tuple[str, int]:
        """Code and year of a target that is not an entry."""
        code, _, rest = self.target.partition("/")
        return code, int(rest.partition("/")[0])

    def about(self, code: str, year: int) -> bool:
        """Whether its target is a unit's report of a year, or a cell of it."""
        return self.kind in TARGETS and self.duty == (code, year)

    @property
    def path(self) -> str:
        """The path of a cell."""
        return self.target.split("/", 2)[2]

    @model_validator(mode="after")
    def _whole(self) -> JudgementInput:
        if not re.fullmatch(VALUES[self.kind], self.value):
            raise ValueError(f"{self.value or 'nothing'} is no value for {self.kind}")
        form = TARGETS.get(self.kind)
        if form and not re.fullmatch(form, self.target):
            raise ValueError(f"{self.target} is no target for {self.kind}")
        return self


DUTY = r"[^/]{2,}/20\d\d"
TARGETS = {"exempt": DUTY, "found_elsewhere": DUTY, "deadline": DUTY, "cell": DUTY + r"/[a-z_0-9.]+"}
VALUES = {
    "unit": r".{2,}",
    "year": r"20\d\d",
    "scope": r"own|consolidated",
    "not_a_report": "",
    "exempt": "",
    "found_elsewhere": r".{2,}",
    "deadline": r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])",
    "cell": r"-?\d+(?:\.\d+)?|blank",
}
"""What a judgement's target and value look like, by its kind."""

Line = TypeVar("Line", UnitInput, DeadlineInput, JudgementInput)


def read_settings(inputs: Path) -> Settings:
    """The settings, with defaults for what is not said."""
    path = inputs / "gongkai.toml"
    if not path.exists():
        return Settings()
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(f"{path}: {error}") from error
    except ValidationError as error:
        raise Fault(_sentence(str(path), error)) from error


def check_inputs(inputs: Path) -> Settings:
    """Read all inputs, so that a fault in one is said before anything is fetched; returns the settings."""
    read_units(inputs)
    read_deadlines(inputs)
    read_judgements(inputs)
    return read_settings(inputs)


def read_units(inputs: Path) -> list[UnitInput]:
    """`units.csv`, empty where there is none."""
    return list(_lines(inputs / "units.csv", UnitInput))


def read_deadlines(inputs: Path) -> list[DeadlineInput]:
    """`deadlines.csv`, empty where there is none."""
    return list(_lines(inputs / "deadlines.csv", DeadlineInput))


def read_judgements(inputs: Path) -> list[JudgementInput]:
    """`judgements.csv`, the last line of each kind and target; empty where there is none."""
    lines = _lines(inputs / JUDGEMENTS, JudgementInput)
    return list({(line.kind, line.target): line for line in lines}.values())


def new_judgement(**facts: Any) -> JudgementInput:
    """A judgement, or a fault that says what is wrong with it."""
    try:
        return JudgementInput.model_validate(facts)
    except ValidationError as error:
        raise Fault(error.errors()[0]["msg"].removeprefix("Value error, ")) from error


def write_judgement(inputs: Path, line: JudgementInput) -> None:
    """Add a line to `judgements.csv`, whole or not at all."""
    path = inputs / JUDGEMENTS
    before = path.read_text(encoding="utf-8-sig") if path.exists() else ""
    said = io.StringIO(newline="")
    names = before.splitlines()[0].split(",") if before else list(JudgementInput.model_fields)
    if lacking := JudgementInput.model_fields.keys() - set(names):
        raise Fault(f"{path}: the first line lacks the columns {', '.join(sorted(lacking))}")
    writer = csv.DictWriter(said, names, lineterminator="\n")
    if not before:
        writer.writeheader()
    writer.writerow(line.model_dump(mode="json"))
    beside = path.with_suffix(".part")
    with beside.open("w", encoding="utf-8") as file:
        file.write(before + ("" if not before or before.endswith("\n") else "\n") + said.getvalue())
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _lines(path: Path, model: type[Line]) -> Iterator[Line]:
    if not path.exists():
        return
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Fault(f"{path}: not UTF-8 ({error.reason} at byte {error.start})") from error
    for number, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        values: dict[str, Any] = {k: v for k, v in row.items() if k is None or v}
        if None in values:
            raise Fault(f"{path}:{number}: more cells than columns")
        try:
            yield model.model_validate(values)
        except ValidationError as error:
            raise Fault(_sentence(f"{path}:{number}", error)) from error


def _sentence(where: str, error: ValidationError) -> str:
    faults = (f"{'.'.join(map(str, e['loc'])) or 'line'}: {e['msg']}" for e in error.errors())
    return f"{where}: " + "; ".join(faults)
