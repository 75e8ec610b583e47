"""Sample reports as OFD (GB/T 33190-2016): a ZIP of XML, measured in millimetres."""

from __future__ import annotations

import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from html import escape
from io import BytesIO

from crawler.demo.layout import Quirk
from crawler.demo.paper import BASE, Leaf, Paper, Run, Stroke, pages, width
from crawler.demo.renderers import layout
from crawler.demo.reports import SampleReport

MILLIMETRES = 25.4 / 72
"""Millimetres in a point."""

_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_STAMP = (1980, 1, 1, 0, 0, 0)
"""The time of every member: the same report makes the same bytes."""


def as_ofd(
    report: SampleReport,
    quirks: Sequence[Quirk] = (),
    paper: Paper = Paper(),  # noqa: B008 - a frozen value
) -> bytes:
    """The report as an OFD file."""
    return ofd_of(pages(layout(report, tuple(quirks)), paper), paper)


def ofd_of(leaves: Iterable[Leaf], paper: Paper = Paper()) -> bytes:  # noqa: B008 - a frozen value
    """Pages as an OFD file."""
    contents = [_page(leaf, paper) for leaf in leaves]
    entries = "".join(
        f'<ofd:Page ID="{n + 10}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(contents))
    )
    members = {
        "OFD.xml": f'<ofd:OFD {_SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/>'
        "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {_SPACE}><ofd:CommonData><ofd:MaxUnitID>100000</ofd:MaxUnitID>"
        f"<ofd:PageArea><ofd:PhysicalBox>0 0 {_mm(paper.width)} {_mm(paper.height)}</ofd:PhysicalBox></ofd:PageArea>"
        "<ofd:PublicRes>PublicRes.xml</ofd:PublicRes></ofd:CommonData>"
        f"<ofd:Pages>{entries}</ofd:Pages></ofd:Document>",
        "Doc_0/PublicRes.xml": f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:Fonts>'
        '<ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>',
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(contents)},
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in members.items():
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, (_XML + text).encode())
    return out.getvalue()


def _mm(points: float) -> str:
    return f"{points * MILLIMETRES:.3f}"


def _page(leaf: Leaf, paper: Paper) -> str:
    drawn = [*map(_path, leaf.strokes), *map(_text, leaf.runs)]
    objects = "".join(item.replace('ID=""', f'ID="{n}"', 1) for n, item in enumerate(drawn, 1000))
    return (
        f"<ofd:Page {_SPACE}><ofd:Area><ofd:PhysicalBox>0 0 {_mm(paper.width)} {_mm(paper.height)}"
        f'</ofd:PhysicalBox></ofd:Area><ofd:Content><ofd:Layer ID="2">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
    )


def _path(stroke: Stroke) -> str:
    x0, y0, x1, y1 = stroke
    wide, high = x1 - x0, y1 - y0
    return (
        f'<ofd:PathObject ID="" Boundary="{_mm(x0)} {_mm(y0)} {_mm(wide)} {_mm(high)}" LineWidth="0.18">'
        f"<ofd:AbbreviatedData>M 0 0 L {_mm(wide)} {_mm(high)}</ofd:AbbreviatedData></ofd:PathObject>"
    )


def _text(run: Run) -> str:
    x, y, size, text = run
    box = f"{_mm(x)} {_mm(y - BASE * size)} {_mm(width(text, size))} {_mm(size)}"
    return (
        f'<ofd:TextObject ID="" Boundary="{box}" Font="1" Size="{_mm(size)}">'
        f'<ofd:TextCode X="0" Y="{_mm(BASE * size)}"{_steps(text, size)}>{escape(text, quote=False)}'
        "</ofd:TextCode></ofd:TextObject>"
    )


def _steps(text: str, size: float) -> str:
    """The steps from letter to letter, runs of equal ones folded as `g times step`."""
    steps = [size if unicodedata.east_asian_width(c) in "WFA" else size / 2 for c in text[:-1]]
    folded: list[tuple[int, float]] = []
    for step in steps:
        if folded and folded[-1][1] == step:
            folded[-1] = (folded[-1][0] + 1, step)
        else:
            folded.append((1, step))
    parts = [
        f"g {times} {_mm(step)}" if times > 2 else " ".join([_mm(step)] * times) for times, step in folded
    ]
    return f' DeltaX="{" ".join(parts)}"' if parts else ""
