import pytest

from parsers.forms import FORMS
from parsers.forms.labels import VARIANTS, is_article, key, words
from parsers.tables.words import read_words

OFFICIAL = [(row.label, row.code) for form in FORMS.values() for row in (*form.proactive, *form.requests)]


@pytest.mark.parametrize(("label", "code"), OFFICIAL)
def test_every_official_label_names_its_row(label, code):
    assert code in {word.code for word in words()[key(label)] if word.role == "row"}


@pytest.mark.parametrize(("text", "table", "role", "code", "why"), VARIANTS)
def test_every_variant_is_found_and_has_a_reason(text, table, role, code, why):
    assert (table, role, code) in {(word.table, word.role, word.code) for word in words()[key(text)]}
    assert why


@pytest.mark.parametrize(
    "text",
    [
        "3.危及“三安全一稳定”",
        "3．危及三安全一稳定",
        "( 3 ) 危 及 “三安全一稳定”",
        "危及「三安全一稳定」",
        "3.危及“三安全一穩定”",
    ],
)
def test_numbering_quotes_spaces_and_script_do_not_matter(text):
    assert key(text) == "危及三安全一稳定"


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("規範性檔案", "规范性文件"),
        ("本年增/減", "本年增/减"),
        ("其他對外管理服務事項", "其他对外管理服务事项"),
        ("社會公益組織", "社会公益组织"),
        ("3.補正後申請內容仍不明確", "3.补正后申请内容仍不明确"),
        ("4.無正當理由大量反覆申請", "4.无正当理由大量反复申请"),
        ("行政複議", "行政复议"),
        ("複議後起訴", "复议后起诉"),
        (
            "2.申請人逾期未按收費通知要求繳納費用、行政機關不再處理其政府信息公開申請",
            "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请",
        ),
        ("（二）被依法糾錯", "（二）被依法纠错"),
        ("4.參加或舉辦新聞發布會總次數", "4.参加或举办新闻发布会总次数"),
    ],
)
def test_traditional_characters_are_those_of_the_form(text, label):
    assert key(text) == key(label) or words()[key(text)][0].code == words()[key(label)][0].code


@pytest.mark.parametrize(
    "text", ["第二十条第（一）项", "第二十一条第(五)项", "第二十条第", "第二十条  第（八）项"]
)
def test_articles(text):
    assert is_article(text)


def codes(texts, table="requests"):
    return [[word.code for word in item.of(table)] for item in read_words(texts, table)]


def test_a_label_cut_over_cells_is_one_word():
    assert codes(["（三）", "不予公开", "1.属于", "国家秘密"]) == [["denied"], ["denied_state_secret"]]
    assert codes(["商业", "企业", "科研", "机构"]) == [["business"], ["research"]]


def test_labels_run_together_are_several_words():
    assert codes(["（三）不予公开1.属于国家秘密"]) == [["denied"], ["denied_state_secret"]]
    assert codes(["信息内容本年制发件数本年废止件数现行有效件数"], "proactive") == [
        ["items"],
        ["issued"],
        ["repealed"],
        ["in_force"],
    ]


def test_a_cut_label_is_the_only_one_it_can_be():
    assert codes(["5. 要求行政机关"]) == [["not_processed_reconfirmation"]]
    assert codes(["申请人"]) != [["other_handling_fee_overdue"]]


def test_a_misspelt_label_is_a_guess_and_its_numbering_may_speak_against_it():
    (item,) = read_words(["5.属于三类内部事物信息"], "requests")
    assert item.guessed
    assert [word.code for word in item.words] == ["denied_internal_management"]
    (other,) = read_words(["7.属于三类内部市务信希"], "requests")
    assert not other.words


def test_a_word_that_only_looks_alike_stays_unknown():
    assert codes(["本年新"], "proactive") == [[]]
    assert codes(["备注"]) == [[]]
    assert codes(["主动公开"], None) == [[]]


def test_a_bracket_cut_open_swallows_no_label():
    assert codes(["三、本年度办理结果", "（三", "1.属于国家秘密"])[-1] == ["denied_state_secret"]
    assert codes(["（二）部分公开（区分处理的，", "只计这一情形，不计其他情形）"]) == [["partly_granted"]]
