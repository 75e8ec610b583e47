import pytest

from archive.register.units import Register, compared, kind_of

COUNTY = ("青禾县",)


@pytest.mark.parametrize(
    ("name", "same", "kind"),
    [
        ("白鹭镇人民政府", "白鹭镇", "township"),
        ("青禾县白鹭镇人民政府", "白鹭镇", "township"),
        ("云梦泽省青禾县白鹭镇", "白鹭镇", "township"),
        ("白鷺鎮人民政府", "白鷺镇", "township"),
        ("石榴街道办事处", "石榴街道", "subdistrict"),
        ("石榴街办", "石榴街道", "subdistrict"),
        ("青禾县人民政府石榴街道办事处", "石榴街道", "subdistrict"),
        ("青禾县人民政府", "青禾县", "government"),
        ("青禾县人民政府办公室", "办公室", "department"),
        ("青禾县财政局", "财政局", "department"),
        ("湖南镇人民政府", "湖南镇", "township"),
        ("北京街道", "北京街道", "subdistrict"),
        ("白鹭", "白鹭", "other"),
    ],
)
def test_names_are_compared_without_what_stands_above_them(name, same, kind):
    assert compared(name, COUNTY) == same
    assert kind_of(compared(name, COUNTY)) == kind


def test_a_government_and_its_office_are_two():
    assert compared("青禾县人民政府", COUNTY) != compared("青禾县人民政府办公室", COUNTY)
    assert compared("青禾县政府办公室", COUNTY) == compared("青禾县人民政府办公室", COUNTY)


def test_a_column_of_townships_does_not_learn_a_province():
    register = Register("qinghe", {"division": "990101", "name": "青禾县"}, [])
    assert register.learn("云梦泽省人民政府", ["township", "subdistrict"]) is None
    assert register.learn("青禾县白鹭镇人民政府", ["township"]).code == "990101-白鹭镇"
    assert register.find("白鹭镇").basis == "learned"


def test_where_units_are_listed_another_name_is_not_learned():
    record = {"division": "990101", "name": "青禾县", "units": [{"name": "白鹭镇", "kind": "township"}]}
    register = Register("qinghe", record, [])
    assert register.learn("白路镇", ["township"]) is None
    assert register.learn("财政局", ["department"]).basis == "learned"
