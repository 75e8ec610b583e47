import pytest

from parsers.portals.markup import decode
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


def test_pictures_are_attachments_of_a_body_without_text():
    scans = "<div class='TRS_Editor'><img src='./W020240126001.jpg'><img src='/images/icon.png'></div>"
    url = "http://www.yunxi.example/nb/202401/t20240124_2445.html"
    assert [a.url[-18:] for a in look(page(scans), url).attachments] == ["/W020240126001.jpg"]
    assert look(page(scans.replace("<img", "正文" * 200 + "<img", 1)), url).attachments == []


def test_title_and_date_without_meta():
    body = page(
        f"<h2>{REPORT}</h2><p>时间：2024年1月26日</p><div id='zoom'>{'正文' * 300}</div>",
        title=f"{REPORT}_云溪县政府网",
    )
    seen = look(body, "http://www.yunxi.example/html/2786531.html")
    assert (seen.page_class, seen.title, seen.published_on) == ("article", REPORT, "2024-01-26")
