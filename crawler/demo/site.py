"""A fictional county's site as data, and what can happen to it.

A site holds no pages: `crawler.demo.trs` makes them from it, so a change shows wherever it must.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import count
from typing import Any

from crawler.demo.entries import Article, Column, Unit
from crawler.demo.figures import Cell
from crawler.demo.reports import SampleReport, make_report
from crawler.demo.responses import Fault

ATTACHMENTS = (None, "pdf", "doc")
"""What hangs on the reports of every first, second and third unit."""

ROBOTS = "User-agent: *\nAllow: /zfxxgk/\nDisallow: /search/\n"
BUSY = {"department": 30}


@dataclass(slots=True)
class Site:
    """A county's portal. `robots` and `elsewhere` (where the external entry leads) may be set at will."""

    id: str
    name: str
    province: str
    division: str
    first_year: int
    units: tuple[Unit, ...]
    columns: tuple[Column, ...]
    articles: list[Article] = field(default_factory=list)
    emptied: set[str] = field(default_factory=set)
    redirects: dict[str, str] = field(default_factory=dict)
    faults: dict[str, Fault] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=lambda: count(1201, 7))
    robots: str = ROBOTS
    elsewhere: str = "http://www.example.org/art/2024/2/20/art_12_3456.html"

    def publish(self, unit: str, year: int, on: date | None = None) -> str:
        """A unit's next report appears; the address. Without a day it is one in January."""
        if year in self.years(unit):
            raise ValueError(f"{unit} has published its report of {year}")
        body = self._unit(unit)
        report = make_report(
            body.issuer,
            year,
            seed=f"{self.id}/{unit}/{year}",
            previous=self.report(unit, year - 1) if year - 1 in self.years(unit) else None,
            published_on=on,
            busy=BUSY.get(body.kind, 12),
        )
        rank = self.units.index(body)
        column = self._column_for(body, year)
        return self.add(
            column.id,
            report.title,
            report.published_on,
            unit=unit,
            report=report,
            attachment=ATTACHMENTS[rank % 3],
            interpreted=rank % 4 == 0,
        )

    def add(self, column: str, title: str, on: date, **rest: Any) -> str:
        """Any entry appears in a column (`rest`: further fields of `Article`); the address."""
        number = next(self.numbers)
        article = Article(self.column(column).id, number, number, title, on, **rest)
        self.articles.append(article)
        return self.path(article)

    def add_year(self, year: int, but: Collection[str] = ()) -> None:
        """Every unit but some publishes its report of a year."""
        for unit in self.units:
            if unit.name not in but:
                self.publish(unit.name, year)

    def edit_cell(self, unit: str, year: int, path: str, value: Cell) -> None:
        """One cell of a published report becomes another; no sum is mended."""
        self._set(unit, year, self.report(unit, year).with_cell(path, value))

    def edit_word(self, unit: str, year: int, old: str, new: str) -> None:
        """The first `old` in the prose of a published report becomes `new`."""
        report = self.report(unit, year)
        section = next((code for code, text in report.prose.items() if old in text), "overview")
        self._set(unit, year, report.with_word(section, old, new))

    def break_sum(self, unit: str, year: int) -> None:
        """The total of the requests granted, which the prose does not state, becomes one too many."""
        report = self.report(unit, year)
        total = report.figures()["requests.granted.total"]
        self._set(unit, year, report.with_cell("requests.granted.total", (total or 0) + 1))

    def repair_sum(self, unit: str, year: int) -> None:
        """The totals of a published report become right."""
        report = self.report(unit, year)
        if report.mended() == report:
            raise ValueError(f"the report of {unit} for {year} has no broken sum")
        self._set(unit, year, report.mended())

    def move(self, unit: str, year: int, redirect: bool = False) -> str:
        """A report gets another address, which is returned; the old one is gone, or redirects."""
        article, old = self._article(unit, year), self.address(unit, year)
        self._replace(article, replace(article, number=next(self.numbers)))
        new = self.address(unit, year)
        if redirect:
            self.redirects[old] = new
        return new

    def redate(self, unit: str, year: int, day: date) -> None:
        """Page and list print another day; nothing else changes."""
        article = self._article(unit, year)
        self._replace(article, replace(article, dated=day))

    def retitle(self, unit: str, year: int, title: str) -> None:
        """Page and list print another title; the text stays."""
        article = self._article(unit, year)
        self._replace(article, replace(article, title=title))

    def drop(self, unit: str, year: int) -> None:
        """A report disappears, from the list and from its address."""
        self.articles.remove(self._article(unit, year))

    def empty(self, column: str) -> None:
        """The list of a column shows nothing; the pages stay."""
        self.emptied.add(self.column(column).id)

    def refill(self, column: str) -> None:
        """The list of a column shows its entries again."""
        self.emptied.discard(self.column(column).id)

    def fail(self, path: str, fault: Fault) -> None:
        """From now on an address answers with a fault (`crawler.demo.faults`)."""
        self.faults[path] = fault

    def heal(self, path: str) -> None:
        """An address answers as it should."""
        self.faults.pop(path, None)

    def address(self, unit: str, year: int) -> str:
        """Where a report stands."""
        return self.path(self._article(unit, year))

    def attachments(self, unit: str, year: int) -> list[str]:
        """Where the files of a report stand."""
        article = self._article(unit, year)
        return [self.file_path(article)] if article.attachment else []

    def report(self, unit: str, year: int) -> SampleReport:
        """What a published report says now."""
        report = self._article(unit, year).report
        if report is None:
            raise KeyError(f"{unit} {year} is no report")
        return report

    def years(self, unit: str) -> list[int]:
        """The years for which a unit's reports stand on the site."""
        name = self._unit(unit).name
        return sorted(a.report.year for a in self.articles if a.unit == name and a.report)

    def column(self, column: str) -> Column:
        """A column by its id."""
        found = next((c for c in self.columns if c.id == column), None)
        if found is None:
            raise KeyError(f"{self.name} has no column {column}")
        return found

    def path(self, article: Article) -> str:
        """Address of an entry's page."""
        return f"{self.folder(article)}t{article.published_on:%Y%m%d}_{article.number}.html"

    def folder(self, article: Article) -> str:
        """Address of the folder of an entry's page and files."""
        return f"{self.column(article.column).path}{article.published_on:%Y%m}/"

    def file_path(self, article: Article) -> str:
        """Address of an entry's attachment."""
        return (
            f"{self.folder(article)}P0{article.published_on:%Y%m%d}{article.serial:012}.{article.attachment}"
        )

    def interpretation(self, article: Article) -> str:
        """Address of the page that explains a report, one of those that are no reports."""
        return (
            f"/zfxxgk/jd/{article.published_on:%Y%m}/t{article.published_on:%Y%m%d}_{article.serial + 3}.html"
        )

    def off_limits(self) -> set[str]:
        """Addresses that a crawler of reports has no business to fetch, though they answer."""
        others = {self.path(a) for a in self.articles if a.report is None and not a.external}
        return others | {self.interpretation(a) for a in self.articles if a.interpreted} | {"/search/"}

    def _unit(self, unit: str) -> Unit:
        found = next((u for u in self.units if u.name == unit), None)
        if found is None:
            raise KeyError(f"{self.name} has no unit {unit}")
        return found

    def _column_for(self, unit: Unit, year: int) -> Column:
        for column in self.columns:
            if unit.kind in column.kinds and (not column.years or year in column.years):
                return column
        raise KeyError(f"{self.name} has no column for {unit.kind} {year}")

    def _article(self, unit: str, year: int) -> Article:
        name = self._unit(unit).name
        for article in self.articles:
            if article.unit == name and article.report and article.report.year == year:
                return article
        raise KeyError(f"{unit} has no report of {year}")

    def _set(self, unit: str, year: int, report: SampleReport) -> None:
        article = self._article(unit, year)
        self._replace(article, replace(article, report=report))

    def _replace(self, old: Article, new: Article) -> None:
        self.articles[self.articles.index(old)] = new
