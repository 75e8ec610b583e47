"""Families whose lists come from an interface: what their samples do not show."""

import json
from urllib.parse import parse_qsl, urlsplit

import pytest

from parsers.portals import inspect
from parsers.portals.model import Page, Request
from tests.parsers.portals.pages import items, look, page

TITLE = "青石镇人民政府2023年政府信息公开工作年度报告"
BASE = "http://a.example"


def data(url, value, asked=None):
    return inspect(Page(BASE + url, json.dumps(value).encode(), 200, "application/json", asked))


# Hanweb xxgk


def test_xxgk_sends_everything_in_the_address_and_in_the_form():
    body = page("<script>loadDynamic('/module/xxgk/search.jsp','divid=div12596','infotypeId=A02')</script>"
                '<iframe src="/module/xxgk/tree.jsp?area=113201&jdid=8"></iframe>')  # fmt: skip
    [request] = look(body, f"{BASE}/col/col12596/index.html?number=A0212").next
    assert (request.method, request.part) == ("POST", True)
    form = dict(request.form)
    assert (form["infotypeId"], form["area"], form["jdid"], form["divid"]) == (
        "A0212",
        "113201",
        "8",
        "div12596",
    )
    assert form["sortfield"] == ",compaltedate:0"
    assert all(f"{name}=" in request.url for name in form)


def test_xxgk_items_of_a_list_and_pages_past_the_end():
    item = f'<li><a href="/art/2024/1/2/art_1_2.html">{TITLE}</a><b>2024-01-02</b></li>'
    rows = f'<div class="zfxxgk_zdgkc"><ul>{item}</ul></div>'
    seen = look(rows + "共1条 共1页", f"{BASE}/module/xxgk/search.jsp?currpage=1")
    assert [(e.title, e.published_on) for e in seen.entries] == [(TITLE, "2024-01-02")]
    assert (seen.next, seen.pages, seen.total) == ([], 1, 1)


ANNUAL = "/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime={}&showType=2"


def test_xxgk_annual_reports_are_told_by_their_addresses():
    years = "".join(f'<a href="{ANNUAL.format(y)}">{y}年</a>' for y in (2023, 2022))
    shell = '<script src="/module/xxgk/tree.jsp?area=990101"></script>'
    seen = look(page(shell + years), f"{BASE}/col/col12596/index.html")
    assert [(e.url, e.verdict) for e in seen.entries] == [
        (BASE + ANNUAL.format(y), "report") for y in (2023, 2022)]  # fmt: skip
    assert (seen.family, seen.next) == ("xxgk", [])


def test_xxgk_annual_report_is_an_article_whatever_its_body_is_called():
    table = "<table><tr><td>本年制发件数</td><td>3</td></tr></table>"
    body = page(f"<h1>{TITLE}</h1><table><tr><td>一、总体情况{'按规定编制。' * 90}</td></tr></table>{table}")
    seen = look(body, BASE + ANNUAL.format(2023))
    assert (seen.family, seen.page_class, seen.title, seen.next) == ("xxgk", "article", TITLE, [])
    empty = look(page("<p>暂无相关信息</p>"), BASE + ANNUAL.format(2031))
    assert empty.page_class == "empty_list"


# gkmlpt


def shell(url, tree):
    return look(page(f"<script>window._CONFIG = {{SID:'755041', TREE:{tree}}};</script>"), url)


def test_gkmlpt_without_a_category_takes_those_of_annual_reports():
    tree = '[{id:1,name:\'机构职能\',children:[{"id":2629,"name":"政府信息公开年报"},{id: 7, name: \'年度报告\'}]}]'
    seen = shell(f"{BASE}/lhqkj/gkmlpt/index", tree)
    assert [r.url for r in seen.next] == [
        f"{BASE}/lhqkj/gkmlpt/api/all/{c}?page=1&sid=755041" for c in (2629, 7)
    ]
    seen = shell(f"{BASE}/gkmlpt/index#5", tree)
    assert [r.url for r in seen.next] == [f"{BASE}/gkmlpt/api/all/5?page=1&sid=755041"]


def test_gkmlpt_dates_are_seconds_in_beijing_and_addresses_may_leave():
    article = {
        "title": TITLE,
        "url": "http://mp.weixin.qq.com/s/abc",
        "date": 1,
        "display_publish_time": 1706544000,
    }
    seen = data("/gkmlpt/api/all/2629?page=1&sid=2", {"articles": [article], "classify": {"post_count": 1}})
    [entry] = seen.entries
    assert (entry.published_on, entry.url, seen.total) == ("2024-01-30", "http://mp.weixin.qq.com/s/abc", 1)
    assert seen.next == []


# Epoint


def test_epoint_takes_the_first_address_that_is_there():
    rows = [{"title": "短", "realtitle": TITLE, "infourl": "", "visiturl": "/a/002005/20240102/" + "0" * 32 + ".html",
             "infodate": "2024-01-02"}]  # fmt: skip
    asked = Request(f"{BASE}/EWB-FRONT/rest/lightfrontaction/getgovinfolist", "POST",
                    json='{"categorynum": "002005", "pageIndex": 1, "pageSize": 15}')  # fmt: skip
    seen = data(
        "/EWB-FRONT/rest/lightfrontaction/getgovinfolist", {"custom": {"total": 41, "data": rows}}, asked
    )
    assert [e.title for e in seen.entries] == [TITLE]
    assert (json.loads(seen.next[0].json)["pageIndex"], seen.total) == (2, 41)


def test_epoint_answers_do_not_say_which_page_they_are():
    seen = data("/EWB-FRONT/rest/lightfrontaction/getgovinfolist", {"custom": {"total": 41, "data": []}})
    assert (seen.next, seen.total if seen.page_class == "list" else None) == ([], None)


def test_the_older_list_action():
    rows = {
        "Table": [{"href": "/a/20240102/1234.html", "title": TITLE, "infodate": "2024-01-02"}],
        "totalcount": 31,
    }
    url = "/x/zcfgInfoListAction.action?cmd=getInfolist&categorynum=002&pageSize=15&pageIndex={}"
    seen = data(url.format(0), {"custom": json.dumps(rows)})
    assert (len(seen.entries), seen.total, [r.url for r in seen.next]) == (1, 31, [BASE + url.format(1)])
    assert data(url.format(2), {"custom": json.dumps(rows)}).next == []


def test_epoint_rows_whose_links_are_no_addresses():
    rows = "".join(
        f"<tr><td><span>11410000/2024-0{k}0017</span></td><td><a onclick=\"linkToNew('{str(k) * 8}-9681-462d-af1d-"
        f"8c4dda52d8ec','002008');\">第{k}镇2023年政府信息公开工作年度报告</a><ul><li><label>名称：</label><p>年报</p></li>"
        f"<li><label>生成日期：</label><p>2024-01-0{k}</p></li></ul></td><td>2024-01-0{k}</td></tr>"
        for k in (1, 2)
    )
    folder = "/govxxgk/1141/category/031/031002/031002014"
    pager = f'<ul><li><a href="{folder}/2.html">2</a></li><li><a href="{folder}/2.html">下页></a></li></ul>'
    body = page(
        f"<table>{rows}<tr><td>{pager}</td></tr></table>",
        head='<script src="/js/webBuilderCommon.js"></script>',
    )
    seen = look(body, f"{BASE}{folder}/1.html")
    assert [(e.url, e.published_on, e.verdict) for e in seen.entries] == [
        (
            f"{BASE}/openDetailDynamic.html?infoid={str(k) * 8}-9681-462d-af1d-8c4dda52d8ec",
            f"2024-01-0{k}",
            "report",
        )
        for k in (1, 2)
    ]
    assert [r.url for r in seen.next] == [f"{BASE}{folder}/2.html"]


def test_epoint_article_under_the_title_of_its_site():
    body = page(
        f'<div class="ewb-main"><h3 class="article-title">{TITLE}</h3><div>【信息时间：2024-01-03】</div>'
        f'<div id="mainContent">{"本年度报告。" * 100}</div></div><script src="/js/webBuilderCommon.js"></script>',
        title="云溪县政务服务平台（云溪）",
    )
    seen = look(body, f"{BASE}/zwgk/002005/20240103/{'0' * 32}.html")
    assert (seen.family, seen.page_class, seen.title, seen.published_on) == (
        "epoint",
        "article",
        TITLE,
        "2024-01-03",
    )


# Lonsun


def test_lonsun_keeps_the_folder_of_its_site():
    body = page("<script>var siteId = 6793339; url:'/site/label/8888'; file='/c2/hsxxgk/publicInfoList_newest_hs';"
                "pagination({pageCount:2})</script>")  # fmt: skip
    seen = look(body, f"{BASE}/huangshan/zwgk/public/column/6615904?type=4&catId=6718734&action=list")
    assert seen.pages == 2
    assert [r.url.rpartition("pageIndex=")[2] for r in seen.next] == ["1", "2", "0"]
    assert all(r.guess and not r.part for r in seen.next)
    assert seen.next[0].url.startswith(f"{BASE}/huangshan/zwgk/site/label/8888?")
    assert "organId=6615904" in seen.next[0].url
    assert "file=%2Fc2%2Fhsxxgk%2FpublicInfoList_newest_hs" in seen.next[0].url


# truecms


@pytest.mark.parametrize("total", [2, 40])
def test_truecms_asks_for_what_the_page_does_not_hold(total):
    rows = items(
        ("/x/content/" + "0" * 32 + ".html", TITLE, "2024-01-02"),
        ("/x/content/" + "1" * 32 + ".html", "公告", "2024-01-03"),
    )
    body = page(
        f"<div id=\"initData\">{rows}</div><script>columnId:'c7'; totalRecord:'{total}'; \"/truecms/\"</script>"
    )
    seen = look(body, f"{BASE}/x/x.html")
    assert (len(seen.entries), seen.total) == (2, total)
    asked = [(r.url.partition("?")[2].partition("&perpage")[0], dict(r.headers)) for r in seen.next]
    referer = {"Referer": f"{BASE}/x/x.html"}
    assert asked == ([] if total == 2 else [
        ("startrecord=3&endrecord=32", referer), ("startrecord=33&endrecord=40", referer)])  # fmt: skip


def test_truecms_is_asked_where_the_page_says():
    rows = items(("/x/content/" + "0" * 32 + ".html", TITLE, "2024-01-02"))
    script = (
        "<script>columnId:'c7'; totalRecord:'9'; proxyUrl:'/TrueCMS/messageController/getMessage.do'</script>"
    )
    seen = look(page(f'<div id="initData">{rows}</div>{script}'), f"{BASE}/x/x.html")
    assert seen.next[0].url.startswith(f"{BASE}/TrueCMS/messageController/getMessage.do?startrecord=2&")


def test_truecms_links_in_scripts():
    record = f"<li><a onclick=\"name2('/x/content/{'0' * 32}.html')\">{TITLE}</a><span>2024-01-02</span></li>"
    body = json.dumps(
        {"result": f"<datastore><recordset><record><![CDATA[{record}]]></record></recordset></datastore>"}
    )
    seen = look(f"jQ({body})", f"{BASE}/truecms/messageController/getMessage.do?startrecord=1")
    assert [e.url for e in seen.entries] == [f"{BASE}/x/content/{'0' * 32}.html"]


# mobile twins


@pytest.mark.parametrize(("one", "twin"), [
    ("/content/post_8780034.html", "/content/mpost_8780034.html"), ("/Content-12.html", "/WapContent-12.html"),
])  # fmt: skip
def test_mobile_twins_are_one_entry(one, twin):
    seen = look(
        page(
            items(
                (twin, TITLE, "2024-01-02"),
                (one, TITLE, "2024-01-02"),
                ("/content/post_9.html", "公告一则", "2024-01-02"),
            )
        ),
        BASE + "/nb/",
    )
    assert [e.url for e in seen.entries if e.title == TITLE] == [BASE + one]


# What real pages of these families do beside what the samples show


def test_xxgk_codes_hold_commas_and_hyphens_and_a_site_number_stands_in_the_call():
    shell = page("<script>loadDynamic('/module/xxgk/search.jsp?infotypeId='+a+'&amp;area=11330108MB15-0',"
                 "'div63','A0502','0','950','7','','');</script><div id='div63'></div>")  # fmt: skip
    [request] = look(shell, f"{BASE}/col/col12596/index.html?vc_xxgkarea=113201,A1-0").next
    form = dict(request.form)
    assert [form[name] for name in ("area", "infotypeId", "divid", "jdid")] == [
        "113201,A1-0",
        "A0502",
        "div63",
        "7",
    ]


def test_gkmlpt_category_that_is_a_link_leads_where_it_leads():
    tree = [
        {"id": 5, "name": "政府信息公开年报", "jump_url": "/gkmlpt/annualreport"},
        {"id": 6, "name": "年报解读"},
    ]
    shell = (
        f"<div id='app'></div><script>window._CONFIG = {{SID: '755041', TREE: {json.dumps(tree)}}};</script>"
    )
    asked = look(page(shell), f"{BASE}/gkmlpt/index").next
    assert [(r.url, r.guess) for r in asked] == [
        (f"{BASE}/gkmlpt/annualreport", True),
        (f"{BASE}/gkmlpt/api/all/6?page=1&sid=755041", True),
    ]


def test_lonsun_label_of_its_own_number_is_asked_without_the_names_of_a_template():
    data = "{siteId: '6793339', file:'/a/publicInfoList-new'}"
    shell = f"<script>Ls.ajax({{url:'/site/label/165919', data: {data}}})</script>"
    for request in look(page(shell), f"{BASE}/public/column/6613?type=3&action=list").next:
        assert request.url.startswith(f"{BASE}/site/label/165919?")
        assert not {"labelName", "file"} & set(dict(parse_qsl(urlsplit(request.url).query)))


def test_lonsun_column_of_type_three_is_one_of_annual_reports():
    row = '<li><a href="/public/6613/12.html" title="2023年度">2023年度</a><span>2024-01-30</span></li>'
    listed = f'<div class="xxgk_navli"><ul class="clearfix xxgk_nav_list">{row}</ul></div>'
    asked = Request(f"{BASE}/site/label/8888?type={{}}&organId=6613&pageIndex=1")
    seen = {kind: look(listed, asked.url.format(kind)).entries[0].verdict for kind in ("3", "4")}
    assert (seen["3"], seen["4"] == "report") == ("report", False)


ITEMS = (
    '<ul class="clearfix"><li class="xh">1</li><li>003-2024-00018</li>'
    f'<li class="mc"><a href="/public/6613/12.html" title="{TITLE}">{TITLE[:9]}</a></li>'
    '<li class="rq">2024-01-30</li></ul>'
)


def test_number_link_and_day_of_an_entry_are_items_of_a_list():
    seen = look(page(ITEMS + ITEMS.replace("12.html", "13.html")), f"{BASE}/public/column/6613")
    assert [e.published_on for e in seen.entries] == ["2024-01-30"] * 2


@pytest.mark.parametrize(
    ("pager", "turns", "said"),
    [
        ("记录总数：42 总页数：3 当前页：1", "2", (42, 3)),
        ("<b>1/3</b>", "2", (None, 3)),
        ("", "23", (None, 3)),
    ],
)
def test_an_aspx_pager_is_read_in_words_and_in_the_links_that_turn_it(pager, turns, said):
    links = "".join(
        f"<a href=\"javascript:__doPostBack('MoreInfoList1$Pager','{k}')\">{k}</a>" for k in turns
    )
    row = (
        f"<tr><td><a href='/qhx/InfoDetail/?InfoID=a-1&CategoryNum=803' title='{TITLE}'>{TITLE}</a></td></tr>"
    )
    grid = f"<table id='MoreInfoList1_DataGrid1'>{row}</table>"
    state = "<input type='hidden' name='__VIEWSTATE' value='/wE'>"
    form = f"<form>{state}{{}}<div id='MoreInfoList1_Pager'>{{}}{{}}</div></form>"
    seen = look(page(form.format(grid, pager, links)), f"{BASE}/qhx/zwgk/MoreInfo.aspx?CategoryNum=803")
    [request] = seen.next
    assert (seen.total, seen.pages) == said
    assert dict(request.form)["__EVENTARGUMENT"] == "2"
