"""What offices do to the statutory tables, a row each: the catalogue of variation in the generator's own words.

`right`: every cell is as printed. `flagged`: the page itself leaves a doubt; a cell is right, or null and flagged.
"""

import pytest

from crawler.demo import quirks, wordings
from crawler.demo.wordings import reworded, spelt
from tests.parsers.pages import codes, is_flagged, read_one, report
from tests.printers import PRINTERS

SEVEN = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
CREATED, PUBLISHED, TOTAL = "本年新制作数量", "本年新公开数量", "对外公开总数量"
ISSUED, REPEALED, IN_FORCE = "本年制发件数", "本年废止件数", "现行有效件数"
CHARGES = "本年收费金额（单位：万元）"

WORDS = [
    # the table of section 二, form 2019
    (
        "headers on two lines",
        "2019",
        reworded((CREATED, "本年新\n制作数量"), (PUBLISHED, "本年新\n公开数量")),
        "right",
    ),
    (
        "headers with a space",
        "2019",
        reworded((CREATED, "本年新 制作数量"), (TOTAL, "对外公开 总数量")),
        "right",
    ),
    (
        "two headers lost their second line",
        "2019",
        reworded((CREATED, "本年新"), (PUBLISHED, "本年新")),
        "right",
    ),
    ("a header printed twice", "2019", reworded((PUBLISHED, CREATED)), "said"),
    ("article 21 for 20", "2019", spelt("第二十条", "第二十一条"), "right"),
    ("amount with its unit in brackets", "2019", reworded(("采购总金额", "采购总金额(万元)")), "right"),
    (
        "notes with digits in header and label",
        "2019",
        reworded(
            ("上一年项目数量", "上一年项目数量（指2018年事项数）"), ("行政许可", "行政许可（指2019年事项数）")
        ),
        "right",
    ),
    ("form 2021's word on form 2019", "2019", reworded(("规范性文件", "行政规范性文件")), "right"),
    # the table of section 二, form 2021
    (
        "the year in the headers",
        "2021",
        reworded((ISSUED, "本年(2023)制发件数"), (REPEALED, "本年(2023)废止件数")),
        "right",
    ),
    (
        "headers that lost letters",
        "2021",
        reworded((ISSUED, "本年发件"), (IN_FORCE, "现行有效件")),
        "flagged",
    ),
    ("unit without brackets", "2021", reworded((CHARGES, "本年收费金额单位:万元")), "right"),
    ("form 2019's word on form 2021", "2021", reworded(("行政规范性文件", "规范性文件")), "right"),
    ("a row label that is blank", "2021", reworded(("规章", "")), "flagged"),
    ("article without its item", "2021", spelt("第二十条第（一）项", "第二十条第"), "right"),
    ("article with spaces", "2021", spelt("第二十条第（一）项", "第二十条  第（一）项"), "right"),
    ("the heading as a first row", "2021", quirks.title_row, "right"),
    ("remarks after the tables", "2019", quirks.remark_after_tables, "right"),
    # the table of section 三
    ("headers and labels on several lines", "2021", wordings.broken_labels, "right"),
    ("headers with spaces", "2021", wordings.letter_spaced, "right"),
    (
        "社会公益组织 on three lines",
        "2021",
        reworded(("社会公益组织", "社会\n公益\n组织"), ("总计", "总 计")),
        "right",
    ),
    ("blank cells for spans", "2021", quirks.blank_header_cells, "right"),
    ("narrow brackets round numbers", "2021", lambda x: spelt("（", "(")(spelt("）", ")")(x)), "right"),
    ("spaced brackets round numbers", "2021", lambda x: spelt("（", "( ")(spelt("）", " )")(x)), "right"),
    ("a label on two lines", "2021", reworded(("（三）不予公开", "（三）\n不予公开")), "right"),
    ("labels written downwards", "2021", wordings.vertical_labels, "right"),
    ("numbers with 、", "2021", spelt("1.", "1、"), "right"),
    ("numbers with a space", "2021", spelt("1.", "1. "), "right"),
    ("other quotes", "2021", spelt("“三安全一稳定”", '"三安全一稳定"'), "right"),
    ("上年转结", "2021", spelt("上年结转", "上年转结"), "right"),
    ("letters lost in a label", "2021", spelt("其他法律行政法规禁止公开", "其他法律行政止公开"), "right"),
    (
        "a long label shortened",
        "2021",
        reworded(("1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请", "1.逾期不补正")),
        "right",
    ),
    ("（六）其他", "2019", reworded(("（六）其他处理", "（六）其他")), "right"),
    ("a table per group of rows", "2021", quirks.a_table_per_group, "right"),
    ("invented headers", "2021", quirks.invented_headers(*(f"数据{n}" for n in range(1, 8))), "said"),
    (
        "wrong invented headers",
        "2021",
        quirks.invented_headers(
            "本年新收件数", "上年结转件数", "予以公开", "部分公开", "不予公开", "无法提供", "总计"
        ),
        "flagged",
    ),
    ("page numbers in the tables", "2021", quirks.page_marks, "right"),
    ("a label cut in two by a page", "2021", quirks.cut_in_a_label, "right"),
    # the table of section 四
    ("upper headers in one cell", "2021", quirks.headers_in_one_cell, "right"),
    ("a table per route", "2021", quirks.routes_apart, "right"),
]
TEXT = ("cell_per_line", "tab_rows", "pipe_rows")
PRINTED = ("html", "docx", "pdf", *TEXT)


def assert_nothing_wrong_in_silence(found, printed):
    for path, value in found.cells().items():
        assert value == printed.get(path) or is_flagged(found, path), path
    for path in printed.keys() - found.cells().keys():
        assert is_flagged(found, path), path


@pytest.mark.parametrize("printer", PRINTED)
@pytest.mark.parametrize(
    ("form", "quirk", "expected"), [row[1:] for row in WORDS], ids=[row[0] for row in WORDS]
)
def test_the_tables(form, quirk, expected, printer):
    sample = report(2020 if form == "2019" else 2023, form)
    found = read_one(PRINTERS[printer](sample, (quirk,)))
    assert_nothing_wrong_in_silence(found, sample.figures())
    if expected != "flagged" and printer not in TEXT:
        assert found.cells() == sample.figures()
    if expected == "said":
        assert codes(found) & {"headers_missing", "cells_missing", "label_guessed"}
