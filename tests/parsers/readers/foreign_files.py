"""Sample reports in formats that are read by conversion or seldom seen: ODT and Excel 2003 XML, written by hand."""

import zipfile
from io import BytesIO
from xml.sax.saxutils import escape, quoteattr

from crawler.demo.layout import Table
from crawler.demo.renderers import layout

SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
MIMETYPE = "application/vnd.oasis.opendocument.text"


def as_odt(report, quirks=()):
    return odt_of(
        "".join(_table(item) if isinstance(item, Table) else _p(item.text) for item in layout(report, quirks))
    )


def odt_of(body, mimetype=MIMETYPE):
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = {"/": mimetype, "content.xml": "text/xml"}
    listed = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{kind}"/>' for path, kind in entries.items()
    )
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", mimetype)
        archive.writestr(
            "content.xml",
            f'<office:document-content {SPACES} office:version="1.2"><office:body><office:text>{body}'
            "</office:text></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{manifest}">{listed}</m:manifest>')
    return out.getvalue()


def _p(text):
    return f"<text:p>{escape(text)}</text:p>"


def _table(table):
    squares = table.squares()
    rows = []
    for r, row in enumerate(squares):
        cells = []
        for c, (top, left, cell) in enumerate(row):
            spans = f' table:number-rows-spanned="{cell.rows}" table:number-columns-spanned="{cell.columns}"'
            own = (top, left) == (r, c)
            cells.append(
                f"<table:table-cell{spans}>{_p(cell.text)}</table:table-cell>"
                if own
                else "<table:covered-table-cell/>"
            )
        rows.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    width = max(map(len, squares))
    columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
    return f"<table:table>{columns}{''.join(rows)}</table:table>"


def as_excelml(report, quirks=()):
    rows = []
    for item in layout(report, quirks):
        if not isinstance(item, Table):
            rows.append(f"<Row>{cell(item.text)}</Row>")
            continue
        for r, row in enumerate(item.squares()):
            cells = [
                cell(each.text, c + 1, each.columns - 1, each.rows - 1)
                for c, (top, left, each) in enumerate(row)
                if (top, left) == (r, c)
            ]
            rows.append(f"<Row>{''.join(cells)}</Row>")
    return excelml_of("".join(rows)).encode()


def cell(text, index=1, right=0, down=0, style="Default"):
    kind = "Number" if text.isdecimal() and str(int(text)) == text else "String"
    merged = f' ss:MergeAcross="{right}"' * bool(right) + f' ss:MergeDown="{down}"' * bool(down)
    data = f'<Data ss:Type="{kind}">{escape(text)}</Data>' if text else ""
    return f'<Cell ss:Index="{index}"{merged} ss:StyleID={quoteattr(style)}>{data}</Cell>'


def excelml_of(rows, options="", styles=""):
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        '<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Styles><Style ss:ID="Default"/>{styles}</Styles>'
        f'<Worksheet ss:Name="Sheet1"><Table>{rows}</Table>{options}</Worksheet></Workbook>'
    )
