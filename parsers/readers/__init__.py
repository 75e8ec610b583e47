"""One file per format: bytes → Document."""

from __future__ import annotations

from importlib import import_module

from parsers.document import Document
from parsers.engines import NONE, Engines
from parsers.readers.sniff import FOREIGN, NAMES, sniff

READERS = {
    "text": "parsers.readers.plaintext",
    "html": "parsers.readers.html",
    "json": "parsers.readers.jsondata",
    "docx": "parsers.readers.docx",
    "doc": "parsers.readers.doc",
    "xlsx": "parsers.readers.xlsx",
    "xls": "parsers.readers.xls",
    "rtf": "parsers.readers.rtf",
    "mhtml": "parsers.readers.mhtml",
    "zip": "parsers.readers.zip",
    "wordml": "parsers.readers.wordml",
    "excelml": "parsers.readers.excelml",
    "pdf": "parsers.readers.pdf",
    "ofd": "parsers.readers.ofd",
    "image": "parsers.readers.scans",
}
"""The module that reads a format, by its `read(data) -> Document`; imported only when such a file comes."""

WITH_ENGINES = frozenset({"zip", "pdf", "ofd", "image"})
"""Formats whose module is handed the engines too: `read(data, engines)`."""

REFUSALS = {
    "damaged": "it is an office document that is cut off or damaged: its container cannot be read",
}
"""What is recognised and never read, with the sentence that says why."""


class Unreadable(Exception):  # noqa: N818 - it says what the bytes are
    """The bytes cannot be read; the message is one sentence for the user. Raised by `read` and by every reader."""

    def __init__(self, format_: str, sentence: str, lacks: tuple[str, ...] = ()) -> None:
        super().__init__(sentence)
        self.format = format_
        self.sentence = sentence
        self.lacks = lacks
        """The extras without which it cannot be read."""


class Locked(Unreadable):
    """The bytes are protected by a password."""

    def __init__(self, format_: str) -> None:
        super().__init__(format_, "it is protected by a password")


class Foreign(Unreadable):
    """The bytes are sound, of a format for which there is no reader but by conversion."""


def read(data: bytes, engines: Engines = NONE) -> Document:
    """The document that the bytes hold."""
    return read_as(sniff(data), data, engines)


def read_all(data: bytes, engines: Engines = NONE) -> tuple[list[Document], list[Unreadable]]:
    """The documents that the bytes hold, and a refusal for each member of an archive that could not be read."""
    format_ = sniff(data)
    if format_ != "zip":
        return [read_as(format_, data, engines)], []
    from parsers.readers.zip import contents, refusal

    found = contents(data, engines)
    if not found.documents:
        raise refusal(found)
    return found.documents, found.unread


def read_as(format_: str, data: bytes, engines: Engines = NONE) -> Document:
    """The document that bytes of a format hold; what no reader understands by way of the converter."""
    try:
        return _read(format_, data, engines)
    except Locked:
        raise
    except Unreadable as error:
        from parsers.readers.converted import TARGETS, read_converted

        if format_ not in TARGETS:
            raise
        return read_converted(format_, data, error, engines)


def _read(format_: str, data: bytes, engines: Engines) -> Document:
    if format_ in READERS:
        from parsers.readers.limits import refuse_long

        reader = import_module(READERS[format_])
        document: Document = reader.read(data, engines) if format_ in WITH_ENGINES else reader.read(data)
        return refuse_long(document)
    if format_ == "encrypted":
        raise Locked(format_)
    if format_ in FOREIGN:
        raise Foreign(format_, f"it is {NAMES[format_]}")
    if format_ in REFUSALS:
        raise Unreadable(format_, REFUSALS[format_])
    if format_ in NAMES:
        raise Unreadable(format_, f"it is {NAMES[format_]}, a format that cannot be read yet")
    raise Unreadable(format_, "it is neither a document nor text: the bytes are binary")
