"""Every format in which a sample report can be printed, as a function of the report and quirks."""

from crawler.demo.dumped import as_dump
from crawler.demo.ofd import as_ofd
from crawler.demo.office import as_docx, as_xlsx, as_zip
from crawler.demo.paper import Paper
from crawler.demo.pdf import as_pdf
from crawler.demo.renderers import STYLES, as_mhtml, as_page, as_text
from crawler.demo.rtf import as_rtf
from tests.parsers.readers.biff_files import as_xls
from tests.parsers.readers.word97_files import as_doc


def _gb18030(report, quirks=()):
    """A page whose declared encoding is the smaller one, as most are."""
    return as_page(report, quirks).replace("utf-8", "gb2312").encode("gb18030")


PRINTERS = {
    "html": lambda report, quirks=(): as_page(report, quirks).encode(),
    "gb18030": _gb18030,
    "mhtml": as_mhtml,
    **{style: lambda report, quirks=(), s=style: as_text(report, s, quirks).encode() for style in STYLES},
    "csv": lambda report, quirks=(): as_dump(report, "csv", quirks).encode(),
    "json": lambda report, quirks=(): as_dump(report, "json_blocks", quirks).encode(),
    "docx": as_docx,
    "doc": as_doc,
    "rtf": as_rtf,
    "xlsx": as_xlsx,
    "xls": as_xls,
    "pdf": as_pdf,
    "pdf_cut": lambda report, quirks=(): as_pdf(report, quirks, Paper(cut=True)),
    "ofd": as_ofd,
    "zip": lambda report, quirks=(): as_zip({f"{report.year}/年报.docx": as_docx(report, quirks)}),
}
