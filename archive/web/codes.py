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
    "identity_broken": "表内勾稽不符（按公布原样保留）",
    "prose_differs": "文字与表格数字不同",
    "row_ragged": "行的单元格数不对",
    "cell_unclear": "单元格不是数字",
    "rows_missing": "缺行",
    "table_missing": "缺表",
    "no_tables": "没有法定表格",
    "year_disagreement": "年度说法不一",
    "issuer_disagreement": "发布机关说法不一",
    "unit_unknown": "金额未写单位",
}


def vocabularies() -> dict[str, dict[str, tuple[str, str]]]:
    """Code → Chinese and English, by the name of the vocabulary; the first that has a code explains it."""
    return {
        "presence": PRESENCE,
        "timing": TIMING,
        "reading": READING,
        "kind of unit": UNIT_KIND,
        "scope": SCOPE,
        "form": FORM,
        "event": {code: (kind.zh, kind.meaning) for code, kind in KINDS.items()},
        "finding": {code: (FINDING_ZH.get(code, code), en) for code, en in FINDINGS.items()},
        "section": {code: (zh, code.replace("_", " ")) for code, zh in SECTIONS.items()},
    }
