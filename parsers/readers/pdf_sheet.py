"""A page of a PDF → a sheet, by PDFium: its text page for the glyphs, its page objects for rulings and pictures."""

from __future__ import annotations

import pypdfium2.raw as pdfium

from parsers.readers.pdf_glyphs import Glyphs
from parsers.readers.pdf_objects import MOST_OBJECTS, Handle, Objects
from parsers.readers.sheet import Sheet, turned

_SHOWN_ANNOTATIONS = {pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT, pdfium.FPDF_ANNOT_STAMP}
_A4 = (0.0, 842.0, 595.0, 0.0)


def read_sheet(document: Handle, index: int) -> Sheet | None:
    """The page at an index, turned so that its text stands upright; `None` where the page is damaged.

    A page with more letters than a page of text can hold counts as one picture.
    """
    page = pdfium.FPDF_LoadPage(document, index)
    if page and _has_shown_annotations(page):
        pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
        pdfium.FPDF_ClosePage(page)
        page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return None
    try:
        return _sheet(page, index + 1)
    finally:
        pdfium.FPDF_ClosePage(page)


def _has_shown_annotations(page: Handle) -> bool:
    """Whether form fields or comments put text on the page that its content does not hold."""
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), MOST_OBJECTS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in _SHOWN_ANNOTATIONS:
            return True
    return False


def _sheet(page: Handle, number: int) -> Sheet:
    left, top, right, bottom = _box(page)
    sheet = Sheet(number, right - left, top - bottom)
    objects = Objects(sheet, left, top)
    objects.take(page)
    quarters = _take_glyphs(page, sheet, objects)
    if quarters is None:
        whole = (0.0, 0.0, sheet.width, sheet.height)
        return Sheet(number, sheet.width, sheet.height, pictures=[whole])
    return turned(sheet, quarters)


def _take_glyphs(page: Handle, sheet: Sheet, objects: Objects) -> int | None:
    """Fill in the glyphs; returns the quarters to turn the page by, `None` where it is overfull."""
    text_page = pdfium.FPDFText_LoadPage(page)
    if not text_page:
        return 0
    try:
        glyphs = Glyphs(text_page, objects.left, objects.top)
        if glyphs.overfull:
            return None
        sheet.glyphs = glyphs.upright() if objects.odd_text else glyphs.plain()
        return glyphs.quarters
    finally:
        pdfium.FPDFText_ClosePage(text_page)


def _box(page: Handle) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of the page before it is rotated, in its own coordinates (y upwards)."""
    box = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, box):
        return _A4
    return box.left, box.top, box.right, box.bottom
