"""Sample reports as office programs save them: DOCX, XLSX, RTF, and a ZIP of several files.

Written by hand, part by part, so that the reader's tests do not rest on the library that a reader might use.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.sax.saxutils import escape

from crawler.demo.layout import Layout, Paragraph, Table
from crawler.demo.renderers import Quirks, layout
from crawler.demo.reports import SampleReport

TABLE_WIDTH = 9000
"""In twips: what the text of an A4 page leaves."""

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def as_zip(members: Mapping[str, bytes]) -> bytes:
    """Files in a ZIP, the same bytes every time."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def as_docx(report: SampleReport, quirks: Quirks = ()) -> bytes:
    """The report as a Word document."""
    return docx_of("".join(_docx_body(layout(report, quirks))))


def docx_of(body: str, **parts: str) -> bytes:
    """A Word document with this XML as its body, and further parts of `word/` by name."""
    document = (
        f'{_HEAD}<w:document xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"><w:body>{body}</w:body></w:document>'
    )
    return as_zip(
        {
            "[Content_Types].xml": _content_types("word/document.xml", "wordprocessingml.document"),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _relations({n: (n, f"{n}.xml") for n in parts}),
            **{f"word/{name}.xml": (_HEAD + xml).encode() for name, xml in parts.items()},
        }
    )


def _docx_body(items: Layout) -> Iterator[str]:
    for item in items:
        yield _docx_table(item) if isinstance(item, Table) else docx_paragraph(item.text)


def docx_paragraph(text: str) -> str:
    """A paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def _docx_table(table: Table) -> str:
    squares = table.squares()
    width = max(map(len, squares))
    columns = f'<w:gridCol w:w="{TABLE_WIDTH // width}"/>' * width
    rows = []
    for r, row in enumerate(squares):
        cells = []
        for c, (top, left, cell) in enumerate(row):
            if left != c:
                continue
            span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
            merge = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if top == r else "<w:vMerge/>"
            text = docx_paragraph(cell.text) if top == r else "<w:p/>"
            cells.append(f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{text}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return f"<w:tbl><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def as_xlsx(report: SampleReport, quirks: Quirks = ()) -> bytes:
    """The report as a workbook of one sheet: a paragraph a row, tables with their merged cells."""
    rows, merges = _sheet_rows(layout(report, quirks))
    cells = "".join(
        f'<row r="{r}">{"".join(_sheet_cell(_name(r, c), text) for c, text in row.items() if text)}</row>'
        for r, row in rows.items()
    )
    merged = "".join(f'<mergeCell ref="{ref}"/>' for ref in merges)
    return xlsx_of(f"<sheetData>{cells}</sheetData><mergeCells>{merged}</mergeCells>")


def xlsx_of(sheet: str, **parts: str) -> bytes:
    """A workbook with this XML in its one sheet, and further parts of `xl/` by name."""
    names = {"sheet1": ("worksheet", "worksheets/sheet1.xml"), **{n: (n, f"{n}.xml") for n in parts}}
    workbook = (
        f'{_HEAD}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="sheet1"/></sheets></workbook>'
    )
    return as_zip(
        {
            "[Content_Types].xml": _content_types("xl/workbook.xml", "spreadsheetml.sheet"),
            "_rels/.rels": _relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": workbook.encode(),
            "xl/_rels/workbook.xml.rels": _relations(names),
            "xl/worksheets/sheet1.xml": f'{_HEAD}<worksheet xmlns="{_SHEET}">{sheet}</worksheet>'.encode(),
            **{f"xl/{name}.xml": (_HEAD + xml).encode() for name, xml in parts.items()},
        }
    )


def _sheet_rows(items: Layout) -> tuple[dict[int, dict[int, str]], list[str]]:
    rows: dict[int, dict[int, str]] = {}
    merges: list[str] = []
    for item in items:
        top = len(rows) + 1
        if isinstance(item, Paragraph):
            rows[top] = {0: item.text}
            continue
        for r, row in enumerate(item.squares()):
            rows[top + r] = {}
            for c, (above, left, cell) in enumerate(row):
                if (above, left) == (r, c):
                    rows[top + r][c] = cell.text
                    if cell.rows * cell.columns > 1:
                        last = _name(top + r + cell.rows - 1, c + cell.columns - 1)
                        merges.append(f"{_name(top + r, c)}:{last}")
    return rows, merges


def _sheet_cell(ref: str, text: str) -> str:
    try:
        if str(Decimal(text)) == text:
            return f'<c r="{ref}"><v>{text}</v></c>'
    except InvalidOperation:
        pass
    return f'<c r="{ref}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def _name(row: int, column: int) -> str:
    """The name of a cell: row 3 and column 1 are B3."""
    letters = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row}"


def _content_types(main: str, kind: str) -> bytes:
    types = f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/{main}" '
    types += f'ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/>'
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{rels}{types}</Types>'.encode()


def _relations(targets: Mapping[str, tuple[str, str]]) -> bytes:
    entries = "".join(
        f'<Relationship Id="{id_}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for id_, (kind, target) in targets.items()
    )
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{entries}</Relationships>'.encode()
