import pytest

from tests.parsers.pages import codes, read, read_one

SECTION = "一、总体情况\n2022年，全年主动公开政府信息12条。\n"
PERIOD = "本报告所列数据的统计期限自2022年1月1日起至2022年12月31日止。\n"


def one(*lines):
    return read_one("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("lines", "title", "issuer"),
    [
        (["青石镇2022年政府信息公开工作年度报告"], "青石镇2022年政府信息公开工作年度报告", "青石镇"),
        (
            ["云溪县人民政府2022年", "政府信息公开工作年度报告"],
            "云溪县人民政府2022年政府信息公开工作年度报告",
            "云溪县人民政府",
        ),
        (["青石镇2022年政府信息公开工作", "年 度 报 告"], "青石镇2022年政府信息公开工作年度报告", "青石镇"),
        (
            ["云溪县青石镇人民政府", "2022年政府信息公开工作年度报告"],
            "云溪县青石镇人民政府2022年政府信息公开工作年度报告",
            "云溪县青石镇人民政府",
        ),
        (
            ["首页 > 政府信息公开 > 政府信息公开年报 > 2022年", "青石镇2022年政府信息公开年度报告"],
            "青石镇2022年政府信息公开年度报告",
            "青石镇",
        ),
        (
            ["索引号 123", "名  称 云溪县2022年政府信息公开工作年度报告"],
            "云溪县2022年政府信息公开工作年度报告",
            "云溪县",
        ),
        (
            ["2022年政府信息公开工作年度报告", "青石镇人民政府"],
            "2022年政府信息公开工作年度报告",
            "青石镇人民政府",
        ),
        (
            ["云审综〔2023〕2号", "云溪县审计局", "2022年政府信息公开工作年度报告"],
            "云溪县审计局2022年政府信息公开工作年度报告",
            "云溪县审计局",
        ),
        (
            ["202315", "云溪县审计局", "2022年政府信息公开工作年度报告"],
            "云溪县审计局2022年政府信息公开工作年度报告",
            "云溪县审计局",
        ),
        (
            ["- 中文名:云溪县审计局2022年政府信息公开工作年度报告"],
            "云溪县审计局2022年政府信息公开工作年度报告",
            "云溪县审计局",
        ),
        (["# 青石镇2022年政府信息公开工作年度报告"], "青石镇2022年政府信息公开工作年度报告", "青石镇"),
        (
            ["组配分类 政府信息公开年报", "2022年青石镇政府信息公开工作年度报告"],
            "2022年青石镇政府信息公开工作年度报告",
            "青石镇",
        ),
        (
            ["当前位置:首页", "> 新版信息公开 > 政府信息公开年报", "青石镇2022年政府信息公开工作年度报告"],
            "青石镇2022年政府信息公开工作年度报告",
            "青石镇",
        ),
        (
            ["政府信息公开", "政府信息公开工作年度报告", "青石镇2022年政府信息公开工作年度报告"],
            "青石镇2022年政府信息公开工作年度报告",
            "青石镇",
        ),
    ],
)
def test_titles(lines, title, issuer):
    found = one(*lines, SECTION)
    assert (found.title, found.issuer, found.year) == (title, issuer, 2022)


@pytest.mark.parametrize(
    ("sentence", "issuer"),
    [
        ("现公布《云溪县青石镇2022年政府信息公开工作年度报告》。", "云溪县青石镇"),
        ("特向社会公布2022年度云溪县青石镇人民政府信息公开年度报告。", "云溪县青石镇人民政府"),
        ("本年度报告由云溪县青石镇人民政府编制。", "云溪县青石镇人民政府"),
        ("如有疑问，请与云溪县人民政府青石镇办公室联系。", "云溪县人民政府青石镇"),
        ("如有疑问请与云溪县水利局（地址：云溪县一号）联系。", "云溪县水利局"),
        ("2022年，云溪县水利局坚持公开为常态。", "云溪县水利局"),
        ("我镇认真编制了本报告，接受市政府领导。", None),
        ("梳理编制云溪海关关区2022年政府信息公开工作年度报告。", "云溪海关"),
        ("如有疑问，请联系云溪区供销合作社联合社（联系地址：甲）。", "云溪区供销合作社联合社"),
        (
            "本报告由云溪市人民政府信息公开工作领导小组办公室根据《条例》要求，汇总各县情况编制。",
            "云溪市人民政府",
        ),
        ("由云溪县人民政府办公室综合所属各行政机关的年度报告编制而成。", "云溪县人民政府"),
        ("由云溪县政府编制的2022年度政府信息公开年度报告。", "云溪县政府"),
        ("请与云溪区政府东街街道办事处信息公开办公室联系（地址：甲）。", "云溪区政府东街街道办事处"),
        ("请与云溪县教育局综合科联系（地址：甲）。", "云溪县教育局"),
        ("请联系云溪市公安局行政审批办公室，电话：1。", "云溪市公安局"),
        ("可通过政府信息公开意见箱反映或直接与云溪市人民政府办公室政府信息公开中心联系。", "云溪市人民政府"),
        ("由市水利局编制。如有疑问，请与云溪市水利局办公室联系（地址：甲）。", "云溪市水利局"),
        ("市人力资源社会保障局认真落实。请与云溪市人力资源和社会保障局联系。", "云溪市人力资源和社会保障局"),
        ("特编制云溪经济开发区2022年度政府信息公开工作报告。", "云溪经济开发区"),
        ("现将云溪县水利局2022年政府信息公开工作年度报告如下。", "云溪县水利局"),
        ("云溪县教育体育局现向社会公开《2022年政府信息公开工作年度报告》。", "云溪县教育体育局"),
        ("本年度报告由全椒县水利局编制。", "全椒县水利局"),
        ("如有疑问，请与本溪市水利局联系。", "本溪市水利局"),
        ("请与和平县水利局联系。", "和平县水利局"),
        ("2022年，青石镇人民政府信息公开工作严格按照《条例》开展。", "青石镇人民政府"),
        ("移动端应用\n登录个人中心", None),
        (
            "2022年，云溪市公安局（以下简称“市公安局”）以习近平新时代中国特色社会主义思想为指导。",
            "云溪市公安局",
        ),
        (
            "编写云溪县2022年度政府信息公开工作年度报告。如有疑问，请与云溪县电子政务办公室联系（地址：甲）。",
            "云溪县",
        ),
        ("现公布example.com青石乡2022年政府信息公开工作年度报告。", "青石乡"),
        ("云溪区司法局（区行政复议局）根据《条例》等规定编制本报告。", "云溪区司法局"),
        ("2022年，云溪市交通运输局在市委、市政府正确领导下推进公开。", "云溪市交通运输局"),
        (
            "由云溪区各镇、街道及区政府各部门编制。如有疑问，请与云溪区政府办公室联系（地址：甲）。",
            "云溪区政府",
        ),
        (
            "云溪区人民政府办公室2022年政府信息公开工作年度报告（以下简称年报）是根据《条例》编制的。请与云溪区人民政府"
            "办公室联系（地址：甲）。",
            "云溪区人民政府办公室",
        ),
        (
            "云溪区政务公开工作领导小组办公室编制了云溪区人民政府2022年度政府信息公开工作年度报告。",
            "云溪区人民政府",
        ),
        ("本年度报告由国家税务总局青禾市云溪区税务局编制。", "国家税务总局青禾市云溪区税务局"),
        ("本报告由青禾市公安局云溪分局编制。", "青禾市公安局云溪分局"),
        ("由青禾市公安局和云溪区水利局共同编制。", "青禾市公安局"),
        (
            "特向社会公布国家税务总局青禾市税务局（以下简称“青禾市税务局”，下文类同）2022年政府信息公开工作年度报告。",
            "国家税务总局青禾市税务局",
        ),
        ("请与青禾海关办公室联系（地址：甲）。", "青禾海关"),
        ("请联系海关总署办公厅，电话：1。", "海关总署"),
        ("特编制青禾电子产业园2022年度政府信息公开工作年度报告。", "青禾电子产业园"),
        ("本报告由青禾区消防救援大队编制。", "青禾区消防救援大队"),
        (
            "由青禾市住房和城乡建设局编制的《2022年度青禾市住房和城乡建设局政府信息公开年度报告》。",
            "青禾市住房和城乡建设局",
        ),
        ("开发区政府信息公开工作在管委会直接领导下开展。", None),
        ("文章来源：办公厅 发布时间：2023-02-09", None),
        ("可与党政综合办公室联系（地址：甲）。", None),
        ("本报告由云溪县政府办公室编制。", "云溪县政府办公室"),
        ("本报告由云溪县地方志编纂委员会办公室编制。", "云溪县地方志编纂委员会办公室"),
        ("由青禾市公安局交通警察支队编制。", "青禾市公安局交通警察支队"),
        ("由青禾市市场监督管理局经济技术开发区分局编制。", "青禾市市场监督管理局经济技术开发区分局"),
        ("由青禾市税务局稽查局编制。", "青禾市税务局稽查局"),
        ("由云溪县城镇职工医疗保险管理中心编制。", "云溪县城镇职工医疗保险管理中心"),
        ("现公布古城乡2022年政府信息公开工作年度报告。", "古城乡"),
        ("本报告由云溪县青石镇中心卫生院编制。", None),
        ("请与云溪县青石镇便民服务中心联系（地址：甲）。", "云溪县青石镇"),
        ("请与云溪县红十字会办公室联系（地址：甲）。", "云溪县红十字会"),
        ("请与云溪县图书馆办公室联系（地址：甲）。", "云溪县图书馆"),
    ],
)
def test_issuer_from_the_text(sentence, issuer):
    assert one(sentence, PERIOD, SECTION).issuer == issuer


def test_a_bare_place_takes_the_fuller_name_and_a_formal_one_does_not():
    title, source = "青石镇2022年政府信息公开工作年度报告", "来源：云溪县青石镇人民政府 发布日期：2023-01-05"
    assert one(title, source, SECTION).issuer == "云溪县青石镇人民政府"
    assert one(title.replace("镇", "镇人民政府"), source, SECTION).issuer == "青石镇人民政府"


def test_an_office_without_its_place_takes_the_fuller_name():
    contact = "如有疑问，请与云溪县农业农村局联系（地址：甲）。"
    assert one("农业农村局2022年政府信息公开工作年度报告", contact, SECTION).issuer == "云溪县农业农村局"
    assert one("县农业农村局2022年政府信息公开工作年度报告", contact, SECTION).issuer == "云溪县农业农村局"


def test_an_office_without_its_place_takes_the_name_in_the_first_sentence():
    sentence = "2022年云溪县公安局在县政府的领导下开展工作。"
    assert one("公安局2022年政府信息公开工作年度报告", sentence, SECTION).issuer == "云溪县公安局"


@pytest.mark.parametrize(
    "row",
    ["文 号 | 主题词 |", "发布日期 2023-01-16 主题词 政府信息公开工作年度报告", "（二）建立健全制度情况"],
)
def test_a_row_of_what_a_page_is_and_a_heading_are_no_part_of_a_title(row):
    found = one(row, "2022年政府信息公开工作年度报告", SECTION)
    assert (found.title, found.issuer) == ("2022年政府信息公开工作年度报告", None)


def test_a_sentence_that_a_title_runs_into_is_none():
    lines = [
        "青禾市政府信息公开工作年度报告本报告是根据《条例》（以",
        "下简称条例）要求，由青禾市统计局编制的2022年度报告。",
    ]
    assert one(*lines, SECTION).issuer == "青禾市统计局"


def test_a_title_without_the_name_of_the_site_behind_it():
    title = "青石镇2022年政府信息公开工作年度报告"
    assert one(f"{title}-云溪县人民政府", "首页 > 年报", title, SECTION).title == title


def test_the_uploader_is_not_the_issuer():
    found = one("东街街道2022年政府信息公开工作年度报告", "发布机构：政务服务管理局", SECTION)
    assert found.issuer == "东街街道"
    assert ("issuer", "政务服务管理局", "page") in {(w.key, w.value, w.source) for w in found.witnesses}


BARE = "2022年政府信息公开工作年度报告"
SITE = "云溪县人民政府门户网站"


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{BARE}</title>",
        f"<title>{BARE}-{SITE}</title>",
        f"<title>{SITE}-{BARE}</title>",
        f'<meta name="ArticleTitle" content="{BARE}-{SITE}">',
        '<meta name="ContentSource" content="云溪县政府网">',
    ],
)
@pytest.mark.parametrize(
    "banner", ["", f"<div>{SITE}</div>", "<div>云溪县人民政府</div>", f"<p>来源：{SITE}</p>"]
)
def test_the_name_of_the_site_is_no_issuer(head, banner):
    page = f'<html><head><meta name="SiteName" content="{SITE}">{head}</head><body>{banner}<h1>{BARE}</h1>'
    found = read_one(f"{page}<p>一、总体情况</p><p>2022年，主动公开政府信息12条。</p></body></html>")
    assert (found.issuer, found.year) == (None, 2022)


def test_an_article_on_the_site_of_its_own_issuer():
    page = f'<html><head><meta name="SiteName" content="{SITE}"></head><body><h1>{BARE}</h1><p>云溪县人民政府</p>'
    assert read_one(f"{page}<p>一、总体情况</p><p>甲。</p></body></html>").issuer == "云溪县人民政府"


@pytest.mark.parametrize(
    ("title", "issuer"),
    [
        ("云溪县人民政府门户网站 青石镇2022年政府信息公开工作年度报告", "青石镇"),
        ("云溪县气象站2022年政府信息公开工作年度报告", "云溪县气象站"),
        ("2022年政府信息公开工作年度报告-云溪县发改局", "云溪县发改局"),
    ],
)
def test_a_site_before_the_title_and_organs_that_end_alike(title, issuer):
    assert one(title, SECTION).issuer == issuer


def test_titles_of_different_units_are_a_finding():
    found = one("青石镇2022年政府信息公开年度报告", "白水乡2022年政府信息公开年度报告", PERIOD, SECTION)
    assert "issuer_disagreement" in codes(found)


@pytest.mark.parametrize(
    ("sentence", "year"),
    [
        ("统计期限自2022年1月1日起至2022年12月31日止。", 2022),
        ("统计时限为2022年1月1日至同年12月31日。", 2022),
        ("统计日期：2022年1月1日----2022年12月31日。", 2022),
        ("统计期限自202211日起至20221230日止。", 2022),
        ("统计期限自20221月1日起至202212月31日止。", 2022),
        ("统计数据截止2022年12月31日。", 2022),
        ("本报告涵盖2022年1月1日至12月31日。", 2022),
        ("统计期限自二〇二二年一月一日起至十二月三十一日止。", 2022),
    ],
)
def test_year_from_the_period(sentence, year):
    found = one("青石镇政府信息公开工作年度报告", sentence, "依据国令第711号和〔2019〕60号编制。")
    assert found.year == year
    assert ("year", str(year), "period") in {(w.key, w.value, w.source) for w in found.witnesses}
    assert not codes(found) & {"year_disagreement", "year_inferred"}


HALF = "本报告中所列数据的统计期限自2022年1月1日起至2022年6月30日止。"


@pytest.mark.parametrize(
    "sentence",
    [HALF, "统计期限为2022年1月1日至6月30日。", "统计期限：2022.1.1-2022.9.30", "统计时段为2022年上半年。"],
)
def test_the_period_of_a_half_year_tells_no_year(sentence):
    found = one("青石镇政府信息公开工作报告", sentence, "一、总体情况", "2022年公开12条。")
    assert found.year is None
    assert "part_of_year" in codes(found)
    titled = one("青石镇2022年政府信息公开工作年度报告", sentence, SECTION)
    assert titled.year == 2022
    assert "part_of_year" in codes(titled)


@pytest.mark.parametrize(
    "sentence",
    [
        "统计期限自2022年1月1日起至11月30日止。",
        "统计期限自2022年5月1日起至12月31日止。",
        "统计期限为2022年1月1日至12月6日。",
    ],
)
def test_a_report_drawn_up_late_in_its_year_is_that_of_the_year(sentence):
    found = one("青石镇政府信息公开工作年度报告", sentence, SECTION)
    assert found.year == 2022
    assert "part_of_year" not in codes(found)


def test_the_period_outweighs_a_year_in_a_quoted_title():
    found = one(
        "我镇编制了《青石镇2020年政府信息公开工作年度报告》，统计期限自2022年1月1日起至12月31日止。", SECTION
    )
    assert found.year == 2022


def test_an_announced_report_and_a_period_that_disagree_are_a_finding():
    found = one(
        "特向社会公布2022年云溪县财政局政府信息公开工作年度报告。数据统计期限为2021年1月1日至2021年12月31日。",
        "一、概述",
        "2022年，我局公开12条。",
        "2022年培训1次。",
    )
    assert found.year == 2022
    assert "year_disagreement" in codes(found)


def test_title_and_period_that_disagree_are_a_finding():
    found = one("青石镇2021年政府信息公开工作年度报告", PERIOD, SECTION)
    assert found.year == 2022
    assert "year_disagreement" in codes(found)
    assert {w.value for w in found.witnesses if w.key == "year"} == {"2021", "2022"}


def test_a_year_that_only_prose_speaks_of_is_said_to_be_so():
    found = one(
        "青石镇政府信息公开工作年度报告", "一、总体情况", "2022年公开12条，2022年培训1次，2023年将努力。"
    )
    assert found.year == 2022
    assert "year_inferred" in codes(found)


def test_no_year_is_no_year():
    assert one("青石镇政府信息公开工作年度报告", "一、总体情况", "我镇公开12条。").year is None


@pytest.mark.parametrize(
    "line",
    [
        "发布时间：2023-01-17 08:53来源：青石镇",
        "发布日期：2023年01月17日 作者：佚名",
        "发 布 日 期：2023/1/17",
        "信息来源：青石镇 公开日期: | 2023-01-17 16:32 |",
        "2023-01-17 作者:佚名 点击数:",
        "發(fā)布時(shí)間:2023-01-17 10:12",
        "• 2023-01-17",
        "2023年01月17日来源：1",
        "发布日期：[2023-01-17]",
        "云溪县政府网站 www.yunxi.example 2023年01月17日 15时57分 来源：云溪县",
        "发布日期：2023-\u00a001-\u00a017",
        "[ 成文日期 ] | 2023-01-10 | [ 公开日期 ] | 2023-01-17 | [ 有 效 性 ] | 有效",
    ],
)
def test_publication_date_of_the_page(line):
    found = one("青石镇2022年政府信息公开工作年度报告", line, SECTION, "青石镇人民政府", "2023年1月10日")
    assert found.published_on == "2023-01-17"
    assert {w.key: w.value for w in found.witnesses}["signed_on"] == "2023-01-10"


def test_a_date_behind_the_title():
    found = one("2022年青石镇政府信息公开工作年度报告 2023-02-01", "青石镇人民政府", "2023年1月31日", SECTION)
    assert found.published_on == "2023-02-01"


def test_a_date_in_brackets_behind_the_title():
    found = one(
        "2022年青石镇政府信息公开年报 （ 2023年02月01日 ）", "青石镇人民政府", "2023年2月2日", SECTION
    )
    assert found.published_on == "2023-02-01"


def test_the_signature_where_the_page_has_no_date():
    found = one("青石镇2022年政府信息公开工作年度报告", SECTION, "青石镇人民政府", "二〇二三年一月十日")
    assert found.published_on == "2023-01-10"


def test_dates_of_the_period_and_of_the_text_are_no_publication():
    text = "2022年1月1日起至2022年12月31日止。"
    assert (
        one(
            "青石镇2022年政府信息公开工作年度报告", f"统计期限自{text}", SECTION, "2022年3月4日召开会议。"
        ).published_on
        is None
    )


def test_meta_tags_speak_for_date_and_title():
    html = (
        '<head><meta name="PubDate" content="2023-01-17 16:58">'
        "<title>青石镇2022年政府信息公开工作年度报告_云溪县人民政府</title>"
        "</head><body><p>一、总体情况</p><p>主动公开12条。</p></body>"
    )
    found = read_one(html)
    assert (found.published_on, found.issuer, found.year) == ("2023-01-17", "青石镇", 2022)


def test_scope_needs_explicit_words():
    title = "云溪县人民政府2022年政府信息公开工作年度报告"
    assert one(title, "报告汇总全县数据。", PERIOD).scope == "consolidated"
    assert (
        one(title, "综合2022年度云溪县各镇和县级各部门的年度报告编制而成。", PERIOD).scope == "consolidated"
    )
    assert (
        one(title, "在2022年度全区各镇、区政府工作部门的年度报告的基础上编制。", PERIOD).scope
        == "consolidated"
    )
    assert one(title, "综合云溪区行政区域内总体情况编制。", PERIOD).scope == "consolidated"
    assert one(title, "由云溪区各镇、街道及区政府各组成部门结合数据编制。", PERIOD).scope == "consolidated"
    assert one(title, "综合区政府所属各行政机关的年度报告编制而成。", PERIOD).scope == "consolidated"
    assert (
        one(title, "涵盖云溪市各县、区政府和市政府各工作部门的政府信息公开工作情况。", PERIOD).scope
        == "consolidated"
    )
    assert (
        one(title, "由市政府辦公廳綜合各區（縣）政府的政府信息公開年度報告編制而成。", PERIOD).scope
        == "consolidated"
    )
    assert (
        one(
            title, "根据《条例》规定和云溪县政府各乡镇、各工作部门的政府信息公开工作年度报告编制。", PERIOD
        ).scope
        == "consolidated"
    )
    assert (
        one(title, "根据2022年税务系统各直属单位政府信息公开年度报告编制。", PERIOD).scope == "consolidated"
    )
    assert one(title, "梳理2022年度海關係統政府資訊公開工作情況編制而成。", PERIOD).scope == "consolidated"
    assert one(title, "梳理编制云溪海关关区2022年政府信息公开工作年度报告。", PERIOD).scope == "consolidated"
    assert one("云溪省税务系统2022年政府信息公开工作年度报告", PERIOD).scope == "consolidated"
    assert one(title, "依托政府信息公开系统2022年政府信息公开情况明显改善。", PERIOD).scope == "own"
    assert one(title, "推进全省税务系统深入开展政府信息公开工作，编制目录。", PERIOD).scope == "own"
    assert one(title, "全县公开工作有序推进。", PERIOD).scope == "own"
    assert (
        one(title, "根据《关于各单位做好政府信息公开工作年度报告编制工作的通知》编制。", PERIOD).scope
        == "own"
    )


def test_a_township_does_not_speak_for_a_county():
    found = one("青石镇2022年政府信息公开工作年度报告", "综合全区各镇（街办）情况编制。", PERIOD)
    assert found.scope == "own"
    assert "scope_doubtful" in codes(found)


def test_a_report_in_traditional_script_with_glosses():
    found = one(
        "2022年度青石鎮(zhèn)政府信息公開(kāi)年度報(bào)告",
        "統計期限自2022年1月1日起至12月31日止。",
        "一、總體情況",
        "甲。",
    )
    assert (found.issuer, found.year) == ("青石鎮", 2022)
    assert found.sections == {"overview": "甲。"}


def test_two_reports_in_one_file():
    first = "青石镇2021年政府信息公开工作年度报告\n一、总体情况\n甲。\n五、存在的主要问题及改进情况\n乙。\n"
    reading = read(first + first.replace("2021", "2022"))
    assert [report.year for report in reading.reports] == [2021, 2022]


def test_the_rest_of_a_citation_at_the_beginning_of_a_line_is_no_title_of_another_document():
    lines = ["青石镇2016年政府信息公开工作年度报", "告", "本报告根据《中华人民共和"]
    lines += ["国政府信息公开工作年度报告格式》（国办发〔2014〕32号）编制，由青", "石镇人民政府发布。"]
    found = read_one("\n".join([*lines, "一、总体情况", "全年公开信息12条。"]) + "\n")
    assert found.year == 2016
