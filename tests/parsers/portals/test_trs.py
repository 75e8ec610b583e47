import json

import pytest

from parsers.portals import inspect
from parsers.portals.model import Page
from tests.parsers import shared
from tests.parsers.portals.pages import COLUMN, REPORT, column, items, look, page


def only(inspection):
    assert len(inspection.entries) == 1, inspection.entries
    return inspection.entries[0]


def urls(inspection):
    return [entry.url.removeprefix(COLUMN) for entry in inspection.entries]


def follows(inspection):
    return [(request.url.removeprefix(COLUMN), request.guess) for request in inspection.next]


def test_real_column():
    expected = json.loads(shared.path("samples", "list_engebei.json").read_text())["expected_links"]
    body = shared.path("samples", "list_engebei.html").read_bytes()
    seen = inspect(Page("http://egb.example/xxgk/nb/", body))
    assert (seen.family, seen.page_class, seen.pages) == ("trs", "list", 2)
    assert [r.url for r in seen.next] == ["http://egb.example/xxgk/nb/index_1.html"]
    got = [[e.url.replace("http://egb.example/xxgk/nb/", "./"), e.title, e.published_on, e.verdict == "report"]
           for e in seen.entries]  # fmt: skip
    assert got == expected


@pytest.mark.parametrize(
    ("url", "pager", "ahead", "pages"),
    [
        (COLUMN, 'createPageHTML(9, 0, "index", "html");', [("index_1.html", False)], 9),
        (COLUMN, "createPageHTML(63,0,'index','shtml','black_text',435);", [("index_1.shtml", False)], 63),
        (COLUMN, 'createPageHTML(1, 0, "index", "html");', [], 1),
        (COLUMN, 'createPageHTML(0, 0, "index", "html");', [], 0),
        (COLUMN + "index_17.html", 'createPageHTML(3,0,"index_17","html")', [("index_17_1.html", False)], 3),
        (COLUMN + "index_17_1.html", 'createPageHTML(3,1,"index_17","html")', [("index_17_2.html", False)], 3),
        (COLUMN + "index_2.html", 'createPageHTML(3,2,"index","html")', [], 3),
        (COLUMN, 'createPage(4, 1, "index", "html")', [("index_2.html", False)], 4),
        (COLUMN, "createPageHTML('page_div',5, 1,'fg','shtml',89)", [("fg_2.shtml", False)], 5),
        (COLUMN, "createPageHTML('page_div',5, 5,'fg','shtml',89)", [], 5),
        (COLUMN, 'createPageHTML(30, 2, 0, "index", "html")', [("index_1.html", True)], 2),
        (COLUMN, "createPageHTML(30, 1, 0)", [], 1),
        (COLUMN, 'var n = 4;\nvar c = 0;\ncreatePageHTML(n, c, "index", "html")', [("index_1.html", False)], 4),
        (COLUMN, "function createPageHTML(total, current, stem, ext) { }", [], None),
        (COLUMN, '// createPageHTML(9, 0, "old", "html");\ncreatePageHTML(2, 0, "index", "htm");',
         [("index_1.htm", False)], 2),
        (COLUMN + "index_1.shtml", "var countPage = 3//共多少页\nvar currentPage = 1;", [("index_2.shtml", False)], 3),
        (COLUMN, 'var countPage = 3;var currentPage=0;document.write("<a href=\\"index_88"+"_" + i + "."+"shtml\\">")',
         [("index_88_1.shtml", False)], 3),
    ],
)  # fmt: skip
def test_pagers_are_told_by_their_arguments(url, pager, ahead, pages):
    seen = look(column(pager), url)
    assert (follows(seen), seen.pages) == (ahead, pages)


def test_string_first_is_not_trs():
    body = page("<ul><li><a href='/yx/c1/202401/c04_163476.shtml'>公告一则二则</a>2024-01-02</li></ul>"
                "<script>createPageHTML('page_div',2,1,'list','shtml',30);</script>")  # fmt: skip
    assert look(body, "http://a.example/yx/c1/list.shtml").family == "ucap"


@pytest.mark.parametrize(
    ("source", "fingerprint"),
    [
        (column('createPageHTML(1, 0, "index", "html")'), "createPageHTML(total, current"),
        (column("var countPage = 1;"), "countPage"),
        (page("<!--WCM置标--><p>正文</p>"), "WCM置标"),
        (page("<div class=TRS_Editor>正文</div>"), "TRS editor"),
        (column(), "tYYYYMMDD_ID"),
    ],
)
def test_fingerprint(source, fingerprint):
    seen = look(source)
    assert (seen.family, seen.fingerprint) == ("trs", fingerprint)


def test_pop_up_links_are_no_entries():
    popup = '<div><ul><li><a href="../../jd/202301/t20230131_1.html">相关政策解读文章</a></li></ul></div>'
    row = f'<li><a href="./202301/t20230130_2445008.html" title="{REPORT}">…</a>{popup}<i>2023/01/30</i></li>'
    entry = only(look(page(f"<ul>{row}</ul>")))
    assert (entry.title, entry.published_on, entry.verdict) == (REPORT, "2023-01-30", "report")


def test_a_list_item_may_hold_a_whole_list():
    rows = "".join(
        f"<p><a href='./202401/t202401{d}_24450{d}.html'>第{d}镇2023年政府信息公开年度报告</a> 2024-01-{d}</p>"
        for d in range(10, 16)
    )
    assert len(look(page(f"<ul><li class='tab'>{rows}</li></ul>")).entries) == 6


@pytest.mark.parametrize(
    ("anchor", "title", "verdict"),
    [
        (f'title="{REPORT}">青石镇人民政府2023年政府信息…', REPORT, "report"),
        (">青石镇人民政府2023年政府信息公开工作年...", "青石镇人民政府2023年政府信息公开工作年...", "report"),
        (">青石镇2023年政府...", "青石镇2023年政府...", "report"),
        (">云溪县召开政务公开培训会 全县…", "云溪县召开政务公开培训会 全县…", "lookalike"),
        (">云溪县开展春季植树活动…", "云溪县开展春季植树活动…", "other"),
        (f'title="{REPORT}"><span>{REPORT}</span><em>2024-01-20</em>', REPORT, "report"),
        (f">{REPORT} 2024-01-20", REPORT, "report"),
        (f">·{REPORT}", REPORT, "report"),
        (f'title="点击查看">{REPORT}', REPORT, "report"),
        (f"title=\"&lt;br&gt;{REPORT}\">青石镇…", REPORT, "report"),
        (">青石镇2023年度政府网站工作年度报表", "青石镇2023年度政府网站工作年度报表", "lookalike"),
    ],
)  # fmt: skip
def test_titles(anchor, title, verdict):
    entry = only(
        look(page(f'<ul><li><a href="./202401/t20240120_2445.html" {anchor}</a><i>2024-01-20</i></li></ul>'))
    )
    assert (entry.title, entry.verdict) == (title, verdict)


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("2024-01-26", "2024-01-26"),
        ("[2024-01-26]", "2024-01-26"),
        ("2024/1/6", "2024-01-06"),
        ("2024.01.26", "2024-01-26"),
        ("2024年01月26日", "2024-01-26"),
        ("20240126", "2024-01-26"),
        ("2024-01-26 10:11:12", "2024-01-26"),
        ("2024-\n 01-\n 26", "2024-01-26"),
        ("01-26", "2024-01-26"),
        ("[12-31]", "2023-12-31"),
        ("01月26日", "2024-01-26"),
        ("<b>01-26</b><i>2024</i>", "2024-01-26"),
        ("<b>26</b><i>2024-01</i>", "2024-01-26"),
        ("<i>2024-02-00018</i><b>2024-01-26</b>", "2024-01-26"),
        ("<b>2024-01-26</b><i>2024-02-00018</i>", "2024-01-26"),
        ("<i>11150600/2024-02-18-0001</i><b>2024-01-26</b>", "2024-01-26"),
        ("<i>2024-01-09</i><b>2024-01-26</b>", "2024-01-26"),
        ("2024-06-31", "2024-01-20"),
        ("", "2024-01-20"),
        ("第1-2期", "2024-01-20"),
    ],
)
def test_dates(date, expected):
    entry = only(
        look(page(f'<ul><li><a href="./202401/t20240120_2445.html">{REPORT}</a><p>{date}</p></li></ul>'))
    )
    assert entry.published_on == expected


def test_a_date_in_the_title_is_no_date_of_the_row():
    title = "青石镇截至2023年12月31日的政府信息公开工作年度报告"
    entry = only(look(page(items(("./202401/t20240120_2445.html", title, "2024-01-26")))))
    assert entry.published_on == "2024-01-26"


@pytest.mark.parametrize(
    ("href", "expected"),
    [
        ("\n   ./202401/t20240120_2445.html \n ", COLUMN + "202401/t20240120_2445.html"),
        ("./202401/\n      t20240120_2445.html", COLUMN + "202401/t20240120_2445.html"),
        ("//www.other.example/202401/t20240120_2445.html", "http://www.other.example/202401/t20240120_2445.html"),
        ("http://www.yunxi.example//a/202401/t20240120_2445.html#top",
         "http://www.yunxi.example//a/202401/t20240120_2445.html"),
        ("https://mp.weixin.example/s?__biz=MzA5&mid=2247", "https://mp.weixin.example/s?__biz=MzA5&mid=2247"),
        ("./202401/P020240120123.pdf", COLUMN + "202401/P020240120123.pdf"),
        ("./202401/年报 2023.docx", COLUMN + "202401/%E5%B9%B4%E6%8A%A5%202023.docx"),
        ("javascript:window.open('./202401/t20240120_2445.html')", COLUMN + "202401/t20240120_2445.html"),
    ],
)  # fmt: skip
def test_addresses(href, expected):
    others = items(("./202401/t20240121_2446.html", "白水镇2023年政府信息公开工作年度报告", "2024-01-21"))
    row = f'<li><a href="{href}" title="{REPORT}">{REPORT}</a><span>2024-01-20</span></li>'
    seen = look(page(others.replace("</ul>", row + "</ul>")))
    assert seen.entries[1].url == expected
    assert seen.entries[1].verdict == "report"


def test_mobile_twins_and_schemes_are_one_entry():
    body = items(
        ("./202401/t20240120_2445_wap.html", REPORT, "2024-01-20"),
        ("./202401/t20240120_2445.html", REPORT, "2024-01-20"),
        ("https://www.yunxi.example/zfxxgk/nb/xz/202401/t20240120_2445.html#a", REPORT, "2024-01-20"),
    )
    assert urls(look(page(body))) == ["202401/t20240120_2445.html"]


def test_rows_drawn_by_scripts():
    script = "".join(
        f'<li><script>var url="./202602/t2026021{k}_27{k}0.html"; var title="第{k}街道2025年政府信息公开工作年度报告";'
        f'document.write("<a>"+title+"</a>");document.writeln("2026-02-1{k} 17:32");</script></li>'
        for k in (1, 2)
    )
    seen = look(page(f"<ul>{script}</ul>"))
    assert [(e.url.removeprefix(COLUMN), e.published_on, e.verdict) for e in seen.entries] == [
        ("202602/t20260211_2710.html", "2026-02-11", "report"),
        ("202602/t20260212_2720.html", "2026-02-12", "report"),
    ]


def test_articles_without_a_date_in_their_name():
    seen = look(page(items(("/xxgk/nb/t15699357.shtml", REPORT, "2024-01-20"))))
    assert only(seen).verdict == "report"
    assert seen.fingerprint == ""
    detail = page(
        '<div class="TRS_Editor">' + "正文内容" * 120 + "</div><p>发布日期：2024-01-20 来源：青石镇</p>"
    )
    seen = look(detail, "http://www.yunxi.example/xxgk/nb/t15699357.shtml")
    assert (seen.page_class, seen.published_on) == ("article", "2024-01-20")


MENU = '<ul class="left"><li><a href="../../zn/">信息公开指南</a></li><li><a href="../">信息公开年报</a></li></ul>'
NEWS = '<div class="hot"><ul>' + "".join(
    f'<li><a href="../../../xwzx/202402/t2024020{k}_99{k}0.html">云溪县召开第{k}次全会学习精神</a></li>'
    for k in range(1, 9)
) + "</ul></div>"  # fmt: skip


def test_menus_and_side_columns_are_no_entries():
    body = MENU + items(("./202401/t20240120_2445.html", REPORT, "2024-01-20")) + NEWS
    assert urls(look(page(body))) == ["202401/t20240120_2445.html"]


def test_a_page_without_reports_keeps_its_own_rows():
    rows = [
        (f"./202301/t2023012{k}_24{k}0.html", f"云溪县政务公开培训第{k}期", f"2023-01-2{k}")
        for k in range(1, 4)
    ]
    side = NEWS.replace("云溪县召开第1次全会学习精神", REPORT)
    assert [u for u in urls(look(page(items(*rows) + side))) if u.startswith("2023")] == [
        f"202301/t2023012{k}_24{k}0.html" for k in range(1, 4)
    ]


def test_two_entries_in_one_table_row():
    cells = "".join(
        f"<td><a href='./202401/t202401{d}_24{d}.html'>第{d}镇2023年政府信息公开年报</a></td><td>2024-01-{d}</td>"
        for d in (11, 12)
    )
    seen = look(page(f"<table><tr>{cells}</tr></table>"))
    assert [e.published_on for e in seen.entries] == ["2024-01-11", "2024-01-12"]


def test_umbrella_without_entries_leads_to_its_columns():
    years = "".join(f"<li><a href='./{y}n/'>{y}年</a></li>" for y in (2023, 2022))
    seen = look(page(f"{MENU}<ul>{years}</ul><ul><li><a href='./nb_2021/index.html'>往年</a></li></ul>"))
    assert (seen.page_class, seen.entries) == ("list", [])
    assert follows(seen) == [("2023n/", False), ("2022n/", False), ("nb_2021/index.html", False)]


def test_a_list_with_entries_follows_only_links_that_say_so():
    tabs = "<p><a href='./2022n/'>2022年</a><a href='./xz/'>乡镇街道</a><a href='./images/'>图片</a></p>"
    seen = look(page(tabs + items(("./202401/t20240120_2445.html", REPORT, "2024-01-20"))))
    assert follows(seen) == [("2022n/", False), ("xz/", False)]


def test_columns_of_one_umbrella_page():
    blocks = "".join(
        f"<div class='b{n}'><h3><a href='./{slug}/'>更多</a></h3>"
        + items(
            (f"./{slug}/202401/t20240120_24{n}.html", f"第{n}镇2023年政府信息公开工作年度报告", "2024-01-20")
        )
        + "</div>"
        for n, slug in enumerate(("xz", "bm", "jd", "zf"))
    )
    seen = look(page(blocks))
    assert seen.page_class == "list"
    assert len(seen.entries) == 4


def test_an_entry_elsewhere_is_drawn_by_a_script_too():
    rows = "".join(
        f'<script>var url="{url}"; title = "{REPORT}"; document.writeln("2024-01-20 17:32");</script>'
        for url in ("./202401/t20240120_2445.html", "https://b.example/art/2024/2/20/art_12_3.html")
    )
    call = "<script>createPageHTML(1, 0, 'index', 'html');</script>"
    assert [e.url for e in look(page(rows + call)).entries] == [
        COLUMN + "202401/t20240120_2445.html",
        "https://b.example/art/2024/2/20/art_12_3.html",
    ]


@pytest.mark.parametrize("mark", ["TRS_Editor", "TRS_UEDITOR", "trs_editor_view"])
def test_each_of_its_editors_tells_an_article(mark):
    body = page(f"<h1>{REPORT}</h1><div class={mark}>{'本机关按照规定编制本报告。' * 60}</div>")
    seen = look(body, "http://a.example/gkml/t10011223.html")
    assert (seen.family, seen.page_class) == ("trs", "article")
