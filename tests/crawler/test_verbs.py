import json
import os
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from archive.captures.recorder import open_recorder
from archive.folder import Folder, writing
from crawler.demo import faults
from crawler.demo.county import yingchuan
from crawler.demo.dialects import DIALECTS
from crawler.demo.portal import SamplePortal
from crawler.verbs import crawl, inspect
from tests.crawler.running import register
from tests.parsers import shared

XZ = "/zfxxgk/nb/xz/"


@pytest.fixture
def portal():
    with SamplePortal(yingchuan()) as portal:
        yield portal


def command(*arguments: str, archive, **more):
    environment = {**os.environ, "GONGKAI_ARCHIVE": str(archive)}
    module = ["-m", "scrapy"] if arguments[0] == "scrapy" else ["-c", "from crawler.cli import main; main()"]
    call = [sys.executable, *module, *arguments[arguments[0] == "scrapy" :]]
    return subprocess.Popen(
        call, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **more
    )


def run(*arguments: str, archive):
    with command(*arguments, archive=archive) as process:
        out, err = process.communicate(timeout=60)
    return process.returncode, out, err


def test_crawl(tmp_path, portal):
    register(tmp_path, portal)
    status, out, err = run("crawl", "yingchuan", archive=tmp_path)
    assert (status, err) == (0, "")
    cells = next(line.split() for line in out.splitlines() if "townships" in line)
    assert cells == ["yingchuan/townships", "1", "6", "6", "6", "0", "6", "4", "0", "total"]
    with open_recorder(tmp_path, wait=5) as recorder:
        assert len(recorder.earlier.known("yingchuan", "townships")) == 6


def test_a_column_that_could_not_be_seen(tmp_path, portal):
    register(tmp_path, portal)
    portal.site.fail(XZ, faults.challenge)
    status, out, err = run("crawl", "yingchuan", archive=tmp_path)
    assert (status, out.split()[-1]) == (1, "fault")
    assert "challenge" in err


def test_scrapy_crawl_is_the_same_crawl(tmp_path, portal):
    register(tmp_path, portal)
    status, _, _ = run("scrapy", "crawl", "column", "-a", "portal=yingchuan", archive=tmp_path)
    assert status == 0
    assert len([p for p in portal.fetched() if p.endswith(".html")]) == 6
    assert [path.suffix for path in (tmp_path / "warc").iterdir()] == [".gz"]


def _pages(paths):
    return len([path for path in paths if path.endswith(".html")])


def test_an_interrupted_crawl_keeps_what_came_and_is_gone_on_with(tmp_path, portal):
    register(tmp_path, portal)
    slow = portal.site.address("月牙镇", 2023)
    portal.site.fail(slow, faults.hang(2))
    with command("crawl", "yingchuan", archive=tmp_path) as process:
        until = time.monotonic() + 20
        while (slow not in portal.fetched() or _pages(portal.fetched()) < 4) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.3)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "cut short" in err
    portal.site.heal(slow)
    before = len(portal.fetched())
    status, out, _ = run("crawl", "yingchuan", archive=tmp_path)
    assert status == 0
    again = portal.fetched()[before:]
    assert XZ in again
    assert slow in again
    assert 0 < _pages(again) < 6
    assert len([line for line in out.splitlines() if "total" in line]) == 1


def test_unknown_portals(tmp_path, portal):
    register(tmp_path, portal)
    status, _, err = run("crawl", "yinchuan", archive=tmp_path)
    assert (status, err) == (2, "gongkai: no portal is called yinchuan; did you mean yingchuan?\n")
    assert CliRunner().invoke(crawl.command, []).exit_code == 2


def test_an_archive_that_is_held(tmp_path, portal):
    register(tmp_path, portal)
    with writing(Folder(tmp_path)):
        status, _, err = run("crawl", "yingchuan", archive=tmp_path)
    assert status == 5
    assert "another command" in err
    assert portal.fetched() == []


def invoke(*arguments: str):
    result = CliRunner().invoke(inspect.command, arguments, catch_exceptions=False)
    return result.stdout


def test_inspect_a_file():
    source = str(shared.path("samples", "list_engebei.html"))
    seen = json.loads(invoke(source, "--url", "http://egb.example/xxgk/nb/", "--json"))
    assert list(seen) == ["family", "fingerprint", "page_class", "entries", "next"]
    assert (seen["family"], seen["fingerprint"], seen["page_class"]) == ("trs", "countPage", "list")
    assert seen["entries"][0] == {
        "title": "鄂尔多斯市2019年政府信息公开工作年度报告",
        "url": "http://egb.example/xxgk/nb/202009/t20200903_2748784.html",
        "published_on": "2020-09-03",
        "verdict": "report",
    }
    assert seen["next"] == [{"method": "GET", "url": "http://egb.example/xxgk/nb/index_1.html", "form": {}}]


@pytest.mark.parametrize("fault", [None, faults.gzipped, faults.gbk, faults.times(1, faults.redirect(XZ))])
def test_inspect_an_address(portal, fault):
    if fault:
        portal.site.fail(XZ, fault)
    seen = json.loads(invoke(portal.url(XZ), "--json"))
    assert (seen["page_class"], len(seen["entries"])) == ("list", 6)


def test_inspect_shows_the_body_of_a_json_interface():
    dialect = DIALECTS["epoint"]
    with SamplePortal(dialect.site(), answer=dialect.answer) as portal:
        url = portal.url("/js/webBuilderCommon.js?categorynum=002005803&deptcode=")
        [asked] = json.loads(invoke(url, "--json"))["next"]
        assert asked["json"] in invoke(url)
    assert (asked["method"], asked["form"]) == ("POST", {})
    assert json.loads(asked["json"])["pageIndex"] == 0


def test_inspect_says_what_a_page_is_to_people(portal):
    portal.site.fail(XZ, faults.challenge)
    assert invoke(portal.url(XZ)) == "family unknown, class challenge (HTTP 521 with a script)\n"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("nothing.html", "No such file"),
        ("http://127.0.0.1:9/", "refused"),
        ("ftp://127.0.0.1/a", "No such file"),
    ],
)
def test_inspect_what_cannot_be_read(tmp_path, source, said):
    status, _, err = run("inspect", source, archive=tmp_path)
    assert status == 4
    assert said in err
