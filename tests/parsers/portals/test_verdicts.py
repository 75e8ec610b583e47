"""Titles as they stand together in one column of annual reports: which are reports, which are their like, which are
neither."""

import pytest

from parsers.portals.column import Column
from parsers.portals.markup import Markup
from parsers.portals.model import Page
from parsers.portals.rows import Row
from parsers.portals.verdicts import verdict
from tests.parsers.portals.pages import look

TITLES = {
    "report": [
        "云溪县2023年政府信息公开工作年度报告",
        "青石镇人民政府2019年度政府信息公开年度工作报告",
        "2015年白水镇政府信息公开年报",
        "青石镇2023年信息公开年报",
        "云溪县水利局关于2021年度政府信息公开情况的报告",
        "云溪县水利局政府信息公开工作年度报告（2022年）",
        "2021年政府信息公开工作年度报告-云溪县发改局",
        "白水镇2023年度政务公开工作年度报告",
        "2023年政府信息公开工作年度报告.pdf",
        "[云溪县教育局] 2023年政府信息公开年度报告",
        "云溪县教育局2012年政府信息公开情况统计表",
        "云溪县财政局发布2023年政府信息公开工作年度报告",
    ],
    "lookalike": [
        "2021年度政府网站年度工作报表",
        "云溪县人民政府网站工作年度报表（2023年度）",
        "青石镇2023年法治政府建设年度报告",
        "云溪县2013年政府信息公开工作总结",
        "关于做好2023年政府信息公开工作年度报告编制发布工作的通知",
        "一图读懂云溪县2023年政府信息公开工作年度报告",
        "【文稿解读】云溪县2023年政府信息公开工作年度报告解读",
        "云溪县水利局2023年度部门决算公开",
        "云溪县政府信息公开指南",
        "2023年云溪县人民政府工作报告政府信息公开专栏",
    ],
    "other": [
        "云溪县人民政府办公室关于2021年度履行教育职责自查自评的报告",
        "云溪县召开2020年度工作会暨党风廉政建设会议",
        "白水镇开展森林防火宣传",
        "2023年",
        "云溪县水利局",
        "更多内容，点击阅读",
    ],
}


@pytest.mark.parametrize(("title", "expected"), [(t, v) for v, titles in TITLES.items() for t in titles])
def test_titles_of_one_column(title, expected):
    assert verdict(title) == expected


@pytest.mark.parametrize("slug", [
    "zfxxgknb", "xxgknb", "gknb", "ndbg", "gkndbg", "xxgkndbg", "zfxxgkndbg", "xxgknb105", "xxgk_nb", "nbzl",
    "bmxxgknb", "qzfxxgknb", "ndbgzt", "zlxrmzfndbg", "nb_2022",
])  # fmt: skip
def test_slugs_of_columns(slug):
    """At such an address a column that is called 年报 alone is one of ours."""
    page = Page(f"http://a.example/zwgk/{slug}/", "<title>年报</title>".encode())
    row = Row("http://a.example/x/202401/t20240120_1.html", "2023年", False, "2024-01-20")
    known = slug not in {"zlxrmzfndbg", "nb_2022"}  # those of single portals stay with their names
    assert Column(Markup(page)).verdict(row) == ("report" if known else "other")


def test_frames_of_a_frameset_are_followed():
    body = "<html><frameset cols='20,80'><frame src='tree.jsp'><frame src='./list.html'></frameset></html>"
    seen = look(body)
    assert (seen.page_class, [r.url for r in seen.next]) == (
        "list",
        ["http://www.yunxi.example/zfxxgk/nb/xz/list.html"],
    )
