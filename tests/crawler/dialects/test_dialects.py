"""Every family's sample, walked page by page through `inspect`, and by the real spider over HTTP."""

import pytest

from crawler.demo.dialects import DIALECTS
from crawler.demo.portal import SamplePortal
from parsers.portals import inspect
from parsers.portals.model import Request
from tests.crawler.running import FakeRecorder, crawl, register
from tests.crawler.strolling import BASE, ask, stroll

ENTRIES = {"townships": 42, "departments": 17}


@pytest.fixture(params=DIALECTS.values(), ids=DIALECTS)
def dialect(request):
    return request.param


def reports(dialect, site, column):
    return [a for a in site.articles if a.report and a.column == column]


@pytest.mark.parametrize("column", ENTRIES)
def test_a_column_is_walked_to_every_report_once(dialect, column):
    site = dialect.site()
    done = stroll(dialect, site, column)
    mine = reports(dialect, site, column)
    expected = {dialect.address(site, a) for a in mine}
    expected |= {dialect.file_address(site, a) for a in mine if a.attachment}
    others = [a for a in site.articles if not a.report and not a.external]
    assert expected <= set(done.asked)
    assert done.twice == []
    assert not {dialect.address(site, a) for a in others} & set(done.asked)
    assert (done.walk.stop, done.walk.messages) == (dialect.stop, [])
    assert done.walk.counts["entries"] == ENTRIES[column]
    assert done.walk.counts["failed"] == 0


def test_entries_are_read_whole(dialect):
    site = dialect.site()
    found = {e.url: e for seen in stroll(dialect, site).lists for e in seen.entries}
    for article in [a for a in site.articles if a.column == "townships" and not a.external]:
        entry = found[BASE + dialect.address(site, article)]
        assert (entry.title, entry.published_on) == (article.title, article.published_on.isoformat())
        assert (entry.verdict == "report") == (article.report is not None)


def test_the_family_is_recognised_on_lists_and_articles(dialect):
    site = dialect.site()
    lists = stroll(dialect, site).lists
    assert {seen.family for seen in lists if seen.page_class == "list"} == {dialect.family}
    assert dialect.family == "unknown" or all(seen.fingerprint for seen in lists if seen.page_class == "list")
    for article in reports(dialect, site, "townships")[:3]:
        seen = inspect(ask(dialect, site, Request(BASE + dialect.address(site, article))))
        assert (seen.family, seen.page_class) == (dialect.article_family or dialect.family, "article")
        assert (seen.title, seen.published_on) == (article.title, article.published_on.isoformat())
        files = [BASE + dialect.file_address(site, article)] if article.attachment else []
        assert [a.url for a in seen.attachments] == files


def test_a_column_that_shows_nothing_is_no_column_seen_whole(dialect):
    site = dialect.site()
    site.empty("townships")
    assert stroll(dialect, site).walk.stop in {"empty", "fault"}


def test_the_spider_walks_it_over_http(tmp_path, dialect):
    recorder = FakeRecorder()
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        register(tmp_path, portal)
        crawl(tmp_path, "qinghe", recorder, DOWNLOAD_TIMEOUT=30)  # nothing here is slow but this machine
        site = portal.site
        assert {w.column: (w.stop, w.message) for w in recorder.walks} == dict.fromkeys(
            ENTRIES, (dialect.stop, "")
        )
        assert {w.column: w.counts["entries"] for w in recorder.walks} == ENTRIES
        wanted = [a for a in site.articles if a.report]
        addresses = [dialect.address(site, a) for a in wanted]
        addresses += [dialect.file_address(site, a) for a in wanted if a.attachment]
        asked = portal.fetched()
        assert [asked.count(address) for address in addresses] == [1] * len(addresses)
        off = {dialect.address(site, a) for a in site.articles if not a.report and not a.external}
        assert not off & set(asked)
