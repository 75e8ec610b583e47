from dataclasses import replace

import pytest

from archive.captures.visits import Watched
from crawler.demo import faults
from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from crawler.spiders.revisit import RevisitSpider
from tests.crawler.running import NOW, FakeRecorder, register, run

XZ = "/zfxxgk/nb/xz/"
LONG_AGO, TODAY = "2024-06-01T00:00:00.000000Z", NOW.isoformat().replace("+00:00", "Z")


@pytest.fixture
def portal():
    with SamplePortal(yingchuan()) as portal:
        yield portal


def revisit(tmp_path, portal, watched, every=False, **settings):
    register(tmp_path, portal)
    recorder = FakeRecorder(known={seen.url for seen in watched if seen.url.endswith(".html")})
    recorder.watched = lambda portal, now: watched
    run(tmp_path, RevisitSpider, portal.site.id, recorder, settings, every=every)
    return recorder


def everything(portal, last=LONG_AGO):
    site = portal.site
    reports = [a for a in site.articles if a.report]
    pages = [Watched(portal.url(site.path(a)), LONG_AGO, last, last) for a in reports]
    files = [site.file_path(a) for a in reports if a.attachment]
    return [*pages, *(Watched(portal.url(path), LONG_AGO, last, last, is_file=True) for path in files)]


def paths(portal, watched):
    return {seen.url.removeprefix(portal.base_url) for seen in watched}


def test_pages_and_files_are_looked_at_again(tmp_path, portal):
    known = everything(portal)
    recorder = revisit(tmp_path, portal, known)
    assert sorted(portal.fetched()) == sorted({"/robots.txt", XZ, *paths(portal, known)})
    [end] = recorder.walks
    assert (end.stop, end.counts["fetched"], end.counts["files"], end.counts.get("dropped")) == (
        "total",
        6,
        4,
        None,
    )


@pytest.mark.parametrize("kind", [".html", ".pdf"])
def test_only_what_is_due(tmp_path, portal, kind):
    known = everything(portal, last=TODAY)
    n = next(n for n, seen in enumerate(known) if seen.url.endswith(kind))
    known[n] = replace(known[n], last=LONG_AGO, whole=LONG_AGO)
    revisit(tmp_path, portal, known)
    assert set(portal.fetched()) == {"/robots.txt", XZ, *paths(portal, known[n : n + 1])}


def test_everything_when_asked_for(tmp_path, portal):
    known = everything(portal, last=TODAY)
    revisit(tmp_path, portal, known, every=True)
    assert paths(portal, known) <= set(portal.fetched())


def test_a_portal_of_which_nothing_is_due_is_left_alone(tmp_path, portal):
    recorder = revisit(tmp_path, portal, everything(portal, last=TODAY))
    assert portal.fetched() == []
    assert recorder.walks == []


def test_what_the_list_has_dropped_is_looked_at(tmp_path, portal):
    known = everything(portal)
    path = portal.site.address("月牙镇", 2023)
    portal.site.drop("月牙镇", 2023)
    recorder = revisit(tmp_path, portal, known)
    assert [e.status for e in recorder.of(path)] == [404]
    assert recorder.walks[0].stop == "total"


def test_a_new_report_is_fetched_with_its_files(tmp_path, portal):
    known = everything(portal, last=TODAY)
    new = portal.site.publish("月牙镇", 2024)
    known[0] = Watched(known[0].url, LONG_AGO, LONG_AGO, LONG_AGO)
    revisit(tmp_path, portal, known)
    assert {new, *portal.site.attachments("月牙镇", 2024)} <= set(portal.fetched())


@pytest.mark.parametrize("fault", [faults.challenge, faults.error_page, faults.status(503), faults.hang(3)])
def test_a_portal_that_does_not_show_its_list_is_left_alone(tmp_path, portal, fault):
    portal.site.fail(XZ, fault)
    recorder = revisit(tmp_path, portal, everything(portal), DOWNLOAD_TIMEOUT=0.3)
    assert set(portal.fetched()) == {"/robots.txt", XZ}
    assert recorder.walks[0].stop == "fault"
