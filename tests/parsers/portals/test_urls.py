"""What addresses tell by their shape: the dialects' articles, their lists, and the days that stand in them."""

import pytest

from parsers.portals.dates import url_date
from parsers.portals.look import FAMILIES
from tests.parsers.portals.pages import REPORT, items, look, page

HOST = "http://a.example"
HEX, UUID = "0123456789abcdef0123456789abcdef", "0f0f0f0f-1111-2222-3333-444444444444"

ARTICLES = [
    "/zfxxgk/nb/202401/t20240120_2445.html",
    "/xxgk/dir/t15699357.shtml",
    "/art/2024/1/19/art_803_4012345.html",
    f"/zfxxgk/2025n/art/2025/art_{HEX}.html",
    "/module/xxgk/xxgkAnnualReport.jsp?area=990101&fbtime=2022&showType=2",
    "/gkmlpt/content/4/4583/post_4583910.html",
    "/zfxxgknb/gq/content/post_8780034.html",
    "/xyq/c100122/202401/c04_163476.shtml",
    "/csrc/c101/c102/content.shtml",
    f"/site/c100/{HEX}/index.shtml",
    f"/zfxxgknb/202206/{HEX}.shtml",
    "/gdj/c109217/202604/174316729.shtml",
    "/info/1648/47211.htm",
    "/content.jsp?urltype=news.NewsContentUrl&wbtreeid=1012&wbnewsid=4711",
    "/info/egovinfo/1002/xxgk/01512/2024-0126001.htm",
    f"/zwgk/002005/002005003/20230112/{UUID}.html",
    "/public/6613/1259510299.html",
    "/public/content/1259510299",
    "/XxgkContent/show/123456.html",
    "/BranchOpennessContent/show/123456.html",
    "/OpennessAnnualReport/year/show/12/2023.html",
    "/xxgkAnnualReport/detail/5c35be0048787ad145c35be0.html",
    f"/x/content/{HEX}.html",
    f"/columns/{UUID}/202401/26/{UUID}.html",
    "/col/1414231541890/2024/01/26/1706234567890.html",
    "/Content-12345.html",
    f"/gongkai/show/{HEX}.html",
    "/gk/zfxxgknb/bmxxgknb/content_191767",
    "/gongkai/site_x/channel_5c35be0048787ad145c35be0/doc_5c35be0048787ad145c35be0.html",
    "/2024/01-26/123456.html",
    f"/sitesources/x/page_pc/article{HEX}.html",
    "/zfxxgk/zfxxgknb/bmxxgknb/1752504210521403394.html",
    "/xxgknb/20240126/i123456.html",
    "/xxgknb/content_12345.html",
    "/html/5973/610465.html",
    "/index.php?s=news&c=show&id=15652",
    "/zwinfo.jsp?id=15652",
    "/zfxxgk/1752504210521403394/index.html",
    f"/zfxxgk/{HEX}/index.shtml",
    "/public/User/DisplayInfo.aspx?Id=15652",
    "/xxgk-show-10012345.html",
    "/bsq/contents/10832/273801.html",
    "/gknb/20240126/12345.html",
    f"/nw12344/20240126/{HEX}.html",
]

LISTS = [
    "/zfxxgk/nb/",
    "/zfxxgk/nb/index_1.html",
    "/col/col803/index.html",
    "/xyq/c100122/list_2.shtml",
    "/gkmlpt/annualreport",
    "/public/column/6613?type=4&catId=123456&action=list",
    "/XxgkContent/showList/12/803/page_1.html",
    "/Node-803_2.html",
    "/column.jsp?id=1414231541890&current=2",
    "/info/iList.jsp?node_id=GKmzs&cat_id=15971&cur_page=1",
    "/viewCmsCac.do?cacId=5c35be004878&offset=30",
    "/list.jsp?totalpage=3&PAGENUM=2&urltype=tree.TreeTempUrl&wbtreeid=1012",
    "/NewsLsit.aspx?ClassID=6020",
    "/public/User/PageInfo2.aspx?unitId=5900&clsid=0",
    "/x/more.jsp?urltype=tree.TreeTempUrl&wbtreeid=1012",
    "/node/11_2.jspx",
    "/zwgk/list-320/1.html",
    "/nb/30.htm",
    "/gi_class/x/2",
]


def is_article(path):
    return any(family.is_article(HOST + path) for family in FAMILIES)


@pytest.mark.parametrize("path", ARTICLES)
def test_articles(path):
    assert is_article(path)


@pytest.mark.parametrize("path", LISTS)
def test_lists(path):
    assert not is_article(path)


@pytest.mark.parametrize(
    ("path", "day"),
    [
        ("/nb/202401/t20240120_2445.html", "2024-01-20"),
        ("/nb/P020240120512345678901.pdf", "2024-01-20"),
        ("/art/2024/1/9/art_803_40.html", "2024-01-09"),
        ("/2024/01-26/123456.html", "2024-01-26"),
        (f"/columns/{UUID}/202401/26/{UUID}.html", "2024-01-26"),
        ("/gknb/20240126/12345.html", "2024-01-26"),
        ("/nb/20240116173435.html", "2024-01-16"),
        ("/nb/20240116173435123.html", "2024-01-16"),
        (f"/nb/202206/{HEX}.shtml", None),
        ("/nb/2003112233445566778.html", None),
        ("/nb/1752504210521403394.html", None),
        ("/art/2024/art_0123.html", None),
        ("/nb/20241340/1.html", None),
    ],
)
def test_days_in_addresses(path, day):
    assert url_date(HOST + path) == day


def test_base_href():
    head = '<base href="http://b.example/zwgk/">'
    seen = look(page(items(("202401/t20240120_2445.html", REPORT, "2024-01-20")), head=head))
    assert [e.url for e in seen.entries] == ["http://b.example/zwgk/202401/t20240120_2445.html"]


def test_a_dated_report_at_the_index_of_a_folder_is_an_entry():
    other = ("./212942/index.html", "2023年法治政府建设年度报告", "2024-01-20")
    rows = items(("./212940/index.html", REPORT, "2024-01-20"), ("./212941/", "白水镇年报", ""), other)
    seen = look(page(rows), "http://a.example/www/xxgk2020/212936/index.html")
    assert (seen.entries[0].title, seen.entries[0].verdict) == (REPORT, "report")
    assert [r.url.rpartition("212936/")[2] for r in seen.next] == ["212941/"]


@pytest.mark.parametrize(
    "code",
    [
        "javascript:window.open('/qhx/InfoDetail/?InfoID=a-1')",
        "javascript:location.href='/qhx/InfoDetail/?InfoID=a-1'",
        "javascript:window.location.replace('../qhx/InfoDetail/?InfoID=a-1')",
    ],
)
def test_what_a_script_opens_is_an_address_whatever_it_ends_in(code):
    seen = look(page(items((code, REPORT, "2024-01-20"))), "http://a.example/nb/list.htm")
    assert [e.url for e in seen.entries] == ["http://a.example/qhx/InfoDetail/?InfoID=a-1"]
