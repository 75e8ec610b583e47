"""The registry of portals: one YAML file each, shipped with the package and overlaid by `inputs/portals/`.

A file in `inputs/portals/` replaces the shipped one of the same name whole. Every fault of a file is one line that
names file and place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, get_args
from urllib.parse import urlsplit

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

from archive.inputs import Expected, Kind
from parsers.errors import Fault

SHIPPED = Path(__file__).parent / "portals"
FIRST_YEAR, LAST_YEAR = 2007, 2100
"""The regulation that asks for reports came into force in 2008; some bodies reported for 2007."""

Identifier = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9.-]+(:\d{1,5})?$")]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://[^/\s]+/\S*$")]
Place = tuple[str | int, ...]

_WORDS: dict[Any, str] = {True: "yes", False: "no"}
"""What YAML makes of yes and no without quotes."""
_YEARS = {"years", "first_year", "last_year"}
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAYS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field of the record",
    "string_type": "must be text (put it in quotes)",
    "int_type": "must be a whole number",
    "bool_type": "must be true or false",
    "float_type": "must be a number",
    "tuple_type": "must be a list",
    "model_type": "must be fields and values",
    "model_attributes_type": "must be fields and values",
    "too_short": "must not be empty",
}
_PATTERNS = {
    "division": "must be six digits in quotes",
    "code": "must be 9 or 12 digits in quotes",
    "url": "must be an http or https address with a path",
    "moved_from": "must be an http or https address with a path",
    "family": "must be the name of a family of portals",
    "hosts": "must be a host name in lower case, with a port where it is not the usual one",
    "id": "must be lower-case letters, digits, - and _",
}


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Column(_Record):
    """A list of a portal: whose reports it holds, and of which years where the portal splits columns by year.

    `family` made its pages when it was found (a page is read by what it is, whatever stands here); `moved_from` are
    the addresses at which the same list stood before.
    """

    id: Identifier
    url: Url
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1, strict=False)]
    years: Annotated[tuple[Year, ...], Field(strict=False)] = ()
    family: Identifier | None = None
    moved_from: Annotated[tuple[Url, ...], Field(strict=False)] = ()


class Unit(_Record):
    """A body that reports on the portal. What is said here goes before the official table: a unit's duty ends with
    its `last_year`, and one that owes no reports is `expected: no`."""

    name: Annotated[str, StringConstraints(min_length=2)]
    kind: Kind
    code: Annotated[str, StringConstraints(pattern=r"^\d{9}(\d{3})?$")] | None = None
    first_year: Year | None = None
    last_year: Year | None = None
    expected: Annotated[Expected, BeforeValidator(lambda said: _WORDS.get(said, said))] = "yes"


class Visit(_Record):
    """Days between two visits: from January to April, when reports are due, and in the rest of the year."""

    dense_days: Annotated[int, Field(ge=1, le=366)] = 1
    sparse_days: Annotated[int, Field(ge=1, le=366)] = 14


class Portal(_Record):
    """A portal: its columns and units, the hosts nothing off which is followed, and how it is visited.

    `budget` is the number of requests of one crawl. `browser` says that its pages are drawn by scripts. `no_robots` is
    a person's word that the page of HTML in the place of its robots.txt means that it has none.
    """

    id: Identifier
    name: Annotated[str, StringConstraints(min_length=2)]
    division: Annotated[str, StringConstraints(pattern=r"^\d{6}$")]
    hosts: Annotated[tuple[Host, ...], Field(min_length=1, strict=False)]
    allow_private: bool = False
    pace_seconds: Annotated[float, Field(ge=0, le=3600, strict=False)] = 1
    budget: Annotated[int, Field(ge=1)] | None = None
    visit: Visit = Visit()
    browser: bool = False
    no_robots: bool = False
    first_year: Year | None = None
    columns: Annotated[tuple[Column, ...], Field(min_length=1, strict=False)]
    units: Annotated[tuple[Unit, ...], Field(strict=False)] = ()

    def owns(self, url: str) -> bool:
        """Whether an address stands on one of the portal's hosts; a host without a port means the usual ones."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if parts.scheme not in _DEFAULT_PORTS:
            return False
        usual = port in {None, _DEFAULT_PORTS[parts.scheme]}
        name = (parts.hostname or "").lower()
        return (
            usual and name in self.hosts
        ) or f"{name}:{port or _DEFAULT_PORTS[parts.scheme]}" in self.hosts


def load(inputs: Path, shipped: Path = SHIPPED) -> dict[str, Portal]:
    """Every portal by id; raises one `Fault` that lists every fault of every file."""
    files = {
        path.stem: path for folder in (shipped, inputs / "portals") for path in sorted(folder.glob("*.y*ml"))
    }
    portals: dict[str, Portal] = {}
    faults: list[str] = []
    for name, path in sorted(files.items()):
        try:
            portals[name] = read_portal(path)
        except Fault as fault:
            faults.append(fault.sentence)
    if faults:
        raise Fault("\n".join(faults))
    return portals


def choose(portals: dict[str, Portal], names: list[str]) -> list[Portal]:
    """The portals of these ids; raises a `Fault` that names near matches of those that are unknown."""
    chosen = list(dict.fromkeys(names))
    if not chosen:
        raise Fault("name the portal to crawl")
    for name in chosen:
        if name not in portals:
            raise Fault(f"no portal is called {name}{_near(name, portals)}")
    return [portals[name] for name in chosen]


def record(portal: Portal) -> dict[str, Any]:
    """What was used of the registry, as plain data for the walk record."""
    return portal.model_dump(mode="json", exclude_none=True)


def read_portal(path: Path) -> Portal:
    """Read one file; raises a `Fault` with a line for every fault in it."""
    return check(read_yaml(path), path.stem, shown(path))


def shown(path: Path) -> str:
    """A path as messages name it."""
    return "/".join(path.parts[-3:])


def read_yaml(path: Path) -> dict[str, Any]:
    """The fields of a YAML file; raises a `Fault`."""
    where = shown(path)
    if path.suffix != ".yaml":
        raise Fault(f"{where}: the name must end in .yaml")
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
    except UnicodeDecodeError as error:
        raise Fault(f"{where}: not UTF-8 ({error.reason} at byte {error.start})") from error
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        raise Fault(f"{where}{line}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise Fault(f"{where}: {' '.join(str(error).split())}") from error
    if not isinstance(data, dict):
        raise Fault(f"{where}: holds no fields")
    return data


def check(data: dict[str, Any], name: str, where: str) -> Portal:
    """The record of the portal that a file of this name holds; raises a `Fault` with a line for every fault."""
    try:
        portal = Portal.model_validate(data)
    except ValidationError as error:
        faults = [(_place(e["loc"]), _says(e)) for e in _innermost(error.errors())]
    else:
        faults = [(_place(place), said) for place, said in _inconsistencies(portal, name)]
    if faults:
        raise Fault("\n".join(f"{where}: {place}: {said}" for place, said in faults))
    return portal


def _near(name: str, portals: dict[str, Portal]) -> str:
    matches = get_close_matches(name, portals, n=3)
    matches += [p.id for p in portals.values() if name in p.name and p.id not in matches]
    if matches:
        return f"; did you mean {' or '.join(matches)}?"
    return "; there is none yet: put one into inputs/portals/" if not portals else ""


class _Loader(yaml.SafeLoader):
    """YAML in which a key that stands twice is a fault, and no silent loss."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"{key.value} stands twice", problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _inconsistencies(portal: Portal, stem: str) -> Iterator[tuple[Place, str]]:
    if portal.id != stem:
        yield ("id",), f"{portal.id} is not the file's name"
    yield from _twice("columns", portal.columns, "id", lambda c: c.id)
    yield from _twice("columns", portal.columns, "url", lambda c: c.url)
    yield from _twice("units", portal.units, "name", lambda u: u.name)
    yield from _twice("units", portal.units, "code", lambda u: u.code)
    for n, column in enumerate(portal.columns):
        if not portal.owns(column.url):
            yield ("columns", n, "url"), f"{urlsplit(column.url).netloc} is not among the hosts"
        if len(set(column.years)) < len(column.years):
            yield ("columns", n, "years"), "a year stands twice"
    prefix = re.sub(r"(?:00){1,2}$", "", portal.division)
    for n, unit in enumerate(portal.units):
        if unit.code and not unit.code.startswith(prefix):
            yield ("units", n, "code"), f"{unit.code} is not under the division {portal.division}"


def _twice(
    where: str, things: Iterable[Any], field: str, value_of: Callable[[Any], str | None]
) -> Iterator[tuple[Place, str]]:
    seen: set[str] = set()
    for n, thing in enumerate(things):
        value = value_of(thing)
        if value is not None and value in seen:
            yield (where, n, field), f"{value} stands twice"
        seen.add(value or "")


def _innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """Without what only follows from a fault further in: a list whose one element is bad counts as empty."""
    return [
        e for e in errors if not any(e is not o and o["loc"][: len(e["loc"])] == e["loc"] for o in errors)
    ]


def _place(loc: Place) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}"
    return text.lstrip(".") or "record"


def _says(error: ErrorDetails) -> str:
    names = [part for part in error["loc"] if isinstance(part, str)]
    if error["type"] in {"string_pattern_mismatch", "string_type"} and names[-1] in _PATTERNS:
        return f"{error['input']!r} {_PATTERNS[names[-1]]}"
    if error["type"] == "literal_error":
        allowed = get_args(Expected if names[-1] == "expected" else Kind)
        return f"{error['input']!r} is none of {', '.join(allowed)}"
    if error["type"] in {"greater_than_equal", "less_than_equal"} and names[-1] in _YEARS:
        return f"{error['input']!r} is no year of reports ({FIRST_YEAR} to {LAST_YEAR})"
    return _SAYS.get(error["type"], error["msg"])
