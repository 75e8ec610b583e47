"""What no reader of ours understands, read by way of a converter: DOCX or XLSX as it makes them.

A sound file of a foreign format is read as any other. What the converter makes of a damaged file may lack parts, and
that is said; where it makes no report of it the file stays unreadable.
"""

from __future__ import annotations

from importlib import import_module

from parsers.document import Document
from parsers.engines import OFFICE, Engines
from parsers.readers import READERS, Foreign, Unreadable
from parsers.report import Finding

TARGETS = {
    "doc": "docx",
    "compound": "docx",
    "damaged": "docx",
    "odt": "docx",
    "ods": "xlsx",
    "xlsb": "xlsx",
    "xls": "xlsx",
}
"""What each format is converted to: of DOCX and HTML as LibreOffice makes them DOCX lost no header of a table."""

_PACKAGES = {"docx": "libreoffice-writer-nogui", "xlsx": "libreoffice-calc-nogui"}


def read_converted(format_: str, data: bytes, refusal: Unreadable, engines: Engines) -> Document:
    """The document in a file that its own reader, if there is one, refused."""
    target, office = TARGETS[format_], engines.office
    if office is None:
        way = f"LibreOffice reads such files, where it is installed (apt install {_PACKAGES[target]})"
        raise Unreadable(format_, f"{refusal.sentence}; {way}", (OFFICE,)) from refusal
    made = engines.cache(data, key(office.engine, target), lambda: office.convert(data, target))
    document = _read(target, made) if made else None
    if document is None or _is_container(document):
        raise Unreadable(format_, f"{refusal.sentence}; LibreOffice cannot read it either") from refusal
    document.format = format_
    document.engines = (office.engine, *document.engines)
    if not isinstance(refusal, Foreign):
        sentence = f"{refusal.sentence}; what LibreOffice made of it may lack parts"
        document.unread.append(Finding("file_damaged", (), sentence))
    return document


def _read(target: str, made: bytes) -> Document | None:
    try:
        document: Document = import_module(READERS[target]).read(made)
    except Unreadable:
        return None
    return document


def _is_container(document: Document) -> bool:
    """Whether the bytes of the container itself were taken for plain text."""
    return next((block.text for block in document.blocks()), "").startswith(_CONTAINER)


_CONTAINER = "ÐÏ"
"""What the first bytes of an OLE container look like as text."""


def key(engine: str, target: str) -> str:
    """The name by which the output of a converter is kept."""
    return f"{engine} {target}"
