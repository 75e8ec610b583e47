"""The balanced panel: unit × year × indicator, each cell with a value and its quality, or with the reason for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from archive.database import Database
from archive.exports import crosswalk, quality
from archive.exports.crosswalk import Joining
from archive.exports.editions import Choice, Shown, edition
from archive.exports.figures import Figures, figures
from archive.history.derive import State
from archive.history.ledger import Row
from archive.history.lines import Report
from archive.register.units import Unit
from parsers.forms import FORMS
from parsers.forms.indicators import INDICATORS
from parsers.report import Value, plain

Scope = Literal["own", "consolidated"]
UNITS_AT_ONCE = 200
"""Units whose figures are held in memory together."""
FIRST_FORM_YEAR = 2014
"""Reports for earlier years have prose only; from then on tables that are not in the text may be pictures."""

WITHOUT_REPORT = {
    "pending": "not_due",
    "not_expected": "not_expected",
    "missing": "no_report",
    "unseen": "unseen",
    "present": "unread",
    "withdrawn": "unread",
}
"""Why a unit and year without a reading has no value, by its presence in the ledger."""


@dataclass(frozen=True, slots=True)
class Options:
    """How a panel is made: the version of each report, what is joined across forms, which marks count as zero, and
    whose figures: those of the organ itself, or of the whole area where a report says so. Never both in one."""

    choice: Choice = "latest"
    joining: Joining = "same"
    zero: frozenset[str] = frozenset()
    scope: Scope = "own"


@dataclass(slots=True)
class Cell:
    """A cell of the panel. Exactly one of `quality` and `why_no_value` is said. `source` are the cells it was made
    of where it goes by another name in its form, `link` is then the relation; `shown` is the sight it rests on."""

    unit: Unit
    year: int
    indicator: str
    presence: str
    value: Value = None
    text: str | None = None
    quality: str | None = None
    why_no_value: str | None = None
    form: str | None = None
    link: str | None = None
    source: str | None = None
    remark: str = ""
    shown: Shown | None = None

    def as_row(self) -> dict[str, Any]:
        """The cell as it is printed and exported, values as decimals."""
        shown = self.shown
        return {
            "unit": self.unit.code,
            "name": self.unit.name,
            "kind": self.unit.kind,
            "division": self.unit.division,
            "year": self.year,
            "indicator": self.indicator,
            "value": self.value,
            "text": self.text,
            "quality": self.quality,
            "why_no_value": self.why_no_value,
            "presence": self.presence,
            "form": self.form,
            "link": self.link,
            "source": self.source,
            "remark": self.remark or None,
            "url": shown.url if shown else None,
            "seen_at": shown.at if shown else None,
            "capture": shown.record if shown else None,
        }


@dataclass(slots=True)
class _Page:
    """A reading of an edition with the quality of its cells."""

    shown: Shown
    figures: Figures
    qualities: dict[str, str]


@dataclass(slots=True)
class _Year:
    """What is known of one unit and year."""

    unit: Unit
    year: int
    row: Row | None
    report: Report | None
    shown: tuple[Shown, ...] = ()
    pages: list[_Page] = field(default_factory=list)
    contested: str = ""

    @property
    def presence(self) -> str:
        """As the ledger has it; a year that it does not have is one that nothing was expected for."""
        return self.row.presence if self.row else "not_expected"


def panel(
    database: Database,
    state: State,
    units: Sequence[Unit],
    years: Sequence[int],
    indicators: Sequence[str],
    options: Options = Options(),
    tick: Callable[[int], None] = lambda _: None,
) -> Iterator[Cell]:
    """Every unit in every year with every indicator, in this order; `tick` is told how many units are done."""
    ledger = {(row.unit.code, row.year): row for row in state.ledger}
    reports = {(r.unit.code, r.year): r for r in state.reports if r.scope == options.scope}
    for start in range(0, len(units), UNITS_AT_ONCE):
        batch = units[start : start + UNITS_AT_ONCE]
        standing = [
            _year(unit, year, ledger.get((unit.code, year)), reports.get((unit.code, year)), options)
            for unit in batch
            for year in years
        ]
        read = figures(database, [shown.reading for one in standing for shown in one.shown])
        for one in standing:
            one.pages = [
                _Page(shown, read[shown.reading], quality.qualities(read[shown.reading]))
                for shown in one.shown
            ]
            yield from (_cell(one, path, options) for path in indicators)
        tick(len(batch))


def _year(unit: Unit, year: int, row: Row | None, report: Report | None, options: Options) -> _Year:
    shown = edition(report, options.choice, row.due) if row and report else ()
    return _Year(unit, year, row, report, shown, contested=report.contested if report else "")


def _cell(one: _Year, path: str, options: Options) -> Cell:
    cell = Cell(one.unit, one.year, path, one.presence)
    if not one.pages:
        cell.why_no_value, cell.remark = _without_pages(one, options)
        return cell
    having = [page for page in one.pages if page.figures.cells]
    cell.form = (having or one.pages)[0].figures.form
    if any(path in page.figures.cells for page in one.pages):
        _take(cell, one, path, options)
    elif cell.form in FORMS | {"2014": None} and cell.form not in INDICATORS[path].forms:
        _join(cell, one, options)
    else:
        cell.why_no_value, cell.remark = _lost(one, path, cell.form)
    return cell


def _without_pages(one: _Year, options: Options) -> tuple[str, str]:
    if one.report is None and one.presence in {"present", "withdrawn"}:
        if options.scope == "consolidated":
            return "not_expected", ""
        return "unseen", "only a report consolidated over its area was seen"
    if one.report is None or options.choice != "deadline" or one.row is None:
        return WITHOUT_REPORT[one.presence], ""
    if not any(line.renditions for line in one.report.lines):
        return "unread", ""
    late = one.row.timing == "late"
    return (
        ("no_report", "published after the due day") if late else ("unseen", "first seen after the due day")
    )


def _take(cell: Cell, one: _Year, path: str, options: Options) -> None:
    """The cell as the first reading has it; a blank in one and a number in another is a difference, not a choice."""
    having = [page for page in one.pages if path in page.figures.cells]
    page = next((p for p in having if p.figures.cells[path] is not None), having[0])
    value, note = page.figures.cells[path], page.figures.notes.get(path)
    cell.shown, cell.value = page.shown, value
    cell.text = note.text if note else None if value is None else plain(value)
    if value is None:
        cell.why_no_value = _why_none(cell, note.flag if note else None, options)
    else:
        cell.quality = page.qualities[path]
    tokens = {_token(p.figures, path) for p in having}
    if len(tokens) > 1:
        cell.remark = "shown differently: " + ", ".join(sorted(tokens))
    elif one.contested:
        cell.remark = one.contested
    if cell.remark and cell.quality:
        cell.quality = "doubtful"


def _why_none(cell: Cell, flag: str | None, options: Options) -> str | None:
    """Why there is no number; a mark becomes zero where that was chosen."""
    if not cell.text:
        return "blank"
    if flag != "mark":
        return "unread"
    if any(cell.text in quality.MARKS[name] for name in options.zero):
        cell.value, cell.quality = 0, "assumed"
        return None
    return "mark"


def _join(cell: Cell, one: _Year, options: Options) -> None:
    """The cell by its name in another form, if that is honest; all of its parts must have values."""
    found = crosswalk.link(cell.indicator, cell.form or "", options.joining)
    if found is None:
        cell.why_no_value = "not_in_form"
        cell.remark = crosswalk.why_not_in(cell.indicator, cell.form or "")
        return
    parts = [_cell(one, source, options) for source in found.sources]
    cell.link, cell.source = found.relation, " + ".join(found.sources)
    cell.shown = parts[0].shown
    lacking = next((part for part in parts if part.value is None), None)
    if lacking:
        cell.why_no_value, cell.text = lacking.why_no_value, lacking.text
        return
    cell.value = sum(part.value for part in parts if part.value is not None)
    cell.text = " + ".join(part.text or "" for part in parts)
    cell.quality = quality.worst([part.quality for part in parts if part.quality])


def _lost(one: _Year, path: str, form: str) -> tuple[str, str]:
    """Why a cell that the form asks for is not there: its row is not in the table, or the table not in the text."""
    table = path.partition(".")[0]
    if any(cell.startswith(f"{table}.") for page in one.pages for cell in page.figures.cells):
        return "row_absent", ""
    if form == "narrative" and one.year < FIRST_FORM_YEAR:
        return "not_in_form", crosswalk.why_not_in(path, form)
    return "unread", "no such table stands in the text that was read"


def _token(read: Figures, path: str) -> str:
    value, note = read.cells[path], read.notes.get(path)
    return plain(value) if value is not None else note.text if note else "blank"
