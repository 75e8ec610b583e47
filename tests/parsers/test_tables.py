"""Exact grids: a cell is what its row label and its headers say."""

import re

import pytest

from tests.parsers.pages import as_page, codes, is_flagged, page, read_one, report, row_cells

SEVEN = [
    "natural_person",
    "business",
    "research",
    "public_interest",
    "legal_service",
    "other_organization",
    "total",
]
RECEIVED = "一、本年新收政府信息公开申请数量"


def received(html):
    found = read_one(html)
    return found, [found.requests["received"].get(code, "absent") for code in SEVEN]


def test_a_whole_report():
    sample = report()
    found = read_one(as_page(sample))
    assert found.cells() == sample.figures()
    assert found.findings == []
    assert found.notes == {}


def test_columns_follow_their_headers():
    sample = report()
    found = read_one(
        page(sample, old="<td>商业企业</td><td>科研机构</td>", new="<td>科研机构</td><td>商业企业</td>")
    )
    cells = sample.figures()
    assert found.requests["received"]["research"] == cells["requests.received.business"]
    assert found.requests["received"]["business"] == cells["requests.received.research"]


@pytest.mark.parametrize("wrong", [("22", "21"), ("22", "23"), ("8", "9"), ("3", "4")])
def test_a_wrong_rowspan_shifts_no_value(wrong):
    sample = report()
    html = as_page(sample).replace(f'<td rowspan="{wrong[0]}">', f'<td rowspan="{wrong[1]}">')
    found = read_one(html)
    for path, value in found.cells().items():
        assert value == sample.figures()[path] or (value is None and is_flagged(found, path)), path


def test_no_spans_at_all():
    sample = report()
    found = read_one(re.sub(r' (row|col)span="\d+"', "", as_page(sample)))
    assert found.cells() == sample.figures()


def test_a_table_goes_on_after_a_page_break():
    sample = report()
    broken = as_page(sample).replace(
        "<tr><td>3.危及", "</tbody></table><p>— 4 —</p><table><tbody><tr><td>3.危及", 1
    )
    assert read_one(broken).cells() == sample.figures()


def test_invented_headers_over_ordinary_rows_are_said():
    sample = report()
    html = as_page(sample)
    for label in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"):
        html = html.replace(f">{label}</td>", ">数据1</td>")
    found = read_one(html)
    assert found.cells() == sample.figures()
    assert "headers_missing" in codes(found)
    assert is_flagged(found, "requests.received.natural_person")


def test_a_number_over_several_columns_belongs_to_none():
    found, values = received(row_cells(as_page(report()), RECEIVED, '<td colspan="7">0</td>'))
    assert values == [None] * 7
    assert found.notes["requests.received.total"].flag == "unclear"
    assert "columns_unclear" in codes(found)


def test_a_mark_over_several_columns_stands_in_each():
    found, values = received(row_cells(as_page(report()), RECEIVED, '<td colspan="7">无</td>'))
    assert values == [None] * 7
    assert found.notes["requests.received.total"].flag == "mark"


def test_blank_is_null_and_absent_has_no_key():
    html = row_cells(as_page(report()), RECEIVED, "<td>1</td><td></td>" + "<td>0</td>" * 4)
    found, values = received(html)
    assert values == [1, None, 0, 0, 0, 0, "absent"]
    assert "requests.received.business" not in found.notes
    assert "cells_missing" in codes(found)


def test_a_row_that_is_not_there_has_no_key():
    found = read_one(as_page(report().without("requests.granted")))
    assert "granted" not in found.requests
    assert "rows_missing" in codes(found)


def test_a_table_that_is_not_there_is_said():
    html = re.sub(r"<table(?:(?!</table>).)*结果维持.*?</table>", "", as_page(report()), flags=re.DOTALL)
    found = read_one(html)
    assert found.remedies == {}
    assert "table_missing" in codes(found)


@pytest.mark.parametrize(
    ("cell", "text"), [("5<sup>1</sup>", "5^1"), ("<s>5</s>4", "~54"), ("1<br>2", "1\n2")]
)
def test_digits_that_do_not_belong_together_are_unclear(cell, text):
    found, values = received(row_cells(as_page(report()), RECEIVED, f"<td>{cell}</td>" + "<td>0</td>" * 6))
    assert values[0] is None
    assert found.notes["requests.received.natural_person"].text == text
    assert "cell_unclear" in codes(found)


def test_digits_cut_over_inline_elements_are_one_number():
    _, values = received(
        row_cells(as_page(report()), RECEIVED, "<td><span>13</span><font>612</font></td>" + "<td>0</td>" * 6)
    )
    assert values[0] == 13612


def test_hidden_cells_are_not_on_the_page():
    sample = report()
    html = re.sub(rf"({RECEIVED}</td>)", r'\1<td style="display: none">99</td>', as_page(sample))
    assert read_one(html).cells() == sample.figures()


def test_an_unknown_row_is_not_dropped_in_silence():
    html = as_page(report()).replace(
        "<tr><td>行政强制</td>", '<tr><td>行政确认</td><td colspan="3">77</td></tr><tr><td>行政强制</td>'
    )
    found = read_one(html)
    assert [
        f.message
        for f in found.findings
        if f.code == "unknown_row" and "行政确认" in f.message and "77" in f.message
    ]


def test_a_row_that_a_province_is_known_to_add_makes_no_other_doubtful():
    row = "<tr><td>其他主动公开文件（含以本单位名义正式签发的文件）</td><td>186</td><td>86</td><td>255</td></tr>"
    html = as_page(report(2020)).replace("<tr><td>规范性文件</td>", f"{row}<tr><td>规范性文件</td>")
    found = read_one(html)
    assert [f.where for f in found.findings if f.code == "unknown_row"] == [()]
    assert found.cells() == report(2020).figures()
    bare = read_one(re.sub(r"<[^>]*>", "\n", html))
    assert [f.where for f in bare.findings if f.code == "unknown_row"] == [()]


def test_a_cell_that_stands_twice_with_two_values_is_null():
    html = as_page(report()).replace(
        "<tr><td>行政强制</td>", '<tr><td>行政处罚</td><td colspan="3">4711</td></tr><tr><td>行政强制</td>'
    )
    found = read_one(html)
    assert found.proactive["penalties"]["decisions"] is None
    assert "cell_repeated" in codes(found)


def test_the_form_is_told_by_headers_and_never_by_the_year():
    assert read_one(as_page(report(2023, "2019"))).form == "2019"
    assert read_one(as_page(report(2020, "2021"))).form == "2021"


def test_one_row_of_2019_in_a_report_on_form_2021():
    old, new = report(2022, "2019"), report(2022, "2021")
    table = re.compile(r"<table(?:(?!</table>).)*本年新收.*?</table>", re.DOTALL)
    found = read_one(table.sub(lambda _: table.search(as_page(old)).group(), as_page(new)))
    assert found.form == "2021"
    assert found.requests["other_handling"] == old.requests["other_handling"]
    assert "rows_missing" not in codes(found)
    assert "identity_broken" not in codes(found)


@pytest.mark.parametrize(
    ("header", "cell", "value", "flag"),
    [
        ("采购总金额", "105.650万", 105.65, "unit"),
        ("采购总金额", "8040", 8040, None),
        ("采购总金额（万元）", "477.35", 477.35, None),
        ("采购总金额（元）", "8040", 0.804, "unit"),
        ("採購總金額（萬元）", "477.35萬元", 477.35, "unit"),
        ("採購總金額（單位：萬元）", "477.35", 477.35, None),
        ("采购总金额（亿元）", "3.2", 3.2, None),
        ("采购总金额（百万元）", "3.2", 3.2, None),
        ("采购总金额（亿元）", "3.2亿元", 32000, "unit"),
    ],
)
def test_amounts(header, cell, value, flag):
    html = as_page(report(2020)).replace("采购总金额", header)
    html = re.sub(r"(政府集中采购</td><td>\d+</td><td[^>]*>)[^<]*", rf"\g<1>{cell}", html)
    found = read_one(html)
    assert float(found.proactive["procurement"]["amount"]) == value
    note = found.notes.get("proactive.procurement.amount")
    assert (note.flag if note else None) == flag
    assert ("unit_unknown" in codes(found)) == (header[5:] in ("", "（亿元）", "（百万元）") and flag is None)


def test_a_group_over_a_row_that_lost_its_label_is_no_label():
    found = read_one(as_page(report()).replace("<td>3.其他</td>", ""))
    assert "other_handling" not in found.requests
    assert "unknown_row" in codes(found)


def test_headers_in_an_impossible_order_are_not_believed():
    sample = report()
    found = read_one(as_page(sample).replace('<td colspan="5">法人或其他组织</td>', ""))
    for path, value in found.cells().items():
        assert value == sample.figures()[path] or value is None
    assert is_flagged(found, "requests.received.business")


def test_a_header_that_stands_twice_shifts_nothing_in_silence():
    html = as_page(report()).replace('<td rowspan="2">自然人</td>', '<td rowspan="2">自然人</td>' * 2)
    found = read_one(html)
    assert found.requests == report().requests
    assert is_flagged(found, "requests.received.business")
    filled = re.sub(r"((?:<td>[+-]?\d*</td>){7})</tr>", r"\1<td></td></tr>", html)
    assert filled.count("<td></td></tr>") > 25
    assert read_one(filled).requests == report().requests


def test_a_row_with_a_lost_cell_is_flagged_as_a_whole():
    found, _ = received(row_cells(as_page(report()), RECEIVED, "<td>1</td>" + "<td>0</td>" * 5))
    assert "row_ragged" in codes(found)
    assert is_flagged(found, "requests.received.natural_person")
