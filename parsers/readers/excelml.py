"""Spreadsheets saved as one XML file: Excel 2003 XML (SpreadsheetML)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from parsers.document import Document
from parsers.readers import Unreadable
from parsers.readers.package import MOST_PART_BYTES, parse_xml
from parsers.readers.sheet_numbers import MOST_DIGITS, text_of
from parsers.readers.sheets import MOST_COLUMNS, MOST_ROWS, Sheet, items
from parsers.readers.word_xml import Element

_SPACE = "{urn:schemas-microsoft-com:office:spreadsheet}"
_NAMED = {"fixed": "0.00", "standard": "#,##0.00", "percent": "0.00%", "general number": "General"}
"""Formats that Excel writes by their name; those of dates never stand on numbers, which are dates in words here."""

_MARKS = {"Sup": "^", "Sub": "^", "S": "~"}


def read(data: bytes) -> Document:
    """The document in the bytes of the XML file."""
    if len(data) > MOST_PART_BYTES:
        most = MOST_PART_BYTES >> 20
        raise Unreadable(
            "excelml", f"it is {len(data) >> 20} MiB large; such files are read up to {most} MiB"
        )
    root = parse_xml(data, "excelml", "the text")
    formats = {_get(style, "ID"): _format(style) for style in root.iter(f"{_SPACE}Style")}
    try:
        sheets = [_sheet(each, formats) for each in root.iter(f"{_SPACE}Worksheet") if _is_visible(each)]
    except ValueError as error:
        raise Unreadable("excelml", "it is damaged: a row or cell has no number where it should") from error
    return Document("excelml", items(sheets))


def _sheet(worksheet: Element, formats: dict[str, str]) -> Sheet:
    sheet = Sheet(_get(worksheet, "Name"))
    row = column = -1
    for each in worksheet.iterfind(f"{_SPACE}Table/{_SPACE}Column"):
        column = _place(each, column)
        last = min(column + _count(each, "Span"), MOST_COLUMNS)
        if _get(each, "Hidden") == "1":
            sheet.hidden_columns.update(range(column, last + 1))
        column = last
    for each in worksheet.iterfind(f"{_SPACE}Table/{_SPACE}Row"):
        row = _place(each, row)
        if _get(each, "Hidden") == "1":
            sheet.hidden_rows.add(row)
        _cells(sheet, each, row, formats)
        row += _count(each, "Span")
    return sheet


def _cells(sheet: Sheet, row: Element, number: int, formats: dict[str, str]) -> None:
    column = -1
    for cell in row.iterfind(f"{_SPACE}Cell"):
        column = _place(cell, column)
        data = cell.find(f"{_SPACE}Data")
        if data is not None:
            code = formats.get(_get(cell, "StyleID") or _get(row, "StyleID"), "")
            sheet.put("excelml", number, column, _text(data, code))
        right, down = _count(cell, "MergeAcross"), _count(cell, "MergeDown")
        if right or down:
            bottom, last = min(number + down, MOST_ROWS), min(column + right, MOST_COLUMNS)
            sheet.merged.append((number, bottom, column, last))
        column += right


def _text(data: Element, code: str) -> str:
    text = "".join(_runs(data))
    if _get(data, "Type") == "Boolean":
        return "TRUE" if text.strip() == "1" else "FALSE"
    if _get(data, "Type") != "Number":
        return text
    try:
        number = Decimal(text.strip())
    except InvalidOperation:
        return text
    if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
        return text
    return text_of(number, code)


def _runs(element: Element) -> list[str]:
    """The text of a cell; raised and struck runs are marked."""
    mark = _MARKS.get(str(element.tag).rpartition("}")[2], "")
    parts = [element.text or ""]
    for child in element:
        parts += [*_runs(child), child.tail or ""]
    return [mark, *parts] if mark and "".join(parts).strip() else parts


def _format(style: Element) -> str:
    entry = style.find(f"{_SPACE}NumberFormat")
    code = "" if entry is None else _get(entry, "Format")
    return _NAMED.get(code.lower(), code)


def _is_visible(worksheet: Element) -> bool:
    visible = worksheet.findtext("{urn:schemas-microsoft-com:office:excel}WorksheetOptions/{*}Visible")
    return visible not in ("SheetHidden", "SheetVeryHidden")


def _place(element: Element, before: int) -> int:
    index = _get(element, "Index")
    return int(index) - 1 if index else before + 1


def _count(element: Element, name: str) -> int:
    return int(_get(element, name) or 0)


def _get(element: Element, name: str) -> str:
    return str(element.get(_SPACE + name) or "")
