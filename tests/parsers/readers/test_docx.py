import zipfile
from io import BytesIO

import pytest

from crawler.demo.office import as_docx, as_zip, docx_of, docx_paragraph
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from parsers.document import Block, Grid
from parsers.parse import parse
from parsers.readers import Unreadable, read
from parsers.readers.sniff import sniff
from parsers.values import UNSEEN
from tests.parsers import shared
from tests.parsers.readers.same import assert_reads_back


def texts(body, **parts):
    """Blocks as text and grids as rows."""
    items = read(docx_of(body, **parts)).items
    return [item.text if isinstance(item, Block) else item.rows for item in items]


def run(text, properties=""):
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell(content, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows, widths=()):
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"


def p(text):
    return docx_paragraph(text)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
def test_a_report_reads_back(form, quirks):
    report = make_report("白鹭镇人民政府", 2022, form, seed=5)
    report = report.with_cell("requests.received.natural_person", "/").with_cell(
        "remedies.reconsideration.upheld", None
    )
    read_ = assert_reads_back(report, as_docx(report, quirks), "docx")
    assert read_.notes["requests.received.natural_person"].flag == "mark"
    assert "remedies.reconsideration.upheld" not in read_.notes


def test_the_official_blank_form():
    reading = parse(shared.path("samples", "template_blank.docx").read_bytes())
    assert reading.outcome == "blank_form"
    (report,) = reading.reports
    assert [finding.code for finding in report.findings] == ["blank_form"]
    assert len(report.requests) == 25
    assert all(len(columns) == 7 for columns in report.requests.values())
    assert set(report.cells().values()) == {None}
    assert not report.notes


def test_spans_stand_in_every_square_with_their_origin():
    merged = table(
        row(cell(p("a"), '<w:vMerge w:val="restart"/>'), cell(p("b"), '<w:gridSpan w:val="2"/>')),
        row(cell(p("hidden"), "<w:vMerge/>"), cell(p("c")), cell(p("d"))),
    )
    (grid,) = read(docx_of(merged)).items
    assert isinstance(grid, Grid)
    assert grid.exact
    assert grid.rows == [["a", "b", "b"], ["a", "c", "d"]]
    assert grid.origins == [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 1), (1, 2)]]


def test_a_merge_begun_nowhere_is_a_cell_of_its_own():
    assert texts(table(row(cell(p("a"), "<w:vMerge/>"), cell(p("b"))))) == [[["a", "b"]]]


def test_rows_that_begin_later_or_end_earlier_have_no_cells_there():
    short = row(cell(p("c")), properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>')
    assert texts(table(row(cell(p("a")), cell(p("b")), cell(p("x"))), short))[0][1] == [None, "c", None]


def test_a_column_as_narrow_as_a_slip_of_the_hand_is_none():
    slipped = table(
        row(cell(p("a"), '<w:gridSpan w:val="2"/>'), cell(p("b"))),
        row(cell(p("1")), cell(p("2"), '<w:gridSpan w:val="2"/>')),
        widths=(2000, 30, 2000),
    )
    assert texts(slipped) == [[["a", "b"], ["1", "2"]]]


def test_a_narrow_column_with_a_cell_of_its_own_stays():
    narrow = table(row(cell(p("a")), cell(p("")), cell(p("b"))), widths=(2000, 30, 2000))
    assert texts(narrow) == [[["a", "", "b"]]]


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (run("1") + f"<w:del>{run('2').replace('w:t>', 'w:delText>')}</w:del>", "1"),
        (f"<w:moveFrom>{run('7')}</w:moveFrom>{run('1')}", "1"),
        (f"<w:ins>{run('3')}</w:ins>", "3"),
        (run("1") + run("9", "<w:vanish/>"), "1"),
        (run("1") + run("9", '<w:vanish w:val="0"/>'), "19"),
        (run("5") + run("1", '<w:vertAlign w:val="superscript"/>'), "5^1"),
        (run("5", "<w:strike/>") + run("6"), "~56"),
        (run("1") + "<w:r><w:br/></w:r>" + run("2"), "1\n2"),
        (run("1") + "<w:r><w:tab/></w:r>", "1"),
        ("<w:r><w:noBreakHyphen/></w:r>" + run("3"), "-3"),
        (run("\u3000 \u3000"), ""),
        (f"<w:sdt><w:sdtContent>{run('4')}</w:sdtContent></w:sdt>", "4"),
        (f"<w:hyperlink>{run('4')}</w:hyperlink><w:smartTag>{run('2')}</w:smartTag>", "42"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F031"/></w:r>', "\uf031"),
        (run("5") + '<w:r><w:footnoteReference w:id="2"/></w:r>', "5[注]"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>=SUM(LEFT)</w:instrText></w:r>'
            + run("77")
            + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            + run("8")
            + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "8",
        ),
    ],
)
def test_what_a_cell_says(inside, text):
    assert texts(table(row(cell(f"<w:p>{inside}</w:p>"), cell(p("x"))))) == [[[text, "x"]]]


def test_deleted_and_hidden_rows_are_not_there():
    rows = (
        row(cell(p("1"))),
        row(cell(p("2")), properties="<w:del/>"),
        row(cell(p("3")), properties="<w:hidden/>"),
    )
    assert texts(table(*rows)) == [[["1"]]]


def test_a_paragraph_whose_mark_was_deleted_goes_on_in_the_next():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('政府信息')}</w:p>"
    assert texts(first + p("公开")) == ["政府信息公开"]


def test_soft_breaks_part_lines():
    assert texts(f"<w:p>{run('一、总体情况')}<w:r><w:br/></w:r>{run('本镇')}</w:p>") == [
        "一、总体情况",
        "本镇",
    ]


def test_a_text_box_is_read_once_and_after_its_paragraph():
    box = f"<w:txbxContent>{p('标题')}</w:txbxContent>"
    drawing = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert texts(f"<w:p>{run('前')}{drawing}</w:p>" + p("后")) == ["前", "标题", "后"]


def test_text_that_a_style_hides():
    styles = (
        '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:style w:styleId="a"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:basedOn w:val="b"/><w:rPr><w:vanish w:val="0"/></w:rPr></w:style>'
        "</w:styles>"
    )
    shown = run("2", '<w:vanish w:val="0"/>')
    body = "".join(f'<w:p><w:pPr><w:pStyle w:val="{n}"/></w:pPr>{run(n)}{shown}</w:p>' for n in "abcd")
    by_character = run("x", '<w:rStyle w:val="b"/>')
    assert texts(body + f"<w:p>{by_character}{run('y')}</w:p>", styles=styles) == [
        "2",
        "2",
        "c2",
        "d2",
        "y",
    ]


def test_footnotes_stand_at_the_end():
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f'<w:footnote w:id="0">{p("sep")}</w:footnote><w:footnote w:id="2">{p("含结转")}</w:footnote></w:footnotes>'
    )
    body = f'<w:p>{run("收到5件")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("完")
    assert texts(body, footnotes=notes) == ["收到5件", "完", "含结转"]


def test_a_table_that_lays_out_the_page_is_its_content():
    inner = table(row(cell(p("1")), cell(p("2"))))
    assert texts(table(row(cell(p("前") + inner + p("后"))))) == ["前", [["1", "2"]], "后"]


def test_word_2003_xml():
    body = p("标题") + table(
        row(cell(p("a"), '<w:vmerge w:val="restart"/>')), row(cell(p(""), "<w:vmerge/>"))
    )
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    xml = (
        '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
        f'<w:wordDocument xmlns:w="{space}"><w:body><sect>{body}</sect></w:body></w:wordDocument>'
    )
    document = read(xml.encode())
    assert document.format == "wordml"
    assert [i.text if isinstance(i, Block) else i.rows for i in document.items] == ["标题", [["a"], ["a"]]]


def test_a_zip_with_a_word_file_in_it_is_a_zip():
    inner = docx_of(p("x"))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.docx", inner)
    assert sniff(out.getvalue()) == "zip"
    assert sniff(inner) == "docx"


HOSTILE = {
    "cut": lambda: docx_of(p("x"))[:-40],
    "entities": lambda: as_zip(
        {"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>', "_rels/.rels": b"<a/>"}
    ),
    "bomb": lambda: docx_of("<w:p/>" * 4_000_000),
    "deep": lambda: docx_of("<w:sdt>" * 400 + "</w:sdt>" * 400),
    "broken": lambda: docx_of("<w:p>"),
    "none": lambda: as_zip({"word/styles.xml": b"<a/>"}),
}


@pytest.mark.parametrize("how", sorted(HOSTILE))
def test_what_cannot_be_read_is_refused_in_one_sentence(how):
    with pytest.raises(Unreadable) as error:
        read(HOSTILE[how]())
    assert error.value.format == "docx"
    assert "\n" not in error.value.sentence
    assert len(error.value.sentence) < 160


def test_a_member_behind_a_password():
    data = bytearray(docx_of(p("x")))
    for at in [n for n in range(len(data)) if data[n : n + 4] in (b"PK\x03\x04", b"PK\x01\x02")]:
        data[at + (6 if data[at + 2] == 3 else 8)] |= 1
    with pytest.raises(Unreadable, match="password"):
        read(bytes(data))


WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
VML = 'xmlns:v="urn:schemas-microsoft-com:vml"'
PICTURE = f"<w:r><w:drawing><wp:inline {WP}/></w:drawing></w:r>"
OLD_PICTURE = f"<w:r><w:pict><v:shape {VML}><v:imagedata/></v:shape></w:pict></w:r>"
FLOATING = OLD_PICTURE.replace("<v:shape ", '<v:shape style="position:absolute" ')
OBJECT = '<w:r><w:object><o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office"/></w:object></w:r>'
FRACTION = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o(1,2)</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)


@pytest.mark.parametrize("drawn", [PICTURE, OLD_PICTURE, OBJECT, FRACTION])
def test_what_is_drawn_in_a_cell_without_words_is_no_blank(drawn):
    number = [cell(f"<w:p>{inside}</w:p>") for inside in (drawn, run("5") + drawn)]
    ((alone, behind),) = texts(table(row(*number)))[0]
    assert (alone, behind) == (UNSEEN, f"5{UNSEEN}")
    assert texts(table(row(cell(f"<w:p>{run('规章')}{drawn}</w:p>"), cell(p("x"))))) == [[["规章", "x"]]]
    assert texts(f"<w:p>{drawn}</w:p>") == []


@pytest.mark.parametrize("drawn", [FLOATING, FRACTION.replace("eq ", "XE ")])
def test_what_floats_or_prints_nothing_leaves_a_cell_blank(drawn):
    assert texts(table(row(cell(f"<w:p>{drawn}</w:p>"), cell(p("x"))))) == [[["", "x"]]]
