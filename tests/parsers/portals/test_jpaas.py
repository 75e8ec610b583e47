import json

from tests.parsers.portals.pages import look, page

COLUMN = "http://a.example/zfxxgk/zfxxgknb/2025n/index.html"
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = (
    "{'webId':'3185','pageId':'7','parseType':'bulidstatic','pageType':'column',"
    "'tagId':'当前栏目list','tplSetId':'x','editType':'null'}"
)
ROWS = "".join(
    f"<li><a title='第{k}镇2023年政府信息公开工作年度报告' href='/zfxxgk/art/2026/art_{k:032x}.html'>"
    f"第{k}镇2023年政府信...</a><span>2024-01-0{k}</span></li>"
    for k in (1, 2)
)


def answer(html, url=f"{UNIT}?webId=3185&pageId=7&tagId=当前栏目list"):
    body = json.dumps({"success": True, "code": "200", "data": html})
    return look(body, f"http://a.example{url}", content_type="application/json")


def test_units_are_asked_for_with_every_key_they_name():
    unit = f'<script url="{UNIT}" queryData="{QUERY}"></script>'
    kebab = f'<div data-url="{UNIT}" data-query-data="{QUERY.replace("当前栏目list", "导航")}"></div>'
    seen = look(page(unit + kebab), COLUMN)
    assert (seen.family, seen.page_class, seen.fingerprint) == ("jpaas", "list", "jpaas-publish-server")
    assert [r.part and r.guess for r in seen.next] == [True, True]
    assert seen.next[0].url == (
        f"http://a.example{UNIT}?webId=3185&pageId=7&parseType=bulidstatic&pageType=column"
        "&tagId=%E5%BD%93%E5%89%8D%E6%A0%8F%E7%9B%AElist&tplSetId=x&editType=null"
    )


def test_pages_are_asked_for_in_both_ways():
    pager = "<div class='pagination' rows='15' count='386' pageNo='1'></div>"
    seen = answer({"html": f"<ul class='ajax-ul'>{ROWS}</ul>{pager}"})
    assert (len(seen.entries), seen.total, seen.pages) == (2, 386, 26)
    assert seen.entries[0].title == "第1镇2023年政府信息公开工作年度报告"
    [ahead] = seen.next
    assert "paramJson=%7B%22pageNo%22%3A2%2C%22pageSize%22%3A%2215%22%7D&pageNo=2" in ahead.url
    last = answer({"html": ROWS + pager}, f"{UNIT}?tagId=list&pageNo=26")
    assert last.next == []


def test_data_may_be_the_html_itself():
    assert len(answer(f"<ul>{ROWS}</ul>").entries) == 2


def test_a_unit_that_is_not_the_list_shows_nothing():
    news = "<ul><li><a href='/xw/art/2026/art_1a.html'>县里的新闻一则</a><span>2024-01-02</span></li></ul>"
    seen = answer({"html": news + "<div rows='15' count='386'></div>"}, f"{UNIT}?tagId=要闻")
    assert (seen.entries, seen.next, seen.total) == ([], [], None)


def test_a_refusal_is_no_list():
    body = '{"success":false,"code":"500","message":"系统异常"}'
    assert (
        look(body, f"http://a.example{UNIT}?pageId=7", content_type="application/json").page_class == "other"
    )


def test_files_are_told_by_their_name():
    link = "/api-gateway/jpaas-web-server/front/document/download?fileUrl=abc%2Fdef&fileName=%E5%B9%B4%E6%8A%A5.pdf"
    body = page(
        f'<div id="zoom"><a href="{link}">年报</a></div>', head='<meta name="ArticleTitle" content="年报">'
    )
    seen = look(body, "http://a.example/zfxxgk/art/2023/art_0123456789abcdef0123456789abcdef.html")
    assert [a.title for a in seen.attachments] == ["年报"]
    assert (seen.family, seen.next) == ("jpaas", [])


def test_a_unit_that_is_called_the_content_beside_the_menu_is_the_list():
    others = ROWS.replace("2023年政府信息公开工作年度报告", "召开2023年工作会议")
    pager = "<div class='pagination' rows='2' count='7' pageNo='1'></div>"
    for name, ahead in (("右侧内容", 1), ("导航", 0)):
        url = f"{UNIT}?webId=3185&pageId=7&tagId={name}"
        assert len(answer({"html": f"<ul>{others}</ul>{pager}"}, url).next) == ahead
