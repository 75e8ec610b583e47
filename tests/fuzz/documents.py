"""The documents that are spoiled, and the bombs that are refused as they are."""

import struct
import zlib
from functools import cache

from crawler.demo.layout import Cell, Paragraph, Table
from crawler.demo.office import as_docx, as_zip, docx_of, xlsx_of
from crawler.demo.paper import Leaf, Run
from crawler.demo.pdf import pdf_of
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from crawler.demo.rtf import rtf_of
from tests.parsers.readers.biff_files import biff
from tests.printers import PRINTERS

YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
FORMATS = tuple(PRINTERS)


@cache
def documents(format_: str) -> tuple[bytes, ...]:
    """A report on every form in a format."""
    return tuple(
        PRINTERS[format_](make_report("云溪县青石镇人民政府", year, form, seed=1), ())
        for form, year in YEARS.items()
    )


def _text(line: str) -> bytes:
    return f"青石镇2022年政府信息公开工作年度报告\n{line}\n一、总体情况\n甲。\n".encode()


def _zeros(megabytes: int) -> bytes:
    return bytes(megabytes << 20)


def _laughs(root: str) -> bytes:
    """Entities that make each other ten times as long."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><{root}>&e11;</{root}>'.encode()


def _deep_docx(depth: int) -> bytes:
    opens = "<w:tbl><w:tr><w:tc>" * depth
    return docx_of(opens + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * depth)


def _in_itself(depth: int) -> bytes:
    data = as_docx(make_report("云溪县青石镇人民政府", 2023, seed=1))
    for number in range(depth):
        data = as_zip({f"{number}.zip": data, f"{number}b.zip": data})
    return data


def _endless_pdf(filters: bytes) -> bytes:
    """A page whose content unpacks to hundreds of megabytes, packed once or twice."""
    packed = zlib.compress(zlib.compress(b" " * (100 << 20), 9), 9)
    if filters.count(b"Flate") == 1:
        packed = zlib.decompress(packed)
    one = pdf_of([Leaf()])
    stream = b"<< /Filter [%s] /Length %d >>\nstream\n%s\nendstream" % (filters, len(packed), packed)
    start = one.index(b"<<", one.index(b"10 0 obj"))
    return one[:start] + stream + one[one.index(b"endobj", start) - 1 :]


def _span_page(span: str) -> bytes:
    page = as_page(make_report("云溪县青石镇人民政府", 2023, seed=1))
    return page.replace("<td>", f'<td rowspan="{span}" colspan="{span}">').encode()


def _million_rows() -> bytes:
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(1, 1_000_001))
    return xlsx_of(f"<sheetData>{rows}</sheetData>")


def _far_cell() -> bytes:
    return xlsx_of(
        '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    )


def _wide_rtf() -> bytes:
    return rtf_of(
        r"\trowd" + "".join(rf"\cellx{n}" for n in range(50_000)) + r"\intbl \cell" * 50_000 + r"\row"
    )


BOMBS = {
    "docx of zeros": lambda: as_zip({"[Content_Types].xml": b"", "word/document.xml": _zeros(100)}),
    "zip of zeros": lambda: as_zip({f"{n}.txt": _zeros(60) for n in range(5)}),
    "zip in zip": lambda: _in_itself(12),
    "zip of many": lambda: as_zip({f"{n}.txt": b"x" for n in range(20_000)}),
    "ofd of zeros": lambda: as_zip({"OFD.xml": _zeros(100)}),
    "entities in docx": lambda: as_zip(
        {
            "_rels/.rels": b'<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/>'
            b"</Relationships>",
            "word/document.xml": _laughs("w"),
        }
    ),
    "entities in xlsx": lambda: as_zip({"xl/workbook.xml": _laughs("w")}),
    "entities in ofd": lambda: as_zip({"OFD.xml": _laughs("w")}),
    "entities in a page": lambda: _laughs("html"),
    "entities in wordml": lambda: _laughs("w:wordDocument"),
    "pdf of 10,000 pages": lambda: pdf_of([Leaf([Run(72, 72, 9, f"第{n}页")]) for n in range(10_000)]),
    "pdf of spaces": lambda: _endless_pdf(b"/FlateDecode"),
    "pdf of packed spaces": lambda: _endless_pdf(b"/FlateDecode /FlateDecode"),
    "sheet of a million rows": _million_rows,
    "sheet with a far cell": _far_cell,
    "tables in tables, page": lambda: b"<html>" + b"<table><tr><td>" * 100_000,
    "tables in tables, Markdown": lambda: (
        _text("# 一\n|1|2|\n|3|4|\n<table><tr><td>甲</td></tr></table>") + b"<table><tr><td>" * 100_000
    ),
    "divisions in divisions": lambda: b"<html>" + b"<div>" * 500_000 + "信息公开".encode(),
    "tables in tables, docx": lambda: _deep_docx(20_000),
    "tables in tables, docx, shallow": lambda: _deep_docx(80),
    "objects in objects": lambda: b'{"a":' * 900 + b'"x"' + b"}" * 900,
    "arrays without end": lambda: b"[" * 1_000_000,
    "groups in groups": lambda: rtf_of("{" * 1_000_000),
    "row of 50,000 cells": _wide_rtf,
    "spans of 65,534": lambda: _span_page("65534"),
    "spans of a thousand": lambda: _span_page("1000"),
    "span of 20 digits": lambda: _span_page("9" * 20),
    "grid span": lambda: docx_of(
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr><w:p/></w:tc></w:tr></w:tbl>'
    ),
    "line of 20 MB": lambda: "政府信息公开工作年度报告".encode() * 600_000,
    "parentheses": lambda: _text("（" * 200_000),
    "digits": lambda: _text("统计期限自2022年" + "1" * 180_000),
    "empty container": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + struct.pack("<126I", *[0] * 126),
    "mhtml in mhtml": lambda: (
        b"Content-Type: multipart/related; boundary=a\n\n"
        + b"--a\nContent-Type: multipart/related; boundary=a\n\n" * 20_000
    ),
    "reports without end": lambda: "".join(
        as_page(make_report("云溪县青石镇人民政府", 2023, seed=n)) for n in range(300)
    ).encode(),
    "table of blanks": lambda: as_page(
        make_report("云溪县青石镇人民政府", 2023, seed=1),
        (lambda items: (*items, Paragraph("表"), Table(((Cell(""),) * 100,) * 1_000)),),
    ).encode(),
    "pdf of 510,000 letters": lambda: pdf_of([Leaf([Run(n % 500, n % 800, 1, "1") for n in range(510_000)])]),
    "old sheet with a far cell": lambda: biff((65535, 255, 1.0), merged=[(0, 65535, 0, 255)]),
    "text of 400,000 lines": lambda: "一、总体情况\n规章\t0\t0\t0\n".encode() * 200_000,
    "report of 300 tables": lambda: as_page(
        make_report("云溪县青石镇人民政府", 2023, seed=1),
        (lambda items: tuple(item for item in items for _ in range(100 if isinstance(item, Table) else 1)),),
    ).encode(),
}
"""Documents that are small or plain and would take hours or gigabytes to read."""


QUICK = len(BOMBS) - 4
"""So many take less than a second; only the long run reads the rest."""
