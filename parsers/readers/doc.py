"""Word documents as Word 97–2003 and WPS save them in binary (DOC).

A row's cells, their edges and merges come from the row's own description, never from counting marks, so spans are
real. Deleted and hidden text is out.
"""

from __future__ import annotations

import struct

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.word97.fib import Fib
from parsers.readers.word97.story import Stories
from parsers.readers.word_tables import document


def read(data: bytes) -> Document:
    """The document in the bytes of a file."""
    fib = Fib(data)
    try:
        stories = Stories(fib)
        flow = stories.flow("text")
        flow += stories.lost_boxes() + stories.flow("footnotes") + stories.flow("endnotes")
    except (struct.error, IndexError, RecursionError) as error:
        raise Unreadable("doc", "the file is damaged: its properties lead outside it") from error
    return document("doc", flow)
