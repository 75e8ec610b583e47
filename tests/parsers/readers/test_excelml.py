import pytest

from parsers.readers import Unreadable, excelml, read
from tests.parsers.readers.foreign_files import cell, excelml_of

HIDDEN = (
    '<x:WorksheetOptions xmlns:x="urn:schemas-microsoft-com:office:excel"><x:Visible>SheetHidden</x:Visible>'
    "</x:WorksheetOptions>"
)


def grid(rows, styles=""):
    (found,) = excelml.read(excelml_of(rows, styles=styles).encode()).grids()
    return found.rows


def test_merged_cells_stand_in_all_their_squares():
    rows = f"<Row>{cell('甲', 1, 0, 1)}{cell('5', 2, 1)}</Row><Row>{cell('6', 2)}{cell('7', 3)}</Row>"
    assert grid(rows) == [["甲", "5", "5"], ["甲", "6", "7"]]


def test_rows_and_cells_that_are_left_out_are_blank():
    assert grid(f"<Row>{cell('甲')}{cell('5', 3)}</Row>") == [["甲", "", "5"]]
    rows = f"<Row>{cell('甲')}{cell('5', 2)}</Row><Row ss:Index='4'>{cell('乙')}{cell('6', 2)}</Row>"
    assert [row for row in grid(rows) if any(row)] == [["甲", "5"], ["乙", "6"]]


def test_a_hidden_row_or_column_is_told():
    rows = f'<Row ss:Hidden="1">{cell("甲")}{cell("5", 2)}</Row>'
    assert grid(rows) == [["甲", "5（隐藏）"]]
    assert grid(f'<Column ss:Index="2" ss:Hidden="1"/><Row>{cell("甲")}{cell("5", 2)}</Row>') == [
        ["甲", "5（隐藏）"]
    ]


def test_a_percentage_is_no_count():
    style = '<Style ss:ID="p"><NumberFormat ss:Format="Percent"/></Style>'
    assert grid(f"<Row>{cell('甲')}{cell('5', 2, style='p')}</Row>", style) == [["甲", "500.00%"]]


def test_a_raised_digit_is_not_part_of_the_number():
    raised = '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">5<Sup>1</Sup></ss:Data></Cell>'
    assert grid(f"<Row>{cell('甲')}{raised}</Row>") == [["甲", "5^1"]]


def test_a_hidden_sheet_is_out():
    assert not excelml.read(excelml_of(f"<Row>{cell('甲')}</Row>", HIDDEN).encode()).items


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (excelml_of("<Row><Cell ss:Index='x'/></Row>"), "damaged"),
        (excelml_of("<Row>")[:-30], "well-formed"),
        (excelml_of(f"<Row>{cell('甲', 999_999)}</Row>"), "columns"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(data, sentence):
    with pytest.raises(Unreadable, match=sentence) as error:
        read(data.encode())
    assert error.value.format == "excelml"
