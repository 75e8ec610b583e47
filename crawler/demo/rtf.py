"""Sample reports as RTF, as Word writes it: Chinese as bytes of GBK, or in Unicode with a stand-in."""

from __future__ import annotations

from crawler.demo.layout import Table
from crawler.demo.office import TABLE_WIDTH
from crawler.demo.renderers import Quirks, layout
from crawler.demo.reports import SampleReport

HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}}\uc1 "


def as_rtf(report: SampleReport, quirks: Quirks = (), unicode: bool = False) -> bytes:
    """The report as RTF."""
    body = "".join(
        _table(item, unicode)
        if isinstance(item, Table)
        else rf"\pard\plain {_text(item.text, unicode)}\par" + "\n"
        for item in layout(report, quirks)
    )
    return rtf_of(body)


def rtf_of(body: str) -> bytes:
    """A document with this body."""
    return f"{HEAD}{body}}}".encode("latin-1")


def _table(table: Table, unicode: bool) -> str:
    squares = table.squares()
    width = TABLE_WIDTH // max(map(len, squares))
    rows = []
    for r, row in enumerate(squares):
        edges, texts = [], []
        for c, (top, left, cell) in enumerate(row):
            if left == c:
                merge = "" if cell.rows == 1 else r"\clvmgf" if top == r else r"\clvmrg"
                edges.append(rf"{merge}\cellx{(c + cell.columns) * width}")
                texts.append(rf"{_text(cell.text, unicode) if top == r else ''}\cell ")
        rows.append(rf"\trowd\trleft0{''.join(edges)}\pard\plain\intbl {''.join(texts)}\row" + "\n")
    return "".join(rows)


def _text(text: str, unicode: bool) -> str:
    return "".join(_character(character, unicode) for character in text)


def _character(character: str, unicode: bool) -> str:
    if character in "\\{}":
        return "\\" + character
    if character == "\n":
        return r"\line "
    if ord(character) < 128:
        return character
    if unicode:
        units = character.encode("utf-16-le")
        codes = (int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2))
        return "".join(rf"\u{code}?" for code in codes)
    return "".join(rf"\'{byte:02x}" for byte in character.encode("gb18030"))
