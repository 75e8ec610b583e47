"""Sample reports: fictional, consistent with the identities of the form, the same for the same seed.

`make_report` makes one, the methods of `SampleReport` spoil it on purpose, `crawler.demo.renderers` prints it.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from crawler.demo import figures, prose
from crawler.demo.figures import Cell, Table
from parsers.forms import FORMS
from parsers.forms.annex import AUTHORITY
from parsers.report import TABLES


@dataclass(frozen=True, slots=True)
class SampleReport:
    """What a report says, before any page is made of it.

    The tables are keyed by the codes of the official form; `annex` is that of form 2014, empty in any other.
    A cell is a number, `None` where it is blank, or a token that is printed as it stands (`/`, `—`, `无`,
    `22（其中修订16件）`); a row or cell without a key is not printed at all. `prose` holds the text of `preamble`
    and of each section, paragraphs parted by newlines.
    """

    issuer: str
    year: int
    form: str
    title: str
    proactive: Table
    requests: Table
    remedies: Table
    prose: dict[str, str]
    published_on: date
    signed_on: date | None
    annex: dict[str, Cell] = field(default_factory=dict)

    def cells(self) -> dict[str, Cell]:
        """Every cell by its path, `table.row.column` or `annex.row`."""
        cells = {
            f"{table}.{row}.{column}": value
            for table in TABLES
            for row, columns in self._table(table).items()
            for column, value in columns.items()
        }
        return cells | {f"annex.{row}": value for row, value in self.annex.items()}

    def figures(self) -> dict[str, int | Decimal | None]:
        """The cells as a faithful reader must return them: no number where a token stands."""
        return {path: None if isinstance(value, str) else value for path, value in self.cells().items()}

    def with_cell(self, path: str, value: Cell) -> SampleReport:
        """The report with one cell changed and no sum mended."""
        if path not in self.cells():
            raise KeyError(f"the report has no cell {path}")
        if path.startswith("annex."):
            return replace(self, annex={**self.annex, path.partition(".")[2]: value})
        table, row, column = path.split(".")
        rows = self._table(table)
        return replace(self, **{table: {**rows, row: {**rows[row], column: value}}})  # type: ignore[arg-type]

    def without(self, path: str) -> SampleReport:
        """The report without a row (`table.row`) or a cell (`table.row.column`)."""
        doomed = {cell for cell in self.cells() if cell == path or cell.startswith(f"{path}.")}
        table, _, row = path.partition(".")
        if not doomed or not row:
            raise KeyError(f"the report has no row or cell {path}")
        if table == "annex":
            return replace(self, annex={code: cell for code, cell in self.annex.items() if code != row})
        kept = {
            code: {
                column: value for column, value in columns.items() if f"{table}.{code}.{column}" not in doomed
            }
            for code, columns in self._table(table).items()
        }
        return replace(self, **{table: {code: cells for code, cells in kept.items() if cells}})  # type: ignore[arg-type]

    def with_word(self, section: str, old: str, new: str) -> SampleReport:
        """The report with the first `old` of a section's prose replaced."""
        text = self.prose[section]
        if old not in text:
            raise ValueError(f"{section} does not say {old}")
        return replace(self, prose={**self.prose, section: text.replace(old, new, 1)})

    def mended(self) -> SampleReport:
        """The report with every row's `total` made again from its parts."""
        return replace(
            self, requests=figures.with_totals(self.requests), remedies=figures.with_totals(self.remedies)
        )

    def _table(self, name: str) -> Table:
        if name not in TABLES:
            raise KeyError(f"the report has no table {name}")
        table: Table = getattr(self, name)
        return table


def make_report(
    issuer: str,
    year: int,
    form: str | None = None,
    *,
    seed: int | str,
    previous: SampleReport | None = None,
    published_on: date | None = None,
    busy: int = 12,
) -> SampleReport:
    """A report whose identities hold, also with the year before it (`previous`).

    `form` is the one in force in `year` unless given. `busy` is the most requests of one kind of applicant.
    """
    _check_previous(issuer, year, previous)
    rng = random.Random(seed)
    form = form or _in_force(year)
    tables = _tables(rng, form, previous, busy)
    day = published_on or date(year + 1, 1, 8) + timedelta(days=rng.randrange(20))
    return SampleReport(
        issuer=issuer,
        year=year,
        form=form,
        title=f"{issuer}{year}年政府信息公开工作年度报告",
        proactive=tables.proactive,
        requests=tables.requests,
        remedies=tables.remedies,
        prose=prose.sections(
            rng, issuer, year, FORMS[form].authority if form in FORMS else AUTHORITY, tables
        ),
        published_on=day,
        signed_on=day - timedelta(days=0 if published_on else rng.randrange(4)),
        annex=tables.annex,
    )


def _in_force(year: int) -> str:
    return "2021" if year >= 2021 else "2019" if year >= 2019 else "2014"


def _tables(rng: random.Random, form: str, previous: SampleReport | None, busy: int) -> figures.Figures:
    if form not in FORMS:
        return figures.Figures({}, {}, {}, figures.annex(rng, busy))
    before = previous if previous and previous.requests else None
    return figures.Figures(
        proactive=figures.proactive(rng, FORMS[form], before.proactive if before else None),
        requests=figures.requests(rng, FORMS[form], before.requests if before else None, busy),
        remedies=figures.remedies(rng),
    )


def _check_previous(issuer: str, year: int, previous: SampleReport | None) -> None:
    if previous and (previous.issuer, previous.year) != (issuer, year - 1):
        raise ValueError(f"{previous.issuer} {previous.year} is not the year before {issuer} {year}")
