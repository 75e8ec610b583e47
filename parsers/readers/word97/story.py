"""Stories of a document (text, notes, boxes) → flows of paragraphs and tables."""

from __future__ import annotations

import re
import struct
from bisect import bisect_left
from itertools import pairwise

from parsers.readers.word97.fib import ANCHORS, BOX_TEXT, Fib, table
from parsers.readers.word97.formats import Formats, Look, Paragraph, look
from parsers.readers.word97.pieces import Pieces, whole
from parsers.readers.word97.rows import row_of
from parsers.readers.word_flow import Gathering
from parsers.readers.word_tables import MOST_DEPTH, Flow
from parsers.values import UNSEEN

_MARK = re.compile("[\r\x07\x0c]")
_ANCHOR = "\x08"
_DRAWN = "\x01"
_PRINTED = {
    **dict.fromkeys((0, 1, 3, 4, 5, 6, 7, 8, 0x0C, 0x0D, 0x1F)),
    0x09: " ", 0x0B: "\n", 0x0E: "\n", 0x1E: "-", 0xA0: " ",
}  # fmt: skip
"""Control characters as they print; marks, pictures and anchors do not."""

_FIELD = re.compile("[\x13-\x15]")


class Stories:
    """Reads ranges of character positions as flows."""

    def __init__(self, fib: Fib) -> None:
        self._pieces = Pieces(fib)
        self._formats = Formats(fib)
        self._stories = fib.stories()
        self._gone: set[int] = set()
        self._marks: dict[int, str] = {}
        self._text = self._without_gone()
        self._marked = sorted(self._marks)
        self._boxes = self._anchored(fib)

    def flow(self, name: str) -> Flow:
        """The flow of a story by its name."""
        first, last = self._stories[name]
        return self._flow(first, min(last, len(self._text)))

    def lost_boxes(self) -> Flow:
        """Text boxes that no anchor in the text asked for."""
        return [piece for first, last in self._boxes.pop(0, []) for piece in self._flow(first, last)]

    def _flow(self, first: int, last: int) -> Flow:
        gathering = Gathering()
        begin = first
        for match in _MARK.finditer(self._text, first, last):
            at = match.start()
            piece = self._pieces.at(at)
            paragraph = self._formats.paragraph(self._pieces.place(at), piece.changes)
            text = self._printed(begin, at, paragraph.depth)
            _take(gathering, text, match.group(), paragraph, at in self._gone)
            for box in self._boxes_in(begin, at):
                gathering.beside(box)
            begin = at + 1
        if rest := self._printed(begin, last, 0):
            gathering.paragraph(rest, 0)
        return gathering.end()

    def _printed(self, first: int, last: int, depth: int) -> str:
        text = self._text[first:last]
        marked = self._marked[bisect_left(self._marked, first) : bisect_left(self._marked, last)]
        for at in reversed(marked):
            text = text[: at - first] + self._marks[at] + text[at - first :]
        if "\x13" in text or "\x15" in text:
            text = _without_codes(text)
        return whole(
            text.replace("\x02", "[注]" if depth else "")
            .replace(_DRAWN, UNSEEN if depth else "")
            .translate(_PRINTED)
        )

    def _without_gone(self) -> str:
        """The text with deleted and hidden characters, but not the marks of cells, made to nothing."""
        looks = self._looks()
        if not looks:
            return self._pieces.text
        characters = list(self._pieces.text)
        gone: set[int] = set()
        for first, last, how in looks:
            if how.gone is not None:
                (gone.update if how.gone else gone.difference_update)(range(first, last))
            if how.symbol:
                characters[first:last] = [chr(how.symbol)] * (last - first)
            elif how.mark and "".join(characters[first:last]).strip("\x00-\x1f "):
                self._marks[first] = how.mark
        for at in gone:
            if characters[at] == "\x07":
                self._gone.add(at)
            else:
                characters[at] = "\x00"
                self._marks.pop(at, None)
        return "".join(characters)

    def _looks(self) -> list[tuple[int, int, Look]]:
        """From which to which character the text is not plain."""
        found = []
        looks = list(self._formats.looks())
        for piece in self._pieces.all:
            if how := look(piece.changes):
                found.append((piece.first, piece.last, how))
            end = piece.place + (piece.last - piece.first) * piece.width
            for start, stop, how in looks:
                if start < end and stop > piece.place:
                    first = piece.first + max(start - piece.place, 0) // piece.width
                    last = piece.first + -(-(min(stop, end) - piece.place) // piece.width)
                    found.append((first, last, how))
        return found

    def _anchored(self, fib: Fib) -> dict[int, list[tuple[int, int]]]:
        """Text boxes by the position of their anchor, with their own range; 0 where none is known."""
        positions, shapes = table(fib.place(ANCHORS), 26)
        anchors = {
            struct.unpack_from("<i", shape)[0]: at for at, shape in zip(positions, shapes, strict=False)
        }
        ends, boxes = table(fib.place(BOX_TEXT), 22)
        first, last = self._stories["boxes"]
        found: dict[int, list[tuple[int, int]]] = {}
        for (begin, end), box in zip(pairwise(ends), boxes, strict=False):
            if first + end <= last and begin < end:
                anchor = anchors.get(struct.unpack_from("<i", box, 14)[0], 0)
                found.setdefault(anchor, []).append((first + begin, first + end))
        return found

    def _boxes_in(self, first: int, last: int) -> list[Flow]:
        if not self._boxes or _ANCHOR not in self._text[first:last]:
            return []
        anchors = [at for at in self._boxes if first <= at <= last and self._text[at] == _ANCHOR]
        return [self._flow(*span) for at in sorted(anchors) for span in self._boxes.pop(at)]


def _take(gathering: Gathering, text: str, mark: str, paragraph: Paragraph, gone: bool) -> None:
    """Put a paragraph where its mark and its properties say; `gone` says that the mark is deleted or hidden."""
    depth = min(paragraph.depth or int(mark == "\x07"), MOST_DEPTH)
    if depth and paragraph.ends_row:
        gathering.row(row_of(paragraph.properties), depth, gone)
    elif depth and (mark == "\x07" if depth == 1 else paragraph.ends_inner_cell):
        gathering.cell(text, depth, gone)
    else:
        gathering.paragraph(text, depth)


def _without_codes(text: str) -> str:
    """The text less the codes of its fields: what stands between the signs 13 and 14, or 13 and 15."""
    out: list[str] = []
    codes: list[bool] = []
    at = 0
    for match in _FIELD.finditer(text):
        if True not in codes:
            out.append(text[at : match.start()])
        at = match.end()
        if match.group() == "\x13":
            codes.append(True)
        elif match.group() == "\x14" and codes:
            codes[-1] = False
        elif codes:
            codes.pop()
    if True not in codes:
        out.append(text[at:])
    return "".join(out)
