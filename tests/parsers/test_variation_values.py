"""What stands in the cells of real tables, and what renderings make of tables: a row each."""

import re

import pytest

from crawler.demo.layout import Paragraph, Table
from crawler.demo.renderers import as_page, layout
from tests.parsers.pages import codes, is_flagged, read_one, report
from tests.parsers.test_variation_tables import assert_nothing_wrong_in_silence

AMOUNT, ITEMS = "proactive.procurement.amount", "proactive.procurement.items"
CHANGE, FEES = "proactive.licensing.items_change", "proactive.administrative_charges.amount"
RULES, PERSON = "proactive.normative_documents.created", "requests.received.natural_person"

VALUES = [
    # path, as printed, value, flag
    (CHANGE, "+19", 19, None),
    (CHANGE, "-11", -11, None),
    (CHANGE, "+ 7", 7, "note"),
    (CHANGE, "－3", -3, None),
    (CHANGE, "/", None, "mark"),
    (CHANGE, "", None, None),
    (CHANGE, "\u00a0", None, None),
    (CHANGE, "\u3000", None, None),
    (CHANGE, "—", None, "mark"),
    (CHANGE, "无", None, "mark"),
    (RULES, "22（其中修订 16 件）", 22, "note"),
    (RULES, "55（含自然失效 29 件）", 55, "note"),
    (RULES, " 6 ", 6, None),
    (RULES, "６", 6, None),
    (RULES, "1,234", 1234, "note"),
    (RULES, "约5", None, "unclear"),
    (RULES, "6件", 6, "note"),
    (AMOUNT, "152790元", 15.279, "unit"),
    (AMOUNT, "251000元", 25.1, "unit"),
    (AMOUNT, "8040", 8040, None),
    (AMOUNT, "29.0506", 29.0506, None),
    (AMOUNT, "4068.208", 4068.208, None),
    (AMOUNT, "11398889", 11398889, None),
    (AMOUNT, "105.650万", 105.65, "unit"),
    (ITEMS, "6", 6, None),
]


@pytest.mark.parametrize(("path", "printed", "value", "flag"), VALUES)
def test_a_value(path, printed, value, flag):
    found = read_one(as_page(report(2020, "2019").with_cell(path, printed)))
    got = found.cells()[path]
    assert (got if got is None else float(got)) == value
    note = found.notes.get(path)
    assert (note.flag if note else None) == flag
    if path == AMOUNT and flag is None:
        assert "unit_unknown" in codes(found)


def test_an_amount_whose_header_says_its_unit():
    found = read_one(as_page(report(2023).with_cell(FEES, "477.35")))
    assert float(found.cells()[FEES]) == 477.35
    assert codes(found) == set()


def test_a_clerk_sums_over_columns_and_a_town_has_rules():
    sample = report(2020, "2019")
    for column, value in zip(("created", "newly_published", "published_total"), (61, 36, 97), strict=True):
        sample = sample.with_cell(f"proactive.rules.{column}", value)
    assert read_one(as_page(sample)).proactive["rules"] == sample.proactive["rules"]


def test_totals_that_are_blank_on_most_rows():
    sample = report(2020, "2019")
    for row in list(sample.requests)[1:]:
        sample = sample.with_cell(f"requests.{row}.total", None)
    assert read_one(as_page(sample)).cells() == sample.figures()


@pytest.mark.parametrize("row", ["requests.granted", "proactive.coercion", "requests.carried_forward"])
def test_a_dropped_row(row):
    found = read_one(as_page(report(2023).without(row)))
    assert not any(path.startswith(f"{row}.") for path in found.cells())
    assert is_flagged(found, f"{row}.total")


PASTED = [
    ("labels over many spans", lambda cell: "".join(f"<span>{c}</span>" for c in cell)),
    (
        "labels over fonts and empty paragraphs",
        lambda cell: f"<p><font>{cell[:2]}</font><b>{cell[2:]}</b><o:p></o:p></p>",
    ),
    ("no-break spaces round everything", lambda cell: f"&nbsp;{cell}&nbsp;"),
    ("ideographic spaces round everything", lambda cell: f"\u3000{cell}\u3000"),
    ("line breaks in the source", lambda cell: f"\n  {cell}\n  "),
    ("comments of Word", lambda cell: f"<!--[if gte mso 9]><xml>1</xml><![endif]-->{cell}"),
]


@pytest.mark.parametrize("paste", [row[1] for row in PASTED], ids=[row[0] for row in PASTED])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_what_word_pastes(paste, form):
    sample = report(2020, form).with_cell(PERSON, None)
    html = re.sub(r"(<td[^>]*>)([^<]*)(</td>)", lambda m: m[1] + paste(m[2]) + m[3], as_page(sample))
    assert read_one(html).cells() == sample.figures()


def test_a_layout_table_round_the_page():
    sample = report(2023)
    head, body = as_page(sample).split("<body>")
    frame = "<table><tr>" + "<td></td>" * 300 + "</tr><tr><td>首页</td><td>" + body.split("</body>")[0]
    assert read_one(f"{head}<body>{frame}</td></tr></table></body>").cells() == sample.figures()


def lines_of(table, cell, row="\n"):
    return "".join("".join(cell.format(text) for text in texts) + row for texts in _rows(table))


def _rows(table):
    for r, row in enumerate(table.squares()):
        yield [cell.text for c, (top, left, cell) in enumerate(row) if (top, left) == (r, c)]


TEXTS = [
    ("cells joined by single spaces", lambda t: lines_of(t, "{} ")),
    ("one cell a line, blank lines between", lambda t: lines_of(t, "{}\n\n", "")),
    ("one cell a line behind a bar", lambda t: lines_of(t, "|{}\n", "|\n")),
    ("one cell a line before a bar", lambda t: lines_of(t, "{} |\n", "|\n")),
    ("indented", lambda t: lines_of(t, "\t{}", "\n\n").replace("\n", "\n        ")),
    ("pipes of uneven count", lambda t: lines_of(t, "|{}", "||\n")),
    ("no rows at all", lambda t: lines_of(t, "{}\t", "")),
]
"""Tables in other people's extractions; blank cells may be lost in them, and nothing may be made up."""


@pytest.mark.parametrize("style", [row[1] for row in TEXTS], ids=[row[0] for row in TEXTS])
@pytest.mark.parametrize("blank", [False, True])
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_a_text_rendering(style, blank, form):
    sample = report(2020, form)
    if blank:
        for path in list(sample.cells())[5::3]:
            sample = sample.with_cell(path, None)
    text = "\n".join(style(item) if isinstance(item, Table) else item.text for item in layout(sample))
    found = read_one(text)
    assert_nothing_wrong_in_silence(found, sample.figures())


MARKDOWN = [
    ("values before their wrapped label", "|0|0|0|0|0|0|0|\n|1.属于国家秘密|\n"),
    ("values after their wrapped label", "|1.属于国|\n|家秘密|\n|0|0|0|0|0|0|0|\n"),
    ("rows of values without labels", "|3|0|0|0|0|0|3|\n|1|0|0|0|0|0|1|\n"),
    ("rows of nine cells", "|（一）予以公开||3|0|0|0|0|0|3|\n|（二）部分公开||1|0|0|0|0|0|1|\n"),
    ("a total torn out", "|一、本年新收政府信息公开申请数量|1|0|0|0|0|0||\n\n1\n\n"),
    (
        "page marks between rows",
        "|一、本年新收政府信息公开申请数量|1|0|0|0|0|0|1|\n\n— 4 —\n\n- 5 -\n\n"
        "|二、上年结转政府信息公开申请数量|2|0|0|0|0|0|2|\n",
    ),
    ("the lone total of a row whose blanks are lost", "一、本年新收政府信息公开申请数量 0\n"),
]
HEAD = (
    "青石镇2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
    "||自然人|商业企业|科研机构|社会公益组织|法律服务机构|其他|总计|\n"
)


@pytest.mark.parametrize("rows", [row[1] for row in MARKDOWN], ids=[row[0] for row in MARKDOWN])
def test_markdown_made_of_a_pdf(rows):
    found = read_one(HEAD + rows)
    right = {"received": [1, 0, 0, 0, 0, 0, 1], "granted": [3, 0, 0, 0, 0, 0, 3]}
    right |= {"partly_granted": [1, 0, 0, 0, 0, 0, 1], "brought_forward": [2, 0, 0, 0, 0, 0, 2]}
    right |= {"denied_state_secret": [0] * 7}
    for row, cells in found.requests.items():
        for (column, value), wanted in zip(cells.items(), right[row], strict=False):
            assert value == wanted or is_flagged(found, f"requests.{row}.{column}"), (row, column, value)


def test_numbers_of_the_year_before_beside_those_of_the_year():
    """Two blocks of the table of remedies, the later year first: which is this year's cannot be told."""
    sample, other = report(2024), report(2023, seed=5)
    table = next(item for item in reversed(layout(other)) if isinstance(item, Table))
    twice = lambda items: tuple(  # noqa: E731
        x for item in items for x in ((item, Paragraph("2023年"), table) if _is_remedies(item) else (item,))
    )
    found = read_one(as_page(sample, (twice,)))
    assert_nothing_wrong_in_silence(found, sample.figures())


def _is_remedies(item):
    return isinstance(item, Table) and len(item.squares()[0]) == 15


def test_a_broken_sum_of_the_publisher_is_reported_and_kept():
    sample = report(2023)
    for outcome, value in zip(
        ("upheld", "corrected", "other_outcome", "undecided", "total"), (10, 1, 0, 0, 0), strict=True
    ):
        sample = sample.with_cell(f"remedies.reconsideration.{outcome}", value)
    found = read_one(as_page(sample))
    assert found.cells() == sample.figures()
    assert "identity_broken" in codes(found)


TOLD = [
    # sentence in the overview, code, stated value, finding where the table says 3 received and 2 granted
    ("全年收到政府信息公开申请2件。", "received", 2, True),
    ("全年收到政府信息公开申请3件。", "received", 3, False),
    ("全年共收到依申请公开事项17件。", "received", 17, True),
    ("2023年收到申请258件。共受理申请265件。", "received", None, True),
    ("其中通过网络收到申请2443件。", "received", "absent", False),
    ("全年收到申请3件，比2022年30件下降90%。", "received", 3, False),
]


@pytest.mark.parametrize(("sentence", "code", "value", "said"), TOLD)
def test_text_against_table(sentence, code, value, said):
    sample = report(2023)
    parts = dict.fromkeys(sample.requests["received"], 0) | {"natural_person": 3, "total": 3}
    for column, number in parts.items():
        sample = sample.with_cell(f"requests.received.{column}", number)
    first = sample.prose["overview"]
    found = read_one(as_page(sample.with_word("overview", first, sentence)))
    assert found.stated.get(code, ("absent", ""))[0] == value
    assert bool(codes(found) & {"prose_differs", "stated_differently"}) == said
    assert found.requests["received"]["total"] == 3


IMAGES = "<p><img src='1.png'></p>"


@pytest.mark.parametrize("instead", ["", IMAGES, "<p>附件：<a href='1.doc'>年报附表.doc</a></p>"])
def test_headings_without_tables_are_absent_and_not_zero(instead):
    found = read_one(re.sub(r"<table.*?</table>", instead, as_page(report(2023)), flags=re.DOTALL))
    assert found.cells() == {}
    assert "no_tables" in codes(found)
