"""Which cell of a row stands in which column.

In an exact grid the headers say it. Elsewhere cells are only counted: every way to lay the columns over the row
that leaves no full cell outside is admissible, rows of the same shape agree with each other, and a cell is taken
where all admissible ways agree. Cells that a rendering lost are never filled in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from parsers.tables.place import Hit, Under
from parsers.tables.rows import Cell

Shape = tuple[int, int, int]

FEWEST_ALIKE = 4
"""So many rows of one length make it the length of their grid."""

NOWHERE = Under({}, in_order=True)

MOST_SURPLUS = 2
"""A row with more cells too many is no row of its table."""


@dataclass(slots=True)
class Aligned:
    """The text over each column that has a cell; `unclear` columns have none that is certain."""

    texts: dict[str, str] = field(default_factory=dict)
    unclear: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)
    """Texts that stand under no column."""
    missing: list[str] = field(default_factory=list)
    """Columns under which the row has no cell."""
    doubled: bool = False
    """Several cells stand under the headers of one column."""
    crossed: bool = False
    """The headers stand in an order or number in which no form has them, and were not believed."""


def align(hit: Hit, codes: tuple[str, ...], offsets: dict[Shape, int]) -> Aligned:
    """Lay the columns of a row over its cells."""
    headed = hit.row.kind == "exact" and hit.headers.grid == hit.row.grid
    under = hit.headers.under(codes) if headed else NOWHERE
    headed_by = _by_header(hit, under.columns) if under.columns and under.in_order else None
    if headed_by and not (headed_by.doubled and not headed_by.texts.get(codes[-1])):
        return headed_by  # a header that stands twice by mistake shifts all behind it, and leaves none for the last
    aligned = _by_count(hit, codes, offsets)
    aligned.crossed = bool(under.columns) and (headed_by is not None or not under.in_order)
    return aligned


def _by_count(hit: Hit, codes: Sequence[str], offsets: dict[Shape, int]) -> Aligned:
    """Lay the columns over cells of which only the number is known."""
    width, cells = len(codes), hit.cells
    starts = _starts(cells, width)
    if len(starts) > 1 and offsets.get(hit.shape) in starts:
        starts = [offsets[hit.shape]]
    if starts:
        return _agreed(codes, [[cell.text for cell in cells[s : s + width]] for s in starts])
    return _crowded(codes, cells) if len(cells) > width else Aligned(unclear=list(codes))


def _crowded(codes: Sequence[str], cells: Sequence[Cell]) -> Aligned:
    """A row with more full cells than columns: any of them may be the stranger."""
    texts = [cell.text.strip() for cell in cells]
    while len(texts) > len(codes) and not (texts[0] and texts[-1]):
        texts = texts[:-1] if not texts[-1] else texts[1:]
    surplus = len(texts) - len(codes)
    ways = [texts[n : n + surplus + 1] for n in range(len(codes))]
    aligned = Aligned(extra=[text for text in texts if text])
    if surplus > MOST_SURPLUS:
        aligned.unclear = list(codes)
        return aligned
    for code, possible in zip(codes, ways, strict=True):
        if len(set(possible)) == 1:
            aligned.texts[code] = possible[0]
        else:
            aligned.unclear.append(code)
    return aligned


def offsets(hits: Iterable[tuple[Hit, int]]) -> dict[Shape, int]:
    """Where the columns begin in rows of a shape, as far as rows with one admissible way say the same."""
    found: dict[Shape, set[int]] = {}
    for hit, width in hits:
        starts = _starts(hit.cells, width)
        if len(starts) == 1:
            found.setdefault(hit.shape, set()).add(starts[0])
    return {shape: starts.pop() for shape, starts in found.items() if len(starts) == 1}


def ragged(hits: Sequence[tuple[Hit, int]]) -> list[Hit]:
    """Rows that are longer or shorter than their header or than other rows like them: a cell may have
    been lost or have strayed in, and every value after it then stands under a wrong column."""
    uncertain = [(hit, width) for hit, width in hits if not _is_certain(hit, width)]
    lengths: dict[int, Counter[int]] = {}
    alike: dict[tuple[int, int, int], Counter[int]] = {}
    for hit, width in hits if uncertain else ():
        size = len(hit.row.cells)
        lengths.setdefault(hit.row.grid, Counter())[size] += 1
        alike.setdefault((hit.row.grid, hit.label_at, width), Counter())[size] += 1
    return [
        hit
        for hit, width in uncertain
        if _is_ragged(hit, width, lengths[hit.row.grid], alike[hit.row.grid, hit.label_at, width])
    ]


def _is_certain(hit: Hit, width: int) -> bool:
    """Whether a row is all blank, or has exactly as many cells as columns and all of them full."""
    full = len([cell for cell in hit.cells if cell.text.strip()])
    return full == 0 or full == width == len(hit.cells)


def _is_ragged(hit: Hit, width: int, lengths: Counter[int], alike: Counter[int]) -> bool:
    if hit.row.kind == "exact":
        last = hit.row.cells[-1]
        return hit.headers.grid == hit.row.grid and last.column + last.width != hit.headers.end
    size = len(hit.row.cells)
    usual, times = lengths.most_common(1)[0]
    if times >= FEWEST_ALIKE and times >= lengths.total() - 1:
        return size != usual and not _is_filled(hit, width, {usual})
    is_tabular, end = hit.row.kind == "tabular", hit.headers.end
    if end and (hit.label_at < 0 or (is_tabular and hit.table == "proactive")):  # as long as what heads them
        return is_tabular and size != end and not _is_filled(hit, width, {end})
    odd = len(alike) > 1 and alike[size] * 2 <= alike.total()
    return odd and not _is_filled(hit, width, set(alike) - {size})


def _is_filled(hit: Hit, width: int, usual: set[int]) -> bool:
    """Whether a row has a full cell in each of its columns, and differs from the usual in nothing but the cells that
    fill rows up: some scrapers leave them out of the last row, and add those of an empty row to the one above it."""
    full = all(cell.text.strip() for cell in hit.cells[:width]) and len(hit.cells) >= width
    size = len(hit.row.cells)
    return full and all(size < other or size > other + MOST_SURPLUS for other in usual)


def _starts(cells: Sequence[Cell], width: int) -> list[int]:
    """Where the columns may begin so that every full cell stands under one."""
    return [start for start in range(len(cells) - width + 1) if not _outside(cells, width, start)]


def _outside(cells: Sequence[Cell], width: int, start: int) -> int:
    return sum(bool(cell.text.strip()) for cell in (*cells[:start], *cells[start + width :]))


def _agreed(codes: Sequence[str], ways: list[list[str]]) -> Aligned:
    aligned = Aligned()
    for column, code in enumerate(codes):
        texts = {way[column].strip() for way in ways}
        if len(texts) == 1:
            aligned.texts[code] = texts.pop()
        else:
            aligned.unclear.append(code)
    return aligned


def _by_header(hit: Hit, columns: dict[str, list[int]]) -> Aligned | None:
    """The cells under the headers, unless the row is shifted against them."""
    flat = [column for wanted in columns.values() for column in wanted]
    first, last = flat[0], flat[-1]
    if not _fits(hit.cells, first, last):
        return None
    return over_columns(hit.cells, columns)


def _fits(cells: Sequence[Cell], first: int, last: int) -> bool:
    """Whether the row begins or ends with the headers, and holds nothing between its label and the first."""
    if any(cell.text.strip() for cell in cells if cell.column < first):
        return False
    begins = bool(cells) and cells[0].column == first
    ends = bool(cells) and cells[-1].column + cells[-1].width - 1 == last
    return begins or ends


def over_columns(cells: Sequence[Cell], columns: dict[str, list[int]]) -> Aligned:
    """The cell over the columns of each code; a number that covers several codes or rows belongs to none."""
    if _is_regular(cells, columns):
        return Aligned({code: cell.text.strip() for code, cell in zip(columns, cells, strict=True)})
    at = {
        column: n for n, cell in enumerate(cells) for column in range(cell.column, cell.column + cell.width)
    }
    aligned, taken, used = Aligned(), dict[int, list[str]](), set[int]()
    for code, wanted in columns.items():
        over = sorted({at[column] for column in wanted if column in at})
        used.update(over)
        full = [n for n in over if cells[n].text.strip()] or over[:1]
        if not over:
            aligned.missing.append(code)
        elif len({cells[n].text.strip() for n in full}) > 1:
            aligned.unclear.append(code)
            aligned.doubled = True
        else:
            aligned.doubled |= len(full) > 1
            aligned.texts[code] = cells[full[0]].text.strip()
            taken.setdefault(full[0], []).append(code)
    _withdraw_shared(aligned, cells, taken)
    aligned.extra = [cell.text.strip() for n, cell in enumerate(cells) if n not in used and cell.text.strip()]
    return aligned


def _is_regular(cells: Sequence[Cell], columns: dict[str, list[int]]) -> bool:
    """Whether every code has one column and every column one cell of its own."""
    return len(cells) == len(columns) and all(
        cell.width == 1 and not cell.inherited and wanted == [cell.column]
        for cell, wanted in zip(cells, columns.values(), strict=True)
    )


def _withdraw_shared(aligned: Aligned, cells: Sequence[Cell], taken: dict[int, list[str]]) -> None:
    for number, codes in taken.items():
        shared = len(codes) > 1 or cells[number].inherited
        if shared and any(character.isdigit() for character in cells[number].text):
            for code in codes:
                del aligned.texts[code]
                aligned.unclear.append(code)
