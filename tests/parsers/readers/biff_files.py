"""Old spreadsheets (BIFF8) made by hand: the least records that Excel 97 asks for."""

import struct
from decimal import Decimal, InvalidOperation

from crawler.demo.layout import Paragraph
from crawler.demo.renderers import layout
from tests.parsers.readers.word97_files import compound


def as_xls(report, quirks=()):
    """A sample report in one sheet: a paragraph a row, tables with their merged cells, numbers as numbers."""
    cells, merged, top = [], [], 0
    for item in layout(report, quirks):
        if isinstance(item, Paragraph):
            cells.append((top, 0, item.text))
            top += 1
            continue
        for r, row in enumerate(item.squares()):
            for c, (above, left, cell) in enumerate(row):
                if (above, left) == (r, c):
                    if cell.text:
                        cells.append((top + r, c, _number(cell.text)))
                    if cell.rows * cell.columns > 1:
                        merged.append((top + r, top + r + cell.rows - 1, c, c + cell.columns - 1))
        top += len(item.rows)
    return biff(*cells, merged=merged)


def _number(text):
    try:
        return float(text) if str(Decimal(text)) == text else text
    except InvalidOperation:
        return text


def biff(*cells, merged=(), hidden=(), zeros=True, shown=True, rich=()):
    """An XLS of one sheet with (row, column, number or text) cells, in the least records that Excel 97 needs."""

    def record(code, body):
        return struct.pack("<HH", code, len(body)) + body

    bof = lambda kind: record(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))  # noqa: E731
    font = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 0, 0) + b"\x05\x00Arial")
    style = record(0xE0, struct.pack("<HHHBBBBIIH", 0, 0, 0, 0x20, 0, 0, 0, 0, 0, 0))
    raised = record(0x31, struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 1, 0, 0, 0, 0) + b"\x05\x00Arial")
    head = bof(5) + record(0x42, b"\xb0\x04") + font * 3 + raised + style
    sheet = bof(0x10) + record(0x23E, struct.pack("<H7x9x", 0x6B6 if zeros else 0x6A6))
    for row in hidden:
        sheet += record(0x208, struct.pack("<HHHHHHI", row, 0, 9, 255, 0, 0, 0x20))
    for row, column, value in cells:
        if isinstance(value, str):
            text = value.encode("utf-16-le")
            if (row, column) in rich:
                runs = struct.pack("<H2H", 1, 1, 3)
                sheet += record(0xD6, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text + runs)
                continue
            sheet += record(0x204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)
        else:
            sheet += record(0x203, struct.pack("<HHHd", row, column, 0, value))
    areas = b"".join(struct.pack("<4H", *area) for area in merged)
    sheet += record(0xE5, struct.pack("<H", len(merged)) + areas) + record(0x0A, b"")
    state = 0 if shown else 1
    bound = struct.pack("<IBBBB", 0, state, 0, 2, 0) + b"S1"
    offset = len(head) + len(record(0x85, bound)) + 4
    bound = struct.pack("<IBBBB", offset, state, 0, 2, 0) + b"S1"
    return compound({"Workbook": head + record(0x85, bound) + record(0x0A, b"") + sheet})
