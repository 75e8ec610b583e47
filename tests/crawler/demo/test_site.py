from dataclasses import replace
from datetime import date

import pytest

from crawler.demo.county import BROKEN, LATE, NEVER, qinghe, yingchuan
from crawler.demo.faults import error_page
from crawler.demo.trs import answer, paths
from parsers.forms import FORMS
from parsers.forms.identities import identities


def pages(site):
    """Every address of the site with its status and body."""
    out = {}
    for path in paths(site):
        response = answer(site, path)
        out[path] = (response.status, response.body)
    return out


def differing(before, after):
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def lists(site, column):
    path = next(c.path for c in site.columns if c.id == column)
    return {p for p in paths(site) if p.startswith(f"{path}index") or p == path}


def broken(report):
    cells = report.cells()
    return [
        i.code
        for i in identities(FORMS[report.form])
        if sum(cells[p] for p in i.left) != sum(cells[p] for p in i.right)
    ]


def test_two_counties_with_invented_codes():
    for site in (qinghe(), yingchuan()):
        assert site.division.startswith("99")
        assert len({unit.name for unit in site.units}) == len(site.units)
        hosted = {kind for column in site.columns for kind in column.kinds}
        assert {unit.kind for unit in site.units} == hosted
        for unit in site.units:
            if unit.kind == "department":
                assert unit.code is None
                continue
            assert unit.code[:6] == site.division
            last = int(unit.code[6:])
            assert (1 <= last <= 99) == (unit.name.endswith("街道")) == (unit.kind == "subdistrict")
            assert (100 <= last <= 199) == unit.name.endswith("镇")
            assert (200 <= last <= 399) == unit.name.endswith("乡")


def test_the_county_before_the_story():
    site = qinghe()
    assert 10 <= sum(unit.kind != "department" for unit in site.units) <= 14
    assert sum(unit.kind == "department" for unit in site.units) >= 4
    for unit in site.units:
        assert site.years(unit.name) == [2021, 2022, 2023]
        for year in site.years(unit.name):
            report = site.report(unit.name, year)
            assert (report.year, report.form, report.published_on.year) == (year, "2021", year + 1)
            assert report.issuer.startswith(unit.name)
            wrong = {"outcomes", "applicants"} if (unit.name, year) == (BROKEN, 2023) else set()
            assert set(broken(report)) == wrong
    names = {unit.name for unit in site.units}
    assert {BROKEN, LATE, NEVER} < names
    assert len({BROKEN, LATE, NEVER}) == 3


def test_years_follow_one_another():
    site = qinghe()
    for unit in site.units:
        for year in (2022, 2023):
            now, before = site.report(unit.name, year), site.report(unit.name, year - 1)
            assert now.requests["brought_forward"] == before.requests["carried_forward"]


def test_the_same_county_every_time():
    assert pages(qinghe()) == pages(qinghe())
    assert differing(pages(qinghe()), pages(yingchuan()))


def test_issuers_are_named_as_such_bodies_are():
    site = qinghe()
    issuers = {unit.kind: unit.issuer for unit in site.units}
    assert issuers["township"].endswith("人民政府")
    assert issuers["subdistrict"].endswith("街道办事处")
    assert issuers["department"].endswith("局")


def test_publish_late():
    site = qinghe()
    before = pages(site)
    path = site.publish(LATE, 2024, on=date(2025, 3, 5))
    after = pages(site)
    assert path.startswith("/zfxxgk/nb/xz/202503/t20250305_")
    assert site.address(LATE, 2024) == path
    assert path not in before
    assert before.items() - after.items() == {
        (p, before[p]) for p in lists(site, "townships") if before[p] != after[p]
    }
    assert path.rpartition("/")[2].encode() in after["/zfxxgk/nb/xz/"][1]
    assert broken(site.report(LATE, 2024)) == []
    previous = site.report(LATE, 2023)
    assert site.report(LATE, 2024).requests["brought_forward"] == previous.requests["carried_forward"]


def test_publishing_twice_is_refused():
    site = qinghe()
    with pytest.raises(ValueError, match="2023"):
        site.publish(LATE, 2023)


def test_add_a_year():
    site = qinghe()
    site.add_year(2024, but=(NEVER, LATE))
    for unit in site.units:
        assert (2024 in site.years(unit.name)) == (unit.name not in (NEVER, LATE))
    assert all(
        date(2025, 1, 1) <= site.report(u.name, 2024).published_on <= date(2025, 1, 31)
        for u in site.units
        if u.name not in (NEVER, LATE)
    )
    assert not any(broken(site.report(u.name, 2024)) for u in site.units if u.name not in (NEVER, LATE))


def test_edit_one_cell():
    site = qinghe()
    before, old = pages(site), site.report("白鹭镇", 2022)
    site.edit_cell("白鹭镇", 2022, "requests.received.total", 4711)
    changed = differing(before, pages(site))
    assert changed == {site.address("白鹭镇", 2022), *site.attachments("白鹭镇", 2022)}
    assert site.report("白鹭镇", 2022) == old.with_cell("requests.received.total", 4711)
    assert b"<td>4711</td>" in answer(site, site.address("白鹭镇", 2022)).body


def test_edit_one_word():
    site = qinghe()
    before, old = pages(site), site.report("枫桥乡", 2023)
    word = old.prose["problems"][2:6]
    site.edit_word("枫桥乡", 2023, word, "改了的字")
    assert differing(before, pages(site)) >= {site.address("枫桥乡", 2023)}
    assert differing(before, pages(site)) <= {
        site.address("枫桥乡", 2023),
        *site.attachments("枫桥乡", 2023),
    }
    new = site.report("枫桥乡", 2023)
    assert new.cells() == old.cells()
    assert new.prose == {**old.prose, "problems": old.prose["problems"].replace(word, "改了的字", 1)}
    with pytest.raises(ValueError, match="没有这个词"):
        site.edit_word("枫桥乡", 2023, "没有这个词", "x")


def test_repair_a_broken_sum():
    site = qinghe()
    before = pages(site)
    site.repair_sum(BROKEN, 2023)
    assert broken(site.report(BROKEN, 2023)) == []
    assert differing(before, pages(site)) == {
        site.address(BROKEN, 2023),
        *site.attachments(BROKEN, 2023),
    }
    with pytest.raises(ValueError, match="no broken sum"):
        site.repair_sum(BROKEN, 2023)


def test_break_a_sum():
    site = qinghe()
    site.break_sum("白鹭镇", 2022)
    assert set(broken(site.report("白鹭镇", 2022))) == {"outcomes", "applicants"}
    site.repair_sum("白鹭镇", 2022)
    assert site.report("白鹭镇", 2022) == qinghe().report("白鹭镇", 2022)


def test_move_a_page():
    site = qinghe()
    before, old = pages(site), site.address("白鹭镇", 2022)
    new = site.move("白鹭镇", 2022)
    assert new == site.address("白鹭镇", 2022) != old
    after = pages(site)
    assert answer(site, old).status == 404
    assert after[new] == before[old]
    moved_files = {p for p in differing(before, after) if p.rpartition("/")[2].startswith("P0")}
    assert differing(before, after) - lists(site, "townships") - moved_files == {old, new}
    assert site.report("白鹭镇", 2022) == qinghe().report("白鹭镇", 2022)


def test_move_a_page_and_leave_a_redirect():
    site = qinghe()
    old = site.address("白鹭镇", 2022)
    new = site.move("白鹭镇", 2022, redirect=True)
    response = answer(site, old)
    assert response.status == 301
    assert dict(response.headers)["Location"] == new


def test_drop_a_report():
    site = qinghe()
    before, path, files = pages(site), site.address("白鹭镇", 2022), site.attachments("白鹭镇", 2022)
    site.drop("白鹭镇", 2022)
    assert differing(before, pages(site)) - lists(site, "townships") == {path, *files}
    assert answer(site, path).status == 404
    assert site.years("白鹭镇") == [2021, 2023]
    with pytest.raises(KeyError, match="2022"):
        site.address("白鹭镇", 2022)


def test_empty_a_list_and_fill_it_again():
    site = qinghe()
    before = pages(site)
    site.empty("townships")
    page = answer(site, "/zfxxgk/nb/xz/")
    assert page.status == 200
    assert b"<li>" not in page.body.partition(b'class="u-list"')[2].partition(b"</ul>")[0]
    assert answer(site, site.address("白鹭镇", 2022)).status == 200
    assert differing(before, pages(site)) == lists(qinghe(), "townships")
    site.refill("townships")
    assert pages(site) == before


def test_an_error_page_with_status_200_and_healing():
    site = qinghe()
    before, path = pages(site), site.address("白鹭镇", 2022)
    site.fail(path, error_page)
    assert differing(before, pages(site)) == {path}
    assert answer(site, path).status == 200
    assert "页面不存在" in answer(site, path).body.decode()
    site.heal(path)
    assert pages(site) == before


def test_unknown_units_and_columns_are_named():
    site = qinghe()
    with pytest.raises(KeyError, match="无此乡"):
        site.publish("无此乡", 2024)
    with pytest.raises(KeyError, match="nowhere"):
        site.empty("nowhere")
    with pytest.raises(KeyError, match="1999"):
        site.report("白鹭镇", 1999)


def test_what_is_no_report_is_off_limits():
    site = qinghe()
    off_limits = site.off_limits()
    titles = " ".join(article.title for article in site.articles if article.report is None)
    for words in ("通知", "工作总结", "政府网站工作年度报表", "法治政府建设年度报告"):
        assert words in titles
    assert len(off_limits) > 5
    reports = {site.address(unit.name, year) for unit in site.units for year in site.years(unit.name)}
    assert not off_limits & reports
    assert {answer(site, path).status for path in off_limits} == {200}
    assert any("/jd/" in path for path in off_limits)


def test_a_column_split_by_year_holds_its_years_only():
    site = yingchuan()
    first = site.columns[0]
    site.columns = (
        replace(first, id="t2022", path="/zfxxgk/nb/xz2022/", years=(2022,)),
        replace(first, id="t2024", path="/zfxxgk/nb/xz2024/", years=(2024,)),
    )
    assert site.publish(site.units[0].name, 2024).startswith("/zfxxgk/nb/xz2024/")
    with pytest.raises(KeyError, match="2025"):
        site.publish(site.units[0].name, 2025)
