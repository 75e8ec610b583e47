"""Lists turned by a form or a field of the address."""

import pytest

from parsers.portals import inspect
from parsers.portals.form_pager import turned_to
from parsers.portals.model import Page, Request
from tests.parsers.portals.pages import items, look, page

URL = "http://a.example/nb/listAction.do"
REPORTS = items(
    ("202401/t20240120_2445.html", "青石镇人民政府2023年政府信息公开工作年度报告", "2024-01-20"),
    ("202401/t20240120_2446.html", "白水镇人民政府2023年政府信息公开工作年度报告", "2024-01-20"),
)
FORM = (
    '<form name="f" method="{}" action="listAction.do?id=9"><input type="hidden" name="token" value="t0"><select '
    'name="size"><option value="10">10</option><option value="20" selected>20</option></select>'
    '<input name="{}" value="{}"><input type="submit" name="go" value="转到"></form>'
)
NEXT = "<a href='javascript:;' onclick='goPage({})'>下一页</a>"
SEARCH = '<form action="/s.do"><input name="q"></form>'


@pytest.mark.parametrize(
    "field", ["cpage", "pageNo", "currentPage", "page", "page_num", "pageIndex", "gotoPage"]
)
def test_a_form_is_sent_with_the_next_number_and_all_else_it_has(field):
    seen = look(page(REPORTS + SEARCH + FORM.format("post", field, 1) + NEXT.format(2)), URL)
    [request] = seen.next
    assert (request.method, request.url, request.guess) == ("POST", f"{URL}?id=9", True)
    assert request.form == (("token", "t0"), ("size", "20"), (field, "2"))


def test_a_form_without_a_method_becomes_an_address():
    seen = look(page(REPORTS + FORM.replace('method="{}" ', "").format("page", 2) + NEXT.format(3)), URL)
    assert [r.url for r in seen.next] == [f"{URL}?token=t0&size=20&page=3"]


def test_the_page_asked_for_counts_more_than_what_the_form_shows():
    asked = Request(URL, "POST", (("page", "2"),))
    body = page(REPORTS + FORM.format("post", "page", 1) + "共3页")
    [request] = inspect(Page(URL, body.encode(), 200, "text/html", asked)).next
    assert dict(request.form)["page"] == "3"
    asked = Request(URL, "POST", (("page", "3"),))
    assert inspect(Page(URL, body.encode(), 200, "text/html", asked)).next == []


def test_a_field_of_the_address_is_counted_up_to_the_number_of_pages():
    for shown, following in ((1, ["page=2&c=8"]), (2, ["page=3&c=8"]), (3, [])):
        seen = look(page(f"{REPORTS}共3页"), f"{URL}?page={shown}&c=8")
        assert [r.url.partition("?")[2] for r in seen.next] == following


def test_a_next_page_that_only_a_script_turns_to_is_a_page_more():
    seen = look(page(REPORTS + NEXT.format(2)), URL)
    assert seen.pages == 2
    assert {r.guess for r in seen.next} == {True}


@pytest.mark.parametrize(
    ("code", "number"),
    [
        ("javascript:goPage(2)", 2),
        ("turn('a','3')", 3),
        ('go("list", 4, 20)', 4),
        ("goPage(1)", None),
        ("next()", None),
        ("alert('第2页')", None),
    ],
)
def test_the_page_that_a_script_turns_to(code, number):
    assert turned_to(code) == number
