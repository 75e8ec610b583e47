import base64
import quopri
import zipfile
from io import BytesIO

import pytest

from crawler.demo.office import as_docx, as_xlsx, as_zip, docx_of, docx_paragraph
from crawler.demo.renderers import as_page
from crawler.demo.reports import make_report
from parsers.parse import parse
from parsers.readers import Unreadable, read
from parsers.readers.package import MOST_MEMBERS
from parsers.readers.zip import contents, member_name
from tests.parsers.readers.same import assert_reads_back

PAGE = docx_of(docx_paragraph("x"))


def sample(issuer="白鹭镇人民政府"):
    return make_report(issuer, 2022, seed=3)


def test_an_archive_of_one_report_is_that_report():
    report = sample()
    data = as_zip(
        {"__MACOSX/._a.docx": b"x", "a/年报.docx": as_docx(report), "logo.png": b"\x89PNG", "b/": b""}
    )
    assert_reads_back(report, data, "docx")


def test_every_document_of_an_archive_is_read():
    one, two = sample(), sample("青禾镇人民政府")
    data = as_zip(
        {"a.docx": as_docx(one), "内/b.zip": as_zip({"c.xlsx": as_xlsx(two)}), "d.pdf": b"%PDF-1.4"}
    )
    found = contents(data)
    assert [document.meta["member"] for document in found.documents] == ["a.docx", "内/b.zip/c.xlsx"]
    assert [document.format for document in found.documents] == ["docx", "xlsx"]
    assert [error.sentence.partition(": ")[0] for error in found.unread] == ["d.pdf"]


def test_documents_of_an_archive_are_never_mixed_to_one():
    data = as_zip({"a.docx": as_docx(sample()), "b.docx": as_docx(sample("青禾镇人民政府"))})
    reading = parse(data)
    assert reading.outcome == "unreadable" or len(reading.reports) == 2


def test_archives_in_archives_in_archives_are_named_and_not_read():
    data = as_zip({"a.zip": as_zip({"b.zip": as_zip({"c.docx": PAGE})}), "d.docx": PAGE})
    found = contents(data)
    assert [document.meta["member"] for document in found.documents] == ["d.docx"]
    assert found.unread[0].sentence.startswith("a.zip/b.zip: ")


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_of_members_in_the_encodings_that_are_used(encoding):
    info = zipfile.ZipInfo("白鹭镇.docx".encode(encoding).decode("cp437"))
    assert member_name(info) == "白鹭镇.docx"


def test_a_name_that_says_it_is_utf_8():
    assert [d.meta["member"] for d in contents(as_zip({"白鹭镇.docx": PAGE})).documents] == ["白鹭镇.docx"]


def test_a_name_that_says_it_is_utf_8_is_not_decoded_twice():
    info = zipfile.ZipInfo("é.docx")
    info.flag_bits = 0x800
    assert member_name(info) == "é.docx"


def test_a_report_beside_a_document_that_cannot_be_read_is_not_the_whole():
    with pytest.raises(Unreadable, match=r"2 documents.*a\.docx、b\.pdf"):
        read(as_zip({"a.docx": PAGE, "b.pdf": b"%PDF-1.4"}))


def test_all_archives_together_have_a_limit(monkeypatch):
    monkeypatch.setattr("parsers.readers.zip.MOST_TOTAL_BYTES", 3 * len(PAGE))
    found = contents(as_zip({f"{n}.zip": as_zip({"a.docx": PAGE}) for n in range(3)}))
    assert len(found.documents) < 3
    assert "more than" in found.unread[0].sentence


def test_a_member_behind_a_password_is_named():
    data = bytearray(as_zip({"a.docx": PAGE}))
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Unreadable, match=r"a\.docx: it is protected by a password"):
        read(bytes(data))


def bomb():
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"{n}.txt", bytes(80 << 20), compresslevel=9)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (bomb, "unpack to 320 MB"),
        (lambda: as_zip({"a.txt": b" " * (30 << 20)}), "unpacks to more than"),
        (lambda: as_zip({f"{n}.txt": b"" for n in range(MOST_MEMBERS + 1)}), "members"),
        (lambda: as_zip({"a.png": b"x"}), "no document"),
        (lambda: as_zip({}), "no document"),
        (lambda: as_zip({"a.docx": PAGE})[:-30], "cut off"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(data())


TRANSFERS = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}
ENCODINGS = {"gb2312": "gb18030", "unicode": "utf-16", "": "utf-8"}


def mhtml(page, charset, transfer):
    named = f'; charset="{charset}"' if charset else ""
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="=_b"\r\n\r\nThis is MHTML.\r\n'
    )
    part = f"--=_b\r\nContent-Type: text/html{named}\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n"
    image = (
        "\r\n--=_b\r\nContent-Type: image/gif\r\nContent-Transfer-Encoding: base64\r\n\r\nR0lG\r\n--=_b--\r\n"
    )
    return (head + part).encode() + TRANSFERS[transfer](page.encode(ENCODINGS[charset])) + image.encode()


@pytest.mark.parametrize(
    ("charset", "transfer"),
    [("gb2312", "quoted-printable"), ("gb2312", "8bit"), ("unicode", "base64"), ("", "8bit"), ("", "base64")],
)
def test_a_page_saved_as_mhtml(charset, transfer):
    report = sample()
    assert_reads_back(report, mhtml(as_page(report), charset, transfer), "mhtml")


def test_the_page_of_a_saved_page_is_its_longest():
    report = sample()
    frame = "\r\n--=_b\r\nContent-Type: text/html\r\n\r\n<p>menu</p>\r\n--=_b\r\nContent-Type: text/html"
    data = mhtml(as_page(report), "", "8bit").replace(
        b"\r\n--=_b\r\nContent-Type: text/html", frame.encode(), 1
    )
    assert data.count(b"text/html") == 2
    assert_reads_back(report, data, "mhtml")


def test_a_saved_page_without_a_page():
    with pytest.raises(Unreadable, match="no page"):
        read(
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n\r\n--b--\r\n'
        )


def test_reports_of_an_archive_are_read_apart_and_what_is_unread_is_a_finding():
    one, two = sample(), sample("青禾镇人民政府")
    reading = parse(as_zip({"a.docx": as_docx(one), "c.xlsx": as_xlsx(two), "d.pdf": b"%PDF-1.4"}))
    assert (reading.format, reading.outcome) == ("zip", "report")
    assert [report.cells() for report in reading.reports] == [one.figures(), two.figures()]
    for report in reading.reports:
        (finding,) = [f for f in report.findings if f.code == "member_unread"]
        assert finding.message.startswith("d.pdf")
