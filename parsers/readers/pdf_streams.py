"""Streams of a PDF that unpack to more than memory holds: PDFium unpacks them whole and then ends the process."""

from __future__ import annotations

import re
import zlib

from parsers.readers import Unreadable

MOST_BYTES = 64 << 20
"""Of one stream, unpacked; the drawing of a page has some hundred thousand. Pictures are not unpacked for text."""

_RATIO = 1032
"""How many times smaller DEFLATE makes its input at best."""

_STREAM = re.compile(rb"stream\r?\n")
_END = b"end"
_PACKED = re.compile(rb"/Fl(?:ateDecode)?\b")
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_DICTIONARY = 2048
"""Bytes before a stream in which its dictionary is looked for."""


def refuse_streams(data: bytes) -> None:
    """Refuse a file with such a stream; only those that could be one are unpacked, and no further than the limit."""
    for match in _STREAM.finditer(data):
        if data[max(0, match.start() - len(_END)) : match.start()] == _END:
            continue
        start = match.end()
        stop = data.find(b"endstream", start)
        head = data[max(0, start - _DICTIONARY) : start]
        head = head[head.rfind(b" obj") + 1 :]
        times = len(_PACKED.findall(head))
        packed = (len(data) if stop < 0 else stop) - start
        if times and packed * _RATIO**times > MOST_BYTES and not _PICTURE.search(head):
            _refuse(data[start : start + packed], times)


def _refuse(packed: bytes, times: int) -> None:
    for _ in range(times):
        try:
            packed = zlib.decompressobj().decompress(packed, MOST_BYTES + 1)
        except zlib.error:
            return
        if len(packed) > MOST_BYTES:
            raise Unreadable("pdf", f"a stream in it unpacks to more than {MOST_BYTES >> 20} MB")
