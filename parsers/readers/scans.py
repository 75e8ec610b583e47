"""Scanned PDF files and pictures, read by text recognition where the extra `gongkai[ocr]` is installed."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import astuple
from importlib import import_module
from types import ModuleType
from typing import Any

from parsers.document import Document
from parsers.ocr import EXTRA
from parsers.readers import Unreadable
from parsers.readers.pages import assemble
from parsers.readers.sheet import Glyph, Rule, Sheet

Cache = Callable[[bytes, str, Callable[[], str]], str]
"""Given a body, the engine with its versions and a maker of the text that is worth keeping (JSON): the text as kept
for this body and engine, else as made."""

_PAGES = {"pdf": "pages_of_pdf", "image": "pages_of_picture"}
_WHAT = {"pdf": "its pages are pictures without text (a scan)", "image": "it is a picture"}


def read(data: bytes, cache: Cache | None = None) -> Document:
    """The document in the bytes of a picture."""
    return read_scan("image", data, cache)


def read_scan(format_: str, data: bytes, cache: Cache | None = None) -> Document:
    """The document in the bytes of a file whose pages are pictures."""
    try:
        engine, images, scan = (import_module(f"parsers.ocr.{name}") for name in ("engine", "images", "scan"))
    except ImportError as error:
        raise Unreadable(format_, f"{_WHAT[format_]}; {EXTRA}") from error

    def make() -> str:
        return _made(format_, data, images, scan)

    kept = cache(data, engine.ENGINE, make) if cache else make()
    sheets = [_sheet(page) for page in json.loads(kept)]
    if not any(sheet.glyphs for sheet in sheets):
        raise Unreadable(format_, f"{_WHAT[format_]}, and text recognition (OCR) finds no text in it")
    meta = {"pages": str(len(sheets))}
    return Document(format_, assemble(sheets), meta, (engine.ENGINE,))


def _made(format_: str, data: bytes, images: ModuleType, scan: ModuleType) -> str:
    pages = getattr(images, _PAGES[format_])(data)
    return json.dumps([astuple(scan.sheet_of(page, number)) for number, page in enumerate(pages, 1)])


def _sheet(page: list[Any]) -> Sheet:
    number, width, height, glyphs, level, upright, _ = page
    return Sheet(
        number,
        width,
        height,
        [Glyph(*glyph) for glyph in glyphs],
        [Rule(*rule) for rule in level],
        [Rule(*rule) for rule in upright],
    )
