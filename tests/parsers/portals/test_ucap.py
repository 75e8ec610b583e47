import json

import pytest

from tests.parsers.portals.pages import look, page

URL = "http://a.example/csrc/c106256/fg.shtml"
TITLE = "青石镇人民政府2023年政府信息公开工作年度报告"
CHANNEL = "0123456789abcdef0123456789abcdef"
ROWS = "<ul>" + "".join(
    f'<li><a href="/csrc/c106256/c{k}/content.shtml">第{k}镇2023年政府信息公开工作年度报告</a>'
    f"<span>2024-01-0{k}</span></li>"
    for k in (1, 2)
) + "</ul>"  # fmt: skip


def listed(current=1, total=5):
    return page(ROWS + f"<script>createPageHTML('page_div',{total}, {current},'fg','shtml',89);</script>")


def test_pages_count_from_one_and_their_names_too():
    seen = look(listed(), URL)
    assert [r.url for r in seen.next] == ["http://a.example/csrc/c106256/fg_2.shtml"]
    assert (seen.pages, seen.total, seen.fingerprint) == (5, 89, "createPageHTML('container'")
    seen = look(listed(4), "http://a.example/csrc/c106256/fg_4.shtml")
    assert [r.url for r in seen.next] == ["http://a.example/csrc/c106256/fg_5.shtml"]
    assert look(listed(5), "http://a.example/csrc/c106256/fg_5.shtml").next == []


def test_names_of_pages_are_those_of_the_call():
    for stem in ("common_list", "xxgk_list", "nav_list", "video_item"):
        call = f"<script>createPageHTML('page_div',3, 1,'{stem}','shtml',40);</script>"
        [ahead] = look(page(ROWS + call), f"http://a.example/csrc/c106256/{stem}.shtml").next
        assert ahead.url == f"http://a.example/csrc/c106256/{stem}_2.shtml"


def test_a_variable_of_that_name_is_no_call():
    script = "<script>var createPageHTML = '/x/list.shtml?page=3';</script>"
    link = '<a href="nav_list_2.shtml">下一页</a>'
    seen = look(page(ROWS + script + link), "http://a.example/csrc/c106256/nav_list.shtml")
    assert [r.url for r in seen.next] == ["http://a.example/csrc/c106256/nav_list_2.shtml"]


def test_tags_of_its_own():
    title = "第1镇2023年政府信息公开工作年度报告"
    file = f'<a href="{"4" * 32}/files/年报.pdf">年报</a>'
    body = page(
        f"<UCAPTITLE>{title}</UCAPTITLE><p>发布时间：2024-01-29</p><UCAPCONTENT><p>附件：{file}</p></UCAPCONTENT>"
    )
    seen = look(body, f"http://a.example/x/c001002/202401/{'a' * 32}.shtml")
    assert (seen.family, seen.page_class, seen.title, seen.published_on) == (
        "ucap",
        "article",
        title,
        "2024-01-29",
    )
    assert [a.title for a in seen.attachments] == ["年报"]


def shell(script=""):
    return page(f"<ul></ul><script>{script}</script>", head=f'<meta name="channelid" content="{CHANNEL}">')


@pytest.mark.parametrize(
    ("script", "paths"),
    [
        ("$.get('/searchList/' + channelId)", ["/searchList/"]),
        (f'url = "/common/search/{CHANNEL}?_isAgg=true"', ["/common/search/"]),
        ("", ["/common/search/", "/searchList/", "/search/"]),
    ],
)
def test_a_page_without_rows_is_drawn_from_its_search(script, paths):
    seen = look(shell(script), URL)
    assert (seen.family, seen.page_class) == ("ucap", "list")
    assert [r.url.partition(CHANNEL)[0] for r in seen.next] == [f"http://a.example{p}" for p in paths]
    assert [r.guess for r in seen.next] == [len(paths) > 1] * len(paths)


def test_a_page_that_lists_is_asked_no_further():
    assert look(page(ROWS, head=f'<meta name="channelid" content="{CHANNEL}">'), URL).next == []


def results(*items, total=23, page=1):
    body = json.dumps({"data": {"page": page, "rows": 15, "total": total, "results": list(items)}})
    return look(body, f"http://a.example/searchList/{CHANNEL}?page={page}", content_type="application/json")


def test_results():
    title = "第1镇<em>2023年</em>政府信息公开工作年度报告"
    seen = results(
        {"title": title, "url": "/xyq/c1/202401/c04_1.shtml", "publishedTime": 1706500000000},
        {
            "title": "公告",
            "url": "//b.example/c1/202401/c04_2.shtml",
            "publishedTimeStr": "2024-01-29 00:11:12",
        },
        {"title": "没有地址", "url": ""},
    )
    assert [(e.title, e.url, e.published_on) for e in seen.entries] == [
        (title.replace("<em>", "").replace("</em>", ""), "http://a.example/xyq/c1/202401/c04_1.shtml", "2024-01-29"),
        ("公告", "http://b.example/c1/202401/c04_2.shtml", "2024-01-29"),
    ]  # fmt: skip
    assert (seen.total, seen.pages) == (23, 2)
    assert [r.url for r in seen.next] == [f"http://a.example/searchList/{CHANNEL}?page=2"]


def test_results_past_the_end():
    assert (results(page=3).page_class, results(page=3).next) == ("empty_list", [])
    assert results(total=0).page_class == "empty_list"


def test_the_day_of_an_article_stands_in_a_tag_of_ucap_s_own():
    text = "<UCAPCONTENT>" + "本机关按照规定编制本报告。" * 60 + "</UCAPCONTENT>"
    body = f"<h1>{TITLE}</h1>发布时间：<PUBLISHTIME>2024-01-09 10:00</PUBLISHTIME> 更新：2024-05-06{text}"
    seen = look(page(body), "http://a.example/qhx/c100/content_1.shtml")
    assert (seen.page_class, seen.published_on) == ("article", "2024-01-09")
    head = '<meta name="PubDate" content="2024-01-08 10:00">'
    assert (
        look(page(body, head=head), "http://a.example/qhx/c100/content_1.shtml").published_on == "2024-01-08"
    )
