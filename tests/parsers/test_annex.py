"""The annex of form 2014: rows by label and context, right or flagged, never invented."""

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.quirks import annex_alone, annex_column, annex_side_by_side, annex_without_units
from crawler.demo.renderers import as_page, as_text
from crawler.demo.reports import make_report
from parsers.document import Block, Grid
from parsers.forms.annex import ANNEX, SUMS
from parsers.report import Report
from parsers.tables.annex import read_annex
from tests.parsers.damage import CELLS, DAMAGES, PRINTERS, damaged, with_blanks
from tests.parsers.pages import bare_lines, codes, flagged, read, read_one

TOKENS = [None, None, "/", "—", 0, 7, Decimal("12.5")]


def sample(seed=1, **cells):
    report = make_report("云溪县青石镇人民政府", 2016, seed=seed)
    for code, value in cells.items():
        report = report.with_cell(f"annex.{code}", value)
    return report


@st.composite
def reports(draw):
    report = sample(draw(st.integers(0, 10**6)))
    for _ in range(draw(st.integers(0, 6))):
        report = report.with_cell(draw(st.sampled_from(list(report.cells()))), draw(st.sampled_from(TOKENS)))
    return report


@pytest.mark.parametrize("name", PRINTERS)
@pytest.mark.parametrize("quirks", [(), (annex_alone,), (annex_side_by_side,)])
@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_what_was_printed_is_read(name, quirks, report):
    found = read_one(PRINTERS[name](report, quirks))
    assert found.cells() == report.figures()
    assert (found.form, found.year) == ("2014", 2016)
    assert {path for path, value in report.cells().items() if isinstance(value, str)} == set(found.notes)
    if annex_alone not in quirks:
        assert found.issuer == report.issuer
        assert list(found.sections) == [code for code in report.prose if code != "preamble"]


def test_a_consistent_annex_has_no_finding():
    assert read_one(as_page(sample())).findings == []


@settings(deadline=None, max_examples=15)
@given(report=reports())
def test_where_blanks_are_lost_nothing_is_invented(report):
    found = read_one(bare_lines(report))
    for path, value in found.cells().items():
        assert value in (None, report.figures()[path]), path
        assert value == report.figures()[path] or path in flagged(found)


MORE_COLUMNS = [
    annex_column("序号", 0),
    annex_column("代码", 2),
    annex_column("历年累计", 3, 5000),
    annex_column("2015年", 2, 300),
    annex_column("县直单位统计数", 3, 40),
    annex_column("上年数", 3, 300),
]
OF_NO_YEAR = [0, 1, 2, 5]
"""Those of them that are known to hold none of the year's numbers."""


@pytest.mark.parametrize("extra", range(len(MORE_COLUMNS)))
@pytest.mark.parametrize("name", [*PRINTERS, "bare"])
@settings(deadline=None, max_examples=5)
@given(report=reports())
def test_numbers_of_another_column_are_never_the_value(name, extra, report):
    print_ = {**PRINTERS, "bare": lambda report, quirks: bare_lines(report, quirks=quirks)}[name]
    found = read_one(print_(report, (MORE_COLUMNS[extra],)))
    for path, value in found.cells().items():
        assert value == report.figures()[path] or (value is None and path in flagged(found)), path


@pytest.mark.parametrize("extra", OF_NO_YEAR)
@pytest.mark.parametrize("name", PRINTERS)
def test_a_column_that_is_known_to_hold_no_values_leaves_the_others_as_they_are(name, extra):
    report = sample(via_gazette=None)
    found = read_one(PRINTERS[name](report, (MORE_COLUMNS[extra],)))
    assert found.cells() == report.figures()
    assert codes(found) <= {"rows_missing"}


@pytest.mark.parametrize("head", ["本月", "上年数", "去年", "本季度"])
def test_a_table_of_another_time_has_none_of_the_year_s_values(head):
    found = spoilt(">统计数<", f">{head}<")
    assert not any(found.annex.values())
    assert codes(found) & {"row_without_cells", "columns_unclear"}


def test_all_documents_are_not_the_normative_ones():
    html = as_page(sample()).replace("主动公开规范性文件数", "主动公开文件数")
    assert "proactive_normative_documents" not in read_one(html).annex
    assert "unknown_row" in codes(read_one(html))


def test_without_a_column_of_units_money_is_as_printed_and_said_to_be_so():
    found = read_one(as_page(sample(budget=Decimal("3.5"), request_fees=0), (annex_without_units,)))
    assert (found.annex["budget"], found.annex["received"]) == (Decimal("3.5"), sample().annex["received"])
    assert [f.where for f in found.findings if f.code == "unit_unknown"] == [("annex.budget",)]


def spoilt(old, new, report=None):
    html = as_page(report or sample())
    assert old in html
    return read_one(html.replace(old, new, 1))


def test_yuan_are_converted_and_the_text_is_kept():
    found = spoilt("<td>万元</td><td>35000</td>", "<td>元</td><td>35000</td>", sample(budget=35000))
    assert (found.annex["budget"], found.notes["annex.budget"].flag) == (Decimal("3.5"), "unit")


def test_a_count_in_yuan_is_a_finding():
    found = spoilt("<td>举报投诉数量</td><td>件</td>", "<td>举报投诉数量</td><td>万元</td>")
    assert [f.where for f in found.findings] == [("annex.complaints",)]
    assert codes(found) == {"unit_differs"}


@pytest.mark.parametrize("section", ["reconsideration", "litigation"])
def test_the_section_decides_what_an_ambiguous_label_names(section):
    report = sample(**{f"{section}_corrected": 71, f"{section}_other": 72})
    html = as_page(report).replace("被依法纠错数", "被依法纠错").replace("其他情形数", "其他情形")
    found = read_one(html)
    assert (found.annex[f"{section}_corrected"], found.annex[f"{section}_other"]) == (71, 72)


def test_by_the_head_stands_under_conferences_and_under_interviews():
    html = as_page(sample(press_conferences_by_head=81, online_interviews_by_head=82))
    html = re.sub("(?:其中：)?主要负责同志参加[^<]*次数", "其中：主要负责同志参加", html)
    found = read_one(html)
    assert (found.annex["press_conferences_by_head"], found.annex["online_interviews_by_head"]) == (81, 82)


@pytest.mark.parametrize("total", SUMS)
def test_a_sum_that_does_not_hold(total):
    broken = [f for f in spoilt_sum(total).findings if f.code == "identity_broken"]
    assert any(f.where[0] == f"annex.{total}" for f in broken)


def spoilt_sum(total):
    return read_one(as_page(sample(**{total: 999})))


def test_rows_that_are_not_there():
    found = read_one(as_page(sample().without("annex.complaints")))
    assert "complaints" not in found.annex
    assert [f.where for f in found.findings] == [("annex.complaints",)]


def test_a_row_that_the_form_does_not_have():
    found = spoilt(
        "<tr><td>举报投诉数量</td>",
        "<tr><td>表扬来信数量</td><td>件</td><td>5</td></tr><tr><td>举报投诉数量</td>",
    )
    assert "unknown_row" in codes(found)
    assert found.annex == sample().annex


def test_an_explanation_of_the_indicators_is_no_annex():
    rows = "".join(f"<tr><td>{row.label}</td><td>指本年度内发生的数目，按实际填写</td></tr>" for row in ANNEX)
    page = f"<html><body><h1>政府信息公开情况统计指标说明</h1><table>{rows}</table></body></html>"
    assert read(page).outcome == "not_report"


def test_the_blank_annex_is_a_blank_form():
    html = as_page(sample(), (annex_alone,))
    table = re.sub(r"<td>[\d.]+</td>", "<td></td>", re.search(r"<table.*</table>", html, re.DOTALL).group())
    assert read(f"<html><body><p>政府信息公开情况统计表</p>{table}</body></html>").outcome == "blank_form"


def test_a_sheet_of_its_own_titled_with_issuer_and_year():
    report = replace(sample(), title="云溪县青石镇政府信息公开情况统计表（2016年度）")
    found = read_one(as_page(report, (annex_alone,)))
    assert (found.issuer, found.year, found.form) == ("云溪县青石镇人民政府", 2016, "2014")


def test_an_annex_in_a_report_of_a_later_form_is_kept_and_said():
    later = make_report("云溪县青石镇人民政府", 2019, seed=3)
    table = re.search(r"<table.*</table>", as_page(sample(), (annex_alone,)), re.DOTALL).group()
    found = read_one(as_page(later).replace("</body>", f"{table}</body>"))
    assert found.cells() == later.figures() | sample().figures()
    assert found.form == "2019"
    assert [f.where for f in found.findings if f.code == "mixed_forms"] == [tuple(sample().cells())]


@pytest.mark.parametrize("how", DAMAGES)
@pytest.mark.parametrize("name", CELLS)
@settings(deadline=None, max_examples=30)
@given(
    seed=st.integers(0, 10**6), blanks=st.sampled_from([0, 12, 40]), place=st.floats(0, 1, exclude_max=True)
)
def test_one_cell_lost_doubled_or_strayed_leaves_nothing_wrong_in_silence(name, how, seed, blanks, place):
    report = with_blanks(sample(seed), seed, blanks)
    found = read_one(damaged(report, name, how, place, "统计指标"))
    for path, value in found.cells().items():
        assert value in (None, report.figures().get(path)) or path in flagged(found), path


def test_numbers_under_another_year_are_not_the_report_s():
    page = as_page(sample())
    found = read_one(page.replace("统计数", "2015年"))
    assert found.year == 2016
    assert set(found.annex.values()) == {None}
    assert {f"annex.{code}" for code in found.annex} <= flagged(found)
    assert read_one(page.replace("统计数", "2016年度")).cells() == sample().figures()


def test_a_table_for_every_row_is_one_annex():
    page = re.sub(r"</tr>\s*<tr>", "</tr></table><table><tr>", as_page(sample()))
    assert page.count("<table") > 50
    assert read_one(page).cells() == sample().figures()


def test_labels_of_the_annex_that_are_no_table_of_it_are_said():
    labels, values = (
        "".join(f"<td>{text}</td>" for text in texts)
        for texts in zip(*((row.label, sample().annex[row.code]) for row in ANNEX), strict=True)
    )
    page = re.sub(
        r"<table.*</table>",
        f"<table><tr>{labels}</tr><tr>{values}</tr></table>",
        as_page(sample()),
        flags=re.S,
    )
    found = read_one(page)
    assert found.annex == {}
    assert sample().figures().keys() <= flagged(found)


def test_a_number_alone_under_a_row_of_text_may_be_the_rest_of_its_value():
    report = sample(via_weibo=123)
    text = as_text(report, "tab_rows").replace("\t123\n", "\t12\n3\n")
    found = read_one(text)
    assert "annex.via_weibo" in flagged(found)
    assert not flagged(found) & {"annex.via_gazette", "annex.via_wechat"}


def test_a_row_that_stands_thousands_of_times_is_remembered_once():
    blocks = [Block("政府网站公开政府信息数 条", f"line {n}") for n in range(2000)]
    assert len(read_annex(blocks, Report()).places["via_website"]) <= len(blocks) + 1
    grids = [Grid([["政府网站公开政府信息数", "条", "5"]], True, f"table {n}") for n in range(2000)]
    labels = [Grid([[row.label, row.unit, "5"]], True) for row in ANNEX]
    mixed = [item for grid in grids for item in (Block("甲。"), grid)]
    assert len(read_annex([*labels, *mixed], Report()).places["via_website"]) < 20
