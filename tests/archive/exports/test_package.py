"""Data packages: true to their schemas, the same bytes each time, whole or not there at all."""

import csv
import hashlib
import io
import json
import sys
import time
import zipfile
from decimal import Decimal

import pytest
from lxml import etree

from archive.exports import tables
from archive.exports.formats import Field, write_csv, write_parquet, write_xlsx
from archive.exports.package import Style, last_evidence, write_package
from archive.exports.standing import Options
from parsers.errors import Fault
from tests.archive.exports.archives import MOON, RECEIVED, REED

SMALL = ("requests.granted.*", "requests.received.*", "proactive.*", "annex.received")


def rows(path, **encoding):
    with path.open(encoding=encoding.get("encoding", "utf-8"), newline="") as file:
        return list(csv.DictReader(file))


def written(at_hand, target, style=None, options=None, **more):
    write_package(at_hand.holdings(*SMALL, options=options), target, style or Style(), **more)
    return json.loads((target / "datapackage.json").read_text())


@pytest.fixture(scope="module")
def package(kept, tmp_path_factory):
    from tests.archive.exports.archives import opened

    target = tmp_path_factory.mktemp("package") / "data"
    with opened(kept[0]) as at_hand:
        return target, written(at_hand, target)


def test_every_file_is_as_its_resource_says(package):
    target, described = package
    assert {r["path"] for r in described["resources"]} | {"datapackage.json"} == {
        p.name for p in target.iterdir()
    }
    for resource in described["resources"]:
        data = (target / resource["path"]).read_bytes()
        assert resource["bytes"] == len(data)
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        header = data.decode().splitlines()[0].split(",")
        assert header == [field["name"] for field in resource["schema"]["fields"]]
        assert all(field["labels"].keys() == {"zh", "en"} for field in resource["schema"]["fields"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_files_are_called_what_everybody_reads_them_by(at_hand, tmp_path, form):
    written(at_hand, tmp_path / "data", Style(form))
    called = {"cells", "panel", "ledger", "changes", "changed_cells", "units", "indicators", "crosswalk"}
    assert {path.name for path in (tmp_path / "data").iterdir()} == {
        "datapackage.json",
        *(f"{name}.{form}" for name in called),
    }


def test_keys_are_unique_and_references_lead_somewhere(package):
    target, described = package
    read = {r["name"]: rows(target / r["path"]) for r in described["resources"]}
    for resource in described["resources"]:
        key = resource["schema"]["primaryKey"]
        found = [tuple(row[name] for name in key) for row in read[resource["name"]]]
        assert len(set(found)) == len(found)
        for one in resource["schema"].get("foreignKeys", []):
            there = {row[one["reference"]["fields"]] for row in read[one["reference"]["resource"]]}
            assert {row[one["fields"]] for row in read[resource["name"]]} <= there
    assert len(read["panel"]) == 3 * 7 * len(read["indicators"])


def test_frictionless_finds_it_valid(package):
    frictionless = pytest.importorskip("frictionless", reason="frictionless is not installed")
    report = frictionless.validate(str(package[0] / "datapackage.json"))
    assert report.valid, report.flatten(["fieldName", "type", "note"])[:5]
    assert report.stats["tasks"] == len(package[1]["resources"])


def test_cells_hold_text_codes_and_what_they_rest_on(package, kept):
    cells = {(r["unit"], r["year"], r["indicator"]): r for r in rows(package[0] / "cells.csv")}
    slash = cells["990102100", "2023", "requests.granted.business"]
    assert (slash["value"], slash["text"], slash["flag"], slash["quality"]) == ("", "/", "mark", "")
    one = cells["990102001", "2024", RECEIVED]
    assert one["value"] == one["text"] == str(kept[1].report(REED, 2024).figures()[RECEIVED])
    assert one["capture"].startswith("<urn:uuid:")
    assert len(one["sha256"]) == 64


def test_money_keeps_its_decimals_and_grows_no_tail(tmp_path, at_hand, kept):
    fields = [Field("value", "number", "数值", "value")]
    write_csv(tmp_path / "a.csv", fields, [[Decimal("29.0506")], [Decimal("8.20")], [8], [None]])
    assert (tmp_path / "a.csv").read_text() == 'value\n29.0506\n8.2\n8\n""\n'
    write_xlsx(tmp_path / "a.xlsx", fields, [[Decimal("8.2")], [Decimal("29.0506")]], at_hand.of.at)
    sheet = zipfile.ZipFile(tmp_path / "a.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "<v>8.2</v>" in sheet
    assert "<v>29.0506</v>" in sheet


@pytest.mark.parametrize("form", ["csv", "xlsx", "parquet"])
def test_same_archive_same_bytes(at_hand, tmp_path, form):
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
    written(at_hand, tmp_path / "one", Style(form))
    time.sleep(1.1 if form == "xlsx" else 0)  # the seconds of a clock that must not be in it
    written(at_hand, tmp_path / "two", Style(form))
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes(), path.name


def test_excel_gets_a_mark_and_no_formula_while_plain_csv_stays_as_printed(at_hand, tmp_path):
    written(at_hand, tmp_path / "plain")
    written(at_hand, tmp_path / "excel", Style(excel=True))
    key = ("990102100", "2023", "proactive.rules.repealed")
    texts = {}
    for name, encoding in (("plain", "utf-8"), ("excel", "utf-8-sig")):
        found = rows(tmp_path / name / "cells.csv", encoding=encoding)
        texts[name] = next(r["text"] for r in found if (r["unit"], r["year"], r["indicator"]) == key)
    assert texts == {"plain": "=1+1", "excel": "'=1+1"}
    assert (tmp_path / "excel" / "cells.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert not (tmp_path / "plain" / "cells.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_negative_number_is_no_formula(tmp_path):
    fields = [Field("value", "number", "数值", "value"), Field("text", "string", "原文", "text")]
    write_csv(tmp_path / "a.csv", fields, [[-21, "-21"], [52, "+52"], [1, "@x"]], excel=True)
    assert (tmp_path / "a.csv").read_bytes().decode("utf-8-sig").split() == [
        "value,text",
        "-21,'-21",
        "52,'+52",
        "1,'@x",
    ]


def test_zero_and_the_other_choices_are_recorded(at_hand, tmp_path):
    options = Options("first", "near", frozenset({"wu", "slash"}))
    described = written(at_hand, tmp_path / "data", options=options)["gongkai"]
    assert (described["zero"], described["version"], described["join"]) == (["slash", "wu"], "first", "near")
    found = rows(tmp_path / "data" / "panel.csv")
    assumed = [r for r in found if r["quality"] == "assumed"]
    assert {(r["text"], r["value"]) for r in assumed} == {("/", "0"), ("无", "0")}


def test_workbook_holds_codes_and_printed_text_as_text(at_hand, tmp_path):
    written(at_hand, tmp_path / "data", Style("xlsx", tables=frozenset({"cells", "units"})))
    with zipfile.ZipFile(tmp_path / "data" / "cells.xlsx") as book:
        assert {info.date_time[:2] for info in book.infolist()} == {(1980, 1)}
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    row = next(r for r in sheet.iter(f"{name}row") if r.get("r") == "2")
    types = [cell.get("t", "n") for cell in row.iter(f"{name}c")]
    assert types[:6] == ["inlineStr", "n", "inlineStr", "inlineStr", "n", "inlineStr"]
    assert "<f>" not in etree.tostring(sheet, encoding="unicode")


def test_parquet_has_types(at_hand, tmp_path):
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")
    written(at_hand, tmp_path / "data", Style("parquet"))
    table = parquet.read_table(tmp_path / "data" / "cells.parquet")
    types = {name: str(table.schema.field(name).type) for name in ("unit", "year", "value", "seen_at")}
    assert types == {
        "unit": "string",
        "year": "int32",
        "value": "decimal128(38, 10)",
        "seen_at": "timestamp[us, tz=UTC]",
    }
    plain = tmp_path / "plain"
    written(at_hand, plain)
    values = [None if r["value"] == "" else Decimal(r["value"]) for r in rows(plain / "cells.csv")]
    assert table["value"].to_pylist() == values


def test_parquet_without_its_extra_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(Fault, match=r"gongkai\[parquet\]"):
        write_parquet(tmp_path / "a.parquet", [], [])


def test_sheet_that_is_too_long_is_refused(tmp_path, at_hand, monkeypatch):
    monkeypatch.setattr("archive.exports.formats.SHEET_ROWS", 4)
    fields = [Field("n", "integer", "数", "n")]
    write_xlsx(tmp_path / "a.xlsx", fields, [[1], [2], [3]], at_hand.of.at)
    with pytest.raises(Fault, match="more than 3 rows"):
        write_xlsx(tmp_path / "b.xlsx", fields, [[1], [2], [3], [4]], at_hand.of.at)


def test_failure_leaves_the_old_package_and_nothing_else(at_hand, tmp_path, monkeypatch):
    target = tmp_path / "data"
    before = written(at_hand, target)

    def fails(*_):
        raise Fault("the disk is full")
        yield

    last = tables.TABLES[-1]
    monkeypatch.setattr("archive.exports.package.TABLES", (*tables.TABLES[:-1], type(last)(
        last.name, last.zh, last.en, last.fields, last.key, fails)))  # fmt: skip
    with pytest.raises(Fault, match="disk"):
        written(at_hand, target, overwrite=True)
    assert [p.name for p in tmp_path.iterdir()] == ["data"]
    assert json.loads((target / "datapackage.json").read_text()) == before


def test_only_a_package_of_ours_is_replaced(at_hand, tmp_path):
    foreign, ours = tmp_path / "thesis", tmp_path / "data"
    foreign.mkdir()
    (foreign / "chapter.txt").write_text("one")
    with pytest.raises(Fault, match="no package of gongkai"):
        written(at_hand, foreign, overwrite=True)
    assert (foreign / "chapter.txt").read_text() == "one"
    written(at_hand, ours)
    with pytest.raises(Fault, match="--overwrite replaces it"):
        written(at_hand, ours)
    (ours / "stray.txt").write_text("")
    written(at_hand, ours, overwrite=True)
    assert not (ours / "stray.txt").exists()


def test_changes_and_their_cells(package):
    found = rows(package[0] / "changes.csv")
    event = next(r for r in found if r["kind"] == "unconfirmed")
    assert (event["unit"], event["year"], event["cells"]) == ("990102001", "2024", "1")
    changed = [r for r in rows(package[0] / "changed_cells.csv") if r["id"] == event["id"]]
    assert [r["indicator"] for r in changed] == ["requests.received.business"]
    assert int(changed[0]["new"]) - int(changed[0]["old"]) == 7


def test_ledger_and_units_are_those_of_the_archive(package, at_hand):
    ledger = {(r["unit"], r["year"]): r for r in rows(package[0] / "ledger.csv")}
    assert ledger["990102200", "2024"]["presence"] == "missing"
    assert ledger["990102100", "2024"]["due"] == "2025-01-31"
    assert {r["name"] for r in rows(package[0] / "units.csv")} == {unit.name for unit in at_hand.units()}


def test_last_evidence_is_the_last_thing_seen(at_hand):
    assert last_evidence(at_hand.database).startswith("2025-02-06T01:00:")


def test_narrowed_package_holds_no_other_unit(at_hand, tmp_path):
    what = at_hand.holdings(RECEIVED, unit=MOON, years=(2023, 2024))
    counts = write_package(what, tmp_path / "data", Style())
    assert (counts["panel"], counts["units"], counts["ledger"]) == (2, 1, 2)
    text = (tmp_path / "data" / "changes.csv").read_text()
    assert {row["unit"] for row in csv.DictReader(io.StringIO(text))} == {"990102100"}
