import asyncio
from datetime import timedelta
from itertools import pairwise

import pytest

from archive.captures.records import FINISHED_STOPS
from crawler.demo import faults
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.portal import SamplePortal
from crawler.spiders.base import FAULT
from crawler.spiders.column import ColumnSpider
from crawler.walk import ColumnWalk
from tests.crawler.running import NOW, FakeRecorder, crawl, register

XZ = "/zfxxgk/nb/xz/"


@pytest.fixture
def portal():
    with SamplePortal(qinghe()) as portal:
        yield portal


def walk(tmp_path, portal, recorder, replace=(), **settings):
    register(tmp_path, portal, **dict(replace))
    crawl(tmp_path, portal.site.id, recorder, **settings)
    return {w.column: w for w in recorder.walks}


def test_columns_are_walked_to_their_reports_and_files(tmp_path, portal, recorder):
    walks = walk(tmp_path, portal, recorder)
    site = portal.site
    reports = {site.path(a) for a in site.articles if a.report}
    files = {site.file_path(a) for a in site.articles if a.report and a.attachment}
    lists = {XZ, XZ + "index_1.html", XZ + "index_2.html", "/zfxxgk/nb/bm/", "/zfxxgk/nb/bm/index_1.html"}
    assert sorted(recorder.paths()) == sorted({*reports, *files, *lists, "/robots.txt"})
    assert sorted(portal.fetched()) == sorted(recorder.paths())
    assert {c: w.stop for c, w in walks.items()} == {"townships": "total", "departments": "total"}
    assert walks["townships"].counts == {
        **{"pages": 3, "pages_said": 3, "entries": 42, "reports": 37, "new": 37, "elsewhere": 1},
        **{"fetched": 36, "files": 24},
    }
    assert recorder.failures == []


def test_the_walk_record(tmp_path, small, recorder):
    end = walk(tmp_path, small, recorder)["townships"]
    assert (end.portal, end.url, end.begun_at, end.ended_at) == ("yingchuan", small.url(XZ), NOW, NOW)
    assert end.record["columns"][0]["kinds"] == ["township", "subdistrict"]
    assert [recorder.exchanges[int(i.strip("<>")) - 1].url for i in end.lists] == [small.url(XZ)]


def test_an_exchange_is_what_went_over_the_wire(tmp_path, small, recorder):
    small.site.fail(XZ, faults.gzipped)
    walk(tmp_path, small, recorder)
    [exchange] = recorder.of(XZ)
    assert exchange.payload.startswith(b"\x1f\x8b")
    assert (b"Content-Encoding", b"gzip") in exchange.headers
    sent = dict(exchange.request_headers)
    assert sent[b"User-Agent"] == b"gongkai/test (+test@example.org)"
    assert sent[b"Host"] == small.host.encode()
    assert (exchange.ip, exchange.protocol, exchange.truncated, exchange.fetched_at) == (
        "127.0.0.1", "HTTP/1.1", None, NOW,
    )  # fmt: skip
    assert recorder.walks[0].counts["entries"] == 6


def test_pages_in_gbk_are_read(tmp_path, small, recorder):
    small.site.fail(XZ, faults.gbk)
    assert walk(tmp_path, small, recorder)["townships"].counts["fetched"] == 6


def test_robots_are_obeyed_and_recorded(tmp_path, portal, recorder):
    portal.site.robots = f"User-agent: gongkai\nDisallow: {XZ}\n"
    walks = walk(tmp_path, portal, recorder)
    assert walks["townships"].stop == "fault"
    assert walks["departments"].stop == "total"
    assert [(f.url, f.kind) for f in recorder.failures] == [(portal.url(XZ), "robots")]
    assert not any(path.startswith(XZ) for path in portal.fetched())


def test_a_host_whose_robots_file_answers_with_an_error_is_left_alone(tmp_path, small, recorder):
    small.site.fail("/robots.txt", faults.status(500))
    walk(tmp_path, small, recorder)
    assert set(small.fetched()) == {"/robots.txt"}
    assert {f.kind for f in recorder.failures} == {"robots"}


FAULTS = {
    "error page with 200": (faults.error_page, 200, None),
    "server error": (faults.status(503), 503, None),
    "challenge": (faults.challenge, 521, None),
    "cut": (faults.cut(500), 200, "disconnect"),
    "cut, chunked": (faults.chunked(300, finished=False), 200, "disconnect"),
    "too slow": (faults.drip(500, 0.3), 200, "time"),
    "too long": (faults.huge(1 << 20), 200, "length"),
    "off the hosts": (faults.redirect("http://www.example.org/nb/"), 302, None),
    "to the front page": (faults.redirect("/"), 302, None),
    "to itself for ever": (faults.redirect(XZ), 302, None),
    "gone": (faults.status(404), 404, None),
}


@pytest.mark.parametrize(("fault", "status", "truncated"), FAULTS.values(), ids=FAULTS)
def test_a_list_that_cannot_be_seen_is_a_fault_and_kept(tmp_path, small, recorder, fault, status, truncated):
    small.site.fail(XZ, fault)
    end = walk(tmp_path, small, recorder, GONGKAI_MAX_BYTES=100_000)["townships"]
    assert (end.stop, end.counts.get("entries", 0)) == ("fault", 0)
    assert end.message
    kept = recorder.of(XZ)
    assert {(e.status, e.truncated) for e in kept} == {(status, truncated)}
    if truncated:
        assert all(e.payload for e in kept)
    assert recorder.failures == []
    assert set(small.fetched()) <= {"/robots.txt", XZ, "/"}


def test_what_came_before_the_limit_is_kept(tmp_path, small, recorder):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(path, faults.huge(1 << 20))
    end = walk(tmp_path, small, recorder, GONGKAI_MAX_BYTES=100_000)["townships"]
    assert (end.stop, end.counts["failed"], end.counts["fetched"]) == ("total", 1, 5)
    assert all(100_000 < len(e.payload) < 400_000 for e in recorder.of(path))


def test_a_request_without_an_answer(tmp_path, small, recorder):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(path, faults.hang(5))
    end = walk(tmp_path, small, recorder, DOWNLOAD_TIMEOUT=0.3)["townships"]
    assert end.counts["failed"] == 1
    assert [(f.url, f.kind) for f in recorder.failures] == [(small.url(path), "timeout")] * 2


def test_a_portal_that_is_down(tmp_path, recorder):
    with SamplePortal(yingchuan()) as portal:
        register(tmp_path, portal)
    crawl(tmp_path, "yingchuan", recorder, RETRY_TIMES=0)
    assert [(f.url, f.kind) for f in recorder.failures] == [
        (portal.url("/robots.txt"), "refused"),
        (portal.url(XZ), "robots"),
    ]
    assert [w.stop for w in recorder.walks] == ["fault"]
    assert "refused" in recorder.walks[0].message


def test_a_passing_fault_is_tried_again(tmp_path, small, recorder):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(XZ, faults.times(1, faults.cut(500)))
    small.site.fail(path, faults.times(1, faults.status(503)))
    end = walk(tmp_path, small, recorder)["townships"]
    assert (end.stop, end.counts["fetched"], end.counts.get("failed", 0)) == ("total", 6, 0)
    assert [e.status for e in recorder.of(path)] == [503, 200]
    assert [e.truncated for e in recorder.of(XZ)] == ["disconnect", None]


def test_a_redirect_to_itself_passes_once(tmp_path, small, recorder):
    small.site.fail(XZ, faults.times(1, faults.redirect(XZ)))
    assert walk(tmp_path, small, recorder)["townships"].counts["fetched"] == 6
    assert [e.status for e in recorder.of(XZ)] == [302, 200]


def test_a_redirect_to_itself_is_not_followed_for_ever(tmp_path, small, recorder):
    small.site.fail(XZ, faults.redirect(XZ))
    assert walk(tmp_path, small, recorder)["townships"].stop == "fault"
    assert [e.status for e in recorder.of(XZ)] == [302, 302]


def test_redirects_on_the_hosts_are_followed_and_all_recorded(tmp_path, small, recorder):
    old = small.site.address("月牙镇", 2023)
    new = small.site.move("月牙镇", 2023)
    small.site.redirects[old] = new
    known = FakeRecorder(known={small.url(old)})
    walk(tmp_path, small, known)
    assert [e.status for e in known.of(old)] == [301]
    assert {e.status for e in known.of(new)} == {200}


def test_reports_that_the_list_has_dropped_are_asked_for_again(tmp_path, small):
    path = small.site.address("月牙镇", 2023)
    small.site.drop("月牙镇", 2023)
    recorder = FakeRecorder(known={small.url(path), "http://www.example.org/t20240101_1.html"})
    end = walk(tmp_path, small, recorder)["townships"]
    assert [e.status for e in recorder.of(path)] == [404]
    assert (end.counts["dropped"], end.counts["new"]) == (1, 5)


def test_nothing_is_asked_again_when_the_list_cannot_be_seen(tmp_path, small):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(XZ, faults.challenge)
    recorder = FakeRecorder(known={small.url(path)})
    walk(tmp_path, small, recorder)
    assert small.fetched() == ["/robots.txt", XZ]


def test_an_unfinished_crawl_is_gone_on_with(tmp_path, small):
    path = small.site.address("月牙镇", 2023)
    recorder = FakeRecorder(unfinished={small.url(path), small.url(XZ)})
    end = walk(tmp_path, small, recorder)["townships"]
    assert (end.counts["resumed"], end.counts["fetched"]) == (1, 5)
    assert path not in small.fetched()
    assert XZ in small.fetched()


def test_an_empty_list(tmp_path, small, recorder):
    small.site.empty("townships")
    end = walk(tmp_path, small, recorder)["townships"]
    assert end.stop == "empty"
    assert end.stop not in FINISHED_STOPS


def test_the_budget_of_list_pages(tmp_path, portal, recorder):
    ends = walk(tmp_path, portal, recorder, GONGKAI_MAX_LIST_PAGES=2)
    assert {c: w.stop for c, w in ends.items()} == {"townships": "budget", "departments": "total"}
    assert ends["townships"].counts["pages"] == 2


def test_the_budget_of_requests(tmp_path, small, recorder):
    end = walk(tmp_path, small, recorder, GONGKAI_MAX_REQUESTS=3)["townships"]
    assert (end.stop, end.counts["fetched"]) == ("budget", 2)


def test_private_addresses_need_leave(tmp_path, small, recorder):
    ends = walk(tmp_path, small, recorder, {"allow_private: true": "allow_private: false"})
    assert ends["townships"].stop == "fault"
    assert small.fetched() == []
    assert [f.kind for f in recorder.failures] == ["address_guard"]


def test_names_that_stand_for_private_addresses_do_not_resolve(tmp_path, small, recorder):
    name = small.host.replace("127.0.0.1", "localhost")
    ends = walk(tmp_path, small, recorder, {"allow_private: true": "allow_private: false", small.host: name})
    assert ends["townships"].stop == "fault"
    assert small.fetched() == []
    assert {f.kind for f in recorder.failures} == {"address_guard"}


def test_names_that_stand_for_private_addresses_resolve_with_leave(tmp_path, small, recorder):
    name = small.host.replace("127.0.0.1", "localhost")
    assert walk(tmp_path, small, recorder, {small.host: name})["townships"].counts["fetched"] == 6


def test_the_pace_holds_between_any_two_requests(tmp_path, small, recorder):
    walk(tmp_path, small, recorder, {"pace_seconds: 0": "pace_seconds: 0.1"})
    times = [hit.at for hit in small.hits]
    gaps = [b - a for a, b in pairwise(times)]
    assert len(gaps) >= 8
    assert min(gaps) > 0.06  # as the server saw them; on their way two may draw together
    assert sum(gaps) > 0.095 * len(gaps)


def test_a_paced_host_gets_one_request_at_a_time(tmp_path, small, recorder):
    small.site.fail(XZ, faults.drip(1000, 0.05))
    slow = small.site.address("月牙镇", 2023)
    small.site.fail(slow, faults.drip(2000, 0.05))
    walk(tmp_path, small, recorder, {"pace_seconds: 0": "pace_seconds: 0.02"}, DOWNLOAD_TIMEOUT=5)
    after = small.fetched().index(slow) + 1
    drips = len(recorder.of(slow)[0].payload) // 2000
    assert small.hits[after].at - small.hits[after - 1].at > drips * 0.05


def test_two_portals_in_one_crawl(tmp_path, portal, small, recorder):
    register(tmp_path, portal)
    register(tmp_path, small)
    crawl(tmp_path, "qinghe,yingchuan", recorder)
    assert sorted((w.portal, w.column) for w in recorder.walks) == [
        ("qinghe", "departments"), ("qinghe", "townships"), ("yingchuan", "townships"),
    ]  # fmt: skip
    assert timedelta(0) == recorder.walks[0].ended_at - NOW


def test_a_fault_of_our_own_ends_no_walk_of_its_portal_and_no_other_portal(
    tmp_path, portal, small, recorder, monkeypatch
):
    real = ColumnWalk.fetched

    def broken(walk, *args):
        if walk.portal.id == "yingchuan":
            raise ValueError("a fault of our own")
        return real(walk, *args)

    monkeypatch.setattr(ColumnWalk, "fetched", broken)
    monkeypatch.setattr(ColumnWalk, "failed", broken)
    register(tmp_path, portal)
    register(tmp_path, small)
    spider = crawl(tmp_path, "yingchuan,qinghe", recorder, CONCURRENT_REQUESTS=1)
    assert spider.close_reason == FAULT
    assert [(w.portal, w.column) for w in recorder.walks] == [
        ("qinghe", "departments"),
        ("qinghe", "townships"),
    ]


def test_a_crawl_that_is_stopped_asks_for_nothing_more(tmp_path, small, recorder, monkeypatch):
    real = ColumnSpider._answered

    def stopped(spider, walk, fetch, response):
        if fetch.role == "detail" and spider.running:
            stops.append(asyncio.ensure_future(spider.crawler.engine.stop_async()))
        return real(spider, walk, fetch, response)

    stops = []
    monkeypatch.setattr(ColumnSpider, "_answered", stopped)
    register(tmp_path, small)
    spider = crawl(tmp_path, "yingchuan", recorder, CONCURRENT_REQUESTS=1)
    assert (spider.close_reason, recorder.walks) == ("shutdown", [])
    assert spider.walks[0].put_off == "the crawl was stopped"
    assert len(small.fetched()) <= 4, "robots.txt, the list, a report, and what was under way"


def test_a_page_is_asked_for_with_the_address_of_the_one_that_led_to_it(tmp_path, small, recorder):
    walk(tmp_path, small, recorder)
    led = {e.url: dict(e.request_headers).get(b"Referer") for e in recorder.exchanges}
    assert led[small.url(XZ)] is None
    assert led[small.url(small.site.address("月牙镇", 2023))] == small.url(XZ).encode()
