"""A quick look at bytes: may a page have files? Crawling asks it of every page, and reads only those that may."""

from __future__ import annotations

import re

from ahocorasick_rs import BytesAhoCorasick, MatchKind

from parsers.pictures import lacks_a_table_in

_FILE = re.compile(rb"\.(?:pdf|docx?|wps|et|xlsx?|ofd|ceb|rtf|zip|rar|7z)[\"'\s&?#)<>\x80-\xff]")
_PICTURE = re.compile(rb"<img[^>]{1,1200}\.(?:jpe?g|png|gif|bmp|tiff?)\b")
_BETRAYERS = {
    **dict.fromkeys((b".pdf", b".doc", b".wps", b".et", b".xls", b".ofd"), _FILE),
    **dict.fromkeys((b".ceb", b".rtf", b".zip", b".rar", b".7z"), _FILE),
    **dict.fromkeys((b"download", b"downfile", b"/attach", b"fileurl", b"viewer.html"), re.compile(b"")),
    b"http-equiv": re.compile(rb"http-equiv\s*=\s*[\"']?\s*refresh"),
    b"location": re.compile(rb"location(?:\.href)?\s*="),
    b"<img": _PICTURE,
}
"""Words, in lower case, by which links to files, pages that lead on, and pictures begin; each with what must stand
there, nothing more for some."""
_WORDS = BytesAhoCorasick(list(_BETRAYERS), matchkind=MatchKind.LeftmostFirst)
_PATTERNS = list(_BETRAYERS.values())
_BEYOND_ASCII = bytes(range(128, 256))
_ENOUGH_BYTES = 4500
"""Text beyond ASCII, about 1,500 characters: a page with that many shows its report as text, but for its tables."""


def may_hold_files(body: bytes) -> bool:
    """Whether a page may link a file, frame one, lead on by itself, or show its text or a table as pictures."""
    source = body.lower()
    found = ((_PATTERNS[word], start) for word, start, _ in _WORDS.find_matches_as_indexes(source))
    kinds = {pattern for pattern, start in found if pattern.match(source, start)}
    if kinds - {_PICTURE}:
        return True
    if not kinds:
        return False
    beyond_ascii = len(body) - len(body.translate(None, _BEYOND_ASCII))
    return beyond_ascii < _ENOUGH_BYTES or lacks_a_table_in(body)
