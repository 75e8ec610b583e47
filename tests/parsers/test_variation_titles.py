"""Titles and issuers as real pages have them, a row each, of places that do not exist."""

import pytest

from parsers.titles import read_title
from tests.parsers.pages import codes, read, read_one

SECTION = "一、总体情况\n2022年，全年主动公开政府信息12条。\n"
PERIOD = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n"

TITLES = [
    # form of the title, title, issuer, year
    ("issuer, year, standard", "青石镇人民政府2021年政府信息公开工作年度报告", "青石镇人民政府", 2021),
    ("年度 doubled", "云溪县青石镇2021年度政府信息公开工作年度报告", "云溪县青石镇", 2021),
    ("年度 moved", "白水乡人民政府2019年度政府信息公开年度工作报告", "白水乡人民政府", 2019),
    ("year first", "2018年青石镇政府信息公开工作年度报告", "青石镇", 2018),
    ("year and county first", "2024年云溪县青石镇人民政府信息公开工作年度报告", "云溪县青石镇人民政府", 2024),
    ("政府 swallowed", "青石镇人民政府2008年信息公开工作年度报告", "青石镇人民政府", 2008),
    ("政府 swallowed, year first", "2008年青石镇人民政府信息公开工作年度报告", "青石镇人民政府", 2008),
    ("no 工作", "青石镇人民政府2024年政府信息公开年度报告", "青石镇人民政府", 2024),
    ("no 年度", "云溪市水利局2022年度政府信息公开工作报告", "云溪市水利局", 2022),
    ("no 政府", "2023年度临江路街道信息公开工作报告", "临江路街道", 2023),
    ("no 工作, no 年度", "白水乡2010年政府信息公开报告", "白水乡", 2010),
    ("年报", "白水乡2020年信息公开年报", "白水乡", 2020),
    ("年报 in traditional script", "2015年青石鎮政府信息公開年報", "青石鎮", 2015),
    ("年报, no year, no issuer", "政府政务公开年报", None, None),
    ("政务公开", "青石镇2023年度政务公开工作年度报告", "青石镇", 2023),
    ("关于…的报告", "云溪县自然资源局关于2021年度政府信息公开情况的报告", "云溪县自然资源局", 2021),
    ("关于 alone", "关于2019年政府信息公开工作年度报告", None, 2019),
    ("garbled", "青石镇2014年度信息年度公开报告", "青石镇", 2014),
    ("no issuer", "2022年政府信息公开工作年度报告", None, 2022),
    ("no year", "临江路街道办事处政府信息公开工作年度报告", "临江路街道办事处", None),
    ("letter-spaced", "青石镇2022年政府信息公开工作 年 度 报 告", "青石镇", 2022),
    ("spaces round the year", "云溪县人民政府 2025年 政府信息公开工作年度报告", "云溪县人民政府", 2025),
    ("suffix of pictures", "青石镇2022年政府信息公开工作年度报告（图片版）", "青石镇", 2022),
    ("suffix of links, file name", "青石镇2022年政府信息公开工作年度报告（超链版）.pdf", "青石镇", 2022),
    ("issuer behind a dash", "2021年政府信息公开工作年度报告-云溪县发改局", "云溪县发改局", 2021),
    ("inside a notice", "云溪部办公厅关于发布《2010年云溪部政府信息公开工作年度报告》的公告", "云溪部", 2010),
    ("Chinese year with 0", "二0一七年青石镇政府信息公开年度报告", "青石镇", 2017),
    ("Chinese year with ○", "二○一一年青石镇政府信息公开年度报告", "青石镇", 2011),
    ("Chinese year, zero lost", "二一一年青石镇政府信息公开年度报告", "青石镇", 2011),
    # issuers
    ("street office under its government", *("云溪区人民政府南源街道办事处",) * 2, 2021),
    ("town under its government", *("云溪区人民政府水东镇",) * 2, 2021),
    ("office of a province", *("云溪省人民政府外事办公室",) * 2, 2021),
    ("general office", *("云溪省人民政府办公厅",) * 2, 2021),
    ("苏木", *("白音苏木",) * 2, 2021),
    ("民族乡", *("石桥回族民族乡",) * 2, 2021),
    ("管委会", *("云溪经济开发区管委会",) * 2, 2021),
    ("街办", *("临江街办",) * 2, 2021),
    ("人民政府机关", *("青石镇人民政府机关",) * 2, 2021),
    ("a town named like a province", *("河南镇",) * 2, 2021),
    ("a street named like a city", *("天津街道",) * 2, 2021),
    ("a county that begins with 镇", *("镇江县",) * 2, 2021),
    ("a city that ends with 乡", *("宁乡市人民政府",) * 2, 2021),
    ("a town that ends with 城镇", *("新安城镇",) * 2, 2021),
    ("a township named like a street", *("长街乡",) * 2, 2021),
    ("a research institute", *("云溪县林业研究院",) * 2, 2021),
]
STANDARD = "2021年政府信息公开工作年度报告"


@pytest.mark.parametrize(
    ("title", "issuer", "year"), [row[1:] for row in TITLES], ids=[row[0] for row in TITLES]
)
def test_a_title(title, issuer, year):
    found = read_title(title + (STANDARD if title == issuer else ""))
    assert (found.verdict, found.issuer, found.year) == ("report", issuer, year)


BROKEN = [
    ("after the year", ["云溪市人民政府2022年", "政府信息公开工作年度报告"], "云溪市人民政府"),
    ("within 政府信息公开", ["青石镇人民政府2022年度政府", "信息公开工作年度报告"], "青石镇人民政府"),
    ("before 报告", ["青石镇人民政府2022年度政府信息公开工作年度", "报告"], "青石镇人民政府"),
    ("before 年度报告", ["2022 年云溪市科委政府信息公开工作", "年度报告"], "云溪市科委"),
    ("issuer below", ["2022年政府信息公开工作年度报告", "云溪县青石镇人民政府"], "云溪县青石镇人民政府"),
    (
        "two titles",
        ["青石镇人民政府2022年政府信息公开工作年度报告", "青石镇2022年政府信息公开年度报告"],
        "青石镇人民政府",
    ),
    ("no year above, year below", ["青石镇政府信息公开工作年度报告", "2022年度政府信息公开年报"], "青石镇"),
]


@pytest.mark.parametrize(("lines", "issuer"), [row[1:] for row in BROKEN], ids=[row[0] for row in BROKEN])
def test_a_title_over_lines(lines, issuer):
    found = read_one("\n".join([*lines, PERIOD, SECTION]))
    assert (found.issuer, found.year) == (issuer, 2022)
    assert not codes(found) & {"issuer_disagreement", "year_disagreement"}


BARE = "2022年政府信息公开工作年度报告"
TOWN = f"青石镇{BARE}"
WITNESSES = [
    # line of the catalogue, lines of the page, issuer
    ("never named", [BARE, PERIOD, SECTION, "我镇、我乡、我局、我单位认真落实。"], None),
    ("named only by 我乡", [BARE, PERIOD, "2022年我乡政府信息公开工作年度报告编制完成。", SECTION], None),
    ("the uploader is an office", [TOWN, "发布机构：政务服务管理局", PERIOD, SECTION], "青石镇"),
    ("the uploader is a newsroom", [TOWN, "来源：本站原创 录入：佚名", PERIOD, SECTION], "青石镇"),
    ("the uploader is a machine", [BARE, "来源：web 作者：佚名", PERIOD, SECTION], None),
    ("the host is named above", ["云溪县人民政府", TOWN, PERIOD, SECTION], "青石镇"),
    ("a renamed unit", [f"云溪县教育局{BARE}", "来源：云溪县教育和体育局", PERIOD, SECTION], "云溪县教育局"),
    (
        "copied from another town",
        [TOWN, PERIOD, SECTION, "黄土乡坚持公开为常态，我街道、我局及全省各镇。"],
        "青石镇",
    ),
    (
        "a mirror with glosses",
        ["青石鎮(zhèn)2022年政府信息公開(kāi)年度報(bào)告", PERIOD, SECTION],
        "青石鎮",
    ),
]


@pytest.mark.parametrize(
    ("lines", "issuer"), [row[1:] for row in WITNESSES], ids=[row[0] for row in WITNESSES]
)
def test_an_issuer(lines, issuer):
    found = read_one("\n".join(lines))
    assert (found.issuer, found.year) == (issuer, 2022)


def test_characters_lost_in_a_mirror_make_no_report_of_another_place():
    text = f"?。ㄒ唬┲鲃庸_ 青石?{BARE}\n{PERIOD}{SECTION}"
    for found in read(text).reports:
        assert found.issuer in (None, "青石?")


LOOKALIKES = [
    ("notice about the reports", "关于做好2021年政府信息公开工作年度报告编制工作的通知"),
    ("circular about the reports", "云溪市人民政府关于2021年政府信息公开工作年度报告情况的通报"),
    ("the notice with the form", "关于印发《政府信息公开工作年度报告格式》的通知"),
    ("system", "云溪县政府信息公开年度报告制度"),
    ("news of the work", "【工作推进】云溪县政府信息公开年报编制工作部署会召开"),
    ("explanation", "【文稿解读】青石镇2021年政府信息公开工作年度报告"),
    ("summary", "青石镇2023年度政务公开工作总结"),
    ("rule of law", "云溪县2021年法治政府建设年度报告"),
    ("accounts", "云溪县水利局2021年度部门决算"),
    ("three expenses", "云溪县2021年三公经费决算"),
    ("performance", "云溪县2021年项目绩效评价报告"),
    ("work report", "云溪县2021年政府工作报告"),
    ("guide", "青石镇信息公开指南"),
    ("catalogue", "云溪县政务公开标准目录"),
    ("indicators", "政府信息公开工作年度报告统计指标说明"),
    ("paper", "云溪县政府信息公开工作年度报告研究"),
    ("paper on texts", "基于文本分析的政府信息公开年度报告研究"),
    ("essay template", "XX镇20xx年政府信息公开工作年度报告"),
    ("model", "政府信息公开年度报告范文"),
]


@pytest.mark.parametrize("title", [row[1] for row in LOOKALIKES], ids=[row[0] for row in LOOKALIKES])
def test_a_lookalike(title):
    assert read_title(title).verdict == "lookalike"
    words = "现将有关工作情况说明如下，各单位要提高认识，做好政府信息公开年度报告工作。"
    assert read(f"{title}\n{words}\n").outcome == "not_report"


PAGES = [
    (
        "indicators without values",
        "指标说明\n政府信息公开情况统计表\n主动公开政府信息数\n收到申请数\n申请办结数\n",
    ),
    (
        "guide that names the report",
        "青石镇信息公开指南\n公开内容包括指南、目录、政府信息公开年度报告。\n",
    ),
    (
        "list of others' reports and news",
        "政府信息公开年报\n白水乡2021年政府信息公开工作年度报告 2022-01-20\n"
        "黄土镇2020年政府信息公开年度报告 2021-01-20\n"
        "云溪县召开植树活动 2022-01-19\n",
    ),
    (
        "a notice that holds outlines",
        "关于报送年报的通知\n各镇：现印发给你们。\n一、总体情况\n二、主动公开政府信息情况\n",
    ),
]


@pytest.mark.parametrize("text", [row[1] for row in PAGES], ids=[row[0] for row in PAGES])
def test_a_page_that_is_no_report(text):
    assert read(text).outcome == "not_report"


def test_a_binary_document_served_as_text_is_unreadable():
    from crawler.demo.reports import make_report
    from tests.parsers.readers.word97_files import as_doc

    damaged = as_doc(make_report("青石镇", 2022, seed=1)).decode("latin-1").encode("utf-8")
    assert read(damaged).outcome == "unreadable"


def test_a_report_behind_the_announcement_that_it_is_published():
    lines = [
        "云溪部办公厅关于发布《2022年云溪部政府信息公开工作年度报告》的公告",
        "现将本部年度报告予以公布。",
        "附件：",
        "2022年云溪部政府信息公开工作年度报告",
        PERIOD,
        SECTION,
    ]
    found = read_one("\n".join(lines))
    assert (found.issuer, found.year) == ("云溪部", 2022)
    assert "issuer_disagreement" not in codes(found)
