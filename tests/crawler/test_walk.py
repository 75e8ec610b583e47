from datetime import UTC, datetime

import pytest

from crawler.registry import Column, Portal
from crawler.walk import ColumnWalk, Crawl, Fetch
from parsers.portals.model import Entry, Inspection, Request

BASE = "http://www.yunxi.example/nb/"
NOW = datetime(2025, 2, 10, tzinfo=UTC)
PORTAL = Portal(
    id="yunxi",
    name="云溪县",
    division="990103",
    hosts=("www.yunxi.example",),
    columns=(
        Column(id="all", url=BASE, kinds=("township",)),
        Column(id="bm", url=f"{BASE}bm/", kinds=("department",)),
    ),
)


def begin(requests=100, pages=20, **more):
    crawl = more.pop("crawl", None) or Crawl(requests_left=requests, max_list_pages=pages)
    walk = ColumnWalk(PORTAL, PORTAL.columns[0], NOW, crawl, **more)
    [first] = walk.begin()
    return walk, first


def page(
    *numbers,
    following=(),
    parts=(),
    pages=None,
    total=None,
    page_class="list",
    evidence="said",
    verdict="report",
    guess=False,
):
    entries = [
        Entry(f"第{n}镇2023年政府信息公开工作年度报告", f"{BASE}t2024_{n}.html", None, verdict)
        for n in numbers
    ]
    requests = [Request(BASE + name, guess=guess) for name in following]
    requests += [Request(BASE + name, part=True) for name in parts]
    return Inspection(
        "trs", "", page_class, evidence, entries=entries, next=requests, pages=pages, total=total
    )


def names(fetches):
    return [(f.role, f.url.removeprefix(BASE)) for f in fetches]


def answer(walk, fetch, inspection, url=None):
    return walk.listed(fetch, url or fetch.url, f"<{fetch.url}>", inspection)


def finish(walk, fetches):
    while fetches:
        fetch = fetches.pop()
        assert not walk.finished
        fetches += walk.fetched(fetch, [])


def lists(fetches):
    return [f for f in fetches if f.role == "list"]


def test_a_walk_is_finished_when_every_request_has_its_outcome():
    walk, first = begin()
    asked = answer(walk, first, page(1, 2))
    assert names(asked) == [("detail", "t2024_1.html"), ("detail", "t2024_2.html")]
    more = walk.fetched(asked[0], [f"{BASE}a.pdf"])
    assert names(more) == [("file", "a.pdf")]
    walk.failed(asked[1], "timeout")
    assert not walk.finished
    walk.failed(more[0], "timeout")
    assert walk.finished
    end = walk.end(NOW)
    assert (end.stop, end.lists) == ("end", [f"<{BASE}>"])
    assert end.counts == {
        "pages": 1,
        "entries": 2,
        "reports": 2,
        "new": 2,
        "elsewhere": 0,
        "fetched": 1,
        "failed": 2,
    }


def test_entries_that_are_no_reports_are_counted_only():
    walk, first = begin()
    assert answer(walk, first, page(1, verdict="lookalike")) == []
    assert (walk.counts["entries"], walk.counts["reports"], walk.finished) == (1, 0, True)


@pytest.mark.parametrize(
    ("second", "stop"),
    [
        (page(3, pages=2), "total"),
        (page(3), "end"),
        (page(1, 2, pages=2, following=["index_2.html"]), "repeat"),
        (page(page_class="empty_list"), "empty"),
        (page(page_class="other"), "fault"),
        (page(page_class="challenge"), "fault"),
        (page(page_class="gone"), "fault"),
        (page(page_class="redirect"), "fault"),
    ],
)
def test_stops(second, stop):
    walk, first = begin()
    asked = answer(walk, first, page(1, 2, following=["index_1.html"], pages=2))
    further = answer(walk, lists(asked)[0], second)
    assert lists(further) == []
    finish(walk, [f for f in asked + further if f.role != "list"])
    assert (walk.finished, walk.stop) == (True, stop)
    assert len(walk.lists) == 2


@pytest.mark.parametrize(
    ("answered", "stop"),
    [
        (page(page_class="gone"), "end"),
        (page(page_class="other"), "end"),
        (page(1), "end"),
        (page(page_class="challenge"), "fault"),
        (page(page_class="error"), "fault"),
    ],
)
def test_a_guess_that_leads_nowhere_says_nothing_of_the_column(answered, stop):
    walk, first = begin()
    asked = answer(walk, first, page(1, following=["list_1.html"], guess=True))
    answer(walk, lists(asked)[0], answered)
    assert walk.stop == stop


def test_a_guess_that_hits_is_gone_on_from():
    walk, first = begin()
    asked = answer(walk, first, page(1, following=["list_1.html", "list_2.html"], guess=True))
    further = answer(walk, lists(asked)[1], page(2, following=["list_3.html"], guess=True))
    assert names(further) == [("detail", "t2024_2.html"), ("list", "list_3.html")]


@pytest.mark.parametrize(
    ("one", "two", "stop", "message"),
    [
        ({"pages": 3}, {"pages": 3}, "fault", "2 of the 3 pages declared"),
        ({"total": 5}, {"total": 5}, "fault", "4 of the 5 entries declared"),
        ({"total": 4, "pages": 9}, {"total": 4}, "total", ""),
        ({"pages": 2}, {"pages": 2}, "total", ""),
    ],
)
def test_a_column_that_declares_more_than_it_shows_was_not_seen_whole(one, two, stop, message):
    walk, first = begin()
    asked = answer(walk, first, page(1, 2, following=["index_1.html"], **one))
    further = answer(walk, lists(asked)[0], page(3, 4, **two))
    finish(walk, [f for f in asked + further if f.role != "list"])
    assert (walk.finished, walk.stop) == (True, stop)
    assert message in "".join(walk.messages)


def test_a_list_that_declares_nothing_ends_with_an_empty_page():
    walk, first = begin()
    asked = answer(walk, first, page(1, 2, following=["?page=2"]))
    answer(walk, lists(asked)[0], page(page_class="empty_list"))
    assert walk.stop == "end"


def test_a_column_without_any_entry_is_empty():
    walk, first = begin()
    [unit] = answer(walk, first, page(parts=["unit"]))
    answer(walk, unit, page(page_class="list"))
    assert (walk.finished, walk.stop) == (True, "empty")


def test_columns_may_share_an_address_up_to_the_fragment():
    columns = tuple(
        Column(id=n, url=f"http://www.yunxi.example/gkmlpt/index#{n}", kinds=("township",)) for n in "12"
    )
    walk = ColumnWalk(
        PORTAL.model_copy(update={"columns": columns}),
        columns[1],
        NOW,
        Crawl(requests_left=9, max_list_pages=9),
    )
    assert [f.url for f in walk.begin()] == ["http://www.yunxi.example/gkmlpt/index#2"]


def test_parts_declare_and_show_for_themselves():
    walk, first = begin()
    a, b = answer(walk, first, page(parts=["a/", "b/"]))
    answer(walk, a, page(1, 2, total=2))
    [more] = lists(answer(walk, b, page(2, 3, following=["b/1"], total=4)))
    answer(walk, more, page(4, total=4))
    assert "3 of the 4 entries" in "".join(walk.messages)
    assert walk.counts["entries"] == 4


def test_a_part_may_begin_with_what_its_shell_shows():
    walk, first = begin()
    asked = answer(walk, first, page(1, 2, parts=["unit"]))
    [unit] = lists(asked)
    further = answer(walk, unit, page(1, 2, following=["unit?2"], total=3))
    assert names(further) == [("list", "unit?2")]
    assert names(answer(walk, further[0], page(3, total=3))) == [("detail", "t2024_3.html")]
    assert (walk.stop, walk.messages) == ("total", [])


def test_columns_below_are_walked_unless_they_are_columns_themselves():
    walk, first = begin()
    asked = answer(walk, first, page(parts=["2023n/", "2022n/", "bm/", "#top"]))
    assert names(asked) == [("list", "2023n/"), ("list", "2022n/")]
    assert walk.stops == set()


def test_a_shell_whose_frame_cannot_be_seen_is_a_fault():
    walk, first = begin()
    [frame] = answer(walk, first, page(parts=["frame.html"]))
    walk.failed(frame, "timeout")
    assert (walk.stop, walk.finished) == ("fault", True)


def test_the_worst_stop_counts():
    walk, first = begin()
    a, b, c = answer(walk, first, page(parts=["a/", "b/", "c/"]))
    answer(walk, a, page(1, pages=1))
    answer(walk, b, page(page_class="empty_list"))
    assert walk.stop == "empty"
    walk.failed(c, "refused")
    assert walk.stop == "fault"


def test_redirects_inside_pages_are_followed_but_not_for_ever():
    walk, fetch = begin()
    for n in range(3):
        [fetch] = answer(walk, fetch, page(page_class="redirect", following=[f"r{n}.html"]))
    assert answer(walk, fetch, page(page_class="redirect", following=["r9.html"])) == []
    assert walk.stop == "fault"


def test_a_redirect_to_the_front_page_is_a_fault():
    walk, first = begin()
    answer(walk, first, page(1), url="http://www.yunxi.example/")
    assert walk.stop == "fault"
    walk, first = begin()
    answer(
        walk, first, page(page_class="redirect", evidence="meta refresh to the front page", following=["../"])
    )
    assert walk.stop == "fault"


def test_a_detail_that_leads_on_is_followed():
    walk, first = begin()
    [detail] = answer(walk, first, page(1))
    assert names(walk.fetched(detail, [], [Request(BASE + "t2024_9.html")])) == [("detail", "t2024_9.html")]


def test_nothing_is_asked_twice_in_one_crawl():
    crawl = Crawl(requests_left=100, max_list_pages=20)
    walk, first = begin(crawl=crawl)
    assert len(answer(walk, first, page(1, 2))) == 2
    other = ColumnWalk(PORTAL, PORTAL.columns[1], NOW, crawl)
    [first] = other.begin()
    assert names(answer(other, first, page(2, 3))) == [("detail", "t2024_3.html")]
    assert other.counts["reports"] == 2


def test_twins_and_schemes_are_one_address():
    walk, first = begin()
    entries = [
        Entry("报告", "http://www.yunxi.example/nb/t2024_1.html", None, "report"),
        Entry("报告", "https://www.yunxi.example/nb/t2024_1_wap.html#a", None, "report"),
        Entry("报告", "http://elsewhere.example/nb/t2024_1.html", None, "report"),
    ]
    asked = answer(walk, first, Inspection("trs", "", "list", entries=entries))
    assert names(asked) == [("detail", "t2024_1.html")]
    assert walk.counts["elsewhere"] == 1


def test_requests_are_spent():
    walk, first = begin(requests=2)
    asked = answer(walk, first, page(1, 2, 3, following=["index_1.html"]))
    assert names(asked) == [("detail", "t2024_1.html")]
    finish(walk, asked)
    assert (walk.stop, walk.finished) == ("budget", True)


def test_dropped_reports_wait_for_the_last_list_page():
    known = {"www.yunxi.example/nb/t2024_1.html": f"{BASE}t2024_1.html"}
    known["www.yunxi.example/nb/t2024_7.html"] = f"{BASE}t2024_7.html"
    walk, first = begin(known=known)
    asked = answer(walk, first, page(2, following=["index_1.html"], pages=2))
    assert names(asked) == [("detail", "t2024_2.html"), ("list", "index_1.html")]
    further = answer(walk, asked[1], page(1, pages=2))
    assert names(further) == [("detail", "t2024_1.html"), ("detail", "t2024_7.html")]
    assert (walk.counts["new"], walk.counts["dropped"]) == (1, 1)


def test_fetches_carry_what_a_post_needs():
    request = Request(BASE + "list.do", "POST", (("page", "2"),))
    walk, first = begin()
    [asked] = answer(walk, first, Inspection("x", "", "list", next=[request]))
    assert asked == Fetch("list", request)


@pytest.mark.parametrize(("unchanged", "expected"), [(True, [3, 2]), (False, [3, 1, 2])])
def test_what_needs_no_look_is_left_alone_where_the_list_has_not_changed(unchanged, expected):
    known = {f"www.yunxi.example/nb/t2024_{n}.html": f"{BASE}t2024_{n}.html" for n in (1, 2)}
    walk, first = begin(known=known, later=frozenset({"www.yunxi.example/nb/t2024_1.html"}))
    asked = walk.listed(first, first.url, "<1>", page(1, 2, 3), unchanged=unchanged)
    assert names(asked) == [("detail", f"t2024_{n}.html") for n in expected]
    assert (walk.counts["unasked"], walk.counts["reports"], walk.counts["dropped"]) == (unchanged, 3, 0)
    finish(walk, asked)
    assert walk.stop == "end"


def test_a_walk_that_is_over_holds_no_addresses():
    walk, first = begin(known={"www.yunxi.example/nb/t2024_1.html": f"{BASE}t2024_1.html"})
    finish(walk, answer(walk, first, page(1, 2)))
    walk.forget()
    assert (walk.known, walk.crawl.asked, walk.counts["reports"], walk.stop) == ({}, set(), 2, "end")
