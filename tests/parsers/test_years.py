import pytest

from parsers.years import arabic, first_day, years


@pytest.mark.parametrize(
    ("text", "number"),
    [("二〇一七年", "2017年"), ("二0一七年", "2017年"), ("二○一一年", "2011年"), ("二一一年", "2011年")],
)
def test_chinese_years(text, number):
    assert arabic(text) == number


def test_years_in_order():
    assert years("22012年主动公开") == [2012]
    assert years("2019年和2020年") == [2019, 2020]
    assert years("号2013-00162") == [2013]
    assert years("编号152019001") == []


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024年01月16日", "2024-01-16"),
        ("2011-4-6", "2011-04-06"),
        ("二○一一年三月二十五日", "2011-03-25"),
        ("二〇二二年十二月三十一日", "2022-12-31"),
        ("2021年2月31日", None),
        ("2017年3月", None),
    ],
)
def test_days(text, day):
    assert first_day(text) == day
