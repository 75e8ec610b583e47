from pathlib import Path

import pytest
import yaml

from crawler import registry
from crawler.demo.county import qinghe, yingchuan
from crawler.demo.record import registry_record
from parsers.errors import Fault

GOOD = """
id: qinghe
name: 青禾县
division: "990101"
hosts: [www.qinghe.example, "10.0.0.7:8082"]
columns:
  - {id: xz, url: "http://www.qinghe.example/nb/xz/", kinds: [township, subdistrict]}
  - {id: bm, url: "http://10.0.0.7:8082/nb/bm/", kinds: [department], years: [2023]}
units:
  - {name: 白鹭镇, kind: township, code: "990101100"}
  - {name: 青禾县财政局, kind: department}
"""


def write(inputs: Path, text: str, name: str = "qinghe.yaml") -> Path:
    folder = inputs / "portals"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")
    return inputs


def faults(inputs, text, name="qinghe.yaml"):
    with pytest.raises(Fault) as caught:
        registry.load(write(inputs, text, name), inputs / "none")
    return [line.removeprefix(f"inputs/portals/{name}") for line in caught.value.sentence.splitlines()]


@pytest.fixture
def inputs(tmp_path):
    return tmp_path / "inputs"


def test_a_record_and_its_defaults(inputs):
    portal = registry.load(write(inputs, GOOD), inputs / "none")["qinghe"]
    assert (portal.pace_seconds, portal.allow_private, portal.first_year) == (1, False, None)
    assert portal.columns[1].years == (2023,)
    assert portal.units[1].code is None


def test_yes_and_no_need_no_quotes(inputs):
    text = GOOD.replace('code: "990101100"', 'code: "990101100", expected: no, last_year: 2020')
    unit = registry.load(write(inputs, text), inputs / "none")["qinghe"].units[0]
    assert (unit.expected, unit.last_year) == ("no", 2020)


def test_the_walk_record_is_plain_and_loads_again(inputs):
    portal = registry.load(write(inputs, GOOD), inputs / "none")["qinghe"]
    plain = registry.record(portal)
    assert plain["columns"][0]["kinds"] == ["township", "subdistrict"]
    assert "first_year" not in plain
    write(inputs, yaml.safe_dump(plain, allow_unicode=True))
    assert registry.load(inputs, inputs / "none")["qinghe"] == portal


def test_inputs_replace_shipped_records_whole(inputs, tmp_path):
    shipped = tmp_path / "shipped"
    shipped.mkdir()
    (shipped / "qinghe.yaml").write_text(GOOD.replace("青禾县", "旧名县"), encoding="utf-8")
    (shipped / "other.yaml").write_text(GOOD.replace("id: qinghe", "id: other"), encoding="utf-8")
    portals = registry.load(write(inputs, GOOD), shipped)
    assert [(p.id, p.name) for p in portals.values()] == [("other", "青禾县"), ("qinghe", "青禾县")]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"990101"', "990101", ": division: 990101 must be six digits in quotes"),
        ('"990101"', '"9901"', ": division: '9901' must be six digits in quotes"),
        ("id: qinghe", "id: qinhe", ": id: qinhe is not the file's name"),
        ("name: 青禾县", "", ": name: is missing"),
        ("units:", "unites: []\nunits:", ": unites: is not a field of the record"),
        ("kinds: [department]", "kinds: [bureau]",
         ": columns[1].kinds[0]: 'bureau' is none of government, department, township, subdistrict, other"),
        ('code: "990101100"', 'code: "990101100", expected: maybe',
         ": units[0].expected: 'maybe' is none of yes, no, if_seen"),
        ('code: "990101100"', 'code: "990101100", last_year: 1999',
         ": units[0].last_year: 1999 is no year of reports (2007 to 2100)"),
        ("kinds: [department]", "kinds: []", ": columns[1].kinds: must not be empty"),
        ("id: bm", "id: xz", ": columns[1].id: xz stands twice"),
        ("http://10.0.0.7:8082/nb/bm/", "http://10.0.0.7/nb/bm/",
         ": columns[1].url: 10.0.0.7 is not among the hosts"),
        ("http://10.0.0.7:8082/nb/bm/", "ftp://10.0.0.7/nb/",
         ": columns[1].url: 'ftp://10.0.0.7/nb/' must be an http or https address with a path"),
        ("http://10.0.0.7:8082/nb/bm/", "http://www.qinghe.example/nb/xz/",
         ": columns[1].url: http://www.qinghe.example/nb/xz/ stands twice"),
        ('"990101100"', '"990102100"', ": units[0].code: 990102100 is not under the division 990101"),
        ('"990101100"', "990101100", ": units[0].code: 990101100 must be 9 or 12 digits in quotes"),
        ("[2023]", "[23]", ": columns[1].years[0]: 23 is no year of reports (2007 to 2100)"),
        ("[2023]", '["2023"]', ": columns[1].years[0]: must be a whole number"),
        ("[2023]", "[2023, 2023]", ": columns[1].years: a year stands twice"),
        ("hosts: [www", "allow_private: maybe\nhosts: [www", ": allow_private: must be true or false"),
        ("hosts: [www.qinghe.example", "hosts: [http://www.qinghe.example",
         ": hosts[0]: 'http://www.qinghe.example' must be a host name in lower case, "
         "with a port where it is not the usual one"),
        ("units:", "name: 青山县\nunits:", ":9: name stands twice"),
        ("kinds: [department],", "kinds: [department,", ":8: expected ',' or ']', but got '}'"),
    ],
)  # fmt: skip
def test_a_fault_is_one_line(inputs, old, new, said):
    assert old in GOOD
    assert faults(inputs, GOOD.replace(old, new, 1)) == [said]


def test_all_faults_of_all_files_are_said(inputs):
    write(inputs, "- a list", "a.yaml")
    said = faults(inputs, GOOD.replace("name: 青禾县", "", 1).replace("[2023]", "[23]"))
    assert said == [
        "inputs/portals/a.yaml: holds no fields",
        ": name: is missing",
        ": columns[1].years[0]: 23 is no year of reports (2007 to 2100)",
    ]


def test_files_under_another_name_are_said(inputs):
    assert faults(inputs, GOOD, "qinghe.yml") == [": the name must end in .yaml"]


def test_files_that_are_no_utf8(inputs):
    write(inputs, GOOD)
    (inputs / "portals" / "qinghe.yaml").write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(Fault, match="not UTF-8"):
        registry.load(inputs)


@pytest.mark.parametrize(
    ("url", "owned"),
    [
        ("http://www.qinghe.example/a", True),
        ("https://WWW.qinghe.example:443/a", True),
        ("http://www.qinghe.example:8080/a", False),
        ("http://qinghe.example/a", False),
        ("http://10.0.0.7:8082/a", True),
        ("http://10.0.0.7/a", False),
        ("http://www.qinghe.example@evil.example/", False),
        ("http://evil.example/www.qinghe.example", False),
        ("ftp://www.qinghe.example/a", False),
        ("http://www.qinghe.example:99999/a", False),
    ],
)
def test_what_a_portal_owns(inputs, url, owned):
    assert registry.load(write(inputs, GOOD), inputs / "none")["qinghe"].owns(url) is owned


@pytest.mark.parametrize("site", [qinghe(), yingchuan()], ids=lambda s: s.id)
def test_sample_portals_have_sound_records(inputs, site):
    write(inputs, registry_record(site, "http://127.0.0.1:8000"), f"{site.id}.yaml")
    assert registry.load(inputs)[site.id].allow_private


def test_every_shipped_record_is_sound(tmp_path):
    registry.load(tmp_path)
