"""What the command can do is documented, and what is documented runs."""

import ast
import re
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.exports.quality import NO_VALUE, QUALITIES
from archive.folder import Folder
from crawler.cli import VERBS, gongkai
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl, at

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme_and_has_help(verb):
    assert re.search(rf"gongkai {verb}\b", README)
    result = CliRunner().invoke(gongkai, [verb, "--help"])
    assert result.exit_code == 0
    assert len(result.output) > 100


def test_readme_names_no_verb_that_is_not_there():
    assert set(re.findall(r"^ {4}gongkai (\w+)", README, re.MULTILINE)) <= VERBS.keys()


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    """Where the snippets of the README find what they open."""
    root = tmp_path_factory.mktemp("readme")
    folder = Folder(root / "gongkai-archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    path = "requests.received.total"
    arguments = ["--archive", str(folder.root), "export", str(root / "data"), "--path", path]
    assert CliRunner().invoke(gongkai, arguments).exit_code == 0
    return root


def snippets(language):
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("snippet", snippets("python"))
def test_python_of_the_readme_runs(exported, snippet, monkeypatch):
    monkeypatch.chdir(exported)
    *before, last = ast.parse(snippet).body
    names = {}
    exec(compile(ast.Module(before, []), "README.md", "exec"), names)  # noqa: S102 - our own README
    frame = eval(compile(ast.Expression(last.value), "README.md", "eval"), names)  # noqa: S307
    assert len(frame) >= 2
    if "db" in names:
        names["db"].close()
    else:
        assert names["received"]["value"].notna().sum() == 6


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not installed")
@pytest.mark.parametrize("snippet", snippets("r"))
def test_r_of_the_readme_runs(exported, snippet):
    command = ["Rscript", "--vanilla", "-e", snippet]
    done = subprocess.run(command, cwd=exported, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert {"2022", "2023"} <= set(done.stdout.split())


def test_the_readme_names_every_quality_and_every_reason():
    told = set(re.findall(r"`(\w+)`", README))
    assert {*QUALITIES, *NO_VALUE} <= told


OPERATIONS = (Path(__file__).parents[1] / "OPERATIONS.md").read_text(encoding="utf-8")


def test_every_command_of_the_operations_works_as_it_stands(tmp_path, monkeypatch):
    """In their order, with the folder /srv elsewhere."""
    folder = Folder(tmp_path / "gongkai").create()
    with at("2025-02-10T01:00:00Z"):
        SimulatedCrawl(folder, yingchuan(), "2025-02-10T01:00:00Z")
        blocks = re.findall(r"^```sh\n(.*?)^```", OPERATIONS, re.MULTILINE | re.DOTALL)
        ran = set()
        for line in "".join(blocks).replace("/srv", str(tmp_path)).splitlines():
            program, *arguments = line.split()
            if program == "export":
                monkeypatch.setenv(*arguments[0].split("="))
            elif program == "gongkai":
                result = CliRunner().invoke(gongkai, arguments)
                unwell = arguments[0] == "health" and result.exit_code == 1  # a column nobody has seen lately
                assert result.exit_code == 0 or unwell, (line, result.output, result.exception)
                ran.add(arguments[0])
            else:
                subprocess.run([program, *arguments], check=True)
    assert ran >= {
        "crawl",
        "revisit",
        "backup",
        "rebuild",
        "verify",
        "merge",
        "update",
        "release",
        "status",
        "health",
    }


@pytest.mark.parametrize(
    "line", re.findall(r"gongkai ((?:crawl|revisit|backup|verify) [^;&\n]+)", OPERATIONS)
)
def test_lines_for_cron_and_systemd_have_options_that_are_there(line):
    verb, *options = line.split()
    known = CliRunner().invoke(gongkai, [verb, "--help"]).output
    assert all(option.strip("`.,)") in known for option in options if option.startswith("--"))


def test_the_query_of_the_readme_runs(tmp_path):
    folder = Folder(tmp_path / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    (query,) = re.findall(r'"(SELECT [^"]+)"', README)
    with closing(sqlite3.connect(folder.database)) as database:
        rows = database.execute(query).fetchall()
    assert {row[1] for row in rows} == {2022, 2023}
    assert all(isinstance(row[2], int) for row in rows)
