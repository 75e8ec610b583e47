import pytest

from archive.inputs import UnitInput
from archive.register.names import compared, identity, kind_of
from archive.register.units import Register, registers_of

COUNTY = ("青禾县",)
DIVISION = "990101"


def line(name, kind="township", division=DIVISION, **rest):
    return UnitInput(division=division, name=name, kind=kind, **rest)


def register(*lines, units=(), division=DIVISION, name="青禾县", kinds=("township", "subdistrict")):
    record = {"division": division, "name": name, "units": list(units), "columns": [{"kinds": list(kinds)}]}
    return Register("qinghe", record, list(lines))


@pytest.mark.parametrize(
    ("name", "same", "kind"),
    [
        ("白鹭镇人民政府", "白鹭镇", "township"),
        ("白鹭镇政府", "白鹭镇", "township"),
        ("白鹭镇镇政府", "白鹭镇", "township"),
        ("青禾县白鹭镇人民政府", "白鹭镇", "township"),
        ("云梦泽省青禾县白鹭镇", "白鹭镇", "township"),
        ("白鷺鎮人民政府", "白鷺镇", "township"),
        ("石榴街道办事处", "石榴街道", "subdistrict"),
        ("石榴街办", "石榴街道", "subdistrict"),
        ("青禾县人民政府石榴街道办事处", "石榴街道", "subdistrict"),
        ("青禾县人民政府水东镇", "水东镇", "township"),
        ("白鹭镇人民政府（机关）", "白鹭镇", "township"),
        ("石榴街道办事处机关", "石榴街道", "subdistrict"),
        ("青禾县吉祥苏木人民政府", "吉祥苏木", "township"),
        ("青禾县夏镇人民政府", "夏镇", "township"),
        ("青禾县人民政府", "青禾县", "government"),
        ("青禾县人民政府办公室", "办公室", "department"),
        ("青禾县财政局", "财政局", "department"),
        ("湖南镇人民政府", "湖南镇", "township"),
        ("北京街道", "北京街道", "subdistrict"),
        ("青禾县新立城镇人民政府", "新立城镇", "township"),
        ("大街乡人民政府", "大街乡", "township"),
        ("钟祥镇", "钟祥镇", "township"),
        ("镇巴县人民政府", "镇巴县", "government"),
        ("新乡市人民政府", "新乡市", "government"),
        ("云梦泽省财政厅", "云梦泽省财政厅", "department"),
        ("白鹭", "白鹭", "other"),
    ],
)
def test_names_are_compared_without_what_stands_above_them(name, same, kind):
    assert compared(name, COUNTY) == same
    assert kind_of(compared(name, COUNTY)) == kind


def test_a_government_and_its_office_are_two():
    assert compared("青禾县人民政府", COUNTY) != compared("青禾县人民政府办公室", COUNTY)
    assert compared("青禾县政府办公室", COUNTY) == compared("青禾县人民政府办公室", COUNTY)


@pytest.mark.parametrize(
    "names",
    [
        ("发改局", "发展改革局", "发展和改革局", "青禾县发展和改革委员会", "县发改委"),
        ("教体局", "教育体育局", "教育和体育局"),
        ("青禾县卫健局", "卫生健康委员会", "卫健委"),
        ("政府办", "县政府办公室", "青禾县人民政府办公室", "县府办"),
        ("文广旅局", "文化广电和旅游局", "文化广播电视和旅游局"),
        ("经开区管委会", "经开区管理委员会"),
    ],
)
def test_a_department_is_one_by_all_its_names(names):
    assert len({identity(name, COUNTY) for name in names}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("教育局", "教育和体育局"),
        ("信访局", "信访办公室"),
        ("财政局", "市财政局"),
        ("财政局", "云梦泽省财政厅"),
        ("水利局", "水务局"),
        ("县委", "县局"),
        ("政务服务中心", "政务服务局"),
    ],
)
def test_departments_that_are_two(one, other):
    assert identity(one, COUNTY) != identity(other, COUNTY)


def test_a_column_of_townships_does_not_learn_a_province():
    found = register()
    assert found.learn("云梦泽省人民政府", ["township", "subdistrict"]) is None
    assert found.learn("青禾县白鹭镇人民政府", ["township"]).code == "990101-白鹭镇"
    assert found.find("白鹭镇").basis == "learned"


def test_where_units_are_listed_another_name_is_not_learned():
    found = register(units=[{"name": "白鹭镇", "kind": "township"}])
    assert found.learn("白路镇", ["township"]) is None
    assert found.learn("财政局", ["department"]).basis == "learned"
    assert found.learn("县财政局", ["department"]) is found.find("青禾县财政局")


# The official table


def jixian(*lines, units=()):
    return register(*lines, units=units, division="230521", name="集贤县")


def test_a_division_brings_its_government_its_office_and_its_townships():
    found = jixian()
    assert found.find("集贤县人民政府").code == "230521"
    assert found.find("集贤县政府办").expected == "if_seen"
    assert found.find("黑龙江省双鸭山市集贤县福利镇人民政府").code == "230521100"
    assert found.find("太平林场").expected == "if_seen"
    assert {u.basis for u in found.units.values()} == {"register", "assumed"}


def test_what_the_city_has_is_not_the_countys():
    found = jixian(line("财政局", "department", "230521"))
    assert found.find("集贤县财政局") is not None
    assert found.find("双鸭山市财政局") is None
    assert found.find("黑龙江省财政厅") is None
    assert found.find("双鸭山市人民政府") is None


def test_the_users_word_goes_before_the_table():
    found = jixian(
        line("福利镇", division="230521", last_year=2020),
        line("二九一农场", "other", division="230521"),
        units=[{"name": "集贤镇", "kind": "township", "expected": "no"}],
    )
    assert (found.find("福利镇").last_year, found.find("福利镇").code) == (2020, "230521100")
    assert found.find("二九一农场").expected == "yes"
    assert found.find("集贤镇").expected == "no"
    assert len([u for u in found.units.values() if u.name == "福利镇"]) == 1


@pytest.mark.parametrize(
    ("division", "county", "name", "code"),
    [
        ("330803", "衢江区", "湖南镇人民政府", "330803113"),
        ("440104", "越秀区", "北京街道办事处", "440104003"),
        ("511421", "仁寿县", "钟祥镇人民政府", "511421132"),
        ("330825", "龙游县", "大街乡人民政府", "330825211"),
        ("220172", "长春净月高新技术产业开发区", "新立城镇人民政府", "220172100"),
        ("610728", "镇巴县", "镇巴县人民政府", "610728"),
        ("410700", "新乡市", "新乡市人民政府", "410700"),
        ("500243", "彭水苗族土家族自治县", "彭水县人民政府", "500243"),
        ("110105", "朝阳区", "南磨房地区办事处", "110105021"),
        ("450305", "七星区", "漓东街道", "450305004"),
    ],
)
def test_names_that_mislead(division, county, name, code):
    assert register(division=division, name=county).find(name).code == code


def test_two_towns_of_one_name_in_a_city_are_told_apart_by_their_county():
    city = register(division="410300", name="洛阳市")
    assert city.find("城关镇人民政府") is None
    assert {"410325100", "410326100"} <= {u.code for u in city.candidates("城关镇")}
    assert city.find("洛阳市嵩县城关镇人民政府").code == "410325100"
    assert city.find("嵩县城关镇").expected == "if_seen"
    assert city.learn("城关镇", ["township"]) is None


def test_a_unit_that_two_portals_know_belongs_to_the_nearer():
    records = {
        name: {"division": division, "name": place, "columns": [{"kinds": ["township", "government"]}]}
        for name, division, place in (
            ("city", "230500", "双鸭山市"),
            ("county", "230521", "集贤县"),
            ("old", "230521", "集贤县"),
        )
    }
    found = registers_of(records, [])
    codes = [code for one in found.values() for code in one.units]
    assert len(codes) == len(set(codes))
    assert found["city"].find("集贤县福利镇") is found["county"].find("福利镇") is found["old"].find("福利镇")
    assert found["city"].find("集贤县").portal == "county"
    assert "230521" not in found["old"].units


def test_a_code_of_twelve_digits_is_the_same_unit():
    found = jixian(units=[{"name": "福利镇", "kind": "township", "code": "230521100000"}])
    assert found.find("福利镇").code == "230521100"
    assert len([u for u in found.units.values() if u.name == "福利镇"]) == 1


# Renamed, merged, split


def test_a_renamed_unit_is_one_with_two_names():
    found = register(line("兴华乡", last_year=2019, successor="兴华镇", change="renamed"), line("兴华镇"))
    assert found.find("兴华乡") is found.find("青禾县兴华镇人民政府")
    unit = found.find("兴华镇")
    assert (unit.name, unit.first_year, unit.last_year) == ("兴华镇", None, None)
    assert [(c.name, c.last_year) for c in unit.former] == [("兴华乡", 2019)]
    assert len(found.units) == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_unit_renamed_twice(order):
    lines = [
        line("兴华乡", last_year=2012, successor="兴华镇", change="renamed"),
        line("兴华镇", last_year=2019, successor="兴华街道", change="renamed", kind="subdistrict"),
    ]
    found = register(*(lines[n] for n in order))
    assert found.find("兴华乡") is found.find("兴华镇") is found.find("兴华街道")
    assert found.find("兴华乡").name == "兴华街道"
    assert {c.name for c in found.find("兴华乡").former} == {"兴华乡", "兴华镇"}


def test_a_renaming_keeps_the_official_code():
    renamed = line("福利镇", division="230521", last_year=2024, successor="福利街道", change="renamed")
    found = jixian(renamed, line("福利街道", "subdistrict", "230521"))
    assert found.find("福利镇").code == found.find("福利街道").code == "230521100"
    assert found.find("福利镇").kind == "subdistrict"


def test_a_name_that_two_bore_in_turn_goes_by_the_year():
    found = register(
        line("兴华乡", last_year=2012, successor="兴华镇", change="renamed"),
        line("兴华镇"),
        line("大兴乡", last_year=2015, successor="兴华乡", change="renamed"),
        line("兴华乡", first_year=2016),
    )
    assert found.find("兴华乡") is None
    assert found.find("兴华乡", 2010).name == "兴华镇"
    assert found.find("兴华乡", 2018).name == "兴华乡"
    assert found.find("大兴乡") is found.find("兴华乡", 2018)


def test_a_department_that_got_another_matter_is_one_and_an_ended_one_ends():
    found = register(
        line("教育局", "department", last_year=2018, successor="教育和体育局", change="renamed"),
        line("旅游局", "department", last_year=2018),
    )
    assert found.find("青禾县教育局") is found.find("教体局")
    assert found.find("县旅游局").last_year == 2018


def test_two_merged_into_a_new_one():
    found = register(
        line("甲木乡", last_year=2019, successor="丙木镇", change="merged"),
        line("乙木乡", last_year=2019, successor="丙木镇", change="merged"),
    )
    assert [found.find(n).last_year for n in ("甲木乡", "乙木乡", "丙木镇")] == [2019, 2019, None]
    assert found.find("丙木镇").first_year == 2020


def test_one_absorbed_leaves_the_other_as_it_was():
    found = register(line("甲木乡", last_year=2019, successor="乙木镇", change="absorbed"), line("乙木镇"))
    assert (found.find("甲木乡").last_year, found.find("乙木镇").first_year) == (2019, None)


def test_one_split_in_two():
    found = register(
        line("甲木乡", last_year=2019, successor="乙木镇；丙木街道", change="split"), line("乙木镇")
    )
    assert found.find("甲木乡").last_year == 2019
    assert [found.find(n).first_year for n in ("乙木镇", "丙木街道")] == [2020, 2020]


def test_a_county_that_was_renamed_is_stripped_by_both_names():
    county = line("青苗县", "government", last_year=2018, successor="青禾县", change="renamed")
    found = register(county, line("青禾县", "government"), line("白鹭镇"))
    assert found.find("青苗县白鹭镇人民政府") is found.find("青禾县白鹭镇") is found.find("白鹭镇")
    assert found.find("青苗县人民政府") is found.find("青禾县人民政府")


@pytest.mark.parametrize(
    "fields",
    [
        {"successor": "乙木镇"},
        {"change": "renamed"},
        {"change": "renamed", "successor": "乙木镇"},
        {"change": "split", "successor": "乙木镇", "last_year": 2019},
        {"change": "merged", "successor": "乙木镇;丙木镇", "last_year": 2019},
        {"change": "merged", "successor": "甲木乡", "last_year": 2019},
        {"first_year": 2020, "last_year": 2019},
    ],
)
def test_a_line_that_contradicts_itself_is_a_fault(fields):
    with pytest.raises(ValueError, match=r"units|successor|last_year|first_year"):
        line("甲木乡", **fields)
