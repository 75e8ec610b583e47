import importlib.util
from io import BytesIO

import pytest

from crawler.demo.pdf import Ink, as_pdf
from crawler.demo.reports import make_report
from parsers.parse import parse

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


def wrong(report, reading):
    """The cells that are neither right nor flagged."""
    assert reading.outcome == "report", reading.message
    (read,) = reading.reports
    got, wanted = read.cells(), report.figures()
    assert got.keys() == wanted.keys()
    return {
        path: (wanted[path], got[path], read.notes.get(path))
        for path in wanted
        if not (
            (
                got[path] == wanted[path]
                and (wanted[path] is None or read.notes[path].flag in ("ocr", "repaired"))
            )
            or (got[path] is None and read.notes[path].flag == "unclear")
        )
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


def test_what_is_kept_is_not_recognised_again(scans):
    from parsers.readers.scans import read_scan

    kept = {}

    def cache(body, engine, make):
        return (
            kept.setdefault((body, engine), None)
            or kept.update({(body, engine): make()})
            or kept[body, engine]
        )

    (page, *_) = scans.scanned(sample(), scans.Scanner(scans.chinese_font()), seed=3)
    out = BytesIO()
    page.save(out, "PNG")
    read = read_scan("image", out.getvalue(), cache)

    def recall(body, engine, make):
        return kept[body, engine]

    assert read_scan("image", out.getvalue(), recall) == read


def test_a_damaged_picture_is_one_sentence(scans):
    assert parse(PNG).message == "it is a picture that is damaged or too large"
