"""The verbs `series`, `cite` and `export` as their users run them."""

import csv
import io
import json
import zipfile

import pytest
from click.testing import CliRunner

from crawler.cli import gongkai
from parsers.errors import Fault
from tests.archive.exports.archives import MOON, PINE, RECEIVED, REED, archive


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return archive(tmp_path_factory.mktemp("verbs"))[0].root


def run(folder, *arguments):
    result = CliRunner().invoke(
        gongkai, ["--archive", str(folder), *map(str, arguments)], catch_exceptions=True
    )
    if isinstance(result.exception, Fault):
        return int(result.exception.status), result.stdout, result.exception.sentence
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout, result.stderr


DAY = ("--as-of", "2025-02-06")


def test_series_of_a_unit_has_a_column_for_each_year(folder):
    status, out, _ = run(folder, "series", PINE, *DAY)
    assert status == 0
    assert {"2022", "2023", "2024"} <= set(out.split())
    assert "no_report" in out
    assert "≠" in out
    assert "annex" not in out


def test_series_as_json_is_long_and_whole(folder):
    _, out, _ = run(
        folder, "series", "--county", "990102", "--path", RECEIVED, "--years", "2023-2024", "--json", *DAY
    )
    rows = json.loads(out)
    assert [(row["name"], row["year"]) for row in rows] == [
        (name, year) for name in (REED, MOON, PINE) for year in (2023, 2024)
    ]
    assert {row["why_no_value"] for row in rows} == {None, "no_report"}


def test_series_summed_as_csv(folder):
    _, out, _ = run(folder, "series", "--by", "county", "--path", RECEIVED, "--years", "2024", "--csv", *DAY)
    (row,) = csv.DictReader(io.StringIO(out))
    assert (row["group"], row["units_read"], row["units_expected"]) == ("990102", "2", "3")


def test_series_before_the_due_day(folder):
    _, out, _ = run(
        folder, "series", PINE, "--path", RECEIVED, "--years", "2024", "--json", "--as-of", "2025-01-25"
    )
    assert json.loads(out)[0]["why_no_value"] == "not_due"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("series", "雁影"), "no unit is called"),
        (("series", "--path", "requests.x"), "no cell is called requests.x"),
        (("series", "--by", "county", "--scope", "consolidated"), "never summed"),
        (("series", "--years", "2024-2020"), "no span of years"),
        (("series", "--zero", "blank"), "blank is no mark"),
        (("cite", PINE, "2024", *DAY), "export wacz"),
        (("export", "wacz", "x.wacz", "--county", "110000"), "no unit fits"),
        (("ledger", "--county", "990192"), "no unit of division 990192 is known; near it: 990102"),
        (("missing", "--county", "110000"), "no unit of division 110000 is known"),
        (("ledger", "--presence", "mising"), "'mising' is not one of 'present', 'missing'"),
        (("export", "wacz", PINE, "x.wacz"), "UNIT YEAR FILE.wacz"),
        (("export", "--excel", "--format", "xlsx", "x"), "--excel is for CSV"),
        (("export", "--tables", "cell", "x"), "no table is called cell"),
    ],
)
def test_wrong_arguments_are_one_sentence(folder, arguments, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, _, err = run(folder, *arguments)
    assert status == 2
    assert said in err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", ["text", "gbt", "bibtex", "json"])
def test_cite_in_every_format(folder, form):
    status, out, _ = run(folder, "cite", REED, "2024", RECEIVED, "--format", form, *DAY)
    assert status == 0
    if form == "json":
        facts = json.loads(out)
        assert facts["cell"] == RECEIVED
        assert {"warc", "offset", "payload_sha256", "captured_at", "place", "text"} <= facts.keys()
        assert facts["citations"]["gbt"].startswith(facts["issuer"])
    else:
        assert ("[EB/OL]" in out) == (form != "bibtex")
        assert ("@online{" in out) == (form != "gbt")
        assert ("@dataset{gongkai-2025-02-06" in out) == (form != "gbt")


def test_export_says_what_it_wrote_and_is_the_same_on_another_day(folder, tmp_path, monkeypatch):
    for name, now in (("one", "2025-03-01T00:00:00Z"), ("two", "2025-09-01T00:00:00Z")):
        monkeypatch.setenv("GONGKAI_NOW", now)
        status, _, err = run(folder, "export", "--path", RECEIVED, tmp_path / name)
        assert status == 0
        assert "panel 21" in err
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_export_as_of_a_day(folder, tmp_path):
    run(folder, "export", tmp_path / "data", "--path", RECEIVED, "--as-of", "2025-01-25")
    described = json.loads((tmp_path / "data" / "datapackage.json").read_text())
    assert described["gongkai"]["as_of"] == "2025-01-25T15:59:59.999999Z"
    panel = csv.DictReader(io.StringIO((tmp_path / "data" / "panel.csv").read_text(encoding="utf-8")))
    assert {row["why_no_value"] for row in panel if (row["name"], row["year"]) == (PINE, "2024")} == {
        "not_due"
    }


def test_nothing_is_packed_before_a_refusal(folder, tmp_path):
    for arguments in ((REED, "2024", tmp_path / "a.zip"), (REED, "2017", tmp_path / "a.wacz")):
        with CliRunner().isolation() as (_, err, _):
            with pytest.raises(Fault):
                gongkai.main(["--archive", str(folder), "export", "wacz", *map(str, arguments)])
            assert err.getvalue() == b""


def test_export_wacz_of_a_report_and_of_a_county(folder, tmp_path):
    status, _, err = run(folder, "export", "wacz", REED, "2024", tmp_path / "a.wacz")
    assert status == 0
    assert "captures" in err
    assert run(folder, "export", "wacz", "--county", "990102", "--years", "2024", tmp_path / "b.wacz")[0] == 0
    sizes = [
        len(zipfile.ZipFile(tmp_path / name).read("archive/data.warc.gz")) for name in ("a.wacz", "b.wacz")
    ]
    assert sizes[0] < sizes[1]


def test_export_help_tells_of_both_kinds(folder):
    assert "wacz" in run(folder, "export", "--help")[1]
    assert "--zero" in run(folder, "export", "package", "--help")[1]
