"""`gongkai discover` over real HTTP: found, written, crawled, and found again after a move."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
import yaml

from crawler.demo import trs
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.dialects import DIALECTS
from crawler.demo.home import Home
from crawler.demo.portal import SamplePortal
from crawler.demo.record import registry_record
from crawler.demo.site import Site
from crawler.discovery.making import propose
from crawler.discovery.proposal import dump
from crawler.registry import check
from parsers.portals.discovery import identity
from tests.crawler.discovery.searching import command_here, over_http
from tests.crawler.running import FakeRecorder, crawl
from tests.crawler.test_verbs import run

FAMILIES = ("trs", "vsb_form", "jpage", "gkmlpt", "epoint_aspx", "framed")
ON_LOOPBACK = ("--allow-private", "--pace", "0")


@pytest.fixture
def gongkai(monkeypatch):
    return command_here(monkeypatch)


def plain(site, asked):
    return trs.answer(site, asked.path)


def serve(name, way="section"):
    dialect = DIALECTS.get(name)
    if dialect is None:
        return SamplePortal(qinghe(), answer=Home(plain, Site.path, way))
    return SamplePortal(dialect.site(), answer=Home(dialect.answer, dialect.address, way))


def put(folder, text, name="qinghe"):
    (folder / "inputs" / "portals").mkdir(parents=True)
    (folder / "inputs" / "portals" / f"{name}.yaml").write_text(text, encoding="utf-8")


def crawled(folder):
    recorder = FakeRecorder()
    crawl(folder, "qinghe", recorder, DOWNLOAD_TIMEOUT=30)
    walks = {walk.url: (walk.stop, walk.counts["entries"], walk.counts["reports"]) for walk in recorder.walks}
    return walks, {exchange.url for exchange in recorder.exchanges}


@pytest.mark.parametrize("name", FAMILIES)
def test_a_crawl_with_the_proposed_record_sees_what_one_with_the_portal_s_own_sees(tmp_path, name):
    with serve(name) as portal:
        recorder = FakeRecorder()
        search = over_http(portal, recorder)
        proposal = propose(search)
        found = check(proposal.record, "qinghe", "proposed")
        own = registry_record(portal.site, portal.base_url)
        assert {identity(c.url) for c in found.columns} == {
            identity(f"{portal.base_url}{c.path}") for c in portal.site.columns
        }
        assert len(recorder.exchanges) == len(portal.fetched())
        put(tmp_path / "proposed", dump(proposal.record))
        put(tmp_path / "own", own)
        assert crawled(tmp_path / "proposed") == crawled(tmp_path / "own")


def test_a_search_that_robots_forbids_is_not_asked_and_that_is_said():
    with serve("trs", "search") as portal:
        portal.site.robots = "User-agent: *\nDisallow: /so/\n"
        search = over_http(portal, FakeRecorder())
        assert not any(path.startswith("/so/") for path in portal.fetched())
        assert any("/so/s" in said and "robots" in said for said in search.trouble)
        assert not search.found


def test_nothing_is_written_without_confirmation_and_nothing_replaced_without_leave(tmp_path, gongkai):
    with serve("trs") as portal:
        call = ("discover", f"{portal.base_url}/", *ON_LOOPBACK, "--id", "qinghe")
        status, out, err = gongkai(*call, archive=tmp_path)
        assert (status, "not written" in err) == (0, True)
        assert "because link 乡镇（街道）政府信息公开年报" in err
        assert not (tmp_path / "inputs/portals/qinghe.yaml").exists()
        check(yaml.safe_load(out), "qinghe", "what was printed")
        assert gongkai(*call, "--yes", archive=tmp_path)[0] == 0
        written = (tmp_path / "inputs/portals/qinghe.yaml").read_text()
        assert yaml.safe_load(written) == yaml.safe_load(out)
        (line,) = (tmp_path / "journal.jsonl").read_text().splitlines()
        assert (json.loads(line)["portal"], set(json.loads(line)["because"])) == (
            "qinghe",
            {"townships", "departments"},
        )
        asked = len(portal.fetched())
        status, _, err = gongkai(*call, "--yes", archive=tmp_path)
        assert (status, "--replace" in err, len(portal.fetched())) == (2, True, asked)


def test_found_written_crawled_and_in_the_ledger(tmp_path, monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "2025-01-20T04:00:00Z")
    with SamplePortal(yingchuan(), answer=Home(plain, Site.path, "map")) as portal:
        call = ("discover", f"{portal.base_url}/", *ON_LOOPBACK, "--id", "yingchuan", "--yes")
        status, _, err = run(*call, archive=tmp_path)
        assert (status, "gongkai crawl yingchuan" in err) == (0, True)
        assert run("crawl", "yingchuan", archive=tmp_path)[0] == 0
        _, out, _ = run("ledger", "--year", "2023", "--as-of", "2025-01-20", "--json", archive=tmp_path)
        rows = {row["name"]: row["presence"] for row in json.loads(out)}
        assert rows == dict.fromkeys(("苇塘街道", "月牙镇", "松针乡"), "present")


def test_a_column_that_moved_is_found_again_and_both_addresses_are_kept(tmp_path, gongkai, monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "2025-02-10T04:00:00Z")
    with serve("trs") as portal:
        put(tmp_path, registry_record(portal.site, portal.base_url))
        columns = portal.site.columns
        portal.site.columns = (replace(columns[0], path="/gk/xz2025/"), *columns[1:])
        portal.site.publish("白鹭镇", 2024, date(2025, 1, 8))
        portal.site.publish("青禾县财政局", 2024, date(2025, 1, 8))
        status, out, _ = gongkai("discover", "qinghe", "--json", archive=tmp_path)
        told = json.loads(out)
        assert (status, [d["state"] for d in told["differences"]]) == (0, ["moved", "unchanged"])
        status, _, err = gongkai("discover", "qinghe", "--yes", archive=tmp_path)
        assert (status, "--replace" in err) == (2, True)
        status, out, _ = gongkai("discover", "qinghe", "--yes", "--replace", archive=tmp_path)
        assert (status, "/gk/xz2025/" in out) == (0, True)
        column = yaml.safe_load((tmp_path / "inputs/portals/qinghe.yaml").read_text())["columns"][0]
        assert column["url"] == f"{portal.base_url}/gk/xz2025/"
        assert column["moved_from"] == [f"{portal.base_url}/zfxxgk/nb/xz/"]
        assert (
            "/zfxxgk/nb/xz/" in json.loads((tmp_path / "journal.jsonl").read_text().splitlines()[-1])["was"]
        )


def test_a_column_found_nowhere_is_never_nothing(tmp_path, gongkai):
    with serve("trs") as portal:
        put(tmp_path, registry_record(portal.site, portal.base_url))
        portal.site.columns = portal.site.columns[1:]
        portal.site.articles = [a for a in portal.site.articles if a.column == "departments"]
        status, out, _ = gongkai("discover", "qinghe", archive=tmp_path)
        assert (status, "away" in out, "gone" in out) == (1, True, True)


def test_many_counties(tmp_path, gongkai):
    listed, out = tmp_path / "counties.csv", tmp_path / "proposals"
    archive = tmp_path / "archive"
    blocked = SamplePortal(yingchuan(), answer=Home(plain, Site.path, "blocked"))
    with serve("jpage") as portal, blocked, SamplePortal(yingchuan()) as third:
        lines = [
            f"qinghe,{portal.base_url}/,青禾县",
            f"blocked,{blocked.base_url}/,",
            f"third,{third.base_url}/,",
        ]
        listed.write_text("\n".join(["id,url,name", *lines]), encoding="utf-8")
        batch = ("discover", "--from", str(listed), "--out", str(out), *ON_LOOPBACK)
        status, _, err = gongkai(*batch, archive=archive)
        assert (status, "3 proposals written" in err, "[3/3]" in err) == (1, True, True)
        asked = len(portal.fetched())
        (out / "third.yaml").unlink()
        status, _, err = gongkai(*batch, archive=archive)
        assert (status, "1 proposal written" in err) == (0, True)
        assert len(portal.fetched()) == asked

    status, told, _ = gongkai("discover", "--review", str(out), "--json", archive=archive)
    rows = {row["id"]: row for row in json.loads(told)}
    assert (status, set(rows)) == (1, {"qinghe", "blocked", "third"})
    assert (rows["qinghe"]["units"], rows["qinghe"]["years"], rows["qinghe"]["reports"]) == (
        17,
        [2021, 2022, 2023],
        52,
    )
    assert rows["qinghe"]["columns"] == ["townships (jpage)", "departments (jpage)"]
    assert "challenge" in rows["blocked"]["trouble"][0]
    status, told, _ = gongkai("discover", "--review", str(out), "--csv", archive=archive)
    assert [row["id"] for row in csv.DictReader(io.StringIO(told))] == ["blocked", "qinghe", "third"]
    assert "17/?" in gongkai("discover", "--review", str(out), archive=archive)[1]

    status, _, err = gongkai("discover", "--accept", str(out), archive=archive)
    assert (status, "blocked stays" in err, "no column was found" in err) == (1, True, True)
    assert sorted(p.name for p in (archive / "inputs/portals").iterdir()) == ["qinghe.yaml", "third.yaml"]
    assert [p.name for p in out.iterdir()] == ["blocked.yaml"]
    status, _, err = gongkai(*batch, archive=archive)
    assert (status, "3 of 3 have a proposal or a record already" in err) == (0, True)


def test_the_review_counts_against_the_units_that_are_expected(tmp_path, gongkai):
    out = tmp_path / "proposals"
    with SamplePortal(yingchuan()) as portal:
        (tmp_path / "c.csv").write_text(f"id,url\nyingchuan,{portal.base_url}/\n")
        gongkai(
            "discover", "--from", str(tmp_path / "c.csv"), "--out", str(out), *ON_LOOPBACK, archive=tmp_path
        )
    units = "division,name,kind\n990102,月牙镇,township\n990102,星河镇,township\n"
    (tmp_path / "inputs/units.csv").write_text(units, encoding="utf-8")
    (row,) = json.loads(gongkai("discover", "--review", str(out), "--json", archive=tmp_path)[1])
    assert (row["units"], row["units_expected"], row["units_lacking"]) == (3, 2, ["星河镇"])


def test_no_private_address_without_leave(tmp_path, gongkai):
    with serve("trs") as portal:
        status, out, err = gongkai("discover", f"{portal.base_url}/", "--pace", "0", archive=tmp_path)
        assert (status, out, portal.fetched()) == (1, "", [])
        assert "is a private address" in err
        assert "--allow-private" in err


def test_a_proposal_without_a_division_code_is_not_accepted(tmp_path, gongkai):
    with SamplePortal(yingchuan()) as portal:
        portal.site.division = ""
        status, _, err = gongkai(
            "discover", f"{portal.base_url}/", *ON_LOOPBACK, "--id", "y", "--yes", archive=tmp_path
        )
        assert (status, "six digits" in err) == (2, True)
        more = ("--division", "990102", "--yes")
        assert (
            gongkai("discover", f"{portal.base_url}/", *ON_LOOPBACK, "--id", "y", *more, archive=tmp_path)[0]
            == 0
        )
        assert yaml.safe_load((tmp_path / "inputs/portals/y.yaml").read_text())["division"] == "990102"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("discover",), "name one URL or one PORTAL"),
        (("discover", "ftp://x.gov.cn/"), "no http or https address"),
        (("discover", "nowhere"), "no portal is called nowhere"),
        (("discover", "--from", "x.csv"), "--out DIR"),
        (("discover", "--from", "x.csv", "--out", "o"), "x.csv"),
        (("discover", "--review", "nowhere/"), "no folder of proposals"),
        (("discover", "http://x.gov.cn/", "--id", "A B"), "A B"),
    ],
)
def test_wrong_arguments(tmp_path, gongkai, arguments, said):
    status, _, err = gongkai(*arguments, archive=tmp_path)
    assert (status, said in err, "Traceback" in err) == (2, True, False)


def test_a_list_with_faults_names_them_all(tmp_path, gongkai):
    listed = tmp_path / "c.csv"
    listed.write_text("id,url,town\na,http://a.gov.cn/,\nB,x,\n")
    status, _, err = gongkai(
        "discover", "--from", str(listed), "--out", str(tmp_path / "o"), archive=tmp_path
    )
    assert (status, "c.csv:3: url" in err, "c.csv:3: id" in err) == (2, True, True)
    listed.write_text("url\nhttp://www.a.gov.cn/\nhttp://a.gov.cn/\n")
    status, _, err = gongkai(
        "discover", "--from", str(listed), "--out", str(tmp_path / "o"), archive=tmp_path
    )
    assert (status, "a stands twice" in err) == (2, True)
