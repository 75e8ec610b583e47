"""PDF with text in it: PDFium draws out glyphs and rulings, the tables are found by our own grid of rulings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.document import Document
from parsers.engines import NONE, Engines
from parsers.readers import Unreadable
from parsers.readers.drawn import as_document, refuse_bytes, refuse_pages
from parsers.readers.pdf_fonts import use_box_font
from parsers.readers.pdf_objects import Handle
from parsers.readers.pdf_sheet import read_sheet
from parsers.readers.pdf_streams import refuse_streams
from parsers.readers.sheet import Sheet

LOCKED = (4, 5)
"""PDFium's errors for a file that wants a password, and for a lock that it does not know."""

ENGINE = f"pdfium {pypdfium2.PDFIUM_INFO.version}"


def read(data: bytes, engines: Engines = NONE) -> Document:
    """The document in the bytes of a PDF file."""
    refuse_bytes("pdf", data)
    refuse_streams(data)
    use_box_font()
    with _opened(data) as document:
        return as_document("pdf", data, _sheets(document), engines, ENGINE)


@contextmanager
def _opened(data: bytes) -> Iterator[Handle]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in LOCKED
        why = "it is locked with a password" if locked else "it is damaged: no page can be found in it"
        raise Unreadable("pdf", why)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _sheets(document: Handle) -> Iterator[Sheet]:
    count = pdfium.FPDF_GetPageCount(document)
    refuse_pages("pdf", count)
    for index in range(count):
        sheet = read_sheet(document, index)
        if sheet is None:
            raise Unreadable("pdf", f"its page {index + 1} is damaged")
        yield sheet
