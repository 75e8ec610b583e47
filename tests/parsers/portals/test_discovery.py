"""From a page to the columns of annual reports: what its links say, and why."""

from html import escape

import pytest

from parsers.portals.discovery import column_of, identity, is_unit_name, kinds_named, survey
from parsers.portals.model import Page
from parsers.portals.owner import owner
from tests.parsers import shared

HOME = "http://www.qinghe.gov.cn/"


def page(body, url=HOME, title="青禾县人民政府", head=""):
    text = f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{body}</body></html>'
    return Page(url, text.encode())


def links(*pairs, where="menu"):
    items = "".join(f'<li><a href="{escape(href)}">{text}</a></li>' for text, href in pairs)
    return f'<ul class="{where}">{items}</ul>'


def onward(body, url=HOME, **more):
    return {link.url.removeprefix(HOME.rstrip("/")): link for link in survey(page(body, url, **more)).onward}


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("政府信息公开年报", "column"),
        ("政府信息公开工作年度报告", "column"),
        ("信息公开年度报告", "column"),
        ("政務公開年報", "column"),
        ("乡镇年报", "column"),
        ("年度报告", "column"),
        ("政府信息公开", "section"),
        ("法定主动公开内容", "section"),
        ("政务公开", "section"),
        ("网站地图", "map"),
        ("2023年政府信息公开年报", "column"),
    ],
)
def test_names_of_the_norm(text, role):
    found = onward(links((text, "/gk/"), ("新闻", "/xw/"), ("通知", "/tz/")))
    assert [(link.url, link.role) for link in found.values()] == [(HOME + "gk/", role)]
    assert found["/gk/"].witnesses == (f"link {text}",)


@pytest.mark.parametrize(
    "text",
    [
        "政府网站工作年度报表",
        "企业年报公示",
        "法治政府建设年度报告",
        "财政预决算",
        "统计年鉴",
        "社会组织年报",
        "新闻",
    ],
)
def test_reports_of_other_kinds_lead_nowhere(text):
    assert onward(links((text, "/qt/"))) == {}


def test_the_better_name_comes_first_and_the_address_is_a_witness():
    found = list(
        onward(links(("政府信息公开", "/a/"), ("年报", "/b/"), ("政府信息公开年报", "/zfxxgknb/"))).values()
    )
    assert [link.url.removeprefix(HOME) for link in found] == ["zfxxgknb/", "b/", "a/"]
    assert found[0].witnesses == ("link 政府信息公开年报", "address zfxxgknb")


def test_an_address_alone_tells_too():
    found = onward(
        links(("点击进入", "/zwgk/gknb/index.html"), ("点击进入", "/zwgk/gknb/202401/t20240112_9.html"))
    )
    assert {path: link.role for path, link in found.items()} == {"/zwgk/gknb/index.html": "column"}


def test_further_pages_of_a_list_are_no_columns():
    pager = '<a href="./index_1.html">2</a><a href="./index_1.html">下一页</a><a href="./">信息公开年报</a>'
    assert onward(pager, HOME + "zwgk/xxgknb/", title="信息公开年报") == {}


def test_a_list_of_reports_leads_to_each_and_a_report_back_to_its_column():
    title = "白鹭镇人民政府2023年政府信息公开工作年度报告"
    article = HOME + "zfxxgk/nb/xz/202401/t20240112_1201.html"
    found = onward(f'<ul><li><a href="{article}">{title}</a><span>2024-01-12</span></li></ul>')
    assert [link.role for link in found.values()] == ["report"]
    crumbs = '<div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/nb/xz.html">乡镇</a></div>'
    head = f'<meta name="ArticleTitle" content="{title}">'
    back = onward(f"{crumbs}<div class='TRS_Editor'>{'报告正文' * 90}</div>", article, title=title, head=head)
    assert {path: link.role for path, link in back.items()} == {
        "/nb/xz.html": "column",
        "/zfxxgk/nb/xz/": "column",
    }
    assert back["/nb/xz.html"].witnesses == (f"breadcrumb of the report {title}",)


@pytest.mark.parametrize(
    ("article", "column"),
    [
        ("/zfxxgk/nb/202401/t20240112_9.html", "/zfxxgk/nb/"),
        ("/art/2024/1/19/art_803_4012345.html", "/col/col803/index.html"),
        ("/qhx/c100122/202401/c04_163476.shtml", "/qhx/c100122/list.shtml"),
        ("/nb/xz/content/post_123.html", "/nb/xz/"),
    ],
)
def test_the_address_of_an_article_tells_its_column(article, column):
    assert column_of(HOME.rstrip("/") + article) == HOME.rstrip("/") + column
    assert column_of(HOME + "info/1648/47211.htm") is None


def test_a_search_is_asked_with_its_hidden_fields():
    fields = '<input type="hidden" name="siteId" value="7"><input name="searchWord"><input type="submit" value="搜">'
    found = onward(
        f'<form action="/so/s">{fields}</form><form method="post" action="/login"><input name="q"></form>'
    )
    (link,) = found.values()
    assert link.role == "search"
    assert link.url.startswith(f"{HOME}so/s?siteId=7&searchWord=%E6%94%BF")


def test_categories_of_gkmlpt_are_told_apart_behind_the_hash():
    found = onward(links(("镇街年报", "/gkmlpt/annualreport#803"), ("部门年报", "/gkmlpt/annualreport#804")))
    assert set(found) == {"/gkmlpt/annualreport#803", "/gkmlpt/annualreport#804"}
    assert identity(HOME + "a/index.html#top") == identity("https://www.qinghe.gov.cn/a/")


def test_parts_of_an_umbrella_by_level_and_by_year():
    umbrella = HOME + "zfxxgk/nb/"
    body = links(
        ("部门", "/zfxxgk/nb/bm/"), ("乡镇", "/zfxxgk/nb/xz/"), ("2023年", "/zfxxgk/nb/2023/"), ("首页", "/")
    )
    seen = survey(page(body, umbrella, title="政府信息公开年报"))
    assert seen.is_called_column
    assert [link.text for link in seen.below] == ["部门", "乡镇", "2023年"]
    assert seen.own == []
    beside = survey(
        page(links(("部门", "/c12.html"), ("2023年", "/c13.html"), ("领导", "/c14.html")), umbrella, "年报")
    )
    assert [link.url.removeprefix(HOME) for link in beside.below] == ["c12.html", "c13.html"]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("乡镇（街道）政府信息公开年报", ("township", "subdistrict")),
        ("县政府部门政府信息公开年报", ("department",)),
        ("县政府本级年报", ("government",)),
        ("青禾县人民政府", ("government",)),
        ("政府信息公开年报", ()),
    ],
)
def test_a_name_says_the_kinds_it_hosts(text, kinds):
    assert kinds_named(text) == kinds


@pytest.mark.parametrize(
    ("text", "one"),
    [("白鹭镇", True), ("县财政局年报", True), ("乡镇", False), ("县政府部门", False), ("部门", False)],
)
def test_units_are_told_from_kinds_of_units(text, one):
    assert is_unit_name(text) == one


def test_a_real_column_of_a_development_zone():
    body = shared.path("samples", "list_engebei.html").read_bytes()
    seen = survey(Page("http://www.egb.gov.cn/zwgk/xxgknb/", body))
    assert (seen.inspection.family, seen.name, seen.is_called_column, seen.reports) == (
        "trs",
        "信息公开年报",
        True,
        4,
    )
    home = survey(Page("http://www.egb.gov.cn/zwgk/xxgkgd/", body))
    found = {link.text: link.role for link in home.onward}
    assert (found["信息公开"], found["信息公开目录"], found["网站地图"]) == ("section", "section", "map")
    assert owner(Page("http://www.egb.gov.cn/", body)).division == "150600"
