"""What the codes of the tables mean, in Chinese and English."""

from __future__ import annotations

from archive.history.kinds import KINDS
from parsers.findings import FINDINGS
from parsers.forms import SECTIONS

PRESENCE = {
    "present": ("已见", "seen on the portal"),
    "missing": ("未见", "due, its columns seen whole and unblocked after the due day, and not there"),
    "unseen": ("看不到", "we could not see enough to say anything: not an absence"),
    "pending": ("未到期", "not due yet"),
    "withdrawn": ("已撤下", "was there, and answers 404 or 410 since"),
    "not_expected": ("无须报送", "owes no report of its own"),
}
TIMING = {
    "on_time": ("按时", "published by the due day"),
    "late": ("迟报", "published after the due day"),
    "undated": ("日期不明", "the interval of publication holds the due day, or nothing dates it"),
}
READING = {
    "ok": ("已读取", "read"),
    "doubtful": ("存疑", "a cell we are unsure of takes part in a broken sum"),
    "unread": ("未读出", "seen, and not read"),
}
UNIT_KIND = {
    "government": ("政府", "government of a division"),
    "department": ("部门", "department"),
    "township": ("乡镇", "township or town"),
    "subdistrict": ("街道", "sub-district"),
    "other": ("其他", "other body"),
}
ORIGIN = {
    "register": ("官方区划表", "the official table of divisions"),
    "portal": ("门户登记", "the portal's record"),
    "user": ("使用者列入", "a user's line in units.csv"),
    "learned": ("据往年报告得知", "learned from reports that it published"),
    "assumed": ("推定", "assumed of its kind"),
}
FLAG = {
    "mark": ("符号", "a mark (/ — - 无) stands in the cell"),
    "unclear": ("不是数字", "what stands in the cell is no number"),
    "note": ("另有说明", "a remark stands beside the number"),
    "unit": ("已换算单位", "the unit was converted"),
    "ocr": ("文字识别", "read by text recognition"),
    "repaired": ("据勾稽更正识别", "read by text recognition and put right by the sums of the form"),
}
SCOPE = {
    "own": ("本机关", "the organ's own figures"),
    "consolidated": ("全辖区汇总", "figures of the whole area together"),
}
FORM = {
    "2021": ("2021年格式", "form of 2021"),
    "2019": ("2019年格式", "form of 2019"),
    "2014": ("2014年统计表", "annex of 2014"),
    "narrative": ("文字叙述", "prose without a statutory table"),
}
FINDING_ZH = {
    "blank_form": "空白表样",
    "cell_repeated": "同一单元格两次出现且内容不同",
    "cell_unclear": "单元格不是数字",
    "cells_missing": "行末缺单元格",
    "columns_unclear": "单元格所属列不明",
    "corrected": "文中说明已更正",
    "count_odd": "件数为负数或非整数（按公布原样保留）",
    "cut_off": "文件在此行中断",
    "extra_cells": "行的单元格多于表列",
    "file_damaged": "文件损坏，可能缺失部分内容",
    "form_unknown": "表格版本不明",
    "headers_missing": "表头缺失，按序号对列",
    "identity_broken": "表内勾稽不符（按公布原样保留）",
    "issuer_disagreement": "发布机关说法不一",
    "label_guessed": "行名仅近似",
    "member_unread": "压缩包内有文件未读出",
    "mixed_forms": "混用不同版本的表格",
    "no_tables": "没有法定表格",
    "pages_unread": "有图片页未读出",
    "part_of_year": "统计期限不足一年",
    "pictures_unread": "表格可能在未读出的图片中",
    "prose_differs": "文字与表格数字不同",
    "renditions_differ": "同一报告的两个文件数字不同",
    "row_ragged": "行的单元格数不对",
    "row_without_cells": "行名后没有单元格",
    "rows_missing": "缺行",
    "scope_doubtful": "乡镇报告自称汇总全县",
    "stated_differently": "文中同一数字两种说法",
    "stated_roughly": "文中只有约数",
    "stray_cell": "游离的数值",
    "table_missing": "缺表",
    "unit_differs": "件数旁写有金额单位",
    "unit_unknown": "金额未写单位",
    "unknown_row": "表格中没有的行",
    "year_disagreement": "年度说法不一",
    "year_inferred": "年度由正文推断",
}
CONDITION = {
    "column_known": ("没有已知栏目", "no known column covers it"),
    "year_column_found": (
        "未找到该年度的栏目",
        "columns are split by year, and that of the year was not found",
    ),
    "walked_after_due": (
        "到期后未完整查看栏目",
        "no finished, unblocked walk of its columns begun after the due day",
    ),
    "list_whole": ("列表不完整", "the list lost what it once showed"),
    "column_proven": ("未证实栏目收录此类单位", "nothing proves that the column hosts this kind of unit"),
    "nothing_undecided": ("有未判定的条目", "an entry that could be this report is undecided"),
    "sight_fresh": ("最后一次查看已过久", "the last clear sight is too old to prove an absence"),
    "date_contradicted": ("公布日期与所见不符", "the printed date is contradicted by clear sights"),
    "contested": ("各处数字或年度不一", "live addresses show different figures, or years disagree"),
    "judged": ("人工判定", "a person decided it"),
}
"""Conditions of `missing` that failed, and what else the ledger says of a year."""


VOCABULARY = {
    "presence": "公布状况",
    "timing": "是否按时",
    "reading": "读取状况",
    "kind of unit": "单位类型",
    "known by": "应报依据",
    "mark of a cell": "单元格标记",
    "scope": "统计口径",
    "form": "表式",
    "event": "事件",
    "finding": "核对结果",
    "condition": "看不到的原因",
    "section": "报告部分",
}
"""What the vocabularies are called."""


def vocabularies() -> dict[str, dict[str, tuple[str, str]]]:
    """Code → Chinese and English, by the name of the vocabulary; the first that has a code explains it."""
    return {
        "presence": PRESENCE,
        "timing": TIMING,
        "reading": READING,
        "kind of unit": UNIT_KIND,
        "scope": SCOPE,
        "form": FORM,
        "known by": ORIGIN,
        "mark of a cell": FLAG,
        "event": {code: (kind.zh, kind.meaning) for code, kind in KINDS.items()},
        "finding": {code: (FINDING_ZH[code], en) for code, en in FINDINGS.items()},
        "condition": CONDITION,
        "section": {code: (zh, code.replace("_", " ")) for code, zh in SECTIONS.items()},
    }
