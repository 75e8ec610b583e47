"""Documents that draw their text on pages (PDF, OFD): their limits, and the document that their sheets make."""

from __future__ import annotations

from collections.abc import Iterable

from parsers.document import Document
from parsers.engines import NONE, Engines
from parsers.readers import Unreadable
from parsers.readers.pages import assemble
from parsers.readers.scans import recognised
from parsers.readers.sheet import UNKNOWN, Sheet
from parsers.report import Finding

MOST_BYTES = 200 * 2**20
"""Scans of reports weigh up to some 50 MiB."""

MOST_PAGES = 500
"""Reports have up to some dozen pages, collections of them up to some hundred."""

MOST_GLYPHS = 500_000
"""In a document, which takes some five seconds; a report has some ten thousand."""

MOST_UNMAPPED = 0.1
"""The part of the letters that may be without a meaning before a document counts as unreadable. It does so, too,
where some letters have none and no digit is among the others: no report is without numbers."""


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


def as_document(
    format_: str, data: bytes, pages: Iterable[Sheet], engines: Engines = NONE, engine: str = ""
) -> Document:
    """The document on the sheets, which `engine` drew out of the bytes. Pages that are pictures are recognised where
    that can be done; those that were not are named in `Document.unread`."""
    sheets = _gathered(format_, pages)
    document = Document(format_, meta={"pages": str(len(sheets))}, engines=(engine,) if engine else ())
    if why := _why_illegible(sheets):
        sheets, recogniser = recognised(format_, data, engines, why)
        document.engines = (recogniser,)
        if not any(sheet.glyphs for sheet in sheets):
            raise Unreadable(format_, f"{why}, and text recognition (OCR) finds no text in them")
    elif pictures := [sheet.number for sheet in sheets if sheet.is_picture()]:
        _recognise(document, data, sheets, pictures, engines)
    document.items = assemble(sheets)
    return document


def _gathered(format_: str, pages: Iterable[Sheet]) -> list[Sheet]:
    sheets: list[Sheet] = []
    glyphs = 0
    for sheet in pages:
        sheets.append(sheet)
        glyphs += len(sheet.glyphs)
        if glyphs > MOST_GLYPHS:
            raise Unreadable(format_, f"it holds more than {MOST_GLYPHS} letters")
    if not glyphs and not any(sheet.is_picture() for sheet in sheets):
        raise Unreadable(format_, "its pages hold no text")
    return sheets


def _why_illegible(sheets: list[Sheet]) -> str:
    """Why no letter of the document can be trusted; empty where they can."""
    texts = [glyph.text for sheet in sheets for glyph in sheet.glyphs]
    if not texts:
        return "its pages are pictures without text (a scan)"
    unknown = texts.count(UNKNOWN)
    if unknown > len(texts) * MOST_UNMAPPED or (unknown and not any(text.isdigit() for text in texts)):
        return f"its fonts do not say which characters they draw ({unknown} of {len(texts)})"
    return ""


def _recognise(
    document: Document, data: bytes, sheets: list[Sheet], numbers: list[int], engines: Engines
) -> None:
    """Put recognised sheets in the places of those that are pictures, as far as that can be done."""
    named = (
        f"page {numbers[0]} is a picture" if len(numbers) == 1 else f"pages {_listed(numbers)} are pictures"
    )
    why = f"{named} without text"
    try:
        found, recogniser = recognised(document.format, data, engines, why, numbers)
    except Unreadable as error:
        document.unread.append(Finding("pages_unread", (), error.sentence))
        document.lacks = error.lacks
        return
    document.engines += (recogniser,)
    legible = {sheet.number: sheet for sheet in found if sheet.glyphs}
    sheets[:] = [legible.get(sheet.number, sheet) for sheet in sheets]
    if dark := [number for number in numbers if number not in legible]:
        sentence = f"text recognition (OCR) finds no text on pages that are pictures: {_listed(dark)}"
        document.unread.append(Finding("pages_unread", (), sentence))


def _listed(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))
