"""What a crawl shows of itself while it runs: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from collections import Counter

LINE_SECONDS = 10
"""Plain lines come no faster than that."""
REFRESH_SECONDS = 0.2


class Counted(Protocol):
    """As much of a walk as progress shows."""

    counts: Counter[str]

    @property
    def finished(self) -> bool:
        """Whether it is over."""


class Progress:
    """Shows nothing: for `scrapy crawl`, which logs, and for tests."""

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take down what is shown."""

    def show(self, walks: Sequence[Counted]) -> None:
        """Show how far the walks are."""


def summed(walks: Sequence[Counted]) -> str:
    """Pages, entries, new reports and failures of all walks, on one line."""
    totals = {
        name: sum(walk.counts[name] for walk in walks) for name in ("pages", "entries", "new", "failed")
    }
    fetched = sum(walk.counts["fetched"] + walk.counts["files"] for walk in walks)
    done = sum(walk.finished for walk in walks)
    said = ", ".join(f"{number} {name}" for name, number in totals.items())
    return f"{done} of {len(walks)} columns, {said}, {fetched} fetched"


class Lines(Progress):
    """A line now and then."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._last = monotonic()

    def show(self, walks: Sequence[Counted]) -> None:
        """Print a line if the last one is old."""
        if monotonic() - self._last >= LINE_SECONDS:
            self._last = monotonic()
            print(summed(walks), file=self._stream, flush=True)


class Bar(Progress):
    """A bar that counts columns, with the figures beside it."""

    def __init__(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, SpinnerColumn, TextColumn, TimeElapsedColumn
        from rich.progress import Progress as RichProgress

        columns = (
            SpinnerColumn(),
            BarColumn(bar_width=24),
            TextColumn("{task.description}"),
            TimeElapsedColumn(),
        )
        self._bar = RichProgress(*columns, console=Console(stderr=True), transient=True)
        self._task = self._bar.add_task("crawling", total=None)
        self._last = 0.0

    def __enter__(self) -> Bar:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def show(self, walks: Sequence[Counted]) -> None:
        """Move the bar, a few times a second at most."""
        if monotonic() - self._last < REFRESH_SECONDS:
            return
        self._last = monotonic()
        done = sum(walk.finished for walk in walks)
        self._bar.update(self._task, total=len(walks), completed=done, description=summed(walks))


def for_terminal() -> Progress:
    """The progress that fits where standard error goes."""
    return Bar() if sys.stderr.isatty() else Lines()
