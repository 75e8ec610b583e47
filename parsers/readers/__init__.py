"""One file per format: bytes → Document."""

from __future__ import annotations

from importlib import import_module

from parsers.document import Document
from parsers.readers.sniff import NAMES, sniff

READERS = {
    "text": "parsers.readers.plaintext",
    "html": "parsers.readers.html",
    "pdf": "parsers.readers.pdf",
    "ofd": "parsers.readers.ofd",
}
"""The module that reads a format, by its `read(data) -> Document`; imported only when such a file comes."""


class Unreadable(Exception):  # noqa: N818 - it says what the bytes are
    """The bytes cannot be read; the message is one sentence for the user. Raised by `read` and by every reader."""

    def __init__(self, format_: str, sentence: str) -> None:
        super().__init__(sentence)
        self.format = format_
        self.sentence = sentence


def read(data: bytes) -> Document:
    """The document that the bytes hold."""
    format_ = sniff(data)
    if format_ in READERS:
        document: Document = import_module(READERS[format_]).read(data)
        return document
    if format_ in NAMES:
        raise Unreadable(format_, f"it is {NAMES[format_]}, a format that cannot be read yet")
    raise Unreadable(format_, "it is neither a document nor text: the bytes are binary")
