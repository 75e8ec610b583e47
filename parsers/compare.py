"""Two renditions of one report (a page and its attachment, two files of an archive) compared cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from parsers.report import Finding, Report, plain

ABSENT, BLANK = "absent", "blank"
SHOWN = 6
"""So many cells a message names; `where` names all."""


def differences(one: Report, other: Report) -> dict[str, tuple[str, str]]:
    """What two renditions show in the cells in which they differ, by path.

    A table that stands in one of them only is a part that the other lacks, and what could not be read in one says
    nothing against the other: neither is a difference. A row or cell that is absent, a blank and a zero are.
    """
    left, right = _shown(one), _shown(other)
    both = {_table(path) for path in left} & {_table(path) for path in right}
    unread = {
        path for report in (one, other) for path, note in report.notes.items() if note.flag == "unclear"
    }
    paths = [path for path in {**left, **right} if _table(path) in both and path not in unread]
    pairs = {path: (left.get(path, ABSENT), right.get(path, ABSENT)) for path in paths}
    return {path: pair for path, pair in pairs.items() if pair[0] != pair[1]}


def compare_renditions(reports: list[Report]) -> None:
    """A finding in both of two reports of one issuer and year that differ."""
    for one, other in combinations(reports, 2):
        if one.issuer and one.year and (one.issuer, one.year) == (other.issuer, other.year):
            found = list(_differ(one, other))
            one.findings += found
            other.findings += found


def _differ(one: Report, other: Report) -> Iterator[Finding]:
    if found := differences(one, other):
        named = [f"{path} {a} and {b}" for path, (a, b) in found.items()]
        more = f", and {len(named) - SHOWN} more" if len(named) > SHOWN else ""
        message = f"two files of the archive show other figures: {', '.join(named[:SHOWN])}{more}"
        yield Finding("renditions_differ", tuple(found), message)


def _shown(report: Report) -> dict[str, str]:
    texts = {path: note.text for path, note in report.notes.items()}
    return {
        path: texts.get(path, BLANK) if value is None else plain(value)
        for path, value in report.cells().items()
    }


def _table(path: str) -> str:
    return path.partition(".")[0]
