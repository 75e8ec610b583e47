import shutil
import struct
import subprocess

import pytest

from crawler.demo.office import as_docx
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from parsers.document import Block
from parsers.parse import parse
from parsers.readers import Unreadable, doc, docx, read
from parsers.values import UNSEEN
from tests.parsers import shared
from tests.parsers.readers.same import assert_reads_back
from tests.parsers.readers.word97_files import (
    IN_TABLE,
    INNER_CELL,
    INNER_ROW_END,
    as_doc,
    cells,
    compound,
    depth,
    row,
)
from tests.parsers.readers.word97_files import doc as make


def texts(*args, **more):
    """Blocks as text and grids as rows; a grid whose columns are unknown begins with a question mark."""
    found = []
    for item in doc.read(make(*args, **more)).items:
        if isinstance(item, Block):
            found.append(item.text)
        else:
            found.append(item.rows if item.exact else ["?", *item.rows])
    return found


def sprm(code, value=1):
    return struct.pack("<HB", code, value)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
def test_a_report_reads_back(form, quirks):
    report = make_report("白鹭镇人民政府", 2022, form, seed=6)
    report = report.with_cell("requests.received.business", "—").with_cell(
        "remedies.reconsideration.upheld", None
    )
    read_ = assert_reads_back(report, as_doc(report, quirks), "doc")
    assert read_.notes["requests.received.business"].flag == "mark"


def test_merged_cells_stand_in_every_square():
    first = cells("a", "b", "hidden", flags=[0x60, 1, 2])
    second = cells("under a", "c", "d", flags=[0x20, 0, 0])
    assert texts(first + second) == [[["a", "b", "b"], ["a", "c", "d"]]]


@pytest.mark.parametrize("flags", [(0, 1, 2, 1, 2), (0, 2, 1, 2, 1), (0, 3, 1, 3, 1)])
def test_either_description_of_a_merge_is_understood(flags):
    lines = cells("a", "b", "-", "c", "-", flags=flags) + cells(*"12345")
    assert texts(lines) == [[["a", "b", "b", "c", "c"], [*"12345"]]]


def test_edges_decide_what_stands_under_what():
    assert texts(cells("a", "b", edges=[0, 2000, 3000]) + cells("1", "2", "3")) == [
        [["a", "a", "b"], ["1", "2", "3"]]
    ]
    assert texts(cells("a", "b", edges=[0, 1010, 3000]) + cells("1", "2", edges=[-8, 1000, 3000])) == [
        [["a", "b"], ["1", "2"]]
    ]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (struct.pack("<HBB", 0x5624, 1, 3), [["x", "y", "y"], ["1", "2", "3"]]),
        (struct.pack("<HBBB", 0xD62B, 2, 2, 1), [["x", "y", "z"], ["1", "2", "3"]]),
        (struct.pack("<HBBh", 0x7623, 0, 1, 2000), [["x", "x", "y", "z"], ["1", "2", "3", None]]),
        (struct.pack("<Hh", 0x9601, 1000), [[None, "x", "y", "z"], ["1", "2", "3", None]]),
        (struct.pack("<HhHh", 0x9602, 100, 0x9601, 100), [["x", "y", "z"], ["1", "2", "3"]]),
    ],
)
def test_changes_after_the_description_of_a_row(how, expected):
    assert texts(cells("x", "y", "z", how=how) + cells("1", "2", "3")) == [expected]


def test_cells_split_again_after_the_description():
    split = struct.pack("<HBB", 0x5625, 0, 3)
    assert texts(cells("x", "y", "z", flags=[0, 1, 2], how=split)) == [[["x", "y", "z"]]]


def test_a_cell_merged_downwards_after_the_description():
    down = struct.pack("<HBBB", 0xD62B, 2, 0, 1)
    begin = struct.pack("<HBBB", 0xD62B, 2, 0, 3)
    assert texts(cells("x", "y", how=begin) + cells("-", "2", how=down)) == [[["x", "y"], ["x", "2"]]]


def test_cells_put_in_and_taken_out_after_the_description():
    put_in = struct.pack("<HBBh", 0x7621, 1, 1, 1000)
    assert texts(cells("x", "y", "z", edges=[0, 1000, 2000], how=put_in)) == [[["x", "y", "z"]]]
    taken_out = struct.pack("<HBB", 0x5622, 1, 2)
    assert texts(cells("x", "z", edges=[0, 1000, 2000, 3000], how=taken_out)) == [[["x", "z"]]]


def test_a_row_that_does_not_describe_its_cells_leaves_the_columns_unknown():
    assert texts(cells("a", "b", edges=[0, 1000, 2000, 3000])) == [["?", ["a", "b"]]]


def test_a_row_without_an_end_is_kept_and_its_columns_are_unknown():
    assert texts([("a\x07", IN_TABLE), ("b\x07", IN_TABLE), ("后\r", b"")]) == [["?", ["a", "b"]], "后"]


def test_a_description_too_long_for_its_page_stands_in_the_data_stream():
    description = row([0, 100, 2100, 4100])
    data = b"\xff" * 8 + struct.pack("<H", len(description)) + description
    end = sprm(0x2416) + sprm(0x2417) + struct.pack("<HI", 0x6646, 8)
    lines = [*((text + "\x07", IN_TABLE) for text in "abc"), ("\x07", end)]
    assert texts(lines, data=data) == [[["a", "b", "c"]]]


def test_a_table_in_a_cell():
    inner = [("1\r", INNER_CELL), ("2\r", INNER_CELL), ("\r", INNER_ROW_END + row([0, 100, 200]))]
    outer = [("前\r", IN_TABLE + depth(1)), *inner, *cells("后")]
    assert texts(outer) == ["前", [["1", "2"]], "后"]


def test_text_in_pieces_out_of_order_and_of_both_kinds():
    lines = [("BC\rA1\r政\r", b"")]
    assert texts(lines, pieces=[(3, 5, True, 0), (6, 7, False, 0), (0, 2, True, 0), (5, 6, False, 0)]) == [
        "A1政BC"
    ]


def test_what_a_fast_save_laid_over_a_piece():
    lines = [("12", b""), ("3\r", b"")]
    deleted = 0x41 << 1 | 1 << 8
    assert texts(lines, pieces=[(0, 1, False, 0), (1, 2, False, deleted), (2, 4, False, 0)]) == ["13"]
    hidden = 0 << 1 | 1
    pieces = [(0, 1, False, 0), (1, 2, False, hidden), (2, 4, False, 0)]
    assert texts(lines, pieces=pieces, lists=[sprm(0x083C)]) == ["13"]


@pytest.mark.parametrize(
    ("properties", "text"),
    [
        (sprm(0x0800), "13"),
        (sprm(0x0800, 129), "13"),
        (sprm(0x083C), "13"),
        (sprm(0x083C, 0), "123"),
        (sprm(0x083C, 128), "123"),
        (sprm(0x083C, 129), "13"),
        (sprm(0x2A48), "1^23"),
        (sprm(0x0837), "1~23"),
        (sprm(0x0801), "123"),
        (struct.pack("<HBHH", 0x6A09, 1, 0xF031, 0)[:6], "1\uf0313"),
    ],
)
def test_deleted_hidden_raised_and_struck_characters(properties, text):
    if properties.startswith(b"\x09\x6a"):
        properties = struct.pack("<HHH", 0x6A09, 1, 0xF031)
    assert texts([("123\r", b"")], looks=[(1, 2, properties)]) == [text]


def style(kind, base, *lists):
    """A style that rests on another, with its property lists."""
    body = struct.pack("<5HH1s3x", 0, base << 4 | kind, len(lists), 0, 0, 1, b"a")
    for entry in lists:
        body += struct.pack("<H", len(entry)) + entry + bytes(len(entry) % 2)
    return struct.pack("<H", len(body)) + body


STYLES = struct.pack("<3H", 4, 5, 10) + b"".join(
    [
        style(1, 0xFFF, b"\0\0", b""),
        style(1, 0, b"\0\0", sprm(0x083C)),
        style(1, 1, b"\0\0", b""),
        style(1, 1, b"\0\0", sprm(0x083C, 129)),
        style(2, 0xFFF, sprm(0x083C)),
    ]
)


@pytest.mark.parametrize(
    ("paragraph_style", "properties", "text"),
    [
        (0, b"", ["123"]),
        (1, b"", []),
        (2, b"", []),
        (3, b"", ["123"]),
        (1, sprm(0x083C, 129), ["2"]),
        (1, sprm(0x083C, 0), ["2"]),
        (1, sprm(0x083C, 1), []),
        (0, sprm(0x083C, 129), ["13"]),
        (0, struct.pack("<HH", 0x4A30, 4), ["13"]),
    ],
)
def test_text_that_a_style_hides(paragraph_style, properties, text):
    lines = [("123\r", b"", paragraph_style), ("z\r", b"")]
    looks = [(1, 2, properties)] if properties else []
    assert texts(lines, looks=looks, table={1: STYLES}) in ([*text, "z"], [*text[:-1], "".join([*text, "z"])])


def test_a_deleted_row_is_not_there_and_a_deleted_mark_of_a_cell_parts_cells_still():
    lines = cells("1", "2") + cells("3", "4")
    assert texts(lines, looks=[(0, 5, sprm(0x0800))]) == [[["3", "4"]]]
    assert texts(lines, looks=[(0, 2, sprm(0x0800))]) == [[["", "2"], ["3", "4"]]]


def test_fields_notes_breaks_and_hyphens():
    field = "\x13 =SUM(LEFT) \x148\x15"
    assert texts(cells(field, "5\x02", "a\x0bb", "\x1e3", "\u3000", "1\x1f2\x08")) == [
        [["8", "5[注]", "a\nb", "-3", "", "12"]]
    ]
    assert texts([("一\x13 REF x \x15\x0b二\r", b"")]) == ["一", "二"]


def test_a_picture_in_a_cell_without_words_is_no_blank():
    assert texts(cells("\x01", "5\x01", "规章\x01")) == [[[UNSEEN, f"5{UNSEEN}", "规章"]]]
    assert texts([("一\x01\r", b"")]) == ["一"]


def test_notes_and_lost_boxes_stand_at_the_end():
    lines = [("正文\r", b""), ("\x02注\r", b""), ("框\r\r", b"")]
    boxes = struct.pack("<3I", 0, 2, 3) + bytes(44)
    assert texts(lines, stories=(3, 3, 0, 0, 0, 0, 3, 0), table={56: boxes}) == ["正文", "框", "注"]


def test_a_box_stands_where_it_is_anchored():
    lines = [("前\x08\r后\r", b""), ("框\r\r", b"")]
    anchors = struct.pack("<2Ii22x", 1, 5, 1025)
    boxes = struct.pack("<3I14xi4x22x", 0, 2, 3, 1025)
    assert texts(lines, stories=(5, 0, 0, 0, 0, 0, 3, 0), table={40: anchors, 56: boxes}) == [
        "前",
        "框",
        "后",
    ]


def test_a_character_of_two_units():
    assert texts([("𠮷\r", b""), ("镇\r", b"")], pieces=[(0, 4, False, 0)]) == ["𠮷", "镇"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (lambda: make([("a\r", b"")], flags=0x100), "password"),
        (lambda: make([("a\r", b"")], version=0x65), "Word 6"),
        (lambda: make([("a\r", b"")])[:3000], "cut off"),
        (lambda: make([("a\r", b"")], table={33: b""}), "damaged"),
        (
            lambda: make([("a\r", b"")], table={33: struct.pack("<BI2IHIH", 2, 16, 0, 9, 0, 1 << 20, 0)}),
            "cut off",
        ),
        (lambda: compound({"WordDocument": b"", "0Table": b""}), "damaged"),
        (lambda: compound({"EncryptedPackage": b""}), "password"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(data())


soffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")


def by_libreoffice(folder, docx_, format_="doc"):
    (folder / "in.docx").write_bytes(docx_)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        "soffice",
        "--headless",
        profile,
        "--convert-to",
        format_,
        "--outdir",
        str(folder),
        str(folder / "in.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / f"in.{format_}").read_bytes()


@soffice
def test_a_report_that_libreoffice_saved(tmp_path):
    report = make_report("白鹭镇人民政府", 2022, "2021", seed=7)
    assert_reads_back(report, by_libreoffice(tmp_path, as_docx(report)), "doc")


@soffice
def test_the_official_blank_form(tmp_path):
    source = shared.path("samples", "template_blank.docx").read_bytes()
    data = by_libreoffice(tmp_path, source)
    assert parse(data).outcome == "blank_form"
    assert [g.rows for g in doc.read(data).grids()] == [g.rows for g in docx.read(source).grids()]
