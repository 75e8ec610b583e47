import shutil

import pytest

from crawler.demo.office import as_docx
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from crawler.demo.rtf import as_rtf, rtf_of
from parsers.document import Block
from parsers.readers import Unreadable, docx, read, rtf
from tests.parsers import shared
from tests.parsers.readers.same import assert_reads_back
from tests.parsers.readers.test_doc import by_libreoffice


def texts(body):
    """Blocks as text and grids as rows; a grid whose columns are unknown begins with a question mark."""
    found = []
    for item in read(rtf_of(body)).items:
        if isinstance(item, Block):
            found.append(item.text)
        else:
            found.append(item.rows if item.exact else ["?", *item.rows])
    return found


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
@pytest.mark.parametrize("unicode", [False, True])
def test_a_report_reads_back(form, quirks, unicode):
    report = make_report("白鹭镇人民政府", 2022, form, seed=9)
    report = report.with_cell("requests.received.business", "无").with_cell(
        "remedies.reconsideration.upheld", None
    )
    read_ = assert_reads_back(report, as_rtf(report, quirks, unicode), "rtf")
    assert read_.notes["requests.received.business"].flag == "mark"


ROW = r"\trowd\cellx1000\cellx2000\pard\intbl "


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"5", "5"),
        (r"5{\super 1}", "5^1"),
        (r"{\strike 5}6", "~56"),
        (r"{\super 1\nosupersub 2}", "^12"),
        (r"1{\v 9}", "1"),
        (r"1{\v 9\v0 8}", "18"),
        (r"1{\deleted 9}", "1"),
        (r"{\revised 3}", "3"),
        (r"1\line 2", "1\n2"),
        (r"\_3", "-3"),
        (r"\~", ""),
        (r"\'a1\'a1", ""),
        (r"\u12288 ?", ""),
        (r"\u-10179?\u-8695?", "😉"),
        (r"\uc2\u19968\'d2\'bb7", "一7"),
        (r"{\uc0\u19968}7", "一7"),
        (r"\'b5\'da\'b1p", "第眕"),
        (r"{\field{\*\fldinst =SUM(LEFT)}{\fldrslt 8}}", "8"),
        (r"{\pict\wmetafile8 0102}5", "5"),
        (r"\bin3 }}}5", "5"),
        (r"\bin4 \v 15", "5"),
        (r"{\pict\bin5 \'}{\}5", "5"),
        (r"{\*\unknown 9}5", "5"),
        (r"5{\footnote\pard note}", "5[注]"),
        (r"1\par 2", "1\n2"),
        (r"{\listtext 1.}\'cf\'ee", "1.项"),
        (r"\{\\\}", "{\\}"),
    ],
)
def test_what_a_cell_says(inside, text):
    assert texts(rf"{ROW}{inside}\cell x\cell\row")[0] == [[text, "x"]]


def test_merged_cells_and_edges():
    body = (
        r"\trowd\clvmgf\cellx1000\clmgf\cellx2000\clmrg\cellx3000\pard\intbl a\cell b\cell -\cell\row"
        r"\trowd\clvmrg\cellx1005\cellx2000\cellx3000\pard\intbl\cell c\cell d\cell\row"
        r"\trowd\cellx2000\cellx3000\pard\intbl e\cell f\cell\row"
    )
    assert texts(body) == [[["a", "b", "b"], ["a", "c", "d"], ["e", "e", "f"]]]


def test_a_description_holds_for_the_rows_after_it():
    assert texts(rf"{ROW}a\cell b\cell\row\pard\intbl c\cell d\cell\row\pard z\par") == [
        [["a", "b"], ["c", "d"]],
        "z",
    ]


def test_a_row_that_does_not_describe_its_cells_leaves_the_columns_unknown():
    assert texts(rf"{ROW}a\cell\row") == [["?", ["a"]]]
    assert texts(r"\pard\intbl a\cell b\cell\pard\par z") == [["?", ["a", "b"]], "z"]


def test_a_table_in_a_cell():
    inner = (
        r"\pard\intbl\itap2 1\nestcell 2\nestcell"
        r"{\*\nesttableprops\trowd\cellx100\cellx200\nestrow}{\nonesttables\par}"
    )
    assert texts(rf"{ROW}{inner}\pard\intbl a\cell b\cell\row") == [[["1", "2"]], "a", "b"]


def test_boxes_and_notes():
    box = r"{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}{\shptxt\pard box\par}}{\shprslt{\pard box\par}}}"
    assert texts(rf"\pard a{box}\par b{{\footnote\pard note}}\par c\par") == ["a", "box", "b", "c", "note"]
    assert texts(rf"{ROW}x\cell {box}y\cell\row") == [[["x", "y\nbox"]]]


def test_fonts_have_encodings():
    fonts = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset134 x;}{\f2\fcharset136 x;}{\f3\fcharset2 x;}}"
    body = r"\f1\'d2\'bb\f2\'a4\'40\f0\'d2\'bb\f3\'b7"
    assert read(rb"{\rtf1\ansi\ansicpg936" + (fonts + body).encode() + b"}").items[0].text == "一一一\uf0b7"


def test_groups_too_deep_are_refused():
    with pytest.raises(Unreadable, match="nested"):
        read(b"{\\rtf1" + b"{" * 3000)


def test_a_file_cut_off_within_its_text_is_refused():
    whole = rtf_of(r"\pard one\par two 12\par")
    assert [block.text for block in read(whole[:-1]).blocks()] == ["one", "two 12"]
    with pytest.raises(Unreadable, match="cut off"):
        read(whole[:-6])


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_what_libreoffice_saved(tmp_path):
    report = make_report("白鹭镇人民政府", 2022, "2021", seed=7)
    assert_reads_back(report, by_libreoffice(tmp_path, as_docx(report), "rtf"), "rtf")
    source = shared.path("samples", "template_blank.docx").read_bytes()
    data = by_libreoffice(tmp_path, source, "rtf")
    assert [g.rows for g in rtf.read(data).grids()] == [g.rows for g in docx.read(source).grids()]
