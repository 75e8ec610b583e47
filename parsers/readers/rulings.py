"""Rulings → lattices: which lines make a table, its rows and columns, and which squares one cell covers."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from operator import itemgetter

from parsers.readers.sheet import Rule

SNAP = 3.5
"""Rulings closer than this, in points, are one: double borders, and the two borders of neighbouring cells."""

GAP = 4.0
"""Dashes of one ruling are at most so far apart."""

TOUCH = 3.0
"""Rulings that miss each other by no more than this meet."""

SHORTEST = 6.0
"""No side of a cell is shorter."""

MOST_RULES, MOST_SQUARES = 3000, 60_000
"""A page with more rulings after merging is a drawing; a table with more squares is none of a report."""


@dataclass(frozen=True, slots=True)
class Area:
    """A cell: rows `first` to `last` and columns `left` to `right` of its lattice, inclusive."""

    first: int
    left: int
    last: int
    right: int


@dataclass(slots=True)
class Lattice:
    """A ruled table: the x of its column edges, the y of its row edges, its cells.

    `of[r][c]` is the number of the cell that covers a square, -1 where the rulings close none: such a square
    belongs to a part that is no rectangle.
    """

    xs: list[float]
    ys: list[float]
    areas: list[Area]
    of: list[list[int]]


def lattices(horizontals: Iterable[Rule], verticals: Iterable[Rule]) -> list[Lattice]:
    """The ruled tables of a page, of at least two cells, the smallest first."""
    level, upright = _merged(horizontals), _merged(verticals)
    if not level or not upright or len(level) + len(upright) > MOST_RULES:
        return []
    found = [_lattice(*part) for part in _connected(level, upright)]
    tables = [lattice for lattice in found if lattice and len(lattice.areas) > 1]
    return sorted(tables, key=lambda table: (table.xs[-1] - table.xs[0]) * (table.ys[-1] - table.ys[0]))


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Rulings on one line made one, specks left out."""
    by_place: dict[float, list[Rule]] = defaultdict(list)
    for rule in rules:
        by_place[rule.at].append(rule)
    out: list[Rule] = []
    same: list[Rule] = []
    for at in sorted(by_place):
        if same and at - same[-1].at > SNAP:
            out += _joined(same)
            same = []
        same += by_place[at]
    return out + _joined(same)


def _joined(same: list[Rule]) -> list[Rule]:
    if not same:
        return []
    at = sum([rule.at for rule in same]) / len(same)
    out: list[Rule] = []
    start = end = None
    for _, begin, stop in sorted(same, key=itemgetter(1)):
        if end is None or start is None or begin - end > GAP:
            if start is not None and end is not None:
                out.append(Rule(at, start, end))
            start, end = begin, stop
        else:
            end = max(end, stop)
    if start is not None and end is not None:
        out.append(Rule(at, start, end))
    return [rule for rule in out if rule.end - rule.start >= SHORTEST]


def _connected(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """The rulings that meet each other, directly or through others."""
    parent = list(range(len(level) + len(upright)))

    def root(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    for v, (x, top, bottom) in enumerate(upright, len(level)):
        for h, (y, left, right) in enumerate(level):
            if top - TOUCH <= y <= bottom + TOUCH and left - TOUCH <= x <= right + TOUCH:
                parent[root(h)] = root(v)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for n, rule in enumerate((*level, *upright)):
        parts.setdefault(root(n), ([], []))[n >= len(level)].append(rule)
    return [part for part in parts.values() if part[0] and part[1]]


def _lattice(level: list[Rule], upright: list[Rule]) -> Lattice | None:
    """Edges are where rulings stand, and where the others end: a table may be open at its sides."""
    xs = _edges([v.at for v in upright], [end for h in level for end in (h.start, h.end)])
    ys = _edges([h.at for h in level], [end for v in upright for end in (v.start, v.end)])
    if (len(xs) - 1) * (len(ys) - 1) > MOST_SQUARES or len(xs) < 2 or len(ys) < 2:
        return None
    walls = _cover(xs, ys, upright)
    floors = _cover(ys, xs, level)
    return _cells(xs, ys, walls, floors)


def _edges(at: list[float], ends: list[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted({*at, min(ends), max(ends)}):
        if edges and value - edges[-1] <= SNAP:
            continue
        edges.append(value)
    return edges


def _cover(across: list[float], along: list[float], rules: list[Rule]) -> list[set[int]]:
    """For each edge the bands between `along` that a ruling on it closes."""
    found: list[set[int]] = [set() for _ in across]
    for at, start, end in rules:
        edge = nearest(across, at)
        for band, (low, high) in enumerate(pairwise(along)):
            third = (high - low) * 0.3
            if start <= low + third and end >= high - third:
                found[edge].add(band)
    return found


def nearest(edges: list[float], at: float) -> int:
    """The number of the edge that lies nearest; the edges ascend."""
    above = bisect_left(edges, at)
    if above == len(edges) or (above and at - edges[above - 1] < edges[above] - at):
        return above - 1
    return above


def _cells(xs: list[float], ys: list[float], walls: list[set[int]], floors: list[set[int]]) -> Lattice:
    rows, columns = len(ys) - 1, len(xs) - 1
    of = [[-2] * columns for _ in range(rows)]
    areas: list[Area] = []
    for r in range(rows):
        for c in range(columns):
            if of[r][c] != -2:
                continue
            if r in walls[c + 1] and c in floors[r + 1]:  # what lies left and above would have reached it
                of[r][c] = len(areas)
                areas.append(Area(r, c, r, c))
                continue
            squares = _flood(r, c, of, walls, floors)
            first, last = min(s[0] for s in squares), max(s[0] for s in squares)
            left, right = min(s[1] for s in squares), max(s[1] for s in squares)
            closed = (last - first + 1) * (right - left + 1) == len(squares)
            for row, column in squares:
                of[row][column] = len(areas) if closed else -1
            if closed:
                areas.append(Area(first, left, last, right))
    return Lattice(xs, ys, areas, of)


def _flood(
    r: int, c: int, of: list[list[int]], walls: list[set[int]], floors: list[set[int]]
) -> list[tuple[int, int]]:
    """Every square that can be reached without crossing a ruling."""
    of[r][c] = -1
    found, rows, columns = [(r, c)], len(of), len(of[0])
    for row, column in found:
        steps = []
        if column + 1 < columns and row not in walls[column + 1]:
            steps.append((row, column + 1))
        if column > 0 and row not in walls[column]:
            steps.append((row, column - 1))
        if row + 1 < rows and column not in floors[row + 1]:
            steps.append((row + 1, column))
        if row > 0 and column not in floors[row]:
            steps.append((row - 1, column))
        for row_, column_ in steps:
            if of[row_][column_] == -2:
                of[row_][column_] = -1
                found.append((row_, column_))
    return found
