from decimal import Decimal

from crawler.verbs.summary import summary
from parsers.forms import FORMS
from parsers.report import Report

ONE = {"total": Decimal(1)}


def test_rows_stand_in_the_order_of_their_form():
    rows = FORMS["2021"].requests
    report = Report(form="2021", requests={row.code: ONE for row in reversed(rows)})
    shown = summary("a.html", report).split("三、申请")[1].splitlines()[2:]
    assert len(shown) == len(rows)
    for line, row in zip(shown, rows, strict=True):
        assert row.label.startswith(line.split()[0].rstrip("…"))


def test_a_label_that_is_cut_says_so():
    report = Report(form="2021", requests={"partly_granted": ONE})
    assert "…" in summary("a.html", report)
