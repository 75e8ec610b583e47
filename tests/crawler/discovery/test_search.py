"""The search for columns, without a network: every family, every way from a home page, what moved, what was not
seen."""

from dataclasses import replace
from datetime import date

import pytest

from archive.register.divisions import below, division
from crawler.demo import faults
from crawler.demo.county import qinghe
from crawler.demo.dialects import DIALECTS
from crawler.demo.entries import Unit
from crawler.demo.home import WAYS, Home, by_unit, by_year
from crawler.demo.responses import Response
from crawler.demo.site import Site
from crawler.discovery.batch import review
from crawler.discovery.ground import Ground
from crawler.discovery.making import propose
from crawler.discovery.proposal import write_whole
from crawler.discovery.search import Search
from crawler.registry import Portal, check
from parsers.portals.discovery import identity
from parsers.portals.discovery_marks import GUESSES
from tests.crawler.discovery.searching import BASE, NOW, plain, recorded, search


@pytest.fixture(autouse=True)
def _clock(monkeypatch):
    monkeypatch.setenv("GONGKAI_NOW", "2025-01-20T04:00:00Z")


def proposed(done) -> Portal:
    proposal = propose(done)
    return check(proposal.record, "qinghe", "proposed")


def columns(portal):
    return {identity(c.url): (set(c.kinds), c.years) for c in portal.columns}


def articles(site, address, asked):
    return {address(site, a) for a in site.articles} & set(asked)


WHOLE = {name: dialect for name, dialect in DIALECTS.items() if name != "vsb_years"}


@pytest.mark.parametrize("dialect", WHOLE.values(), ids=WHOLE)
def test_every_family_s_columns_are_found_and_walked(dialect):
    site = dialect.site()
    done, asked = search(Home(dialect.answer, dialect.address, "section"), site)
    portal = proposed(done)
    assert columns(portal) == columns(recorded(site))
    assert {c.family for c in portal.columns} == {dialect.family}
    assert {(u.name, u.kind) for u in portal.units} == {(u.name, u.kind) for u in site.units}
    assert (portal.name, portal.division, portal.first_year) == (site.name, site.division, site.first_year)
    assert done.trouble == []
    assert articles(site, dialect.address, asked) == set()
    wanted = {c.id: sum(a.column == c.id for a in site.articles) for c in site.columns}
    assert {column.id: column.entries for column in propose(done).seen} == wanted


def test_lists_by_year_below_a_column_are_columns_with_years():
    dialect = DIALECTS["vsb_years"]
    site = dialect.site()
    done, _ = search(Home(dialect.answer, dialect.address, "section"), site)
    found = columns(proposed(done))
    assert found == {
        f"{address.removesuffix('.htm')}/a{year + 1}.htm": (kinds, (year,))
        for address, (kinds, _) in columns(recorded(site)).items()
        for year in (2021, 2022, 2023)
    }


@pytest.mark.parametrize("way", [way for way in WAYS if way != "blocked"])
@pytest.mark.parametrize("name", ["trs", "jpage", "vsb_form", "gkmlpt"])
def test_every_way_leads_to_the_columns(name, way):
    dialect = DIALECTS.get(name)
    site, answer, address = (
        (dialect.site(), dialect.answer, dialect.address) if dialect else (qinghe(), plain, Site.path)
    )
    done, asked = search(Home(answer, address, way), site)
    assert columns(proposed(done)) == columns(recorded(site))
    assert len(articles(site, address, asked)) <= (2 if way.startswith("search") else 0)
    assert len(asked) <= 25
    because = {witness for column in propose(done).seen for witness in column.because}
    assert any("link" in witness or "below" in witness or "breadcrumb" in witness for witness in because)


def test_a_blocked_home_page_is_said_and_nothing_is_made_up():
    done, asked = search(Home(plain, Site.path, "blocked"), qinghe())
    proposal = propose(done)
    assert proposal.record is None
    assert proposal.trouble[0] == f"home page {BASE}/: challenge (HTTP 521 with a script)"
    assert proposal.trouble[1:] == [
        f"no column found; {len(asked)} of {len(asked)} addresses tried have answered"
    ]


def test_a_place_that_does_not_answer_is_not_tried_at_every_address():
    under_way = Search(Ground(id="qinghe", hosts=("www.qinghe.example",)), f"{BASE}/", NOW)
    assert under_way.failed(under_way.begin(), "no such host") is None
    assert propose(under_way).trouble == [
        f"home page {BASE}/: no such host",
        "no column found; 0 of 1 addresses tried have answered",
    ]


def test_a_home_page_that_does_not_answer_over_https_is_tried_without():
    home = "https://www.qinghe.example/"
    under_way = Search(Ground(id="qinghe", hosts=("www.qinghe.example",)), home, NOW)
    step = under_way.failed(under_way.begin(), "connection reset")
    assert step.request.url == "http://www.qinghe.example/"
    assert under_way.failed(step, "connection reset") is None


def test_behind_a_blocked_home_page_columns_are_looked_for_where_they_often_stand():
    done, _ = search(Home(plain, Site.path, "known_slug"), qinghe())
    assert done.trouble == [f"home page {BASE}/: challenge (HTTP 521 with a script)"]
    assert len(done.found) == 2


def test_a_column_split_by_year_has_its_years():
    site = by_year(qinghe())
    done, _ = search(plain, site)
    assert columns(proposed(done)) == columns(recorded(site))
    assert [c.id for c in proposed(done).columns] == ["reports-2021", "reports-2022", "reports-2023"]


def test_a_year_in_a_folder_s_name_is_not_believed_against_the_titles():
    site = by_year(qinghe())
    site.columns = tuple(replace(c, name=f"{c.years[0] + 1}年") for c in site.columns)
    done, _ = search(plain, site)
    assert [c.years for c in proposed(done).columns] == [(2021,), (2022,), (2023,)]


def test_a_column_split_by_unit_is_one_column_that_is_walked_with_its_parts():
    site = by_unit(qinghe())
    done, asked = search(plain, site)
    (column,) = proposed(done).columns
    assert (column.url, column.kinds) == (f"{BASE}/zfxxgk/nb/", ("township", "subdistrict"))
    assert propose(done).seen[0].reports == 36
    assert len(asked) == len(set(asked)) == 14


def test_the_newest_of_all_columns_on_one_page_is_no_column_of_its_own():
    site = qinghe()
    newest = [a for a in site.articles if a.report][-20:]
    rows = "".join(
        f'<li><a href="{site.path(a)}">{a.title}</a><span>{a.published_on}</span></li>' for a in newest
    )
    links = "".join(f'<a href="{c.path}">{c.name}</a>' for c in site.columns)
    page = f"<html><head><title>政府信息公开年报</title></head><body>{links}<ul>{rows}</ul></body></html>"

    def answer(site, asked):
        return Response(page.encode()) if asked.path == "/zfxxgk/nb/" else plain(site, asked)

    assert columns(proposed(search(answer, site)[0])) == columns(recorded(site))


def test_a_year_that_no_report_can_be_of_does_not_stand_in_the_record():
    site = qinghe()
    site.add("townships", "白鹭镇人民政府2002年政府信息公开工作年度报告", date(2024, 1, 10))
    done, _ = search(plain, site)
    assert proposed(done).first_year == 2021
    assert propose(done).seen[0].years == [2021, 2022, 2023]


def test_a_stranger_in_a_column_does_not_make_it_host_his_kind():
    site = qinghe()
    site.add("townships", "青禾县财政局2024年政府信息公开工作年度报告", date(2025, 1, 10))
    done, _ = search(plain, site)
    assert columns(proposed(done)) == columns(recorded(site))


def test_sections_are_not_followed_without_end():
    def answer(site, asked):
        links = "".join(f'<a href="/s{n}/">政府信息公开</a>' for n in range(30))
        return Response(f"<html><body>{links}</body></html>".encode())

    done, asked = search(answer, qinghe())
    assert len([path for path in asked if path not in GUESSES]) <= 8
    assert not done.found


def test_a_menu_of_columns_is_no_column():
    dialect = DIALECTS["vsb_form"]  # its columns' addresses look like articles'
    done, _ = search(Home(dialect.answer, dialect.address, "section"), dialect.site())
    assert all("list.jsp" in found.url for found in done.found)


def test_a_column_without_reports_is_said():
    site = qinghe()
    site.empty("townships")
    done, _ = search(plain, site)
    assert [c.id for c in propose(done).seen] == ["departments"]
    assert any("/zfxxgk/nb/xz/" in said and "shows no entries" in said for said in done.trouble)


def test_what_the_budget_left_out_is_said():
    done, asked = search(plain, qinghe(), looks=3)
    assert len([path for path in asked if "index_" not in path]) == 3
    assert any("budget" in said for said in done.trouble)


def test_lists_are_walked_within_a_budget_too():
    done, asked = search(plain, qinghe(), lists_left=1)
    assert len([path for path in asked if "index_" in path]) == 1
    notes = propose(done).trouble
    assert any(
        "/zfxxgk/nb/xz/: its list was not seen to its end" in note and "spent" in note for note in notes
    )
    assert proposed(done).units == ()


def test_units_that_stopped_reporting_are_not_proposed_as_expected():
    site = qinghe()
    for year in (2022, 2023):
        site.drop("雁影乡", year)
    done, _ = search(plain, site)
    assert "雁影乡" not in {u.name for u in proposed(done).units}
    assert any("雁影乡" in note and "2021" in note for note in propose(done).trouble)


def test_units_of_a_list_not_seen_to_its_end_are_not_proposed():
    site = qinghe()
    site.fail("/zfxxgk/nb/xz/index_2.html", faults.challenge)
    done, _ = search(plain, site)
    assert {u.kind for u in proposed(done).units} == {"department"}
    assert any("township" in note and "not seen to its end" in note for note in propose(done).trouble)


def test_nothing_off_the_ground_is_asked_for_and_copies_are_not_believed():
    site = qinghe()
    page = '<a href="http://qinghe.example.com/nb/">政府信息公开年报</a><a href="http://www.x.gov.cn/nb/">年报</a>'

    def answer(site, asked):
        return Response(f"<html><body>{page}</body></html>".encode())

    done, _ = search(answer, site)
    assert done.ground.elsewhere == {"www.x.gov.cn"}
    assert not done.found


UPPER = "http://www.yunmeng.gov.cn/zfxxgk/xqnb/"


def on_the_upper_portal(place):
    rows = "".join(
        f'<li><a href="./2024{n:02}/t202401{n}_88{n}.html">{place}{unit}2023年政府信息公开工作年度报告</a>'
        f"<span>2024-01-{n}</span></li>"
        for n, unit in enumerate(("白鹭镇人民政府", "财政局", "石榴街道办事处"), 11)
    )
    text = f"<html><head><title>县区政府信息公开年报</title></head><body><ul>{rows}</ul></body></html>"
    return {UPPER: text.encode()}


@pytest.mark.parametrize(("place", "ours"), [("青禾县", True), ("萤川县", False)])
def test_a_column_on_the_upper_portal_is_taken_where_it_names_the_place(place, ours):
    head = '<meta name="SiteName" content="青禾县人民政府门户网站">'
    home = f'<html><head>{head}</head><body><a href="{UPPER}">政府信息公开年报</a></body></html>'
    done, _ = search(lambda site, asked: Response(home.encode()), qinghe(), others=on_the_upper_portal(place))
    assert [found.url for found in done.found] == ([UPPER] if ours else [])
    if ours:
        assert propose(done).record["hosts"] == ["www.qinghe.example", "www.yunmeng.gov.cn"]
    else:
        assert any("stands on another portal" in said for said in done.trouble)


def test_a_home_page_without_links_may_be_drawn_by_scripts():
    done, _ = search(
        lambda site, asked: Response(b"<html><body><div id='app'></div></body></html>"), qinghe()
    )
    assert "scripts may draw it" in done.trouble[0]


def test_the_official_table_names_the_units_and_says_who_is_lacking(inputs):
    code = "230521"
    officials = [d for d in below(code) if d.expected == "yes"]
    *reporting, lacking = [Unit(d.name, d.kind, d.code) for d in officials[:6]]
    site = replace(qinghe(), name=division(code).name, division=code, units=tuple(reporting), articles=[])
    site.columns = site.columns[:1]
    site.add_year(2023)
    site.add("townships", "新设镇2023年政府信息公开工作年度报告", date(2024, 1, 20))
    proposal = propose(search(plain, site)[0])
    assert proposal.record["name"] == site.name
    assert proposal.record["units"] == []
    assert set(proposal.seen[0].units) == {unit.name for unit in reporting} | {"新设镇"}
    assert any("新设镇 is not in the official table" in note for note in proposal.trouble)
    (inputs / "proposals").mkdir()
    write_whole(inputs / "proposals" / "qinghe.yaml", proposal.as_yaml())
    (row,) = review(inputs / "proposals", inputs)
    assert row["units_expected"] == len(officials)
    assert lacking.name in row["units_lacking"]
    assert not {unit.name for unit in reporting} & set(row["units_lacking"])


def test_a_search_that_only_a_script_can_ask_is_said():
    dialect = DIALECTS["vsb"]
    done, _ = search(Home(dialect.answer, dialect.address, "search_silent"), dialect.site())
    assert not done.found
    assert any("search (field q) answers to a script only" in said for said in done.trouble)


def test_a_search_whose_answer_names_no_report_is_said():
    dialect = DIALECTS["vsb"]
    site = dialect.site()
    site.articles = [a for a in site.articles if not a.report]
    done, _ = search(Home(dialect.answer, dialect.address, "search"), site)
    assert any("/so/s" in said and "a script may draw its answer" in said for said in done.trouble)
