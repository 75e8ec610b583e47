import re
from decimal import Decimal

import pytest
from lxml import html

from crawler.demo.quirks import blank_header_cells
from crawler.demo.renderers import STYLES, as_html, as_page, as_text
from crawler.demo.reports import make_report
from parsers.forms import FORMS, REQUEST_COLUMNS, SECTIONS


def sample(form="2021"):
    return make_report("白鹭镇人民政府", 2022, form, seed=11)


def marked(form):
    """Every cell holds a token of its own."""
    report = sample(form)
    for number, path in enumerate(report.cells()):
        report = report.with_cell(path, f"cell{number:04}x")
    return report


def squares(table):
    """{(row, column): text} of an HTML table; a square covered twice is an error."""
    out = {}
    for r, tr in enumerate(table.xpath(".//tr")):
        c = 0
        for td in tr.xpath("./td"):
            while (r, c) in out:
                c += 1
            for down in range(int(td.get("rowspan", 1))):
                for across in range(int(td.get("colspan", 1))):
                    assert (r + down, c + across) not in out
                    out[r + down, c + across] = td.text_content()
    return out


def tables(report, quirks=()):
    return html.fromstring(f"<div>{as_html(report, quirks)}</div>").xpath(".//table")


def assert_rectangle(table, columns):
    covered = squares(table)
    rows = len(table.xpath(".//tr"))
    assert covered.keys() == {(r, c) for r in range(rows) for c in range(columns)}
    return covered


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("quirks", [(), (blank_header_cells,)])
def test_spans_add_up_to_rectangles(form, quirks):
    proactive, requests, remedies = tables(marked(form), quirks)
    assert_rectangle(proactive, 4)
    assert_rectangle(requests, 10)
    assert_rectangle(remedies, 15)


@pytest.mark.parametrize("form", sorted(FORMS))
def test_each_request_value_stands_under_its_header_beside_its_label(form):
    report = marked(form)
    covered = assert_rectangle(tables(report)[1], 10)
    places = {text: place for place, text in covered.items()}
    for row in FORMS[form].requests:
        for column in REQUEST_COLUMNS:
            r, c = places[report.requests[row.code][column.code]]
            labels = [covered[r, 0], covered[r, 1], covered[r, 2]]
            assert list(dict.fromkeys(labels)) == list(dict.fromkeys([*row.groups, row.label]))
            assert covered[2, c] == column.label
            assert covered[0, c] == "申请人情况"


@pytest.mark.parametrize("form", sorted(FORMS))
def test_each_proactive_value_stands_under_its_header_and_article(form):
    report = marked(form)
    covered = assert_rectangle(tables(report)[0], 4)
    places = {text: place for place, text in sorted(covered.items(), reverse=True)}
    for row in FORMS[form].proactive:
        for column in row.columns:
            r, c = places[report.proactive[row.code][column.code]]
            assert covered[r, 0] == row.label
            header = max(up for up in range(r) if covered[up, 0] == "信息内容")
            assert covered[header, c] == column.label
            assert {covered[header - 1, x] for x in range(4)} == {row.groups[0]}


def test_each_remedy_stands_under_its_route_and_outcome():
    report = marked("2021")
    covered = assert_rectangle(tables(report)[2], 15)
    row = [covered[3, c] for c in range(15)]
    assert row == [value for route in report.remedies.values() for value in route.values()]
    assert [covered[0, c] for c in (0, 4, 5, 14)] == ["行政复议", "行政复议", "行政诉讼", "行政诉讼"]
    assert [covered[1, c] for c in (0, 5, 10)] == ["结果维持", "未经复议直接起诉", "复议后起诉"]
    assert [covered[2, c] for c in (0, 4, 5, 9, 14)] == ["结果维持", "总计", "结果维持", "总计", "总计"]


@pytest.mark.parametrize("form", sorted(FORMS))
@pytest.mark.parametrize("render", [as_html, as_page, *STYLES])
def test_each_value_is_rendered_once(form, render):
    report = marked(form)
    text = render(report) if callable(render) else as_text(report, render)
    found = re.findall(r"cell\d{4}x", text)
    assert sorted(found) == sorted(report.cells().values())


def test_official_spans():
    report = sample()
    spans = {
        td.text_content(): (td.get("rowspan"), td.get("colspan"))
        for table in tables(report)
        for td in table.xpath(".//td[@rowspan or @colspan]")
    }
    assert spans["三、本年度办理结果"] == ("22", None)
    assert spans["（三）不予公开"] == ("8", None)
    assert spans["（六）其他处理"] == ("3", None)
    assert spans["申请人情况"] == (None, "7")
    assert spans["法人或其他组织"] == (None, "5")
    assert spans["自然人"] == ("2", None)
    assert spans["行政诉讼"] == (None, "10")
    assert spans["第二十条第（一）项"] == (None, "4")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        (0, "0"),
        (1234567, "1234567"),
        ("/", "/"),
        ("—", "—"),
        ("无", "无"),
        ("<b>5</b> & 6", "<b>5</b> & 6"),
        (Decimal("29.50"), "29.50"),
        (Decimal("1E+3"), "1000"),
    ],
)
def test_a_cell_shows_what_it_holds(value, shown):
    report = sample().with_cell("proactive.administrative_charges.amount", value)
    covered = squares(tables(report)[0])
    assert covered[max(covered)] == shown


def test_a_rise_has_its_sign():
    report = sample("2019")
    shown = {}
    for value in (52, -21, 0, None, "/"):
        changed = report.with_cell("proactive.licensing.items_change", value)
        row = next(tr for tr in tables(changed)[0].xpath(".//tr") if tr[0].text == "行政许可")
        shown[value] = row[2].text or ""
    assert shown == {52: "+52", -21: "-21", 0: "0", None: "", "/": "/"}


def test_an_absent_row_is_not_rendered_and_spans_shrink():
    report = marked("2021").without("requests.denied_state_secret").without("requests.carried_forward")
    covered = assert_rectangle(tables(report)[1], 10)
    assert not {"1.属于国家秘密", "四、结转下年度继续办理"} & set(covered.values())
    text = as_html(report)
    assert 'rowspan="21">三、本年度办理结果' in text
    assert 'rowspan="7">（三）不予公开' in text


def test_an_absent_group_leaves_no_label_behind():
    report = sample().without("proactive.penalties").without("proactive.coercion")
    for row in FORMS["2021"].requests:
        if "（四）无法提供" in row.groups:
            report = report.without(f"requests.{row.code}")
    text = as_html(report)
    assert "（四）无法提供" not in text
    assert "第二十条第（六）项" not in text
    proactive, requests, _ = tables(report)
    assert_rectangle(proactive, 4)
    assert_rectangle(requests, 10)


@pytest.mark.parametrize(
    ("gone", "columns", "rows"),
    [
        (["reconsideration"], 10, 4),
        (["litigation_direct"], 10, 4),
        (["litigation_direct", "litigation_after_reconsideration"], 5, 3),
    ],
)
def test_absent_routes_take_their_columns_away(gone, columns, rows):
    report = marked("2021")
    for route in gone:
        report = report.without(f"remedies.{route}")
    table = tables(report)[2]
    assert_rectangle(table, columns)
    assert len(table.xpath(".//tr")) == rows


def test_an_absent_table_is_no_table():
    report = sample()
    for row in list(report.proactive):
        report = report.without(f"proactive.{row}")
    assert len(tables(report)) == 2


def test_a_cell_cut_off_at_the_right_is_absent_and_a_gap_is_refused():
    cut = sample().without("requests.granted.total")
    row = next(tr for tr in tables(cut)[1].xpath(".//tr") if "（一）予以公开" in tr.text_content())
    assert len(row.xpath("./td")) == 8
    with pytest.raises(ValueError, match=r"requests\.granted"):
        as_html(sample().without("requests.granted.business"))


def test_headings_and_prose_in_order():
    report = sample()
    for text in (as_html(report), as_text(report)):
        places = [
            text.index(f"{n}、{label}") for n, label in zip("一二三四五六", SECTIONS.values(), strict=True)
        ]
        assert places == sorted(places)
        assert report.prose["problems"].splitlines()[0] in text
        assert text.index("2022年12月31日止") < places[0]
    assert as_text(report).startswith("白鹭镇人民政府2022年政府信息公开工作年度报告\n")
    assert report.title not in as_html(report)


def test_a_page_is_a_whole_document_that_names_itself():
    report = sample()
    page = html.fromstring(as_page(report).encode())
    assert page.xpath("string(//title)") == report.title
    assert page.xpath("string(//h1)") == report.title
    meta = {m.get("name"): m.get("content") for m in page.xpath("//meta[@name]")}
    assert meta["ArticleTitle"] == report.title
    assert meta["PubDate"] == report.published_on.isoformat()
    assert meta["ContentSource"] == "白鹭镇人民政府"


def test_the_signature_stands_at_the_end():
    text = as_text(sample())
    lines = text.rstrip("\n").split("\n")
    signed = sample().signed_on
    assert lines[-2:] == ["白鹭镇人民政府", f"{signed.year}年{signed.month}月{signed.day}日"]


def test_cell_per_line():
    text = as_text(sample().with_cell("proactive.rules.issued", None), "cell_per_line")
    assert "\n\t信息内容\n\t本年制发件数\n\t本年废止件数\n\t现行有效件数\n\n\t规章\n\t\n\t0\n\t0\n\n" in text
    assert (
        "\n\t（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）\n\t申请人情况\n\n" in text
    )
    assert "\n\t\n\t自然人\n\t法人或其他组织\n\t总计\n\n\t\n\t\n\t商业企业\n" in text
    assert "\n\t三、本年度办理结果\n\t（一）予以公开\n\t" in text
    assert "\n\n\t\n\t\n\t2.其他法律行政法规禁止公开\n\t" in text


def test_tab_rows():
    text = as_text(sample(), "tab_rows")
    assert "\n信息内容\t本年制发件数\t本年废止件数\t现行有效件数\n" in text
    assert "\n\t自然人\t法人或其他组织\t总计\n" in text
    assert "\n\t\t2.其他法律行政法规禁止公开\t" in text


def test_pipe_rows_are_rectangular_markdown():
    text = as_text(sample(), "pipe_rows")
    assert text.startswith("# 白鹭镇人民政府")
    assert "\n## 一、总体情况\n" in text
    assert "\n| 第二十条第（一）项 |  |  |  |\n| --- | --- | --- | --- |\n" in text
    widths = {len(line.split("|")) - 2 for line in text.splitlines() if line.startswith("|")}
    assert widths == {4, 10, 15}


def test_an_unknown_style_names_the_known_ones():
    with pytest.raises(KeyError, match="cell_per_line"):
        as_text(sample(), "braille")
