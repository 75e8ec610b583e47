"""How sure a cell is, from the sums it takes part in and the notes and findings on it."""

import pytest

from archive.exports.figures import Figures
from archive.exports.quality import DOUBTS, MARKS, quality, worst
from crawler.demo.reports import make_report
from parsers import values
from parsers.findings import FINDINGS
from parsers.report import Note

CELL, SUM = "requests.granted.business", "requests.granted.total"


def qualities(figures):
    """The quality of every cell that has a value, looked at anew."""
    figures.sums.clear()
    return {path: quality(figures, path) for path, value in figures.cells.items() if value is not None}


@pytest.fixture
def figures():
    report = make_report("月牙镇人民政府", 2023, seed=3)
    return Figures("digest", "2021", dict(report.figures()))


def test_cells_in_sums_that_hold_are_verified_and_others_plain(figures):
    found = qualities(figures)
    assert found[CELL] == found["remedies.reconsideration.total"] == "verified"
    assert found["proactive.licensing.decisions"] == "plain"


def test_every_cell_of_a_broken_sum_is_inconsistent(figures):
    figures.cells[SUM] += 1
    found = qualities(figures)
    assert found[SUM] == found["requests.granted.natural_person"] == "inconsistent"
    assert found["requests.received.business"] == "verified"


def test_sum_with_a_blank_in_it_verifies_nothing(figures):
    figures.cells["remedies.reconsideration.upheld"] = None
    found = qualities(figures)
    assert found["remedies.reconsideration.total"] == "plain"
    assert "remedies.reconsideration.upheld" not in found


def test_text_recognition_is_said_and_is_doubtful_in_a_broken_sum(figures):
    figures.notes[CELL] = Note("3", "ocr")
    figures.notes["requests.received.business"] = Note("8", "repaired")
    assert qualities(figures)[CELL] == "ocr"
    assert qualities(figures)["requests.received.business"] == "repaired"
    figures.cells[SUM] += 1
    assert qualities(figures)[CELL] == "doubtful"


def test_finding_about_a_row_makes_its_cells_doubtful(figures):
    figures.findings.append(("label_guessed", ("requests.granted.*",)))
    found = qualities(figures)
    assert {found[path] for path in found if path.startswith("requests.granted.")} == {"doubtful"}
    assert found["requests.partly_granted.total"] == "verified"


def test_remark_beside_a_number_leaves_it_plain(figures):
    figures.notes["proactive.licensing.decisions"] = Note("22（其中修订16件）", "note")
    assert qualities(figures)["proactive.licensing.decisions"] == "plain"


def test_second_table_of_the_other_form_keeps_its_own_sums(figures):
    for row in ("correction_overdue", "fee_overdue", "rest"):
        for path in [p for p in figures.cells if p.startswith(f"requests.other_handling_{row}.")]:
            figures.cells[path.replace(f"_{row}.", ".")] = figures.cells.get(
                path.replace(f"_{row}.", "."), 0
            ) + figures.cells.pop(path)
    assert qualities(figures)["requests.concluded.total"] == "verified"


def test_worst_of_several():
    assert worst(["verified", "ocr", "plain"]) == "ocr"


def test_every_doubt_is_a_finding_and_every_mark_can_be_counted_as_zero():
    assert DOUBTS.keys() <= FINDINGS.keys()
    assert set().union(*MARKS.values()) == values.MARKS
