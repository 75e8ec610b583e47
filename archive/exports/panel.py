"""The balanced panel: unit × year × indicator, each cell with a value and its quality, or with the reason for none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from archive.exports import crosswalk, quality
from archive.exports.editions import Shown
from archive.exports.standing import Options, Page, Standing, standing
from archive.history.query import Asked
from archive.register.units import Unit
from archive.wording import REMARKS
from parsers.forms import FORMS
from parsers.forms.indicators import INDICATORS
from parsers.report import Value, plain

KNOWN_FORMS = frozenset({*FORMS, "2014"})
"""Forms of which it is known which cells they have."""
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


@dataclass(slots=True)
class Cell:
    """A cell of the panel. Exactly one of `quality` and `why_no_value` is said. `source` are the cells it was made
    of where it goes by another name in its form, `link` is then the relation; `shown` is the sight it rests on, `flag`
    that of the note beside it, `body` the digest of the document."""

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
    flag: str | None = None
    body: str | None = None

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


def panel(
    of: Asked,
    units: Sequence[Unit],
    years: Sequence[int],
    indicators: Sequence[str],
    options: Options,
    tick: Callable[[int], None] = lambda _: None,
) -> Iterator[Cell]:
    """Every unit in every year with every indicator, in this order; `tick` is told how many units are done."""
    for one in standing(of, units, years, options, tick):
        yield from (_cell(one, path, options) for path in indicators)


def held(one: Standing, options: Options) -> Iterator[Cell]:
    """The cells that stand in what was read of a report, as the forms order them."""
    for path in INDICATORS:
        if any(path in page.figures.cells for page in one.pages):
            yield _cell(one, path, options)


def _cell(one: Standing, path: str, options: Options) -> Cell:
    cell = Cell(one.unit, one.year, path, one.presence, form=one.form)
    if not one.pages:
        cell.why_no_value, cell.remark = _without_pages(one, options)
    elif having := [page for page in one.pages if path in page.figures.cells]:
        _take(cell, one, having, options)
    elif cell.form in KNOWN_FORMS and cell.form not in INDICATORS[path].forms:
        _join(cell, one, options)
    else:
        cell.why_no_value, cell.remark = _lost(one, path)
    return cell


def _without_pages(one: Standing, options: Options) -> tuple[str, str]:
    if one.report is None and one.presence in {"present", "withdrawn"}:
        if options.scope == "consolidated":
            return "not_expected", ""
        return "unseen", REMARKS["consolidated"]
    if one.report is None or options.choice != "deadline" or one.row is None:
        return WITHOUT_REPORT[one.presence], ""
    if not one.report.renditions:
        return "unread", ""
    late = one.row["timing"] == "late"
    return ("no_report", REMARKS["late"]) if late else ("unseen", REMARKS["seen_late"])


def _take(cell: Cell, one: Standing, having: list[Page], options: Options) -> None:
    """The cell as the first reading has it; a blank in one and a number in another is a difference, not a choice."""
    path = cell.indicator
    page = next((p for p in having if p.figures.cells[path] is not None), having[0])
    value, note = page.figures.cells[path], page.figures.notes.get(path)
    cell.shown, cell.value, cell.flag = page.shown, value, note.flag if note else None
    cell.body = page.figures.body
    cell.text = note.text if note else None if value is None else plain(value)
    if value is None:
        cell.why_no_value = _why_none(cell, options)
    else:
        cell.quality = quality.quality(page.figures, path)
    tokens = {p.token(path) for p in having} if len(having) > 1 else ()
    if len(tokens) > 1:
        cell.remark = REMARKS["differs"].format("、".join(sorted(tokens)))
    elif one.report and one.report.contested:
        cell.remark = one.report.contested
    if cell.remark and cell.quality:
        cell.quality = "doubtful"


def _why_none(cell: Cell, options: Options) -> str | None:
    """Why there is no number; a mark becomes zero where that was chosen."""
    if not cell.text:
        return "blank"
    if cell.flag != "mark":
        return "unread"
    if any(cell.text in quality.MARKS[name] for name in options.zero):
        cell.value, cell.quality = 0, "assumed"
        return None
    return "mark"


def _join(cell: Cell, one: Standing, options: Options) -> None:
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


def _lost(one: Standing, path: str) -> tuple[str, str]:
    """Why a cell that the form asks for is not there: its row is not in the table, or the table not in the text."""
    table = path.partition(".")[0]
    if any(page.figures.cells.has_table(table) for page in one.pages):
        return "row_absent", ""
    if one.form == "narrative" and one.year < FIRST_FORM_YEAR:
        return "not_in_form", crosswalk.why_not_in(path, "narrative")
    return "unread", "no such table stands in the text that was read"
