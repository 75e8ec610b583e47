"""A quick look at bytes: may a page have files? Crawling asks it of every page, and reads only those that may.

The look is taken at the page's ASCII in lower case: pages are mostly Chinese, addresses are not.
"""

from __future__ import annotations

import re

from parsers.pictures import lacks_a_table_in

_FILE = re.compile(rb"\.(?:pdf|docx?|wps|et|xlsx?|ofd|ceb|rtf|zip|rar|7z)[\"'\s&?#)<>]")
_BETRAYERS = (
    (b"down", re.compile(rb"down(?:file|load)")),
    (b"/attach", re.compile(rb"/attach")),
    (b"fileurl", re.compile(rb"fileurl")),
    (b"viewer.html", re.compile(rb"viewer\.html")),
    (b"http-equiv", re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh")),
    (b"location", re.compile(rb"location(?:\.href)?\s*=")),
)
"""Words of files and of pages that lead on, each with its pattern: to look for the word alone is much quicker."""
_PICTURE = re.compile(rb"<img[^>]{1,400}\.(?:jpe?g|png|gif|bmp|tiff?)\b")
_LOWER = bytes(range(256)).lower()
_BEYOND_ASCII = bytes(range(128, 256))
_ENOUGH_BYTES = 4500
"""Text beyond ASCII, about 1,500 characters: a page with that many shows its report as text, but for its tables."""


def may_hold_files(body: bytes) -> bool:
    """Whether a page may link a file, frame one, lead on by itself, or show its text or a table as pictures."""
    source = body.translate(_LOWER, _BEYOND_ASCII)
    if _FILE.search(source) or any(word in source and pattern.search(source) for word, pattern in _BETRAYERS):
        return True
    if not _PICTURE.search(source):
        return False
    return len(body) - len(source) < _ENOUGH_BYTES or lacks_a_table_in(body)
