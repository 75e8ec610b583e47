"""The view `panel` says what the exported panel says, as far as SQL can tell."""

import pytest

from archive.exports.panel import panel
from parsers.forms.indicators import INDICATORS
from parsers.report import number
from tests.archive.exports.archives import MOON, PINE, archive, opened


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Rows of the view and cells of the panel, by unit, year and indicator."""
    folder = archive(tmp_path_factory.mktemp("view"))[0]
    with opened(folder) as shown:
        what = shown.holdings()
        cells = panel(what.of, what.units, what.years, what.indicators, what.options)
        of_panel = {(c.unit.code, c.year, c.indicator): c for c in cells}
        of_view = {
            (r["unit"], r["year"], r["indicator"]): r for r in shown.database.execute("SELECT * FROM panel")
        }
        plan = shown.database.execute(
            "EXPLAIN QUERY PLAN SELECT value FROM panel WHERE indicator = 'annex.staff'"
        )
        yield of_view, of_panel, [row[3] for row in plan]


def test_every_unit_and_year_of_the_ledger_has_every_cell(both):
    of_view, of_panel, _ = both
    assert len(of_view) == len({key[:2] for key in of_view}) * len(INDICATORS)
    rest = [cell for key, cell in of_panel.items() if key not in of_view]
    assert {cell.why_no_value for cell in rest} == {"not_expected"}


def test_values_and_reasons_are_those_of_the_panel(both):
    of_view, of_panel, _ = both
    compared = 0
    for key, row in of_view.items():
        cell = of_panel[key]
        if cell.link or cell.presence == "missing":  # the view joins no forms, and speaks of today
            continue
        assert row["value"] == number(cell.value), key
        assert row["text"] == cell.text, key
        assert row["why_no_value"] == cell.why_no_value, key
        sure = {"verified": "plain"}.get(cell.quality, cell.quality)
        assert row["quality"] == sure, key
        compared += 1
    assert compared > 2000


def test_every_kind_of_reason_was_seen(both):
    reasons = {row["why_no_value"] for row in both[0].values()}
    assert reasons >= {None, "blank", "mark", "unread", "row_absent", "not_in_form"}
    assert {row["name"] for row in both[0].values()} > {MOON, PINE}


def test_one_cell_is_found_by_its_path(both):
    assert "SEARCH indicators USING PRIMARY KEY (path=?)" in both[2]
    assert not [step for step in both[2] if step.startswith(("SCAN requests", "SCAN notes", "SCAN readings"))]


def test_it_speaks_of_today_and_an_old_sight_accuses_nobody(both):
    of_view, of_panel, _ = both
    keys = [key for key, cell in of_panel.items() if (cell.unit.name, cell.year) == (PINE, 2024)]
    assert {of_panel[key].why_no_value for key in keys} == {"no_report"}
    assert {of_view[key]["why_no_value"] for key in keys} == {"unseen"}
