import json

import pytest

from parsers.titles import read_title
from tests.parsers import shared

REPORTS = [
    ("青石镇人民政府2021年政府信息公开工作年度报告", "青石镇人民政府", 2021),
    ("2018年青石镇政府信息公开工作年度报告", "青石镇", 2018),
    ("2024年云溪县青石镇人民政府信息公开工作年度报告", "云溪县青石镇人民政府", 2024),
    ("青石镇人民政府2008年信息公开工作年度报告", "青石镇人民政府", 2008),
    ("云溪县水利局2022年度政府信息公开工作报告", "云溪县水利局", 2022),
    ("2023年度临江路街道信息公开工作报告", "临江路街道", 2023),
    ("云溪县2020年信息公开年报", "云溪县", 2020),
    ("2015年青石鎮政府信息公開年報", "青石鎮", 2015),
    ("青石镇2023年度政务公开工作年度报告", "青石镇", 2023),
    ("云溪县教育局关于2021年度政府信息公开情况的报告", "云溪县教育局", 2021),
    ("青石镇2014年度信息年度公开报告", "青石镇", 2014),
    ("2022年政府信息公开工作年度报告", None, 2022),
    ("青石镇政府信息公开工作年度报告", "青石镇", None),
    ("政府政务公开年报", None, None),
    ("云溪县人民政府2016年\n政府信息公开工作年 度 报 告", "云溪县人民政府", 2016),
    ("云溪县人民政府 2025年 政府信息公开工作年度报告（图片版）", "云溪县人民政府", 2025),
    ("2021年政府信息公开工作年度报告-云溪县发改局", "云溪县发改局", 2021),
    ("云溪县财政局关于发布《2010年云溪县政府信息公开工作年度报告》的公告", "云溪县", 2010),
    ("二〇一七年云溪县政府信息公开年度报告", "云溪县", 2017),
    ("云溪县政府信息公开工作年度报告（2022年度）.pdf", "云溪县", 2022),
    ("政府信息公开情况统计表（2016年度）", None, 2016),
    ("云溪县2015年政府信息公开情况统计表", "云溪县", 2015),
    ("云溪省人民政府外事办公室2021年政府信息公开工作年度报告", "云溪省人民政府外事办公室", 2021),
    ("云溪区人民政府南源街道办事处2020年政府信息公开工作年度报告", "云溪区人民政府南源街道办事处", 2020),
    ("- 1 -青石镇人民政府2021年政府信息公开工作年度报告", "青石镇人民政府", 2021),
    ("1-青石镇人民政府2021年政府信息公开工作年度报告", "青石镇人民政府", 2021),
    ("云溪县人民医院2022年政府信息公开工作年度报告", "云溪县人民医院", 2022),
    ("首页>政府信息公开年报", None, None),
    ("云溪县职业技能培训中心2022年政府信息公开年度报告", "云溪县职业技能培训中心", 2022),
]

LOOKALIKES = [
    "青石镇2023年度政务公开工作总结",
    "关于做好2021年政府信息公开工作年度报告编制工作的通知",
    "云溪省人民政府办公厅关于2009年政府信息公开工作年度报告编制公布情况的通报",
    "【文稿解读】2021年政府信息公开工作年度报告",
    "一图读懂云溪县2022年政府信息公开工作年度报告",
    "云溪县政府信息公开年度报告制度（试行）",
    "云溪县政府信息公开指南",
    "云溪县召开2022年政府信息公开工作年度报告编制部署会",
    "云溪县2022年上半年政府信息公开工作报告",
    "2016年度政府网站年度报表",
    "云溪县2020年度法治政府建设年度报告",
    "云溪县统计局2022年度部门决算",
    "青石镇2023年度政府工作报告",
    "云溪大学2020-2021学年信息公开工作年度报告",
    "云溪县基层政务公开标准目录",
    "云溪县第一中学2021年信息公开年度报告",
    "云溪学院2021年度信息公开年度报告",
    "云溪水务有限公司2022年信息公开年度报告",
    "云溪县2020年度信用信息公开报告",
    "云溪县2020年环境信息公开年度报告",
    "云溪县公共企事业单位2022年信息公开年度报告",
    "2016年政府信息公开工作年度报告展示平台 来源：云溪网",
]

OTHERS = [
    "云溪县召开2020年度工作会暨党风廉政建设会议",
    "云溪县2022年部门预算",
    "一图读懂云溪县2017年重点工作",
    "",
]


@pytest.mark.parametrize(("text", "issuer", "year"), REPORTS)
def test_reports(text, issuer, year):
    title = read_title(text)
    assert (title.verdict, title.issuer, title.year) == ("report", issuer, year)


@pytest.mark.parametrize("text", LOOKALIKES)
def test_lookalikes(text):
    assert read_title(text).verdict == "lookalike"


@pytest.mark.parametrize("text", OTHERS)
def test_others(text):
    assert read_title(text).verdict == "other"


def test_two_years_are_no_year():
    assert read_title("云溪县2021年、2022年政府信息公开工作年度报告").year is None


def test_real_titles():
    records = [json.loads(line) for line in shared.path("samples", "headings.jsonl").read_text().splitlines()]
    for record in (r for r in records if r["title"]):
        title = read_title(record["title"])
        assert (title.verdict == "report") == record["is_report"], record["title"]
        if title.verdict == "report" and title.year:
            assert title.year == record["report_year"], record["title"]


def test_real_column_page():
    column = json.loads(shared.path("samples", "list_engebei.json").read_text())
    for _, text, _, is_report in column["expected_links"]:
        assert (read_title(text).verdict == "report") == is_report, text
