"""Word documents saved as one XML file: Word 2003 XML, and flat packages."""

from __future__ import annotations

from parsers.document import Document
from parsers.readers.package import parse_xml
from parsers.readers.word_body import Body
from parsers.readers.word_tables import document


def read(data: bytes) -> Document:
    """The document in the bytes of the XML file."""
    return document("wordml", Body().read(parse_xml(data, "wordml", "the text")))
