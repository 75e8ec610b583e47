"""One cell of a printed report spoiled, as careless extractors spoil it."""

import random
import re

from crawler.demo.renderers import STYLES, as_page, as_text

PRINTERS = {"html": as_page, **{style: lambda r, q=(), s=style: as_text(r, s, q) for style in STYLES}}
CELLS = {
    "html": (r"<td[^>]*>[^<]*</td>", "<td>4</td>"),
    "tab_rows": (r"\t[^\t\n]*", "\t4"),
    "pipe_rows": (r"\| [^|\n]*", "| 4 "),
}
"""Printer → what a cell looks like there, and a cell that strayed in."""
DAMAGES = ["lost", "doubled", "strayed"]


def with_blanks(report, seed, count):
    """The report with so many cells, drawn by a seed, left blank."""
    for path in random.Random(seed).sample(list(report.cells()), count):
        report = report.with_cell(path, None)
    return report


def damaged(report, printer, how, place, start, end=None):
    """The report as printed, one cell between two texts spoiled; `place` in [0, 1) chooses it."""
    text = PRINTERS[printer](report)
    cell, stray = CELLS[printer]
    last = text.find(end) if end else len(text)
    cells = [m for m in re.finditer(cell, text) if text.find(start) < m.start() < last]
    at = cells[int(place * len(cells))]
    spoiled = {"lost": "", "doubled": at.group() * 2, "strayed": at.group() + stray}[how]
    return text[: at.start()] + spoiled + text[at.end() :]
