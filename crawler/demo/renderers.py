"""Sample reports as HTML and as plain text.

A renderer is a function of a report and quirks; a text style is a function of a table, named in `STYLES`.
"""

from __future__ import annotations

import quopri
from collections.abc import Callable, Iterator
from html import escape

from crawler.demo.grids import ANNEX_TITLE, GRIDS, annex
from crawler.demo.layout import Cell, Layout, Paragraph, Quirk, Table
from crawler.demo.reports import SampleReport
from parsers.forms import SECTIONS

Quirks = tuple[Quirk, ...]


def layout(report: SampleReport, quirks: Quirks = ()) -> Layout:
    """The report in reading order, title first, signature last, with the quirks applied one after the other."""
    items: Layout = tuple(_items(report))
    for quirk in quirks:
        items = quirk(items)
    return items


def as_html(report: SampleReport, quirks: Quirks = ()) -> str:
    """The body of the article, without the title, which is the page's to print."""
    return "\n".join(
        _html_table(item) if isinstance(item, Table) else _html_paragraph(item)
        for item in layout(report, quirks)
        if not (isinstance(item, Paragraph) and item.role == "title")
    )


def as_page(report: SampleReport, quirks: Quirks = ()) -> str:
    """A whole HTML document with the meta tags of the national site norm."""
    title, issuer = escape(report.title), escape(report.issuer)
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{title}</title>\n"
        f'<meta name="ArticleTitle" content="{title}">\n'
        f'<meta name="PubDate" content="{report.published_on.isoformat()}">\n'
        f'<meta name="ContentSource" content="{issuer}">\n'
        f"</head>\n<body>\n<h1>{title}</h1>\n{as_html(report, quirks)}\n</body>\n</html>\n"
    )


def as_mhtml(report: SampleReport, quirks: Quirks = ()) -> bytes:
    """The page as a browser saves it, with all it needs in one file."""
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_b"\r\n\r\n'
    part = "--=_b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
    return (head + part).encode() + quopri.encodestring(as_page(report, quirks).encode()) + b"\r\n--=_b--\r\n"


def as_text(report: SampleReport, style: str = "cell_per_line", quirks: Quirks = ()) -> str:
    """The report as plain text; `style` says how tables come out."""
    if style not in STYLES:
        raise KeyError(f"{style} is none of the styles {', '.join(STYLES)}")
    marks = {"title": "# ", "heading": "## "} if style == "pipe_rows" else {}
    parts = []
    for item in layout(report, quirks):
        if isinstance(item, Table):
            parts.append("\n" + "".join(f"{line}\n" for line in STYLES[style](item)) + "\n")
        else:
            parts.append(f"{marks.get(item.role, '')}{item.text}\n")
    return "".join(parts)


def cell_per_line(table: Table) -> Iterator[str]:
    """As word processors export a table: a cell a line after a tab, an empty line after every row.

    A cell that spans rows is an empty cell in the rows below; one that spans columns stands once.
    """
    for row in _without_column_spans(table):
        yield from (f"\t{text}" for text in row)
        yield ""


def tab_rows(table: Table) -> Iterator[str]:
    """A row a line, cells parted by tabs; spans as in `cell_per_line`."""
    return ("\t".join(row) for row in _without_column_spans(table))


def pipe_rows(table: Table) -> Iterator[str]:
    """A Markdown table: every square a cell, the text of a span in its first."""
    for r, row in enumerate(table.squares()):
        texts = [cell.text if (top, left) == (r, c) else "" for c, (top, left, cell) in enumerate(row)]
        yield "| " + " | ".join(texts) + " |"
        if r == 0:
            yield "| " + " | ".join("---" for _ in row) + " |"


STYLES: dict[str, Callable[[Table], Iterator[str]]] = {
    "cell_per_line": cell_per_line,
    "tab_rows": tab_rows,
    "pipe_rows": pipe_rows,
}
"""How a table comes out in plain text."""


def _items(report: SampleReport) -> Iterator[Paragraph | Table]:
    yield Paragraph(report.title, "title")
    yield from _paragraphs(report.prose.get("preamble", ""))
    for number, (code, label) in zip("一二三四五六", SECTIONS.items(), strict=True):
        yield Paragraph(f"{number}、{label}", "heading")
        yield from _paragraphs(report.prose.get(code, ""))
        if code in GRIDS and (table := GRIDS[code](report)).rows:
            yield table
    if report.annex:
        yield Paragraph(f"{ANNEX_TITLE}（{report.year}年度）", "caption")
        yield annex(report)
    if day := report.signed_on:
        yield Paragraph(report.issuer, "signature")
        yield Paragraph(f"{day.year}年{day.month}月{day.day}日", "signature")


def _paragraphs(text: str) -> Iterator[Paragraph]:
    return (Paragraph(line) for line in text.splitlines())


def _html_paragraph(item: Paragraph) -> str:
    style = ' style="text-align: right;"' if item.role == "signature" else ""
    text = _html_text(item.text)
    return f"<p{style}>" + (f"<strong>{text}</strong>" if item.role == "heading" else text) + "</p>"


def _html_table(table: Table) -> str:
    rows = ("<tr>" + "".join(map(_html_cell, row)) + "</tr>" for row in table.rows)
    return '<table border="1" cellspacing="0">\n<tbody>\n' + "\n".join(rows) + "\n</tbody>\n</table>"


def _html_cell(cell: Cell) -> str:
    spans = f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    spans += f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    return f"<td{spans}>{_html_text(cell.text)}</td>"


def _html_text(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>")


def _without_column_spans(table: Table) -> Iterator[list[str]]:
    for r, row in enumerate(table.squares()):
        yield [cell.text if top == r else "" for c, (top, left, cell) in enumerate(row) if left == c]
