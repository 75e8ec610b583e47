"""Forms are sent, and addresses asked for, in the encoding in which a browser would."""

import pytest

from parsers.portals import inspect
from parsers.portals.discovery import survey
from parsers.portals.markup import Markup
from parsers.portals.model import Page, Request
from parsers.portals.searches import searches
from tests.parsers.portals.pages import items, page

URL = "http://www.yunxi.example/nb/list.jsp"
IN_GBK, IN_UTF8 = "%B9%AB%BF%AA", "%E5%85%AC%E5%BC%80"
ROWS = items(("/html/2786531.html", "第一镇2023年政府信息公开工作年度报告", "2024-01-20"))


def form(attributes="", topic="公开"):
    return (
        f'<form method="post" {attributes}><input type="hidden" name="topic" value="{topic}">'
        '<input name="pageNo" value="1"></form><a onclick="turn(2)">下一页</a>'
    )


def turned(body, content_type="", declared="gb2312", encoding="gbk"):
    whole = page(ROWS + body, head=f'<meta charset="{declared}">')
    (request,) = inspect(Page(URL, whole.encode(encoding), 200, content_type)).next
    return request


def test_form_is_sent_in_the_encoding_of_its_page():
    assert turned(form()) == Request(URL, "POST", (("topic", "公开"), ("pageNo", "2")), True, encoding="gbk")
    assert turned(form()).body == f"topic={IN_GBK}&pageNo=2"
    assert IN_UTF8 in turned(form(), encoding="utf-8").body  # whatever it declares


def test_form_that_is_not_posted_is_sent_in_it_too():
    assert turned(form().replace("post", "get")).url == f"{URL}?topic={IN_GBK}&pageNo=2"


@pytest.mark.parametrize(
    ("labels", "sent"), [("UTF-8", IN_UTF8), ("unheard-of, utf-8 gbk", IN_UTF8), ("unheard-of", IN_GBK)]
)
def test_encoding_that_a_form_accepts_goes_first(labels, sent):
    assert sent in turned(form(f'accept-charset="{labels}"')).body


def test_character_that_an_encoding_lacks_is_sent_as_its_number():
    assert "topic=%26%2313901%3B" in turned(form(topic="&#13901;")).body
    assert "%26%23" not in turned(form(topic="&#13901;"), declared="gb18030").body


def test_page_in_plain_ascii_sends_as_it_declares():
    bare = b'<form action="/so.jsp"><input name="q"></form>'
    for head, sent in ((b'<meta charset="gbk">', "%C4%EA%B1%A8"), (b"", "%E5%B9%B4%E6%8A%A5")):
        (request,) = searches(Markup(Page(URL, head + bare)))
        assert sent in request.url
    (request,) = searches(Markup(Page(URL, bare, 200, "text/html; charset=GB2312")))
    assert "%C4%EA%B1%A8" in request.url


def test_search_that_is_posted_is_sent_in_it():
    body = page('<form method="post" action="/search.do"><input name="q">搜索</form>').encode("gbk")
    (link,) = [one for one in survey(Page(URL, body)).onward if one.role == "search"]
    assert (link.form[0][0], link.encoding) == ("q", "gbk")


def test_link_asks_in_the_encoding_of_its_page():
    body = page('<a href="/公/list.jsp?unit=公开">公开</a>').encode("gbk")
    ((_, url),) = [link for link in Markup(Page(URL, body)).links if "unit" in link[1]]
    assert url == f"http://www.yunxi.example/%E5%85%AC/list.jsp?unit={IN_GBK}"


def test_address_whose_page_is_counted_up_stays_as_it_was_written():
    url = f"{URL}?unit={IN_GBK}&empty=&pageNo=1"
    body = page(ROWS + '共3页 <a href="javascript:turn()">下一页</a>').encode("gbk")
    (request,) = inspect(Page(url, body)).next
    assert request.url == url.replace("pageNo=1", "pageNo=2")
