"""Whose report it is, when several names stand on a page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.history.attribution import Address, claims
from archive.history.evidence import Evidence, Listed, Reading, Sight, Walk
from archive.history.looks import looks
from archive.register.units import Register
from tests.archive.table import official  # noqa: F401 - a fixture

WALK = Walk("w", "yingchuan", "xz", "2025-02-06T00:00:00Z", "2025-02-06T02:00:00Z", "end", {}, [])
KEY = "www.yingchuan.example/a.html"
COLUMN = {"id": "xz", "kinds": ["township", "subdistrict"]}


def read_as(issuer, year=2024):
    facts = {
        "form": "2021",
        "title": None,
        "content": "c",
        "prose": "p",
        "dates": frozenset(),
        "signed": None,
    }
    return Reading(
        *(1, 0, "report", "html", "[]", issuer, year, "own"),
        **facts,
        years=frozenset({year}),
        doubtful=False,
        has_cells=True,
    )


def decided(
    title, issuer, *, outcome="report", division="990102", name="萤川县", kinds=("township", "subdistrict")
):
    record = {"division": division, "name": name, "columns": [COLUMN]}
    register = Register("yingchuan", record, [])
    sight = Sight(
        "2025-02-06T01:00:00Z", "r", f"http://{KEY}", "response", "article", "b", 1, None, None, None
    )
    entry = Listed(KEY, f"http://{KEY}", title, None, "report")
    evidence = Evidence(
        datetime(2025, 2, 9, tzinfo=UTC),
        [],
        {KEY: [sight]},
        {"b": [replace(read_as(issuer), outcome=outcome)]},
        {},
    )
    seen = list(looks(evidence, [sight]))
    (claim,) = claims(Address(KEY, [sight], [(WALK, entry)], [register], list(kinds), seen))
    return claim.reason or claim.unit.code


@pytest.mark.usefixtures("official")
@pytest.mark.parametrize("host", ["萤川县人民政府", "萤川县人民政府办公室"])
def test_the_host_of_the_portal_beside_a_titles_unit_is_who_put_it_up(host):
    assert decided("松针乡2024年政府信息公开工作年度报告", host) == "990102200"


@pytest.mark.usefixtures("official")
def test_two_units_of_one_rank_are_for_a_person():
    said = decided("松针乡2024年政府信息公开工作年度报告", "月牙镇人民政府")
    assert said == "所称机关不一：月牙镇、松针乡"


@pytest.mark.usefixtures("official")
def test_a_government_and_its_office_each_have_their_report():
    title = "2024年政府信息公开工作年度报告"
    assert decided(f"萤川县人民政府{title}", "萤川县人民政府") == "990102"
    assert decided(f"萤川县人民政府办公室{title}", "萤川县人民政府办公室") == "990102-办公室"
    said = decided(f"萤川县人民政府办公室{title}", "萤川县人民政府")
    assert said == "990102-办公室", "the title's word goes before the host's name"


@pytest.mark.usefixtures("official")
def test_a_township_that_the_table_does_not_have_stays_undecided():
    said = decided("松计乡2024年政府信息公开工作年度报告", "松计乡人民政府")
    assert said == "没有名为“松计乡人民政府”的已知单位"


def test_a_name_that_two_towns_of_a_city_bear_is_for_a_person_and_a_full_name_is_not():
    city = {"division": "410300", "name": "洛阳市"}
    said = decided("城关镇2024年政府信息公开工作年度报告", "城关镇人民政府", **city)
    assert said.startswith("“城关镇人民政府”可指多个单位：")
    assert "嵩县城关镇（410325100）" in said
    assert decided("城关镇2024年政府信息公开工作年度报告", "嵩县城关镇人民政府", **city) == "410325100"


@pytest.mark.usefixtures("official")
def test_news_of_a_report_is_no_report_until_its_page_is_read_as_one():
    title, unit = "松针乡发布2024年政府信息公开工作年度报告", "松针乡人民政府"
    assert decided(title, unit, outcome="not_report") == "标题不像年度报告"
    assert decided(title, unit) == "990102200"
    assert decided(title.replace("发布", ""), unit, outcome="not_report") == "990102200"
