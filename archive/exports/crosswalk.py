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


_SPLIT = "2021年格式将2019年格式的“其他处理”一行分为三行，三行之和即原来的一行"
_FIRST_RULES = "同一项计数，但依据的是2008年施行的条例，当时没有重复申请、信访类申请的规则"
_RESULTS = "已办结案件的同一种结果；统计表不列尚未审结的案件"
_MADE = "以本年“制作”的件数对应本年“制发”的件数"
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
    Break("annex.*", ("2019", "2021"), "统计表只用到2018年度"),
    Break(
        "proactive.normative_documents.*",
        ("2019", "2021"),
        "2019年格式的“规范性文件”在2021年格式中改为范围较窄的“行政规范性文件”",
    ),
    Break(
        "proactive.rules.*",
        ("2019", "2021"),
        "2019年格式计新制作和公开的数量，2021年格式计制发、废止和现行有效的件数",
    ),
    Break(
        "proactive.*.items_*",
        ("2021",),
        "2021年格式只问本年处理决定数量，不再问项目数量",
    ),
    Break(
        "proactive.administrative_charges.*", ("2019", "2021"), "2019年格式计项目数量，2021年格式计收费金额"
    ),
    Break("proactive.other_external_matters.*", ("2021",), "2021年格式没有这一行"),
    Break("proactive.procurement.*", ("2021",), "2021年格式没有这一行"),
    Break("proactive.*", ("2014",), "统计表按公开渠道计信息条数"),
    Break("requests.other_handling_*", ("2019",), "2019年格式只有“其他处理”一行，无法拆分"),
    Break(
        "requests.*",
        ("2014",),
        "统计表依据2008年施行的条例：答复类型和理由不同，也不分申请人类型",
    ),
    Break(
        "remedies.litigation_*",
        ("2014",),
        "统计表不区分复议后起诉与直接起诉",
    ),
    Break(
        "remedies.*",
        ("2014",),
        "统计表的总数只是各项结果之和，不含尚未审结的案件",
    ),
    Break("*", ("narrative",), "数字只见于文字，记为 stated"),
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
        return f"{' + '.join(near.sources)} 与之相近（{near.relation}），按需才合并：{near.reason}"
    return next((b.reason for b in BREAKS if form in b.forms and fnmatchcase(path, b.pattern)), "")
