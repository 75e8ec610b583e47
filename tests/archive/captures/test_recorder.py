"""What the recorder knows of earlier crawls."""

from datetime import date

import pytest

from archive.captures.recorder import Recorder
from archive.folder import Folder
from crawler.demo.county import qinghe
from crawler.demo.faults import challenge
from parsers.errors import Fault
from tests.archive.captures.test_warc import exchange
from tests.archive.simulated import BASE, SimulatedCrawl, at


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


def unfinished(folder, now):
    with at(now), Recorder(folder, worker=False) as recorder:
        return recorder.earlier.unfinished("qinghe", "townships", [BASE.partition("//")[2]], recorder.now())


def test_a_finished_walk_leaves_nothing_to_go_on_with(folder):
    SimulatedCrawl(folder, qinghe(), "2025-02-06T01:00:00Z")
    assert unfinished(folder, "2025-02-06T02:00:00Z") == set()


def test_an_unfinished_walk_is_gone_on_with_for_a_day(folder):
    site = qinghe()
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z", unfinished={"townships"})
    assert BASE + site.address("白鹭镇", 2023) in unfinished(folder, "2025-02-06T02:00:00Z")
    assert unfinished(folder, "2025-02-07T02:00:00Z") == set()


def test_what_was_not_seen_clearly_is_asked_for_again(folder):
    site = qinghe()
    blocked, without_file = site.address("白鹭镇", 2023), site.address("银杏街道", 2023)
    (file,) = site.attachments("银杏街道", 2023)
    site.fail(blocked, lambda right: challenge(right).__class__(challenge(right).body, 200))
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z", unfinished={"townships"}, dead={file})
    have = unfinished(folder, "2025-02-06T02:00:00Z")
    assert BASE + site.address("芦花镇", 2023) in have
    assert BASE + blocked not in have
    assert BASE + without_file not in have


def test_known_are_the_reports_that_earlier_walks_listed(folder):
    site = qinghe()
    notice = site.path(site.articles[-2])
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    site.drop("听泉乡", 2021)
    dropped = qinghe().address("听泉乡", 2021)
    site.publish("白鹭镇", 2024, date(2025, 2, 7))
    with at("2025-02-08T01:00:00Z"), Recorder(folder, worker=False) as recorder:
        known = recorder.earlier.known("qinghe", "townships")
    assert BASE + dropped in known
    assert BASE + site.address("白鹭镇", 2024) not in known
    assert BASE + notice not in known


def test_an_answer_that_comes_after_the_end_is_written_nowhere(folder):
    with Recorder(folder, worker=False) as recorder:
        recorder.exchange(exchange("http://portal.example/1"))
    with pytest.raises(Fault, match="the archive was released"):
        recorder.exchange(exchange("http://portal.example/2", payload=b""))
    assert len(folder.warcs()) == 1
