from itertools import pairwise
from types import SimpleNamespace

import pytest
from scrapy.http import Request, TextResponse

from crawler.demo import faults
from crawler.demo.county import yingchuan
from crawler.demo.portal import SamplePortal
from crawler.demo.responses import Response
from crawler.pacing import NotAsked
from crawler.robots import Robots, RobotsRefused, rules_of
from parsers.portals.model import Page
from tests.crawler.running import FakeRecorder, crawl, reactor_loop, register

URL = "http://www.qinghe.example/robots.txt"
XZ = "/zfxxgk/nb/xz/"
RULES = b"User-agent: *\nDisallow: /search/\n"
SHUT = b"User-agent: *\nDisallow: /\n"
HTML = b"<!DOCTYPE html><html><body>" + "首页".encode() * 300 + b"</body></html>"
CHALLENGE = faults.challenge(Response(b"")).body

STATED = {
    "rules": (Page(URL, RULES, 200, "text/plain"), RULES),
    "rules that call themselves HTML": (Page(URL, RULES, 200, "text/html"), RULES),
    "with a byte order mark": (Page(URL, b"\xef\xbb\xbf" + RULES, 200), b"\xef\xbb\xbf" + RULES),
    "an empty file": (Page(URL, b"", 200), b""),
    "404": (Page(URL, HTML, 404), b""),
    "403": (Page(URL, b"", 403), b""),
    "412 without a challenge": (Page(URL, b"no", 412), b""),
    "server error": (Page(URL, b"oops", 503), None),
    "too many requests": (Page(URL, b"", 429), None),
    "HTML": (Page(URL, b"\xef\xbb\xbf\r\n " + HTML, 200), None),
    "challenge": (Page(URL, CHALLENGE, 521), None),
    "challenge with 412": (Page(URL, CHALLENGE, 412), None),
    "challenge with 200": (Page(URL, CHALLENGE, 200), None),
    "redirect off the hosts": (Page(URL, b"", 302), None),
}


@pytest.mark.parametrize(("page", "stated"), STATED.values(), ids=STATED)
def test_what_states_rules(page, stated):
    assert rules_of(page)[0] == stated
    assert bool(rules_of(page)[1]) == (stated is None)


@pytest.fixture
def small():
    with SamplePortal(yingchuan()) as portal:
        yield portal


def walk(tmp_path, portal, recorder, **changes):
    register(tmp_path, portal, **changes)
    crawl(tmp_path, portal.site.id, recorder, DOWNLOAD_TIMEOUT=0.6, RETRY_TIMES=0)
    return recorder.walks[0]


UNREAD = {
    "server error": (faults.status(500), "HTTP 500"),
    "timeout": (faults.hang(3), "Timeout"),
    "challenge": (faults.challenge, "challenge"),
    "page of HTML": (faults.error_page, "HTML"),
    "cut": (faults.cut(5), "cut"),
    "off the hosts": (faults.redirect("http://www.example.org/robots.txt"), "HTTP 302"),
}


@pytest.mark.parametrize(("fault", "said"), UNREAD.values(), ids=UNREAD)
def test_a_host_whose_robots_file_cannot_be_read_is_left_alone(tmp_path, small, fault, said):
    small.site.fail("/robots.txt", fault)
    recorder = FakeRecorder()
    end = walk(tmp_path, small, recorder)
    assert set(small.fetched()) == {"/robots.txt"}
    assert [f.url for f in recorder.failures if f.kind == "robots"] == [small.url(XZ)]
    assert end.stop == "fault"
    assert "robots.txt could not be read" in end.message
    assert said in end.message


@pytest.mark.parametrize(("fault", "said"), UNREAD.values(), ids=UNREAD)
def test_the_last_good_rules_hold(tmp_path, small, fault, said):
    small.site.fail("/robots.txt", fault)
    recorder, url = FakeRecorder(), small.url("/robots.txt")
    recorder.pages[url] = [Page(url, b"oops", 503), Page(url, RULES, 200), Page(url, SHUT, 200)]
    assert walk(tmp_path, small, recorder).stop == "total"


def test_last_good_rules_that_forbid(tmp_path, small):
    small.site.fail("/robots.txt", faults.status(502))
    recorder, url = FakeRecorder(), small.url("/robots.txt")
    recorder.pages[url] = [Page(url, SHUT, 200)]
    assert "forbidden by robots.txt" in walk(tmp_path, small, recorder).message


def test_no_robots_file_allows_everything(tmp_path, small):
    small.site.fail("/robots.txt", faults.status(404))
    assert walk(tmp_path, small, FakeRecorder()).stop == "total"


def test_a_person_may_say_that_a_page_of_html_is_no_robots_file(tmp_path, small):
    small.site.fail("/robots.txt", faults.error_page)
    assert walk(tmp_path, small, FakeRecorder(), **{"pace_": "no_robots: true\npace_"}).stop == "total"


def test_but_not_of_a_challenge(tmp_path, small):
    small.site.fail("/robots.txt", faults.challenge)
    assert walk(tmp_path, small, FakeRecorder(), **{"pace_": "no_robots: true\npace_"}).stop == "fault"


def test_the_delay_that_robots_ask_for(tmp_path, small):
    small.site.robots = "User-agent: *\nCrawl-delay: 0.1\n"
    walk(tmp_path, small, FakeRecorder())
    times = [hit.at for hit in small.hits]
    assert min(b - a for a, b in pairwise(times[1:])) > 0.09


def test_rules_that_were_put_off_are_asked_for_again():
    asked = []

    class Engine:
        async def download_async(self, request):
            asked.append(request.url)
            if len(asked) == 1:
                raise NotAsked("quiet hours")
            return TextResponse(request.url, body=b"User-agent: *\nDisallow: /zfxxgk/", request=request)

    async def twice():
        robots = Robots(SimpleNamespace(engine=Engine()))
        for refusal in (NotAsked, RobotsRefused):
            with pytest.raises(refusal):
                await robots.process_request(Request("http://www.qinghe.example/zfxxgk/nb/"))

    reactor_loop().run_until_complete(twice())
    assert len(asked) == 2
