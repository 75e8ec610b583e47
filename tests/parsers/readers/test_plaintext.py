import re

import pytest

from crawler.demo.renderers import STYLES, as_html, as_text
from crawler.demo.reports import make_report
from parsers.document import Block
from parsers.parse import parse
from parsers.readers import read
from tests.parsers.readers.same import assert_reads_back


def items(text):
    return [item.text if isinstance(item, Block) else item.rows for item in read(text.encode()).items]


def test_tabs_and_bars_part_cells():
    assert items("规章\t0\t\t2\t\n甲\n| 规章 | 1 |  | 2 |\n规章 | 1 | 2 | |") == [
        [["规章", "0", "", "2", ""]],
        "甲",
        [
            [" 规章 ", " 1 ", "  ", " 2 "],
            ["规章 ", " 1 ", " 2 ", " ", ""],
        ],
    ]


def test_rules_page_marks_and_bookmarks_are_no_content():
    assert items("---|---\n--- --- ---\n— 4 —\n- 5 -\n第 3 页 共 6 页\n[bookmark: _GoBack]甲\n## 乙") == [
        "甲",
        "乙",
    ]


def test_a_signed_number_is_no_page_mark():
    assert items("-5\n+5") == ["-5", "+5"]


def test_prose_with_a_stray_bar_is_prose():
    assert items("全年主动公开政府信息12条。 | | |") == ["全年主动公开政府信息12条。"]


def test_a_cell_a_line_behind_tabs():
    rows = "".join(f"\t{n}.属于\n\t{n}\n\t\n\n" for n in range(1, 12))
    document = items(f"甲\n{rows}\n乙\n")
    assert document[0] == "甲"
    assert document[1][0] == ["1.属于", "1", ""]
    assert len(document[1]) == 11
    assert document[2] == "乙"


def test_a_cell_of_several_lines_behind_one_tab():
    rows = "\t社会\n\n公益\n\n组织\n\t法律\n服务\n\n" + "\t0\n\t0\n\n" * 10
    assert items(rows)[0][0] == ["社会\n公益\n组织", "法律\n服务"]


def test_line_ends_of_any_kind():
    assert items("甲\r\n乙\r丙\f丁") == ["甲", "乙", "丙", "丁"]


def as_markdown(report):
    """Markdown as converters write it that keep tables with spans as HTML."""
    page = as_html(report)
    parts = re.split(r"(<table.*?</table>)", page, flags=re.DOTALL)
    lines = [part if n % 2 else re.sub(r"<[^>]*>", "", part) for n, part in enumerate(parts)]
    text = "\n\n".join(lines)
    return f"<div>\n# {report.title}\n\n" + re.sub(
        r"^([一二三四五六]、\S{4,14})$", r"## \1", text, flags=re.MULTILINE
    )


@pytest.mark.parametrize("year", [2020, 2024])
def test_markdown_with_tables_of_html(year):
    report = make_report("云溪县青石镇人民政府", year, seed=year)
    assert_reads_back(report, as_markdown(report).encode(), "text")


def test_a_heading_behind_a_tab_is_no_row():
    assert items("\t一、总体情况 \n\t（一）甲。\n\t一、本年新收\t\t3\n")[:2] == ["一、总体情况", "（一）甲。"]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\v", "\x85", "\u2028", "\u2029", "\\n", "\\r\\n"])
@pytest.mark.parametrize("style", STYLES)
def test_lines_end_as_any_program_ends_them(style, end):
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    text = as_text(report, style)
    assert parse(text.replace("\n", end).encode()).reports[0].cells() == report.figures()
    assert (
        parse(text.replace("\n", "\\n").replace("\t", "\\t").encode()).reports[0].cells() == report.figures()
    )


def test_a_few_backslashes_are_as_they_stand():
    (block,) = read("见 C:\\new\\report 与 \\n 处。".encode()).items
    assert block.text == "见 C:\\new\\report 与 \\n 处。"
