"""What is told of what was observed is Chinese, and nothing that can be told lacks a text."""

import re

import pytest

from archive import wording
from archive.history.kinds import KINDS
from archive.register import deadlines
from archive.web.codes import CONDITION

TABLES = ("EVENTS", "WHY", "UNDECIDED", "WITNESSES", "AGAIN", "REMARKS", "BASES")


@pytest.mark.parametrize("name", TABLES)
def test_every_text_is_chinese(name):
    for text in getattr(wording, name).values():
        bare = re.sub(r"\{\w*\}|robots\.txt|404", "", text)
        assert re.search("[一-鿿]", bare) or not re.search("[A-Za-z]", bare)
        assert not re.search("[A-Za-z]{2,} [A-Za-z]{2,}", bare)


def test_every_kind_of_event_says_something_but_notices_which_say_their_title():
    said = {name.partition(",")[0] for name in wording.EVENTS}
    assert KINDS.keys() - said == {"correction_notice"}
    assert said <= KINDS.keys()


def test_every_reason_of_the_ledger_is_explained():
    assert {name.partition(",")[0] for name in wording.WHY} <= CONDITION.keys()


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("challenge: 加速乐", "被要求验证身份（challenge: 加速乐）"),
        ("empty_list: no entry", "列表为空（empty_list: no entry）"),
        ("the walk stopped early (budget)", "未走完（the walk stopped early (budget)）"),
        ("article: a title and a body", "所见不是列表（article: a title and a body）"),
    ],
)
def test_a_trouble_is_told_with_its_own_words_behind(said, shown):
    assert wording.trouble(said) == shown


def test_a_basis_says_whether_a_law_stands_behind_it():
    assert wording.basis(deadlines.STATUTE_711) == "法规，《政府信息公开条例》（2019年修订）第四十九条"
    assert wording.basis(deadlines.PRACTICE) == "惯例，并非法定期限"
    assert wording.basis("notice: 青政办〔2024〕1号") == "通知，青政办〔2024〕1号"
    assert wording.basis("user: judged: 张三说的（张三，2025-02-07）") == "使用者设定"
