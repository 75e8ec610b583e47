from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.captures.records import FINISHED_STOPS
from crawler.demo import faults
from crawler.demo.county import qinghe
from crawler.demo.portal import SamplePortal
from crawler.pacing import SLOWEST_SECONDS, HostPace, quiet_until
from tests.crawler.running import NOW, FakeRecorder, crawl, register

XZ = "/zfxxgk/nb/xz/"
PACED = {"pace_seconds: 0": "pace_seconds: 0.02"}


def test_the_delay_follows_the_latency_and_falls_by_halves():
    pace = HostPace(1.0, backoff=1.0, patience=9)
    pace.answered(5.0, whole=True)
    assert pace.seconds == 5.0
    pace.answered(0.2, whole=False)
    assert pace.seconds == 5.0
    for expected in (2.6, 1.4, 1.0, 1.0):
        pace.answered(0.2, whole=True)
        assert pace.seconds == pytest.approx(expected)
    pace.answered(500, whole=True)
    assert pace.seconds == SLOWEST_SECONDS


def test_failed_tries_double_the_delay_until_the_host_is_left_alone():
    pace = HostPace(1.0, backoff=1.0, patience=4)
    seconds = []
    for _ in range(3):
        pace.strained("timeout")
        seconds.append(pace.seconds)
    assert seconds == [2, 4, 8]
    assert not pace.shut
    pace.strained("timeout")
    assert (bool(pace.shut), pace.seconds) == (True, 0)


def test_an_answer_ends_the_row_of_failures():
    pace = HostPace(1.0, backoff=1.0, patience=2)
    for _ in range(5):
        pace.strained("timeout")
        pace.answered(0.1, whole=True)
    assert not pace.shut


def test_a_busy_host_is_asked_at_half_speed_from_then_on():
    pace = HostPace(1.0, backoff=1.0, patience=9)
    pace.strained("HTTP 429", 30, busy=True)
    assert pace.seconds == 30
    for _ in range(9):
        pace.answered(0.1, whole=True)
    assert pace.seconds == 2


def test_a_host_that_asks_for_a_long_pause_is_left_alone():
    pace = HostPace(1.0, backoff=1.0, patience=9)
    pace.strained("HTTP 503", 3600, busy=True)
    assert "3600" in pace.shut


def test_a_host_without_a_pace_is_not_slowed_by_its_latency():
    pace = HostPace(0.0, backoff=1.0, patience=9)
    pace.answered(3.0, whole=True)
    assert pace.seconds == 0
    pace.strained("reset")
    for _ in range(5):
        pace.answered(3.0, whole=True)
    assert pace.seconds == 0


HOURS = {
    "before": ("08:30-18:00", "2025-02-10T00:29:00", None),
    "begin": ("08:30-18:00", "2025-02-10T00:30:00", "2025-02-10T10:00:00"),
    "inside": ("08:30-18:00", "2025-02-10T09:59:59", "2025-02-10T10:00:00"),
    "end": ("08:30-18:00", "2025-02-10T10:00:00", None),
    "over midnight, before it": ("22:00-06:00", "2025-02-10T15:00:00", "2025-02-10T22:00:00"),
    "over midnight, after it": ("22:00-06:00", "2025-02-10T18:00:00", "2025-02-10T22:00:00"),
    "over midnight, by day": ("22:00-06:00", "2025-02-10T04:00:00", None),
}


@pytest.mark.parametrize(("hours", "at", "until"), HOURS.values(), ids=HOURS)
def test_quiet_hours(hours, at, until):
    expected = datetime.fromisoformat(until).replace(tzinfo=UTC) if until else None
    assert quiet_until(hours, datetime.fromisoformat(at).replace(tzinfo=UTC)) == expected


def walk(tmp_path, portal, recorder, changes=(), **settings):
    register(tmp_path, portal, **dict(changes))
    return crawl(tmp_path, portal.site.id, recorder, **settings)


def gap(portal, path, after=0):
    """Seconds between the first request of an address, or one so many after it, and the next."""
    n = portal.fetched().index(path) + after
    return portal.hits[n + 1].at - portal.hits[n].at


def test_a_slow_host_is_asked_more_slowly(tmp_path, small, recorder):
    slow = small.site.address("月牙镇", 2023)

    def late(right):
        def deliver(wire, _):
            wire.pause(0.4)
            right.deliver(wire, right)

        return replace(right, deliver=deliver)

    small.site.fail(slow, late)
    walk(tmp_path, small, recorder, PACED)
    assert gap(small, slow) > 0.4
    assert gap(small, slow, after=1) > 0.2
    assert gap(small, slow, after=3) < 0.3


@pytest.mark.parametrize("status", [429, 200])
def test_retry_after_is_obeyed(tmp_path, small, recorder, status):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(path, faults.times(1, faults.status(status, **{"Retry-After": "1"})))
    walk(tmp_path, small, recorder, PACED)
    assert gap(small, path) > 0.95
    assert recorder.walks[0].stop in FINISHED_STOPS


def test_a_busy_host_that_names_no_time_is_asked_more_slowly(tmp_path, small, recorder):
    path = small.site.address("月牙镇", 2023)
    small.site.fail(path, faults.times(1, faults.status(503)))
    walk(tmp_path, small, recorder, PACED, GONGKAI_BACKOFF_SECONDS=0.4)
    assert gap(small, path) > 0.35


def test_a_host_that_stops_answering_is_left_alone(tmp_path, recorder):
    with SamplePortal(qinghe()) as portal:
        for article in portal.site.articles:
            portal.site.fail(portal.site.path(article), faults.hang(2))
        settings = {"DOWNLOAD_TIMEOUT": 0.1, "GONGKAI_PATIENCE": 3, "RETRY_TIMES": 0}
        spider = walk(tmp_path, portal, recorder, PACED, **settings)
        asked = [path for path in portal.fetched() if path.endswith(".html") and "index_" not in path]
    assert len(asked) == 3
    assert recorder.walks == []
    assert [bool(w.put_off) for w in spider.walks] == [True, True]
    assert [f.kind for f in recorder.failures] == ["timeout"] * 3


def test_a_host_that_begins_to_challenge_is_left_alone(tmp_path, recorder):
    with SamplePortal(qinghe()) as portal:
        for article in portal.site.articles:
            portal.site.fail(portal.site.path(article), faults.challenge)
        walk(tmp_path, portal, recorder, PACED, GONGKAI_PATIENCE=4)
        asked = [path for path in portal.fetched() if path.endswith(".html") and "index_" not in path]
    assert 4 <= len(asked) <= 5
    assert recorder.walks == []


def test_nothing_is_asked_in_quiet_hours(tmp_path, small, recorder):
    recorder.quiet_hours = "11:00-13:00"  # it is noon in Beijing
    spider = walk(tmp_path, small, recorder)
    assert small.fetched() == []
    assert (recorder.walks, recorder.failures) == ([], [])
    assert spider.walks[0].put_off == "quiet hours until 13:00 Beijing time"


def test_a_crawl_ends_where_quiet_hours_begin(tmp_path, small, recorder):
    recorder.quiet_hours = "13:00-14:00"
    path = small.site.address("月牙镇", 2023)

    def noon(response):
        recorder.at = NOW.replace(hour=5)
        return response

    small.site.fail(path, noon)
    spider = walk(tmp_path, small, recorder, PACED)
    assert small.fetched()[-1] == path
    assert recorder.walks == []
    assert "quiet" in spider.walks[0].put_off


def test_a_crawl_ends_where_the_disk_is_nearly_full(tmp_path, small, recorder):
    path = small.site.address("月牙镇", 2023)

    def fill(response):
        recorder.full = "the disk has less than 1024 MB left"
        return response

    small.site.fail(path, fill)
    spider = walk(tmp_path, small, recorder, PACED)
    assert small.fetched()[-1] == path
    assert recorder.walks == []
    assert spider.walks[0].put_off == recorder.full


def test_the_budget_of_a_portal(tmp_path, small, recorder):
    walk(tmp_path, small, recorder, {"pace_seconds: 0": "pace_seconds: 0\nbudget: 3"})
    assert (recorder.walks[0].stop, recorder.walks[0].counts["fetched"]) == ("budget", 2)


def test_new_reports_come_before_known_ones(tmp_path, small):
    new = small.site.address("月牙镇", 2023)
    known = {small.url(small.site.path(a)) for a in small.site.articles if a.report}
    recorder = FakeRecorder(known=known - {small.url(new)})
    walk(tmp_path, small, recorder, PACED)
    pages = [path for path in small.fetched() if path.endswith(".html")]
    assert pages[0] == new
    assert len(pages) == 6
