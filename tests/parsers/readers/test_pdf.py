import json

import pytest

from crawler.demo.paper import Leaf, Paper, Run
from crawler.demo.pdf import Ink, as_pdf, pdf_of
from crawler.demo.reports import make_report
from parsers.document import Grid
from parsers.forms import ROUTES
from parsers.parse import parse
from parsers.readers import Unreadable, drawn, pdf, pdf_glyphs, pdf_objects
from parsers.values import is_value
from tests.parsers import shared
from tests.parsers.readers.drawing import differences, table

XS = [100.0, 200.0, 260.0, 320.0]


def sample():
    return make_report("白鹭镇人民政府", 2022, seed=11)


def refusal(data):
    with pytest.raises(Unreadable) as error:
        pdf.read(data)
    assert error.value.format == "pdf"
    return error.value.sentence


def cells(*leaves):
    (grid,) = (item for item in pdf.read(pdf_of(leaves)).items if isinstance(item, Grid))
    assert grid.exact
    return grid.rows


def test_a_real_report_over_three_pages():
    wanted = json.loads(shared.path("samples", "hongze2024.json").read_text())
    (read,) = parse(shared.path("samples", "hongze2024.pdf").read_bytes()).reports
    got = read.as_json({})
    for name in ("proactive", "requests", "remedies", "year", "form"):
        assert got[name] == wanted[name]
    # （六）其他处理 in one row, as in form 2019; an office beside its district
    assert [finding.code for finding in read.findings] == ["mixed_forms", "prose_differs"]
    assert read.notes == {}


def test_the_engine_is_named_with_its_version():
    assert pdf.read(as_pdf(sample())).engines == (pdf.ENGINE,)
    assert pdf.ENGINE.split()[1][0].isdigit()


@pytest.mark.parametrize("ink", [Ink(scanned=True), Ink(layered=True)])
def test_a_scan_is_unreadable_also_with_a_hidden_layer_of_recognised_text(ink):
    reading = parse(as_pdf(sample(), ink=ink))
    assert reading.outcome == "unreadable"
    assert "scan" in reading.message
    assert "OCR" in reading.message


def test_digits_that_no_font_maps_are_never_guessed():
    assert "do not say which characters" in refusal(as_pdf(sample(), ink=Ink(nameless=True)))


def test_unmapped_digits_make_a_report_unreadable_however_few_they_are():
    leaf = Leaf(runs=[Run(100, 100 + 20 * n, 12, "政府信息公开工作年度报告" * 2) for n in range(9)])
    leaf.runs.append(Run(100, 400, 12, "共收到申请5件"))
    assert "do not say which characters" in refusal(pdf_of([leaf], ink=Ink(nameless=True)))
    leaf.runs.append(Run(100, 430, 12, "二０２４年"))
    assert pdf.read(pdf_of([leaf], ink=Ink(nameless=True))).items


def test_a_cell_of_unmapped_digits_does_not_pass_for_blank():
    leaf = table([["行政处罚", "5", ""]], XS)
    leaf.runs.append(Run(100, 300, 12, "一九九九" * 9))
    data = pdf_of([leaf, Leaf(runs=[Run(100, 100, 12, "２０２４年")])], ink=Ink(nameless=True))
    (grid,) = pdf.read(data).grids()
    assert is_value(grid.rows[0][1])


def test_a_cell_that_cannot_be_read_is_null_and_unclear():
    path = "requests.granted.business"
    (read,) = parse(as_pdf(sample().with_cell(path, "\ue001"))).reports
    assert read.requests["granted"]["business"] is None
    assert read.notes[path].flag == "unclear"
    assert [finding.where for finding in read.findings if finding.code == "cell_unclear"] == [(path,)]


def test_a_locked_file():
    data = as_pdf(sample())
    lock = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >> /ID [<00> <00>] /Root" % (
        b"00" * 32,
        b"11" * 32,
    )
    assert refusal(data.replace(b"/Root", lock, 1)) == "it is locked with a password"


@pytest.mark.parametrize(
    "data", [b"%PDF-1.4\n", b"%PDF-1.7\ngarbage" * 99, b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\n"]
)
def test_a_damaged_file(data):
    assert refusal(data) == "it is damaged: no page can be found in it"


def test_a_file_cut_off_says_one_sentence_or_is_read_right():
    report = sample()
    data = as_pdf(report)
    for part in (0.3, 0.6, 0.9, 0.99):
        reading = parse(data[: int(len(data) * part)])
        if reading.outcome == "report":
            assert differences(report, data[: int(len(data) * part)]) == {}
        else:
            assert reading.message


def test_too_many_pages_and_too_many_bytes(monkeypatch):
    data = pdf_of([Leaf(runs=[Run(100, 100, 10, "甲")])] * 3)
    monkeypatch.setattr(drawn, "MOST_PAGES", 2)
    assert refusal(data) == "it has 3 pages; such files are read up to 2 pages"
    monkeypatch.setattr(drawn, "MOST_BYTES", 1 << 10)
    assert "large" in refusal(data)


def test_too_many_letters(monkeypatch):
    monkeypatch.setattr(drawn, "MOST_GLYPHS", 9)
    assert refusal(as_pdf(sample())) == "it holds more than 9 letters"


def test_the_lines_of_a_drawing_are_no_rulings_and_its_text_is_read(monkeypatch):
    leaf = table([["行政处罚", "5", "8"]], XS)
    monkeypatch.setattr(pdf_objects, "MOST_OBJECTS", 3)
    (block,) = pdf.read(pdf_of([leaf])).items
    assert block.text == "行政处罚 5 8"


def test_more_letters_than_fit_on_a_page_are_a_picture(monkeypatch):
    monkeypatch.setattr(pdf_glyphs, "MOST_GLYPHS", 3)
    document = pdf.read(
        pdf_of([Leaf(runs=[Run(100, 100, 12, "甲乙丙丁")]), Leaf(runs=[Run(100, 100, 12, "戊")])])
    )
    (finding,) = document.unread
    assert finding.code == "pages_unread"
    assert "page 1 " in finding.message


def test_pages_without_text():
    assert refusal(pdf_of([Leaf(), Leaf()])) == "its pages hold no text"


def test_pages_that_are_pictures_are_named():
    document = pdf.read(as_pdf(sample()))
    assert document.meta == {"pages": str(len({b.place.split()[1] for b in document.blocks()}))}


def test_a_lone_full_width_zero_is_not_lost():
    assert cells(table([["行政处罚", "０", "无"]], XS)) == [["行政处罚", "０", "无"]]


def test_a_raised_digit_is_not_part_of_the_number():
    leaf = table([["行政处罚", "5", "8"]], XS)
    leaf.runs.append(Run(208, 108, 5, "1"))
    assert cells(leaf) == [["行政处罚", "5^1", "8"]]


def test_bold_by_printing_twice_is_one_number():
    leaf = table([["行政处罚", "11", "8"]], XS)
    leaf.runs.append(leaf.runs[1]._replace(x=leaf.runs[1].x + 0.3))
    assert cells(leaf)[0][1] == "11"


def test_a_number_printed_over_another_is_unreadable():
    leaf = table([["行政处罚", "5", "8"]], XS)
    leaf.runs.append(leaf.runs[1]._replace(text="3"))
    assert "\ufffd" in cells(leaf)[0][1]


def test_a_number_that_runs_over_a_border_is_in_neither_cell():
    leaf = table([["行政处罚", "", "8"]], XS)
    leaf.runs.append(Run(250, 112, 10, "12345"))
    assert all("\ufffd" in text for text in cells(leaf)[0][1:])


def test_page_numbers_go_and_other_numbers_stay():
    leaf = [Leaf(runs=[Run(100, 400, 12, f"正文{n}"), Run(290, 800, 10, str(n + 1))]) for n in range(3)]
    odd = Leaf(runs=[Run(100, 400, 12, "末页"), Run(290, 800, 10, "2024")])
    texts = [block.text for block in pdf.read(pdf_of([*leaf, odd])).blocks()]
    assert texts == ["正文0", "正文1", "正文2", "末页", "2024"]


def test_a_running_head_stands_once():
    leaves = [
        Leaf(runs=[Run(100, 60, 9, "青禾县人民政府文件"), Run(100, 400, 12, f"第{n}段")]) for n in "甲乙丙"
    ]
    texts = [block.text for block in pdf.read(pdf_of(leaves)).blocks()]
    assert texts == ["青禾县人民政府文件", "第甲段", "第乙段", "第丙段"]


def test_a_page_without_its_table_is_seen_in_the_findings():
    report = sample()
    for row in list(report.remedies):
        report = report.without(f"remedies.{row}")
    (read,) = parse(as_pdf(report, paper=Paper(cut=True))).reports
    assert [finding.where for finding in read.findings] == [
        tuple(f"remedies.{route.code}.*" for route in ROUTES)
    ]
