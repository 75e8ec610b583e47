"""Old spreadsheets: XLS of Excel 5 to 2003 and the .et files of WPS, through xlrd."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any

import xlrd

from parsers.document import Document
from parsers.readers import Locked, Unreadable
from parsers.readers.sheet_numbers import HIDDEN, MOST_DIGITS, text_of
from parsers.readers.sheets import Sheet, items

_VISIBLE = 0
_PASSWORD = ("encrypted", "password")


def read(data: bytes) -> Document:
    """The document in the bytes of a workbook."""
    book = _open(data)
    sheets = []
    try:
        for number in range(book.nsheets):
            sheet = book.sheet_by_index(number)
            if sheet.visibility == _VISIBLE:
                sheets.append(_sheet(book, sheet))
    except Unreadable:
        raise
    except Exception as error:
        raise _refusal(error) from error
    return Document("xls", items(sheets), engines=(f"xlrd {xlrd.__VERSION__}",))


def _open(data: bytes) -> Any:
    with open(os.devnull, "w", encoding="utf-8") as nothing:  # noqa: PTH123 - a sink for xlrd's warnings
        try:
            return xlrd.open_workbook(
                file_contents=data, formatting_info=True, on_demand=True, logfile=nothing
            )
        except Exception as error:
            raise _refusal(error) from error


def _refusal(error: Exception) -> Unreadable:
    if any(word in str(error).lower() for word in _PASSWORD):
        return Locked("xls")
    return Unreadable("xls", "the spreadsheet is cut off or damaged")


def _sheet(book: Any, source: Any) -> Sheet:
    sheet = Sheet(source.name)
    for row in range(source.nrows):
        for column, (kind, value) in enumerate(
            zip(source.row_types(row), source.row_values(row), strict=True)
        ):
            sheet.put("xls", row, column, _text(book, source, row, column, kind, value))
    sheet.merged = [(top, bottom - 1, left, right - 1) for top, bottom, left, right in source.merged_cells]
    sheet.hidden_rows = {row for row, how in source.rowinfo_map.items() if how.hidden}
    sheet.hidden_columns = {column for column, how in source.colinfo_map.items() if how.hidden}
    return sheet


def _text(book: Any, source: Any, row: int, column: int, kind: int, value: Any) -> str:
    if kind == xlrd.XL_CELL_TEXT:
        return _rich(book, source, row, column, value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number = Decimal(repr(value))
        if not number.is_finite() or abs(number.adjusted()) > MOST_DIGITS:
            return repr(value)
        style = book.xf_list[source.cell_xf_index(row, column)]
        how = book.format_map.get(style.format_key)
        text = text_of(number, how.format_str if how else "", bool(book.datemode))
        return text + HIDDEN if text == "0" and not source.show_zero_values else text
    if kind == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if value else "FALSE"
    return str(xlrd.error_text_from_code.get(value, "#ERROR")) if kind == xlrd.XL_CELL_ERROR else ""


def _rich(book: Any, source: Any, row: int, column: int, value: str) -> str:
    """A text with its raised and struck runs marked."""
    runs = source.rich_text_runlist_map.get((row, column))
    if not runs:
        return value
    parts, at, mark = [], 0, ""
    for begin, font in runs:
        parts.append(mark + value[at:begin])
        how = book.font_list[font] if font < len(book.font_list) else None
        mark = "" if how is None else "~" if how.struck_out else "^" if how.escapement else ""
        at = begin
    return "".join([*parts, mark + value[at:]])
