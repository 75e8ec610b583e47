"""Every cell of the forms has a name in both languages, and no name stands for nothing."""

from itertools import pairwise

import pytest

from parsers.forms import FORMS, english
from parsers.forms.annex import ANNEX
from parsers.forms.indicators import COUNT, INDICATORS, MONEY, ROW_LABELS


@pytest.mark.parametrize("table", ["proactive", "requests", "remedies", "annex"])
def test_both_languages_name_the_same_rows(table):
    assert english.ROWS[table].keys() == ROW_LABELS[table].keys()


def test_every_cell_of_a_form_is_an_indicator_of_that_form():
    for form in FORMS.values():
        for table in ("proactive", "requests"):
            for row in getattr(form, table):
                for column in row.columns:
                    assert form.code in INDICATORS[f"{table}.{row.code}.{column.code}"].forms
    assert len(INDICATORS["remedies.reconsideration.total"].forms) == 2
    assert {path for path in INDICATORS if path.startswith("annex.")} == {
        f"annex.{row.code}" for row in ANNEX
    }


def test_the_cells_of_a_row_stand_together_whichever_form_has_them():
    rows = [path.rpartition(".")[0] for path in INDICATORS]
    changes = sum(one != next_ for one, next_ in pairwise(rows))
    assert changes == len(set(rows)) - 1
    assert [path for path, one in INDICATORS.items() if "2021" in one.forms][:4] == [
        "proactive.rules.issued",
        "proactive.rules.repealed",
        "proactive.rules.in_force",
        "proactive.normative_documents.issued",
    ]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("table", ["proactive", "requests"])
def test_rows_stand_in_the_order_of_each_form(form, table):
    rows = [row.code for row in getattr(FORMS[form], table)]
    found = dict.fromkeys(path.split(".")[1] for path in INDICATORS if path.startswith(f"{table}."))
    assert [code for code in found if code in rows] == rows


def test_a_part_of_an_outcome_is_named_with_it():
    assert INDICATORS["requests.other_handling_rest.total"].zh == "三、申请 · （六）其他处理 3.其他 · 总计"
    assert ROW_LABELS["requests"]["not_processed_duplicate"] == "（五）不予处理 2.重复申请"


def test_counts_of_the_forms():
    of = {
        form: [p for p, one in INDICATORS.items() if form in one.forms] for form in ("2014", "2019", "2021")
    }
    assert {form: len(paths) for form, paths in of.items()} == {
        "2014": len(ANNEX),
        "2019": 22 + 23 * 7 + 15,
        "2021": 10 + 25 * 7 + 15,
    }


def test_units_and_labels_are_told():
    assert INDICATORS["proactive.administrative_charges.amount"].unit == MONEY
    assert INDICATORS["annex.staff"].unit == "人"
    one = INDICATORS["requests.granted.total"]
    assert (one.unit, one.zh, one.en) == (
        COUNT,
        "三、申请 · （一）予以公开 · 总计",
        "Requests · Granted · total",
    )
