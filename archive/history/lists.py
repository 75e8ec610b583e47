"""What the lists of columns showed, walk by walk, and what one kept back that another shows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from operator import attrgetter

from archive import clock
from archive.history.evidence import Walk

HIDDEN_SHARE = 0.1
"""A list that later shows more than this share of entries dated before a walk, which that did not see, was cut then;
fewer are dated back."""


class Lists:
    """The clear walks of columns, in the order of time."""

    def __init__(self, walks: Iterable[Walk]) -> None:
        self._clear: dict[tuple[str, str], list[Walk]] = {}
        for walk in walks:
            if walk.clear:
                self._clear.setdefault((walk.portal, walk.column), []).append(walk)
        self._gaps: dict[tuple[str, str], tuple[set[str], set[str], int]] = {}

    def before(self, after: Walk, instant: str) -> list[Walk]:
        """The walks of another's column that were begun before an instant."""
        walks = self._clear.get((after.portal, after.column), [])
        return walks[: bisect_left(walks, instant, key=attrgetter("begun_at"))]

    def whole(self, walk: Walk, after: Walk, own: set[str]) -> bool:
        """Whether a walk saw its list whole, as far as a later one tells: it showed what stood there before and after,
        and most of what is dated before it; a report's own addresses do not count."""
        if (walk.record, after.record) not in self._gaps:
            self._gaps[walk.record, after.record] = self._gap(walk, after)
        kept_back, older, dated = self._gaps[walk.record, after.record]
        return not kept_back - own and len(older - own) <= HIDDEN_SHARE * dated

    def _gap(self, walk: Walk, after: Walk) -> tuple[set[str], set[str], int]:
        """What was kept back that stood there before and after; of what is dated before, that, and how much it is."""
        hidden = after.entries.keys() - walk.entries.keys()
        earlier = {id(one.entries): one.entries.keys() for one in self.before(walk, walk.begun_at)}
        day = str(clock.day(walk.begun_at))
        dated = {
            key for key, e in after.entries.items() if e.verdict == "report" and (e.published_on or day) < day
        }
        return (
            {key for key in hidden if any(key in keys for keys in earlier.values())},
            hidden & dated,
            len(dated),
        )
