import pytest

from tests.parsers.pages import as_page, read_one, report

NOTICE = "更正说明：申请表第三列原录入有误,现更正如下。"


def said(html):
    return [f.message for f in read_one(html).findings if f.code == "corrected"]


def after_title(line):
    return as_page(report()).replace("</h1>", f"</h1><p>{line}</p>", 1)


def before_title(line):
    return as_page(report()).replace("<h1>", f"<p>{line}</p><h1>", 1)


def in_text(line):
    return as_page(report()).replace("</table>", f"</table><p>{line}</p>", 1)


@pytest.mark.parametrize("place", [before_title, after_title, in_text])
def test_a_notice_is_said_wherever_it_stands(place):
    (message,) = said(place(NOTICE))
    assert message.endswith("申请表第三列原录入有误,现更正如下。")


@pytest.mark.parametrize(
    "line",
    [
        "现将“申请12件”更正为“申请21件”。",
        "一、数据更正说明",
        "原表有误，现予更正并致歉。",
        "有两处误植，特此订正。",
    ],
)
@pytest.mark.parametrize("place", [after_title, in_text])
def test_a_sentence_may_say_it(place, line):
    assert len(said(place(line))) == 1


@pytest.mark.parametrize(
    "line", ["更正启事", "勘 误 声 明", "现将第二张表更正如下：", "更新公告：数据已重新核对。"]
)
def test_above_the_first_heading_its_name_is_enough(line):
    assert len(said(after_title(line))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "群众申请更正本人信息的，及时予以登记。",
        "全年发布招标公告12条、更正公告3条。",
        "对发现的错误信息及时予以更正。",
        "实现信息发布、更新、更正全程留痕。",
        "及时公开政府采购更正说明5条、勘误声明2条。",
        "收到要求更正如下信息的申请3件。",
        "现对全镇地名更正情况开展检查。",
    ],
)
@pytest.mark.parametrize("place", [after_title, in_text])
def test_talk_of_correcting_is_no_notice(place, line):
    assert said(place(line)) == []
