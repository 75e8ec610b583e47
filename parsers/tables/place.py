"""Rows → hits: which row of which statutory table each row is, under which headers it stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from parsers.forms.labels import Word, key, ordinals, unnumbered, words
from parsers.report import Finding
from parsers.sections import heading
from parsers.tables.rows import REMEDY_CELLS, Cell, Row
from parsers.tables.words import Item, read_words
from parsers.values import is_value


class Under(NamedTuple):
    """The columns of a grid under the header of each of some codes; `in_order` says that they follow one another as
    the codes do."""

    columns: dict[str, list[int]]
    in_order: bool


@dataclass(slots=True)
class Headers:
    """The header words since the last row of values: in reading order, and by column where columns are known."""

    grid: int = -1
    words: list[Word] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    columns: dict[int, list[Word]] = field(default_factory=dict)
    end: int = 0
    """How far to the right its rows reach: columns of an exact grid, else cells of the last header row."""
    used: bool = False
    _under: dict[tuple[str, ...], Under] = field(default_factory=dict)

    def under(self, codes: tuple[str, ...]) -> Under:
        """Where the columns of some codes are; asked, and worked out once, when all headers are known."""
        if codes not in self._under:
            found: dict[str, list[int]] = {code: [] for code in codes}
            for column, stack in sorted(self.columns.items()):
                named = [word.code for word in stack if word.role == "column"]
                if named and named[-1] in found:
                    found[named[-1]].append(column)
            flat = [column for wanted in found.values() for column in wanted]
            self._under[codes] = Under(found if all(found.values()) else {}, flat == sorted(flat))
        return self._under[codes]


@dataclass(slots=True)
class Hit:
    """A row of a statutory table with its value cells; `code` is empty where the table has no row labels."""

    table: str
    code: str
    label: str
    cells: list[Cell]
    row: Row
    headers: Headers
    label_at: int = -1

    @property
    def shape(self) -> tuple[int, int, int]:
        """Rows of one grid with as many cells and the label in the same place have their values in one place."""
        return self.row.grid, len(self.row.cells), self.label_at


@dataclass(slots=True)
class Placed:
    """What the rows of one report are, and what could not be placed."""

    hits: list[Hit] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    column_words: Counter[str] = field(default_factory=Counter)
    """How often a header word spoke for a form."""
    grids: set[int] = field(default_factory=set)
    blocks: set[int] = field(default_factory=set)
    """Ids of the lines that are cells."""


def place(rows: Iterable[Row]) -> Placed:
    """Place every row."""
    placer = _Placer()
    for row in rows:
        placer.take(row)
    return placer.placed


class _Placer:
    """Walks the rows once; a table may go on in the next grid, so its state outlives grids."""

    def __init__(self) -> None:
        self.placed = Placed()
        self.table: str | None = None
        self.headers = Headers()
        self.seen: set[str] = set()
        self.pending: list[str] = []
        self.last: Hit | None = None
        self.section: str | None = None

    def take(self, row: Row) -> None:
        if row.kind == "break":
            self.table, self.headers, self.pending, self.last = None, Headers(), [], None
            self.section = heading(row.cells[0].text)
            return
        if row.kind == "torn":
            self._torn(row)
            return
        run = row.run()
        after = row.cells[run[-1] + 1 :] if run else row.cells
        full = is_full(after)
        texts = [row.cells[at].text for at in run]
        if texts and not full and self._continues(texts):
            self.placed.blocks.update(id(block) for block in row.blocks)
            return
        items = self._items(texts, full)
        table = _vote(items) or self.table
        if table != self.table:
            self.table, self.headers = table, Headers()
        if table is None:
            self._lone(row, texts, after)
            return
        if not run or any(item.words for item in items):
            self.placed.grids.add(row.grid)
            self.placed.blocks.update(map(id, row.blocks))
        label = self._label(items, table, after, full)
        at = -1 if label is None else run[label.stop - 1]
        values = after if label is None else row.cells[at + 1 :]
        before = items if label is None else _before(items, label)
        self._note_headers(row, before, table, label is None)
        self._hit(row, items, label, values, at, table)

    def _items(self, run: list[str], full: bool) -> Sequence[Item]:
        """The words of a row; unknown ones before values may be the rest of a label begun in the row before."""
        items = read_words(run, self.table)
        if full and run and self.pending and not any(item.words for item in items):
            joined = read_words(["".join((*self.pending, run[0])), *run[1:]], self.table)
            if joined and joined[-1].words:
                return joined
        return items

    def _label(self, items: Sequence[Item], table: str, values: list[Cell], full: bool) -> Item | None:
        """The item that names the row: the last that can, where a word like 总计 can only by its place."""
        for item in reversed(items):
            roles = {word.role for word in item.of(table)}
            if roles == {"row"}:
                return item if full or table != "remedies" else None
            if "row" in roles and item is items[-1] and values and self._names_row(items, table):
                return item
            if "column" in roles and table == "remedies":
                return None
        return None

    def _names_row(self, items: Sequence[Item], table: str) -> bool:
        """总计 closes the outcomes, 其他 the other handling: with their numbering, or after such rows and not
        among the words of a header."""
        code = _row_code(items[-1], table)
        if _is_numbered(items[-1], code):
            return True
        if any({word.role for word in item.of(table)} == {"column"} for item in items):
            return False
        before = {"other_handling_fee_overdue", "other_handling_correction_overdue"}
        return bool(self.seen & (before if code == "other_handling_rest" else {"received", "granted"}))

    def _note_headers(self, row: Row, items: Sequence[Item], table: str, whole_row: bool) -> None:
        found = [(item, word) for item in items for word in item.of(table) if _heads(word, table)]
        unknown = [item.text.strip() for item in items if not item.words] if whole_row else []
        if not found and not unknown:
            return
        starts_anew = self.headers.used or (row.kind == "exact" and self.headers.grid != row.grid)
        if found and starts_anew:
            self.headers = Headers(row.grid)
        self.headers.words += [word for _, word in found]
        self.headers.texts += [item.text for item, _ in found]
        self.headers.unknown += unknown
        for _, word in found:
            if word.table == "proactive" and word.role == "column" and len(word.forms) == 1:
                self.placed.column_words[min(word.forms)] += 1
        last = max((cell.column + cell.width for cell in row.cells), default=0)
        self.headers.end = max(self.headers.end, last) if row.kind == "exact" else len(row.cells)
        if row.kind == "exact":
            self._note_columns(row, table)

    def _note_columns(self, row: Row, table: str) -> None:
        self.headers.grid = row.grid
        for cell in row.cells:
            for item in read_words([cell.text], table) if cell.text.strip() else ():
                for word in item.of(table):
                    if _heads(word, table):
                        for column in range(cell.column, cell.column + cell.width):
                            stack = self.headers.columns.setdefault(column, [])
                            if word not in stack:
                                stack.append(word)

    def _hit(
        self,
        row: Row,
        items: Sequence[Item],
        label: Item | None,
        values: list[Cell],
        label_at: int,
        table: str,
    ) -> None:
        full = is_full(values)
        if label is None and (table != "remedies" or not values):
            self._unlabelled(row, items, values, full)
            return
        code = "" if label is None else _row_code(label, table)
        if label and self._is_only_a_group(row, items, label, code, label_at):
            self._unlabelled(row, items, values, full)
            return
        if label_at:
            self._stray(row, f"{table}.{code or '*'}.*")
        hit = Hit(table, code, label.text if label else "", values, row, self.headers, label_at)
        if label and label.guessed:
            message = f"“{label.text}” was taken for {code}"
            self.placed.findings.append(Finding("label_guessed", (f"{table}.{code}.*",), message))
        self.placed.hits.append(hit)
        self.headers.used |= full or label is not None
        self.seen.add(code)
        self.pending, self.last = ([label.text] if label and not values else []), hit

    def _is_only_a_group(
        self, row: Row, items: Sequence[Item], label: Item, code: str, label_at: int
    ) -> bool:
        """Whether the label began in a row above, or is 其他处理 over a row that the form does not have."""
        unknown_below = code == "other_handling" and items[-1] is not label and not items[-1].words
        return unknown_below or (label_at >= 0 and row.cells[label_at].inherited)

    def _torn(self, row: Row) -> None:
        """A number alone under a row of values: it may be that of a page, or the rest of the last of them."""
        self.placed.blocks.update(map(id, row.blocks))
        if self.last is not None:
            path = f"{self.last.table}.{self.last.code or '*'}.*"
            message = (
                f"{row.cells[0].text.strip()} stands alone under the row; its last number may go on there"
            )
            self.placed.findings.append(Finding("stray_cell", (path,), message))

    def _torn_out(self, shown: str) -> None:
        """A value alone under a table: it may be that of a blank cell in the row above."""
        if self.last and any(not cell.text.strip() for cell in self.last.cells):
            path = f"{self.last.table}.{self.last.code or '*'}.*"
            message = f"{shown} stands alone under the row; it may belong to a blank cell"
            self.placed.findings.append(Finding("stray_cell", (path,), message))

    def _stray(self, row: Row, path: str) -> None:
        """Values before the label belong to no column."""
        run = row.run()
        texts = [cell.text.strip() for cell in row.cells[: run[0]] if cell.text.strip()] if run else []
        if texts:
            message = f"{' '.join(texts)} stands before the label"
            self.placed.findings.append(Finding("stray_cell", (path,), message))

    def _unlabelled(self, row: Row, items: Sequence[Item], values: list[Cell], full: bool) -> None:
        texts = [item.text for item in items]
        if not full:
            if texts and not any(item.words for item in items):
                self.pending = texts
            return
        if not texts and len(values) == REMEDY_CELLS:
            self._headless(row, values)
            return
        shown = " ".join(cell.text.strip() for cell in values if cell.text.strip())
        if not texts and row.kind == "stream":
            self._torn_out(shown)
        named = "".join(texts) or "no label"
        message = f"a row that the form does not have ({named}) holds {shown}"
        added = any(word.code == "stranger" for item in items for word in item.words)
        where = () if added else (f"{self.table}.*.*",)
        self.placed.findings.append(Finding("unknown_row", where, message))

    def _continues(self, texts: list[str]) -> bool:
        """Whether a row without values is the rest of the label before it."""
        if self.last is None or key(self.last.label) in words():
            return False
        found = words().get(key(self.last.label + "".join(texts)), ())
        return any(word.code == self.last.code for word in found)

    def _lone(self, row: Row, texts: list[str], values: list[Cell]) -> None:
        """A row of which nothing tells the table: under the heading of the third, or in a grid without words."""
        expected = self.section == "remedies" and row.kind == "stream"
        alone = row.kind == "tabular" and not texts
        if (expected or alone) and len(values) == REMEDY_CELLS and all(map(_holds, values)):
            self.headers.unknown += texts
            self._headless(row, values)
            self.placed.blocks.update(map(id, row.blocks))

    def _headless(self, row: Row, values: list[Cell]) -> None:
        """Fifteen values without any words: only the third table is so wide."""
        self.placed.hits.append(Hit("remedies", "", "", values, row, Headers(unknown=self.headers.unknown)))
        self.placed.grids.add(row.grid)


def _before(items: Sequence[Item], label: Item) -> Sequence[Item]:
    """What stands before the label of a row; a label over several squares may stand in each of them."""
    return [item for item in items[: items.index(label)] if item.text != label.text]


def _holds(cell: Cell) -> bool:
    return is_value(cell.text)


def _row_code(label: Item, table: str) -> str:
    """The row that a label names; of several, as of 其他, the one that has its numbering."""
    codes = [word.code for word in label.of(table) if word.role == "row"]
    return next((code for code in codes if len(codes) > 1 and _is_numbered(label, code)), codes[0])


def _is_numbered(label: Item, code: str) -> bool:
    return unnumbered(label.text)[0].strip("()、.") == ordinals().get(code, "").strip("()、.")


def _heads(word: Word, table: str) -> bool:
    """Whether a word can head a column: routes of remedy stand over their outcomes."""
    return word.role == "column" or (table == "remedies" and word.role == "row")


def is_full(cells: Iterable[Cell]) -> bool:
    """Whether any of some cells holds anything."""
    return any(cell.text.strip() for cell in cells)


def _vote(items: Sequence[Item]) -> str | None:
    votes = [next(iter(item.by_table)) for item in items if len(item.by_table) == 1]
    return max(votes, key=votes.count) if votes else None
