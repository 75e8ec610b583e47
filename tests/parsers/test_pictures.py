import importlib.util
from base64 import b64encode
from io import BytesIO
from urllib.parse import quote

import pytest
from lxml import html

from parsers.pictures import is_shown
from tests.parsers.pages import as_page, codes, read, read_one, report

HAS_EXTRA = importlib.util.find_spec("rapidocr") is not None
BODY = "<div id='zoom'>{}</div>"


def shown(markup):
    (answer,) = {is_shown(image) for image in html.fromstring(markup).iter("img")}
    return answer


@pytest.mark.parametrize(
    "markup",
    [
        "<div>正文<img src='./W020240126001.jpg'></div>",
        "<div>正文<img src='/u/cms/x.png?v=1' width='100%'></div>",
        "<div>正文<img src='/images/2024/01/x.jpg'></div>",
        "<div>正文<img src='/images/20240126/x.jpg'></div>",
        "<div>正文<img src='/images/3f2a9c0d11e84b7796aa.png'></div>",
        "<div>正文<img src='/images/nb1.jpg' style='width: 415.3pt; height: 600pt'></div>",
        "<div>正文<img src='/image/nb1.jpg' width=680></div>",
        "<div>正文<p><span><img src='/images/nb1.jpg'></span></p></div>",
        "<div>正文<p><img src='/images/nb1.jpg'><img src='/images/nb2.jpg'></p></div>",
    ],
)
def test_pictures_of_an_article_are_shown(markup):
    assert shown(markup)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>正文<img src='/images/nb1.jpg'></div>",
        "<div>正文<p><img src='/images/dh.gif'></p></div>",
        "<div>正文<p><a href='/'><img src='/images/nb1.jpg'></a></p></div>",
        "<div>正文<p><img src='/images/line1.jpg'></p></div>",
        "<div>正文<p><img src='/images/2024/01/logo.png' width=900></p></div>",
        "<div>正文<p><img src='/images/bg_top.png' width=1200></p></div>",
        "<div>正文<p><img src='/w/1.png' width=16></p></div>",
        "<div>正文<p><img src='/w/1.png' style='width:600px;height:2px'></p></div>",
        "<header><p><img src='/images/2024/01/x.jpg'></p></header>",
        "<div>正文<p><img src='/w/view.jsp'></p></div>",
        "<div>正文<p><img src='data:image/png;base64,iVBORw0KGgo='></p></div>",
        "<div>正文<p><img></p></div>",
    ],
)
def test_furniture_of_a_site_is_not(markup):
    assert not shown(markup)


def with_inline(*pictures, last=1):
    """A page whose last tables are pictures that it holds itself."""
    page, ends = as_page(report()), []
    for _ in range(last):
        page, _, end = page.rpartition("<table")
        ends.append(end.partition("</table>")[2])
    tags = "".join(f"<p><img src='data:image/png;base64,{picture}'></p>" for picture in pictures)
    return page + tags + "".join(reversed(ends))


def encoded(data):
    return b64encode(data).decode()


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_a_picture_in_the_page_itself_is_named_and_waits_for_the_extra():
    reading = read(with_inline(encoded(bytes(1500)), encoded(bytes(60)), encoded(bytes(1600))))
    (found,) = reading.reports
    (finding,) = [finding for finding in found.findings if finding.code == "pictures_unread"]
    assert finding.message.endswith(": inline-picture-1.png, inline-picture-2.png")
    assert {path.split(".")[0] for path in finding.where} == {"remedies"}
    assert reading.lacks == ("ocr",)


@pytest.mark.parametrize("size", [9, 11])
def test_a_large_one_takes_nothing_of_the_page_with_it(size):
    html = as_page(report())
    picture = f"<p><img src='data:image/png;base64,{'A' * (size * 1_000_000)}'></p>"
    assert read_one(html.replace("</h1>", f"</h1>{picture}", 1)).cells() == read_one(html).cells()


def test_a_page_with_its_tables_waits_for_nothing():
    page = as_page(report()).replace("</h1>", f"</h1><img src='data:image/png;base64,{'A' * 9000}'>", 1)
    reading = read(page)
    assert reading.lacks == ()
    assert "pictures_unread" not in codes(reading.reports[0])


@pytest.fixture(scope="module")
def scan():
    pytest.importorskip("rapidocr", reason="the extra gongkai[ocr] is not installed")
    from crawler.demo import scan

    if not scan.chinese_font():
        pytest.skip("no Chinese font to print a scan with")
    return scan


def test_pictures_in_the_page_itself_are_read_with_it(scan):
    sample = rest = report()
    for row in list(sample.proactive):
        rest = rest.without(f"proactive.{row}")
    pictures = []
    for image in scan.scanned(rest, scan.Scanner(scan.chinese_font()), seed=3):
        file = BytesIO()
        image.save(file, "PNG")
        pictures.append(quote(encoded(file.getvalue())))
    (found,) = read(with_inline(*pictures, last=2)).reports
    right = sample.figures()
    assert found.cells().keys() == right.keys()
    assert {path for path, value in found.cells().items() if value not in (right[path], None)} == set()
    flagged = {path.split(".")[0] for path, note in found.notes.items() if note.flag == "ocr"}
    assert flagged == {"requests", "remedies"}
    assert "pictures_unread" not in codes(found)
