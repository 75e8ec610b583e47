"""What is said of what was observed, in the words that everybody reads: one Chinese text for each thing that can be
said. Codes stand before the texts and beside them in columns of their own, and are what scripts hold on to."""

from __future__ import annotations

EVENTS = {
    "first_seen": "首次见到",
    "late_arrival": "公布日期 {days}，应公布日期 {due}（依据：{basis}）",
    "revised": "数字已修改",
    "revised, text": "；文字也已修改",
    "revised, sums": "；不合勾稽 {before} 处 → {after} 处",
    "revised, years": "；与前后年度不衔接的数字 {before} 个 → {after} 个",
    "revised, corrected": "；网页自称已更正",
    "revised, notice": "；附更正说明：{title}",
    "unconfirmed": "出现另一组数字，见到尚不足 24 小时",
    "flapping": "先前的数字重新出现",
    "form_changed": "改用另一表式：{old} → {new}",
    "prose_revised": "文字已修改，数字未变",
    "date_edited": "所署日期由 {old} 改为 {new}",
    "retitled": "列表标题由“{old}”改为“{new}”",
    "page_cut": "只显示部分数字",
    "divergence": "网页与其附件的数字不同",
    "contested": "与 {address} 的数字不同",
    "contested, years": "所称年度不一：{years}",
    "reissued": "{title}；{address} 的数字与之不同",
    "moved": "移至 {address}",
    "withdrawn": "{sights} 次查看均答 404，最后一次见到为 {day}",
    "restored": "在原网址恢复",
    "restored, elsewhere": "在另一网址恢复，原网址为 {address}",
    "carry_over_broken": "与 {year} 年度不衔接的数字 {count} 个",
    "copied_last_year": "全文 {all} 句中有 {shared} 句见于本单位 {year} 年度报告",
    "copied_neighbour": "全文 {all} 句中有 {shared} 句见于{name} {year} 年度报告",
}
"""What an event says, by its kind; what may follow a kind's first words has a name of its own."""

WHY = {
    "column_known": "没有已知栏目收录此单位",
    "year_column_found": "栏目按年度分设，未找到 {year} 年度的栏目",
    "walked_after_due": "{due} 之后未将栏目 {column} 完整看过一遍",
    "walked_after_due, blind": "{due} 之后未能看清栏目 {column}：{trouble}",
    "list_whole, of year": "栏目 {column} 曾列出的 {once} 份 {year} 年度报告中有 {lost} 份不再列出",
    "column_proven": "栏目 {column} 中没有同类单位 {year} 年度的报告，栏目可能已不在此处",
    "column_proven, of few": "栏目 {column} 只见过 {expected} 个同类单位中 {shown} 个的报告，从未见过本单位",
    "column_proven, of old": "栏目 {column} 列有 {year} 年度报告的只有 {shown} 个单位，最多的一年有 {expected} 个",
    "list_whole": "栏目 {column} 曾列出的 {once} 份报告中有 {lost} 份不再列出",
    "nothing_undecided": "一条未判定的条目可能就是它（{reason}）：{title}",
    "sight_fresh": "栏目 {column} 最后一次看清是在 {day}",
    "date_contradicted": "网页所署日期为 {day}，与所见不符",
    "contested": "{count} 个现存网址的数字各不相同",
    "judged": "{reason}（{by}，{date}）",
}
"""What a row of the ledger says of itself, by the condition that failed or what else its code names."""

UNDECIDED = {
    "unseen": "从未看清",
    "no_year": "未写明年度",
    "no_issuer": "未写明机关",
    "issuers": "所称机关不一：{names}",
    "several": "“{name}”可指多个单位：{units}",
    "unknown": "没有名为“{name}”的已知单位",
    "years": "所称年度不一",
    "portal": "{name}属于另一门户 {portal}",
    "set_aside": "标题不像年度报告",
    "new": "“{name}”此前从未有报告，或由本单位改设",
    "doubled": "“{name}”名下有两份数字不同的报告",
}
"""Why it is not decided whose report an entry is, and of which year."""

WITNESSES = {"title": "题为“{}”", "issuer": "称机关为{}", "year": "称年度为 {}"}
"""What an entry says of itself."""

AGAIN = {
    "judged": "{by}于 {date} 判定：{kind} {value}",
    "reopened": "判定之后，所据的来源已变",
    "unknown_unit": "没有名为“{value}”的单位",
    "unmatched": "存档中没有与之相符的内容",
}
"""Why a judgement waits for a person again."""

REMARKS = {
    "consolidated": "只见到全辖区汇总的报告",
    "late": "在应公布日期之后公布",
    "seen_late": "在应公布日期之后首次见到",
    "differs": "各处所示不同：{}",
}
"""What is said beside a cell of a panel."""

BASES = {"statute": "法规", "notice": "通知", "practice": "惯例，并非法定期限", "user": "使用者设定"}
"""What a due day rests on."""

TROUBLES = (
    ("challenge", "被要求验证身份"),
    ("robots", "robots.txt 不允许或读不到"),
    ("error", "答以错误页"),
    ("gone", "栏目已不在此处"),
    ("empty", "列表为空"),
    ("redirect", "被转往别处"),
    ("cut off", "未收全"),
    ("the walk stopped early", "未走完"),
    ("", "所见不是列表"),
)
"""What kept us from seeing a list, by a word that the trouble of its walk holds."""


def trouble(said: str) -> str:
    """The trouble of a walk, with its own words behind."""
    return f"{next(zh for word, zh in TROUBLES if word in said)}（{said}）"


def basis(text: str) -> str:
    """The basis of a due day, whose code stands before its source; who set one and why stays with the code."""
    kind, _, source = text.partition(": ")
    return BASES[kind] + (f"，{source}" if source and kind in {"statute", "notice"} else "")
