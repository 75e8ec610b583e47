"""Pages that are pictures, read by text recognition where the extra `gongkai[ocr]` is installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from importlib import import_module
from types import ModuleType
from typing import Any

from parsers.document import PICTURE, SCANNED, Document
from parsers.engines import NONE, OCR, Engines
from parsers.ocr import EXTRA
from parsers.readers import Unreadable
from parsers.readers.pages import assemble
from parsers.readers.sheet import Glyph, Rule, Sheet
from parsers.report import Finding

_PAGES = {"pdf": "pages_of_pdf", "ofd": "pages_of_ofd", "image": "pages_of_picture"}
"""The functions of `parsers.ocr.images` that give the images of pages."""


def read(data: bytes, engines: Engines = NONE) -> Document:
    """The document in the bytes of a picture."""
    sheets, engine = recognised("image", data, engines, "it is a picture")
    if not any(sheet.glyphs for sheet in sheets):
        raise Unreadable("image", "it is a picture, and text recognition (OCR) finds no text in it")
    return Document("image", assemble(sheets), {"pages": str(len(sheets))}, (engine,))


def read_together(pictures: Sequence[bytes], engines: Engines = NONE) -> Document:
    """The document whose pages are pictures; what cannot be read of them is named in `Document.unread`."""
    document = Document("image", meta={"pages": str(len(pictures))})
    sheets: list[Sheet] = []
    for number, data in enumerate(pictures, 1):
        try:
            found, engine = recognised("image", data, engines, "they are pictures")
        except Unreadable as error:
            if error.lacks:
                raise
            document.unread.append(Finding("pages_unread", (), f"picture {number}: {error.sentence}"))
            continue
        document.engines = (engine,)
        if not any(sheet.glyphs for sheet in found):
            sentence = f"text recognition (OCR) finds no text in picture {number}"
            document.unread.append(Finding("pages_unread", (), sentence))
        sheets += found
    if not any(sheet.glyphs for sheet in sheets):
        raise Unreadable("image", "they are pictures, and text recognition (OCR) finds no text in them")
    pages = [replace(sheet, number=n, kind=PICTURE) for n, sheet in enumerate(sheets, 1)]
    document.items = assemble(pages)
    return document


def recognised(
    format_: str, data: bytes, engines: Engines, why: str, pages: Sequence[int] = ()
) -> tuple[list[Sheet], str]:
    """The sheets of pages by their numbers, of all where none is named, and the engine that read them; refused
    with the reason `why` they cannot be read otherwise, where the engine is not installed."""
    try:
        engine, images, scan = (import_module(f"parsers.ocr.{name}") for name in ("engine", "images", "scan"))
    except ImportError as error:
        raise Unreadable(format_, f"{why}; {EXTRA}", (OCR,)) from error

    def make() -> bytes:
        return _made(format_, data, pages, images, scan)

    name: str = engine.ENGINE
    key = f"{name} pages {','.join(map(str, pages))}" if pages else name
    return [_sheet(page) for page in json.loads(engines.cache(data, key, make))], name


def _made(format_: str, data: bytes, pages: Sequence[int], images: ModuleType, scan: ModuleType) -> bytes:
    found = getattr(images, _PAGES[format_])(data, pages)
    sheets = [astuple(scan.sheet_of(page, number)) for number, page in found]
    return json.dumps(sheets, ensure_ascii=False, separators=(",", ":")).encode()


def _sheet(page: list[Any]) -> Sheet:
    number, width, height, glyphs, level, upright, *_ = page
    return Sheet(
        number,
        width,
        height,
        [Glyph(*glyph) for glyph in glyphs],
        [Rule(*rule) for rule in level],
        [Rule(*rule) for rule in upright],
        kind=SCANNED,
    )
