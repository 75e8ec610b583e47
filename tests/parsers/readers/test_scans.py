import importlib.util
from io import BytesIO

import pypdfium2
import pytest

from crawler.demo.paper import Leaf, Paper, Run, pages
from crawler.demo.pdf import Ink, as_pdf, pdf_of
from crawler.demo.renderers import layout
from crawler.demo.reports import make_report
from parsers.engines import Engines
from parsers.parse import parse
from parsers.readers import read
from parsers.tables.place import place
from parsers.tables.remedies import ROUTE_CODES
from parsers.tables.rows import rows
from tests.parsers.readers.test_ofd import package

HAS_EXTRA = importlib.util.find_spec("rapidocr") is not None
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)


def sample():
    return make_report("白鹭镇人民政府", 2022, seed=11)


@pytest.fixture(scope="module")
def scans():
    pytest.importorskip("rapidocr", reason="the extra gongkai[ocr] is not installed")
    pytest.importorskip("onnxruntime", reason="the extra gongkai[ocr] is not installed")
    from crawler.demo import scan

    if not scan.chinese_font():
        pytest.skip("no Chinese font to print a scan with")
    return scan


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
@pytest.mark.parametrize("data", [as_pdf(sample(), ink=Ink(scanned=True)), PNG])
def test_without_the_extra_one_sentence_names_it(data):
    reading = parse(data)
    assert reading.outcome == "unreadable"
    assert "picture" in reading.message
    assert reading.message.endswith("pip install 'gongkai[ocr]'")


def spliced(first, second, choice):
    """A PDF with each page from the one or the other, 0 or 1."""
    sources = [pypdfium2.PdfDocument(data) for data in (first, second)]
    made = pypdfium2.PdfDocument.new()
    for number, which in enumerate(choice):
        made.import_pages(sources[which], [number])
    out = BytesIO()
    made.save(out)
    for document in (*sources, made):
        document.close()
    return out.getvalue()


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_without_the_extra_pages_that_are_pictures_are_named():
    report = sample()
    data = spliced(as_pdf(report), as_pdf(report, ink=Ink(scanned=True)), [0, 1, 0])
    reading = parse(data)
    assert reading.lacks == ("ocr",)
    (finding,) = [finding for finding in reading.reports[0].findings if finding.code == "pages_unread"]
    assert finding.message.startswith("page 2 is a picture without text; ")
    assert finding.message.endswith("pip install 'gongkai[ocr]'")


@pytest.mark.skipif(HAS_EXTRA, reason="the extra gongkai[ocr] is installed")
def test_what_seems_no_report_may_be_one_where_pages_were_not_seen():
    words = Leaf(runs=[Run(100, 100, 12, "今天天气很好。")])
    scanned = as_pdf(sample(), ink=Ink(scanned=True))
    reading = parse(spliced(pdf_of([words]), scanned, [0, 1]))
    assert (reading.outcome, reading.lacks) == ("unreadable", ("ocr",))
    other = Leaf(runs=[Run(100, 100, 12, "白鹭镇人民政府信息公开指南")])
    assert parse(spliced(pdf_of([other]), scanned, [0, 1])).outcome == "not_report"


def places(data):
    """Where the rows of the tables stand in a document."""
    hits = place(rows(read(data).items)).hits
    return {
        f"{hit.table}.{row}": hit.row.place
        for hit in hits
        for row in ([hit.code] if hit.code else ROUTE_CODES)
    }


def wrong(report, reading, plain=frozenset()):
    """The cells that are neither right nor flagged, and those that are `plain` and flagged."""
    assert reading.outcome == "report", reading.message
    (found,) = reading.reports
    got, wanted = found.cells(), report.figures()
    assert got.keys() == wanted.keys()
    return {
        path: (wanted[path], got[path], found.notes.get(path))
        for path in wanted
        if not (
            (
                got[path] == wanted[path]
                and (wanted[path] is None or path in plain or found.notes[path].flag in ("ocr", "repaired"))
            )
            or (got[path] is None and found.notes[path].flag == "unclear")
        )
        or (path in plain and path in found.notes)
    }


@pytest.mark.parametrize(
    ("skew", "noise", "blur"), [(0, 0, 0), (2, 8, 0.7)], ids=["clean", "turned and dirty"]
)
def test_every_cell_of_a_scan_is_right_and_flagged_or_null_and_unclear(scans, skew, noise, blur):
    report = sample()
    scanner = scans.Scanner(scans.chinese_font(), skew=skew, noise=noise, blur=blur)
    reading = parse(scans.as_scan(report, scanner, seed=3))
    assert wrong(report, reading) == {}
    assert reading.engines[0].startswith("rapidocr 3.")
    assert (reading.reports[0].year, reading.reports[0].form) == (2022, "2021")


def test_a_picture_of_pages_is_read_like_a_scan(scans):
    report = sample()
    first, *rest = scans.scanned(report, scans.Scanner(scans.chinese_font()), seed=3)
    out = BytesIO()
    first.save(out, "TIFF", save_all=True, append_images=rest, compression="tiff_lzw")
    reading = parse(out.getvalue())
    assert reading.format == "image"
    assert wrong(report, reading) == {}


def picture(page):
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


@pytest.fixture(scope="module")
def page(scans):
    """The page of a sample report that holds its tables."""
    return scans.scanned(sample(), scans.Scanner(scans.chinese_font()), seed=3)[1]


def cells_of(reading):
    return reading.reports[0].cells()


def test_what_is_kept_is_not_recognised_again(page):
    kept = {}

    def cache(body, engine, make):
        kept[body, engine] = make()
        return kept[body, engine]

    data = picture(page)
    first = parse(data, Engines(cache))
    assert [engine for _, engine in kept] == list(first.engines)
    assert parse(data, Engines(lambda body, engine, make: kept[body, engine])) == first


@pytest.mark.parametrize("quarters", [1, 2])
def test_a_page_scanned_on_its_side_or_upside_down_is_read(page, quarters):
    upright = cells_of(parse(picture(page)))
    assert len(upright) > 100
    assert cells_of(parse(picture(page.rotate(90 * quarters, expand=True)))) == upright


def test_a_zero_is_no_letter(page):
    """The two look alike; in the place of a value nobody prints a letter."""
    notes = parse(picture(page)).reports[0].notes
    unclear = [path for path, note in notes.items() if note.flag == "unclear"]
    assert len(unclear) <= len(notes) // 100


def test_tables_without_rulings_are_right_or_said(scans):
    report = sample()
    scanner = scans.Scanner(scans.chinese_font())
    (found,) = parse(scans.as_scan(report, scanner, seed=3, paper=Paper(ruled=False))).reports
    wanted, flagged = report.figures(), {path for finding in found.findings for path in finding.where}
    for path, value in found.cells().items():
        assert value == wanted.get(path, "absent") or (value is None and {path, *_wild(path)} & flagged)


def _wild(path):
    table, row, _ = path.split(".")
    return f"{table}.{row}.*", f"{table}.*"


def test_pictures_among_pages_of_text_are_read(scans):
    report, scanner = sample(), scans.Scanner(scans.chinese_font())
    leaves = pages(layout(report, ()), Paper())
    pictures = scans.scanned(report, scanner, seed=3)
    data = spliced(pdf_of(leaves), scans.pdf_of_pictures(pictures, scanner), [0, 1, 0])
    reading = parse(data)
    assert [name.split()[0] for name in reading.engines] == ["pdfium", "rapidocr"]
    where = places(pdf_of(leaves))
    plain = {path for path in report.figures() if "page 2" not in where[path.rpartition(".")[0]]}
    assert 0 < len(plain) < len(report.figures())
    assert wrong(report, reading, plain) == {}
    assert "pages_unread" not in [finding.code for finding in reading.reports[0].findings]


def test_a_scan_in_an_ofd_is_read(scans, page):
    placed = (
        '<ofd:ImageObject ID="9" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="7"/>',
        '<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7"'
        ' Type="Image"><ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>',
    )
    document = (
        '<ofd:Document xmlns:ofd="http://www.ofdspec.org/2016"><ofd:CommonData><ofd:DocumentRes>Res.xml'
        '</ofd:DocumentRes></ofd:CommonData><ofd:Pages><ofd:Page ID="1" BaseLoc="Pages/Page_0.xml"/></ofd:Pages>'
        "</ofd:Document>"
    )
    members = {"Doc_0/Res.xml": placed[1], "Doc_0/Res/a.png": picture(page)}
    reading = parse(package(placed[0], members=members, document=document))
    assert reading.format == "ofd"
    assert cells_of(reading) == cells_of(parse(picture(page)))


def test_a_damaged_picture_is_one_sentence(scans):
    assert parse(PNG).message == "it is a picture that is damaged or too large"
