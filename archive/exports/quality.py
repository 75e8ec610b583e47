"""How sure a cell is, and why a cell has no value."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache

from archive.exports.figures import Figures
from archive.panel_view import DOUBTS
from parsers.forms import FORMS
from parsers.forms.identities import Identity, annex_identities, identities

QUALITIES = {
    "verified": "plain, and a sum that the form demands of it holds",
    "plain": "a number as printed, in no sum that could be checked",
    "assumed": "a mark counted as zero by the choice of --zero",
    "repaired": "read by text recognition and put right by the sums of the form; the value as read is the text",
    "ocr": "read by text recognition",
    "inconsistent": "as printed; a sum that the form demands of it does not hold",
    "doubtful": "the reader was not sure of it, or the sights of the report differ in it",
}
"""Every quality of a value, the surest first."""

NO_VALUE = {
    "not_due": "the report was not due yet",
    "not_expected": "no report was expected of the unit for that year",
    "no_report": "the report was due and was not there when its column was seen whole",
    "unseen": "what there was could not be seen, or was not seen by the day that was chosen",
    "unread": "a report is there; the table or cell was not read: a picture, an attachment, text cut off, no number",
    "row_absent": "the table is there without this row or cell",
    "blank": "the cell is there and blank",
    "mark": "a mark (/ — - 无) stands in the cell",
    "not_in_form": "the form of the report does not ask for it",
}
"""Every reason why a cell has no value."""

MARKS = {
    "slash": frozenset({"/", "//", "\\"}),
    "dash": frozenset({"-", "--", "---", "—", "——", "–", "−", "─", "──", "━", "ー", "~"}),
    "wu": frozenset({"无"}),
}
"""The marks that `--zero` can count as zero, by their name."""


def qualities(figures: Figures) -> dict[str, str]:
    """The quality of every cell of a reading that has a value."""
    held, broken = _sums(figures)
    doubted = _doubted(figures)
    found = {}
    for path, value in figures.cells.items():
        if value is None:
            continue
        note = figures.notes.get(path)
        read = note.flag if note and note.flag in {"ocr", "repaired", "unclear"} else ""
        if path in doubted or read == "unclear" or (read and path in broken):
            found[path] = "doubtful"
        else:
            found[path] = read or (
                "inconsistent" if path in broken else "verified" if path in held else "plain"
            )
    return found


def worst(found: list[str]) -> str:
    """The least sure of several qualities."""
    order = list(QUALITIES)
    return max(found, key=order.index)


def _sums(figures: Figures) -> tuple[set[str], set[str]]:
    """The paths that take part in sums that hold, and in sums that do not."""
    held: set[str] = set()
    broken: set[str] = set()
    for one in _demanded(figures.form, "requests.other_handling.total" in figures.cells):
        left = [figures.cells.get(path) for path in one.left]
        right = [figures.cells.get(path) for path in one.right]
        if None in left or None in right:
            continue
        equal = sum(v for v in left if v is not None) == sum(v for v in right if v is not None)
        (held if equal else broken).update((*one.left, *one.right))
    return held, broken


@cache
def _demanded(form: str, one_row_of_other_handling: bool) -> tuple[Identity, ...]:
    """The sums of a form; a second table of form 2019 keeps its own also in a report of form 2021."""
    if form not in FORMS:
        return tuple(annex_identities())
    second = "2019" if one_row_of_other_handling else form
    return (*identities(FORMS[second]), *annex_identities())


def _doubted(figures: Figures) -> set[str]:
    patterns = [path for code, where in figures.findings if code in DOUBTS for path in where]
    return {path for pattern in patterns for path in _matching(figures, pattern)}


def _matching(figures: Figures, pattern: str) -> Iterator[str]:
    if "*" not in pattern:
        yield pattern
        return
    yield from (path for path in figures.cells if fnmatchcase(path, pattern))
