"""How long a document may be: what is longer than any report is refused, because reading it would take minutes."""

from __future__ import annotations

from parsers.document import Block, Document
from parsers.readers import Unreadable

MOST_CHARACTERS = 2_000_000
"""Of text beside tables; the longest report has some fifty thousand, a volume of them some hundred thousand."""

MOST_LINE = 200_000
"""Of one paragraph: some extractors put a whole report on a line."""

MOST_ITEMS = 100_000
"""Paragraphs and tables."""

MOST_SQUARES = 1_000_000
"""Squares of all tables together."""


def refuse_long(document: Document) -> Document:
    """The document, unless it is longer than any report."""
    texts = [len(item.text) for item in document.items if isinstance(item, Block)]
    squares = sum(len(row) for item in document.items if not isinstance(item, Block) for row in item.rows)
    for number, most, what in (
        (len(document.items), MOST_ITEMS, "paragraphs and tables"),
        (sum(texts), MOST_CHARACTERS, "characters of text"),
        (max(texts, default=0), MOST_LINE, "characters in one paragraph"),
        (squares, MOST_SQUARES, "cells in tables"),
    ):
        if number > most:
            raise Unreadable(document.format, f"it has {number:,} {what}; documents are read up to {most:,}")
    return document
