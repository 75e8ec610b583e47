import pytest

from parsers.portals import inspect
from parsers.portals.encodings import decode
from parsers.portals.model import Page
from tests.parsers.portals.pages import REPORT, items, look, page

URL = "http://www.yunxi.example/nb/list.html"


def rows(*ids: int):
    return items(*((f"/html/{n}.html", f"第{n}镇2023年政府信息公开工作年度报告", "2024-01-20") for n in ids))


def test_static_list_of_an_unknown_family():
    seen = look(
        page(rows(2786531, 2786532) + "<a href='/list12_2.html'>下一页</a>"),
        "http://www.yunxi.example/list12.html",
    )
    assert (seen.family, seen.page_class, len(seen.entries)) == ("unknown", "list", 2)
    assert [(r.url, r.guess) for r in seen.next] == [("http://www.yunxi.example/list12_2.html", False)]


def test_no_page_is_guessed_without_a_reason():
    assert look(page(rows(2786531)), URL).next == []


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        (URL, ["list_1.html", "list_2.html", "index_1.html", "index_2.html"]),
        ("http://www.yunxi.example/nb/list_2.html", ["list_3.html"]),
        ("http://www.yunxi.example/nb/", ["index_1.html", "index_2.html"]),
    ],
)
def test_pages_that_are_said_and_not_linked_are_guessed(url, expected):
    seen = look(page(rows(2786531) + "<p>共3页 <a href='javascript:next()'>下一页</a></p>"), url)
    assert [(r.url.rpartition("/")[2], r.guess) for r in seen.next] == [(name, True) for name in expected]
    assert seen.pages == 3


def test_a_next_link_to_the_page_itself_ends_the_list():
    assert look(page(rows(2786531) + "<a href='list.html'>下一页</a>"), URL).next == []


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "gb18030", "utf-8-sig", "utf-16"])
def test_encodings(encoding):
    assert REPORT in decode(page(f"<p>{REPORT}</p>").encode(encoding))


def test_declared_gb2312_is_gb18030():
    body = page("<p>㙍镇、燊街道</p>", head='<meta charset="gb2312">').encode("gb18030")
    assert "㙍镇、燊街道" in decode(body)


def test_utf8_cut_inside_a_character_is_utf8():
    assert decode(REPORT.encode()[:-1]).startswith(REPORT[:-1])


ARTICLE = page(
    "<div class='nav'><a href='/up/指南.pdf'>指南</a></div><h1>其他</h1>"
    "<p>发布日期：2024-01-26 索引号：2024-02-00018</p><div class='article'>"
    "<p><a href='./P020240126.pdf'>附件：年报.pdf</a><a href='/download.jsp?filename=abc.docx'>原文</a>"
    "<a href='./t20240101_1.html'>解读</a></p><iframe src='/pdfjs/web/viewer.html?file=/files/nb.pdf'></iframe></div>",
    head=f"<meta name='ArticleTitle' content='{REPORT}'><meta http-equiv='PubDate' content='2024-01-25 09:10'>",
)


def test_article():
    seen = look(ARTICLE, "http://www.yunxi.example/nb/202401/t20240124_2445.html")
    assert (seen.page_class, seen.title, seen.published_on) == ("article", REPORT, "2024-01-25")
    names = [a.url.removeprefix("http://www.yunxi.example") for a in seen.attachments]
    assert names == [
        "/nb/202401/P020240126.pdf",
        "/download.jsp?filename=abc.docx",
        "/files/nb.pdf",
    ]


TABLES = "本年处理决定数量 四、结转下年度继续办理 未经复议直接起诉 结果 维持"


def test_pictures_are_attachments_of_a_body_that_lacks_text_or_tables():
    scans = "<div class='TRS_Editor'><img src='./W020240126001.jpg'><img src='/images/icon.png'></div>"
    url = "http://www.yunxi.example/nb/202401/t20240124_2445.html"
    assert [a.url[-18:] for a in look(page(scans), url).attachments] == ["/W020240126001.jpg"]
    text = scans.replace("<img", "正文" * 200 + "<img", 1)
    assert [a.url[-18:] for a in look(page(text), url).attachments] == ["/W020240126001.jpg"]
    assert look(page(text.replace("<img", f"{TABLES}<img", 1)), url).attachments == []


def test_title_and_date_without_meta():
    body = page(
        f"<h2>{REPORT}</h2><p>时间：2024年1月26日</p><div id='zoom'>{'正文' * 300}</div>",
        title=f"{REPORT}_云溪县政府网",
    )
    seen = look(body, "http://www.yunxi.example/html/2786531.html")
    assert (seen.page_class, seen.title, seen.published_on) == ("article", REPORT, "2024-01-26")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://www.yunxi.example/zwgk/list-320/1.html", ["2.html"]),
        ("http://www.yunxi.example/zwgk/list-320/7.html", ["8.html"]),
        ("http://www.yunxi.example/gi_class/x/2", ["3"]),
    ],
)
def test_pages_named_by_their_number(url, expected):
    seen = look(page(rows(2786531) + "<p>共9页</p>"), url)
    assert [(r.url.rpartition("/")[2], r.guess) for r in seen.next] == [(name, True) for name in expected]


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (
            "http://www.yunxi.example/column.jsp?id=1414231541890&current=1",
            "column.jsp?id=1414231541890&current=2",
        ),
        (
            "http://www.yunxi.example/info/iList.jsp?cat_id=15971&cur_page=1",
            "iList.jsp?cat_id=15971&cur_page=2",
        ),
        ("http://www.yunxi.example/viewCmsCac.do?cacId=5c35&offset=0", "viewCmsCac.do?cacId=5c35&offset=20"),
        ("http://www.yunxi.example/NewsLsit.aspx?ClassID=602", "NewsLsit.aspx?ClassID=602&page=2"),
        ("http://www.yunxi.example/node/11.jspx", "/node/11_2.jspx"),
        ("http://www.yunxi.example/a/gk/", "list_12_2.html"),
        ("http://www.yunxi.example/gi_class/x", "/gi_class/x/2"),
    ],
)
def test_lists_of_programs_are_followed_by_their_links(url, link):
    seen = look(
        page(f"<div class='content'>{rows(*range(2786531, 2786551))}</div><a href='{link}'>下一页</a>"), url
    )
    assert (seen.page_class, len(seen.entries)) == ("list", 20)
    assert [r.url.rpartition("/")[2] for r in seen.next] == [link.rpartition("/")[2]]


@pytest.mark.parametrize(
    "body",
    [
        "id=zoom", "id=Zoom", "id=zoomcon", "id=UCAP-CONTENT", "id=ivs_content", "id=webeditorview", "id=article",
        "id=mainContent", "id=infoContentM", "id=barrierfree_container", "id=vsb_content_500 class=v_news_content",
        "class=TRS_Editor", "class=trs_editor_view", "class=TRS_UEDITOR", "class=Custom_UnionStyle",
        "class=artile_zw", "class=article-content", "class=art_con", "class=main-txt", "class=info-cont",
        "class=news_cont_d_wrap", "class=tyxxy_main", "class=content-body", "class=ewb-article-info",
        "class=mian-cont", "class=j-fontContent", "class=newscontnet", "class=g-detailbox", "class=xiangqnr",
        "class=overview", "class=xqCent", "class=GovInfoContent", "class=xxgk_content",
    ],
)  # fmt: skip
def test_names_of_bodies(body):
    """Each is found beside a longer list of links, which a body it is not."""
    menu = "<div class=menu>" + "政府信息公开指南与制度" * 60 + "</div>"
    seen = look(page(f"<h1>{REPORT}</h1>{menu}<div {body}>{'本年度报告按规定编制。' * 40}</div>"), URL)
    assert (seen.page_class, seen.evidence) == ("article", "body of an article")
    assert (
        look(page(f"<h1>{REPORT}</h1>{menu}<div class=abc>{'本年度报告。' * 99}</div>"), URL).page_class
        == "other"
    )


def test_a_page_in_gb2312_of_a_program():
    row = f"<tr><td>1</td><td><a href='/col/1414231541890/2024/01/26/1706234567890.html'>{REPORT}</a></td>"
    body = page(f"<table>{row}<td>2024年01月26日</td></tr></table>", head='<meta charset="gb2312">').encode(
        "gb18030"
    )
    seen = inspect(Page("http://www.yunxi.example/column.jsp?id=1414231541890&current=1", body))
    assert [(e.title, e.published_on, e.verdict) for e in seen.entries] == [(REPORT, "2024-01-26", "report")]


LISTED = page(f"<div>{rows(2786531, 2786532)}</div>")


@pytest.mark.parametrize(
    ("body", "cut"),
    [
        (LISTED, False),
        (LISTED.removesuffix("</body></html>"), False),
        (LISTED.removesuffix("</div></body></html>"), True),
        (LISTED[: LISTED.rindex("<span>")], True),
        (LISTED.removesuffix("</body></html>") + "<script>createPageHTML(1, 0", True),
        (rows(2786531, 2786532) + "<div>", False),
    ],
)
def test_a_list_that_ends_in_the_middle_says_so(body, cut):
    seen = look(body, URL)
    assert (seen.page_class, seen.cut) == ("list", cut)
