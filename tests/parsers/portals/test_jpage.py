import re

import pytest

from tests.parsers.portals.pages import look, page

COLUMN = "http://a.example/col/col803/index.html"
PROXY = "/module/web/jpage/dataproxy.jsp"


def record(k, column=803, template="<li><a href='{u}' title='{t}'>{t}</a><span>2024-01-{k:02}</span></li>"):
    title = f"第{k}镇2023年政府信息公开工作年度报告"
    held = template.format(u=f"/art/2024/1/{k}/art_{column}_{k}.html", t=title, k=k)
    return f"<record><![CDATA[{held}]]></record>"


def store(*records, total=None, link=""):
    group = f'<nextgroup><![CDATA[<a href="{link}"></a>]]></nextgroup>' if link else ""
    count = f"<totalrecord>{total}</totalrecord>" if total is not None else ""
    return f"<datastore>{group}{count}<recordset>{''.join(records)}</recordset></datastore>"


def in_page(*stores, after=""):
    scripts = "".join(f'<script type="text/xml">{s}</script>' for s in stores)
    return page(f'<ul><li><a href="/xw/1.html">导航里的链接</a></li></ul>{scripts}{after}')


def urls(seen):
    return [r.url.removeprefix("http://a.example") for r in seen.next]


def test_a_small_column_is_complete_in_its_page():
    seen = look(in_page(store(record(1), record(2), total=2, link=f"{PROXY}?page=1&columnid=803")), COLUMN)
    assert (seen.family, seen.page_class, seen.total, seen.next) == ("jpage", "list", 2, [])
    assert [(e.url[-11:], e.published_on) for e in seen.entries] == [
        ("_803_1.html", "2024-01-01"), ("_803_2.html", "2024-01-02")]  # fmt: skip


def test_all_groups_are_asked_for_as_guesses():
    link = f"{PROXY}?page=1&appid=1&path=/&columnid=9f3c&unitid=a1b2&webname=某县"
    seen = look(in_page(store(record(1), record(2), total=5, link=link)), COLUMN)
    assert [u.partition("&")[0] for u in urls(seen)] == [f"{PROXY}?page={k}" for k in (1, 2, 3)]
    assert all(r.guess and "columnid=9f3c" in r.url for r in seen.next)


def test_without_a_total_the_next_two_groups_are_asked_for():
    seen = look(in_page(store(record(1), link=f"{PROXY}?page=1&columnid=803")), COLUMN)
    assert urls(seen) == [f"{PROXY}?page={k}&columnid=803" for k in (1, 2)]
    seen = look(store(record(3)), f"http://a.example{PROXY}?page=2&columnid=803")
    assert urls(seen) == [f"{PROXY}?page={k}&columnid=803" for k in (2, 3)]


def test_records_by_number_need_the_form():
    after = (
        "<script>var param_229 = {col:1,appid:1,webid:1,path:'/',columnid:803,sourceContentType:1,"
        "unitid:229,webname:'某县人民政府',permissiontype:0};"
        f" a({{proxyUrl:'{PROXY}', totalRecord:100,perPage:15}})</script>"
    )
    seen = look(in_page(store(*(record(k) for k in range(1, 46 - 15))), after=after), COLUMN)
    assert urls(seen) == [
        f"{PROXY}?startrecord=31&endrecord=75&perpage=15",
        f"{PROXY}?startrecord=76&endrecord=100&perpage=15",
    ]
    assert dict(seen.next[0].form) == {
        "col": "1", "appid": "1", "webid": "1", "path": "/", "columnid": "803", "sourceContentType": "1",
        "unitid": "229", "webname": "某县人民政府", "permissiontype": "0"}  # fmt: skip
    assert {r.method for r in seen.next} == {"POST"}


@pytest.mark.parametrize(
    "path",
    [
        "/module/web/jpage/dataproxy.jsp",
        "/module/jpage/dataproxy.jsp",
        "/module/jslib/jquery/jpage/dataproxy.jsp",
        "/module/jpage/morecolumndataproxy.jsp",
    ],
)
def test_the_proxy_is_where_the_page_says(path):
    after = (
        "<script>var param_7 = {columnid:'803,804',sourceContentType:3,unitid:7,b_vir:0,virinfos:'',keyWordCount:999};"
        f" a({{proxyUrl:'{path}', totalRecord:60,perPage:15}})</script>"
    )
    seen = look(in_page(store(*(record(k) for k in range(1, 20))), after=after), COLUMN)
    assert [u.partition("?")[0] for u in urls(seen)] == [path]
    assert dict(seen.next[0].form)["columnid"] == "803,804"
    linked = look(in_page(store(record(1), total=60, link=f"{path}?page=1&columnid=803,804")), COLUMN)
    assert {u.partition("?")[0] for u in urls(linked)} == {path}


@pytest.mark.parametrize("own", [True, False])
def test_of_several_units_the_columns_own_counts(own):
    news = store(*(record(k, column=11) for k in range(1, 9)), total=800)
    seen = look(in_page(news, store(*([record(1), record(2)] if own else []), total=2 if own else 0)), COLUMN)
    assert seen.page_class == ("list" if own else "empty_list")
    assert len(seen.entries) == (2 if own else 0)
    assert seen.next == []


def test_rows_of_a_table_and_dates_over_lines():
    row = (
        "<tr><td>1</td><td class='bt_link'><a href='{u}'>{t}</a></td>"
        "<td class='bt_time'>[2024-\n 01-\n {k:02}]</td></tr>"
    )
    seen = look(
        store(record(1, template=row), record(2, template=row), total=2), f"http://a.example{PROXY}?page=1"
    )
    assert [e.published_on for e in seen.entries] == ["2024-01-01", "2024-01-02"]


def test_an_empty_datastore():
    body = "<datastore><recordset></recordset></datastore>"
    seen = look(body, f"http://a.example{PROXY}?page=3&columnid=803")
    assert (seen.family, seen.entries, seen.next) == ("jpage", [], [])


def test_plain_anchors_without_a_proxy():
    rows = "".join(re.findall(r"<li>.*?</li>", record(1) + record(2)))
    body = page(f"<ul>{rows}</ul>")
    seen = look(body, COLUMN)
    assert (seen.family, seen.fingerprint, len(seen.entries)) == ("jpage", "address", 2)


def test_a_link_to_a_jpage_article_elsewhere_makes_no_jpage():
    body = page(
        '<ul><li><a href="http://b.example/art/2024/2/20/art_12_34.html">某省2023年政府信息公开工作年度报告</a></li></ul>'
    )
    assert look(body).family == "unknown"


def test_attachments_are_told_by_the_query():
    files = "".join(
        f'<a href="/module/download/downfile.jsp?classid={c}&showname=a&filename={"0123456789abcdef" * 2}.{t}">{t}</a>'
        for c, t in ((0, "pdf"), (-1, "doc"))
    )
    icon = '<img src="/module/jslib/icons/word.png">'
    body = page(f'<div id="zoom">{icon}{files}</div>', head='<meta name="ArticleTitle" content="公告">')
    seen = look(body, "http://a.example/art/2024/1/2/art_803_1.html")
    assert [(a.title, a.url[-4:]) for a in seen.attachments] == [("pdf", ".pdf"), ("doc", ".doc")]
