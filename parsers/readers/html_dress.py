"""What word processors and editors dress the text of a cell in: taken off before a page is parsed.

A number pasted from Word stands in a paragraph, a run and an empty element, each of them styled, and a report has
three hundred cells: nine tenths of such a page. Only cells that hold one text and nothing else are undressed, and
only of what hides, raises, strikes or names nothing.
"""

from __future__ import annotations

import re

_END = b"</td>"
_WRAP = rb"(?:p|span|font|o:p|b|strong|u)"
_CELL = re.compile(
    rb"(<td\b[^<>]*+(?<!/)>(?:\s*+<%(wrap)s\b[^<>]*+>)*+)([^<>]*+)(?:\s*+</?%(wrap)s>)*+\s*+"
    % {b"wrap": _WRAP}
)
"""The tags before the text of a cell, and the text; what those behind it do not close ends with the cell."""

_VALUE = rb"""(?:"[^"]*"|'[^']*'|[^\s"'>]+)"""
_LOOK = re.compile(
    rb"""\s+(?:(?:style|lang|align|valign|width|height|bgcolor|bordercolor|nowrap|face|size|color)=%s"""
    rb"""|class=["']?(?:(?:Mso|xl|et)\w*|p\d+|western|cjk|ctl)["']?|nowrap)(?=[\s>])""" % _VALUE
)
_ONLY_LOOKS = re.compile(
    rb"""<td(?:%(look)s|\s+(?:col|row)span=["']?\d+["']?(?=[\s>]))*\s*>(?:\s*<%(wrap)s(?:%(look)s)*\s*>)*"""
    % {b"look": _LOOK.pattern, b"wrap": _WRAP}
)
_TELLS = re.compile(rb"display|visib|opac|size\W*0|line-through|align\W*su")
"""What the style of something hidden, struck or raised holds, in small letters."""


def undressed(markup: bytes) -> bytes:
    """The markup of a page with the texts of its cells bare. Most cells are like others to the letter."""
    *pieces, rest = markup.split(_END)
    bare, tags = dict[bytes, bytes](), dict[bytes, bytes]()
    for piece in set(pieces):
        begin = piece.rfind(b"<td")
        cell = _CELL.fullmatch(piece, begin) if begin >= 0 else None
        if cell and cell[1] not in tags:
            tags[cell[1]] = _bare(cell[1])
        bare[piece] = piece[:begin] + tags[cell[1]] + cell[2] if cell else piece
    return _END.join([*map(bare.__getitem__, pieces), rest])


def _bare(tags: bytes) -> bytes:
    """The tag of a cell without its looks and without those behind it, unless they tell of more."""
    if not _ONLY_LOOKS.fullmatch(tags) or _TELLS.search(tags.lower()):
        return tags
    return _LOOK.sub(b"", tags[: tags.index(b">") + 1])


def cell_tags(markup: bytes) -> int:
    """How many tags in a page begin such a cell."""
    return markup.lower().count(b"<td")
