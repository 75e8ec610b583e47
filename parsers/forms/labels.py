"""How rows and columns are named in real reports: the official words, and variants with their reason.

Labels are compared by their *key*: one width, simplified, without numbering, remarks in brackets and punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.text import HAN, fold

Role = Literal["row", "column", "group"]
"""`row` names a row, `column` heads a column, `group` stands over rows or columns."""


class Word(NamedTuple):
    """A word of a statutory table: where it belongs and what it names."""

    key: str
    table: str
    role: Role
    code: str
    forms: frozenset[str] = frozenset({"2019", "2021"})


VARIANTS = (
    # text, table, role, code, why it is written so
    ("行政规范性文件", "proactive", "row", "normative_documents", "form 2021's word, also used on form 2019"),
    ("规范性档案", "proactive", "row", "normative_documents", "Taiwan's word for 文件, from a converter"),
    ("行政规范性档案", "proactive", "row", "normative_documents", "Taiwan's word for 文件, from a converter"),
    ("其他对外管理服务", "proactive", "row", "other_external_matters", "shortened"),
    ("集中采购", "proactive", "row", "procurement", "shortened"),
    ("政府采购", "proactive", "row", "procurement", "shortened"),
    ("行政事业收费", "proactive", "row", "administrative_charges", "shortened"),
    ("本年处理绝对数量", "proactive", "column", "decisions", "a slip of the pen"),
    ("本年新收", "requests", "row", "received", "shortened"),
    ("本年新收政府信息公开数量", "requests", "row", "received", "a word left out"),
    ("上年结转政府信息公开数量", "requests", "row", "brought_forward", "a word left out"),
    ("上年结转", "requests", "row", "brought_forward", "shortened"),
    ("上年转结政府信息公开申请数量", "requests", "row", "brought_forward", "word order"),
    ("部分公开", "requests", "row", "partly_granted", "the remark in brackets left out"),
    ("其他法律行政止公开", "requests", "row", "denied_forbidden_by_law", "characters lost"),
    ("危及三安全一稳定", "requests", "row", "denied_endangers_security", "quotes left out"),
    ("无正当理由大量反覆申请", "requests", "row", "not_processed_excessive", "覆 for 复, from a converter"),
    ("逾期不补正", "requests", "row", "other_handling_correction_overdue", "shortened"),
    ("申请人逾期不补正", "requests", "row", "other_handling_correction_overdue", "shortened"),
    ("逾期未缴费", "requests", "row", "other_handling_fee_overdue", "shortened"),
    ("申请人逾期未缴纳费用", "requests", "row", "other_handling_fee_overdue", "shortened"),
    ("其他处理", "requests", "row", "other_handling", "the one row of form 2019, or the group of form 2021"),
    (
        "其他",
        "requests",
        "row",
        "other_handling",
        "shortened; its numbering tells it from the last row of form 2021",
    ),
    ("结转下年度", "requests", "row", "carried_forward", "shortened"),
    ("法人其他组织", "requests", "group", "organizations", "shortened"),
    ("个人", "requests", "column", "natural_person", "everyday word"),
    ("企业", "requests", "column", "business", "shortened"),
    ("合计", "requests", "column", "total", "everyday word"),
    ("维持结果", "remedies", "column", "upheld", "word order"),
    ("纠正结果", "remedies", "column", "corrected", "word order"),
    ("未审结", "remedies", "column", "undecided", "shortened"),
    ("合计", "remedies", "column", "total", "everyday word"),
    ("直接起诉", "remedies", "row", "litigation_direct", "shortened"),
    ("经复议后起诉", "remedies", "row", "litigation_after_reconsideration", "lengthened"),
)

GROUPS = (
    ("信息内容", "proactive", "items"),
    ("主动公开政府信息情况", "proactive", "caption"),
    ("申请人情况", "requests", "applicants"),
    ("法人或其他组织", "requests", "organizations"),
    ("本列数据的勾稽关系为第一项加第二项之和等于第三项加第四项之和", "requests", "balance"),
    ("收到和处理政府信息公开申请情况", "requests", "caption"),
    ("本年度办理结果", "requests", "outcome"),
    ("不予公开", "requests", "denied"),
    ("无法提供", "requests", "unavailable"),
    ("不予处理", "requests", "not_processed"),
    ("行政诉讼", "remedies", "litigation"),
    ("政府信息公开行政复议行政诉讼情况", "remedies", "caption"),
)

STRANGERS = (
    # text of a row that the form does not have, table, who adds it
    ("其他主动公开文件", "proactive", "Hubei, on form 2019"),
    ("其他主动公开档案", "proactive", "Hubei, in the words of a converter to Taiwan's"),
)

_ARTICLE = re.compile(r"第二十一?条(?:第?[(]?[一二三四五六七八九十]?[)]?项?)?")
_ORDINAL = re.compile(
    r"^(?:[(][一二三四五六七八九十]{1,3}[)]|[一二三四五六七八九十]{1,3}[、.,)]|[(]\d{1,2}[)]|\d{1,2}[.、,)．])"
)
_INNER_ORDINAL = re.compile(
    rf"[(][一二三四五六七八九十]{{1,3}}[)]|\d{{1,2}}[.、．]|(?<!{HAN})[一二三四五六七八九十]{{1,3}}、"
)
_REMARK = re.compile(r"[(\[〔][^)\]〕]*[)\]〕]|[(\[〔][^)\]〕]*$")
_PUNCTUATION = re.compile(r"[^\w+]|_")
_UNIT = re.compile(r"单位[::]?(?:人民币)?(?:万元|元)$")


def unnumbered(text: str) -> tuple[str, str]:
    """The numbering in front of a label, and the rest of its folded text."""
    folded = fold(text)
    match = _ORDINAL.match(folded)
    return (match.group(), folded[match.end() :]) if match else ("", folded)


@lru_cache(maxsize=4096)
def key(text: str) -> str:
    """What a label is compared by."""
    _, words = unnumbered(text)
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1]
    return _PUNCTUATION.sub("", _UNIT.sub("", _REMARK.sub("", words)))


def known(text: str) -> tuple[Word, ...]:
    """The words that a text may be. Most lines of prose are told from labels by how they begin."""
    _, rest = unnumbered(text)
    if rest[:2].isalnum() and rest[:2] not in _beginnings():
        return ()
    return words().get(key(text), ())


@cache
def _beginnings() -> frozenset[str]:
    """How words begin, and the unit of a header that the key leaves out."""
    return frozenset(name[:2] for name in words()) | {"单位"}


def without_numbering(text: str) -> str:
    """The key of a text in which several numbered labels may run together."""
    return _PUNCTUATION.sub("", _REMARK.sub("", _INNER_ORDINAL.sub("", fold(text))))


def is_article(text: str) -> bool:
    """Whether a cell is a band of the first table: 第二十条第（一）项, also with its number lost or wrong."""
    return bool(_ARTICLE.fullmatch(fold(text)))


@cache
def ordinals() -> dict[str, str]:
    """The official numbering of the rows that have one."""
    rows = (row for form in FORMS.values() for row in form.requests)
    return {row.code: number for row in rows if (number := unnumbered(row.label)[0])}


@cache
def words() -> dict[str, tuple[Word, ...]]:
    """Every known word by its key; a key may name a row and a column, as 其他 and 总计 do."""
    found: dict[tuple[str, str, str, str], set[str]] = {}
    for word in (*_official(), *_added()):
        found.setdefault((word.key, word.table, word.role, word.code), set()).update(word.forms)
    table: dict[str, list[Word]] = {}
    for (name, kind, role, code), forms in found.items():
        table.setdefault(name, []).append(Word(name, kind, role, code, frozenset(forms)))  # type: ignore[arg-type]
    return {name: tuple(entries) for name, entries in table.items()}


def _official() -> Iterator[Word]:
    for form in FORMS.values():
        only = frozenset({form.code})
        for row in form.proactive:
            yield Word(key(row.label), "proactive", "row", row.code, only)
            for column in row.columns:
                yield Word(key(column.label), "proactive", "column", column.code, only)
        for row in form.requests:
            yield Word(key(row.label), "requests", "row", row.code, only)
    for column in REQUEST_COLUMNS:
        yield Word(key(column.label), "requests", "column", column.code)
    for route in ROUTES:
        yield Word(key(route.label), "remedies", "row", route.code)
    for column in OUTCOMES:
        yield Word(key(column.label), "remedies", "column", column.code)


def _added() -> Iterator[Word]:
    for text, table, role, code, _why in VARIANTS:
        yield Word(key(text), table, role, code)  # type: ignore[arg-type]
    for text, table, code in GROUPS:
        yield Word(key(text), table, "group", code)
    for text, table, _who in STRANGERS:
        yield Word(key(text), table, "group", "stranger")
