"""Entries that are titled by a year or a unit alone: the column tells what they are, and nothing else does."""

import json

import pytest

from parsers.portals import inspect
from parsers.portals.model import Page
from parsers.portals.verdicts import is_bare
from tests.parsers.portals.pages import items, look, page

NEUTRAL = "http://www.yunxi.example/col/"
ROWS = items(
    ("./202401/t20240120_2445.html", "2023年", "2024-01-20"),
    ("./202401/t20240121_2446.html", "白水镇2023年度报告", "2024-01-21"),
    ("./202401/t20240122_2447.html", "云溪县水利局", "2024-01-22"),
    ("./202401/t20240123_2448.html", "2023年政府网站年报", "2024-01-23"),
    ("./202401/t20240124_2449.html", "2023年法治政府建设年度报告", "2024-01-24"),
    ("./202401/t20240125_2450.html", "2023年政府工作报告", "2024-01-25"),
)
MENU = '<div class="left"><a href="/zn/">信息公开指南</a><a href="/nb/">政府信息公开年报</a></div>'
REPORTS = ["report"] * 3 + ["lookalike"] * 3
NOTHING_TOLD = ["other"] * 3 + ["lookalike"] * 3


def crumb(*names):
    return '<div class="wz">当前位置：' + " &gt; ".join(f'<a href="/x/">{n}</a>' for n in names) + "</div>"


@pytest.mark.parametrize(
    ("title", "content", "url", "expected"),
    [
        ("政府信息公开年报_云溪县人民政府", "", NEUTRAL, REPORTS),
        ("年报-云溪县人民政府", "", "http://www.yunxi.example/zfxxgk/zfxxgknb/", REPORTS),
        ("年报-云溪县人民政府", crumb("首页", "政府信息公开", "年报"), NEUTRAL, REPORTS),
        ("云溪县人民政府", crumb("首页", "政府信息公开年报", "2023年"), NEUTRAL, REPORTS),
        ("云溪县财政局政府信息公开年报", "", NEUTRAL, REPORTS),
        ("云溪县人民政府", "<h2>部门政府信息公开工作年度报告</h2>", NEUTRAL, REPORTS),
        ("云溪县人民政府", MENU, NEUTRAL, NOTHING_TOLD),
        ("年报-云溪县人民政府", "", NEUTRAL, NOTHING_TOLD),
        ("政府网站年报-云溪县人民政府", crumb("首页", "政府信息公开", "年报"), NEUTRAL, NOTHING_TOLD),
        ("财政年报", crumb("首页", "政府信息公开"), NEUTRAL, NOTHING_TOLD),
        (
            "通知公告",
            crumb("首页", "政府信息公开"),
            "http://www.yunxi.example/zfxxgk/zfxxgknb/",
            NOTHING_TOLD,
        ),
    ],
)
def test_the_column_tells_what_a_year_is(title, content, url, expected):
    assert [e.verdict for e in look(page(content + ROWS, title=title), url).entries] == expected


def test_the_tag_of_the_norm_tells_too():
    body = page(ROWS, head='<meta name="ColumnName" content="政府信息公开年报">')
    assert [e.verdict for e in look(body, NEUTRAL).entries] == REPORTS


def test_a_year_without_a_day_is_a_column_below():
    years = items(("./202401/t20240120_2445.html", "2023年", "2024-01-20"), ("./2022n/", "2022年", ""))
    seen = look(page(years, title="政府信息公开年报"), NEUTRAL)
    assert [e.verdict for e in seen.entries if e.url.endswith(".html")] == ["report"]
    assert [r.url for r in seen.next] == [f"{NEUTRAL}2022n/"]


def test_files_need_no_day():
    body = page('<ul><li><a href="/files/a1.pdf">2023年.pdf</a></li></ul>', title="政府信息公开年报")
    assert [e.verdict for e in look(body, NEUTRAL).entries] == ["report"]


def test_records_of_a_script_stand_in_the_pages_column():
    record = (
        "<li><a href='/art/2024/1/19/art_803_40.html' title='2023年'>2023年</a><span>2024-01-19</span></li>"
    )
    store = f'<script type="text/xml"><datastore><record><![CDATA[{record}]]></record></datastore></script>'
    url = "http://www.yunxi.example/col/col803/index.html"
    assert [e.verdict for e in look(page(store, title="政府信息公开年报"), url).entries] == ["report"]
    assert [e.verdict for e in look(page(store, title="通知公告"), url).entries] == ["other"]


@pytest.mark.parametrize(
    ("url", "answer"),
    [
        ("/gkmlpt/api/all/2629?page=1&sid=2", {"classify": {"name": "政府信息公开年报"}, "articles": [
            {"title": "2023年", "url": "http://a.example/gkmlpt/content/1/12/post_12.html",
             "display_publish_time": 1706544000}]}),
        ("/common/search/0123456789abcdef0123456789abcdef?page=1", {"data": {"total": 1, "results": [
            {"title": "2023年", "url": "/x/c100122/202401/c04_163476.shtml", "channelName": "政府信息公开年报",
             "publishedTimeStr": "2024-01-29 10:11:12"}]}}),
    ],
)  # fmt: skip
def test_interfaces_name_their_column(url, answer):
    def verdicts(value):
        body = json.dumps(value, ensure_ascii=False)
        seen = inspect(Page(f"http://a.example{url}", body.encode(), 200, "application/json"))
        return [e.verdict for e in seen.entries]

    assert verdicts(answer) == ["report"]
    assert verdicts(json.loads(json.dumps(answer).replace(json.dumps("政府信息公开年报"), '"公告"'))) == [
        "other"
    ]


@pytest.mark.parametrize(
    "url",
    [
        "/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime=2022&showType=2",
        "/XxgkAnnualReport/show/123456.html",
        "/OpennessAnnualReport/year/show/12/2022.html",
        "/xxgkAnnualReport/detail/5c35be0048787ad145c35be0.html",
        "/Xxgknb/show/123456.html?type=1",
    ],
)
def test_addresses_that_only_reports_have(url):
    seen = look(page(items((url, "2022年", ""), ("/News/show/123457.html", "2022年", ""))), NEUTRAL)
    assert [e.verdict for e in seen.entries] == ["report", "other"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("2023年", True), ("2023年度", True), ("2023", True), ("二〇二三年", True), ("2023年年报", True),
        ("2023年度报告", True), ("2023年工作年度报告", True), ("2023年.pdf", True), ("青石镇2023年", True),
        ("2023年青石镇年报", True), ("云溪县财政局", True), ("水利局年报", True),
        ("", False), ("年报", False), ("更多", False), ("政府", False), ("2023年1月", False), ("青石镇开会", False),
        ("2023年政府网站", False), ("2023年政府工作报告", False), ("法治政府建设年度报告", False), ("企业年报", False),
        ("2023年部门决算", False), ("青石镇2023年白水镇", False), ("2023年度报告制度", False),
    ],
)  # fmt: skip
def test_titles_that_are_a_year_or_a_unit_alone(title, expected):
    assert is_bare(title) is expected
