"""What one form calls by one name and another by another, where that is honest; and where it is not, a break.

`same`: the same thing under the same rule, put together or taken apart. `near`: the same thing under another rule or
another word; joined only when it is asked for. Everything else is a break: a number of one form is never shown under
a name of another for which this table has no line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from typing import Literal

from parsers.forms.indicators import INDICATORS

Joining = Literal["none", "same", "near"]
JOININGS: tuple[Joining, ...] = ("none", "same", "near")


@dataclass(frozen=True, slots=True)
class Link:
    """In reports of `form`, the indicator `path` is the sum of `sources`."""

    path: str
    form: str
    sources: tuple[str, ...]
    relation: Literal["same", "near"]
    reason: str


@dataclass(frozen=True, slots=True)
class Break:
    """In reports of `forms`, nothing stands for the indicators that fit the pattern."""

    pattern: str
    forms: tuple[str, ...]
    reason: str


_SPLIT = "form 2021 parted the one row 其他处理 of form 2019 into three; their sum is the old row"
_FIRST_RULES = (
    "the same count under the first Regulations, without rules for repeated and petition-like requests"
)
_RESULTS = "the same result of concluded cases; the annex has no word for cases that are not decided yet"
_MADE = "documents made (制作) in the year stand for documents made and issued (制发)"
_OTHER_ROWS = tuple(f"requests.other_handling_{row}" for row in ("correction_overdue", "fee_overdue", "rest"))


def _links() -> Iterator[Link]:
    for path in INDICATORS:
        if path.startswith("requests.other_handling."):
            column = path.rpartition(".")[2]
            yield Link(path, "2021", tuple(f"{row}.{column}" for row in _OTHER_ROWS), "same", _SPLIT)
    yield Link("proactive.rules.issued", "2019", ("proactive.rules.created",), "near", _MADE)
    for row in ("received", "concluded"):
        yield Link(f"requests.{row}.total", "2014", (f"annex.{row}",), "near", _FIRST_RULES)
    for result, of_annex in (("upheld", "upheld"), ("corrected", "corrected"), ("other_outcome", "other")):
        sources = (f"annex.reconsideration_{of_annex}",)
        yield Link(f"remedies.reconsideration.{result}", "2014", sources, "near", _RESULTS)


LINKS = {(link.path, link.form): link for link in _links()}
"""Every link, by indicator and form."""

BREAKS = (
    Break("annex.*", ("2019", "2021"), "the annex ended with report year 2018"),
    Break(
        "proactive.normative_documents.*",
        ("2019", "2021"),
        "规范性文件 of form 2019 became 行政规范性文件 in form 2021, which is narrower",
    ),
    Break(
        "proactive.rules.*",
        ("2019", "2021"),
        "form 2019 counts what was made and what is public, form 2021 what was issued, repealed and is in force",
    ),
    Break(
        "proactive.*.items_*",
        ("2021",),
        "form 2021 asks for the decisions of the year, no longer for the number of items",
    ),
    Break(
        "proactive.administrative_charges.*", ("2019", "2021"), "form 2019 counts items, form 2021 the amount"
    ),
    Break("proactive.other_external_matters.*", ("2021",), "form 2021 has no such row"),
    Break("proactive.procurement.*", ("2021",), "form 2021 has no such row"),
    Break("proactive.*", ("2014",), "the annex counts pieces of information by the way they were published"),
    Break(
        "requests.other_handling_*", ("2019",), "form 2019 has one row 其他处理, which cannot be taken apart"
    ),
    Break(
        "requests.*",
        ("2014",),
        "the annex follows the first Regulations: other kinds of answers, other reasons, no kinds of applicants",
    ),
    Break(
        "remedies.litigation_*",
        ("2014",),
        "the annex does not tell suits after reconsideration from direct ones",
    ),
    Break(
        "remedies.*",
        ("2014",),
        "the total of the annex is that of the results; undecided cases are not in it",
    ),
    Break("*", ("narrative",), "numbers stand in the prose only, as `stated` values"),
)
"""Where nothing is joined, with the reason; the first that fits speaks."""


def link(path: str, form: str, joining: Joining) -> Link | None:
    """The link that gives an indicator in reports of a form, as far as links are wanted."""
    found = LINKS.get((path, form))
    if found is None or joining == "none" or (joining == "same" and found.relation == "near"):
        return None
    return found


@cache
def why_not_in(path: str, form: str) -> str:
    """Why a form has nothing for an indicator."""
    if near := LINKS.get((path, form)):
        return f"{' + '.join(near.sources)} is {near.relation}, joined on request: {near.reason}"
    return next((b.reason for b in BREAKS if form in b.forms and fnmatchcase(path, b.pattern)), "")
