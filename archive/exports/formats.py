"""Rows → files: CSV, XLSX, Parquet. The same rows give the same bytes."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from parsers.errors import Fault
from parsers.report import plain

Type = Literal["string", "integer", "number", "date", "datetime"]
Format = Literal["csv", "xlsx", "parquet"]
Row = Sequence[Any]

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters that make a spreadsheet take a text for a formula."""
SHEET_ROWS = 1_048_576
"""Rows that a sheet of XLSX has, its header included."""
DECIMAL_DIGITS, DECIMAL_PLACES = 38, 10
"""Amounts go down to 0.0001 of a yuan; a Parquet column has one scale for all its values."""
PARQUET_ROWS = 50_000
"""Rows per group."""


@dataclass(frozen=True, slots=True)
class Field:
    """A column of an exported table with its labels."""

    name: str
    type: Type
    zh: str
    en: str


def write_csv(path: Path, fields: Sequence[Field], rows: Iterable[Row], *, excel: bool = False) -> None:
    """CSV in UTF-8. For Excel: with a byte order mark, CRLF, and an apostrophe before texts that it would take for
    formulas; numbers stay numbers."""
    with path.open("w", encoding="utf-8-sig" if excel else "utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n" if excel else "\n")
        writer.writerow(field.name for field in fields)
        guard = _guarded if excel else _text
        writer.writerows([guard(value) for value in row] for row in rows)


def _text(value: Any) -> str:
    if value is None:
        return ""
    return plain(value) if isinstance(value, int | Decimal) else str(value)


def _guarded(value: Any) -> str:
    text = _text(value)
    return f"'{text}" if isinstance(value, str) and text.startswith(FORMULA) else text


def write_xlsx(path: Path, fields: Sequence[Field], rows: Iterable[Row], as_of: datetime) -> None:
    """A workbook with a sheet of data and one of labels. Numbers are numbers, everything else, codes and printed text
    above all, is text; the only instant in it is `as_of`."""
    import xlsxwriter

    options = {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": as_of.replace(tzinfo=None, microsecond=0), "author": "gongkai"})
        sheet = book.add_worksheet("data")
        sheet.freeze_panes(1, 0)
        _sheet_row(sheet, 0, [field.name for field in fields])
        for number, row in enumerate(rows, start=1):
            if number >= SHEET_ROWS:
                most = f"{SHEET_ROWS - 1:,}"
                raise Fault(
                    f"{path.name} would have more than {most} rows: narrow it, or take csv or parquet"
                )
            _sheet_row(sheet, number, row)
        labels = book.add_worksheet("fields")
        _sheet_row(labels, 0, ["name", "type", "中文", "English"])
        for number, field in enumerate(fields, start=1):
            _sheet_row(labels, number, [field.name, field.type, field.zh, field.en])


def _sheet_row(sheet: Any, number: int, row: Iterable[Any]) -> None:
    for column, value in enumerate(row):
        if isinstance(value, int | Decimal):
            sheet.write_number(number, column, value)
        elif value is not None:
            sheet.write_string(number, column, value)


def write_parquet(path: Path, fields: Sequence[Field], rows: Iterable[Row]) -> None:
    """Parquet with decimals, days and instants (UTC) of their own types, compressed with zstd."""
    arrow, parquet = _arrow()
    types = {
        "string": arrow.string(),
        "integer": arrow.int32(),
        "number": arrow.decimal128(DECIMAL_DIGITS, DECIMAL_PLACES),
        "date": arrow.date32(),
        "datetime": arrow.timestamp("us", tz="UTC"),
    }
    schema = arrow.schema(
        [arrow.field(f.name, types[f.type], metadata={"zh": f.zh, "en": f.en}) for f in fields]
    )
    readers = [_PARQUET_VALUES.get(field.type) for field in fields]
    with parquet.ParquetWriter(str(path), schema, compression="zstd") as writer:
        for batch in _batches(rows):
            columns = [
                arrow.array([_converted(value, read) for value in column], schema.field(i).type)
                for i, (column, read) in enumerate(zip(zip(*batch, strict=True), readers, strict=True))
            ]
            writer.write_table(arrow.table(columns, schema=schema))


_PARQUET_VALUES: dict[str, Callable[[Any], Any]] = {
    "number": Decimal,
    "date": lambda text: datetime.fromisoformat(text).date(),
    "datetime": datetime.fromisoformat,
}


def _converted(value: Any, read: Callable[[Any], Any] | None) -> Any:
    return value if value is None or read is None else read(value)


def _batches(rows: Iterable[Row]) -> Iterable[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == PARQUET_ROWS:
            yield batch
            batch = []
    if batch:
        yield batch


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise Fault("Parquet needs the extra `parquet`: pip install 'gongkai[parquet]'") from error
    return pyarrow, pyarrow.parquet
