"""Every format spoiled a little, and every bomb: the long run is `python -m tests.fuzz`."""

from tests.fuzz.documents import BOMBS, FORMATS, QUICK
from tests.fuzz.run import run

SPOILED = 10
"""Of each format in the suite."""

READ = {
    "digits",
    "divisions in divisions",
    "entities in a page",
    "grid span",
    "parentheses",
    "objects in objects",
    "row of 50,000 cells",
}
READ |= {name for name in BOMBS if name.startswith(("spans of", "span of", "report", "table"))}
"""Bombs that do not go off: what is in them is read, or said to be no report."""


def failed(outcomes):
    return [f"{one.name}: {one.said} ({one.seconds} s)" for one in outcomes if one.failed]


def test_a_spoiled_document_is_a_report_or_a_refusal():
    assert failed(run("any", 0, SPOILED * len(FORMATS))) == []


def test_bombs_do_not_go_off():
    outcomes = list(run("bomb", 0, QUICK))
    assert failed(outcomes) == []
    assert [one.name for one in outcomes] == list(BOMBS)[:QUICK]
    assert {one.name for one in outcomes if one.said != "unreadable"} <= READ


def test_what_takes_too_long_is_a_failure_and_the_next_is_read():
    slow = list(BOMBS).index("table of blanks")
    outcomes = list(run("bomb", slow, 2, seconds=0.05))
    assert outcomes[0].said.startswith("killed")
    assert len(outcomes) == 2
