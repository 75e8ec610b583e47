"""One tree serves who asks what a page is and who reads it, and neither says anything else for it."""

import pytest

from crawler.demo import templates
from crawler.demo.county import qinghe
from parsers import trees
from parsers.parse import parse
from parsers.portals import inspect
from parsers.portals.model import Page
from tests.bench.reports import pages

URL = "http://portal.example/202401/t20240117_10016.html"
HIDDEN = b'<div style="display:none"><a href="t20240118_10017.html">2021</a></div></body>'


@pytest.fixture(params=["plain", "pasted", "hidden", "ended"])
def page(request):
    site = qinghe()
    plain = templates.article(site, next(one for one in site.articles if one.report)).encode()
    return {
        "plain": plain,
        "pasted": pages()[0],
        "hidden": plain.replace(b"</body>", HIDDEN),
        "ended": plain.replace(b"<table", b"</body></html><table", 1),
    }[request.param]


def test_reading_says_the_same_of_a_page_that_was_looked_at(page):
    alone = repr(parse(page))
    inspect(Page(URL, page))
    assert repr(parse(page)) == alone


def test_looking_says_the_same_of_a_page_that_was_read(page):
    seen = inspect(Page(URL, page))
    parse(page)
    assert inspect(Page(URL, page)) == seen


def test_who_looks_shares_a_tree_and_who_takes_it_has_it_alone(page):
    tree = trees.looked_at(page)
    assert trees.looked_at(page) is tree
    assert trees.taken(page).root is tree
    assert trees.taken(page).root is not tree
    assert trees.looked_at(page) is not tree


def test_the_tree_of_another_page_is_not_taken(page):
    tree = trees.looked_at(page)
    assert trees.taken(page + b"<!-- 2 -->").root is not tree
