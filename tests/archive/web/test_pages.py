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
from archive.web import tables
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
        asked = urllib.request.Request(self.url + quote(path, safe="/?&=%+~"), headers=headers)  # noqa: S310 - loopback
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


def test_a_reason_is_said_in_chinese_before_its_own_words():
    from archive.web.plugin import render_cell

    shown = render_cell("sight_fresh: of <2025-03-02>；user: the seal", "why", "ledger")
    assert (
        shown == "最后一次查看已过久<br><small>sight_fresh: of &lt;2025-03-02&gt;</small><br>user: the seal"
    )


def test_a_query_without_an_answer_says_so(served):
    assert "没有符合的记录" in served.get("gongkai/unit_page?unit=没有这个单位")[2]


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
        assert "unsafe" not in policy.split("script-src")[1].split(";")[0]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_inline_scripts_are_those_that_the_policy_knows(served):
    for path in (
        "",
        "gongkai",
        "gongkai/ledger",
        "gongkai/search?q=公开",
        "gongkai/units/990102100",
        "gongkai?sql=select+1",
    ):
        _, headers, page = served.get(path)
        for inline in re.findall(r"<script(?![^>]*src)[^>]*>(.*?)</script>", page, re.DOTALL):
            assert inline == "DATASETTE_ALLOW_FACET = true;"
        assert not re.search(r"\son\w+=", re.sub(r"<p>.*?</p>", "", page))
        assert "sha256-" in headers["Content-Security-Policy"]


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
