import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.portals.look import FAMILIES
from parsers.portals.marks import Mark, Words
from tests.parsers.portals.pages import look, page

MARKS = [
    pytest.param(mark, id=f"{family.name} {name}")
    for family in FAMILIES
    for name, mark in family.marks.items()
]


@pytest.mark.parametrize("mark", MARKS)
def test_a_word_stands_wherever_a_mark_fires(mark):
    @settings(max_examples=20, deadline=None, database=None)
    @given(st.from_regex(mark.pattern, alphabet=string.printable + "WCM置标页面生成时间"))
    def fires(text):
        found = Words([mark]).standing_in(text.encode())
        assert found <= mark.words
        assert mark.fires(text, found)

    fires()


def test_words_are_found_within_each_other_and_in_any_case():
    words = Words(
        [Mark("ewb-"), Mark("EWB-FRONT"), Mark("createPage"), Mark(r"createPageHTML\(", "createPageHTML")]
    )
    assert words.standing_in(b"/EWB-Front/ createpagehtml") == {
        b"ewb-",
        b"ewb-front",
        b"createpage",
        b"createpagehtml",
    }


def test_a_word_is_no_mark():
    assert not Mark(r"loadPageData\s*\(", "loadPageData").fires("loadPageData", {b"loadpagedata"})
    assert look(page("<p>createPageHTML</p>")).family == "unknown"
    assert look(page("<script>createPageHTML(3, 0)</script>")).family == "trs"
