import io
import zipfile
from decimal import Decimal

import pytest

from crawler.demo.office import as_xlsx, as_zip, xlsx_of
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from parsers.document import Block
from parsers.readers import Unreadable, read
from parsers.readers.sheet_numbers import text_of
from parsers.values import read_cell
from tests.parsers.readers.biff_files import biff
from tests.parsers.readers.same import assert_reads_back
from tests.parsers.readers.word97_files import compound

SPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def items(sheet, **parts):
    return [
        item.text if isinstance(item, Block) else item.rows for item in read(xlsx_of(sheet, **parts)).items
    ]


def one(cell, before="", **parts):
    """The text of one cell beside another, which makes its row a table."""
    cells = f'{cell}<c r="B1" t="str"><v>x</v></c><c r="C1"><v>9</v></c>'
    return items(f'{before}<sheetData><row r="1">{cells}</row></sheetData>', **parts)[0][0][0]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
def test_a_report_reads_back(form, quirks):
    report = make_report("白鹭镇人民政府", 2022, form, seed=8)
    report = report.with_cell("requests.received.business", "/").with_cell(
        "remedies.reconsideration.upheld", None
    )
    read_ = assert_reads_back(report, as_xlsx(report, quirks), "xlsx")
    assert read_.notes["requests.received.business"].flag == "mark"
    assert set(read_.sections) >= {"overview", "problems"}


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        ("12", "", "12"),
        ("0", "General", "0"),
        ("0.1", "0.0", "0.1"),
        ("59237.244900000005", "", "59237.2449"),
        ("1E+3", "", "1000"),
        ("1234", "#,##0", "1234"),
        ("1234.5", "#,##0.00", "1234.5"),
        ("-21", "0_ ;[Red]\\-0\\ ", "-21"),
        ("52", "+0;-0;0", "52"),
        ("-5", "0_);(0)", "-5"),
        ("-5", "0_);\\(0\\)", "-5"),
        ("3.14159", "0.00", "3.14159（显示为3.14）"),
        ("0.5", "0", "0.5（显示为1）"),
        ("0.35", "0%", "35%"),
        ("0", "0;-0;;@", "0（不显示）"),
        ("7", ";;;", "7（不显示）"),
        ("0", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ;_ @_ ', "0（显示为-）"),
        ("0", "#", "0（不显示）"),
        ("5", '0"件"', "5件"),
        ("29.05", '0.00"万元"', "29.05万元"),
        ("5", '"￥"0', "5（显示为￥5）"),
        ("45292", 'yyyy"年"m"月"d"日"', "2024年1月1日"),
        ("45292", "yyyy/m/d", "2024年1月1日"),
        ("0.5", "h:mm", "12:00"),
        ("12345", "#,##0,", "12345（显示为12）"),
        ("1021", '[>999]#,"K";#', "1021"),
        ("5", "# ?/?", "5"),
        ("5", "0.00E+00", "5"),
    ],
)
def test_what_a_number_says_in_its_format(number, code, text):
    assert text_of(Decimal(number), code) == text


@pytest.mark.parametrize(
    "code", ["0;-0;;@", "0.00", '0"件"', "0%", "yyyy/m/d", '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"_ ']
)
@pytest.mark.parametrize("number", ["0", "0.004", "3", "45292"])
def test_a_number_that_is_not_shown_as_it_is_has_a_note_or_no_value(number, code):
    cell = read_cell(text_of(Decimal(number), code))
    assert cell.value in (Decimal(number), None)
    assert cell.note is None or cell.note.flag in ("note", "unclear")
    assert cell.note is not None or cell.value == Decimal(number)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('<c r="A1"><v>5</v></c>', "5"),
        ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
        ('<c r="A1"><f>SUM(B1:C1)</f></c>', "=SUM(B1:C1)"),
        ('<c r="A1" t="str"><f>T(B1)</f><v></v></c>', ""),
        ('<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
        ('<c r="A1" t="b"><v>1</v></c>', "TRUE"),
        ('<c r="A1"/>', ""),
        ('<c r="A1"><v>NaN</v></c>', "NaN"),
        ('<c r="A1"><v>1E+999999999</v></c>', "1E+999999999"),
        ('<c r="A1" t="inlineStr"><is><t>\u3000</t></is></c>', ""),
        (
            '<c r="A1" t="inlineStr"><is><r><t>5</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
            "<rPh><t>wu</t></rPh></is></c>",
            "5^1",
        ),
    ],
)
def test_what_a_cell_says(cell, text):
    assert one(cell) == text


def test_shared_strings_and_formats():
    strings = f'<sst xmlns="{SPACE}"><si><t>a</t></si><si><t>b</t></si></sst>'
    styles = (
        f'<styleSheet xmlns="{SPACE}"><numFmts><numFmt numFmtId="170" formatCode="0;-0;;@"/></numFmts>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="9"/></cellXfs></styleSheet>'
    )
    assert one('<c r="A1" t="s"><v>1</v></c>', sharedStrings=strings) == "b"
    assert one('<c r="A1" s="1"><v>0</v></c>', styles=styles) == "0（不显示）"
    assert one('<c r="A1" s="2"><v>0.5</v></c>', styles=styles) == "50%"


def test_hidden_rows_and_columns_are_flagged_and_zeros_switched_off_too():
    cell = '<c r="A1"><v>5</v></c>'
    assert one(cell, '<cols><col min="1" max="1" hidden="1"/></cols>') == "5（隐藏）"
    hidden = '<sheetData><row r="1" hidden="1"><c r="A1"><v>5</v></c><c r="B1" t="str"><v>x</v></c></row></sheetData>'
    assert items(hidden) == [[["5（隐藏）", "x"]]]
    zeros = '<sheetViews><sheetView showZeros="0"/></sheetViews>'
    assert one('<c r="A1"><v>0</v></c>', zeros) == "0（不显示）"
    assert read_cell("5（隐藏）").note.flag == read_cell("0（不显示）").note.flag == "note"


def test_rows_and_cells_without_names_follow_one_another():
    sheet = "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c><c><v>4</v></c></row></sheetData>"
    assert items(sheet) == [[["1", "2"], ["3", "4"]]]


def test_lines_in_a_sheet_are_blocks_and_tables_are_grids():
    def row(number, *texts):
        cells = "".join(f'<c r="{"ABC"[n]}{number}" t="str"><v>{t}</v></c>' for n, t in enumerate(texts) if t)
        return f'<row r="{number}">{cells}</row>'

    sheet = "".join(
        [
            row(1, "白鹭镇2022年政府信息公开工作年度报告"),
            row(3, "二、主动公开政府信息情况"),
            row(4, "第二十条第（一）项"),
            row(5, "信息内容", "本年制发件数"),
            row(6, "规章", "0"),
            row(7, "注：含结转"),
            row(8, "三、收到和处理政府信息公开申请情况"),
            row(9, "a", "b"),
            row(11, "白鹭镇人民政府"),
        ]
    )
    merged = '<mergeCells><mergeCell ref="A1:C1"/><mergeCell ref="A4:B4"/></mergeCells>'
    assert items(f"<sheetData>{sheet}</sheetData>{merged}") == [
        "白鹭镇2022年政府信息公开工作年度报告",
        "二、主动公开政府信息情况",
        [["第二十条第（一）项"] * 2, ["信息内容", "本年制发件数"], ["规章", "0"]],
        "注：含结转",
        "三、收到和处理政府信息公开申请情况",
        [["a", "b"]],
        "白鹭镇人民政府",
    ]


@pytest.mark.parametrize(
    ("sheet", "sentence"),
    [
        ('<sheetData><row r="900000"><c r="A900000"><v>1</v></c></row></sheetData>', "5000 rows"),
        ('<sheetData><row r="1"><c r="ZZ1"><v>1</v></c></row></sheetData>', "256 columns"),
        ("<sheetData><row>", "damaged"),
        ('<sheetData><row><c t="s"><v>7</v></c></row></sheetData>', "damaged"),
        ("<a>" * 400 + "</a>" * 400, "deep"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(sheet, sentence):
    with pytest.raises(Unreadable, match=sentence):
        read(xlsx_of(sheet))


def test_a_million_blank_rows_are_no_rows():
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(2, 100_000))
    assert items(
        f'<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>{rows}</sheetData>'
    ) == [[["1", "2"]]]


def test_a_text_that_every_cell_refers_to():
    strings = f'<sst xmlns="{SPACE}"><si><t>{"x" * 20_000}</t></si></sst>'
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 1000))
    with pytest.raises(Unreadable, match="10 million characters"):
        read(xlsx_of(f"<sheetData>{rows}</sheetData>", sharedStrings=strings))


def test_a_hidden_sheet_is_out():
    shown = xlsx_of('<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData>')
    with zipfile.ZipFile(io.BytesIO(shown)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b'name="Sheet1"', b'name="Sheet1" state="hidden"'
    )
    assert len(read(shown).items) == 1
    assert read(as_zip(parts)).items == []


def test_an_old_spreadsheet():
    data = biff((0, 0, "标签"), (0, 1, 5.0), (0, 2, 7.0), (1, 2, 0.25), merged=[(0, 1, 0, 0)], hidden=[1])
    document = read(data)
    assert document.format == "xls"
    (grid,) = document.items
    assert grid.rows == [["标签", "5", "7"], ["标签", "", "0.25（隐藏）"]]
    assert grid.origins[1][0] == (0, 0)


def test_what_an_old_spreadsheet_does_not_show():
    numbers = (0, 0, 0.0), (0, 1, 5.0)
    assert read(biff(*numbers)).items[0].rows == [["0", "5"]]
    assert read(biff(*numbers, zeros=False)).items[0].rows == [["0（不显示）", "5"]]
    assert read(biff(*numbers, shown=False)).items == []
    assert read(biff((0, 0, "51"), (0, 1, 5.0), rich=[(0, 0)])).items[0].rows == [["5^1", "5"]]


@pytest.mark.parametrize("cut", [b"", b"\x09\x08\x10\x00"])
def test_a_damaged_old_spreadsheet_is_refused(cut):
    with pytest.raises(Unreadable, match="damaged"):
        read(compound({"Workbook": cut}))
