"""Sample reports as tools draw text out of web pages: tables as cells with bars, spans lost.

What these renderings have in common: a cell that spans rows stands once, and what makes up for a cell that spans
columns stands at the end of its row, or nowhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crawler.demo.layout import Table
from crawler.demo.renderers import Quirks, layout
from crawler.demo.reports import SampleReport


def bar_rows(table: Table) -> Iterator[str]:
    """A row a line, a bar after every cell; only the last row is not filled up."""
    width = len(table.squares()[0])
    for r, row in enumerate(table.rows):
        texts = ["".join(f"{cell.text} | " if cell.text else "|" for cell in row)]
        if r < len(table.rows) - 1:
            texts.append("|" * (width - len(row)))
        yield "".join(texts).strip().replace("\n", " ")


def bars_behind(table: Table) -> Iterator[str]:
    """A cell a line, a bar behind it; what fills a row up stands on a line of its own."""
    width = len(table.squares()[0])
    for row in table.rows:
        yield from (f"{cell.text} |" for cell in row)
        if len(row) < width:
            yield "|" * (width - len(row))


def bars_below(table: Table) -> Iterator[str]:
    """A cell a line, a bar on the line below it; rows are not filled up."""
    for row in table.rows:
        for cell in row:
            yield from (line for line in (cell.text, "|") if line)


def bars_before(table: Table) -> Iterator[str]:
    """A cell a line, a bar before every one but the first of its row, and one below the last."""
    for row in table.rows:
        yield from (f"| {cell.text}".strip() if n else cell.text for n, cell in enumerate(row))
        yield "|"


def bars_of_empty_rows(table: Table) -> Iterator[str]:
    """A cell a line, a bar on the line below it and what fills a row up below that; an empty row ends the table."""
    width = len(table.squares()[0])
    for row in table.rows:
        for cell in row:
            yield from (line for line in (cell.text, "|") if line)
        if len(row) < width:
            yield "|" * (width - len(row))
    yield from "|" * width


def bars_after_breaks(table: Table) -> Iterator[str]:
    """A cell a line, indented as in the source of the page; in some cells the bar follows a break."""
    for row in table.rows:
        for cell in row[:-1]:
            yield f"\t\t\t{cell.text}  | "
        yield f"\t\t\t{row[-1].text}\n   | "
        yield "\t\t"


def glued(table: Table) -> Iterator[str]:
    """A row a line, with nothing between its cells."""
    return ("".join(cell.text for cell in row).replace("\n", "") for row in table.rows)


SCRAPERS: dict[str, Callable[[Table], Iterator[str]]] = {
    "bar_rows": bar_rows,
    "bars_behind": bars_behind,
    "bars_below": bars_below,
    "bars_before": bars_before,
    "bars_of_empty_rows": bars_of_empty_rows,
    "bars_after_breaks": bars_after_breaks,
}
"""How a table comes out."""

LOSSY = {"glued": glued}
"""How no number that stands beside another can be told from it."""


def as_scraped(report: SampleReport, scraper: str = "bar_rows", quirks: Quirks = ()) -> str:
    """The text of the report's page."""
    scrapers = SCRAPERS | LOSSY
    if scraper not in scrapers:
        raise KeyError(f"{scraper} is none of the scrapers {', '.join(scrapers)}")
    lines: list[str] = []
    for item in layout(report, quirks):
        lines += scrapers[scraper](item) if isinstance(item, Table) else [item.text]
    return "\n".join(lines) + "\n"
