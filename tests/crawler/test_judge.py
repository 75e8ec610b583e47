"""`gongkai judge`: what is undecided, and deciding it."""

import csv
import json
import shutil
from datetime import date

import pytest
from click.testing import CliRunner

from archive.folder import Folder
from crawler.cli import gongkai
from crawler.demo.county import yingchuan
from parsers.errors import Fault
from parsers.forms.indicators import INDICATORS
from tests.archive.simulated import BASE, SimulatedCrawl, at

NOW = "2025-02-07T01:00:00Z"
TITLE = "松计乡2024年政府信息公开工作年度报告"
WHY = ("--reason", "the seal says so", "--by", "张三")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory):
    site = yingchuan()
    site.add_year(2024, but={"松针乡"})
    address = site.add("townships", TITLE, date(2025, 1, 28), text="见附件")
    folder = Folder(tmp_path_factory.mktemp("judge") / "archive").create()
    SimulatedCrawl(folder, site, "2025-02-06T01:00:00Z")
    return folder, BASE + address


@pytest.fixture
def entry(crawled):
    return crawled[1]


@pytest.fixture
def run(crawled, tmp_path):
    root = tmp_path / "archive"
    shutil.copytree(crawled[0].root, root)

    def call(*arguments):
        with at(NOW):
            result = CliRunner().invoke(gongkai, ["--archive", str(root), *arguments])
        fault = result.exception if isinstance(result.exception, Fault) else None
        return (
            (fault.status if fault else result.exit_code),
            result.stdout,
            fault.sentence if fault else result.stderr,
        )

    call.root = root
    return call


def test_the_list_and_a_decision(run, entry):
    status, out, err = run("judge", "--json")
    (asked,) = (question for question in json.loads(out) if question["title"] == TITLE)
    assert (status, asked["asks"], asked["candidates"]) == (0, "unit", ["松针乡 (990102200)"])
    assert "1 question is open" in err
    assert run("missing", "--json")[1].strip() == "[]"
    status, _, err = run("judge", entry, "--unit", "松针乡", *WHY)
    assert (status, err) == (0, f"judged: unit of {asked['target']} 990102200; 0 entries undecided\n")
    assert json.loads(run("judge", "--json")[1]) == []
    with (run.root / "inputs/judgements.csv").open(encoding="utf-8") as file:
        (line,) = csv.DictReader(file)
    assert (line["kind"], line["value"], line["by"], line["date"]) == (
        "unit",
        "990102200",
        "张三",
        "2025-02-07",
    )
    assert len(line["digest"]) == 64
    assert '"what": "judged"' in (run.root / "journal.jsonl").read_text()


def test_a_duty_by_name_and_a_cell(run):
    assert run("judge", "松针乡/2024", "--exempt", *WHY)[0] == 0
    ledger = json.loads(run("ledger", "--year", "2024", "--json")[1])
    (row,) = (row for row in ledger if row["name"] == "松针乡")
    assert (row["presence"], row["why"]) == ("not_expected", ["judged: the seal says so（张三，2025-02-07）"])
    assert run("judge", "月牙镇/2024/requests.received.total", "--cell", "777", *WHY)[0] == 0
    shown = json.loads(run("show", "月牙镇", "2024", "--json")[1])
    (cell,) = shown["judged"]
    assert (cell["path"], cell["judged"], cell["state"]) == ("requests.received.total", "777", "applied")
    read = shown["reports"][0]["lines"][0]["requests"]["received"]["total"]
    assert cell["as_read"] == read != 777
    assert "777" in run("show", "月牙镇", "2024")[1]
    rows = list(csv.DictReader(run("show", "月牙镇", "2024", "--csv")[1].splitlines()))
    lines = shown["reports"][0]["lines"]
    assert {(row["url"], row["format"]) for row in rows} == {(e["url"], e["source"]["format"]) for e in lines}
    assert [row["judged"] for row in rows if row["path"] == cell["path"]] == ["777"] * len(lines)
    first = [
        row["path"] for row in rows if row["url"] == rows[0]["url"] and row["format"] == rows[0]["format"]
    ]
    assert first == [path for path in INDICATORS if path in first]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["http://www.nowhere.example/a.html", "--not-a-report"], "no entry of the archive"),
        (["ENTRY", "--unit", "月亮镇"], "no unit is called 月亮镇"),
        (["ENTRY", "--unit", "镇"], "no unit is called 镇"),
        (["松针乡", "--exempt"], "--exempt takes UNIT/YEAR"),
        (["松针乡/1999", "--exempt"], "the ledger has no report of 松针乡 for 1999"),
        (["松针乡/2024", "--deadline", "soon"], "soon is no value for deadline"),
        (["松针乡/2024/requests.received.total", "--cell", "5"], "no report of 990102200 for 2024"),
        (["月牙镇/2024/requests.nothing.total", "--cell", "5"], "has the cell requests.nothing.total"),
        (["月牙镇/2024/requests.received.total", "--cell", "five"], "five is no value for cell"),
        (["ENTRY"], "one decision at a time"),
        (["ENTRY", "--year", "2024", "--not-a-report"], "one decision at a time"),
    ],
)
def test_what_cannot_be_judged_is_one_sentence(run, entry, arguments, said):
    status, _, err = run("judge", *(entry if a == "ENTRY" else a for a in arguments), *WHY)
    assert (status, len(err.splitlines())) == (2, 1)
    assert said in err
    assert not (run.root / "inputs/judgements.csv").exists()


def test_a_judgement_needs_a_reason_and_a_name(run, entry):
    status, _, err = run("judge", entry, "--not-a-report", "--by", "张三")
    assert (status, err) == (2, "a judgement needs --reason and --by")


def test_a_name_that_fits_two_units_is_asked_back(run, entry):
    former = "division,name,kind,code,last_year,successor,change\n"
    former += "990102,大兴乡,township,990102150,2015,东风镇,renamed\n"
    former += "990102,大兴乡,township,990102250,2019,东风乡,renamed\n"
    (run.root / "inputs/units.csv").write_text(former, encoding="utf-8")
    status, _, err = run("judge", entry, "--unit", "大兴乡", *WHY)
    assert status == 2
    assert err == "大兴乡 fits 2 units: 东风镇 (990102150), 东风乡 (990102250); name the code"


def test_update_says_which_judgement_of_the_file_fits_nothing(run):
    text = "kind,target,value,reason,by,date\nexempt,990102999/2024,,r,b,2025-02-07\n"
    (run.root / "inputs/judgements.csv").write_text(text, encoding="utf-8")
    status, _, err = run("update")
    assert status == 2
    assert "judgements.csv: exempt 990102999/2024: no unit is called 990102999" in err
    assert json.loads(run("ledger", "--year", "2024", "--json")[1])
