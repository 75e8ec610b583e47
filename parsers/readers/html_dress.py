"""What word processors and editors dress the text of a cell in: taken off before a page is parsed.

A number pasted from Word stands in a paragraph, a run and an empty element, each of them styled, and a report has
three hundred cells: nine tenths of such a page. Only cells that hold one text and nothing else are undressed, and
only of what hides, raises, strikes or names nothing.
"""

from __future__ import annotations

import re

_WRAP = rb"(?:p|span|font|o:p|b|strong|u)"
_CELL = re.compile(
    rb"(<t[dh]\b[^<>]*+(?<!/)>(?:\s*+<%(wrap)s\b[^<>]*+>)*+)([^<>]*+)(?:\s*+</?%(wrap)s>)*+\s*+(?=</t[dh]>)"
    % {b"wrap": _WRAP}
)
"""The tags before the text of a cell, and the text; what those behind it do not close ends with the cell."""

_VALUE = rb"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_LOOK = re.compile(
    rb"""\s+(?:(?:style|lang|align|valign|width|height|bgcolor|face|size|color)=%s"""
    rb"""|class=["']?(?:Mso|xl|et)\w*["']?|nowrap)(?=[\s>])""" % _VALUE
)
_ONLY_LOOKS = re.compile(
    rb"""<t[dh](?:%(look)s|\s+(?:col|row)span=["']?\d+["']?(?=[\s>]))*\s*>(?:\s*<%(wrap)s(?:%(look)s)*\s*>)*"""
    % {b"look": _LOOK.pattern, b"wrap": _WRAP}
)
_TELLS = re.compile(rb"display|line-through|align\W*su")
"""What the style of something hidden, struck or raised holds, in small letters."""


def undressed(markup: bytes) -> bytes:
    """The markup of a page with the texts of its cells bare."""
    pieces = _CELL.split(markup)
    bare = {tags: _bare(tags) for tags in set(pieces[1::3])}
    pieces[1::3] = map(bare.__getitem__, pieces[1::3])
    return b"".join(pieces)


def _bare(tags: bytes) -> bytes:
    """The tag of a cell without its looks and without those behind it, unless they tell of more."""
    if not _ONLY_LOOKS.fullmatch(tags) or _TELLS.search(tags.lower()):
        return tags
    return _LOOK.sub(b"", tags[: tags.index(b">") + 1])


def cell_tags(markup: bytes) -> int:
    """How many tags in a page begin a cell."""
    markup = markup.lower()
    return markup.count(b"<td") + markup.count(b"<th") - markup.count(b"<thead")
