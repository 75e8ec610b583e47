import pytest

from tests.parsers.pages import as_page, read_one, report

CHROME = [
    "浏览次数：17",
    "您是第12345位访客，欢迎您。",
    "今天是2023年1月5日，星期四，天气晴。",
    "发布时间：2023-01-05 08:53 来源：云溪县政府办 点击：17次。",
    "当前位置：首页 > 政府信息公开 > 政府信息公开年报",
    "【字体：大 中 小】 打印本页 关闭窗口",
    "本文已被阅读17次，感谢您的关注。",
]


def with_lines(*lines):
    html = as_page(report())
    shown = "".join(f"<p>{line}</p>" for line in lines)
    return read_one(html.replace("</h1>", f"</h1>{shown}", 1))


def test_a_word_edited_before_the_first_heading_is_another_prose():
    html = as_page(report())
    before, after = read_one(html), read_one(html.replace("编制，由", "编写，由", 1))
    assert before.prose() != after.prose()
    assert (before.content(), before.sections) == (after.content(), after.sections)


def test_it_is_the_text_of_the_report_as_it_stands():
    assert read_one(as_page(report())).preamble == report().prose["preamble"]


@pytest.mark.parametrize("line", CHROME)
def test_what_the_machinery_of_a_page_says_is_no_prose(line):
    assert with_lines(line).prose() == read_one(as_page(report())).prose()


def test_it_is_not_part_of_the_json():
    assert "preamble" not in read_one(as_page(report())).as_json({})
