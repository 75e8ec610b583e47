"""Pictures that a page holds itself, as `data:` addresses: taken out before it is parsed, read where its text lacks
what they may show."""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from dataclasses import replace
from itertools import islice

from parsers.document import Document
from parsers.engines import Engines

FEWEST_LETTERS = 1000
"""Of base64: what is smaller than a kilobyte is an icon or a rule between paragraphs, and shows no table."""

MOST_PICTURES = 40
"""Of one page; as many scanned pages a report may have."""

_DATA = rf"data:image/([a-z]+)[^,\"'<>]{{0,100}};base64,([A-Za-z0-9+/=%\s]{{{FEWEST_LETTERS},}})"


def take_out(text: str) -> tuple[str, dict[str, str]]:
    """The markup with names in the place of such pictures, and what was there, in base64, by name. libxml2 drops all
    of a page that follows a word of ten million letters."""
    taken: dict[str, str] = {}
    if "data:image/" not in text:
        return text, taken

    def name(match: re.Match[str]) -> str:
        named = f"inline-picture-{len(taken) + 1}.{match[1]}"
        taken[named] = match[2]
        return named

    return re.sub(_DATA, name, text), taken


def with_pictures(document: Document, engines: Engines) -> Document:
    """The document with what stands in the pictures it holds itself, after its text, where they can be read."""
    from parsers.readers import Unreadable
    from parsers.readers.scans import read_together

    names = list(islice(document.inline, MOST_PICTURES))
    try:
        shown = read_together([_decoded(document.inline[name]) for name in names], engines)
    except Unreadable as error:
        return replace(document, lacks=error.lacks)
    return replace(
        document,
        items=[*document.items, *shown.items],
        engines=(*document.engines, *shown.engines),
        unread=[*document.unread, *shown.unread],
        pictures=tuple(name for name in document.pictures if name not in names),
    )


def _decoded(text: str) -> bytes:
    """The bytes of a picture; none where it is damaged, which its reader says."""
    try:
        return b64decode(re.sub(r"%[0-9A-Fa-f]{2}", lambda match: chr(int(match[0][1:], 16)), text))
    except binascii.Error:
        return b""
