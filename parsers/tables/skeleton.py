"""Tables alike are placed once: labels, spans, marks and blanks say where a number belongs, and never the number.

The skeleton of a document's tables is what they are without their numbers. When one is met again it is placed and
filled as any, with numbers that all differ: where each of them then stands holds for every document of that skeleton.
A skeleton about which placing finds anything to say has no such plan, and its documents are placed one by one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, count, islice
from typing import NamedTuple, TypeAlias

from parsers.document import Grid
from parsers.forms import SECTIONS
from parsers.report import TABLES, Note, Report, Value
from parsers.sections import heading
from parsers.tables.cells import put
from parsers.tables.fill import fill
from parsers.tables.place import place
from parsers.tables.rows import Cell, Row, Whole, spread
from parsers.values import Unit, read_cell

_NUMBER = re.compile(r"[+-]?(?:0|[1-9]\d{0,8})(?:\.\d{1,6})?", re.ASCII)
"""What is read the same in any column of any unit that is known."""

_FEW, _BEGINS = frozenset(map(str, range(1000))), frozenset("0123456789+-")
"""Most numbers, and how others begin: to look there first is quicker than the pattern."""

_HOLE = "0"
"""Stands for every number in a skeleton; whatever else stands in one is no number."""

_FIRST = 10**14
_NEAR_FIRST = re.compile(r"[\d,]{15}")
"""The numbers of a sample count up from here, where no report has any."""

MOST_SQUARES, MOST_SKELETONS = 2000, 256
"""No form has so many squares; so many skeletons are remembered."""


class Stood(NamedTuple):
    """Where tables stood: the numbers of grids among the items, and the ids of lines that are cells."""

    grids: set[int]
    blocks: set[int]


class Bones(NamedTuple):
    """A grid without its numbers: the text of every square, row by row, how long rows are, where cells begin."""

    texts: tuple[str | None, ...]
    widths: tuple[int, ...]
    origins: tuple[tuple[tuple[int, int], ...], ...]

    def grid(self, numbers: count[int]) -> Grid:
        """A grid with these bones and new numbers."""
        texts = iter(str(next(numbers)) if text == _HOLE else text for text in self.texts)
        return Grid(
            [list(islice(texts, width)) for width in self.widths], True, "", [*map(list, self.origins)]
        )


Skeleton: TypeAlias = tuple[Bones | str, ...]
"""The grids of a document, and the codes of the headings between them."""


class Amount(NamedTuple):
    """An amount of money that is not in the unit of the form: its path, its number, its unit."""

    path: str
    number: int
    unit: Unit


class Plan(NamedTuple):
    """What a skeleton makes of a report. `rows` says for every cell of a row of a table which of the document's
    numbers it holds; behind these stand the `others`, values that are of the skeleton, as their `notes` are."""

    form: str
    rows: tuple[tuple[str, str, dict[str, int]], ...]
    others: tuple[Value, ...]
    notes: dict[str, Note]
    amounts: tuple[Amount, ...]
    grids: tuple[int, ...]
    """Which pieces of the skeleton are tables."""


@dataclass(slots=True)
class Sight:
    """How often a skeleton was met, and its plan from the second time on: few come again that are not common."""

    times: int = 0
    plan: Plan | None = None


def fill_alike(report: Report, pieces: Sequence[Row | Whole]) -> Stood | None:
    """Fill a report by the plan of its tables; `None`, with nothing done, where there is none."""
    if report.annex or not all(map(_is_plain, pieces)):
        return None
    numbers: list[str] = []
    skeleton = tuple(
        _bones(piece.grid, numbers) if isinstance(piece, Whole) else heading(piece.cells[0].text) or ""
        for piece in pieces
    )
    if sum(len(bones.texts) for bones in skeleton if isinstance(bones, Bones)) > MOST_SQUARES:
        return None
    plan = _plan_of(skeleton)
    if plan is None:
        return None
    _fill(report, plan, numbers)
    grids = (pieces[at] for at in plan.grids)
    return Stood({piece.number for piece in grids if isinstance(piece, Whole)}, set())


def _is_plain(piece: Row | Whole) -> bool:
    return piece.grid.exact if isinstance(piece, Whole) else piece.kind == "break"


def _bones(grid: Grid, numbers: list[str]) -> Bones:
    """The bones of a grid; its numbers are added to those of the grids before it."""
    texts: list[str | None] = []
    for text in chain.from_iterable(grid.rows):
        if text and (text in _FEW or (text[0] in _BEGINS and _NUMBER.fullmatch(text))):
            numbers.append(text)
            texts.append(_HOLE)
        else:
            texts.append(text)
    return Bones(tuple(texts), tuple(map(len, grid.rows)), tuple(map(tuple, grid.origins)))


@lru_cache(maxsize=MOST_SKELETONS)
def _sight(_skeleton: Skeleton) -> Sight:
    return Sight()


def _plan_of(skeleton: Skeleton) -> Plan | None:
    sight = _sight(skeleton)
    sight.times += 1
    if sight.times == 2:
        sight.plan = _plan(skeleton)
    return sight.plan


def _plan(skeleton: Skeleton) -> Plan | None:
    """What placing makes of a skeleton whose numbers all differ; `None` where it finds anything to say of it, the
    unit of an amount apart: that is said of a number and not of its place."""
    grids = [bones for bones in skeleton if isinstance(bones, Bones)]
    if any(_NEAR_FIRST.search(text) for bones in grids for text in bones.texts if text):
        return None
    numbers = count(_FIRST)
    sample, pieces = Report(), list[Row | Whole]()
    for number, bones in enumerate(skeleton):
        if isinstance(bones, Bones):
            pieces.append(Whole(bones.grid(numbers), number))
        else:
            pieces.append(Row("break", [Cell(SECTIONS[bones], 0)], number))
    placed = place(spread(pieces))
    fill(sample, placed)
    if any(finding.code != "unit_unknown" for finding in sample.findings):
        return None
    amounts = tuple(_amounts(sample))
    if any(amount.number < 0 for amount in amounts):
        return None  # it is of the skeleton, and no number
    rows, others = _rows(sample, next(numbers) - _FIRST)
    return Plan(sample.form, rows, others, sample.notes, amounts, tuple(placed.grids))


def _rows(
    sample: Report, count_: int
) -> tuple[tuple[tuple[str, str, dict[str, int]], ...], tuple[Value, ...]]:
    """The rows of a plan for so many numbers, and its other values."""
    found: list[tuple[str, str, dict[str, int]]] = []
    others: list[Value] = []
    for table in TABLES:
        for row, cells in getattr(sample, table).items():
            places: dict[str, int] = {}
            for code, value in cells.items():
                if value is not None and value >= _FIRST:
                    places[code] = int(value) - _FIRST
                else:
                    places[code] = count_ + len(others)
                    others.append(value)
            found.append((table, row, places))
    return tuple(found), tuple(others)


def _amounts(sample: Report) -> Iterator[Amount]:
    """The amounts of a sample; the notes of those that were converted hold their place for what is put there."""
    cells = sample.cells()
    for path in [finding.where[0] for finding in sample.findings]:
        yield Amount(path, int(cells[path] or 0) - _FIRST, "unknown")
    for path, note in sample.notes.items():
        if note.flag == "unit" and note.text.isdecimal():
            yield Amount(path, int(note.text) - _FIRST, "yuan")


def _fill(report: Report, plan: Plan, numbers: Sequence[str]) -> None:
    report.form = plan.form
    report.notes.update(plan.notes)
    values = [int(text) if text.isdecimal() else read_cell(text).value for text in numbers]
    values += plan.others
    for table, row, places in plan.rows:
        getattr(report, table)[row] = {code: values[at] for code, at in places.items()}
    for path, number, unit in plan.amounts:
        table, row, code = path.split(".")
        amount: dict[str, Value] = {}
        put(report, amount, f"{table}.{row}", code, numbers[number], unit)
        if path in plan.notes and report.notes[path] is plan.notes[path]:
            del report.notes[path]
        getattr(report, table)[row].update(amount)
