"""Tables in plain text: cells placed by labels, and left alone where labels and headers do not tell."""

import pytest

from tests.parsers.pages import as_text, bare_lines, codes, is_flagged, read_one, report

PERIOD = "统计期限自2020年1月1日起至2020年12月31日止。"
TITLE = f"青石镇2020年政府信息公开工作年度报告\n{PERIOD}\n"
ITEMS = (
    "二、主动公开政府信息情况\n第二十条第（五）项\t\t\t\n信息内容\t上一年项目数量\t本年增/减\t处理决定数量\n"
)
APPLICANTS = (
    "三、收到和处理政府信息公开申请情况\n"
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\t\t\t申请人情况\n"
    "\t\t\t自然人\t法人或其他组织\t\t\t\t\t总计\n"
    "\t\t\t\t商业企业\t科研机构\t社会公益组织\t法律服务机构\t其他\t\n"
)


def received(rows):
    found = read_one(TITLE + APPLICANTS + rows)
    return found, list(found.requests["received"].values())


def test_signs_and_marks():
    found = read_one(TITLE + ITEMS + "行政许可\t78\t+52\t134\n其他对外管理服务事项\t22\t-21\t/\n")
    assert found.proactive["licensing"] == {"items_last_year": 78, "items_change": 52, "decisions": 134}
    assert found.proactive["other_external_matters"]["items_change"] == -21
    assert found.notes["proactive.other_external_matters.decisions"].flag == "mark"


def test_a_label_goes_on_in_the_next_row():
    found = read_one(
        TITLE + APPLICANTS + "7. 属于行政执法\t\t1\t0\t0\t0\t0\t0\t1\n\n"
        "\t案卷\t\t\t\t\t\t\t\n8. 属于行政查询\t\t0\t0\t0\t0\t0\t0\t0\n"
    )
    assert found.requests["denied_enforcement_file"]["total"] == 1
    assert found.requests["denied_special_access_rules"]["total"] == 0
    assert not codes(found) & {"unknown_row", "label_guessed", "cell_repeated"}


def test_a_label_begins_in_the_row_before():
    found = read_one(
        TITLE
        + APPLICANTS
        + "三、本年度办理结果\t（五）不予处理\t1.信访举报\n\t\t投诉类申请\t3\t0\t0\t0\t0\t0\t3\n"
    )
    assert found.requests["not_processed_petition"]["total"] == 3


def test_letter_spaced_headers():
    spaced = (
        APPLICANTS.replace("自然人", "自 然 人").replace("商业企业", "商 业 企 业").replace("总计", "总 计")
    )
    found = read_one(TITLE + spaced + "一、本年新收政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1\n")
    assert found.requests["received"]["natural_person"] == 1
    assert "headers_missing" not in codes(found)


def test_a_value_before_the_label_is_a_finding_and_no_cell():
    found, values = received("0\t一、本年新收政府信息公开申请数量\t\t5\t0\t0\t0\t0\t0\t5\n")
    assert values == [5, 0, 0, 0, 0, 0, 5]
    assert "stray_cell" in codes(found)


def test_numbering_lost_or_restarted():
    found = read_one(
        TITLE + APPLICANTS + "本年新收政府信息公开申请数量\t\t\t5\t0\t0\t0\t0\t0\t5\n"
        "1. 予以公开\t\t\t4\t0\t0\t0\t0\t0\t4\n"
        "1、属于国家秘密\t\t\t1\t0\t0\t0\t0\t0\t1\n总计\t\t\t5\t0\t0\t0\t0\t0\t5\n"
    )
    totals = {row: cells["total"] for row, cells in found.requests.items()}
    assert totals == {"received": 5, "granted": 4, "denied_state_secret": 1, "concluded": 5}


@pytest.mark.parametrize("cells", ["0", "1\t0\t0\t0\t0\t1", "5426", "1\t1"])
def test_lost_cells_are_not_made_up(cells):
    found, values = received(f"一、本年新收政府信息公开申请数量\t{cells}\n")
    assert values == [None] * 7
    assert found.notes["requests.received.total"].text == cells.replace("\t", " ")
    assert found.notes["requests.received.total"].flag == "unclear"
    assert "columns_unclear" in codes(found)


def test_blanks_are_placed_as_in_rows_that_leave_no_doubt():
    found = read_one(
        TITLE + APPLICANTS + "一、本年新收政府信息公开申请数量\t\t\t5\t0\t0\t0\t0\t0\t5\n"
        "二、上年结转政府信息公开申请数量\t\t\t2\t\t\t\t\t\t\n"
    )
    assert list(found.requests["brought_forward"].values()) == [2, None, None, None, None, None, None]
    assert not any(path.startswith("requests.brought_forward") for path in found.notes)


def test_blanks_that_could_stand_elsewhere_leave_a_value_without_column():
    found, values = received("一、本年新收政府信息公开申请数量\t\t\t2\t\t\t\t\t\t\n")
    assert values[0] is None
    assert is_flagged(found, "requests.received.natural_person")


def test_too_many_values_count_only_where_all_ways_agree():
    found, values = received("一、本年新收政府信息公开申请数量\t3\t0\t0\t0\t0\t0\t0\t3\n")
    assert values == [None, 0, 0, 0, 0, 0, None]
    assert "extra_cells" in codes(found)
    assert is_flagged(found, "requests.received.business")


def test_fifteen_values_without_header():
    found = read_one(
        TITLE
        + APPLICANTS
        + "一、本年新收政府信息公开申请数量\t\t\t5\t0\t0\t0\t0\t0\t5\n\n"
        + "\t".join("123456789012345")
        + "\n---\t---\n"
    )
    assert list(found.remedies["reconsideration"].values()) == [1, 2, 3, 4, 5]
    assert list(found.remedies["litigation_after_reconsideration"].values()) == [1, 2, 3, 4, 5]
    assert is_flagged(found, "remedies.litigation_direct.total")


def test_five_blanks_before_ten_zeros():
    head = "四、政府信息公开行政复议、行政诉讼情况\n行政复议\t\t\t\t\t行政诉讼\n"
    five = "结果维持\t结果纠正\t其他结果\t尚未审结\t总计"
    rows = (
        f"{five}\t未经复议直接起诉\t\t\t\t\t复议后起诉\n\t\t\t\t\t{five}\t{five}\n"
        + "\t" * 5
        + "\t".join("0" * 10)
    )
    found = read_one(TITLE + head + rows + "\n")
    assert found.remedies["reconsideration"] == dict.fromkeys(
        ["upheld", "corrected", "other_outcome", "undecided", "total"]
    )
    assert set(found.remedies["litigation_direct"].values()) == {0}
    assert found.notes == {}


def test_two_headers_without_their_second_line_are_those_of_the_form():
    items = "二、主动公开政府信息情况\n第二十条第（一）项 | |\n"
    items += "信息内容 | 本年新 | 本年新 | 对外公开总数量\n规章 | 1 | 2 | 3\n"
    found = read_one(TITLE + items)
    assert found.proactive["rules"] == {"created": 1, "newly_published": 2, "published_total": 3}
    assert "headers_missing" not in codes(found)


@pytest.mark.parametrize("headers", ["本年新 | 对外公开总数量", "本年新 | 对外公开总数量 | 本年新公开数量"])
def test_a_header_without_its_second_line_is_said(headers):
    items = f"二、主动公开政府信息情况\n第二十条第（一）项 | |\n信息内容 | {headers}\n规章 | 1 | 2 | 3\n"
    found = read_one(TITLE + items)
    assert all(is_flagged(found, f"proactive.rules.{column}") for column in found.proactive["rules"])


def test_headers_in_another_order():
    items = "二、主动公开政府信息情况\n信息内容\t处理决定数量\t上一年项目数量\t本年增/减\n行政许可\t134\t78\t+52\n"
    assert read_one(TITLE + items).proactive["licensing"] == {
        "items_last_year": 78,
        "items_change": 52,
        "decisions": 134,
    }


def test_a_row_label_that_was_lost_places_nothing():
    lines = [
        "二、主动公开政府信息情况",
        "第二十条第",
        "信息内容",
        "本年制发件数",
        "本年废止件数",
        "现行有效件数",
    ]
    lines += ["  ", "4", "0", "4", "行政规范性文件", "0", "0", "0"]
    found = read_one(TITLE + "\n\n".join(lines) + "\n")
    assert set(found.proactive) == {"normative_documents"}
    assert "unknown_row" in codes(found)


def test_every_cell_on_a_line_of_its_own():
    sample = report(seed=8)
    assert read_one(bare_lines(sample)).cells() == sample.figures()


def test_bars_at_the_end_of_lines():
    head = "|;第二十条第(一)项 | ||||;|;信息内容 |;本年新制作数量 |;本年新公开数量 |;对外公开总数量 | |;"
    rows = "|;规章 |;1 |;2 |;3 | |;|;规范性文件 |;4 |;5 |;6 | |;"
    text = TITLE + "二、主动公开政府信息情况\n" + (head + rows).replace(";", "\n")
    assert [list(row.values()) for row in read_one(text).proactive.values()] == [[1, 2, 3], [4, 5, 6]]


def test_what_fills_a_row_up_behind_its_values_is_no_lost_cell():
    items = "二、主动公开政府信息情况\n第二十条第(一)项 | |||\n"
    items += "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数 |\n"
    items += "规章 | 0 | 0 | 0 |\n行政规范性文件 | 4 | 1 | 9 |\n第二十条第(八)项 | |||\n"
    items += "信息内容 | 本年收费金额(单位:万元) | ||\n行政事业性收费 | 0 |\n"
    found = read_one(TITLE + items)
    assert found.proactive["administrative_charges"] == {"amount": 0}
    assert "row_ragged" not in codes(found)
    short = read_one(TITLE + items.replace("4 | 1 | 9 |", "4 | 9 |"))
    assert is_flagged(short, "proactive.normative_documents.in_force")


def test_a_cell_more_than_the_header_has_may_have_strayed_in():
    items = "二、主动公开政府信息情况\n第二十条第（八）项\n信息内容\t本年收费金额（单位：万元）\n行政事业性收费\t\t4\n"
    assert is_flagged(read_one(TITLE + items), "proactive.administrative_charges.amount")


def test_words_of_the_page_about_itself_are_no_table():
    head = "文号: | 公开日期: | 2021-01-26 | |\n索引号: | 2021-28256 | 公开方式: | 主动公开 |\n"
    found = read_one(head + TITLE + "一、总体情况\n全年没有新的文件。\n")
    assert found.published_on == "2021-01-26"
    assert "unknown_row" not in codes(found)


def test_a_table_that_stops_has_only_the_rows_that_were_there():
    found = read_one(
        TITLE
        + APPLICANTS
        + "一、本年新收政府信息公开申请数量\t\t\t1\t0\t0\t0\t0\t0\t1\n五、存在的主要问题及改进情况\n无。\n"
    )
    assert set(found.requests) == {"received"}
    assert {"rows_missing", "table_missing"} <= codes(found)


@pytest.mark.parametrize(
    "path",
    ["requests.received.total", "proactive.licensing.decisions", "proactive.normative_documents.in_force"],
)
def test_a_number_alone_under_a_row_may_be_the_rest_of_its_last_value(path):
    sample = report().with_cell(path, 98765)
    found = read_one(as_text(sample, "tab_rows").replace("\t98765\n", "\t98\n765\n"))
    assert is_flagged(found, path)
    assert "stray_cell" in codes(found)


def test_a_number_alone_under_a_row_says_nothing_of_other_rows():
    sample = report().with_cell("requests.received.total", 98765)
    found = read_one(as_text(sample, "tab_rows").replace("\t98765\n", "\t98765\n4\n"))
    strays = [finding.where for finding in found.findings if finding.code == "stray_cell"]
    assert strays == [("requests.received.*",)]
    assert "unknown_row" not in codes(found)
