import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crawler.demo.reports import make_report
from parsers.forms.stated import STATEMENTS, N
from parsers.report import Report
from parsers.stated import count, read_stated
from tests.parsers.pages import as_page, codes, read_one, report

HEAD = "青石镇2022年政府信息公开工作年度报告\n一、总体情况\n"


def stated(sentence):
    return {code: value for code, (value, _) in read_one(f"{HEAD}{sentence}\n").stated.items()}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2022年，我镇收到政府信息公开申请12件。", {"received": 12}),
        (
            "本年度共收到公民的政府信息公开申请1,234件，予以公开5件，部分公开2件。",
            {"received": 1234, "granted": 5},
        ),
        ("全年受理信息公开申请十二件。", {"received": 12}),
        ("2022年未收到政府信息公开申请。", {"received": 0}),
        ("2022年收到政府信息公开申请0件。", {"received": 0}),
        ("全年主动公开政府信息358条。", {"proactive_total": 358}),
        ("主动公开政府信息1.2万条。", {"proactive_total": 12000}),
        ("因政府信息公开引起的行政复议3件、行政诉讼2件。", {"reconsideration": 3, "litigation": 2}),
        ("未发生行政复议、行政诉讼案件。", {"reconsideration": 0, "litigation": 0}),
        ("申请办理工作有序推进。", {}),
        ("上年收到政府信息公开申请12件。", {}),
        ("近三年累计主动公开政府信息1000条。", {}),
        ("不予公开3件。", {}),
        ("未按时答复被申请行政复议的情况已经整改。", {}),
        ("未收到申请人的补正材料。", {}),
        ("收到网络申请3件，信函申请2件。", {}),
        ("无因政府信息公开引起的行政复议。", {"reconsideration": 0}),
        ("没有因政府信息公开被提起行政诉讼。", {"litigation": 0}),
        (
            "依申請公開情況。2022年共收到政府信息公開申請三件，主動公開政府信息56條。",
            {"received": 3, "proactive_total": 56},
        ),
        ("2022年主动公开政府信息数192条，增长率达25%。", {"proactive_total": 192}),
        ("全年主动公开政府信息累计204条。", {"proactive_total": 204}),
        (
            "对2022年1月1日以来的政府信息进行了梳理，2022年新增主动公开政府信息130条。",
            {"proactive_total": 130},
        ),
        ("本局共收到12件依申请公开，均按时答复。", {"received": 12}),
        ("全年收到102宗政府信息公开申请。", {"received": 102}),
        ("通过线上、信函等渠道收到依申请公开信息16件。", {"received": 16}),
        ("通过线上、信函渠道收到依申请公开信息16件。", {}),
        ("我社未接到公众关注热点或重大舆情回应的申请。", {}),
        (
            "受理依申请公开政府信息19条，无上年度结转，均按时答复，2022年因政府信息公开引起的行政复议1件。",
            {"received": 19, "reconsideration": 1},
        ),
        ("较上年增长20%，全年共收到政府信息公开申请6件。", {"received": 6}),
        ("未受理信息公开申请，历年累计受理信息公开申请7件。", {"received": 0}),
        ("我局有关政府信息公开的行政复议案共1起。", {"reconsideration": 1}),
        ("目前我乡尚未收到政府信息公开申请。", {"received": 0}),
        ("共受理因政府信息公开提起的行政复议申请0件。", {"reconsideration": 0}),
        ("受理公民、法人和其他组织向县政府办公室提出的信息公开申请5件。", {"received": 5}),
        (
            "全镇未发生一起因政府信息公开申请行政复议、提起行政诉讼的事项。",
            {"reconsideration": 0, "litigation": 0},
        ),
        (
            "本年无结转，全年因信息公开引起的行政复议2件，无行政诉讼案件。",
            {"reconsideration": 2, "litigation": 0},
        ),
        ("通过门户网站和公示栏主动公开政府信息20条。", {"proactive_total": 20}),
        ("2022年1月至12月收到政府信息公开申请9件。", {"received": 9}),
        ("2022年1-12月收到政府信息公开申请9件。", {"received": 9}),
        ("2022年全年收到政府信息公开申请9件。", {"received": 9}),
        ("全年公开各类信息59条，其中主动公开政府信息58条。", {"proactive_total": 58}),
        ("收到依申请政府信息公开2件。", {"received": 2}),
        ("我局收到依申请公开信息2条。", {"received": 2}),
        ("共收到政府信息公开申请数1件。", {"received": 1}),
        ("共收到公民、法人提交的政府信息公开申请26件。", {"received": 26}),
        ("共收到依申请公开14件（其中信件申请10件，网络申请4件）。", {"received": 14}),
        ("本年度无依申请公开事项。", {"received": 0}),
        ("全年无政府信息公开申请。", {"received": 0}),
        ("本年度没有公民、法人或其他组织向我镇提出政府信息公开申请。", {"received": 0}),
        ("未发生依申请公开事项。", {"received": 0}),
        ("我镇未接收到政府信息公开申请。", {"received": 0}),
        ("共受理政府信息公开申请263起。", {"received": 263}),
        ("应主动公开政府信息30条，实际主动公开政府信息28条。", {"proactive_total": 28}),
        ("区政府收到政府信息公开申请120件，我镇收到政府信息公开申请3件。", {"received": 3}),
        ("通过区政府网站和公示栏主动公开政府信息30条。", {"proactive_total": 30}),
        ("未收到依申请公开行政复议、行政诉讼案件。", {"reconsideration": 0, "litigation": 0}),
        ("我镇面向全县主动公开政府信息5条。", {"proactive_total": 5}),
    ],
)
def test_what_a_sentence_states(sentence, expected):
    assert stated(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "通过政府门户网站主动公开信息506条。",
        "我局在县政府门户网站信息公开专栏上主动公开各类信息共6条。",
        "通过网站主动公开信息1056条，通过微信公众号主动公开信息341条。",
        "在县人民政府网站主动公开各类信息335条。",
        "我镇政府信息公开网共发布主动公开信息33条。",
        "截至2022年底累计主动公开政府信息401条。",
        "累计主动公开政府信息65条。",
        "2021年收到政府信息公开申请12件。",
        "在甲网站和乙网站分别主动公开政府信息148条。",
        "本局未收到依申请公开信息的咨询。",
        "上半年收到政府信息公开申请2件。",
        "第一季度收到政府信息公开申请2件。",
        "2022年1月至6月收到政府信息公开申请2件。",
        "2022年11-12月收到政府信息公开申请2件。",
        "到2022年底，收到政府信息公开申请50件。",
        "全年收到信访申请30件。",
        "全年受理行政许可申请1257件。",
        "全年办理低保，受理申请58件。",
        "收到涉及征地拆迁的信息公开申请5件。",
        "通过信息公开平台收到申请0件，转办0件。",
        "全年办理行政复议案件120件，行政诉讼30件。",
        "没有出现被行政复议及行政诉讼纠错的情况。",
        "信息公开工作中发生数十件行政复议。",
        "通过网站发布各类信息528条，其中法定主动公开信息113条。",
        "2021年全年收到政府信息公开申请12件。",
        "区政府收到政府信息公开申请120件。",
        "我镇下辖12个村共主动公开政府信息300条。",
        "指导各村主动公开政府信息300条。",
        "收到重复的政府信息公开申请5件。",
        "收到补正的申请2件，收到撤回申请1件。",
        "信息公开工作有序推进，发生行政复议案件3件，其中涉及政府信息公开1件。",
        "拟主动公开政府信息30条。",
        "2021年全年主动公开政府信息12条。",
        "2022年全县主动公开政府信息1200条。",
        "全县各单位共收到政府信息公开申请12件。",
        "我镇无依申请公开政府信息收费情况。",
        "社会各界有无依申请公开事项均可查询。",
        "未产生与信息公开行政复议有关的费用支出。",
    ],
)
def test_what_a_sentence_does_not_state(sentence):
    assert stated(sentence) == {}


def test_a_number_of_several_numerals_is_read_from_its_beginning():
    assert stated("因信息公开发生二十三件行政复议。") == {"reconsideration": 23}


@pytest.mark.parametrize("issuer", ["云溪县人民政府", "云溪县"])
def test_the_whole_county_is_the_county_s_own(issuer):
    sample = Report(issuer=issuer, year=2022, sections={"overview": "全县主动公开政府信息1200条。"})
    read_stated(sample)
    assert sample.stated["proactive_total"][0] == 1200


@pytest.mark.parametrize(
    "number", ["100余条", "近100条", "1.2万余条", "二十多条", "100条左右", "100条以上", "二十条上下"]
)
def test_a_rough_number_is_none(number):
    found = read_one(f"{HEAD}全年主动公开政府信息{number}。\n")
    assert found.stated["proactive_total"] == (None, f"全年主动公开政府信息{number}。")
    assert "stated_roughly" in codes(found)


def test_a_number_beside_a_rough_one_is_the_number():
    assert stated("主动公开政府信息近100条。\n全年主动公开政府信息98条。") == {"proactive_total": 98}


def test_requests_need_not_be_called_so_where_the_text_speaks_of_them():
    assert stated("（二）依申请公开。全年收到申请3件。") == {"received": 3}


def test_two_numbers_for_one_thing_are_none():
    found = read_one(f"{HEAD}我镇收到政府信息公开申请1件。\n全年共收到政府信息公开申请2件。\n")
    assert found.stated["received"] == (None, "我镇收到政府信息公开申请1件。")
    assert "stated_differently" in codes(found)


def test_the_same_number_twice_is_that_number():
    assert stated("我镇收到政府信息公开申请1件。\n共收到政府信息公开申请一件。") == {"received": 1}


def test_another_number_than_the_table_is_a_note_and_changes_nothing():
    sample = report()
    received = sample.requests["received"]["total"]
    found = read_one(as_page(sample.with_word("overview", f"申请{received}件", f"申请{received + 1}件")))
    assert found.cells() == sample.figures()
    assert found.stated["received"][0] == received + 1
    assert [(f.code, f.where) for f in found.findings] == [("prose_differs", ("requests.received.total",))]


def test_a_total_that_is_not_in_the_table_is_not_compared():
    sample = report().with_cell("requests.received.total", None)
    assert "prose_differs" not in codes(read_one(as_page(sample)))


@settings(deadline=None, max_examples=25)
@given(seed=st.integers(0, 10**6), year=st.sampled_from([2016, 2020, 2023]))
@example(seed=945677, year=2023)
def test_what_a_sample_report_says_of_itself(seed, year):
    sample = make_report("云溪县青石镇人民政府", year, seed=seed)
    found = read_one(as_page(sample))
    assert not codes(found) & {"prose_differs", "stated_differently"}
    assert {"received", "reconsideration", "litigation", "proactive_total"} <= found.stated.keys()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("两千", 2000),
        ("一万二千", 12000),
        ("一二", None),
        ("0", 0),
        ("〇", 0),
    ],
)
def test_numerals(text, number):
    assert count(text) == number


def test_what_every_pattern_holds_is_looked_for_before_it():
    for statement in STATEMENTS:
        assert all(re.search(re.escape(N) + r"\[[件条份宗例起]+\]", pattern) for pattern in statement.said)
        assert all(re.search("[未没无零]", pattern) for pattern in statement.none)


@pytest.mark.parametrize("text", ["一百五", "一千二", "一万二", "三万两千六"])
def test_numerals_that_leave_out_their_power_are_no_number(text):
    assert count(text) is None


@pytest.mark.parametrize("repeated", ["收到申请5件，", "主动公开信息5条、", "行政复议5件。"])
def test_a_paragraph_of_nothing_but_counts_is_read_at_once(repeated):
    sample = Report(year=2022, sections={"overview": repeated * 4_000})
    begun = time.process_time()
    read_stated(sample)
    assert time.process_time() - begun < 2
