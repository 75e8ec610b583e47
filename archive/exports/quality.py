"""How sure a cell is, and why a cell has no value."""

from __future__ import annotations

from fnmatch import fnmatchcase
from functools import cache

from archive.exports.figures import Figures
from archive.panel_view import DOUBTS
from parsers.forms import FORMS
from parsers.forms.identities import Identity, annex_identities, identities

QUALITIES = {
    "verified": ("勾稽相符", "plain, and a sum that the form demands of it holds"),
    "plain": ("照录，未能核对", "a number as printed, in no sum that could be checked"),
    "assumed": ("符号按零计", "a mark counted as zero by the choice of --zero"),
    "repaired": (
        "文字识别后据勾稽更正，原识别值在原文列",
        "read by text recognition and put right by the sums of the form; the value as read is the text",
    ),
    "ocr": ("文字识别", "read by text recognition"),
    "inconsistent": ("照录，勾稽不符", "as printed; a sum that the form demands of it does not hold"),
    "doubtful": ("存疑", "the reader was not sure of it, or the sights of the report differ in it"),
}
"""Every quality of a value in Chinese and English, the surest first."""

NO_VALUE = {
    "not_due": ("未到期", "the report was not due yet"),
    "not_expected": ("无须报送", "no report was expected of the unit for that year"),
    "no_report": ("到期未见报告", "the report was due and was not there when its column was seen whole"),
    "unseen": ("看不到", "what there was could not be seen, or was not seen by the day that was chosen"),
    "unread": (
        "报告已见，此处未读出",
        "a report is there; the table or cell was not read: a picture, an attachment, text cut off, no number",
    ),
    "row_absent": ("表中没有这一行或单元格", "the table is there without this row or cell"),
    "blank": ("空白", "the cell is there and blank"),
    "mark": ("单元格中是符号（/ — - 无）", "a mark (/ — - 无) stands in the cell"),
    "not_in_form": ("该表式没有此项", "the form of the report does not ask for it"),
}
"""Every reason why a cell has no value, in Chinese and English."""

MARKS = {
    "slash": frozenset({"/", "//", "\\", "∕", "⁄", "╱"}),
    "dash": frozenset({"-", "--", "---", "—", "——", "–", "−", "─", "──", "━", "ー", "~"}),
    "wu": frozenset({"无"}),
}
"""The marks that `--zero` can count as zero, by their name."""


def quality(figures: Figures, path: str) -> str:
    """The quality of a cell that has a value."""
    note = figures.notes.get(path)
    read = note.flag if note and note.flag in {"ocr", "repaired", "unclear"} else ""
    holds = [_holds(figures, number, one) for number, one in _sums_of(figures, path)]
    broken = False in holds
    if read == "unclear" or (read and broken) or _doubted(figures, path):
        return "doubtful"
    return read or ("inconsistent" if broken else "verified" if True in holds else "plain")


def worst(found: list[str]) -> str:
    """The least sure of several qualities."""
    order = list(QUALITIES)
    return max(found, key=order.index)


def _holds(figures: Figures, number: int, one: Identity) -> bool | None:
    if number not in figures.sums:
        left = [figures.cells.get(path) for path in one.left]
        right = [figures.cells.get(path) for path in one.right]
        whole = None not in left and None not in right
        figures.sums[number] = sum(left) == sum(right) if whole else None
    return figures.sums[number]


def _sums_of(figures: Figures, path: str) -> tuple[tuple[int, Identity], ...]:
    other_handling = "requests.other_handling.total" in figures.cells
    return _by_path(figures.form, other_handling).get(path, ())


@cache
def _by_path(form: str, one_row_of_other_handling: bool) -> dict[str, tuple[tuple[int, Identity], ...]]:
    """The sums that a cell takes part in, each with its number."""
    found: dict[str, list[tuple[int, Identity]]] = {}
    for number, one in enumerate(_demanded(form, one_row_of_other_handling)):
        for path in {*one.left, *one.right}:
            found.setdefault(path, []).append((number, one))
    return {path: tuple(sums) for path, sums in found.items()}


def _demanded(form: str, one_row_of_other_handling: bool) -> tuple[Identity, ...]:
    """The sums of a form; a second table of form 2019 keeps its own also in a report of form 2021."""
    if form not in FORMS:
        return tuple(annex_identities())
    second = "2019" if one_row_of_other_handling else form
    return (*identities(FORMS[second]), *annex_identities())


def _doubted(figures: Figures, path: str) -> bool:
    """Whether a finding makes a cell doubtful; it may name whole rows and columns."""
    return any(
        code in DOUBTS and any(one == path or ("*" in one and fnmatchcase(path, one)) for one in where)
        for code, where in figures.findings
    )
