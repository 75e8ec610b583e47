"""Headings and outlines as real reports have them, a row each."""

import pytest

from crawler.demo import wordings
from crawler.demo.renderers import as_page, as_text
from crawler.demo.wordings import reworded
from parsers.forms import SECTIONS
from tests.parsers.pages import read_one, report

OFFICIAL = dict(
    zip(
        SECTIONS,
        (f"{n}、{label}" for n, label in zip("一二三四五六", SECTIONS.values(), strict=True)),
        strict=True,
    )
)


def heading(code, *words):
    return [(f"{code}: {word}", reworded((OFFICIAL[code], word))) for word in words]


QUIRKS = [
    *heading(
        "overview",
        "一、总体概述",
        "一、工作概述",
        "一、工作基本情况",
        "一、总结概述",
        "一、概述",
        "— 、总体情况",
        "1、 总体情况",
    ),
    *heading(
        "proactive",
        "二、主动公开政府信息工作情况",
        "二、主动公开政府政府信息情况",
        "二、主动公开政府信息的情况",
    ),
    *heading("problems", "五、存在问题及改进情况", "五、存在的主要问题及整改措施", "五、存在问题和改进措施"),
    *heading("remedies", "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况"),
    ("numbers in digits", wordings.numbered("{0}. ")),
    ("numbers in brackets", wordings.numbered("({0})")),
    ("every number the same, its list lost", wordings.numbered("1、 ")),
    ("no numbers", wordings.numbered("")),
    ("number and heading on two lines", wordings.headings_torn),
    ("第一, 第二", wordings.numbered("第{1}部分 ")),
    ("marked as in Markdown", wordings.numbered("## {1}、")),
    ("run in, a space between", wordings.headings_run_in(" ")),
    ("run in, a line break between", wordings.headings_run_in("\n")),
    ("a second series of numbers", wordings.second_series),
]


@pytest.mark.parametrize("quirk", [row[1] for row in QUIRKS], ids=[row[0] for row in QUIRKS])
@pytest.mark.parametrize("printer", [as_page, as_text])
def test_headings(quirk, printer):
    sample = report(2023)
    plain, found = read_one(printer(sample)), read_one(printer(sample, quirks=(quirk,)))
    assert found.cells() == sample.figures()
    assert found.sections.keys() == plain.sections.keys()
    if quirk is not wordings.second_series:
        assert found.prose() == plain.prose()


def test_the_rows_of_the_table_of_requests_are_no_headings():
    found = read_one(as_text(report(2023), "cell_per_line"))
    assert [*found.sections] == [*SECTIONS]


def test_the_outline_of_2014_with_tables_of_2019():
    outline = {
        "overview": "一、概述",
        "proactive": "二、主动公开政府信息的情况",
        "requests": "三、依申请公开政府信息情况",
        "remedies": "五、因政府信息公开申请行政复议、提起行政诉讼的情况",
        "problems": "六、政府信息公开工作存在的主要问题及改进情况",
    }
    sample = report(2019, "2019")
    found = read_one(
        as_page(sample, (reworded(*((OFFICIAL[code], text) for code, text in outline.items())),))
    )
    assert found.cells() == sample.figures()
    assert set(found.sections) >= set(outline)


def test_a_whole_report_on_one_line():
    text = as_text(report(2023), "tab_rows").replace("\n", " ")
    found = read_one(text)
    printed = report(2023).figures()
    flagged = {path for finding in found.findings for path in finding.where} | set(found.notes)
    for path, value in found.cells().items():
        table, row, _ = path.split(".")
        assert value == printed[path] or {path, f"{table}.{row}.*"} & flagged, path
    assert found.year == 2023


@pytest.mark.parametrize("first", ["引言", "引 言", "前言"])
def test_an_introduction_before_the_first_heading(first):
    sample = report(2023)
    before = as_page(sample)
    found = read_one(before.replace("<p>本报告根据", f"<p><strong>{first}</strong></p><p>本报告根据", 1))
    assert found.cells() == sample.figures()
    assert [*found.sections] == [*SECTIONS]
    assert found.preamble == read_one(before).preamble
