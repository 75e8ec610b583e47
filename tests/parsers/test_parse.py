import re

import pytest

from tests.parsers import shared
from tests.parsers.pages import as_page, blanked, codes, read, read_one, report, tables

BLANK = tables(blanked(as_page(report())))


def outcome(document):
    reading = read(document)
    assert bool(reading.message) == (not reading.reports)
    return reading.outcome


@pytest.mark.parametrize("title", ["", "政府信息公开工作年度报告格式", "政府信息公开工作年度报告格式模板"])
def test_the_empty_form_alone(title):
    reading = read(f"<html><body><p>{title}</p>{BLANK}</body></html>")
    assert reading.outcome == "blank_form"
    assert codes(reading.reports[0]) == {"blank_form"}
    assert set(reading.reports[0].cells().values()) == {None}
    assert reading.reports[0].issuer is None


@pytest.mark.parametrize(
    "words",
    [
        "<h1>关于印发政府信息公开工作年度报告格式的通知</h1><p>各镇人民政府：</p>",
        "<p>各镇人民政府：现将年度报告格式印发给你们，请认真贯彻执行。</p>",
    ],
)
def test_the_empty_form_inside_a_notice(words):
    assert outcome(f"<html><body>{words}{BLANK}</body></html>") == "not_report"


def test_a_report_that_leaves_every_cell_blank_is_a_report():
    found = read_one(blanked(as_page(report())))
    assert set(found.cells().values()) == {None}
    assert "blank_form" not in codes(found)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\n",
        "云溪县2022年部门预算\n一、收入情况\n收入合计\t100\n",
        "云溪县水利局2022年度部门决算\n一、部门基本情况\n甲。\n",
        "青石镇2022年度政府工作报告\n各位代表：现在向大会报告工作。\n",
        "青石镇信息公开指南\n“政府信息公开年度报告”和“其他”八部分。\n",
        "根据《条例》规定，编制了《青石镇政府信息公开指南》（以下简称《指南》）。\n",
        "XX镇2022年政府信息公开工作年度报告\n一、总体情况\n20XX年，XX镇……\n",
        "2022年，我局不断规范公开内容，现就政府信息公开工作总结如下：\n一、主动公开政府信息情况\n",
        "关于做好2022年政府信息公开工作年度报告编制工作的通知\n应包括本年度规章、行政规范性文件发布数量。\n",
        "政府信息公开年报\n云溪县2021年政府信息公开工作年度报告 2022-01-20\n"
        "云溪县水利局2021年政府信息公开工作年度报告 2022-01-20\n云溪县植树 2022-01-19\n",
        "《青石镇2022年政府信息公开工作年度报告》已向社会公开，现就年报内容进行如下解读。\n一、编制背景\n"
        "二、编制依据\n三、统计期限\n所列数据统计期限从2022年1月1日到2022年12月31日止。\n",
        "现将我校2021—2022年度信息公开工作报告如下，统计期限自2021年9月1日起，至2022年8月31日止。\n一、概述\n甲。\n",
        "2022年四季度政务公开工作自查报告一、基本情况我局主动公开信息，没有信息公开行政复议。四季度收到申请公开2件。\n",
        "政府信息公开态势研究\n摘 要：[目的]年度报告是公开的重要内容。[方法]以2008—2018年的364份政府信息公开年度报告"
        "为研究对象。\n",
        "第四条政府信息公开机构的职责是：\n（三）组织编制政府信息公开指南和政府信息公开年度报告；\n"
        "第十二条政府信息公开指南应当及时更新。\n",
        "第三条 本制度由政府办公室负责实施。\n"
        "第四条 各乡(镇)人民政府、县直各单位的政府信息公开工作年度报告主要包括以下内容:\n(一)主动公开的情况;\n",
        "摘要\n本文通过对31个省2011-2013年度政府信息公开年度工作报告的数据统计，评价我国政府信息公开整体情况。\n全文\n",
        "云溪县发布2021年政府信息公开工作年度报告\n来源：云溪日报\n近日，云溪县人民政府发布2021年政府信息公开工作年度报告。"
        "报告显示，2021年全县主动公开政府信息1234条，收到政府信息公开申请56件。\n",
        "云溪县2021年政府信息公开工作年度报告出炉\n去年全县共收到政府信息公开申请56件，同比增长12%，被申请行政复议3件，"
        "行政诉讼1件，均在法定期限内办结。\n",
        "2020年度信息公开工作年度报告\n云溪农业大学\n按照《高等学校信息公开办法》，现将我校2020年度信息公开工作总结如下：\n"
        "一、概述\n学校坚决贯彻落实。\n",
        "政府信息公开年报\n云溪县政务信息公开指南\n根据《条例》规定，特编制了本指南。\n一、主动公开\n县政府主动公开政府信息。\n",
        '{"a": 1}',
    ],
)
def test_what_is_no_report(text):
    assert outcome(text) == "not_report"


@pytest.mark.parametrize(
    "head",
    [
        "云溪县教育局关于印发2022年政府信息公开工作年度报告的通知\n各股室：现将《云溪县教育局2022年政府信息公开年度报告》"
        "印发给你们。\n云溪县教育局\n2022年政府信息公开工作年度报告\n",
        "云溪县水利局关于报送2022年政府信息公开工作年度报告的函-云溪县水利局\n现报送年度报告。\n附件：\n"
        "云溪县水利局2022年政府信息公开工作年度报告\n",
        "二、政府信息公开组织领导和制度建设情况\n甲。\n2022年青石镇政府信息公开年报\n",
        "现公布2022年度云溪县产业园管理委员会信息公开年度工作情况。现将政府信息公开情况总结如下：\n",
        "由青石镇人民政府编制的2022年度政府信息公开年度报告。我镇工作运行正常，现总结如下：\n",
        "现将物流园2022年政府信息公开工作年度报告总结如下：\n",
    ],
)
def test_what_is_a_report_all_the_same(head):
    assert outcome(f"{head}一、总体情况\n主动公开政府信息12条。\n") == "report"


@pytest.mark.parametrize(
    "text",
    [
        "现将青禾市水利局2022年度政府信息公开工作报告如下：\n一、主动公开的类别\n2022年主动公开信息8条。\n",
        "青禾市人民政府办公室关于公布\n青禾市2022年政府信息公开工作年度报告的通知\n各县人民政府：\n现予公布。\n"
        "青禾市2022年政府信息公开工作年度报告\n统计期限自2022年1月1日起至2022年12月31日止。\n一、本年度工作\n甲。\n",
    ],
)
def test_what_is_a_report_without_the_official_headings(text):
    assert outcome(text) == "report"


@pytest.mark.parametrize(
    "below",
    [
        "现将我局2021年政府信息公开工作情况报告如下：\n主动公开政府信息12条，未收到申请。\n",
        "2021年公开12条。近日开展培训。\n一、总体情况\n甲。\n",
        "云溪县财政局关于公布《2021年政府信息公开工作年度报告》的公告，附件：年度报告，请各单位查阅并提出意见。\n",
        tables(as_page(report())),
        "附件.pdf\n",
        "<p>打印本页 关闭窗口 分享到微信</p><p>上一篇：云溪县财政局财务管理制度 下一篇：云溪县财政局职能</p>",
    ],
)
def test_a_report_that_is_called_like_news_of_it(below):
    title = "云溪县财政局公布2021年政府信息公开工作年度报告"
    assert read_one(f"<p>{title}</p>{below}").issuer == "云溪县财政局"


def test_a_report_from_a_converter_to_big5_reads_as_it_was():
    page = as_page(report())
    found, was = read_one(page.replace("信息", "資訊").replace("公开", "公開")), read_one(page)
    assert "信息" in page
    assert (found.cells(), found.sections.keys(), found.issuer, found.year, found.form) == (
        was.cells(),
        was.sections.keys(),
        was.issuer,
        was.year,
        was.form,
    )


@pytest.mark.parametrize("said", ["您访问的页面不存在或已被删除", "该文章已删除", "抱歉，找不到页面"])
def test_a_page_of_which_only_the_tags_are_left_is_gone(said):
    title = "云溪县2022年政府信息公开工作年度报告"
    head = f'<head><meta name="ArticleTitle" content="{title}"><title>{title}</title></head>'
    assert outcome(f"<html>{head}<body><div>{said}</div><p>404</p></body></html>") == "not_report"
    assert outcome(f"<html>{head}<body><p>信息不存在1件，已被删除0件。</p></body></html>") == "report"


def test_a_column_page_is_a_list():
    links = "".join(
        f'<li><a href="/{y}.html">云溪县{y}年政府信息公开工作年度报告</a><span>{y + 1}-01-20</span></li>'
        for y in range(2015, 2023)
    )
    assert outcome(f"<html><body><ul>{links}</ul></body></html>") == "not_report"


def test_a_real_column_page():
    assert read(shared.path("samples", "list_engebei.html").read_bytes()).outcome == "not_report"


@pytest.mark.parametrize("data", [b"{\\rtf1 x", bytes(range(256)) * 9, b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_read_is_said_in_one_sentence(data):
    reading = read(data)
    assert reading.outcome == "unreadable"
    assert reading.reports == []
    assert 10 < len(reading.message) < 120


def test_a_report_whose_tables_are_pictures():
    html = re.sub(
        r"<table.*?</table>",
        '<img src="/w/1.png"><img src="/icons/2.png">',
        as_page(report()),
        flags=re.DOTALL,
    )
    found = read_one(html)
    assert found.cells() == {}
    assert codes(found) == {"no_tables", "pictures_unread"}
    assert found.findings[-1].message.endswith(": 1.png")


def test_a_report_one_of_whose_tables_is_a_picture():
    head, _, table = as_page(report()).rpartition("<table")
    found = read_one(f"{head}<img src='./W0201.png'>{table.partition('</table>')[2]}")
    (finding,) = [finding for finding in found.findings if finding.code == "pictures_unread"]
    assert {path.split(".")[0] for path in finding.where} == {"remedies"}
    assert codes(found) >= {"table_missing"}


def test_pictures_beside_tables_are_no_matter():
    found = read_one(as_page(report()).replace("</table>", '</table><img src="/w/1.png">'))
    assert not codes(found) & {"pictures_unread", "table_missing"}


def test_parsing_twice_gives_the_same():
    html = as_page(report())
    assert read_one(html) == read_one(html)


def test_cut_anywhere_a_report_is_right_or_flagged():
    html = as_page(report())
    whole = report().figures()
    for cut in range(200, len(html), 997):
        reading = read(html[:cut])
        for found in reading.reports:
            cells = found.cells()
            wrong = {path for path, value in cells.items() if value != whole[path]}
            assert all(cells[path] is None for path in wrong), (cut, wrong)
