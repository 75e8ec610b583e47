"""The kinds of events: code, Chinese label, what it says and nothing more."""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A kind of event in words."""

    zh: str
    meaning: str


KINDS: dict[str, Kind] = {
    "first_seen": Kind("首次见到", "the report was first seen, wherever it stood"),
    "late_arrival": Kind("迟报", "a column was seen without the report; it came, and after its due day"),
    "revised": Kind(
        "数据修改", "the figures of one address changed; the new ones were seen twice, a day or more apart"
    ),
    "unconfirmed": Kind("待确认", "other figures, seen for less than a day so far"),
    "flapping": Kind("反复", "figures that had been replaced are back"),
    "form_changed": Kind("格式变更", "the report now stands in another form (2014, 2019, 2021, narrative)"),
    "prose_revised": Kind("文字修改", "the text changed, the figures did not"),
    "date_edited": Kind("日期修改", "the page, or where it gives none its list, bears another date"),
    "retitled": Kind("标题改正", "the entry or page named another body or year before"),
    "page_cut": Kind("网页残缺", "the page lacks figures that its file shows whole, or lost its end"),
    "divergence": Kind("版本不一", "the page and its file show different figures for the same cells"),
    "contested": Kind(
        "互相矛盾", "live addresses show different figures for one report, or its years disagree"
    ),
    "reissued": Kind("另址更正", "a corrected report stands at a new address, the old one stays as it was"),
    "correction_notice": Kind(
        "更正说明", "a title says that the report was corrected (更正、勘误、更新说明)"
    ),
    "moved": Kind("地址变更", "the address redirects, or is gone and the same figures stand at a new one"),
    "withdrawn": Kind("撤下", "every address was answered with a plain 404, three times over two weeks"),
    "restored": Kind("恢复", "a withdrawn report is back"),
    "carry_over_broken": Kind("跨年不衔接", "figures do not take up those of the year before"),
    "copied_last_year": Kind(
        "照抄上年", "most of its text stands, sentence by sentence, in last year's report"
    ),
    "copied_neighbour": Kind(
        "雷同", "most of its text stands, sentence by sentence, in a neighbour's report"
    ),
}
"""Every kind of event there is. `first_seen` is listed only where it is asked for."""
