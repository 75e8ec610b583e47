import gzip
import http.client
import re
import socket
import threading
import time
from contextlib import closing, contextmanager
from datetime import date
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from crawler.demo import faults
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.portal import SamplePortal
from crawler.demo.renderers import as_html
from crawler.demo.trs import paths

COLUMN = "/zfxxgk/nb/xz/"


@pytest.fixture
def portal():
    with SamplePortal(qinghe()) as running:
        yield running


@contextmanager
def connection(portal, timeout=5):
    with closing(http.client.HTTPConnection(portal.host, timeout=timeout)) as wire:
        yield wire


def get(portal, path, method="GET", headers=None):
    with connection(portal) as wire:
        wire.request(method, path, headers=headers or {})
        response = wire.getresponse()
        return response, response.read()


def bare(portal, method):
    """Everything that comes over the wire, head and body."""
    with closing(socket.create_connection(portal.host.split(":"), timeout=5)) as wire:
        wire.sendall(f"{method} {COLUMN} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: wire.recv(65536), b"")).partition(b"\r\n\r\n")
    return head, body


def tree(portal, path):
    return html.fromstring(get(portal, path)[1].decode())


def entries(portal, path):
    """(title, absolute URL, date) of the top-level items of a list page."""
    out = []
    for item in tree(portal, path).xpath("//ul[@class='u-list']/li"):
        link = item.xpath("./a")[0]
        out.append(
            (link.get("title"), urljoin(portal.url(path), link.get("href")), item.xpath("string(./span)"))
        )
    return out


def total_pages(portal, path):
    text = get(portal, path)[1].decode()
    total, current = re.search(r'createPageHTML\((\d+), (\d+), "index", "html"\)', text).groups()
    return int(total), int(current)


def page_paths(total):
    return [COLUMN, *(f"{COLUMN}index_{k}.html" for k in range(1, total))]


def test_it_serves_on_loopback_and_stops():
    with SamplePortal(qinghe()) as portal:
        assert portal.base_url == f"http://{portal.host}"
        assert portal.host.startswith("127.0.0.1:")
        assert get(portal, "/")[0].status == 200
    with pytest.raises(ConnectionRefusedError):
        get(portal, "/")


def test_two_portals_at_once():
    with SamplePortal(qinghe()) as one, SamplePortal(yingchuan()) as two:
        assert one.host != two.host
        assert "青禾县" in get(one, "/")[1].decode()
        assert "萤川县" in get(two, "/")[1].decode()


def test_the_column_is_paged_and_holds_every_article_once(portal):
    total, _ = total_pages(portal, COLUMN)
    assert total >= 3
    found = []
    for current, path in enumerate(page_paths(total)):
        assert total_pages(portal, path) == (total, current)
        found += entries(portal, path)
    reports = {
        portal.url(portal.site.address(unit.name, year))
        for unit in portal.site.units
        if unit.kind != "department"
        for year in portal.site.years(unit.name)
    }
    urls = [url for _, url, _ in found]
    assert len(urls) == len(set(urls))
    assert reports < set(urls)
    assert [d for *_, d in found] == sorted((d for *_, d in found), reverse=True)
    assert all(re.fullmatch(r"\d{4}/\d\d/\d\d", d) for *_, d in found)


def test_links_are_relative_to_the_folder(portal):
    links = tree(portal, COLUMN).xpath("//ul[@class='u-list']/li/a/@href")
    inner = [link for link in links if not link.startswith("http")]
    assert all(re.fullmatch(r"\./(\d{6})/t\1\d\d_\d+\.html", link) for link in inner)
    response, _ = get(portal, COLUMN.rstrip("/"))
    assert (response.status, response.headers["Location"]) == (301, COLUMN)
    assert get(portal, f"{COLUMN}index.html")[1] == get(portal, COLUMN)[1]


def test_long_titles_are_cut_and_whole_in_the_attribute(portal):
    links = tree(portal, COLUMN).xpath("//ul[@class='u-list']/li/a")
    cut = [a for a in links if a.text_content().endswith("...")]
    assert cut
    assert all(a.get("title").startswith(a.text_content()[:-3]) for a in cut)


def test_items_hold_nested_links_to_interpretations(portal):
    page = tree(portal, COLUMN)
    nested = page.xpath("//ul[@class='u-list']/li//ul/li/a/@href")
    assert nested
    for href in nested:
        path = urlsplit(urljoin(portal.url(COLUMN), href)).path
        assert path in portal.site.off_limits()
        assert get(portal, path)[0].status == 200


def test_an_entry_leads_off_the_host(portal):
    total, _ = total_pages(portal, COLUMN)
    urls = [url for path in page_paths(total) for _, url, _ in entries(portal, path)]
    assert [url for url in urls if not url.startswith(portal.base_url)] == [portal.site.elsewhere]
    assert len([url for url in urls if urlsplit(url).path in portal.site.off_limits()]) >= 4


def test_past_the_end_is_a_stub(portal):
    total, _ = total_pages(portal, COLUMN)
    for k in (total, total + 7):
        response, body = get(portal, f"{COLUMN}index_{k}.html")
        assert response.status == 200
        assert 300 <= len(body) <= 400
        assert b"u-list" not in body
    assert get(portal, f"{COLUMN}index_x.html")[0].status == 404


def test_an_article_says_what_it_is(portal):
    site = portal.site
    page = tree(portal, site.address("白鹭镇", 2022))
    report = site.report("白鹭镇", 2022)
    meta = {m.get("name"): m.get("content") for m in page.xpath("//meta[@name]")}
    assert meta["ArticleTitle"] == report.title
    assert meta["PubDate"].startswith(report.published_on.isoformat())
    assert meta["ContentSource"] == "白鹭镇人民政府"
    assert meta["ColumnName"] == "乡镇（街道）政府信息公开年报"
    assert "青禾县" in meta["SiteName"]
    body = page.xpath("string(//div[@class='TRS_Editor'])")
    plain = html.fromstring(f"<div>{as_html(report)}</div>").text_content()
    assert plain in body


def test_attachments_are_named_like_the_family_does_and_served(portal):
    site = portal.site
    suffixes = set()
    for unit in site.units:
        path = site.address(unit.name, 2023)
        links = tree(portal, path).xpath("//div[@class='attachment']//a/@href")
        assert {urlsplit(urljoin(portal.url(path), link)).path for link in links} == set(
            site.attachments(unit.name, 2023)
        )
        for link in links:
            assert re.fullmatch(r"\./P0\d{20}\.(pdf|doc)", link)
            response, body = get(portal, urlsplit(urljoin(portal.url(path), link)).path)
            assert response.status == 200
            cell = site.report(unit.name, 2023).cells()["proactive.administrative_charges.amount"]
            assert b"%PDF-1.4" in body[:9] if link.endswith("pdf") else f">{cell}</td>".encode() in body
            suffixes.add(link.rpartition(".")[2])
    assert suffixes == {"pdf", "doc"}


def test_robots_and_search(portal):
    response, body = get(portal, "/robots.txt")
    assert response.headers["Content-Type"] == "text/plain"
    assert "Disallow: /search/" in body.decode()
    assert get(portal, "/search/")[0].status == 200
    portal.site.robots = "User-agent: *\nDisallow: /\n"
    assert get(portal, "/robots.txt")[1] == b"User-agent: *\nDisallow: /\n"


def test_the_front_page_leads_to_the_columns(portal):
    found = set()
    for start in ("/", "/zfxxgk/nb/"):
        for href in tree(portal, start).xpath("//a/@href"):
            found.add(urlsplit(urljoin(portal.url(start), href)).path)
    assert {column.path for column in portal.site.columns} < found


def test_unknown_addresses_are_404(portal):
    assert get(portal, "/zfxxgk/nb/xz/202301/t20230101_1.html")[0].status == 404
    assert get(portal, "/../etc/passwd")[0].status == 404


def test_a_query_does_not_matter_for_the_page(portal):
    assert get(portal, f"{COLUMN}?from=x")[1] == get(portal, COLUMN)[1]
    assert portal.fetched() == [f"{COLUMN}?from=x", COLUMN]


def test_hits_are_recorded(portal):
    before = time.monotonic()
    get(portal, COLUMN, headers={"User-Agent": "gongkai-test"})
    get(portal, "/nowhere", method="HEAD")
    one, two = portal.hits
    assert (one.method, one.path, one.headers["user-agent"]) == ("GET", COLUMN, "gongkai-test")
    assert (two.method, two.path) == ("HEAD", "/nowhere")
    assert before <= one.at <= two.at <= time.monotonic()
    portal.forget()
    assert portal.fetched() == []


def test_the_site_changes_while_the_server_runs(portal):
    old = len(entries(portal, COLUMN))
    path = portal.site.publish("枫桥乡", 2024, on=date(2025, 2, 20))
    title, url, day = entries(portal, COLUMN)[0]
    assert (title, url, day) == (
        "枫桥乡人民政府2024年政府信息公开工作年度报告",
        portal.url(path),
        "2025/02/20",
    )
    assert len(entries(portal, COLUMN)) == old
    assert get(portal, path)[0].status == 200


def test_connections_are_kept_alive(portal):
    with connection(portal) as wire:
        for path in (COLUMN, "/nowhere", "/"):
            wire.request("GET", path)
            wire.getresponse().read()
            sock = wire.sock
        assert sock is wire.sock is not None


def test_head_has_no_body(portal):
    head, body = bare(portal, "HEAD")
    assert f"Content-Length: {len(get(portal, COLUMN)[1])}".encode() in head
    assert body == b""


def test_every_page_can_be_written_in_gbk(portal):
    for path in paths(portal.site):
        portal.site.fail(path, faults.gbk)
        response, body = get(portal, path)
        if response.status == 200 and response.headers["Content-Type"] == "text/html":
            assert b"charset=gb2312" in body
            body.decode("gbk")
    with pytest.raises(UnicodeDecodeError):
        get(portal, COLUMN)[1].decode("gb2312")


@pytest.mark.parametrize("code", [403, 404, 410, 429, 500, 503])
def test_status(portal, code):
    portal.site.fail(COLUMN, faults.status(code, **({"Retry-After": "7"} if code == 429 else {})))
    response, body = get(portal, COLUMN)
    assert response.status == code
    assert b"u-list" not in body
    assert response.headers.get("Retry-After") == ("7" if code == 429 else None)


def test_challenge(portal):
    portal.site.fail(COLUMN, faults.challenge)
    response, body = get(portal, COLUMN)
    assert response.status == 521
    assert "__jsluid_h=" in response.headers["Set-Cookie"]
    assert b"<script>" in body


def test_redirects(portal):
    for target in ("/", "http://www.example.org/x", COLUMN):
        portal.site.fail(COLUMN, faults.redirect(target))
        response, _ = get(portal, COLUMN)
        assert (response.status, response.headers["Location"]) == (302, target)


def test_gzip(portal):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.gzipped)
    response, body = get(portal, COLUMN)
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(body) < len(plain)
    assert body[4:8] == bytes(4)  # no time in it: the same bytes whenever it is asked
    assert gzip.decompress(body) == plain


def test_chunked(portal):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.chunked(100))
    response, body = get(portal, COLUMN)
    assert response.headers["Transfer-Encoding"] == "chunked"
    assert response.headers["Content-Length"] is None
    assert body == plain
    portal.site.fail(COLUMN, faults.chunked(100, finished=False))
    with pytest.raises(http.client.IncompleteRead):
        get(portal, COLUMN)


def test_gzip_and_chunked_together(portal):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.both(faults.gzipped, faults.chunked(64)))
    assert gzip.decompress(get(portal, COLUMN)[1]) == plain


def test_closed_in_the_middle(portal):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.cut(after=200))
    with pytest.raises(http.client.IncompleteRead) as caught:
        get(portal, COLUMN)
    assert caught.value.partial == plain[:200]


@pytest.mark.parametrize("difference", [50, -50])
def test_wrong_length(portal, difference):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.wrong_length(difference))
    if difference > 0:
        with pytest.raises(http.client.IncompleteRead):
            get(portal, COLUMN)
    else:
        assert get(portal, COLUMN)[1] == plain[:difference]


def test_huge(portal):
    plain = get(portal, COLUMN)[1]
    portal.site.fail(COLUMN, faults.huge(3_000_000))
    head, body = bare(portal, "GET")
    assert b"Content-Length: 3000000" in head
    assert len(body) == 3_000_000
    assert body.startswith(plain)


def test_hanging_ends_with_the_portal():
    started, threads = time.monotonic(), threading.active_count()
    with SamplePortal(qinghe()) as portal:
        portal.site.fail(COLUMN, faults.hang(seconds=60))
        with connection(portal, timeout=0.2) as wire:
            wire.request("GET", COLUMN)
            with pytest.raises(TimeoutError):
                wire.getresponse()
    assert time.monotonic() - started < 10
    assert threading.active_count() == threads


def test_dripping(portal):
    portal.site.fail("/robots.txt", faults.drip(size=20, pause_seconds=0.02))
    started = time.monotonic()
    _, body = get(portal, "/robots.txt")
    assert body.decode() == portal.site.robots
    assert time.monotonic() - started > 0.02 * (len(body) // 20)


def test_a_fault_that_passes(portal):
    portal.site.fail(COLUMN, faults.times(2, faults.status(503)))
    assert [get(portal, COLUMN)[0].status for _ in range(4)] == [503, 503, 200, 200]


def test_a_client_that_goes_away_does_no_harm(capfd):
    with SamplePortal(qinghe()) as portal:
        portal.site.fail(COLUMN, faults.huge(30_000_000))
        with connection(portal) as wire:
            wire.request("GET", COLUMN)
            wire.getresponse().read(10)
        assert get(portal, "/")[0].status == 200
    assert capfd.readouterr() == ("", "")
