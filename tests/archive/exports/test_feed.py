"""The Atom feed, the digest and what was told: of a real archive, through the verb."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner
from lxml import etree

from archive import clock
from archive.exports.feed import cell_line, digest, known_at, write_atom
from archive.folder import Folder
from archive.history.kinds import KINDS
from archive.upkeep.rebuild import rebuild
from crawler.cli import gongkai
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl, at

REED, MOON, PINE = "苇塘街道", "月牙镇", "松针乡"
NOW = "2025-02-09T02:00:00Z"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVENT = {
    "id": "0123456789abcdef",
    "kind": "revised",
    "unit": "990102001",
    "name": "苇塘街道",
    "year": 2023,
    "line": "www.example.org/a.html",
    "seen_before": None,
    "seen_at": "2025-02-06T01:00:00.000000Z",
    "confirmed_at": None,
    "message": "数字已修改",
    "cells": [],
    "captures": [],
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Two reports revised on 6 and 8 February, each confirmed two days later or more."""
    site = yingchuan()
    folder = Folder(tmp_path_factory.mktemp("feed") / "archive").create()
    SimulatedCrawl(folder, site, "2025-02-04T01:00:00Z")
    site.edit_cell(REED, 2023, "requests.received.business", 77)
    SimulatedCrawl(folder, site, "2025-02-05T20:00:00Z")  # the 6th in Beijing
    site.edit_cell(MOON, 2022, "requests.received.business", 88)
    site.edit_cell(MOON, 2022, "requests.received.research", None)
    SimulatedCrawl(folder, site, "2025-02-08T01:00:00Z")
    SimulatedCrawl(folder, site, "2025-02-09T21:00:00Z")
    return folder


@pytest.fixture
def folder(kept, tmp_path):
    """A copy that a test may write to."""
    return Folder(shutil.copytree(kept.root, tmp_path / "archive"))


def run(folder, *arguments, now="2025-02-10T02:00:00Z"):
    with at(now):
        return CliRunner().invoke(gongkai, ["--archive", str(folder.root), "changes", *arguments])


def ids(folder, *arguments):
    result = run(folder, "--json", *arguments)
    assert result.exit_code == 0, result.output
    return [(e["kind"], e["name"]) for e in json.loads(result.stdout)]


def test_since_a_day_is_what_was_seen_or_confirmed_from_then_on(kept):
    revised = ("--kind", "revised")
    assert ids(kept, *revised) == [("revised", REED), ("revised", MOON)]
    assert ids(kept, *revised, "--since", "2025-02-06") == [("revised", REED), ("revised", MOON)]
    assert ids(kept, *revised, "--since", "2025-02-08") == [("revised", REED), ("revised", MOON)]
    assert ids(kept, *revised, "--since", "2025-02-09") == [
        ("revised", MOON)
    ]  # confirmed on the 10th in Beijing
    assert ids(kept, *revised, "--since", "2025-02-10") == [("revised", MOON)]
    assert ids(kept, *revised, "--since", "2025-02-11") == []


def test_since_an_event_is_what_became_known_after_it(kept):
    every = json.loads(run(kept, "--json").stdout)
    assert len(every) >= 2
    assert [known_at(e) for e in every] == sorted(known_at(e) for e in every)
    for number, event in enumerate(every):
        after = json.loads(run(kept, "--json", "--since", event["id"]).stdout)
        assert [e["id"] for e in after] == [e["id"] for e in every[number + 1 :]]


@pytest.mark.parametrize("since", ["2025-13-01", "yesterday", "0123456789ABCDEF"])
def test_since_something_else_is_said(kept, since):
    result = run(kept, "--since", since)
    assert result.exit_code == 2
    assert f"{since} is no date like 2025-02-01, and no id of an event" in result.output


def test_since_an_unknown_event_is_said(kept):
    result = run(kept, "--since", "0" * 16)
    assert "this archive knows no such event" in str(result.exception)


def feed(path):
    tree = etree.parse(path)
    return tree, tree.xpath("a:entry", namespaces=ATOM)


def test_the_feed_is_atom(kept, tmp_path):
    path = tmp_path / "changes.xml"
    result = run(kept, "--atom", str(path))
    assert (result.exit_code, result.output) == (0, "")
    tree, entries = feed(path)
    events = {e["id"]: e for e in json.loads(run(kept, "--json").stdout)}
    assert tree.getroot().tag == f"{{{ATOM['a']}}}feed"
    for element in (tree.getroot(), *entries):  # what RFC 4287 demands of each, once
        for name in ("id", "title", "updated"):
            assert len(element.xpath(f"a:{name}", namespaces=ATOM)) == 1
        assert clock.instant(element.findtext("a:updated", namespaces=ATOM))
        assert re.match(r"tag:[\w.]+,\d{4}:\S+$", element.findtext("a:id", namespaces=ATOM))
    assert tree.xpath("a:author/a:name", namespaces=ATOM)
    told = [e.findtext("a:id", namespaces=ATOM).rpartition(":")[2] for e in entries]
    assert sorted(told) == sorted(events)
    updated = [e.findtext("a:updated", namespaces=ATOM) for e in entries]
    assert updated == sorted(updated, reverse=True)
    first = next(e for e in entries if e.findtext("a:id", namespaces=ATOM).endswith(entry_of(events, REED)))
    assert first.findtext("a:title", namespaces=ATOM) == f"{REED} 2023 年度报告：数据修改 revised"
    assert "requests.received.business（三、申请" in first.findtext("a:content", namespaces=ATOM)
    assert first.find("a:link", ATOM).get("href").startswith("http://")
    assert first.find("a:category", ATOM).get("term") == "revised"


def entry_of(events, name):
    return next(e["id"] for e in events.values() if (e["name"], e["kind"]) == (name, "revised"))


def test_the_feed_keeps_its_ids_when_the_database_is_made_again(folder, tmp_path):
    run(folder, "--atom", str(tmp_path / "before.xml"))
    with at(NOW):
        rebuild(folder)
    run(folder, "--atom", str(tmp_path / "after.xml"))
    assert (tmp_path / "before.xml").read_bytes() == (tmp_path / "after.xml").read_bytes()


def test_an_empty_feed_is_a_feed(kept, tmp_path):
    path = tmp_path / "changes.xml"
    assert run(kept, "--since", "2025-03-01", "--atom", str(path)).exit_code == 0
    tree, entries = feed(path)
    assert entries == []
    assert tree.getroot().findtext("a:updated", namespaces=ATOM).startswith("2025-02-10T02:00")


def test_a_feed_that_cannot_be_written_is_said(kept, tmp_path):
    result = run(kept, "--atom", str(tmp_path / "nowhere" / "changes.xml"))
    assert "changes.xml cannot be written" in str(result.exception)


def test_sentences_are_short_and_name_nobody():
    old, new = "联系人：张三，" + "甲" * 90, "联系人：张三，" + "乙" * 90
    line = cell_line({"path": "sections.overview", "old": old, "new": new})
    assert line.startswith("sections.overview（总体情况）：联系人：〔姓名〕，甲")
    assert len(line) < 130
    assert "→" not in cell_line({"path": "sections.overview", "old": new, "new": new})
    assert cell_line({"path": "annex.unknown", "old": "absent", "new": 3}) == "annex.unknown：无此格 → 3"


def test_what_xml_cannot_hold_and_who_is_named_do_not_reach_the_feed(tmp_path):
    said = "\x0b<b>&\x00 联系人：张三，13900001111"
    write_atom(tmp_path / "a.xml", [EVENT | {"message": said}], {}, clock.instant(NOW))
    content = feed(tmp_path / "a.xml")[1][0].findtext("a:content", namespaces=ATOM)
    assert content.splitlines()[0] == "<b>& 联系人：〔姓名〕，〔电话〕"
    assert "张三" not in digest([EVENT | {"message": said}], {}, clock.instant(NOW))


def test_the_digest_is_for_a_mail(kept):
    text = run(kept, "--digest").stdout
    events = json.loads(run(kept, "--json").stdout)
    assert text.startswith(f"公开 gongkai 2025-02-10：年报变动 {len(events)} 项\n")
    assert "【数据修改 revised】2 项" in text
    assert (
        f"{REED}（990102001）2023 年度：此前最后见到旧状 2025-02-04，首见 2025-02-06，确认 2025-02-08" in text
    )
    assert re.search(r"requests\.received\.research（三、申请 · .*）：\d+ → 空白", text)
    assert "http://www.qinghe.example/" in text


def test_what_is_told_is_chinese_and_codes_stand_beside_it(kept, tmp_path):
    run(kept, "--atom", str(tmp_path / "a.xml"))
    contents = [e.findtext("a:content", namespaces=ATOM) for e in feed(tmp_path / "a.xml")[1]]
    told = run(kept, "--digest").stdout
    assert "数字已修改" in told
    for text in (told, *contents):
        assert not re.findall(r"[A-Za-z]+ [a-z]+ [a-z]+", text)
    every = run(kept, "--json", "--kind", "first_seen").stdout
    assert {event["message"] for event in json.loads(every)} == {"首次见到"}


def test_a_kind_without_a_label_is_told_by_its_code():
    assert "【unheard_of】1 项" in digest([EVENT | {"kind": "unheard_of"}], {}, clock.instant(NOW))
    assert all(kind.zh for kind in KINDS.values())


def test_nothing_new_is_no_mail(kept):
    result = run(kept, "--digest", "--since", "2025-03-01")
    assert (result.exit_code, result.output) == (0, "")


def test_each_event_is_told_once(folder):
    first = run(folder, "--digest", "--new", "--kind", "revised")
    assert "revised】2 项" in first.stdout
    rest = json.loads(run(folder, "--new", "--json").stdout)
    assert "revised" not in {e["kind"] for e in rest}
    again = run(folder, "--digest", "--new")
    assert (again.exit_code, again.output) == (0, "")
    told = (folder.root / "told.txt").read_text().split()
    assert sorted(told) == sorted(e["id"] for e in json.loads(run(folder, "--json").stdout))


def test_what_could_not_be_told_is_told_later(folder, tmp_path):
    failed = run(folder, "--new", "--atom", str(tmp_path / "nowhere" / "changes.xml"))
    assert failed.exception
    assert "项" in run(folder, "--digest", "--new").stdout


@pytest.mark.parametrize(
    "pair", [("--json", "--digest"), ("--csv", "--atom=x.xml"), ("--digest", "--atom=x.xml")]
)
def test_one_form_at_a_time(kept, pair):
    assert "exclude each other" in str(run(kept, *pair).exception)
