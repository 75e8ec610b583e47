"""Text recognition: cells along the rulings against whole pages, with the same engine on the same images."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from crawler.demo.reports import make_report
from tests.bench.pairs import Absent, Pair, Sides


def cells_against_pages() -> Iterator[Sides]:
    """What the engine does with a page when nobody tells it where the cells are."""
    try:
        rapidocr, cv2 = import_module("rapidocr"), import_module("cv2")
        scans, images, scan = (
            import_module(name) for name in ("crawler.demo.scan", "parsers.ocr.images", "parsers.ocr.scan")
        )
    except ImportError as error:
        raise Absent("it is not installed (pip install 'gongkai[ocr]')") from error
    if not (font := scans.chinese_font()):
        raise Absent("there is no Chinese font to print a scan with")
    report = make_report("白鹭镇人民政府", 2022, seed=101)
    dirty = scans.Scanner(font, skew=2, noise=8, blur=0.7)
    pages = [page for _, page in images.pages_of_pdf(scans.as_scan(report, dirty, seed=1))]
    colours = [cv2.cvtColor(page, cv2.COLOR_GRAY2BGR) for page in pages]
    engine = rapidocr.RapidOCR(params={"Global.log_level": "critical"})
    yield Sides(
        lambda: [scan.sheet_of(page, number) for number, page in enumerate(pages, 1)],
        lambda: [engine(page, use_cls=False) for page in colours],
        len(pages),
    )


OCR = (
    Pair(
        "ocr",
        "page of a scan, turned and dirty, to a sheet",
        "rapidocr, whole page",
        1.67,
        cells_against_pages,
        3,
    ),
)
