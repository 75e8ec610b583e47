"""What every verb says when it is asked for help, asked wrongly, or has nothing to show."""

import re

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from archive.database import open_database
from archive.folder import Folder
from crawler.cli import VERBS, gongkai
from tests.archive.exports.archives import REED, archive


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return archive(tmp_path_factory.mktemp("help"))[0]


@pytest.fixture
def nothing(tmp_path):
    """An archive that has seen nothing."""
    folder = Folder(tmp_path / "archive").create()
    open_database(folder).close()
    return folder


def run(folder, *arguments):
    return CliRunner().invoke(gongkai, ["--archive", str(folder.root), *arguments])


@pytest.mark.parametrize("verb", VERBS)
def test_help_has_examples_and_fits_80_columns(verb):
    done = CliRunner().invoke(gongkai, [verb, "--help"], terminal_width=80)
    assert done.exit_code == 0
    assert re.search(rf"^ +gongkai {verb}", done.output, re.MULTILINE)
    wide = [line for line in done.output.splitlines() if cell_len(line) > 80]
    assert [line for line in wide if not line.lstrip().startswith("gongkai")] == []


@pytest.mark.parametrize("verb", VERBS)
def test_an_option_that_there_is_not_is_a_wrong_argument(verb):
    done = CliRunner().invoke(gongkai, [verb, "--no-such-option"])
    assert done.exit_code == 2
    assert "No such option" in done.output


@pytest.mark.parametrize("arguments", [("ledger",), ("missing",), ("changes",), ("judge",), ("health",)])
def test_where_nothing_is_there_a_sentence_says_so(nothing, arguments):
    done = run(nothing, *arguments)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "nothing to show" in done.stderr


def test_a_cell_that_no_form_of_the_years_asks_for_is_left_out_beside_years_without_a_report(folder):
    done = run(folder, "series", REED, "--years", "2020-2024", "--as-of", "2025-02-06")
    assert "政府信息公开情况统计表" not in done.stdout
    assert "一、本年新收" in done.stdout
