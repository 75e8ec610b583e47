"""Two ways to do one job, timed in turns: what every bench is made of."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

Work = Callable[[], object]


class Absent(Exception):  # noqa: N818 - it says what is missing
    """What a bench compares with is not on this machine; the message is the sentence for its row."""


@dataclass(frozen=True, slots=True)
class Sides:
    """The same work, done by this project and by the reference, for so many `pieces` (documents, pages) at a time."""

    ours: Work
    reference: Work
    pieces: int


@dataclass(frozen=True, slots=True)
class Pair:
    """A bench: `sides` prepares the work and, being a generator of one thing, clears up behind it; `target` is how
    many times as fast as the reference we want to be, where the two do like things."""

    name: str
    what: str
    reference: str
    target: float | None
    sides: Callable[[], Iterator[Sides]]
    rounds: int = 15


@dataclass(frozen=True, slots=True)
class Result:
    """Seconds for one piece, and how many times as fast as the reference we were, round by round."""

    ours: float
    reference: float
    ratios: tuple[float, ...]

    @property
    def ratio(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.ratios)


def run(pair: Pair) -> Result:
    """Time both sides in turns, so that a machine that slows down slows both; the first round warms up and counts
    for nothing. Raises `Absent`."""
    with contextmanager(pair.sides)() as sides:
        gc.collect()
        gc.freeze()  # what other benches loaded is no work of these two
        times = [_round(sides, swapped=bool(number % 2)) for number in range(pair.rounds + 1)][1:]
        gc.unfreeze()
    ours, theirs = ([pair_[side] / sides.pieces for pair_ in times] for side in (0, 1))
    ratios = tuple(reference / own for own, reference in zip(ours, theirs, strict=True))
    return Result(statistics.median(ours), statistics.median(theirs), ratios)


def _round(sides: Sides, *, swapped: bool) -> tuple[float, float]:
    if swapped:
        reference = _seconds(sides.reference)
        return _seconds(sides.ours), reference
    return _seconds(sides.ours), _seconds(sides.reference)


def _seconds(work: Work) -> float:
    gc.collect()  # what the other side left behind is not ours to clear
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin
