"""The text inside a paragraph of WordprocessingML: runs, fields, notes, text boxes."""

from __future__ import annotations

import re
from collections.abc import Callable

from parsers.readers.word_xml import (
    BOX,
    CODE,
    DELETED,
    DRAWN,
    FIELD,
    NOTE_REFERENCES,
    PARAGRAPH_MARKS,
    RAISED,
    RUN,
    RUN_MARKS,
    SKIPPED,
    SPACES,
    STRUCK,
    STYLE,
    STYLE_BASE,
    STYLE_NAMES,
    SYMBOL,
    TEXT,
    VANISH,
    Element,
    is_on,
    value_of,
)
from parsers.values import UNSEEN

_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_DELETION = "{http://schemas.microsoft.com/aml/2001/core}annotation"
_PRINTS = re.compile(r"\s*(?:eq|symbol|formdropdown|=)", re.IGNORECASE)
"""Fields that print something although no result is kept with them: drawn fractions, symbols, sums."""

_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def one_text(paragraph: Element) -> str | None:
    """The text of a paragraph that is one run of nothing but text, as nearly all in tables are."""
    if len(paragraph) != 1 or len(run := paragraph[0]) != 1 or run.tag not in RUN:
        return None
    text = run[0]
    return text.text or "" if text.tag in TEXT else None


class Paragraph:
    """Gathers the text of one paragraph.

    `parts` join to its text, in which a soft break is a newline; `boxes` are the contents of the text boxes anchored
    in it, `notes` its references to notes as (kind, id). A raised part is marked by ^ and a struck one by ~, because
    5 with a raised 1 is not 51. What is drawn in a cell is a character that nobody can read.
    """

    def __init__(self, in_cell: bool, hidden: frozenset[str] = frozenset()) -> None:
        self.parts: list[str] = []
        self.boxes: list[Element] = []
        self.notes: list[tuple[str, str]] = []
        self.deleted_mark = False
        self._in_cell = in_cell
        self._styles = hidden
        self._hidden = False
        self._codes: list[bool] = []
        self._code = ""

    def walk(self, element: Element) -> None:
        """Take in what stands in a paragraph or in a wrapper of runs."""
        for child in element:
            tag = child.tag
            if tag in RUN:
                self._run(child)
            elif tag in PARAGRAPH_MARKS:
                self.deleted_mark = _mark_is_deleted(child)
                self._hidden = bool(self._styles) and _has_style(child, self._styles)
            elif tag == _ALTERNATIVE:
                self._alternative(child, self.walk)
            elif tag == _MATH_TEXT:
                self.parts.append(child.text or "")
            elif isinstance(tag, str) and tag not in SKIPPED and not is_deletion(child):
                self.walk(child)

    def _run(self, run: Element) -> None:
        if self._styles and self._is_hidden(run):
            return
        for child in run:
            tag = child.tag
            if tag in TEXT:
                if child.text and True not in self._codes:
                    self.parts.append(child.text)
            elif tag in RUN_MARKS:
                mark = _mark(child) if len(child) else ""
                if mark is None:
                    return
                if mark and any(part.tag in TEXT and (part.text or "").strip() for part in run):
                    self.parts.append(mark)
            else:
                self._special(child)

    def _is_hidden(self, run: Element) -> bool:
        """Whether a style hides a run that does not say otherwise itself."""
        marks = next((child for child in run if child.tag in RUN_MARKS), None)
        if marks is None:
            return self._hidden
        said = [is_on(entry) for entry in marks if entry.tag in VANISH]
        return said[-1] if said else self._hidden or _has_style(marks, self._styles)

    def _special(self, child: Element) -> None:
        tag = child.tag
        if tag in SPACES:
            self.parts.append(SPACES[str(tag)])
        elif tag in FIELD:
            self._field(value_of(child, "fldCharType"))
        elif tag in SYMBOL:
            self.parts.append(_symbol(child))
        elif tag in NOTE_REFERENCES:
            self.notes.append((NOTE_REFERENCES[str(tag)], value_of(child, "id") or ""))
            if self._in_cell:
                self.parts.append("[注]")
        elif tag in BOX:
            self.boxes.append(child)
        else:
            self._beyond(child)

    def _beyond(self, child: Element) -> None:
        """What draws something, says how to, or may hold runs."""
        tag = child.tag
        if tag == _ALTERNATIVE:
            self._alternative(child, self._deeper)
        elif tag in CODE:
            self._code += child.text or ""
        elif tag in DRAWN and self._in_cell:
            self._drawn(child)
        elif isinstance(tag, str) and tag not in SKIPPED:
            self._deeper(child)

    def _deeper(self, element: Element) -> None:
        """Into pictures and their like for text boxes, and into runs that stand in them (ruby)."""
        for child in element:
            if child.tag in RUN:
                self._run(child)
            else:
                self._special(child)

    def _drawn(self, element: Element) -> None:
        """A picture in the line, unless it is the frame of a text box."""
        before = len(self.parts), len(self.boxes)
        self._deeper(element)
        shape = element.getparent()
        floats = shape is not None and "position:absolute" in (shape.get("style") or "")
        if (len(self.parts), len(self.boxes)) == before and not floats:
            self.parts.append(UNSEEN)

    def _alternative(self, element: Element, into: Callable[[Element], None]) -> None:
        """The first choice that holds anything: the others repeat it for older programs."""
        for choice in element:
            before = len(self.parts), len(self.boxes)
            into(choice)
            if (len(self.parts), len(self.boxes)) != before:
                return

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._codes.append(True)
            self._code = ""
        elif kind == "separate" and self._codes:
            self._codes[-1] = False
        elif (
            kind == "end"
            and self._codes
            and self._codes.pop()
            and self._in_cell
            and _PRINTS.match(self._code)
        ):
            self.parts.append(UNSEEN)


def is_deletion(element: Element) -> bool:
    """Whether it is a deletion as Word 2003 marks one."""
    return element.tag == _DELETION and "Deletion" in (value_of(element, "type") or "")


def _mark(properties: Element) -> str | None:
    """What is put before a run: ^ or ~ or nothing; `None` if the run is hidden."""
    mark = ""
    for entry in properties:
        tag = entry.tag
        if tag in VANISH and is_on(entry):
            return None
        if tag in RAISED and (value_of(entry) or "").endswith("script"):
            mark = "^"
        elif tag in STRUCK and is_on(entry):
            mark = "~"
    return mark


def _mark_is_deleted(properties: Element) -> bool:
    return any(mark.tag in DELETED for entry in properties if entry.tag in RUN_MARKS for mark in entry)


def _has_style(properties: Element, styles: frozenset[str]) -> bool:
    return any(entry.tag in STYLE_NAMES and value_of(entry) in styles for entry in properties)


def hidden_styles(root: Element) -> frozenset[str]:
    """The ids of the styles that hide text, by themselves or by the style they rest on."""
    said: dict[str, bool] = {}
    bases: dict[str, str] = {}
    for style in (entry for entry in root if entry.tag in STYLE):
        name = value_of(style, "styleId") or ""
        for entry in style:
            if entry.tag in STYLE_BASE:
                bases[name] = value_of(entry) or ""
            for mark in entry if entry.tag in RUN_MARKS else ():
                if mark.tag in VANISH:
                    said[name] = is_on(mark)
    return frozenset(name for name in {*said, *bases} if _hides(name, said, bases))


def _hides(name: str, said: dict[str, bool], bases: dict[str, str]) -> bool:
    for _ in range(len(bases) + 1):
        if name in said:
            return said[name]
        name = bases.get(name, "")
    return False


def _symbol(element: Element) -> str:
    """A character of a symbol font; it stays in the private area, where it is nobody's digit."""
    try:
        return chr(int(value_of(element, "char") or "", 16))
    except (ValueError, OverflowError):
        return "\ufffd"
