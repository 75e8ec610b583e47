"""Pages with thousands of elements that nobody closes, and pages with another inside."""

import time

import pytest
from lxml import etree

from parsers.deep import shallow
from parsers.document import Block, Grid
from parsers.portals.markup import Markup
from parsers.portals.model import Page
from parsers.readers import html
from tests.parsers.portals.pages import REPORT, items, look, page

TABLE = "<table><tr><td>本年新收</td><td>3</td></tr></table>"
ROWS = items(("./202401/t20240112_2445000.html", REPORT, "2024-01-12"))


@pytest.mark.parametrize("tag", ["font", "span", "div", "b", "o:p"])
@pytest.mark.parametrize("times", [260, 2100, 6000])
def test_what_stands_deep_is_read(tag, times):
    body = page(f"<p>一、总体情况</p>{f'<{tag}>' * times}<p>二、主动公开</p>{TABLE}{ROWS}")
    document = html.read(body.encode())
    assert [item.text for item in document.items if isinstance(item, Block)][:2] == [
        "一、总体情况",
        "二、主动公开",
    ]
    assert any(isinstance(item, Grid) for item in document.items)
    assert [entry.title for entry in look(body).entries] == [REPORT]


def test_deep_rows_keep_what_belongs_together():
    rows = "<font>".join(f"<tr><td><font><span>第{k}镇<td>{k}</td></tr>" for k in range(400))
    read = etree.fromstring(shallow(f"<table>{rows}</table>"), parser=etree.HTMLParser())
    assert [["".join(cell.itertext()) for cell in row.iter("td")] for row in read.iter("tr")] == [
        [f"第{k}镇", str(k)] for k in range(400)
    ]


def test_a_large_deep_page_is_no_matter_of_minutes():
    body = page("".join(f"<font><span>第{k}段" for k in range(8000)) + ROWS)
    begun = time.monotonic()
    assert len(look(body).entries) == 1
    assert time.monotonic() - begun < 20


def test_what_stands_behind_the_end_of_an_included_page_is_part_of_the_page():
    head = page("<a href='/'>首页</a>", title="头部")
    included = head + page(ROWS)
    assert [entry.title for entry in look(included).entries] == [REPORT]
    assert len(Markup(Page("http://a.example/", included.encode())).links) == 2
