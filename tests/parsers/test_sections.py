import pytest

from parsers.document import Block, Grid
from parsers.forms import SECTIONS
from parsers.sections import heading, read_sections, with_headings_apart


@pytest.mark.parametrize(
    "number", ["", "一、", "1、 ", "5. ", "—、", "第一部分 ", "## 一、", "- ", "????一、", "一,、"]
)
@pytest.mark.parametrize(("code", "label"), SECTIONS.items())
def test_official_headings_with_any_numbering(code, label, number):
    assert heading(number + label) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一、总体概述", "overview"),
        ("一、工作概述", "overview"),
        ("一、工作开展总体情况", "overview"),
        ("一、基本情况概述", "overview"),
        ("一、政府信息公开工作的基本情况", "overview"),
        ("二、主动公开政府信息工作情况", "proactive"),
        ("二、主动公开政府政府信息情况", "proactive"),
        ("二、政府信息主动公开形式及情况", "proactive"),
        ("行政机关收到和处理政府信息公开申请情况", "requests"),
        ("三、收到和處理政府信息公開申請情況", "requests"),
        ("因政府信息公开工作被申请行政复议、提起行政诉讼情况", "remedies"),
        ("政府信息公开工作存在的主要问题及改进情况", "problems"),
        ("五、存在问题和改进措施", "problems"),
        ("六、其他需要报告的事项", "other_matters"),
    ],
)
def test_headings_as_they_vary(text, code):
    assert heading(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "三、本年度办理结果",
        "四、结转下年度继续办理",
        "主动公开",
        "（一）主动公开情况",
        "（二）政府信息主动公开情况",
        "我镇认真落实总体情况通报制度，主动公开政府信息情况良好。",
    ],
)
def test_rows_of_tables_and_prose_are_no_headings(text):
    assert heading(text) is None


def sections(*texts):
    return read_sections(with_headings_apart([Block(text) for text in texts]))


def test_prose_is_kept_by_section_and_tables_are_not():
    items = [
        Block("一、总体情况"),
        Block("甲。"),
        Grid([["乙"]], exact=True),
        Block("丙。"),
        Block("其他需要报告的事项"),
    ]
    assert read_sections(items) == {"overview": "甲。\n丙。", "other_matters": ""}


def test_headings_that_run_on_with_their_text():
    assert sections(
        "一、总体情况 全年公开12条。二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况"
    ) == {
        "overview": "全年公开12条。",
        "proactive": "",
        "requests": "",
    }


def test_a_number_torn_from_its_heading():
    assert sections("一、", "总体情况", "甲。") == {"overview": "甲。"}


def test_a_second_series_adds_to_the_first():
    assert (
        sections("一、总体情况", "甲。", "一、主动公开政府信息情况", "乙。", "总体情况", "丙。")["overview"]
        == "甲。\n丙。"
    )


def test_the_signature_is_no_matter_to_report():
    assert sections("六、其他需要报告的事项", "无。", "青石镇人民政府", "2022年1月5日") == {
        "other_matters": "无。"
    }


def test_an_outline_before_2019_on_one_line():
    text = "引言甲。 一、概述 乙。 二、政府信息主动公开情况 丙。 三、依申请公开政府信息情况 丁。"
    sections = read_sections(with_headings_apart([Block(text)]))
    assert sections == {"overview": "乙。", "proactive": "丙。", "requests": "丁。"}
