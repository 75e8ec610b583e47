"""A site's own search: what can be asked, and what is left alone."""

import pytest

from parsers.portals.discovery_marks import QUERY
from parsers.portals.markup import Markup
from parsers.portals.searches import searches, silent_search
from tests.parsers.portals.test_discovery import HOME, page

FIELD = '<input name="keyword"><input type="submit" value="搜索">'


def asked(body):
    return [(r.method, r.url.removeprefix(HOME), r.form) for r in searches(Markup(page(body)))]


@pytest.mark.parametrize(
    ("form", "sent"),
    [
        (
            f'<form method="POST" action="/search.do">{FIELD}</form>',
            ("POST", "search.do", (("keyword", QUERY),)),
        ),
        (
            f'<form method="post" action="/a?m=1"><input type="hidden" name="s" value="7">{FIELD}</form>',
            ("POST", "a?m=1", (("s", "7"), ("keyword", QUERY))),
        ),
        (f'<form method="post" action="/a">{FIELD}<input type="password" name="p"></form>', None),
        (f'<form method="post" action="/a">{FIELD}<textarea name="text"></textarea></form>', None),
        ('<form method="post" action="/letter"><input name="title"></form>', None),
        (f'<form action="javascript:;" onsubmit="go()">{FIELD}</form>', None),
        (f'<form action="/s" onsubmit="go(); return false;">{FIELD}</form>', None),
    ],
)
def test_forms(form, sent):
    assert asked(form) == ([sent] if sent else [])


def test_an_address_that_a_script_puts_together_is_asked_where_there_is_no_form():
    script = "<script>function so(){ window.open('/s/search?siteid=3&qt=' + encodeURIComponent(q.value)); }</script>"
    [(method, url, _)] = asked(script)
    assert (method, url[:22]) == ("GET", "s/search?siteid=3&qt=%")
    assert len(asked(f'<form action="/s">{FIELD}</form>{script}')) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('<form action="#"><input name="q"><a onclick="go()">搜</a></form>', "q"),
        ('<input id="soText" placeholder="请输入检索词">', "soText"),
        (f'<form action="/s">{FIELD}</form>', ""),
        ('<input name="q" type="hidden"><input name="mail">', ""),
    ],
)
def test_a_search_that_only_a_script_can_ask_is_known(body, field):
    assert silent_search(Markup(page(body))) == field
