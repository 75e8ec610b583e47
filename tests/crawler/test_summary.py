from decimal import Decimal

import pytest
from rich.cells import cell_len

from crawler.verbs.summary import summary
from parsers.forms import FORMS, OUTCOMES, REQUEST_COLUMNS, ROUTES
from parsers.forms.annex import ANNEX
from parsers.forms.indicators import row_label
from parsers.report import Finding, Note, Report

ONE = {"total": Decimal(1)}


def whole(form):
    """A report with every cell of a form, figures of six digits, a mark, and a finding with many cells."""
    figure = Decimal(123456)
    report = Report(form=form, title="江川县白鹭镇人民政府2023年政府信息公开工作年度报告" * 2)
    for row in FORMS[form].proactive:
        report.proactive[row.code] = {column.code: figure for column in row.columns}
    for row in FORMS[form].requests:
        report.requests[row.code] = {column.code: figure for column in REQUEST_COLUMNS}
    for row in ROUTES:
        report.remedies[row.code] = {column.code: figure for column in OUTCOMES}
    report.requests["granted"]["total"] = None
    report.notes["requests.granted.total"] = Note("/", "mark")
    report.annex = {line.code: figure for line in ANNEX}
    where = tuple(f"requests.{row.code}.natural_person" for row in FORMS[form].requests)
    report.findings.append(Finding("identity_broken", where, "concluded is not the sum: 10 ≠ " + "1 + " * 30))
    return report


def plain(text):
    return "".join(text.split())


@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_report_fits_80_columns_and_nothing_is_cut_off(form, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    shown = summary("a.html", whole(form))
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "…" not in shown
    labels = [row_label(row) for row in FORMS[form].requests]
    labels += [row.label for row in (*ROUTES, *ANNEX)]
    rows = [line for line in shown.splitlines() if line.startswith("  ")]
    text = plain("".join(line[: 80 - 7 * 7] for line in rows)) + plain(shown)
    assert [label for label in labels if plain(label) not in text] == []
    assert shown.count("123456") == len(whole(form).cells()) - 1


def test_headers_stand_over_their_columns_where_they_are_broken(monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    block = summary("a.html", whole("2021")).split("三、申请 requests\n")[1].split("\n\n")[0].splitlines()
    head = [line for line in block if "123456" not in line][:3]
    assert [part for line in head for part in line.split()] == [
        *("社会", "法律"),
        *("商业", "科研", "公益", "服务"),
        *("自然人", "企业", "机构", "组织", "机构", "其他", "总计"),
    ]


def test_a_wide_terminal_has_a_line_for_each_row(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    shown = summary("a.html", whole("2021"))
    assert "社会公益组织" in shown
    for row in FORMS["2021"].requests:
        assert any(
            line.strip().startswith(row_label(row)) and "123456" in line for line in shown.splitlines()
        )


def test_rows_stand_in_the_order_of_their_form(monkeypatch):
    monkeypatch.setenv("COLUMNS", "200")
    rows = FORMS["2021"].requests
    report = Report(form="2021", requests={row.code: ONE for row in reversed(rows)})
    shown = summary("a.html", report).split("三、申请")[1].splitlines()[2:]
    assert len(shown) == len(rows)
    for line, row in zip(shown, rows, strict=True):
        assert row_label(row).startswith(line.split()[0])
        assert row.label in line
