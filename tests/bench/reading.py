"""Reading: whole reports, from bytes to checked figures, against tools that only bring out text or cells."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from io import BytesIO, StringIO
from pathlib import Path
from types import ModuleType

import lxml.html

from crawler.demo.pdf import as_pdf
from crawler.demo.renderers import as_text
from parsers.parse import parse
from parsers.readers import read
from tests.bench.pairs import Absent, Pair, Sides
from tests.bench.reports import dressed_docx, reports, told_apart
from tests.parsers.readers.word97_files import as_doc


def _module(name: str, package: str) -> ModuleType:
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        raise Absent(f"{package} is not installed (pip install -e '.[bench]')") from error


def plain_tables(page: bytes) -> list[list[list[str]]]:
    """The tables of a page with their spans expanded, and nothing else: what a short script does."""
    tables = []
    for table in lxml.html.fromstring(page.decode()).iter("table"):
        squares: dict[tuple[int, int], str] = {}
        rows = table.findall(".//tr")
        width = 0
        for r, row in enumerate(rows):
            c = 0
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while (r, c) in squares:
                    c += 1
                text = cell.text_content().strip()
                down, across = int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))
                for y in range(r, r + down):
                    for x in range(c, c + across):
                        squares[y, x] = text
                c += across
                width = max(width, c)
        tables.append([[squares.get((y, x), "") for x in range(width)] for y in range(len(rows))])
    return tables


ROUNDS, AT_ONCE = 15, 17


def _html(reference: Callable[[bytes], object]) -> Iterator[Sides]:
    """Both sides read the same pages, and no page twice: a crawl does not either."""
    documents = told_apart((ROUNDS + 1) * AT_ONCE)
    batches = [documents[start : start + AT_ONCE] for start in range(0, len(documents), AT_ONCE)]
    ours, theirs = iter(batches), iter(batches)
    yield Sides(
        lambda: [parse(document) for document in next(ours)],
        lambda: [reference(document) for document in next(theirs)],
        AT_ONCE,
    )


def html_against_lxml() -> Iterator[Sides]:
    """The least that reading a page takes."""
    return _html(plain_tables)


def html_against_pandas() -> Iterator[Sides]:
    """What most scripts use."""
    pandas = _module("pandas", "pandas")
    return _html(lambda page: pandas.read_html(StringIO(page.decode()), flavor="lxml"))


def _pdf(ours: Callable[[bytes], object]) -> Iterator[Sides]:
    pdfplumber = _module("pdfplumber", "pdfplumber")
    documents = [as_pdf(report) for report in reports()[:3]]

    def reference() -> None:
        for document in documents:
            with pdfplumber.open(BytesIO(document)) as opened:
                for page in opened.pages:
                    page.extract_tables()

    yield Sides(lambda: [ours(document) for document in documents], reference, len(documents))


def _docx(ours: Callable[[bytes], object]) -> Iterator[Sides]:
    python_docx = _module("docx", "python-docx")
    documents = [dressed_docx(report) for report in reports()]

    def reference() -> None:
        for document in documents:
            for table in python_docx.Document(BytesIO(document)).tables:
                for row in table.rows:
                    for cell in row.cells:
                        _ = cell.text

    yield Sides(lambda: [ours(document) for document in documents], reference, len(documents))


def doc() -> Iterator[Sides]:
    """One start of LibreOffice for one file, as a converter would do it."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise Absent("soffice is not installed")
    document = as_doc(reports()[0])
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(document)
        command = [
            soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
            "--convert-to", "html", "--outdir", folder, str(source),
        ]  # fmt: skip
        yield Sides(
            lambda: parse(document),
            lambda: subprocess.run(command, check=True, capture_output=True, timeout=120),
            1,
        )


def start() -> Iterator[Sides]:
    """The command as a user types it, who has typed it before: its bytecode is kept, whatever this shell says."""
    with tempfile.TemporaryDirectory() as folder:
        kept = {**os.environ, "PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": folder}
        source = Path(folder, "report.txt")
        source.write_text(as_text(reports()[0]), encoding="utf-8")
        ours = [str(Path(sys.executable).with_name("gongkai")), "parse", str(source), "--json"]
        reference = [sys.executable, "-c", "import lxml.html"]
        yield Sides(
            lambda: subprocess.run(ours, check=True, capture_output=True, env=kept),
            lambda: subprocess.run(reference, check=True, capture_output=True, env=kept),
            1,
        )


READING = (
    Pair("html", "a portal page, as a checked report", "lxml.html and spans", 0.7, html_against_lxml, ROUNDS),
    Pair("html-pandas", "the same", "pandas.read_html", 1.8, html_against_pandas, ROUNDS),
    Pair("pdf", "tables of a PDF", "pdfplumber.extract_tables", 10, partial(_pdf, read), rounds=3),
    Pair("pdf-report", "the same, as a checked report", "the same", None, partial(_pdf, parse), rounds=3),
    Pair("docx", "tables of a Word document", "python-docx row.cells", 8, partial(_docx, read), rounds=5),
    Pair("docx-report", "the same, as a checked report", "the same", None, partial(_docx, parse), rounds=5),
    Pair("doc", "an old Word document, as a checked report", "LibreOffice, one start", 100, doc, rounds=2),
    Pair("start", "gongkai parse of a text file", "python -c 'import lxml.html'", 0.33, start, rounds=9),
)
