"""The pages over HTTP, as `gongkai serve` gives them."""

import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from datetime import date
from urllib.parse import quote

import pytest

from archive import clock
from archive.folder import Folder
from archive.web import labels, tables
from archive.web.queries import QUERIES
from archive.web.site import metadata
from parsers.forms.indicators import INDICATORS
from tests.archive.simulated import SimulatedCrawl
from tests.archive.web.archives import MOON, NOW, PERSON, PHONE, PINE, REED, SCRIPT

pytest.importorskip("datasette", reason="the extra `web` is not installed")

MADE = "making web.db from the archive: a minute for 100,000 reports\n"


class Served:
    """A running `gongkai serve` and the archive that it serves."""

    def __init__(self, folder, *options):
        self.folder = folder
        command = [sys.executable, "-m", "crawler", "--archive", str(folder.root), "serve", "--port", "0"]
        self.process = subprocess.Popen(
            [*command, *options],
            env={**os.environ, clock.MOVED: NOW, "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.url = re.match(r"http://\S+/", self.process.stdout.readline())[0]

    def get(self, path, **headers):
        """Status, headers and text of a page."""
        asked = urllib.request.Request(self.url + quote(path, safe="/?&=%+~,"), headers=headers)  # noqa: S310 - loopback
        try:
            with urllib.request.urlopen(asked) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read().decode()

    def rows(self, query, **values):
        """The rows of a canned query, by column."""
        asked = "&".join(
            f"{name}={quote(str(value))}" for name, value in {"_shape": "objects", **values}.items()
        )
        status, _, text = self.get(f"gongkai/{query}.json?{asked}")
        assert status == 200, text
        return json.loads(text)["rows"]

    def stop(self):
        """End it; what it said on standard error."""
        self.process.terminate()
        return self.process.communicate(timeout=20)[1]


@pytest.fixture(scope="module")
def served(made, tmp_path_factory):
    folder = Folder(shutil.copytree(made[0].root, tmp_path_factory.mktemp("served") / "archive"))
    one = Served(folder)
    yield one
    assert one.stop() == MADE  # no page failed, and no error of a reader was shouted about


def test_the_start_page_says_what_missing_means(served):
    status, _, page = served.get("")
    assert status == 200
    assert "<title>公开 gongkai：政府信息公开工作年度报告</title>" in page
    assert "不是“看不到”（unseen）" in page
    assert "数据截至 2025-02-09" in page
    for name in (*(t.name for t in tables.TABLES), *(q.name for q in QUERIES)):
        assert f'href="/gongkai/{name}"' in page


@pytest.mark.parametrize("table", tables.TABLES, ids=lambda table: table.name)
def test_every_table_has_a_page_with_its_labels(served, table):
    status, _, page = served.get(f"gongkai/{table.name}")
    assert status == 200
    assert re.search(rf"<title>{table.zh}.* · 公开 gongkai</title>", page)
    for field in table.fields:
        assert f"<dd>{field.zh} {field.en}</dd>" in page
    for facet in table.facets:
        assert f'id="facet-{facet}"' in page


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_every_question_has_a_page_without_being_asked_anything(served, query):
    status, _, page = served.get(f"gongkai/{query.name}")
    assert status == 200
    assert f"<title>{query.title} · 公开 gongkai</title>" in page
    assert "message-error" not in page


def test_codes_are_shown_with_their_labels(served):
    _, _, page = served.get("gongkai/ledger?year=2024")
    assert re.search(r">未见</a>(?:&nbsp;|\s)*<em>missing</em>", page)
    assert re.search(rf">{PINE}</a>(?:&nbsp;|\s)*<em>990102200</em>", page)


def test_missing_this_year(served):
    rows = served.rows("missing_reports")
    assert [(r["name"], r["year"]) for r in rows] == [(PINE, 2024)]
    assert "未见于栏目" in rows[0]["sentence"]
    assert (
        served.rows("missing_reports", county="990102")
        == served.rows("missing_reports", county="萤川县")
        == rows
    )
    assert served.rows("missing_reports", county="110000") == served.rows("missing_reports", year=2023) == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_page_of_a_query_speaks_chinese(served, query):
    said = {"search": "q=惠农", "unit_page": f"unit={MOON}", "figures_of": f"unit={MOON}"}.get(query.name, "")
    status, _, page = served.get(f"gongkai/{query.name}?{said}")
    assert status == 200
    body = re.sub(r"<(script|style).*?</\1>", "", page[page.index("<h1") :], flags=re.DOTALL)
    for english in ("Custom SQL", "Query parameters", "This data as", "Edit SQL", "Run SQL", "0 results"):
        assert english not in body
    for heading in (
        *re.findall(r"<th[^>]*>(.*?)</th>", body),
        *re.findall(r"<label[^>]*>(.*?)</label>", body),
    ):
        assert re.search("[一-鿿]", heading), heading


@pytest.mark.parametrize(
    "path",
    [
        "",
        "gongkai",
        *(f"gongkai/{table.name}" for table in tables.TABLES),
        "gongkai/ledger?year=2024&presence=missing&_sort=due&_all=1",
        "gongkai/units?name__contains=nobody",
        "gongkai/units/990102100",
        "gongkai/ledger/990102200,2024",
        "gongkai/nope",
        "gongkai?sql=select+1",
        "gongkai?sql=selec",
    ],
)
def test_what_stands_around_the_data_is_chinese(served, path):
    page = served.get(path)[2]
    assert '<html lang="zh-CN">' in page
    bare = re.sub(r"<style.*?</style>|<code.*?</code>|<small>.*?</small>", "", page, flags=re.DOTALL)
    around = re.findall(r"<(?:h1|h2|label|summary|option|nav|footer)[^>]*>([^<]*)", bare)
    around += re.findall(r'<input type="submit" value="([^"]*)"', bare)
    around += re.findall(r"<th[^>]*>(?:<a[^>]*>)?([^<]+)", bare) + re.findall(r"<dt>([^<]+)<", bare)
    around += re.findall(r'<p class="(?:export-links|zero-results)">([^<]*)', bare)
    assert len(around) >= 3
    for said in filter(str.strip, around):
        assert re.search("[一-鿿]", said) or said.strip() in {"/", "SQL", "1"}, said
    told = re.sub('<dl class="column-descriptions">.*?</dl>|<[^>]*>', "", bare, flags=re.DOTALL)
    for english in (
        "Apply",
        "Next page",
        "Custom SQL",
        "View and edit",
        "This data as",
        " rows",
        "sorted by",
    ):
        assert english not in told


def test_a_row_shows_every_column_and_a_table_its_main_ones(served):
    table = served.get("gongkai/missing")[2]
    row = served.get("gongkai/missing/990102200,2024")[2]
    whole = served.get("gongkai/missing?_all=1")[2]
    for page, shown in ((table, False), (row, True), (whole, True)):
        assert ("urn:uuid:" in page) == shown
    assert ">详情</a>" in table
    assert 'href="/gongkai/missing/990102200,2024"' in table


def test_findings_are_told_in_chinese(served):
    rows = served.rows("broken_identities")
    assert {row["message"] for row in rows if row["code"] == "identity_broken"}
    for row in rows:
        assert not re.search("[a-z]{3,} [a-z]{2,}", row["message"]), row["message"]
    assert "三、申请 · " in served.get("gongkai/findings")[2]


@pytest.mark.parametrize(
    ("code", "message", "said"),
    [
        (
            "identity_broken",
            "concluded is not the sum of the outcomes: 10 ≠ 1 + 2; all that is broken meets in requests.granted.total",
            "办理结果总计不等于各项之和：10 ≠ 1 + 2；不符之处都落在 三、申请 · （一）予以公开 · 总计",
        ),
        ("cell_unclear", "“约20件” is no number", "单元格不是数字：“约20件”"),
        (
            "prose_differs",
            "the text says 17, the table 95; the two may differ in what they cover",
            "文字称 17，表格为 95；两者所指范围可能不同",
        ),
        ("no_tables", "no statutory table stands in the text", "没有法定表格"),
    ],
)
def test_a_finding_keeps_its_numbers_and_words(code, message, said):
    assert labels.found(code, message) == said


def test_a_reason_is_said_in_chinese_before_its_own_words():
    from archive.web.plugin import render_cell

    shown = render_cell("sight_fresh: 看清是在 <2025-03-02>；\nuser: the seal", "why", "ledger")
    assert shown == "看清是在 &lt;2025-03-02&gt;； <small>sight_fresh</small><br>user: the seal"
    shown = render_cell("statute: 《条例》第四十九条", "basis", "ledger")
    assert shown == "法规，《条例》第四十九条 <small>statute</small>"
    assert render_cell("user: 张三说的", "basis", "ledger") == "使用者设定 <small>user</small>"


def test_a_query_without_an_answer_says_so(served):
    assert "没有符合的记录" in served.get("gongkai/unit_page?unit=没有这个单位")[2]
    assert "请在上面填写要查的内容" in served.get("gongkai/unit_page")[2]
    assert "没有“未见”不等于全部已见" in served.get("gongkai/missing_reports?year=2023")[2]


def test_revised_and_broken(served):
    rows = served.rows("revised_reports")
    assert [(r["name"], r["year"]) for r in rows] == [(REED, 2023)]
    assert "requests.received.business（三、申请" in rows[0]["what"]
    broken = {(r["name"], r["year"], r["code"]) for r in served.rows("broken_identities")}
    assert (PINE, 2023, "identity_broken") in broken


def test_a_county_a_unit_a_report(served):
    by_year = {r["year"]: r for r in served.rows("by_county", county="990102")}
    assert [by_year[2024][k] for k in ("expected", "present", "missing", "unseen")] == [3, 2, 1, 0]
    assert by_year[2024]["county"] == "萤川县"
    assert by_year[2024]["rate"] == pytest.approx(2 / 3, abs=1e-4)
    for name in (PINE, "990102200"):
        states = {r["year"]: r["status"] for r in served.rows("unit_page", unit=name)}
        assert states == {2024: "未见", 2023: "已见", 2022: "已见"}
    assert {r["name"] for r in served.rows("unit_page", unit="针")} == {PINE}
    assert {r["name"] for r in served.rows("unit_page", unit="镇", county="990102")} == {MOON}
    assert served.rows("unit_page", unit="镇", county="110000") == []
    assert served.rows("unit_page", unit="") == served.rows("unit_page", unit="没有这个单位") == []
    cells = {r["path"]: r for r in served.rows("figures_of", unit=MOON, year=2023)}
    assert list(cells) == [path for path in INDICATORS if path in cells]
    assert cells["proactive.licensing.decisions"]["text"] == "22（问〔电话〕）"
    assert cells["requests.granted.business"]["value"] is None


def test_two_characters_are_found_in_prose_and_titles(served):
    found = served.rows("search", q="惠农")
    assert {(r["name"], r["year"]) for r in found} >= {(MOON, 2023)}
    assert all("惠农" in r["excerpt"] for r in found)
    assert {r["section"] for r in served.rows("search", q="月牙 年度报告")} == {"标题"}
    assert served.rows("search", q='"*( NEAR') == []


def test_no_name_and_no_number_is_shown(served):
    for path in (
        "gongkai/search.json?q=联系",
        "gongkai/search.csv?q=电话",
        "gongkai/texts.json",
        "gongkai/notes.json",
    ):
        status, _, text = served.get(path)
        assert status == 200
        assert "〔" in text or "\\u3014" in text
        for secret in (PERSON, PHONE, PERSON.encode("unicode_escape").decode()):
            assert secret not in text
    assert served.rows("search", q=PERSON) == served.rows("search", q=PHONE) == []


def test_what_stands_in_a_report_is_text_and_nothing_runs(served):
    assert SCRIPT in served.rows("search", q="alert")[0]["excerpt"]
    for path in ("gongkai/search?q=alert", "gongkai/texts?text__contains=alert", "gongkai/nope?q=" + SCRIPT):
        _, headers, page = served.get(path)
        assert SCRIPT not in page
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_holds_a_script_and_the_policy_lets_none_run(served):
    for path in (
        "",
        "gongkai",
        "gongkai/ledger",
        "gongkai/search?q=公开",
        "gongkai/units/990102100",
        "gongkai?sql=select+1",
    ):
        _, headers, page = served.get(path)
        assert "<script" not in page
        assert not re.search(r"\son\w+=", re.sub(r"<p>.*?</p>", "", page))
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "script-src" not in headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["-/databases", "-/databases.json", "-/threads", "-/versions", "-/settings"])
def test_nothing_of_the_machine_is_told(served, path):
    status, headers, text = served.get(path)
    assert (status, text) == (404, "not found\n")
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_only_reading(served):
    for sql in (
        "delete from units",
        "update made set day = 'x'",
        "pragma user_version = 1",
        "attach 'x' as y",
    ):
        assert served.get(f"gongkai?sql={quote(sql)}")[0] == 400
    assert served.get("gongkai.db")[0] in {403, 404}  # the file itself is not handed out


def test_unknown_pages_are_no_faults_of_ours(served):
    assert served.get("gongkai/nope")[0] == 404
    assert json.loads(served.get("gongkai/nope.json")[2])["status"] == 404


def test_the_address_of_a_row_that_was_put_otherwise_is_no_fault_of_ours(made, tmp_path):
    one = Served(Folder(shutil.copytree(made[0].root, tmp_path / "archive")))
    try:
        assert one.get("gongkai/ledger/990102200%2C2024")[0] == 404
    finally:
        assert "Traceback" not in one.stop()


def test_what_is_crawled_meanwhile_is_shown(made, tmp_path):
    folder = Folder(shutil.copytree(made[0].root, tmp_path / "archive"))
    one = Served(folder)
    try:
        assert [r["name"] for r in one.rows("missing_reports")] == [PINE]
        made[1].publish(PINE, 2024, date(2025, 2, 8))
        try:
            SimulatedCrawl(folder, made[1], "2025-02-09T01:30:00Z")
        finally:
            made[1].drop(PINE, 2024)
        until = time.monotonic() + 15
        while one.rows("missing_reports") and time.monotonic() < until:
            time.sleep(0.1)
        assert one.rows("missing_reports") == []
        with closing(sqlite3.connect(folder.root / "web.db")) as web:
            assert web.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    finally:
        assert one.stop() == MADE


def test_every_facet_and_label_names_a_column():
    for name, shown in metadata()["databases"]["gongkai"]["tables"].items():
        known = {field.name for table in tables.TABLES if table.name == name for field in table.fields}
        wanted = {
            *shown.get("facets", []),
            *(shown[k] for k in ("sort", "sort_desc", "label_column") if k in shown),
        }
        assert wanted <= known


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST.:8001", 200),
        ("127.0.0.1:80", 200),
        ("rebound.example", 421),
        ("[::2]", 421),
    ],
)
def test_a_name_that_was_made_to_lead_here_reads_nothing(served, host, status):
    answered, headers, page = served.get("gongkai/ledger", Host=host)
    assert answered == status
    assert headers["Content-Security-Policy"]
    assert (PINE in page) == (status == 200)
    if status != 200:
        assert f"does not answer to {host.strip('[]')}" in page
        assert "--allow-host" in page


def test_names_that_are_allowed_are_answered(made, tmp_path):
    copied = Folder(shutil.copytree(made[0].root, tmp_path / "archive"))
    one = Served(copied, "--allow-host", "nianbao.example")
    try:
        assert one.get("", Host="nianbao.example:443")[0] == 200
        assert one.get("", Host="other.example")[0] == 421
    finally:
        one.stop()
