"""What a fictional site consists of: units, columns and the entries of columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from crawler.demo.reports import SampleReport

ISSUERS = {"township": "人民政府", "subdistrict": "办事处", "department": "", "government": ""}
"""What follows a unit's name where it signs, by its kind."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A body that reports; departments have no division code."""

    name: str
    kind: str
    code: str | None = None

    @property
    def issuer(self) -> str:
        """The name with which it signs."""
        return self.name + ISSUERS[self.kind]


@dataclass(frozen=True, slots=True)
class Column:
    """A list of the site: where it stands, whose reports it holds, and of which years (none: of all)."""

    id: str
    name: str
    path: str
    kinds: tuple[str, ...]
    years: tuple[int, ...] = ()
    page_size: int = 15


@dataclass(frozen=True, slots=True)
class Article:
    """An entry of a column: a report, another page (`text`), or one that leads to another site (`external`).

    `number` is part of the address and changes when the page moves; `serial` stays and names its files. `dated` is the
    day that page and list print, where it is not that of the publication.
    """

    column: str
    number: int
    serial: int
    title: str
    published_on: date
    unit: str | None = None
    report: SampleReport | None = None
    text: str = ""
    external: bool = False
    attachment: str | None = None
    interpreted: bool = False
    dated: date | None = None

    @property
    def shown_on(self) -> date:
        """The day that page and list print."""
        return self.dated or self.published_on
