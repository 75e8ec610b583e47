"""A portal of the registry searched again: what moved, what is away, what was not seen."""

from dataclasses import replace
from datetime import date

import pytest

from crawler.demo import faults
from crawler.demo.county import qinghe
from crawler.demo.entries import Column
from crawler.demo.home import Home
from crawler.demo.responses import Response
from crawler.demo.site import Site
from crawler.discovery.comparison import compare
from crawler.discovery.making import propose
from crawler.registry import check
from tests.crawler.discovery.searching import BASE, plain, recorded, search


def again(site, answer=plain, **more):
    """The portal of `site` as recorded before it changed, searched again."""
    portal = recorded(qinghe())
    done, asked = search(answer, site, recorded=portal.columns, **more)
    return portal, done, asked


def test_columns_of_the_record_are_looked_at_first():
    _, done, asked = again(qinghe(), Home(plain, Site.path, "section"))
    assert done.trouble == []
    assert asked[1] == "/zfxxgk/nb/xz/"
    assert [found.link.witnesses for found in done.found] == [("in the record",)] * 2


def compared(portal, done, inputs):
    proposal = propose(done)
    differences = compare(portal, done, proposal, inputs)
    return {d.column: d for d in differences}, check(proposal.record, portal.id, "new record")


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "2025-01-20T04:00:00Z")


def moved(site, path="/gk/2025/xz/"):
    site.columns = tuple(replace(c, path=path) if c.id == "townships" else c for c in site.columns)
    return site


def test_nothing_changed(inputs):
    portal, done, _ = again(qinghe())
    differences, record = compared(portal, done, inputs)
    assert {d.state for d in differences.values()} == {"unchanged"}
    assert record == portal


def test_a_column_that_moved_keeps_its_id_and_both_addresses(inputs):
    portal, done, _ = again(moved(qinghe()))
    differences, record = compared(portal, done, inputs)
    assert (differences["townships"].state, differences["departments"].state) == ("moved", "unchanged")
    column = record.columns[0]
    assert (column.id, column.url) == ("townships", f"{BASE}/gk/2025/xz/")
    assert column.moved_from == (f"{BASE}/zfxxgk/nb/xz/",)
    assert record.units == portal.units


def test_a_column_that_redirects(inputs):
    site = moved(qinghe())
    site.redirects["/zfxxgk/nb/xz/"] = "/gk/2025/xz/"
    portal, done, _ = again(site)
    differences, record = compared(portal, done, inputs)
    assert differences["townships"].said.startswith("redirects")
    assert record.columns[0].moved_from == (f"{BASE}/zfxxgk/nb/xz/",)


REFRESH = b'<html><head><meta http-equiv="refresh" content="0;url=/"></head><body></body></html>'


@pytest.mark.parametrize("fault", [faults.redirect("/"), lambda _: Response(REFRESH)], ids=["http", "page"])
def test_a_column_that_leads_to_the_front_page_is_away(inputs, fault):
    site = qinghe()
    site.fail("/zfxxgk/nb/xz/", fault)
    portal, done, _ = again(site)
    differences, record = compared(portal, done, inputs)
    assert differences["townships"].state == "away"
    assert "front page" in differences["townships"].said
    assert record == portal


def test_an_old_list_that_stays_while_the_new_years_stand_elsewhere(inputs, monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "2025-02-10T04:00:00Z")
    site = qinghe()
    site.columns += (Column("new", "2024年乡镇政府信息公开年报", "/gk/nb2024/", ("township", "subdistrict")),)
    for article in [a for a in site.articles if a.unit == "白鹭镇" and a.report.year == 2023]:
        report = replace(article.report, year=2024)
        title = article.title.replace("2023", "2024")
        more = {"unit": "望星镇", "report": report}
        for name in ("白鹭镇", "望星镇", "云杉乡"):
            site.add("new", title.replace("白鹭镇", name), date(2025, 1, 20), **more)
    portal, done, _ = again(site)
    differences, record = compared(portal, done, inputs)
    assert (differences["townships"].state, differences["departments"].state) == ("continued", "quiet")
    by_id = {c.id: c for c in record.columns}
    assert by_id["townships"].years == (2021, 2022, 2023)
    assert (by_id["townships-2024"].url, by_id["townships-2024"].years) == (f"{BASE}/gk/nb2024/", (2024,))


def test_a_column_gone_and_found_nowhere_is_away_and_stays_in_the_record(inputs):
    site = qinghe()
    site.columns = site.columns[1:]
    portal, done, _ = again(site)
    differences, record = compared(portal, done, inputs)
    assert differences["townships"].state == "away"
    assert "gone" in differences["townships"].said
    assert "pages were looked at" in differences["townships"].said
    assert record == portal


@pytest.mark.parametrize("fault", [faults.challenge, faults.status(503)])
def test_a_column_that_we_are_kept_from_seeing_has_not_moved(inputs, fault):
    site = qinghe()
    site.columns += (replace(site.columns[0], id="copy", path="/gk/xz/"),)
    site.articles += [replace(a, column="copy", number=a.number + 7000) for a in site.articles if a.report]
    site.fail("/zfxxgk/nb/xz/", fault)
    portal, done, _ = again(site)
    differences, record = compared(portal, done, inputs)
    assert differences["townships"].state == "unseen"
    assert record.columns[0].url == f"{BASE}/zfxxgk/nb/xz/"
