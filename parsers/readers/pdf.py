"""PDF with text in it: PDFium draws out glyphs and rulings, the tables are found by our own rulings grid."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from parsers.document import Document
from parsers.readers.pages import assemble
from parsers.readers.pdf_sheet import read_sheet
from parsers.readers.sheet import UNKNOWN, Sheet

MOST_PAGES = 500
"""Reports have up to some dozen pages, collections of them up to some hundred."""

MOST_GLYPHS = 1_000_000
"""In a document; a report has some ten thousand."""

MOST_BYTES = 200 * 2**20
"""Scans of reports weigh up to some 50 MiB."""

MOST_UNMAPPED = 0.1
"""The part of the letters that may be without a meaning before a document counts as unreadable."""

PASSWORD = 4
"""PDFium's error for a file that wants a password; FPDF_ERR_SECURITY (5) is a kind of lock it does not know."""

ENGINE = f"pdfium {pypdfium2.PDFIUM_INFO}"


def read(data: bytes) -> Document:
    """The document in the bytes of a PDF file."""
    if len(data) > MOST_BYTES:
        raise _unreadable(
            f"it is {len(data) >> 20} MiB large; PDF files are read up to {MOST_BYTES >> 20} MiB"
        )
    with _opened(data) as document:
        sheets = list(_sheets(document))
    _refuse_without_text(sheets)
    meta = {"pages": str(len(sheets))}
    if pictures := [str(sheet.number) for sheet in sheets if sheet.is_picture()]:
        meta["picture_pages"] = " ".join(pictures)
    return Document("pdf", assemble(sheets), meta, (ENGINE,))


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        raise _unreadable(_why(pdfium.FPDF_GetLastError()))
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


def _why(error: int) -> str:
    if error in (PASSWORD, PASSWORD + 1):
        return "it is locked with a password"
    return "it is damaged: no page can be found in it"


def _sheets(document: Any) -> Iterator[Sheet]:
    count = pdfium.FPDF_GetPageCount(document)
    if count < 1:
        raise _unreadable("it is damaged: no page can be found in it")
    if count > MOST_PAGES:
        raise _unreadable(f"it has {count} pages; PDF files are read up to {MOST_PAGES} pages")
    glyphs = 0
    for index in range(count):
        sheet = read_sheet(document, index)
        if sheet is None:
            raise _unreadable(f"its page {index + 1} is damaged")
        glyphs += len(sheet.glyphs)
        if glyphs > MOST_GLYPHS:
            raise _unreadable(f"it holds more than {MOST_GLYPHS} letters")
        yield sheet


def _refuse_without_text(sheets: list[Sheet]) -> None:
    texts = [glyph.text for sheet in sheets for glyph in sheet.glyphs]
    if not texts:
        if any(sheet.is_picture() for sheet in sheets):
            raise _unreadable(
                "its pages are pictures without text (a scan); text recognition (OCR) is an extra that is "
                "not there yet"
            )
        raise _unreadable("its pages hold no text")
    unknown = texts.count(UNKNOWN)
    if unknown > len(texts) * MOST_UNMAPPED:
        raise _unreadable(
            f"its fonts do not say which characters they draw ({unknown} of {len(texts)}); only text recognition "
            "(OCR) could read it, an extra that is not there yet"
        )


def _unreadable(sentence: str) -> Exception:
    from parsers.readers import Unreadable

    return Unreadable("pdf", sentence)
