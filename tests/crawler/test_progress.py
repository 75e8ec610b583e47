from collections import Counter
from dataclasses import dataclass, field
from io import StringIO

from crawler import progress
from crawler.progress import Bar, Lines, Progress, for_terminal, summed


@dataclass
class Some:
    finished: bool
    counts: Counter[str] = field(default_factory=Counter)


WALKS = [
    Some(True, Counter(pages=3, entries=42, new=5, failed=1, fetched=36, files=24)),
    Some(False, Counter(pages=1, entries=10)),
]


def test_one_line_for_all_walks():
    assert summed(WALKS) == "1 of 2 columns, 4 pages, 52 entries, 5 new, 1 failed, 60 fetched"


def test_plain_lines_come_now_and_then(monkeypatch):
    at = iter(
        [0.0, 4.0, progress.LINE_SECONDS + 1.0, progress.LINE_SECONDS + 1.0, progress.LINE_SECONDS + 2.0]
    )
    monkeypatch.setattr(progress, "monotonic", lambda: next(at))
    stream = StringIO()
    lines = Lines(stream)
    for _ in range(3):
        lines.show(WALKS)
    assert stream.getvalue() == summed(WALKS) + "\n"


def test_the_bar_moves():
    with Bar() as bar:
        bar.show(WALKS)
        task = bar._bar.tasks[0]
        assert (task.completed, task.total, task.description) == (1, 2, summed(WALKS))


def test_what_fits_the_terminal(monkeypatch):
    assert isinstance(for_terminal(), Lines)
    monkeypatch.setattr("sys.stderr", type("Terminal", (StringIO,), {"isatty": lambda self: True})())
    assert isinstance(for_terminal(), Bar)
    assert Progress().show(WALKS) is None
