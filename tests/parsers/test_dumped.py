"""CSV and JSON of other people's programs: every cell right or flagged, and a full form read whole."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.demo.dumped import DUMPS, as_dump
from crawler.demo.renderers import STYLES, as_text
from crawler.demo.reports import make_report
from parsers.parse import parse
from parsers.readers import read as read_file
from tests.parsers.pages import bare_lines, codes, flagged, is_flagged, read, read_one

TOKENS = (None, "/", "—", "无", "22（其中修订16件）", 1234567)
UNPLACED = {"row_ragged", "headers_missing", "unknown_row", "columns_unclear", "table_missing", "no_tables"}


def told(found, path):
    return path in flagged(found) if path.startswith("annex.") else is_flagged(found, path)


@st.composite
def printed(draw):
    """A report with some blanks and marks or none."""
    report = make_report("云溪县青石镇人民政府", draw(st.integers(2014, 2025)), seed=draw(st.integers(0, 99)))
    for path in draw(st.lists(st.sampled_from(sorted(report.cells())), max_size=8, unique=True)):
        report = report.with_cell(path, draw(st.sampled_from(TOKENS)))
    return report


@pytest.mark.parametrize("dump", DUMPS)
@settings(deadline=None, max_examples=12)
@given(report=printed())
def test_every_cell_is_right_or_flagged(dump, report):
    found = read_one(as_dump(report, dump))
    expected = report.figures()
    assert found.cells().keys() <= expected.keys()
    for path, value in expected.items():
        assert found.cells().get(path, "absent") == value or told(found, path), path


LOSSY = {"csv_repeated", "json_rows", "json_keys"}
"""Where a cell that spans several is several, or a label that stands twice holds one row."""


@pytest.mark.parametrize("dump", [dump for dump in DUMPS if dump not in LOSSY])
@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_a_full_form_is_read_whole(dump, year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    found = read_one(as_dump(report, dump))
    assert found.cells() == report.figures()
    assert not codes(found) & UNPLACED
    assert found.year == year


@pytest.mark.parametrize("dump", sorted(LOSSY))
@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_nearly_all_of_a_full_form_is_read(dump, year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    found, expected = read_one(as_dump(report, dump)).cells(), report.figures()
    assert sum(found.get(path, "absent") == value for path, value in expected.items()) >= 0.93 * len(expected)


def test_a_key_that_two_rows_share_holds_neither_for_certain():
    report = make_report("云溪县青石镇人民政府", 2016, seed=3).with_cell("annex.litigation_corrected", 99)
    found = read_one(as_dump(report, "json_keys"))
    assert found.annex["reconsideration_corrected"] is None
    assert {"annex.reconsideration_corrected", "annex.litigation_corrected"} <= flagged(found)


@pytest.mark.parametrize("dump", ["json_ascii", "json_escaped", "json_call"])
def test_an_answer_says_when_it_was_published(dump):
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    found = read_one(as_dump(report, dump))
    assert (found.title, found.published_on) == (report.title, str(report.published_on))


def test_a_text_that_repeats_the_page_beside_it_is_not_read_twice():
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    answer = json.loads(as_dump(report, "json_ascii"))
    answer["data"]["plain"] = bare_lines(report, "\n").replace("\n0\n", "\n7\n")
    found = read_one(json.dumps(answer))
    assert found.cells() == report.figures()


def test_numbers_keep_their_digits_and_keys_that_stand_twice_are_rows():
    document = read_file('[["行政许可", 1.50], {"a": "甲", "a": "乙"}]'.encode())
    assert [grid.rows for grid in document.grids()] == [[["a", "甲"], ["a", "乙"]]]
    (grid,) = read_file('[["行政许可", 1.50, 12345678901234567890, null]]'.encode()).grids()
    assert grid.rows == [["行政许可", "1.50", "12345678901234567890", ""]]


@pytest.mark.parametrize("text", ['{"a": [1, 2', "[附件] 甲", '{"a"} 政府信息公开', "f({)"])
def test_what_only_begins_like_json_is_text(text):
    document = read_file(text.encode())
    assert (document.format, [block.text for block in document.blocks()]) == ("text", [text])


@pytest.mark.parametrize("half", ["\\ud83d", "\\udc00\\ud83d", "\\uDBFF 1"])
def test_half_a_character_is_none(half):
    (block,) = read_file(f'["政府{half}信息"]'.encode()).blocks()
    assert block.text.encode().decode() == block.text
    assert read_file('["政\\ud83d\\ude00府"]'.encode()).items[0].text == "政😀府"


def test_deep_nesting_is_refused():
    for depth in (300, 900, 100_000):
        reading = parse(("[" * depth + '"政府"' + "]" * depth).encode())
        assert reading.outcome in ("unreadable", "not_report")


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("year", [2016, 2020, 2022])
def test_separators_of_thousands_part_no_cells(style, year):
    report = make_report("云溪县青石镇人民政府", year, seed=3)
    numbers = [path for path, value in report.cells().items() if isinstance(value, int)]
    for path in numbers[::2]:
        report = report.with_cell(path, "123,456")
    found = read_one(as_text(report, style))
    for path, value in report.cells().items():
        assert found.cells()[path] == (123456 if value == "123,456" else value)


def test_thousands_in_lines_of_a_label_and_a_number_are_not_cut():
    report = make_report("云溪县青石镇人民政府", 2016, seed=3)
    lines = [f"{path}：1,{n + 100}件" for n, path in enumerate(report.cells())]
    blocks = read_file("\n".join(lines).encode()).blocks()
    assert [block.text for block in blocks] == lines


def test_prose_with_commas_stays_prose():
    sentence = "2023年,我镇公开信息12条,其中公告3条,回复5件。"
    document = read_file("\n".join([sentence] * 20).encode())
    assert [block.text for block in document.blocks()] == [sentence] * 20
    assert read(sentence).outcome != "report"


@pytest.mark.parametrize("end", [0.3, 0.6, 0.9])
def test_json_that_was_cut_off_is_read_as_far_as_it_goes(end):
    report = make_report("云溪县青石镇人民政府", 2022, seed=3)
    dump = as_dump(report, "json_ascii")
    found = read_one(dump[: int(end * len(dump))])
    assert found.issuer == report.issuer
    for path, value in report.figures().items():
        assert found.cells().get(path, "absent") == value or told(found, path) or not found.cells(), path


def test_a_list_of_titles_is_no_report():
    rows = [
        {"title": f"{name}2022年政府信息公开工作年度报告", "url": "/a.html", "files": files}
        for name, files in (("青石镇", []), ("白鹭镇", ["a.pdf"]), ("云溪县教育局", []))
    ]
    for answer in (rows, {"data": {"rows": rows, "total": 3}}):
        reading = read(json.dumps(answer))
        assert (reading.outcome, reading.message) == ("not_report", "it is a list of documents")


@pytest.mark.parametrize("top", [True, False])
def test_truths_are_words_and_no_blanks(top):
    columns = dict(zip(("本年制发件数", "本年废止件数", "现行有效件数"), (1, 2, 3), strict=True))
    kept = [{"项目": "规章", **columns, "isTop": top}, {"项目": "行政规范性文件", **columns, "isTop": top}]
    found = read_one(json.dumps({"data": kept, "more": [top, None]}, ensure_ascii=False).encode())
    assert found.proactive["rules"] == {"issued": 1, "repealed": 2, "in_force": 3}
    struck = [{"项目": "规章", **columns, "本年废止件数": top}]
    found = read_one(json.dumps(struck, ensure_ascii=False).encode())
    assert found.proactive["rules"] == {"issued": 1, "repealed": None, "in_force": 3}
    assert found.notes["proactive.rules.repealed"].flag == "unclear"
