import pytest

from tests.parsers.portals.pages import COLUMN, REPORT, column, items, look, page

DETAIL = COLUMN + "202401/t20240120_2445.html"
PROSE = "二、主动公开政府信息情况。本年度收到政府信息公开申请。" * 30
WORDS = "网站改版后，部分页面不存在、系统错误、404 not found 以及验证码、访问被拦截等问题已整改。"
REFRESH = '<meta http-equiv="refresh" content="{}; url={}">'

CASES = [
    ("list", column(), COLUMN, 200),
    ("list", column("createPageHTML(1,0,'index','html')", count=1), COLUMN, 200),
    ("empty_list", page("<p>您现在的位置：首页 > 年报</p><div>暂无相关信息</div>"), COLUMN, 200),
    ("empty_list", page("<ul></ul><script>createPageHTML(0, 0, 'index', 'html');</script>"), COLUMN, 200),
    ("empty_list", page("<div></div>", head='<meta name="ColumnName"content="政府信息公开年报">'), COLUMN, 200),
    ("article", page(f"<div class='TRS_Editor'>{PROSE}</div>"), DETAIL, 200),
    ("article", page(f"<div class='TRS_Editor'>{PROSE}{WORDS}</div>"), DETAIL, 200),
    ("article", page(f"<p>{WORDS}</p>", head=f'<meta content="{REPORT}" name="articletitle">'), DETAIL, 200),
    ("article", page(f"<h1>{REPORT}</h1><div id='zoom'><a href='./P020240120.pdf'>{REPORT}</a></div>"), DETAIL, 200),
    ("article", page("<div id='zoom'><img src='./W020240120.jpg'></div>", title=REPORT), DETAIL, 200),
    ("article", page(f"<div id='zoom'>{PROSE}</div>" + items(
        ("./t20230120_1.html", "青石镇2022年政府信息公开年度报告", "2023-01-20"))), DETAIL, 200),
    ("list", column(), DETAIL, 200),
    ("redirect", "", COLUMN, 302),
    ("redirect", page("", head='<meta http-equiv="refresh" content="0; url=../index.html">'), COLUMN, 200),
    ("redirect", page("<script>window.location.href='/';</script>"), COLUMN, 200),
    ("gone", page("<h1>404</h1>"), DETAIL, 404),
    ("gone", "", DETAIL, 410),
    ("error", page("<h1>502 Bad Gateway</h1>nginx"), COLUMN, 502),
    ("error", page("forbidden"), COLUMN, 403),
    ("error", page("<h1>您访问的页面不存在或已被删除</h1>"), DETAIL, 200),
    ("error", page("<p>返回首页</p>", title="404 - 提示"), DETAIL, 200),
    ("error", page("系统繁忙，请稍后再试"), COLUMN, 200),
    ("error", "", COLUMN, 200),
    ("error", "HTTP Status 500 – Internal Server Error", COLUMN, 200),
    ("challenge", "<script>document.cookie='__jsl_clearance_s='+go({tn:'__jsl_clearance_s'})</script>", COLUMN, 521),
    ("challenge", "<script>var a=1;</script>", COLUMN, 521),
    ("error", "web server is down", COLUMN, 521),
    ("challenge", '<html><head><script>$_ts=window["$_ts"];</script></head><body></body></html>', COLUMN, 412),
    ("challenge", '<html><head><script>$_ts=window["$_ts"];</script></head><body></body></html>', COLUMN, 202),
    ("challenge", "<script>document.cookie='__jsl_clearance=1';location.href=location.pathname</script>", COLUMN, 200),
    ("challenge", page("<form>请输入验证码后继续访问<input></form>", title="安全验证"), COLUMN, 200),
    ("challenge", page("您的访问被拦截，事件编号 1", title="网站防火墙"), COLUMN, 403),
    ("challenge", "<noscript><h1>请开启JavaScript并刷新该页.</h1></noscript><script>eval('1')</script>", COLUMN, 200),
    ("challenge", page("<script>x=\";go({'tn':'__jsl_clearance_s','vt':'3600'})\"</script>"), COLUMN, 200),
    ("article", page(f"<div class='TRS_Editor'>{PROSE}</div><script>$_ts=window['$_ts']</script>"), DETAIL, 200),
    ("article", page(f"<noscript>请开启JavaScript</noscript><div id='zoom'>{PROSE}</div>"), DETAIL, 200),
    ("list", column().replace("<ul", "<noscript>请启用JavaScript</noscript><ul", 1), COLUMN, 200),
    ("list", page("<div class='content'>" + items(*((f"/html/27865{k}.html", REPORT, "2024-01-20")
        for k in range(20))) + "</div>"), "http://www.yunxi.example/info/iList.jsp?cat_id=15971&cur_page=1", 200),
    ("challenge", page("<form action='/login'>用户名<input>验证码<input></form>", title="统一身份认证"), COLUMN, 200),
    ("other", page("<p>x</p>" + "&nbsp;" * 60), COLUMN + "index_80.html", 200),
    ("error", page("<p>网站升级改造中，暂停服务</p>"), COLUMN, 200),
    ("list", column().replace("<ul", f"<p>{WORDS}</p><ul", 1), COLUMN, 200),
    ("other", page("<p>欢迎</p>"), COLUMN, 200),
    ("list", column(), COLUMN, 304),
    ("redirect", "", COLUMN, 300),
    ("error", page("bad request"), COLUMN, 400),
    ("challenge", "<script>var a=1;</script>", COLUMN, 412),
    ("challenge", "<script>var a=1;</script>", COLUMN, 202),
    ("article", page(f"<div class='TRS_Editor'>{PROSE}</div>", head=REFRESH.format(0, "../index.html")), DETAIL, 200),
    ("redirect", page("<p>x</p>", head=REFRESH.format(10, "../index.html")), COLUMN, 200),
    ("other", page("<p>x</p>", head=REFRESH.format(11, "../index.html")), COLUMN, 200),
    ("other", page("<p>x</p>", head=REFRESH.format(0, COLUMN)), COLUMN, 200),
    ("article", page("<p>登录须输入验证码</p><div id='zoom'><a href='./P1.pdf'>附件1.pdf</a></div>"), DETAIL, 200),
    ("article", page("<p>页面不存在</p><div id='zoom'><a href='./P1.pdf'>附件1.pdf</a></div>"), DETAIL, 200),
    ("article", page(f"<div class='TRS_Editor'>{PROSE}</div>", title="404 - 提示"), DETAIL, 200),
    ("article", page(f"<div class='TRS_Editor'>{PROSE[:320]}页面不存在</div>"), DETAIL, 200),
]  # fmt: skip


_MENU = "<ul>" + "".join(f"<li><a href='/c{n}/'>栏目名称{n}</a></li>" for n in range(40)) + "</ul>"


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        ("error", "<h1>您访问的页面不存在或已被删除</h1>"),
        ("error", f"{_MENU}<div>对不起，您要查看的信息已被删除！</div><p>版权所有：云溪县人民政府</p>"),
        ("error", "<p>该文章已删除</p>"),
        ("error", "<p>信息不存在或已下线</p>"),
        ("error", "<p>抱歉，找不到頁面</p>"),
        ("article", "<p>信息不存在</p>"),
        ("article", "<p>信息不存在1件，已被删除0件。</p>"),
        ("article", "<p>本机关不掌握相关政府信息，信息不存在。</p>"),
        ("article", "<p>该信息不存在的，告知申请人。全年受理申请0件，复议0件。</p>"),
        ("article", "<p>对失效信息进行清理，本页面已删除失效链接12个。</p>"),
        ("article", f"<p>该文章已删除</p><p>{PROSE}</p>"),
        ("article", "<p>该文章已删除</p><table><tr><td>一</td></tr></table>"),
        ("article", "<p>该文章已删除</p><a href='./P020240120.pdf'>附件</a>"),
    ],
)
def test_a_page_that_says_its_article_is_gone_is_none_whatever_its_tags_say(expected, text):
    seen = look(page(text, head=f'<meta name="ArticleTitle" content="{REPORT}">'), DETAIL)
    assert seen.page_class == expected, seen.evidence


@pytest.mark.parametrize(("expected", "body", "url", "status"), CASES)
def test_page_class(expected, body, url, status):
    seen = look(body, url, status)
    assert seen.page_class == expected, seen.evidence
    assert seen.evidence


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"%PDF-1.4", "text/html"),
        (b"PK\x03\x04\x14\x00", "application/octet-stream"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "application/msword"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"\x00\x01\x02\x03binary", "application/octet-stream"),
        (b"RIFF1234WEBP", "image/webp"),
        (b"BM\x36\x00\x0c\x00", "image/bmp"),
    ],
)
def test_files_are_sniffed(body, content_type):
    from parsers.portals import inspect
    from parsers.portals.model import Page

    assert inspect(Page(COLUMN + "a.pdf", body, 200, content_type)).page_class == "file"


def test_a_text_that_begins_like_a_picture_is_none():
    assert look("BMW 系统繁忙", COLUMN, 200).page_class == "error"


def test_an_error_page_named_pdf_is_no_file():
    assert (
        look(page("<h1>页面不存在</h1>"), COLUMN + "a.pdf", content_type="application/pdf").page_class
        == "error"
    )


def test_a_front_page_in_place_of_a_column_is_no_list():
    blocks = "".join(
        f"<div class='b{slug}'>"
        + items(
            *(
                (f"/{slug}/202401/t2024012{k}_24{k}.html", f"云溪县{slug}第{k}号消息公布", f"2024-01-2{k}")
                for k in range(4)
            )
        )
        + "</div>"
        for slug in ("xwzx", "tzgg", "zwdt", "bmdt", "zcwj")
    )
    seen = look(page(blocks))
    assert (seen.page_class, seen.entries) == ("other", [])
    assert "front page" in seen.evidence


def test_redirects_say_where_to():
    seen = look(page("", head='<meta http-equiv="Refresh" content="0;URL=\'../bm/\'">'))
    assert [r.url for r in seen.next] == ["http://www.yunxi.example/zfxxgk/nb/bm/"]
    seen = look(page("<script>location.href='/'</script>"))
    assert seen.evidence == "script redirect to the front page"


def test_frames_are_followed():
    frames = "<iframe src='./list.html'></iframe><iframe src='/counter/visit.html'></iframe><iframe src='http://x.example/'></iframe>"
    seen = look(page(frames))
    assert (seen.page_class, [r.url for r in seen.next]) == ("list", [COLUMN + "list.html"])


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("枫桥乡2023年政府信息公开工作年度报告\n" * 30, "file"),
        ("Forbidden", "other"),
        ('{"articles": []}' + " " * 600, "other"),
        ("<html><body>" + "<p>text</p>" * 100, "other"),
    ],
)
def test_plain_text_is_a_file_unless_it_is_a_message_or_data(body, expected):
    seen = look(body, COLUMN + "202401/t20240120_1.txt", content_type="text/plain")
    assert (seen.page_class == "file") is (expected == "file")


SHORT = (
    "2009年，本镇按照条例开展政府信息公开工作，全年公开信息60条。未收到申请。定期检查，网站升级维护，确保有效运作。",
    "一、总体情况。网站完成升级改造，登录增加短信验证码。二、未收到公开申请。三、无行政复议。",
    "现将情况报告如下：拦截访问过于频繁的请求，全年发布各类信息共20余条。",
    "一、概述。整改网站错误信息8条，清理找不到的链接5个。二、依申请公开0件。三、行政复议0件。",
    "因系统维护、数据迁移，全年主动公开信息15条。未发生行政复议和行政诉讼。",
    "本年度没有收到政府信息公开申请，无相关诉讼。暂无其他需要报告的事项。",
)
SHAPES = (
    (f"<h1>{REPORT}</h1><div id='zoom'><p>{{}}</p></div>", REPORT),
    (f"<h1>{REPORT}</h1><table><tr><td>{{}}</td></tr></table>", "云溪县人民政府"),
    (f"当前位置：<a href='/'>首页</a> &gt; <a href='/nb/'>年报</a><h1>{REPORT}</h1><div>{{}}</div>", REPORT),
    (f"<h1>{REPORT}</h1><!-- --><div><span>{{}}</span><br><font>某年某月</font><div></div></div>", REPORT),
)


@pytest.mark.parametrize("text", SHORT)
@pytest.mark.parametrize(("shape", "title"), SHAPES)
def test_a_report_of_a_few_lines_is_one_whatever_it_speaks_of(text, shape, title):
    seen = look(page(shape.format(text), title=title), "http://www.yunxi.example/nb/show.jsp?id=7")
    assert (seen.page_class, seen.title) == ("article", REPORT)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("您访问的页面不存在", "error"),
        ("请输入验证码后继续访问", "challenge"),
        ("系统维护中 <a href='/ysq/'>依申请公开</a> <a href='/fy/'>行政复议</a> <a>总体情况</a>", "error"),
        ("系统错误<div><span>公开申请</span> <span>行政复议</span> <span>总体情况</span></div>", "error"),
        ("请输入验证码<select><option>申请公开，</option><option>行政复议，</option></select>", "challenge"),
        ("<noscript>本报告，行政复议。</noscript>请输入验证码<button>申请公开：</button>", "challenge"),
    ],
)
def test_a_page_that_has_no_more_than_a_report_s_title_is_none(text, shown):
    body = page(f"<h1>{REPORT}</h1><p>{text}</p>", title=REPORT)
    assert look(body, "http://www.yunxi.example/nb/show.jsp?id=7").page_class == shown
