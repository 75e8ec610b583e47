"""Sample reports as tools draw text out of PDF files: lines, their cells parted by single spaces or standing alone.

What does not survive this is what real texts of this kind lack, too: rulings, spans, blank cells, and the order of
headers and labels that go over several lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from crawler.demo.paper import Leaf, Paper, Run, pages
from crawler.demo.renderers import Quirks, layout
from crawler.demo.reports import SampleReport

SAME_LINE = 3.0
"""Points by which the base lines of one line may differ."""


def by_line(leaf: Leaf) -> Iterator[str]:
    """What stands beside each other on one line, as pdfplumber and `pdftotext -layout` see a page."""
    lines: list[list[Run]] = []
    for run in sorted(leaf.runs, key=lambda run: run.y):
        if lines and run.y - lines[-1][0].y <= SAME_LINE:
            lines[-1].append(run)
        else:
            lines.append([run])
    for line in lines:
        yield " ".join(run.text.strip() for run in sorted(line, key=lambda run: run.x))


def by_stream(leaf: Leaf) -> Iterator[str]:
    """What was drawn one after the other on one line, as pypdf sees a page: the lines of a cell stay together."""
    for _, line in groupby(leaf.runs, key=lambda run: run.y):
        yield " ".join(run.text.strip() for run in line)


def a_run_a_line(leaf: Leaf) -> Iterator[str]:
    """Every line of a cell on a line of its own, as `pdftotext` leaves many tables."""
    for run in leaf.runs:
        yield from (run.text.strip(), "")


EXTRACTORS: dict[str, Callable[[Leaf], Iterator[str]]] = {
    "by_line": by_line,
    "by_stream": by_stream,
    "a_run_a_line": a_run_a_line,
}
"""How a page becomes lines."""


def as_extracted(
    report: SampleReport,
    extractor: str = "by_line",
    quirks: Quirks = (),
    paper: Paper = Paper(),  # noqa: B008 - a frozen value
) -> str:
    """The text of the report's pages, a form feed after each."""
    if extractor not in EXTRACTORS:
        raise KeyError(f"{extractor} is none of the extractors {', '.join(EXTRACTORS)}")
    return "".join(
        "".join(f"{line}\n" for line in EXTRACTORS[extractor](leaf)) + "\f"
        for leaf in pages(layout(report, quirks), paper)
    )
