"""One file per format: bytes → Document."""

from __future__ import annotations

from importlib import import_module

from parsers.document import Document
from parsers.readers.sniff import NAMES, sniff

READERS = {
    "text": "parsers.readers.plaintext",
    "html": "parsers.readers.html",
    "docx": "parsers.readers.docx",
    "doc": "parsers.readers.doc",
    "xlsx": "parsers.readers.xlsx",
    "xls": "parsers.readers.xls",
    "rtf": "parsers.readers.rtf",
    "mhtml": "parsers.readers.mhtml",
    "zip": "parsers.readers.zip",
    "wordml": "parsers.readers.wordml",
    "pdf": "parsers.readers.pdf",
    "ofd": "parsers.readers.ofd",
    "image": "parsers.readers.scans",
}
"""The module that reads a format, by its `read(data) -> Document`; imported only when such a file comes."""

REFUSALS = {
    "encrypted": "it is protected by a password",
    "damaged": "it is an office document that is cut off or damaged: its container cannot be read",
}
"""What is recognised and never read, with the sentence that says why."""


class Unreadable(Exception):  # noqa: N818 - it says what the bytes are
    """The bytes cannot be read; the message is one sentence for the user. Raised by `read` and by every reader."""

    def __init__(self, format_: str, sentence: str) -> None:
        super().__init__(sentence)
        self.format = format_
        self.sentence = sentence


def read(data: bytes) -> Document:
    """The document that the bytes hold."""
    return read_as(sniff(data), data)


def read_all(data: bytes) -> tuple[list[Document], list[str]]:
    """The documents that the bytes hold, and a sentence for each member of an archive that could not be read."""
    if sniff(data) != "zip":
        return [read(data)], []
    from parsers.readers.zip import contents
    from parsers.readers.zip import read as read_zip

    found = contents(data)
    if not found.documents:
        return [read_zip(data)], []
    return found.documents, [f"{name}: {sentence}" for name, sentence in found.unread]


def read_as(format_: str, data: bytes) -> Document:
    """The document that bytes of a format hold."""
    if format_ in READERS:
        document: Document = import_module(READERS[format_]).read(data)
        return document
    if format_ in REFUSALS:
        raise Unreadable(format_, REFUSALS[format_])
    if format_ in NAMES:
        raise Unreadable(format_, f"it is {NAMES[format_]}, a format that cannot be read yet")
    raise Unreadable(format_, "it is neither a document nor text: the bytes are binary")
