"""The elements of WordprocessingML in its three namespaces, sorted by what a reader does with them."""

from __future__ import annotations

from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element

NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
    "http://schemas.microsoft.com/office/word/2003/wordml",
)
"""As Word writes it, its strict form, and Word 2003 XML."""

_OFF = ("0", "false", "off", "none")


def tags(*locals_: str) -> frozenset[str]:
    """The names in every namespace."""
    return frozenset(f"{{{space}}}{name}" for space in NAMESPACES for name in locals_)


BODY = tags("body")
PARAGRAPH, TABLE, ROW, CELL, RUN, TEXT = (tags(name) for name in ("p", "tbl", "tr", "tc", "r", "t"))
PARAGRAPH_MARKS, RUN_MARKS, ROW_MARKS, CELL_MARKS = (tags(name) for name in ("pPr", "rPr", "trPr", "tcPr"))
GRID, GRID_COLUMN = tags("tblGrid"), tags("gridCol")
SPAN, BEFORE, HIDDEN = tags("gridSpan"), tags("gridBefore"), tags("hidden")
VERTICAL, HORIZONTAL = tags("vMerge", "vmerge"), tags("hMerge", "hmerge")
DELETED = tags("del", "moveFrom", "cellDel")
VANISH, RAISED, STRUCK = (
    tags("vanish", "webHidden", "specVanish"),
    tags("vertAlign"),
    tags("strike", "dstrike"),
)
STYLE, STYLE_BASE, STYLE_NAMES = tags("style"), tags("basedOn"), tags("pStyle", "rStyle")
SYMBOL, FIELD = tags("sym"), tags("fldChar")
NOTE_REFERENCES = {tag: kind for kind in ("footnote", "endnote") for tag in tags(f"{kind}Reference")}
BOX = tags("txbxContent")
CODE = tags("instrText")
DRAWN = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}inline",
        "{http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing}inline",
        "{urn:schemas-microsoft-com:vml}imagedata",
        "{urn:schemas-microsoft-com:office:office}OLEObject",
    }
)
"""What is drawn in the line: pictures, charts, equations of old programs. What floats over the text is none of it."""

SPACES = {
    **dict.fromkeys(tags("tab", "ptab"), " "),
    **dict.fromkeys(tags("br", "cr"), "\n"),
    **dict.fromkeys(tags("noBreakHyphen"), "-"),
}
SKIPPED = tags(
    "sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr", "tblPr", "tblPrEx", "sectPr", "delText", "instrText",
    "delInstrText", "rt", "proofErr", "bookmarkStart", "bookmarkEnd", "commentRangeStart", "commentRangeEnd",
    "fldData", "ffData", "binData", "softHyphen", "lastRenderedPageBreak", "annotationRef", "listPr",
) | DELETED  # fmt: skip
"""What holds no text that is printed."""

PROPERTIES = tags("pPr", "rPr", "trPr", "tcPr", "tblGrid")


def value_of(element: Element, name: str = "val") -> str | None:
    """An attribute of an element by its local name."""
    for key, value in element.attrib.items():
        if str(key).rpartition("}")[2] == name:
            return str(value)
    return None


def is_on(element: Element) -> bool:
    """Whether a property that is there is switched on."""
    return (value_of(element) or "1").lower() not in _OFF


def number(element: Element, name: str = "val", default: int = 0) -> int:
    """A number in an attribute, as far as it is one."""
    try:
        return int(float(value_of(element, name) or default))
    except (ValueError, OverflowError):
        return default
