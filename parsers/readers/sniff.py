"""What a file is, told from its bytes and never from its name."""

from __future__ import annotations

import re

NAMES = {
    "pdf": "a PDF file",
    "docx": "a Word document (DOCX)",
    "doc": "an old Word document (DOC)",
    "wps": "a WPS document",
    "xlsx": "a spreadsheet (XLSX)",
    "xls": "an old spreadsheet (XLS)",
    "wordml": "a Word document saved as XML",
    "ofd": "an OFD file",
    "rtf": "an RTF document",
    "mhtml": "a page saved as MHTML",
    "image": "a picture",
    "zip": "an archive (ZIP)",
    "rar": "an archive (RAR)",
    "7z": "an archive (7z)",
    "gzip": "a compressed file (gzip)",
}
"""Formats that are recognised, as a sentence names them."""

_MAGIC = (
    (b"%PDF-", "pdf"),
    (b"{\\rtf", "rtf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_WORDML = re.compile(rb"<w:wordDocument\b|progid=.Word\.Document|<pkg:package\b")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|tr|td|br|h[1-6])\b", re.IGNORECASE
)
_MHTML = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_SAMPLE = 1 << 16


def sniff(data: bytes) -> str:
    """The format of the bytes: a key of `NAMES`, `html`, `text`, `encrypted`, `damaged`, or `binary`."""
    head = data[:_SAMPLE]
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from parsers.readers.containers import in_zip

        return in_zip(data)
    if head.startswith(_OLE):
        from parsers.readers.containers import in_compound

        return in_compound(data)
    for magic, name in _MAGIC:
        if head[:1024].lstrip().startswith(magic) and (magic != b"BM" or b"\x00" in head[:32]):
            return name
    return _textual(head)


def _textual(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _MARKUP.search(head.replace(b"\x00", b"")) else "text"
    if len(_CONTROL.findall(head)) * 200 > len(head):
        return "binary"
    if _MHTML.match(head[:8192]):
        return "mhtml"
    if _WORDML.search(head[:4096]):
        return "wordml"
    return "html" if _MARKUP.search(head) else "text"
