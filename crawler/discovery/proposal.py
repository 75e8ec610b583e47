"""What a search proposes: the registry record of a portal, why each column was chosen, and what was not seen.

A proposal is one YAML file: `record` is what `inputs/portals/` will hold, and may be edited before it is accepted;
`seen` and `trouble` say what it rests on.
"""

from __future__ import annotations

import os
import re
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import yaml

from archive.captures.records import FINISHED_STOPS
from archive.folder import Folder, writing
from crawler import registry
from parsers.errors import Fault


@dataclass(frozen=True, slots=True)
class Seen:
    """A column as the search saw it. `because` are the witnesses; `stop` is how the walk of its list ended."""

    id: str
    name: str
    url: str
    family: str
    because: list[str]
    kinds: list[str]
    years: list[int]
    units: list[str]
    entries: int
    reports: int
    pages: int
    last_page: str
    stop: str

    @property
    def is_whole(self) -> bool:
        """Whether its list was seen to the end."""
        return self.stop in FINISHED_STOPS


@dataclass(slots=True)
class Proposal:
    """The record that a search proposes (`None` where it found no column), and what it rests on."""

    home: str
    at: str
    record: dict[str, Any] | None
    seen: list[Seen] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)

    def as_yaml(self) -> str:
        """The proposal as its file holds it."""
        return dump(asdict(self))


def dump(data: Any) -> str:
    """YAML as people read it."""
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=118)


def write_whole(path: Path, text: str) -> None:
    """Write a file beside its place, bring it to the disk, and put it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def read_proposal(path: Path) -> Proposal:
    """A proposal from its file; raises a `Fault` where it is none."""
    data = registry.read_yaml(path)
    try:
        seen = [Seen(**column) for column in data.pop("seen", [])]
        return Proposal(**data, seen=seen)
    except TypeError as error:
        raise Fault(f"{registry.shown(path)}: no proposal of `gongkai discover` ({error})") from error


def accept(archive: Folder, proposal: Proposal, *, replace: bool, wait_seconds: float = 0) -> Path:
    """Write the record into `inputs/portals/` and a line into the journal; raises a `Fault` where the record has one,
    or where there is such a portal and it shall not be replaced."""
    if proposal.record is None:
        raise Fault(f"{proposal.home}: no column was found, so there is no record to accept")
    name = str(proposal.record.get("id", ""))
    registry.check(proposal.record, name, f"the record of {name}")
    path = archive.inputs / "portals" / f"{name}.yaml"
    with writing(archive, wait_seconds):
        if path.exists() and not replace:
            raise Fault(
                f"{registry.shown(path)} is there already; --replace puts the new record in its place"
            )
        was = {"was": path.read_text(encoding="utf-8")} if path.exists() else {}
        write_whole(path, dump(proposal.record))
        because = {c.id: c.because for c in proposal.seen}
        archive.note("portal accepted", portal=name, home=proposal.home, because=because, **was)
    return path


def refuse_to_replace(archive: Folder, name: str, replace: bool) -> Path:
    """Where the record of a portal stands; raises a `Fault` where there is one that shall not be replaced."""
    path = archive.inputs / "portals" / f"{name}.yaml"
    if path.exists() and not replace:
        raise Fault(f"{registry.shown(path)} is there already; --replace puts the new record in its place")
    return path


def slug(host: str) -> str:
    """An id for a portal, from its host: qinghe of www.qinghe.gov.cn, ylq-yueyang of ylq.yueyang.gov.cn."""
    bare = re.sub(r"^www\d?\.|\.gov\.cn(?::\d+)?$", "", host.lower())
    return re.sub(r"[^a-z0-9]+", "-", bare).strip("-") or "portal"
