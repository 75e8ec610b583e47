"""What is given by hand: a report stands for its unit, what is none stands in nobody's way."""

import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from archive import clock
from archive.folder import Folder
from archive.history import query
from archive.history.query import asked, state
from crawler.cli import gongkai
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl, at

NOW = "2025-02-09T02:00:00Z"
NOTICE = "关于召开全县春季造林动员会的通知"
PAGE = (
    f"<html><title>{NOTICE}</title><body><h1>{NOTICE}</h1><p>定于三月五日开会，请准时参加。</p></body></html>"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = Folder(tmp_path_factory.mktemp("given") / "archive").create()
    site = yingchuan()
    site.publish("月牙镇", 2024, date(2025, 1, 10))
    site.publish("苇塘街道", 2024, date(2025, 1, 10))
    SimulatedCrawl(folder, site, "2025-01-20T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-09T01:00:00Z")
    return folder


@pytest.fixture
def give(made, tmp_path):
    folder = Folder(shutil.copytree(made.root, tmp_path / "archive"))

    def call(data):
        path = tmp_path / "given.html"
        path.write_bytes(data)
        with at(NOW):
            url = ("--url", "http://www.example.org/x.html", "--seen-at", "2025-02-08", "--by", "张三")
            done = CliRunner().invoke(
                gongkai, ["--archive", str(folder.root), "ingest", str(path), *url], catch_exceptions=False
            )
            with asked(folder, clock.now()) as of:
                rows = {(row["name"], row["year"]): row for row in query.ledger(of)}
            return done, rows, state(folder, clock.now()).undecided

    return call


def test_a_page_that_is_no_report_is_said_and_blocks_nobody(give):
    done, rows, undecided = give(PAGE.encode())
    assert "1 file archived, 1 document read" in done.stderr
    assert "given.html: no report was read in it: " in done.stderr
    assert rows["松针乡", 2024]["presence"] == "missing"
    assert [claim for claim in undecided if "example.org" in claim.address.key] == []


def test_a_file_that_cannot_be_read_may_be_anybodys(give):
    done, rows, _ = give(b"%PDF-1.4 broken")
    assert "given.html: no report was read in it: " in done.stderr
    assert rows["松针乡", 2024]["presence"] == "unseen"
    assert any(why.startswith("nothing_undecided: ") for why in rows["松针乡", 2024]["why"])


def test_a_report_of_nobody_that_is_known_may_be_anybodys(give):
    title = "2024年政府信息公开工作年度报告"
    done, rows, _ = give(
        f"<html><title>{title}</title><body><h1>{title}</h1><p>{'一、总体情况。' * 9}</p></body></html>".encode()
    )
    assert "no report" not in done.stderr
    assert rows["松针乡", 2024]["presence"] == "unseen"
