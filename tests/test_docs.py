"""What the command can do is documented, and what is documented runs."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.folder import Folder
from crawler.cli import VERBS, gongkai
from crawler.demo.county import yingchuan
from tests.archive.simulated import SimulatedCrawl

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_is_in_the_readme_and_has_help(verb):
    assert re.search(rf"gongkai {verb}\b", README)
    result = CliRunner().invoke(gongkai, [verb, "--help"])
    assert result.exit_code == 0
    assert len(result.output) > 100


def test_readme_names_no_verb_that_is_not_there():
    assert set(re.findall(r"^ {4}gongkai (\w+)", README, re.MULTILINE)) <= VERBS.keys()


def test_the_query_of_the_readme_runs(tmp_path):
    folder = Folder(tmp_path / "archive").create()
    SimulatedCrawl(folder, yingchuan(), "2025-01-12T01:00:00Z")
    (query,) = re.findall(r'"(SELECT [^"]+)"', README)
    with closing(sqlite3.connect(folder.database)) as database:
        rows = database.execute(query).fetchall()
    assert {row[1] for row in rows} == {2022, 2023}
    assert all(isinstance(row[2], int) for row in rows)
