"""What scripts read of the listing verbs: the same columns whether a row is there or not."""

import csv
import json

import pytest
from click.testing import CliRunner

from crawler import fields
from crawler.cli import gongkai
from crawler.discovery.shown import show_review
from tests.archive.exports.archives import MOON, RECEIVED, archive

DAY = ("--as-of", "2025-02-06")
NEVER_USED = ("--as-of", "2025-02-06", "--year", "1999")
LISTINGS = [
    (("ledger", *DAY), ("ledger", *NEVER_USED), fields.LEDGER),
    (("missing", *DAY), ("missing", *NEVER_USED), fields.MISSING),
    (("ledger", "--rates", "county", *DAY), ("ledger", "--rates", "county", *NEVER_USED), fields.RATES),
    (("changes",), ("changes", "--year", "1999"), fields.EVENTS),
    (("changes", "--kind", "first_seen"), ("changes", "--since", "2099-01-01"), fields.EVENTS),
    (("show", MOON, *DAY), None, fields.LEDGER),
    (("series", MOON, "--path", RECEIVED, *DAY), None, fields.PANEL),
    (("series", "--by", "county", "--path", RECEIVED, *DAY), None, fields.SUMS),
    (("health",), ("health", "--as-of", "1999-01-01"), fields.HEALTH),
    (("judge",), None, fields.QUESTIONS),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return archive(tmp_path_factory.mktemp("listings"))[0]


def run(folder, *arguments):
    result = CliRunner().invoke(gongkai, ["--archive", str(folder.root), *arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.stdout


@pytest.mark.parametrize(
    ("filled", "empty", "names"), LISTINGS, ids=[" ".join(case[0][:3]) for case in LISTINGS]
)
def test_columns_are_the_same_with_rows_and_without(folder, filled, empty, names):
    for arguments in filter(None, (filled, empty)):
        assert next(csv.reader(run(folder, *arguments, "--csv").splitlines())) == list(names)
    if rows := json.loads(run(folder, *filled, "--json")):
        assert {tuple(row) for row in rows} == {names}
    if empty:
        assert isinstance(json.loads(run(folder, *empty, "--json")), list)


def test_cells_of_a_report_have_the_columns_that_are_promised(folder):
    header, *rows = csv.reader(run(folder, "show", MOON, "2023", *DAY, "--csv").splitlines())
    assert header == list(fields.CELLS)
    assert len(rows) > 100


def test_findings_of_searches_have_them_too(capsys):
    show_review([], as_json=False, as_csv=True)
    assert capsys.readouterr().out.strip().split(",") == list(fields.PROPOSALS)


def test_an_update_that_changes_nothing_prints_an_empty_array(folder):
    assert json.loads(run(folder, "update", "--json")) == []


def test_damages_have_the_columns_with_and_without_one(folder):
    assert run(folder, "verify", "--csv").strip().split(",") == list(fields.DAMAGES)
