import pytest

from tests.parsers.portals.pages import REPORT, look, page

BASE = "http://a.example/zfxxgk/"
ROWS = "<ul>" + "".join(
    f'<li><a href="/info/1648/{k}.htm">第{k}镇2023年政府信息公开工作年度报告</a><span>2024-01-26</span></li>'
    for k in (47211, 47212)
) + "</ul>"  # fmt: skip


def listed(pager, total=31):
    script = f"<script>_simple_list_gotopage_fun({total},'u13_goto',2)</script>"
    return page(f'{ROWS}<span class="p_pages">{pager}</span><span>共{total}页</span>{script}')


@pytest.mark.parametrize(
    ("name", "pager", "following"),
    [
        ("nb.htm", '<span class="p_next p_fun"><a href="nb/30.htm">下页</a></span>', ["nb/30.htm"]),
        ("nb/30.htm", '<span class="p_next p_fun"><a href="29.htm">下页</a></span>', ["nb/29.htm"]),
        ("nb/29.htm", '<a href="28.htm" class="Next">下页</a>', ["nb/28.htm"]),
        ("nb.htm", '<span class="p_next_d">下页</span>', ["nb/30.htm"]),
        ("nb/2.htm", '<span class="p_next_d">下页</span>', ["nb/1.htm"]),
        ("nb/1.htm", '<span class="p_next_d">下页</span>', []),
        ("nb.htm", '<a href="nb/40.htm">下页</a>', ["nb/40.htm"]),
    ],
)
def test_pages_count_down(name, pager, following):
    seen = look(listed(pager), BASE + name)
    assert (seen.family, seen.page_class, seen.pages) == ("vsb", "list", 31)
    assert [(r.url, r.guess) for r in seen.next] == [(BASE + f, False) for f in following]


def test_a_list_in_pieces_is_one_list():
    pieces = (("list wow animated", (1, 2)), ("list wow animated", (3,)), ("list wow", (4, 5)))
    lists = "".join(
        f'<ul class="{name}">'
        + "".join(
            f'<li><a href="../info/1026/{k}55.htm">第{k}号公告</a><span>2024-01-0{k}</span></li>' for k in ids
        )
        + "</ul>"
        for name, ids in pieces
    )
    aside = (
        f'<div class="hot"><ul class="list">{ROWS.replace("1648", "1099").replace("报告", "解读")}</ul></div>'
    )
    script = "<script>_showDynClickBatch([])</script>"
    seen = look(page(f'<div class="right">{lists}</div>{aside}{script}'), BASE + "gg.htm")
    assert [e.published_on for e in seen.entries] == [f"2024-01-0{k}" for k in range(1, 6)]


def test_a_link_may_hold_a_whole_card():
    prose = "根据要求编制本报告。现将有关情况通知如下，具体说明见《政府信息公开指南》…"
    titles = ("第1镇2023年政府信息公开工作年度报告", "第2镇2023年政府信息公开工作...", "关于召开会议的通知")
    cards = "".join(
        f'<li id="line_u5_{k}"><a href="../info/1039/31{k}1.htm"><img src=""><{tag}>{title}</{tag.split()[0]}>'
        f'<p class="date"><i class="fa"></i>2024-01-0{k}</p><p>{prose}</p></a></li>'
        for k, (title, tag) in enumerate(zip(titles, ("h4", 'p class="title"', "h3"), strict=True), 1)
    )
    seen = look(page(f"<div>{cards}</div><script>_showDynClickBatch([])</script>"), BASE + "gg.htm")
    assert [(e.title, e.published_on) for e in seen.entries] == [
        (title, f"2024-01-0{k}") for k, title in enumerate(titles, 1)
    ]
    assert [e.verdict for e in seen.entries] == ["report", "report", "other"]


def test_files_of_articles():
    link = "/system/_content/download.jsp?urltype=news.DownloadAttachUrl&owner=1&wbfileid=4711"
    local = "/__local/A/BC/DE/0123456789ABCDEF_12345678_9.pdf"
    body = f'<div id="vsb_content_4"><div class="v_news_content">年报见附件<a href="{local}">正文</a></div></div>'
    seen = look(page(f'{body}<a href="{link}">年报.docx</a>'), "http://a.example/info/1648/47211.htm")
    assert (seen.family, seen.page_class) == ("vsb", "article")
    assert [a.url.removeprefix("http://a.example") for a in seen.attachments] == [local, link]


def test_a_list_of_one_page():
    assert look(listed("", total=1), BASE + "nb.htm").next == []


def test_the_next_page_of_a_form():
    link = "list.jsp?totalpage=3&amp;PAGENUM=2&amp;urltype=tree.TreeTempUrl&amp;wbtreeid=1012"
    seen = look(page(f'{ROWS}<a href="{link}">下页</a>'), "http://a.example/list.jsp?wbtreeid=1012")
    assert [r.url for r in seen.next] == [f"http://a.example/{link}".replace("&amp;", "&")]
    link = (
        "nb.jsp?ainfolist1t=3&ainfolist1p=2&ainfolist1c=15&urltype=egovinfo.EgovInfoList&subtype=1&wbtreeid=1"
    )
    rows = ROWS.replace("/info/1648/47211.htm", "/info/egovinfo/1002/xxgk/01512/2024-0126001.htm")
    seen = look(page(f'{rows}<a href="{link}">下页</a>'), "http://a.example/nb.jsp")
    assert [r.url for r in seen.next] == [f"http://a.example/{link}"]
    assert seen.entries[0].verdict == "report"


def test_columns_split_by_year():
    body = page('<ul><li><a href="a2024.htm">2024年</a></li><li><a href="a2023.htm">2023年</a></li></ul>'
                '<script src="/system/resource/js/ajax.js"></script>')  # fmt: skip
    seen = look(body, BASE + "nb/index.htm")
    assert [(r.url, r.part) for r in seen.next] == [
        (BASE + "nb/a2024.htm", True), (BASE + "nb/a2023.htm", True)]  # fmt: skip


@pytest.mark.parametrize(
    ("call", "file"),
    [
        ('showVsbpdfIframe("/__local/A/BC/DE/0F_1.pdf","800","600","0","")', "/__local/A/BC/DE/0F_1.pdf"),
        ("showVsbpdfIframe('../../__local/1.PDF')", "/__local/1.PDF"),
        (
            'showVsbpdfIframe("/virtual_attach_file.vsb?afc=abc&oid=12&e=.pdf","100%","600")',
            "/virtual_attach_file.vsb?afc=abc&oid=12&e=.pdf",
        ),
        ('PDFObject.embed("/u/1.pdf", "#view")', "/u/1.pdf"),
    ],
)
def test_a_file_that_a_script_shows_is_the_article_s(call, file):
    shown = f"<div id='vsb_content'><div class='v_news_content'><p><script>{call}</script></p></div></div>"
    body = f"<h1>{REPORT}</h1>{shown}"
    seen = look(page(body, title=REPORT), "http://a.example/info/1648/47211.htm")
    assert seen.page_class == "article"
    assert [a.url for a in seen.attachments] == [f"http://a.example{file}"]
