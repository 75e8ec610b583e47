"""What people decide is applied, beside what was read, and waits again when its source changes."""

import json
import shutil
from contextlib import closing
from dataclasses import replace
from datetime import date

import pytest

from archive import clock
from archive.database import read_database
from archive.folder import Folder
from archive.history.judgements import cells
from archive.history.query import state
from archive.history.worklist import questions
from archive.inputs import new_judgement, read_judgements, write_judgement
from archive.upkeep.judging import judge, misfits, take_note
from archive.upkeep.rebuild import rebuild
from archive.upkeep.update import update
from crawler.demo.county import yingchuan
from parsers.errors import Fault
from tests.archive.simulated import BASE, SimulatedCrawl, at, ledger

FIRST, THEN, DAY = "2025-02-06T01:00:00Z", "2025-02-09T01:00:00Z", "2025-02-09"
HOST = BASE.removeprefix("http://")
NEVER, CODE = "松针乡", "990102200"
MISPRINT = "松计乡2024年政府信息公开工作年度报告"


@pytest.fixture(scope="module")
def first_crawl(tmp_path_factory):
    """All but one have reported for 2024, and an entry's title names a township that is none."""
    site = yingchuan()
    site.add_year(2024, but={NEVER})
    address = site.add("townships", MISPRINT, date(2025, 1, 28), text="见附件")
    folder = Folder(tmp_path_factory.mktemp("judged") / "archive").create()
    SimulatedCrawl(folder, site, FIRST)
    plain = Folder(folder.root.with_name("plain")).create()
    SimulatedCrawl(plain, replace(site, articles=site.articles[:-1]), FIRST)
    return site, BASE + address, folder, plain


@pytest.fixture
def site(first_crawl, folder):
    site, _, _, plain = first_crawl
    shutil.copytree(plain.root, folder.root, dirs_exist_ok=True)
    return replace(site, articles=site.articles[:-1], faults={})


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "archive").create()


@pytest.fixture
def misprinted(first_crawl, folder):
    """The address of the misprinted entry."""
    shutil.copytree(first_crawl[2].root, folder.root, dirs_exist_ok=True)
    return first_crawl[1]


def visited(right):
    """The page counts its visitors."""
    return replace(right, body=right.body.replace(b"</body>", b"<!-- 4711 --></body>"))


def shown(folder, day):
    return state(folder, clock.end_of_day(date.fromisoformat(day)))


def judged(folder, kind, target, value="", **more):
    facts = {"reason": "seen by eye", "by": "张三", "date": "2025-02-07", **more}
    with at(THEN):
        judge(folder, new_judgement(kind=kind, target=target, value=value, **facts))
        update(folder)


def source(folder, target):
    key = target.removeprefix("http://")
    return next(c.source for c in shown(folder, DAY).undecided if c.target == key)


def open_questions(folder):
    """What is asked of the portal's own entries; the province's report that it lists is of nobody here."""
    return [(q.asks, q.target) for q in questions(shown(folder, DAY), []) if HOST in q.target]


def change(site, address, **fields):
    article = next(a for a in site.articles if BASE + site.path(a) == address)
    site.articles[site.articles.index(article)] = replace(article, **fields)


def test_the_work_list_names_witnesses_and_units_of_like_name(folder, misprinted):
    (question,) = (q for q in questions(shown(folder, DAY), []) if HOST in q.target)
    assert (question.asks, question.target) == ("unit", misprinted.removeprefix("http://"))
    assert question.reason == "没有名为“松计乡”的已知单位"
    assert question.witnesses.count(f"题为“{MISPRINT}”") == 1
    assert "称年度为 2024" in question.witnesses
    assert question.candidates[0] == f"{NEVER} ({CODE})"


def test_a_unit_is_decided(folder, misprinted):
    assert ledger(folder, DAY)[NEVER, 2024].presence == "unseen"
    judged(folder, "unit", misprinted, CODE, digest=source(folder, misprinted))
    assert ledger(folder, DAY)[NEVER, 2024].presence == "present"
    assert open_questions(folder) == []


def test_an_entry_that_is_no_report_accuses_nobody_and_shields_nobody(folder, misprinted):
    judged(folder, "not_a_report", misprinted, digest=source(folder, misprinted))
    assert ledger(folder, DAY)[NEVER, 2024].presence == "missing"
    assert open_questions(folder) == []


def test_a_changed_source_opens_the_question_again(folder, first_crawl, misprinted):
    site = replace(first_crawl[0], articles=list(first_crawl[0].articles))
    judged(folder, "not_a_report", misprinted, digest=source(folder, misprinted))
    change(site, misprinted, text="松针乡2024年度报告如下。")
    SimulatedCrawl(folder, site, THEN)
    assert ledger(folder, DAY)[NEVER, 2024].presence == "unseen"
    assert {asks for asks, _ in open_questions(folder)} == {"unit", "again"}
    assert ledger(folder, "2025-02-08")[NEVER, 2024].presence == "missing"


def test_a_page_that_says_the_same_in_other_bytes_stays_judged(folder, site):
    address = BASE + site.address("月牙镇", 2024)
    lines = [line for report in shown(folder, DAY).reports for line in report.lines]
    line = next(line for line in lines if f"http://{line.address}" == address)
    judged(folder, "scope", address, "consolidated", digest=line.claim.source)
    site.fail(address.removeprefix(BASE), visited)
    SimulatedCrawl(folder, site, THEN)
    state = shown(folder, DAY)
    assert {r.scope for r in state.reports if (r.unit.name, r.year) == ("月牙镇", 2024)} == {"consolidated"}
    assert open_questions(folder) == []
    site.edit_cell("月牙镇", 2024, "requests.granted.business", 41)
    SimulatedCrawl(folder, site, "2025-02-09T05:00:00Z")
    assert open_questions(folder) == [("again", address)]


def test_a_contested_year_is_decided(folder, site):
    address = site.publish(NEVER, 2024, date(2025, 1, 28))
    change(site, BASE + address, title=f"{NEVER}2023年政府信息公开工作年度报告")
    SimulatedCrawl(folder, site, FIRST)
    assert "year" in {asks for asks, _ in open_questions(folder)}
    judged(folder, "year", BASE + address, "2024")
    row = ledger(folder, DAY)[NEVER, 2024]
    assert (row.presence, [why for why in row.why if "years" in why]) == ("present", [])
    assert open_questions(folder) == []


def test_duties_are_decided_and_the_ledger_says_by_whom(folder, site):
    assert ledger(folder, DAY)[NEVER, 2024].presence == "missing"
    judged(folder, "exempt", f"{CODE}/2024")
    row = ledger(folder, DAY)[NEVER, 2024]
    assert (row.presence, row.why) == ("not_expected", ["judged: seen by eye（张三，2025-02-07）"])
    assert ledger(folder, DAY)[NEVER, 2023].presence == "present"


def test_a_report_found_elsewhere_is_not_missing(folder, site):
    judged(folder, "found_elsewhere", f"{CODE}/2024", "萤川县人民政府公报2025年第1期")
    row = ledger(folder, DAY)[NEVER, 2024]
    assert (row.presence, row.timing, row.reading) == ("present", "undated", "unread")
    assert row.why[0].endswith("萤川县人民政府公报2025年第1期")


def test_a_deadline_of_one_unit(folder, site):
    judged(folder, "deadline", f"{CODE}/2024", "2025-02-20")
    rows = ledger(folder, DAY)
    assert rows[NEVER, 2024].presence == "pending"
    assert (rows[NEVER, 2024].due, rows[NEVER, 2024].basis.split(":")[0]) == ("2025-02-20", "user")
    assert rows["月牙镇", 2024].due == "2025-01-31"


def cell_states(folder):
    with closing(read_database(folder)) as database:
        return [(c.line.value, c.as_read, c.state) for c in cells(database, read_judgements(folder.inputs))]


def test_a_judged_cell_stands_beside_what_was_read(folder, site):
    with closing(read_database(folder)) as database:
        digest = database.execute(
            """SELECT bodies.digest FROM units JOIN reports ON unit = units.id JOIN lines ON report = reports.id
               JOIN renditions ON line = lines.id JOIN readings ON readings.id = reading
               JOIN bodies ON bodies.id = readings.body WHERE units.name = '月牙镇' AND reports.year = 2024"""
        ).fetchone()[0]
    path = "requests.granted.business"
    read = site.report("月牙镇", 2024).figures()[path]
    judged(folder, "cell", f"990102100/2024/{path}", "77", digest=digest)
    assert cell_states(folder) == [("77", read, "applied")]
    site.edit_cell("月牙镇", 2024, path, 41)
    SimulatedCrawl(folder, site, THEN)
    assert cell_states(folder) == [("77", 41, "reopened")]


@pytest.mark.parametrize(
    ("kind", "target", "value", "said"),
    [
        ("unit", "http://www.qinghe.example/nothing.html", CODE, "no entry of the archive stands at"),
        ("exempt", "990102999/2024", "", "no unit is called 990102999"),
        ("exempt", "松针乡/2024", "", "松针乡 is to be named by its code (990102200)"),
        ("cell", f"{CODE}/2024/requests.received.total", "5", "no report that was read has"),
        ("cell", "990102100/2024/requests.nothing.total", "5", "no report that was read has"),
    ],
)
def test_a_judgement_on_what_is_not_there_is_said_and_loses_nothing(folder, site, kind, target, value, said):
    before = {key: row.presence for key, row in ledger(folder, DAY).items()}
    judged(folder, kind, target, value)
    with closing(read_database(folder)) as database:
        (sentence,) = misfits(database, read_judgements(folder.inputs))
    assert said in sentence
    assert {key: row.presence for key, row in ledger(folder, DAY).items()} == before


def test_every_judgement_is_a_line_of_the_journal_once(folder, site):
    judged(folder, "exempt", f"{CODE}/2024")
    by_hand = {
        "kind": "exempt",
        "target": f"{CODE}/2023",
        "reason": "by hand",
        "by": "李四",
        "date": "2025-02-08",
    }
    write_judgement(folder.inputs, new_judgement(**by_hand))
    take_note(folder)
    take_note(folder)
    lines = [json.loads(text) for text in folder.journal.read_text().splitlines()]
    assert [(x["target"], x["by"]) for x in lines if x["what"] == "judged"] == [
        (f"{CODE}/2024", "张三"),
        (f"{CODE}/2023", "李四"),
    ]


def test_judged_archives_are_rebuilt_as_they_were(folder, misprinted):
    judged(folder, "unit", misprinted, CODE, digest=source(folder, misprinted))
    judged(folder, "exempt", f"{CODE}/2023")
    with at(THEN):
        result = rebuild(folder)
    assert result.compared
    assert result.differences == {}


@pytest.mark.parametrize(
    ("kind", "target", "value"),
    [
        ("year", "http://a.example/a.html", "24"),
        ("scope", "http://a.example/a.html", "whole"),
        ("exempt", "松针乡", ""),
        ("deadline", f"{CODE}/2024", "soon"),
        ("cell", f"{CODE}/2024", "5"),
        ("cell", f"{CODE}/2024/requests.received.total", "five"),
        ("not_a_report", "http://a.example/a.html", "yes"),
    ],
)
def test_a_judgement_that_says_nothing_is_refused(kind, target, value):
    with pytest.raises(Fault):
        new_judgement(kind=kind, target=target, value=value, reason="r", by="b", date="2025-02-07")


def test_a_fault_of_the_file_names_its_line(folder):
    (folder.inputs / "judgements.csv").write_text(
        "kind,target,value,reason,by,date\nyear,a.example/a,24,r,b,2025-02-07\n"
    )
    with pytest.raises(Fault, match=r"judgements\.csv:2: .*24 is no value for year"):
        read_judgements(folder.inputs)
