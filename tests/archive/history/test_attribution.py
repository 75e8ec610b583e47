"""Whose report it is, when several names stand on a page."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.history.attribution import Address, addresses, claims
from archive.history.evidence import Evidence, Listed, Reading, Sight, Walk
from archive.history.looks import Look, Shown, looks
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


def shown(day, *readings, file=False):
    """A look at the address, or at a file of its page, on a day of February."""
    at = f"2025-02-{day:02}T01:30:00.000000Z"
    seen = Sight(at, at, f"http://{KEY}", "response", "article", "b", 1, None, None, None)
    stands = [Shown(seen, KEY, "b", list(readings), file, ())]
    return seen, Look(stands, stands)


def in_turn(*days, titles=None, **options):
    """The claims of an address that was seen, and listed, on days, each with the reading that it showed then."""
    register = Register("yingchuan", {"division": "990102", "name": "萤川县", "columns": [COLUMN]}, [])
    register.learn("月牙镇人民政府", ["township"])
    both = [shown(day, *([one] if one else []), **options) for day, one in days]
    named = titles or {}
    listed = [
        (
            replace(WALK, begun_at=f"2025-02-{day:02}T01:00:00.0Z", ended_at=f"2025-02-{day:02}T02:00:00.0Z"),
            Listed(KEY, f"http://{KEY}", named.get(day, "政府信息公开工作年度报告"), None, "report"),
        )
        for day, _ in days
    ]
    sights = [seen for seen, _ in both] if not options else [both[0][0]]
    address = Address(KEY, sights, listed, [register], ["township"], [look for _, look in both])
    return sorted(claims(address), key=lambda claim: claim.year or 0)


def days_of(claim):
    listed = [int(walk.begun_at[8:10]) for walk, _ in claim.address.listed]
    return [int(s.at[8:10]) for s in claim.address.sights], listed, claim.address.ended


LAST, NEXT = read_as("月牙镇人民政府", 2023), replace(read_as("月牙镇人民政府", 2024), content="d")


def test_each_report_of_an_address_has_its_own_days():
    last, now = in_turn((1, LAST), (3, LAST), (5, NEXT), (7, NEXT))
    assert ((last.year, *days_of(last)), (now.year, *days_of(now))) == (
        (2023, [1, 3], [1, 3], True),
        (2024, [5, 7], [5, 7], False),
    )
    assert [len(claim.looks) for claim in (last, now)] == [2, 2]
    assert [len(claim.address.looks) for claim in (last, now)] == [2, 2]


def test_each_report_of_an_address_has_its_own_titles():
    titles = {1: "月牙镇2023年政府信息公开工作年度报告", 5: "月牙镇2024年政府信息公开工作年度报告"}
    last, now = in_turn((1, LAST), (5, NEXT), titles=titles)
    assert (last.years, now.years) == ({2023}, {2024})


def test_a_file_in_the_place_of_another_is_seen_on_its_own_days():
    last, now = in_turn((1, LAST), (5, NEXT), file=True)
    assert [days_of(claim)[0] for claim in (last, now)] == [[1], [5]]


def test_one_report_has_all_days_whatever_is_listed_when():
    (claim,) = in_turn((1, None), (3, LAST), (5, None))
    assert days_of(claim) == ([1, 3, 5], [1, 3, 5], False)
    assert claim.year == 2023


def test_an_address_that_was_never_seen_is_of_whom_its_title_names():
    (claim,) = in_turn((1, None), titles={1: "月牙镇2023年政府信息公开工作年度报告"})
    assert (claim.unit.name, claim.year, claim.reason) == ("月牙镇", 2023, "")
    address = replace(claim.address, looks=[])
    (unseen,) = claims(address)
    assert (unseen.unit.name, unseen.year, bool(unseen.reason)) == ("月牙镇", 2023, True)


def test_a_report_without_a_year_is_a_question():
    (claim,) = in_turn((1, replace(LAST, year=None, years=frozenset())))
    assert (claim.year, bool(claim.reason)) == (None, True)


def test_what_lists_show_is_listed_with_its_columns_and_what_a_person_gave_with_all():
    registry = {"columns": [COLUMN, {"id": "bm", "kinds": ["department"]}]}
    town, office = (replace(WALK, column=column, registry=registry, entries={}) for column in ("xz", "bm"))
    town.entries = {KEY: Listed(KEY, "", "报告", None, "report"), "k": Listed("k", "", "信息", None, "other")}
    office.entries = {KEY: Listed(KEY, "", "报告", None, "report")}
    given = Sight(
        "2025-02-06T01:00:00Z", "g", "http://g/", "resource", "article", "b", None, None, None, None
    )
    fetched = replace(given, kind="response")
    seen = {KEY: [given], "g": [given], "f": [given], "h": [fetched]}
    made = Evidence(
        datetime(2025, 2, 9, tzinfo=UTC), [town, office], seen, {"b": [read_as("月牙镇")]}, {1: ["f"]}
    )
    register, other = (
        Register(name, {"division": "990102", "name": "萤川县"}, []) for name in ("yingchuan", "o")
    )
    found = {one.key: one for one in addresses(made, {"yingchuan": register, "o": other})}
    assert list(found) == ["g", KEY]
    assert (found[KEY].kinds, found[KEY].registers) == (["township", "subdistrict", "department"], [register])
    assert (found["g"].kinds, found["g"].registers, len(found["g"].looks)) == ([], [register, other], 1)


NOBODYS = "2024年政府信息公开工作年度报告"
HOSTED = {
    "one": ([("月牙镇", "township", "yes")], "月牙镇"),
    "two": ([("月牙镇", "township", "yes"), ("松针乡", "township", "yes")], None),
    "one of its kind": ([("月牙镇", "township", "yes"), ("萤川县财政局", "department", "yes")], "月牙镇"),
    "one that owes": ([("月牙镇", "township", "yes"), ("松针乡", "township", "if_seen")], "月牙镇"),
    "one that does not owe": ([("月牙镇", "township", "if_seen")], None),
    "none": ([], None),
}


def of_nobody(units, *readings, title=NOBODYS):
    listed = [{"name": name, "kind": kind, "expected": expected} for name, kind, expected in units]
    record = {"division": "990102", "name": "萤川县", "columns": [COLUMN], "units": listed}
    seen, look = shown(1, *readings)
    entries = [(WALK, Listed(KEY, f"http://{KEY}", title, None, "report"))]
    (claim,) = claims(
        Address(KEY, [seen], entries, [Register("yingchuan", record, [])], ["township"], [look])
    )
    return claim


@pytest.mark.parametrize(("units", "whose"), HOSTED.values(), ids=HOSTED)
def test_a_report_that_names_nobody_is_of_the_one_body_of_the_column(units, whose):
    claim = of_nobody(units, read_as(None))
    assert (claim.unit.name if claim.unit else None) == whose
    assert bool(claim.reason) == (whose is None)
    assert claim.issuer_kind == "other"


def test_the_kind_of_who_is_named_is_told_unless_two_are():
    known = [("月牙镇", "township", "yes"), ("松针乡", "township", "yes")]
    assert of_nobody(known, read_as("青石镇")).issuer_kind == "township"
    assert of_nobody(known, read_as("青石局")).issuer_kind == "department"
    assert of_nobody(known, read_as("青石镇"), replace(read_as("青石局"), id=2)).issuer_kind == "other"


def test_the_year_is_that_of_the_text_where_its_title_or_period_says_it():
    known = [("月牙镇", "township", "yes")]
    title = "月牙镇2023年政府信息公开工作年度报告"
    assert of_nobody(known, read_as("月牙镇", 2024), title=title).year == 2024
    assert of_nobody(known, read_as("月牙镇", 2024), title=title).years == {2023, 2024}
    in_passing = replace(read_as("月牙镇", 2024), years=frozenset())
    assert of_nobody(known, in_passing, title=title).year == 2023


def test_the_title_is_that_of_the_first_part_only():
    first, second = read_as("月牙镇", 2024), replace(read_as("月牙镇", 2022), part=1, content="e")
    seen, look = shown(1, first, second)
    register = Register("yingchuan", {"division": "990102", "name": "萤川县", "columns": [COLUMN]}, [])
    register.learn("月牙镇", ["township"])
    entries = [(WALK, Listed(KEY, f"http://{KEY}", "月牙镇2024年政府信息公开工作年度报告", None, "report"))]
    made = claims(Address(KEY, [seen], entries, [register], ["township"], [look]))
    assert [(c.part, c.year, c.years, c.target) for c in made] == [
        (0, 2024, {2024}, KEY),
        (1, 2022, {2022}, f"{KEY}#2"),
    ]


def test_an_address_is_called_as_it_was_listed_last_and_called_itself_last():
    first, last = (f"月牙镇{year}年政府信息公开工作年度报告" for year in (2023, 2024))
    named = [replace(shown(day)[0], title=title) for day, title in ((1, first), (2, last), (3, "提示"))]
    named.append(replace(named[0], title=None, name="月牙镇.docx"))
    address = Address(KEY, named, [(WALK, Listed(KEY, "", "月牙镇年报", None, "report"))])
    assert list(address.titles_now()) == ["月牙镇年报", last]
    assert list(address.titles()) == ["月牙镇年报", first, last, "提示", "月牙镇.docx"]
