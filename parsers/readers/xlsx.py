"""Spreadsheets: XLSX and XLSM.

Sheets are read as they stream, so that one of a million rows is refused early. Hidden sheets are out; a formula counts
by the value saved with it, and where none was saved its text stands in the cell, which is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from io import BytesIO

from lxml import etree

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.package import Package
from parsers.readers.sheet_numbers import BUILT_IN, HIDDEN, MOST_DIGITS, text_of
from parsers.readers.sheets import MOST_COLUMNS, Sheet, items
from parsers.readers.word_xml import Element, value_of

_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ON = ("1", "true", "on")
_RICH = {"superscript": "^", "subscript": "^"}
_READ = ("row", "c", "col", "mergeCell", "sheetView")


def read(data: bytes) -> Document:
    """The document in the bytes of a workbook."""
    package = Package(data, "xlsx")
    name = package.main_part() or "xl/workbook.xml"
    root = package.xml(name)
    if root is None:
        raise Unreadable("xlsx", "the package has no workbook in it")
    relations = package.relations(name)
    reader = _Reader(package, dict(relations.values()), _is_on(root.find("{*}workbookPr"), "date1904"))
    sheets = []
    for entry in root.iter("{*}sheet"):
        kind, target = relations.get(value_of(entry, "id") or "", ("", ""))
        part = package.part(target) if kind == "worksheet" else None
        if part is not None and entry.get("state", "visible") == "visible":
            sheets.append(reader.sheet(entry.get("name") or target, part))
    return Document("xlsx", items(sheets))


class _Reader:
    """Reads sheets with the strings and formats of their workbook."""

    def __init__(self, package: Package, targets: dict[str, str], base_1904: bool) -> None:
        strings = package.xml(targets["sharedStrings"]) if "sharedStrings" in targets else None
        self._strings = [] if strings is None else [_rich(entry) for entry in strings.iterfind("{*}si")]
        styles = package.xml(targets["styles"]) if "styles" in targets else None
        self._formats = [] if styles is None else list(_formats(styles))
        self._base_1904 = base_1904
        self._zeros = True

    def sheet(self, name: str, part: bytes) -> Sheet:
        """One sheet."""
        sheet = Sheet(name)
        self._zeros = True
        row = column = -1
        try:
            for event, element in _elements(part):
                local = _local(element)
                if event == "start":
                    row, column = (_place(element, row), -1) if local == "row" else (row, column)
                    continue
                if local == "c":
                    row, column = _reference(element.get("r"), row, column + 1)
                    sheet.put("xlsx", row, column, self._text(element))
                else:
                    self._layout(sheet, local, element, row)
                if local in ("row", "c"):
                    element.clear()
        except (etree.XMLSyntaxError, ValueError, IndexError) as error:
            raise Unreadable("xlsx", f"the sheet {name} is damaged or nested too deep") from error
        return sheet

    def _layout(self, sheet: Sheet, local: str, element: Element, row: int) -> None:
        if local == "mergeCell":
            first, _, last = (element.get("ref") or "").partition(":")
            (top, left), (bottom, right) = _reference(first, 0, 0), _reference(last or first, 0, 0)
            sheet.merged.append((top, bottom, left, right))
        elif local == "row" and (_is_on(element, "hidden") or element.get("ht") == "0"):
            sheet.hidden_rows.add(row)
        elif local == "col" and (_is_on(element, "hidden") or element.get("width") == "0"):
            begin, end = int(element.get("min") or 1), int(element.get("max") or 1)
            sheet.hidden_columns.update(range(begin - 1, min(end, MOST_COLUMNS)))
        elif local == "sheetView":
            self._zeros = element.get("showZeros", "1") in _ON

    def _text(self, cell: Element) -> str:
        kind, value = cell.get("t", "n"), cell.findtext("{*}v")
        if kind == "inlineStr":
            inline = cell.find("{*}is")
            return "" if inline is None else _rich(inline)
        if not value:
            formula = cell.findtext("{*}f")
            return "" if formula is None or value == "" else f"={formula}"
        if kind == "s":
            return self._strings[int(value)]
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return self._number(value, int(cell.get("s") or 0)) if kind == "n" else value

    def _number(self, value: str, style: int) -> str:
        try:
            number = Decimal(value)
        except InvalidOperation:
            return value
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            return value
        code = self._formats[style] if style < len(self._formats) else ""
        text = text_of(number, code, self._base_1904)
        return text + HIDDEN if text == "0" and not self._zeros else text


def _elements(part: bytes) -> Iterator[tuple[str, Element]]:
    wanted = [f"{{*}}{name}" for name in _READ]
    stream: Iterator[tuple[str, Element]] = etree.iterparse(
        BytesIO(part), events=("start", "end"), tag=wanted, resolve_entities=False, no_network=True
    )
    return stream


def _rich(entry: Element) -> str:
    """The text of a string; raised and struck runs are marked, pronunciation is left out."""
    parts = []
    for child in entry:
        local = _local(child)
        if local == "t":
            parts.append(child.text or "")
        elif local == "r":
            text = child.findtext("{*}t") or ""
            raised, struck = child.find("{*}rPr/{*}vertAlign"), child.find("{*}rPr/{*}strike")
            mark = _RICH.get(raised.get("val") or "", "") if raised is not None else ""
            mark = "~" if struck is not None and struck.get("val", "1") in _ON else mark
            parts.append((mark if text.strip() else "") + text)
    return "".join(parts)


def _formats(styles: Element) -> Iterator[str]:
    """The number format of each style of a cell."""
    own = {
        entry.get("numFmtId"): entry.get("formatCode") or ""
        for entry in styles.iterfind("{*}numFmts/{*}numFmt")
    }
    for entry in styles.iterfind("{*}cellXfs/{*}xf"):
        number = entry.get("numFmtId") or "0"
        yield own[number] if number in own else BUILT_IN.get(int(number), "")


def _reference(name: str | None, row: int, column: int) -> tuple[int, int]:
    """The row and column that a name like B3 tells; without a name those that are given."""
    match = _REFERENCE.fullmatch(name or "")
    if not match:
        return row, column
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return int(match[2]) - 1, number - 1


def _place(element: Element, before: int) -> int:
    return int(element.get("r") or before + 2) - 1


def _is_on(element: Element | None, name: str) -> bool:
    return element is not None and element.get(name) in _ON


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
