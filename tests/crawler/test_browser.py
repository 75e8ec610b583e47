import json
import shutil
from dataclasses import replace
from importlib.util import find_spec
from unittest.mock import Mock

import pytest

from crawler import browser
from crawler.demo import faults
from crawler.demo.portal import SamplePortal
from crawler.demo.scripted import Scripted, ScriptedPages, ScriptedPagesOff
from crawler.registry import Column, Portal
from crawler.spiders.column import ColumnSpider
from parsers.errors import Fault
from tests.crawler.running import FakeRecorder, register, run

installed = find_spec("scrapy_playwright") is not None and any(map(shutil.which, browser.NAMES))
needs_browser = pytest.mark.skipif(not installed, reason="the extra `browser` or Chromium is not installed")
BROWSER = {"pace_seconds: 0": "pace_seconds: 0\nbrowser: true"}
PACED = {"pace_seconds: 0": "pace_seconds: 0.1\nbrowser: true"}
XZ = Scripted.columns["townships"]


@pytest.fixture
def dialect():
    return Scripted()


@pytest.fixture
def portal(dialect):
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        portal.site.columns = portal.site.columns[:1]
        keep = [a for a in portal.site.articles if a.column == "townships"][:4]
        portal.site.articles[:] = keep
        yield portal


def walk(tmp_path, portal, changes=BROWSER, **settings):
    register(tmp_path, portal, **changes)
    recorder = FakeRecorder()
    run(tmp_path, ColumnSpider, "qinghe", recorder, {"DOWNLOAD_TIMEOUT": 20, **settings})
    return recorder


def test_without_a_browser_such_a_list_is_empty(tmp_path, portal):
    recorder = walk(tmp_path, portal, {})
    assert recorder.walks[0].stop not in {"end", "total"}


@needs_browser
def test_a_list_that_a_script_draws_is_walked(tmp_path, portal):
    recorder = walk(tmp_path, portal)
    [end] = recorder.walks
    reports = [a for a in portal.site.articles if a.report]
    assert (end.stop, end.counts["reports"], end.counts["fetched"]) == ("end", len(reports), len(reports))
    drawn = {d.url.removeprefix(portal.base_url): d for d in recorder.drawings}
    assert reports[0].title in drawn[XZ].payload.decode()
    assert drawn[XZ].browser.startswith("Chromium/")
    assert (drawn[XZ].status, drawn[XZ].truncated) == (200, None)
    assert end.lists == ["<drawn 1>"]
    plain = {e.url.removeprefix(portal.base_url) for e in recorder.exchanges}
    files = {Scripted().file_address(portal.site, a) for a in reports if a.attachment}
    assert plain == {"/robots.txt", "/api/nb?c=803", *files}
    asked = [hit for hit in portal.hits if hit.path in {XZ, "/api/nb?c=803"}]
    assert {hit.headers["user-agent"] for hit in asked} == {FakeRecorder.user_agent}
    assert not any("if-none-match" in hit.headers for hit in asked)


@needs_browser
def test_what_its_scripts_asked_for_is_kept(tmp_path, portal):
    [answer] = [e for e in walk(tmp_path, portal).exchanges if e.url == portal.url("/api/nb?c=803")]
    assert (answer.status, answer.method, answer.truncated) == (200, "GET", None)
    listed = {a.title for a in portal.site.articles}
    assert {row["title"] for row in json.loads(answer.payload)} == listed
    names = {name.lower() for name, _ in answer.headers}
    assert b"content-type" in names
    assert not names & {b"content-encoding", b"content-length", b"transfer-encoding"}


@needs_browser
def test_what_robots_forbids_its_scripts_do_not_ask_for(tmp_path, portal):
    portal.site.robots = "User-agent: *\nDisallow: /api/"
    recorder = walk(tmp_path, portal)
    assert [path for path in portal.fetched() if path.startswith("/api/")] == []
    assert recorder.walks[0].stop == "fault"  # a list of which something is not shown is not seen whole
    forbidden, page = recorder.failures
    assert (forbidden.url, forbidden.kind) == (portal.url("/api/nb?c=803"), "robots")
    assert (page.url, page.kind) == (portal.url(XZ), "robots")
    assert forbidden.url in page.message


@needs_browser
@pytest.mark.parametrize(("robots", "stop"), [("", "end"), ("User-agent: *\nDisallow: /", "fault")])
def test_rules_of_another_host_are_read_while_a_page_waits_for_them(tmp_path, portal, dialect, robots, stop):
    portal.site.articles[:] = portal.site.articles[:1]
    with SamplePortal(dialect.site(), answer=dialect.answer) as other:
        other.site.robots = robots
        type(dialect).traps = (other.url("/data"),)
        try:
            recorder = walk(
                tmp_path, portal, {**PACED, f"- {portal.host}": f"- {portal.host}\n- {other.host}"}
            )
        finally:
            type(dialect).traps = ()
        assert other.fetched() == ["/robots.txt", *(["/data"] if stop == "end" else [])]
    assert recorder.walks[0].stop == stop


@needs_browser
@pytest.mark.parametrize("make", [ScriptedPages, ScriptedPagesOff])
def test_a_drawn_list_is_turned_to_its_end(tmp_path, make):
    dialect = make()
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        portal.site.columns = portal.site.columns[:1]
        portal.site.articles[:] = [a for a in portal.site.articles if a.column == "townships"]
        recorder = walk(tmp_path, portal)
    [end] = recorder.walks
    assert (end.stop, end.message, end.counts["entries"]) == ("end", "", 42)
    drawn = next(d for d in recorder.drawings if d.url.endswith(XZ)).payload.decode()
    assert 'data-gongkai-turned="3"' in drawn
    asked = [e.url for e in recorder.exchanges if "/api/nb" in e.url]
    assert [url[-1] for url in asked] == ["1", "2", "3", "4"][: len(asked)]


class Away(Scripted):
    """Whose control leads to another page."""

    def lists(self, site, asked):
        right = super().lists(site, asked)
        if not self.column_at(site, asked.path):
            return right
        control = "<p><a href='javascript:;' onclick=\"location.assign(this.title)\" title='/gone.html'>下一页</a></p>"
        return replace(right, body=right.body.replace(b"</body>", control.encode() + b"</body>"))


@needs_browser
def test_a_control_that_leads_to_another_page_loses_nothing(tmp_path):
    dialect = Away()
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        portal.site.columns = portal.site.columns[:1]
        portal.site.articles[:] = [a for a in portal.site.articles if a.column == "townships"]
        recorder = walk(tmp_path, portal)
    assert recorder.walks[0].counts["entries"] == 42
    drawn = next(d for d in recorder.drawings if d.url.endswith(XZ)).payload.decode()
    assert "data-gongkai-turned" not in drawn


@needs_browser
def test_a_list_that_goes_on_is_not_taken_for_whole(tmp_path, monkeypatch):
    monkeypatch.setattr("crawler.turning.MOST_TURNS", 1)
    dialect = ScriptedPages()
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        portal.site.columns = portal.site.columns[:1]
        portal.site.articles[:] = [a for a in portal.site.articles if a.column == "townships"]
        recorder = walk(tmp_path, portal, RETRY_TIMES=0)
    assert recorder.walks[0].stop == "fault"
    assert "goes on after 1 turns" in recorder.failures[0].message


@needs_browser
def test_a_page_leads_the_browser_nowhere_else(tmp_path, portal, dialect):
    with SamplePortal(dialect.site(), answer=dialect.answer) as other:
        elsewhere = [other.url("/"), other.url("/").replace("127.0.0.1", "localhost")]
        type(dialect).traps = (*elsewhere, "http://169.254.169.254/latest/", "http://www.example.org/hm.js")
        try:
            portal.site.fail("/moved", faults.redirect(other.url("/")))
            type(dialect).traps += (portal.url("/moved"),)
            recorder = walk(tmp_path, portal)
        finally:
            type(dialect).traps = ()
        assert other.fetched() == []
    assert recorder.walks[0].stop == "end"


@needs_browser
@pytest.mark.parametrize(("fault", "status"), [(faults.status(404), 404), (faults.challenge, 521)])
def test_what_a_browser_cannot_see(tmp_path, portal, fault, status):
    portal.site.fail(XZ, fault)
    recorder = walk(tmp_path, portal, RETRY_TIMES=0)
    assert recorder.walks[0].stop == "fault"
    assert {d.status for d in recorder.drawings} == {status}
    assert portal.fetched().count(XZ) <= browser.MOST_LOADS


@needs_browser
def test_a_page_that_does_not_come(tmp_path, portal):
    portal.site.fail(XZ, faults.hang(5))
    recorder = walk(tmp_path, portal, RETRY_TIMES=0, DOWNLOAD_TIMEOUT=1)
    assert [(f.url, f.kind) for f in recorder.failures] == [(portal.url(XZ), "timeout")]
    assert recorder.walks[0].stop == "fault"


@needs_browser
def test_private_addresses_need_leave_here_too(tmp_path, portal):
    name = portal.host.replace("127.0.0.1", "localhost")
    recorder = walk(
        tmp_path, portal, {**BROWSER, "allow_private: true": "allow_private: false", portal.host: name}
    )
    assert portal.fetched() == []
    assert {f.kind for f in recorder.failures} == {"address_guard"}


def drawn(**more):
    column = Column(id="xz", url="http://www.x.gov.cn/nb/", kinds=("township",))
    return Portal(
        id="x",
        name="青禾县",
        division="990101",
        hosts=("www.x.gov.cn",),
        columns=(column,),
        browser=True,
        **more,
    )


@pytest.mark.parametrize(
    ("url", "kind", "aborted"),
    [
        ("http://www.x.gov.cn/api?c=1", "xhr", False),
        ("https://www.x.gov.cn/a.js", "script", False),
        ("http://www.x.gov.cn/a.png", "image", True),
        ("http://hm.baidu.com/hm.js", "script", True),
        ("http://10.0.0.1/", "document", True),
        ("ftp://www.x.gov.cn/a", "document", True),
        ("file:///etc/passwd", "document", True),
    ],
)
def test_which_requests_of_a_page_are_made(url, kind, aborted):
    request = Mock(url=url, resource_type=kind)
    request.is_navigation_request.return_value = False
    assert browser.PageGuard([drawn()])(request) is aborted


def test_the_extra_is_named_where_it_is_missing(monkeypatch):
    monkeypatch.setattr(browser, "find_spec", lambda _: None)
    with pytest.raises(Fault, match=r"gongkai\[browser\]"):
        browser.executable()


def test_the_browser_is_named_where_it_is_missing(monkeypatch):
    monkeypatch.setattr(browser, "find_spec", lambda _: object())
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(Fault, match="GONGKAI_BROWSER"):
        browser.executable()
