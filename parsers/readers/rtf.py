"""Rich Text Format: text, and tables by the edges that rows declare for their cells."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.rtf_text import (
    CODE_PAGES,
    KEPT,
    PRINTED,
    SKIPPED,
    SYMBOLS,
    TOKEN,
    State,
    code_page,
    decode,
)
from parsers.readers.word_flow import MERGED_ABOVE, MERGED_FIRST, Gathering, Row
from parsers.readers.word_tables import MOST_DEPTH, Flow, document

MOST_GROUPS = 2_000
"""Groups in groups."""

MOST_TOKENS = 6_000_000
"""Some ten seconds of reading."""

_MERGES = {"clmgf": (1, 0), "clmrg": (2, 0), "clvmgf": (0, MERGED_FIRST), "clvmrg": (0, MERGED_ABOVE)}
_GONE = {"v": "hidden", "deleted": "deleted"}
_MARKS = {"super": "^", "sub": "^", "strike": "~", "strikedl": "~"}
_STORIES = {"shptxt": "box", "dptxbxtext": "box", "footnote": "note"}
_ENDS = frozenset(("par", "page", "sect"))


def read(data: bytes) -> Document:
    """The document in the bytes of a file."""
    reader = _Reader()
    reader.read(data)
    return document("rtf", reader.end())


@dataclass(slots=True)
class _Story:
    """Text that is gathered by itself: the document, a text box, a note."""

    kind: str
    gathering: Gathering = field(default_factory=Gathering)
    parts: list[str] = field(default_factory=list)
    boxes: Flow = field(default_factory=list)
    depth: int = 0


class _Reader:
    def __init__(self) -> None:
        self._stack: list[State] = []
        self._state = State()
        self._stories = [_Story("text")]
        self._notes: Flow = []
        self._encoding = "cp1252"
        self._charsets: dict[int, int] = {}
        self._bytes = bytearray()
        self._bytes_in = ""
        self._to_skip = 0
        self._starred = False
        self._mark = ""
        self._rows = [Row(edges=[0]), Row(edges=[0])]
        self._merge = [0, 0]

    def read(self, data: bytes) -> None:
        """Take in a whole file."""
        at = count = 0
        while match := TOKEN.match(data, at):
            at = match.end()
            count += 1
            if count > MOST_TOKENS:
                raise Unreadable("rtf", f"it has more than {MOST_TOKENS // 1_000_000} million control words")
            if match.lastindex is None:
                continue
            if match[1]:
                number = int(match[2]) if match[2] else None
                if match[1] == b"bin":
                    at += max(number or 0, 0)
                else:
                    self._word(match[1].decode(), number)
            elif match[5]:
                self._brace(match[5] == b"{")
            else:
                self._other(match)
        if at < len(data) and data[at:].strip(b"\\\x00"):
            raise Unreadable("rtf", "the file is damaged: it holds what is no RTF")

    def end(self) -> Flow:
        """What was read; notes stand at the end."""
        self._flush()
        while len(self._stories) > 1:
            self._end_story()
        story = self._stories[0]
        if self._stack and any(part.strip() for part in story.parts):
            raise Unreadable("rtf", "the file is cut off: it ends within its text")
        if story.boxes or any(part.strip() for part in story.parts):
            self._paragraph()
        return story.gathering.end() + self._notes

    def _brace(self, opens: bool) -> None:
        self._flush()
        self._to_skip = 0
        self._starred = False
        if opens:
            if len(self._stack) >= MOST_GROUPS:
                raise Unreadable("rtf", f"its groups are nested more than {MOST_GROUPS} deep")
            self._stack.append(self._state)
            self._state = self._state.copy()
            return
        if self._state.story and len(self._stories) > 1:
            self._end_story()
        if self._stack:
            self._state = self._stack.pop()

    def _other(self, match: re.Match[bytes]) -> None:
        if match[3]:
            self._raw(bytes([int(match[3], 16)]))
        elif match[6]:
            self._raw(match[6])
        elif match[4] == b"*":
            self._starred = True
        elif match[4] in (b"\r", b"\n"):
            self._word("par", None)
        else:
            self._text(PRINTED.get(match[4].decode("latin-1"), ""))

    def _raw(self, data: bytes) -> None:
        """Bytes of text: they are decoded together, because a character may be of several."""
        if self._to_skip:
            passed = min(self._to_skip, len(data))
            self._to_skip -= passed
            data = data[passed:]
        if self._state.skip or not data:
            return
        charset = self._charsets.get(self._state.font, -1)
        if charset == SYMBOLS and data[0] >= 0x80:
            self._text("".join(chr(0xF000 + byte) for byte in data))
            return
        encoding = CODE_PAGES.get(charset, self._encoding)
        if encoding != self._bytes_in:
            self._flush()
            self._bytes_in = encoding
        self._bytes += data

    def _flush(self) -> None:
        if self._bytes:
            data, self._bytes = bytes(self._bytes), bytearray()
            self._put(decode(data, self._bytes_in))

    def _text(self, text: str) -> None:
        self._flush()
        if not self._state.skip and text:
            self._put(text)

    def _put(self, text: str) -> None:
        if self._state.gone or self._state.fonts:
            return
        parts = self._stories[-1].parts
        if self._state.mark != self._mark and text.strip():
            self._mark = self._state.mark
            parts.append(self._mark)
        parts.append(text)

    def _word(self, word: str, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if self._to_skip and word != "u":
            self._to_skip -= 1
            return
        self._flush()
        if self._state.skip:
            return
        if word in SKIPPED or (starred and word not in KEPT):
            self._state.skip = True
        elif self._state.fonts or word in ("fonttbl", "ansicpg", "f", "uc", "plain", "deff"):
            self._font(word, number)
        elif word == "u":
            self._unicode(number or 0)
        elif word in PRINTED:
            self._text(PRINTED[word])
        elif word in _ENDS:
            self._paragraph()
        else:
            self._look(word, number)

    def _unicode(self, number: int) -> None:
        code = number + 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00 or not 0 <= code <= 0x10FFFF:
            self._text(chr(code) if 0 <= code <= 0x10FFFF else "\ufffd")
        elif (
            0xDC00 <= code < 0xE000
            and (parts := self._stories[-1].parts)
            and "\ud800" <= parts[-1] <= "\udbff"
        ):
            parts[-1] = chr(0x10000 + (ord(parts[-1]) - 0xD800 << 10) + code - 0xDC00)
        else:
            self._text(chr(code))
        self._to_skip = self._state.wide

    def _font(self, word: str, number: int | None) -> None:
        if word == "fonttbl":
            self._state.fonts = True
        elif word == "ansicpg" and number:
            self._encoding = code_page(number)
        elif word in ("f", "deff"):
            self._state.font = number or 0
        elif word == "fcharset":
            self._charsets[self._state.font] = number or 0
        elif word == "uc":
            self._state.wide = max(number or 0, 0)
        elif word == "plain":
            self._state.gone, self._state.mark = frozenset(), ""

    def _look(self, word: str, number: int | None) -> None:
        state, on = self._state, number != 0
        if word in _GONE:
            state.gone = state.gone | {_GONE[word]} if on else state.gone - {_GONE[word]}
        elif word in _MARKS:
            state.mark = _MARKS[word] if on else ""
        elif word == "nosupersub":
            state.mark = state.mark.replace("^", "")
        elif word in _STORIES:
            self._begin_story(_STORIES[word])
        elif word == "nesttableprops":
            state.nested = True
        else:
            self._table(word, number)

    def _table(self, word: str, number: int | None) -> None:
        story, row = self._stories[-1], self._rows[self._state.nested]
        if word == "pard":
            story.depth = 0
        elif word == "intbl":
            story.depth = max(story.depth, 1)
        elif word == "itap":
            story.depth = min(max(number or 0, 0), MOST_DEPTH)
        elif word == "trowd":
            self._rows[self._state.nested], self._merge = Row(edges=[0]), [0, 0]
        elif word == "trleft" and len(row.edges) == 1:
            row.edges[0] = number or 0
        elif word in _MERGES:
            self._merge = [old or new for old, new in zip(self._merge, _MERGES[word], strict=True)]
        elif word == "cellx":
            row.edges.append(number or 0)
            row.beside.append(self._merge[0])
            row.down.append(self._merge[1])
            self._merge = [0, 0]
        elif word in ("cell", "nestcell"):
            story.gathering.cell(self._taken(), 1 if word == "cell" else max(story.depth, 2))
            self._put_boxes()
        elif word in ("row", "nestrow"):
            story.gathering.row(_copy(row), 1 if word == "row" else max(story.depth, 2))

    def _paragraph(self) -> None:
        story = self._stories[-1]
        story.gathering.paragraph(self._taken(), story.depth)
        self._put_boxes()

    def _put_boxes(self) -> None:
        """Text boxes follow the paragraph that they hang on."""
        story = self._stories[-1]
        boxes, story.boxes = story.boxes, []
        story.gathering.beside(boxes)

    def _taken(self) -> str:
        self._flush()
        story = self._stories[-1]
        text, story.parts, self._mark = "".join(story.parts), [], ""
        return text

    def _begin_story(self, kind: str) -> None:
        if kind == "note" and self._stories[-1].depth:
            self._stories[-1].parts.append("[注]")
        if len(self._stories) <= MOST_DEPTH:
            self._state.story = kind
            self._stories.append(_Story(kind))

    def _end_story(self) -> None:
        if self._stories[-1].boxes or any(part.strip() for part in self._stories[-1].parts):
            self._paragraph()
        story = self._stories.pop()
        if story.kind == "note":
            self._notes += story.gathering.end()
        else:
            self._stories[-1].boxes += story.gathering.end()


def _copy(row: Row) -> Row | None:
    """A row may be described once for several; each has its own."""
    return Row(list(row.edges), list(row.beside), list(row.down)) if row.beside else None
