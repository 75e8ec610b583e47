import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from crawler.cli import gongkai
from parsers.report import Report
from tests.parsers.pages import as_page, as_text, blanked, report, tables

KEYS = (
    "issuer year scope form title published_on proactive requests remedies annex stated sections findings"
    " notes source"
)


@pytest.fixture
def files(tmp_path):
    html = as_page(report())
    contents = {
        "report.html": html,
        "text.txt": as_text(report()),
        "blank.html": f"<html><body>{tables(blanked(html))}</body></html>",
        "budget.txt": "云溪县2022年部门预算\n收入\t100\n",
        "two.txt": as_text(report(2021)) + "\n\n" + as_text(report(2022)),
        "empty.txt": "",
    }
    for name, text in contents.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "bytes.bin").write_bytes(bytes(range(256)) * 8)
    return tmp_path


def run(*arguments):
    result = CliRunner().invoke(gongkai, ["parse", *map(str, arguments)], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.stdout, result.stderr


def test_json_has_the_keys_of_the_contract_in_order(files):
    status, out, err = run(files / "report.html", "--json")
    (line,) = out.splitlines()
    found = json.loads(line)
    assert (status, err, list(found)) == (0, "", KEYS.split())
    assert found["source"] | {"sha256": ""} == {
        "file": str(files / "report.html"),
        "sha256": "",
        "format": "html",
        "generation": found["source"]["generation"],
        "engines": [],
    }
    assert len(found["source"]["sha256"]) == 64


def test_one_line_for_each_file_that_is_a_report(files):
    status, out, err = run(files / "text.txt", files / "budget.txt", files / "report.html", "--json")
    assert status == 3
    assert [json.loads(line)["source"]["format"] for line in out.splitlines()] == ["text", "html"]
    assert err.startswith(f"gongkai: {files / 'budget.txt'}: ")


def test_a_file_with_two_reports_is_a_list(files):
    status, out, _ = run(files / "two.txt", "--json")
    assert status == 0
    assert [found["year"] for found in json.loads(out)] == [2021, 2022]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("report.html", 0),
        ("blank.html", 0),
        ("budget.txt", 3),
        ("empty.txt", 3),
        ("bytes.bin", 4),
        ("none", 4),
    ],
)
def test_statuses(files, name, status):
    found, out, err = run(files / name, "--json")
    assert found == status
    assert bool(out) == (status == 0)
    assert len(err.splitlines()) == (status != 0)


def test_the_highest_status_counts(files):
    assert run(files / "report.html", files / "bytes.bin", files / "budget.txt")[0] == 4


def test_people_read_labels_and_findings(files):
    _, out, _ = run(files / "report.html")
    for word in ("云溪县青石镇人民政府", "2022", "form 2021", "本年制发件数", "（七）总计", "复议后起诉"):
        assert word in out
    _, out, _ = run(files / "blank.html")
    assert "blank_form" in out


def test_numbers_marks_and_blanks_look_different():
    from crawler.verbs.summary import summary
    from parsers.report import Note

    found = Report(form="2021", proactive={"rules": {"issued": 0, "repealed": None, "in_force": None}})
    found.notes["proactive.rules.in_force"] = Note("/", "mark")
    assert "本年制发件数 0  本年废止件数 ·  现行有效件数 /" in summary("x", found)


def test_a_text_file_needs_none_of_the_heavy_libraries(files):
    code = (
        "import sys; sys.argv = ['gongkai', 'parse', sys.argv[1], '--json']\n"
        "from crawler.cli import main\n"
        "try:\n    main()\nexcept SystemExit as stop:\n    assert not stop.code\n"
        "heavy = {'scrapy', 'twisted', 'pydantic', 'rich', 'lxml', 'sqlite_utils', 'yaml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(files / "text.txt")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
