"""Markdown that holds HTML, as converters write tables with spans: told from a page, and turned into one."""

from __future__ import annotations

import re

_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|p|span|br)\b", re.IGNORECASE)
_MARKS = re.compile(rb"^(?:#{1,6} |\|.*\|[ \t]*\r?$|\*\*\S)", re.MULTILINE)
_BEGIN = re.compile(rb"<table\b", re.IGNORECASE)
_TABLE = re.compile(r"(<table\b.*?</table\s*>)", re.DOTALL | re.IGNORECASE)
_END = re.compile(r"</table\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?:div|section|center|figure|u|sup|sub|font|b|i|a|img|h[1-6])\b[^<>]*>", re.IGNORECASE)
_FEWEST = 2


def is_markdown(head: bytes) -> bool:
    """Whether bytes that hold tags of HTML are Markdown: its marks begin lines, and none of the tags is a page's."""
    page = _PAGE.search(head)
    if page and not _BEGIN.search(head, 0, page.start()):
        return False
    outside = re.sub(rb"<table\b.*?(?:</table\s*>|\Z)", b"", head, flags=re.DOTALL | re.IGNORECASE)
    return not _PAGE.search(outside) and len(_MARKS.findall(outside)) >= _FEWEST


def without_tags(line: str) -> str:
    """A line of Markdown without the tags that stand in it."""
    return _TAG.sub("", line)


def as_page(text: str) -> str | None:
    """The page that Markdown with HTML tables stands for, its lines as paragraphs; `None` where no table is HTML."""
    last = max((match.end() for match in _END.finditer(text)), default=0)
    parts = _TABLE.split(
        text[:last]
    )  # no table begins behind the last end of one: looking for its end is slow
    if len(parts) == 1:
        return None
    parts[-1] += text[last:]
    return "\n".join(part if n % 2 else _paragraphs(part) for n, part in enumerate(parts))


def _paragraphs(text: str) -> str:
    from html import escape  # it brings the names of all entities, which a text without tables needs not

    lines = (without_tags(line).strip(" \t#*") for line in text.splitlines())
    return "\n".join(f"<p>{escape(line)}</p>" for line in lines if line)
