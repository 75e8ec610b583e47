"""The questions that the web page answers by name; what a reader types comes as parameters, never as SQL."""

from __future__ import annotations

from dataclasses import dataclass

from archive.web.tables import TABLES

_YEAR = """(SELECT max(year) FROM ledger WHERE presence NOT IN ('pending', 'not_expected'))"""
"""The latest year whose reports were due."""
_OF_YEAR = f"year = coalesce(nullif(trim(:year), ''), {_YEAR})"
_ANY_YEAR = "(trim(:year) = '' OR year = trim(:year))"
_COUNTY = "(trim(:county) = '' OR trim(:county) IN (units.division, units.county))"
_UNITS = f"""(WITH found AS (SELECT unit, CASE WHEN unit = trim(:unit) THEN 0
    WHEN name IN (trim(:unit), trim(:unit) || '人民政府') THEN 1 ELSE 2 END AS rank FROM units
    WHERE trim(:unit) != '' AND (unit = trim(:unit) OR name LIKE '%' || trim(:unit) || '%') AND {_COUNTY})
    SELECT unit FROM found WHERE rank = (SELECT min(rank) FROM found))"""
"""Every unit that fits as well as any: two towns of one name are both shown, never one of them for the other."""
_SAME = "单位可填名称或代码；同名单位一并列出，可用代码或县（六位代码或县名）区分。"
_COUNTIES = "县可填六位代码或县名，空着为全部。"
_BLANK = f"年度空着时为最近一个已到期的年度；{_COUNTIES}"
_EVERY = f"年度空着为全部年度；{_COUNTIES}"


LABELS = {field.name: field.zh for table in reversed(TABLES) for field in table.fields} | {
    "name": "单位名称",
    "unit": "单位代码",
    "county": "县（市、区）",
    "year": "年度",
    "section": "所在部分",
    "excerpt": "摘录",
    "status": "公布状况",
    "presence": "代码",
    "kind": "事件",
    "due": "应公布日期",
    "code": "问题",
    "cells": "所涉单元格",
    "zh": "单元格",
    "en": "英文名称",
    "value": "数值",
    "text": "原文（非纯数字时）",
    "path": "代码",
    "url": "网址",
    "expected": "应报",
    "present": "已见",
    "on_time": "按时",
    "late": "迟报",
    "missing": "未见",
    "unseen": "看不到",
    "withdrawn": "已撤下",
    "rate": "已见÷应报",
}
"""What the columns of the queries are called on their pages; JSON and CSV keep the codes."""
PARAMETERS = {"q": "查找", "unit": "单位（名称或代码）", "county": "县（名称或代码）", "year": "年度"}
"""What their parameters are called."""


@dataclass(frozen=True, slots=True)
class Query:
    """A question by its name in the address, with its title, what it means, its SQL, and how it is asked."""

    name: str
    title: str
    description: str
    sql: str
    hint: str = ""


QUERIES = (
    Query(
        "search",
        "全文检索",
        "在标题和正文中查找，两个字的词也能找到；几个词之间加空格，须同时出现。人名和电话等已隐去。",
        """SELECT units.name, reports.year, coalesce(codes.zh, '标题') AS section, excerpt(texts.text, :q) AS excerpt,
    reports.url, reports.report FROM words JOIN texts ON texts.id = words.rowid
    JOIN reports ON reports.reading = texts.reading JOIN units ON units.unit = reports.unit
    LEFT JOIN codes ON codes.code = texts.section
    WHERE words MATCH wanted(:q) AND (trim(:year) = '' OR reports.year = trim(:year))
    ORDER BY reports.year DESC, units.unit LIMIT 200""",
    ),
    Query(
        "missing_reports",
        "未见报告",
        "已到期、栏目在应公布日期之后被完整查看、且未见的报告，仅限登记或由用户列入的单位，与 gongkai missing 相同。"
        "这只说明最后一次查看时未见，不等于没有公布。",
        f"""SELECT units.name, missing.unit, year, due, days_overdue, sentence, basis, last_clear_sight
    FROM missing JOIN units USING (unit) WHERE listed AND {_OF_YEAR} AND {_COUNTY} ORDER BY units.portal, unit""",
        _BLANK,
    ),
    Query(
        "unseen_reports",
        "看不到的报告",
        "到期而我们没能看清的：栏目打不开、被拦截、没走完或太久未看。是我们没看到，不能说单位没有公布。",
        f"""SELECT units.name, ledger.unit, year, due, why, last_clear_sight FROM ledger JOIN units USING (unit)
    WHERE presence = 'unseen' AND {_OF_YEAR} AND {_COUNTY} ORDER BY units.portal, unit""",
        _BLANK,
    ),
    Query(
        "late_reports",
        "迟报",
        "公布日期的最早可能也晚于应公布日期的报告；另有一列说明期限是法规、通知还是惯例。",
        f"""SELECT units.name, ledger.unit, year, due, not_before, not_after, basis FROM ledger
    JOIN units USING (unit) WHERE timing = 'late' AND presence = 'present' AND {_OF_YEAR} AND {_COUNTY}
    ORDER BY not_before DESC, unit""",
        _BLANK,
    ),
    Query(
        "revised_reports",
        "公布后修改的数据",
        "同一网址、同一格式的数字变了，且相隔 24 小时以上两次见到新数字。",
        f"""SELECT units.name, changes.unit, year, what, message, seen_before, seen_at, confirmed_at, line FROM changes
    JOIN units USING (unit) WHERE changes.kind = 'revised' AND {_ANY_YEAR} AND {_COUNTY} ORDER BY confirmed_at DESC""",
        _EVERY,
    ),
    Query(
        "broken_identities",
        "勾稽不符",
        "公布的数字本身不合表内勾稽（identity_broken）或跨年不衔接（carry_over_broken）。"
        "原样保留，从不更改。",
        f"""SELECT * FROM (SELECT units.name, findings.unit, year, findings.code, findings.cells, findings.message,
    reports.url FROM findings JOIN reports USING (report, unit, year) JOIN units USING (unit)
    WHERE findings.code = 'identity_broken' AND {_ANY_YEAR} AND {_COUNTY}
    UNION ALL SELECT units.name, changes.unit, year, changes.kind, what, message, NULL FROM changes
    JOIN units USING (unit) WHERE changes.kind = 'carry_over_broken' AND {_ANY_YEAR} AND {_COUNTY})
    ORDER BY year DESC, unit""",
        _EVERY,
    ),
    Query(
        "by_county",
        "各县情况",
        "每县每年：应报、已见、按时、迟报、未见、看不到。只要还有看不到的，实际的比例只会更高。",
        f"""SELECT units.division, units.county, year, count(*) AS expected, sum(presence = 'present') AS present,
    sum(presence = 'present' AND timing = 'on_time') AS on_time, sum(presence = 'present' AND timing = 'late') AS late,
    sum(presence = 'missing') AS missing, sum(presence = 'unseen') AS unseen,
    sum(presence = 'withdrawn') AS withdrawn, round(1.0 * sum(presence = 'present') / count(*), 4) AS rate
    FROM ledger JOIN units USING (unit) WHERE presence NOT IN ('pending', 'not_expected') AND {_COUNTY} AND {_ANY_YEAR}
    GROUP BY 1, 3 ORDER BY 1, 3""",
        _EVERY,
    ),
    Query(
        "unit_page",
        "一个单位",
        "一个单位各年的公布状况与报告。",
        f"""SELECT units.name, units.county, ledger.unit, year, codes.zh AS status, presence, timing, reports.report,
    reports.url, due, not_before, not_after, ledger.why, last_clear_sight FROM ledger JOIN units USING (unit)
    JOIN codes ON codes.code = presence LEFT JOIN reports USING (unit, year)
    WHERE ledger.unit IN {_UNITS} ORDER BY ledger.unit, year DESC""",
        _SAME,
    ),
    Query(
        "figures_of",
        "一份报告的数字",
        "一份报告的全部单元格：数值为空而无原文即原表空白，有原文即它不是纯数字。",
        f"""SELECT units.name, units.county, cells.unit, year, zh, value, text, flag, path, en, scope FROM cells
    JOIN units USING (unit) LEFT JOIN (SELECT path, rowid AS place FROM indicators) USING (path)
    WHERE cells.unit IN {_UNITS} AND year = coalesce(nullif(trim(:year), ''),
    (SELECT max(year) FROM reports WHERE reports.unit = cells.unit)) ORDER BY cells.unit, scope DESC, place""",
        "年度空着为最近一份报告。" + _SAME,
    ),
)
