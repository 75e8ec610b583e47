"""What no reader understands: refused with what would help, or read by way of a converter that is handed in."""

import pytest

from crawler.demo.office import as_docx, as_xlsx, as_zip, docx_of, docx_paragraph
from crawler.demo.reports import make_report
from parsers.engines import Engines
from parsers.parse import parse
from tests.parsers.readers.foreign_files import as_odt, odt_of
from tests.parsers.readers.word97_files import doc

WORD_95 = doc([("a\r", b"")], version=0x65)
DAMAGED = doc([("a\r", b"")])[:3000]
XLSB = as_zip({"xl/workbook.bin": b"x"})
ODS = odt_of("", "application/vnd.oasis.opendocument.spreadsheet")


def sample():
    return make_report("白鹭镇人民政府", 2022, seed=11)


class Scribe:
    """Converts every file to one that it was given."""

    def __init__(self, made=b""):
        self.engine, self.made, self.asked = "scribe 1.0", made, []

    def convert(self, data, target):
        self.asked.append(target)
        return self.made


@pytest.mark.parametrize(
    ("data", "format_", "words", "package"),
    [
        (WORD_95, "doc", "Word 6 or 95", "writer"),
        (DAMAGED, "damaged", "cut off or damaged", "writer"),
        (as_odt(sample()), "odt", "OpenDocument text", "writer"),
        (ODS, "ods", "OpenDocument spreadsheet", "calc"),
        (XLSB, "xlsb", "binary spreadsheet", "calc"),
    ],
)
def test_without_a_converter_one_sentence_says_what_would_help(data, format_, words, package):
    reading = parse(data)
    assert (reading.outcome, reading.format, reading.lacks) == ("unreadable", format_, ("office",))
    assert words in reading.message
    assert reading.message.endswith(f"(apt install libreoffice-{package}-nogui)")


@pytest.mark.parametrize(
    ("data", "made", "target"),
    [(WORD_95, as_docx(sample()), "docx"), (XLSB, as_xlsx(sample()), "xlsx")],
)
def test_a_foreign_format_is_read_as_what_it_is_converted_to(data, made, target):
    scribe = Scribe(made)
    reading = parse(data, Engines(office=scribe))
    assert reading.reports[0].cells() == sample().figures()
    assert reading.reports[0].findings == []
    assert reading.engines[0] == "scribe 1.0"
    assert scribe.asked == [target]


def test_what_is_made_of_a_damaged_file_says_so():
    reading = parse(DAMAGED, Engines(office=Scribe(as_docx(sample()))))
    assert reading.format == "damaged"
    assert [finding.code for finding in reading.reports[0].findings] == ["file_damaged"]


def test_a_damaged_file_of_which_no_report_is_made_stays_unreadable():
    empty = Scribe(docx_of(docx_paragraph("今天天气很好。")))
    reading = parse(DAMAGED, Engines(office=empty))
    assert reading.outcome == "unreadable"
    assert "may lack parts" in reading.message
    assert parse(WORD_95, Engines(office=empty)).outcome == "not_report"


@pytest.mark.parametrize("made", [b"", b"no package", docx_of(docx_paragraph("ÐÏ#à¡±#á"))])
def test_what_the_converter_cannot_read_is_refused(made):
    reading = parse(WORD_95, Engines(office=Scribe(made)))
    assert (reading.outcome, reading.lacks) == ("unreadable", ())
    assert reading.message == "it was saved by Word 6 or 95; LibreOffice cannot read it either"


def test_a_password_is_no_matter_for_a_converter():
    scribe = Scribe(as_docx(sample()))
    reading = parse(doc([("a\r", b"")], flags=0x100), Engines(office=scribe))
    assert (reading.message, scribe.asked) == ("it is protected by a password", [])


def test_what_is_kept_is_not_converted_again():
    kept, scribe = {}, Scribe(as_docx(sample()))

    def cache(body, engine, make):
        if (body, engine) not in kept:
            kept[body, engine] = make()
        return kept[body, engine]

    engines = Engines(cache, scribe)
    assert parse(WORD_95, engines).reports == parse(WORD_95, engines).reports
    assert scribe.asked == ["docx"]
    assert list(kept) == [(WORD_95, "scribe 1.0 docx")]


def test_members_of_an_archive_are_converted_too():
    data = as_zip({"a.doc": WORD_95, "b.docx": as_docx(sample())})
    assert [f.code for f in parse(data).reports[0].findings] == ["member_unread"]
    assert parse(data).lacks == ("office",)
    assert len(parse(data, Engines(office=Scribe(as_docx(sample())))).reports) == 2
