"""Sample reports as PDF, written by hand: one font that every reader knows without its file, text and lines.

`as_pdf` prints a report; `pdf_of` prints pages that a test has spoilt, in one of the ways of `Ink`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from crawler.demo.layout import Quirk
from crawler.demo.paper import Leaf, Paper, pages
from crawler.demo.renderers import layout
from crawler.demo.reports import SampleReport

SONG = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 /W [1 95 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -140 1000 860] /ItalicAngle 0"
    b" /Ascent 860 /Descent -140 /CapHeight 700 /StemV 80 >>",
)
"""The font and what it consists of, objects 3 to 5; ASCII letters are half as wide as they are high."""

NAMELESS = (
    b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 500 700] /FontMatrix [0.001 0 0 0.001 0 0] /CharProcs << "
    + b" ".join(b"/g%d 8 0 R" % n for n in range(10))
    + b" >> /Encoding << /Type /Encoding /Differences [48 "
    + b" ".join(b"/g%d" % n for n in range(10))
    + b"] >> /FirstChar 48 /LastChar 57 /Widths ["
    + b" ".join([b"500"] * 10)
    + b"] /Resources << >> >>"
)
"""A font of digits that does not say which glyph is which digit, object 6; its glyphs are object 8."""

GLYPH = b"500 0 0 0 400 700 d1 0 0 400 700 re f"


@dataclass(frozen=True, slots=True)
class Ink:
    """How pages are drawn: by how many quarters of a circle they lie on their side (`turned`), whether their text is
    hidden under a picture of it (`scanned`: without text; `layered`: with text that is not drawn), whether the
    digits come from a font that does not say what they are (`nameless`)."""

    turned: int = 0
    scanned: bool = False
    layered: bool = False
    nameless: bool = False


def as_pdf(
    report: SampleReport,
    quirks: Sequence[Quirk] = (),
    paper: Paper = Paper(),  # noqa: B008 - a frozen value
    ink: Ink = Ink(),
) -> bytes:
    """The report as a PDF file."""
    return pdf_of(pages(layout(report, tuple(quirks)), paper), paper, ink)


def pdf_of(leaves: Iterable[Leaf], paper: Paper = Paper(), ink: Ink = Ink()) -> bytes:  # noqa: B008 - frozen values
    """Pages as a PDF file."""
    streams = [_content(leaf, paper, ink) for leaf in leaves]
    first = 9
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(streams)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(streams)} >>".encode(),
        *SONG,
        NAMELESS,
        _stream(
            b"/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8",
            b"\xee",
        ),
        _stream(b"", GLYPH),
    ]
    width, height = (paper.height, paper.width) if ink.turned % 2 else (paper.width, paper.height)
    for n, stream in enumerate(streams):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width:g} {height:g}] /Rotate {90 * ink.turned % 360}"
            " /Resources << /Font << /S 3 0 R /N 6 0 R >> /XObject << /P 7 0 R >> >>"
            f" /Contents {first + 2 * n + 1} 0 R >>".encode()
        )
        objects.append(_stream(b"", stream))
    return _file(objects)


def _file(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n" % (entries, len(data)) + data + b"\nendstream"


def _content(leaf: Leaf, paper: Paper, ink: Ink) -> bytes:
    out = [_frame(paper, ink.turned), "0.5 w"]
    if ink.scanned or ink.layered:
        out.append(f"q {paper.width:g} 0 0 {paper.height:g} 0 0 cm /P Do Q")
    if not ink.scanned:
        out += [
            f"{x0:.2f} {paper.height - y0:.2f} m {x1:.2f} {paper.height - y1:.2f} l S"
            for x0, y0, x1, y1 in leaf.strokes
        ]
        for x, y, size, text in leaf.runs:
            shown = "".join(_shown(part, size) for part in _fonts(text, ink.nameless))
            mode = 3 if ink.layered else 0
            out.append(f"BT {mode} Tr 1 0 0 1 {x:.2f} {paper.height - y:.2f} Tm {shown}ET")
    return "\n".join(out).encode()


def _frame(paper: Paper, turned: int) -> str:
    """Lays the page on its side, so that the viewer's rotation sets it upright."""
    w, h = paper.width, paper.height
    return ("", f"0 1 -1 0 {h:g} 0 cm", f"-1 0 0 -1 {w:g} {h:g} cm", f"0 -1 1 0 0 {w:g} cm")[turned % 4]


def _fonts(text: str, nameless: bool) -> list[tuple[bool, str]]:
    """Runs of letters with whether they are digits of the nameless font."""
    runs: list[tuple[bool, str]] = []
    for character in text:
        digit = nameless and character in "0123456789"
        if runs and runs[-1][0] == digit:
            runs[-1] = (digit, runs[-1][1] + character)
        else:
            runs.append((digit, character))
    return runs


def _shown(run: tuple[bool, str], size: float) -> str:
    digits, text = run
    if digits:
        return f"/N {size:g} Tf ({text}) Tj "
    return f"/S {size:g} Tf <{text.encode('utf-16-be').hex()}> Tj "
