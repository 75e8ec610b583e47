"""A quick look at bytes: may a page have files? Crawling asks it of every page, and reads only those that may."""

from __future__ import annotations

import re

_FILES = re.compile(
    rb"""\.(?:pdf|docx?|wps|et|xlsx?|ofd|ceb|rtf|zip|rar|7z)\b["'\s&?#)]
    |downfile|download|/attach|fileUrl|viewer\.html\?|http-equiv\s*=\s*["']?refresh|location\s*(?:\.href)?\s*=""",
    re.IGNORECASE | re.VERBOSE,
)
_PICTURES = re.compile(rb"""<img[^>]{1,400}\.(?:jpe?g|png|tiff?)\b""", re.IGNORECASE)
_TEXT = re.compile(rb"[\x80-\xff]{3}")
_ENOUGH_CHARACTERS = 1500


def may_hold_files(body: bytes) -> bool:
    """Whether a page may link a file, frame one, lead on by itself, or show its text as pictures."""
    if _FILES.search(body):
        return True
    return bool(_PICTURES.search(body)) and len(_TEXT.findall(body)) < _ENOUGH_CHARACTERS
