"""Pages saved with all they need in one file (MHTML): their HTML part is read."""

from __future__ import annotations

import codecs
from email import message_from_bytes
from email.message import Message

from parsers.document import Document
from parsers.readers import Unreadable, html


def read(data: bytes) -> Document:
    """The document in the bytes of a saved page."""
    parts = [
        part for part in message_from_bytes(data.lstrip()).walk() if part.get_content_type() == "text/html"
    ]
    pages = [page for page in map(_page, parts) if page.strip()]
    if not pages:
        raise Unreadable("mhtml", "there is no page in it, or it is cut off")
    document = html.read(max(pages, key=len))
    document.format = "mhtml"
    return document


def _page(part: Message) -> bytes:
    """The bytes of a page, in UTF-8 where the part itself names its encoding."""
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    charset = part.get_content_charset() or ""
    charset = {"gb2312": "gb18030", "gbk": "gb18030", "unicode": "utf-16"}.get(charset, charset)
    try:
        return codecs.BOM_UTF8 + data.decode(charset).lstrip("\ufeff").encode() if charset else data
    except (LookupError, UnicodeDecodeError):
        return data
