"""Word documents: DOCX and DOCM.

Deleted text is out and inserted text in; hidden text is out. Numbers that Word counts by itself (一、 of a
heading) are not in the file's text and stay lost.
"""

from __future__ import annotations

import re

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.package import Package, parse_xml
from parsers.readers.word_body import Body
from parsers.readers.word_runs import hidden_styles
from parsers.readers.word_tables import document

_LOOKS = re.compile(
    rb"<w:(?:s(?:z|zCs|hd|pacing|napToGrid|uppressLineNumbers)|r(?:Fonts|ight)|l(?:eft|ang)|top|b(?:ottom|Cs)?"
    rb"|tcW|vAlign|jc|in(?:d|sideH|sideV)|k(?:ern|eepNext|eepLines)|widowControl|color|pStyle)(?: [^<>]*)?/>"
)
"""Empty elements that only say how text looks: three quarters of a document, which without them is read in half
the time."""

_EMPTIED = tuple(f"<w:{name}></w:{name}>".encode() for name in ("rPr", "pPr", "tcBorders", "tcPr"))
"""What is left of properties in which nothing else stood, inner ones first."""


def read(data: bytes) -> Document:
    """The document in the bytes of a package."""
    package = Package(data, "docx")
    name = package.main_part() or "word/document.xml"
    xml = package.part(name)
    if xml is None:
        raise Unreadable("docx", "the package has no Word document in it")
    relations = dict(package.relations(name).values())
    hidden = _hidden_styles(package, relations.get("styles", ""))
    body = Body(hidden)
    flow = body.read(parse_xml(xml if hidden else _without_looks(xml), "docx", name))
    if body.notes:
        for kind in ("footnote", "endnote"):
            notes = package.xml(relations[f"{kind}s"]) if f"{kind}s" in relations else None
            if notes is not None:
                flow += body.read_notes(notes, kind)
    return document("docx", flow)


def _hidden_styles(package: Package, name: str) -> frozenset[str]:
    styles = package.part(name) if name else None
    return hidden_styles(parse_xml(styles, "docx", name)) if styles and b"vanish" in styles else frozenset()


def _without_looks(xml: bytes) -> bytes:
    """The XML less what only says how text looks; text itself is never touched, it holds no < outside CDATA."""
    if b"<![CDATA[" in xml:
        return xml
    xml = _LOOKS.sub(b"", xml)
    for empty in _EMPTIED:
        xml = xml.replace(empty, b"")
    return xml
