"""Years and periods as real reports write them, a row each."""

import pytest

from parsers.titles import read_title
from tests.parsers.pages import codes, read_one

TITLE = "青石镇政府信息公开工作年度报告"
SECTION = "一、总体情况\n我镇认真落实。\n"
PERIODS = [
    # the sentence of a report for 2022
    "统计期限自2022年1月1日起至2022年12月31日止。",
    "统计时限为2022年1月1日至2022年12月31日。",
    "统计时间自2022年1月1日起至2022年12月31日止。",
    "统计日期为2022年1月1日到2022年12月31日。",
    "统计周期：2022年1月1日—2022年12月31日。",
    "起止时间为2022年1月1日至2022年12月31日。",
    "本报告涵盖2022年1月1日至2022年12月31日期间的数据。",
    "统计期限为2022年1月1日至同年12月31日。",
    "统计期限为2022年1月1日至12月31日。",
    "统计期限自2022年1月1日——2022年12月31日。",
    "统计期限自2022年1月1日----2022年12月31日。",
    "所列数据截止2022年12月31日。",
    "统计期限自202211日起至20221230日止。",
    "统计期限自20221月1日起至20221231日止。",
    "统计期限自2022年1月1日起至202212月31日止。",
    "统计期限为20220120220121231日。",
    "数据截至20221231日。",
    "数据为2022年度及历年累计，统计期限自2022年1月1日起至2022年12月31日止。",
    "统计期限自2022年1月1日起至2022年12月21日止。",
    "统计期限自2022年1月1日起至2022年12月30日止。",
    "统计期限自2022年1月1日起至2022年11月30日止。",
    "统计期限自2022年1月日起至2022年12月31日止。",
    "统计期限自二○二二年一月一日起至二○二二年十二月三十一日止。",
    "统计期限自二0二二年一月一日起至十二月三十一日止。",
]


@pytest.mark.parametrize("sentence", PERIODS)
def test_a_period(sentence):
    found = read_one(f"{TITLE}\n{sentence}\n{SECTION}")
    assert found.year == 2022
    assert not codes(found) & {"year_disagreement", "year_inferred"}


BESIDE = [
    # words with other years beside the period of 2022
    "根据国令第711号和国办公开办函〔2021〕30号编制，索引号2013-00162。",
    "依照国办公开办函〔2019〕60号的格式编制。",
    "2018年度部门决算已公开，〔2020〕12号文件已落实。",
    "2023年，我镇将继续努力，力争再上台阶。2023年将做好公开。",
    "（一）2021年工作中存在问题的改进情况 已经整改。",
    "开头引用2020年政务公开工作要点。",
    "网址/art/2008/7/21/art_1533676551588134914.html，t20170721，article_2025010216124039486。",
    "附：《青石镇2021年政府信息公开工作要点》。",
]


@pytest.mark.parametrize("words", BESIDE)
def test_other_years_beside_the_period(words):
    found = read_one(f"{TITLE}\n{PERIODS[0]}\n{SECTION}{words}\n")
    assert found.year == 2022
    assert "year_inferred" not in codes(found)


@pytest.mark.parametrize("words", BESIDE[3:])
def test_other_years_beside_the_title(words):
    found = read_one(f"青石镇2022年政府信息公开工作年度报告\n{SECTION}{words}\n")
    assert found.year == 2022


SPOKEN = [
    # line of the catalogue, text without year in title and period, year
    ("a list mark glued to the year", "22022年全镇主动公开12条。2022年收到申请1件。", 2022),
    ("年 lost next to a count", "2022共收到申请2件。", None),
    ("no year at all", "我镇认真落实各项工作。", None),
]


@pytest.mark.parametrize(("text", "year"), [row[1:] for row in SPOKEN], ids=[row[0] for row in SPOKEN])
def test_a_year_only_the_prose_speaks_of_is_said_to_be_so(text, year):
    found = read_one(f"{TITLE}\n一、总体情况\n{text}\n")
    assert found.year == year
    assert ("year_inferred" in codes(found)) == (year is not None)


CONTESTED = [
    # title's year, period's year: both are witnesses and the disagreement is a finding
    (2013, 2014),
    (2021, 2020),
    (2023, 2022),
]


@pytest.mark.parametrize(("title", "period"), CONTESTED)
def test_title_and_period_that_disagree(title, period):
    text = PERIODS[0].replace("2022", str(period))
    found = read_one(f"青石镇{title}年政府信息公开工作年度报告\n{text}\n{SECTION}")
    assert "year_disagreement" in codes(found)
    assert {w.value for w in found.witnesses if w.key == "year"} == {str(title), str(period)}


def test_a_period_over_two_years_is_a_finding():
    found = read_one(f"{TITLE}\n统计期限自2021年1月1日起至2022年12月31日止。\n{SECTION}")
    assert "year_disagreement" in codes(found)


PUBLISHED = [
    # line of the catalogue, line of the page, day
    ("back-filled", "发布日期：2027-07-27", "2027-07-27"),
    ("republished", "发布日期：2023-10-28", "2023-10-28"),
    ("inside the year", "发布日期：2022-12-25", "2022-12-25"),
    ("leading zeros", "发布时间：2023年01月16日", "2023-01-16"),
    ("no day", "2023年3月", None),
]


@pytest.mark.parametrize(("line", "day"), [row[1:] for row in PUBLISHED], ids=[row[0] for row in PUBLISHED])
def test_the_day_of_publication_is_no_witness_of_the_year(line, day):
    found = read_one(f"青石镇2022年政府信息公开工作年度报告\n{line}\n{PERIODS[0]}\n{SECTION}")
    assert (found.year, found.published_on) == (2022, day)
    assert "year_disagreement" not in codes(found)
    alone = read_one(f"{TITLE}\n{line}\n{SECTION}")
    assert alone.year is None or "year_inferred" in codes(alone)


IDS = ("article_2025010216124039486", "20240116173435", "1533676551588134914", "号2020210000123")


@pytest.mark.parametrize("text", IDS)
def test_numbers_that_hold_four_digits_like_a_year_are_none(text):
    assert read_title(f"青石镇政府信息公开工作年度报告{text}").year is None
