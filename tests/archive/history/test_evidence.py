"""Where redirects end, and what shows a report, over sights made by hand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.history.evidence import MAX_REDIRECTS, Evidence
from tests.archive.history.made import HOST, sight


def evidence(*sights):
    seen = {}
    for one in sorted(sights, key=lambda s: s.at):
        seen.setdefault(one.url.removeprefix("http://"), []).append(one)
    return Evidence(datetime(2025, 3, 1, tzinfo=UTC), [], seen, {}, {})


def hop(key, at, to):
    return replace(sight(key, f"2025-02-{at}.000000Z", "redirect"), location=f"{HOST}/{to}")


def page(key, at, page_class="article"):
    return sight(key, f"2025-02-{at}.000000Z", page_class)


FIRST = hop("a", "06T01:00:00", "b")
ENDS = {
    "nothing to follow": ([page("a", "06T01:00:00")], "a"),
    "one hop": ([FIRST, page("b", "06T01:00:01")], "b"),
    "at the same instant": ([FIRST, page("b", "06T01:00:00")], "b"),
    "two hops": ([FIRST, hop("b", "06T01:00:01", "c"), page("c", "06T01:00:02")], "c"),
    "the middle hop was not seen": ([FIRST, page("c", "06T01:00:02")], "a"),
    "the middle hop leads on, nothing is there": ([FIRST, hop("b", "06T01:00:01", "c")], "b"),
    "a day later": ([FIRST, page("b", "07T01:00:00")], "b"),
    "more than a day later": ([FIRST, page("b", "07T01:00:01")], "a"),
    "before it": ([FIRST, page("b", "06T00:59:59")], "a"),
    "the first after it": ([FIRST, page("b", "06T02:00:00", "gone"), page("b", "06T03:00:00")], "b"),
    "a page that names another": (
        [replace(page("a", "06T01:00:00"), location=f"{HOST}/b"), page("b", "06T01:00:01")],
        "a",
    ),
    "to nowhere": ([replace(FIRST, location=None), page("b", "06T01:00:01")], "a"),
    "to itself": ([hop("a", "06T01:00:00", "a")], "a"),
    "to itself, and then": ([hop("a", "06T01:00:00", "a"), page("a", "06T01:00:01")], "a"),
}


@pytest.mark.parametrize(("sights", "end"), ENDS.values(), ids=ENDS)
def test_where_redirects_end(sights, end):
    assert evidence(*sights).final(sights[0]).url == f"{HOST}/{end}"


def test_the_first_sight_of_the_target_is_the_end():
    seen = [FIRST, page("b", "06T02:00:00", "gone"), page("b", "06T03:00:00")]
    assert evidence(*seen).final(FIRST) is seen[1]


@pytest.mark.parametrize(("hops", "ends"), [(MAX_REDIRECTS, True), (MAX_REDIRECTS + 1, False)])
def test_a_chain_is_followed_so_far(hops, ends):
    chain = [hop(f"p{n}", f"06T01:00:{n:02}", f"p{n + 1}") for n in range(hops)]
    seen = evidence(*chain, page(f"p{hops}", "06T01:01:00"))
    assert (seen.final(chain[0]).page_class == "article") == ends


SHOWS = {
    "an article": ([page("a", "06T01:00:00")], True),
    "a file": ([page("a", "06T01:00:00", "file")], True),
    "a list": ([page("a", "06T01:00:00", "list")], False),
    "a challenge": ([page("a", "06T01:00:00", "challenge")], False),
    "an error": ([page("a", "06T01:00:00", "error")], False),
    "what came cut": ([page("a", "06T01:00:00", None)], False),
    "what is gone": ([page("a", "06T01:00:00", "gone")], False),
    "given by hand": ([replace(page("a", "06T01:00:00", "list"), kind="resource")], True),
    "an article elsewhere": ([FIRST, page("b", "06T01:00:01")], True),
    "the front page": ([hop("a", "06T01:00:00", ""), page("", "06T01:00:01")], False),
    "a front page at its own address": ([page("", "06T01:00:00")], True),
}


@pytest.mark.parametrize(("sights", "shows"), SHOWS.values(), ids=SHOWS)
def test_what_shows_a_report(sights, shows):
    assert evidence(*sights).shows_report(sights[0]) == shows
