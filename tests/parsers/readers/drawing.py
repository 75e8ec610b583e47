"""Pages for tests of what is drawn: sheets made of runs of letters and rulings, and reports read back."""

from __future__ import annotations

from crawler.demo.paper import BASE, Leaf, Run, Stroke, width
from parsers.parse import parse
from parsers.readers.sheet import Glyph, Sheet, add_line

A4 = (595.0, 842.0)


def sheet_of(leaf: Leaf, number: int = 1) -> Sheet:
    """A page as a reader makes it of its format."""
    sheet = Sheet(number, *A4)
    for x, y, size, text in leaf.runs:
        for at, character in enumerate(text):
            left = x + width(text[:at], size)
            box = left, y - BASE * size, left + width(character, size), y + (1 - BASE) * size
            sheet.glyphs.append(Glyph(character, *box))
    for stroke in leaf.strokes:
        add_line(sheet, *stroke)
    return sheet


def ruled(xs, ys):
    """The rulings of a table without spans."""
    level = [Stroke(xs[0], y, xs[-1], y) for y in ys]
    return level + [Stroke(x, ys[0], x, ys[-1]) for x in xs]


def table(texts, xs, top=100.0, high=20.0, size=10.0):
    """A leaf with one ruled table; a text of several lines runs down its cell."""
    ys = [top + high * n for n in range(len(texts) + 1)]
    leaf = Leaf(strokes=ruled(xs, ys))
    for y, row in zip(ys, texts, strict=False):
        for x, text in zip(xs, row, strict=False):
            for n, line in enumerate(text.split("\n")):
                leaf.runs.append(Run(x + 3, y + 12 + n * size * 1.2, size, line))
    return leaf


NUMBERS = {"０": 0, "1,234": 1234, "22（其中修订16件）": 22}
MARKS = (None, "/", "—", "无", *NUMBERS)
"""What stands in a cell instead of a plain number."""


def differences(report, data, *, spoilt=False):
    """Cells that are not as the report has them; `spoilt` forgives those that are null and flagged."""
    reading = parse(data)
    assert reading.outcome == "report", reading.message
    (read,) = reading.reports
    got, flagged = read.cells(), {*read.notes, *(path for f in read.findings for path in f.where)}
    wanted = {
        path: NUMBERS.get(cell, None if isinstance(cell, str) else cell)
        for path, cell in report.cells().items()
    }
    out = {}
    for path in got.keys() | wanted.keys():
        table_, row, column = path.split(".")
        wild = {path, f"{table_}.{row}.*", f"{table_}.*.{column}"}
        if path in got and path in wanted and got[path] == wanted[path]:
            printed = report.cells()[path]
            if isinstance(printed, str) and printed != "０" and path not in read.notes:
                out[path] = (printed, "note lost")
        elif not (spoilt and got.get(path) is None and flagged & wild):
            out[path] = (wanted.get(path, "absent"), got.get(path, "absent"))
    return out
