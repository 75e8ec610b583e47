from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.report import Note
from parsers.values import Cell, is_value, read_cell

NUMBERS = [
    ("0", 0),
    ("０", 0),
    (" \u3000 7 ", 7),
    ("+52", 52),
    ("-21", -21),
    ("－21", -21),
    ("11398889", 11398889),
]


@pytest.mark.parametrize(("text", "value"), NUMBERS)
def test_plain_numbers_have_no_note(text, value):
    cell = read_cell(text)
    assert (cell.value, cell.note) == (value, None)


@pytest.mark.parametrize("text", ["", " ", "\u3000\u3000", "\xa0", "\u200b"])
def test_blank_is_null_without_note(text):
    cell = read_cell(text)
    assert (cell.value, cell.note) == (None, None)


@pytest.mark.parametrize("text", ["/", "／", "∕", "—", "-", "－", "无", " / ", "— —"])
def test_a_mark_is_neither_blank_nor_zero(text):
    cell = read_cell(text)
    assert cell.value is None
    assert cell.note.flag == "mark"


@pytest.mark.parametrize("text", ["5\n6", "1 2", "约5", "100%", "12,34", "5^1", "5~4~", "O", "未统计", "5-6"])
def test_what_is_no_number_is_unclear(text):
    cell = read_cell(text)
    assert cell.value is None
    assert cell.note == Note(text, "unclear")


@pytest.mark.parametrize("text", ["05", "00", "012", "-07", "01.5", "０５"])
def test_no_number_begins_with_a_zero(text):
    assert read_cell(text) == Cell(None, Note(text, "unclear"))
    assert is_value(text)


@pytest.mark.parametrize("text", ["1234567890123456", "1234567890123.456", "0" * 16, "12345678901234567件"])
def test_a_number_that_no_database_keeps_exactly_is_unclear(text):
    assert read_cell(text) == Cell(None, Note(text, "unclear"))
    assert read_cell("123456789012.345").value == Decimal("123456789012.345")


@pytest.mark.parametrize("text", ["5①", "5²", "5 ③", "1,005⑴"])
def test_a_footnote_is_no_digit_of_the_number(text):
    cell = read_cell(text)
    assert cell.value == (1005 if "," in text else 5)
    assert cell.note == Note(text, "note")


@pytest.mark.parametrize("text", ["①", "①5", "5①6", "②件"])
def test_a_raised_or_circled_digit_is_no_number(text):
    assert read_cell(text).value is None
    assert read_cell(text).note == Note(text, "unclear")


def test_a_remark_stays_beside_the_number():
    assert read_cell("22（其中修订 16 件）").note == Note("22（其中修订 16 件）", "note")
    assert read_cell("22（其中修订 16 件）").value == 22
    assert read_cell("3件").value == 3
    assert read_cell("1,234").value == 1234


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("105.650万", "105.65"),
        ("251000元", "25.1"),
        ("152790元", "15.279"),
        ("0.3亿元", "3000"),
        ("29.0506万元", "29.0506"),
        ("5(万元)", "5"),
    ],
)
@pytest.mark.parametrize("unit", ["yuan10k", "yuan", "unknown"])
def test_a_unit_in_the_cell_is_converted_and_flagged(text, amount, unit):
    cell = read_cell(text, unit)
    assert cell.value == Decimal(amount)
    assert cell.note == Note(text, "unit")
    assert not cell.unit_unknown


def test_an_amount_without_unit_is_as_printed_and_said_to_be_so():
    assert read_cell("8040", "unknown").value == 8040
    assert read_cell("8040", "unknown").unit_unknown
    assert not read_cell("0", "unknown").unit_unknown
    assert not read_cell("8040", "yuan10k").unit_unknown
    assert read_cell("8040", "yuan").value == Decimal("0.804")


def test_a_unit_of_money_in_a_count_is_unclear():
    assert read_cell("105万").note.flag == "unclear"


@given(st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False))
def test_every_decimal_is_read_exactly(number):
    cell = read_cell(format(number, "f"), "yuan10k")
    assert cell.value == number
    assert isinstance(cell.value, int) == (number == int(number))


@given(st.text(max_size=12))
def test_no_text_is_invented_into_a_number(text):
    value = read_cell(text).value
    assert value is None or any(character.isdigit() for character in text)


@pytest.mark.parametrize("text", ["0", "/", "无", "约5", "105.650万", "22（其中修订 16 件）"])
def test_values_are_told_from_words(text):
    assert is_value(text)


@pytest.mark.parametrize("text", ["", "规章", "1.", "(1)", "1.属于国家秘密", "本年(2023)制发件数", "总计"])
def test_words_are_told_from_values(text):
    assert not is_value(text)
