"""Documents that draw their text on pages (PDF, OFD): their limits, and the document that their sheets make."""

from __future__ import annotations

import re
from collections.abc import Iterable

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.pages import assemble
from parsers.readers.sheet import UNKNOWN, Sheet

MOST_BYTES = 200 * 2**20
"""Scans of reports weigh up to some 50 MiB."""

MOST_PAGES = 500
"""Reports have up to some dozen pages, collections of them up to some hundred."""

MOST_GLYPHS = 500_000
"""In a document, which takes some five seconds; a report has some ten thousand."""

MOST_UNMAPPED = 0.1
"""The part of the letters that may be without a meaning before a document counts as unreadable. It does so, too,
where some letters have none and no digit is among the others: no report is without numbers."""

OCR = "text recognition (OCR) does not read such files yet"


class Scanned(Unreadable):
    """The pages are pictures without text. Raised by `as_document`; readers that can have them recognised do."""


def refuse_bytes(format_: str, data: bytes) -> None:
    """Refuse a file that is too large."""
    if len(data) > MOST_BYTES:
        sentence = f"it is {len(data) >> 20} MiB large; such files are read up to {MOST_BYTES >> 20} MiB"
        raise Unreadable(format_, sentence)


def refuse_pages(format_: str, count: int) -> None:
    """Refuse a document without pages or with too many."""
    if count < 1:
        raise Unreadable(format_, "it is damaged: no page can be found in it")
    if count > MOST_PAGES:
        raise Unreadable(format_, f"it has {count} pages; such files are read up to {MOST_PAGES} pages")


def as_document(format_: str, pages: Iterable[Sheet], engines: tuple[str, ...] = ()) -> Document:
    """The document on the sheets. `meta` holds `pages`, their number, and `picture_pages`, the numbers of those on
    which there is nothing but pictures."""
    sheets: list[Sheet] = []
    glyphs = 0
    for sheet in pages:
        sheets.append(sheet)
        glyphs += len(sheet.glyphs)
        if glyphs > MOST_GLYPHS:
            raise Unreadable(format_, f"it holds more than {MOST_GLYPHS} letters")
    _refuse_without_text(format_, sheets)
    meta = {"pages": str(len(sheets))}
    if pictures := [str(sheet.number) for sheet in sheets if sheet.is_picture()]:
        meta["picture_pages"] = " ".join(pictures)
    document = Document(format_, assemble(sheets), meta, engines)
    _refuse_dark_cells(document)
    return document


def _refuse_dark_cells(document: Document) -> None:
    """Refuse a document with a cell in which something stands and nothing can be read: it would pass for blank."""
    for grid in document.grids():
        for row in grid.rows:
            if any(text and UNKNOWN in text and not _LEGIBLE.search(text) for text in row):
                sentence = f"a cell of {grid.place} holds a picture, or letters whose font does not say what they are"
                raise Unreadable(document.format, f"{sentence}; {OCR}")


_LEGIBLE = re.compile(r"[^\W_]")


def _refuse_without_text(format_: str, sheets: list[Sheet]) -> None:
    texts = [glyph.text for sheet in sheets for glyph in sheet.glyphs]
    if not texts and any(sheet.is_picture() for sheet in sheets):
        raise Scanned(format_, f"its pages are pictures without text (a scan); {OCR}")
    if not texts:
        raise Unreadable(format_, "its pages hold no text")
    unknown = texts.count(UNKNOWN)
    if unknown > len(texts) * MOST_UNMAPPED or (unknown and not any(text.isdigit() for text in texts)):
        sentence = f"its fonts do not say which characters they draw ({unknown} of {len(texts)}); {OCR}"
        raise Unreadable(format_, sentence)
