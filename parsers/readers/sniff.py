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
    "excelml": "a spreadsheet saved as XML",
    "compound": "a document in a container of an old office program that is neither Word nor Excel",
    "odt": "an OpenDocument text (ODT)",
    "ods": "an OpenDocument spreadsheet (ODS)",
    "xlsb": "a binary spreadsheet (XLSB)",
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

FOREIGN = frozenset({"compound", "odt", "ods", "xlsb"})
"""Those that have no reader here and can be converted."""

_MAGIC = (
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
_PDF = re.compile(rb"%PDF-\d")
"""Stands within the first 1,024 bytes of a file; mail gateways and portals put lines of their own before it."""

_XML = (
    (re.compile(rb"<w:wordDocument\b|progid=.Word\.Document|<pkg:package\b"), "wordml"),
    (
        re.compile(
            rb"progid=.Excel\.Sheet|<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"
        ),
        "excelml",
    ),
)
_XML_SIGNS = (b"<w:wordDocument", b"progid=", b"<pkg:package", b"Workbook")
_MARKUP = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|table|div|p|span|tr|td|br|h[1-6])\b", re.IGNORECASE
)
_MHTML = re.compile(
    rb"\s*(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?Content-Type:\s*multipart/related", re.IGNORECASE
)
_JSON = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:[\w.$]{1,60}\s*\(\s*)?(?:\{\s*(?:\"|\})|\[\s*[\[{\"\]])")
"""How a JSON text begins, be it the argument of a call; what only begins like one its reader leaves to the others."""

_CONTROL = bytes({*range(0x20)} - set(b"\t\n\v\f\r\x1b"))
_SAMPLE = 1 << 16


def sniff(data: bytes) -> str:
    """The format of the bytes: a key of `NAMES`, `html`, `json`, `text`, `encrypted`, `damaged`, or `binary`."""
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
    if _is_pdf(head):
        return "pdf"
    return _textual(head)


def _is_pdf(head: bytes) -> bool:
    """Whether a PDF begins here, or after lines that are no page which only speaks of one."""
    found = _PDF.search(head, 0, 1024)
    return found is not None and (found.start() == 0 or not _MARKUP.search(head, 0, found.start()))


def _textual(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "html" if _MARKUP.search(head.replace(b"\x00", b"")) else "text"
    if (len(head) - len(head.translate(None, _CONTROL))) * 200 > len(head):
        return "binary"
    if _MHTML.match(head[:8192]):
        return "mhtml"
    begin = head[:4096]
    for pattern, name in _XML if any(sign in begin for sign in _XML_SIGNS) else ():
        if pattern.search(begin):
            return name
    if _JSON.match(head):
        return "json"
    return "html" if _is_page(head) else "text"


def _is_page(head: bytes) -> bool:
    if not _MARKUP.search(head):
        return False
    from parsers.readers.markdown import is_markdown

    return not is_markdown(head)
