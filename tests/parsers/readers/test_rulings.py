from crawler.demo.paper import Leaf, Run, Stroke
from parsers.document import Block, Grid
from parsers.readers.pages import assemble
from parsers.readers.ruled import tables
from parsers.readers.rulings import lattices
from parsers.readers.sheet import UNKNOWN, Rule, add_filled
from tests.parsers.readers.drawing import ruled, sheet_of, table

XS = [100.0, 200.0, 260.0, 320.0]


def grid(leaf):
    (found,), rest = tables(sheet_of(leaf))
    assert rest == []
    return found.grid()


def assembled(*leaves):
    return assemble(sheet_of(leaf, number) for number, leaf in enumerate(leaves, 1))


def test_a_plain_table():
    assert grid(table([["甲", "1", ""], ["乙", "", "2"]], XS)).rows == [["甲", "1", ""], ["乙", "", "2"]]


def test_a_spanning_cell_stands_in_every_square():
    leaf = table([["甲", "", ""], ["", "3", "4"]], XS)
    leaf.strokes = [s for s in ruled(XS, [100, 120, 140]) if s.x0 != s.x1 or s.x0 in (100, 320)]
    leaf.strokes += [Stroke(200, 120, 200, 140), Stroke(260, 120, 260, 140)]
    found = grid(leaf)
    assert found.rows == [["甲"] * 3, ["", "3", "4"]]
    assert found.origins == [[(0, 0)] * 3, [(1, 0), (1, 1), (1, 2)]]


def test_double_borders_and_cells_with_borders_of_their_own():
    leaf = table([["甲", "1", "2"], ["乙", "3", "4"]], XS)
    leaf.strokes += [Stroke(x0 + 2, y0 + 2, x1 + 2, y1 + 2) for x0, y0, x1, y1 in leaf.strokes]
    assert grid(leaf).rows == [["甲", "1", "2"], ["乙", "3", "4"]]


def test_dashed_rulings():
    leaf = table([["甲", "1", "2"], ["乙", "3", "4"]], XS)
    dashes = []
    for x0, y0, x1, y1 in leaf.strokes:
        for n in range(int(max(x1 - x0, y1 - y0) / 5) + 1):
            across = (x0 + 5 * n, y0, min(x0 + 5 * n + 2, x1), y0)
            down = (x0, y0 + 5 * n, x0, min(y0 + 5 * n + 2, y1))
            dashes.append(Stroke(*(across if y0 == y1 else down)))
    leaf.strokes = dashes
    assert grid(leaf).rows == [["甲", "1", "2"], ["乙", "3", "4"]]


def test_a_table_open_at_both_sides():
    leaf = table([["甲", "1", "2"], ["乙", "3", "4"]], XS)
    leaf.strokes = [s for s in leaf.strokes if s.x0 != s.x1 or s.x0 in (200, 260)]
    assert grid(leaf).rows == [["甲", "1", "2"], ["乙", "3", "4"]]


def test_rulings_that_close_no_rectangle_give_no_columns():
    leaf = table([["甲", "1", "2"], ["乙", "3", "4"]], XS)
    leaf.strokes = [
        s for s in leaf.strokes if s != Stroke(200, 100, 200, 140) and s != Stroke(100, 120, 320, 120)
    ]
    leaf.strokes += [Stroke(200, 100, 200, 120), Stroke(200, 120, 320, 120)]
    found = grid(leaf)
    assert not found.exact
    assert found.rows == [["甲", "1", "2"], ["乙", "3", "4"]]


def test_a_thin_filled_box_is_a_ruling_and_a_shading_is_none():
    sheet = sheet_of(Leaf())
    assert add_filled(sheet, (10, 10, 100, 10.5))
    assert add_filled(sheet, (10, 10, 10.5, 100))
    assert not add_filled(sheet, (10, 10, 100, 30))
    assert (len(sheet.horizontals), len(sheet.verticals)) == (1, 1)


def test_a_frame_around_a_page_is_no_table():
    assert lattices([Rule(10, 10, 500), Rule(800, 10, 500)], [Rule(10, 10, 800), Rule(500, 10, 800)]) == []


def test_a_drawing_is_no_table():
    many = [Rule(10.0 * n, 0, 9000) for n in range(4000)]
    assert lattices(many, many) == []


def test_every_letter_printed_twice_to_look_bold():
    leaf = table([["甲", "11", "8"]], XS)
    leaf.runs += [run._replace(x=run.x + 0.4) for run in leaf.runs]
    assert grid(leaf).rows == [["甲", "11", "8"]]


def test_a_picture_in_a_blank_cell_is_not_blank_and_a_background_is_no_picture():
    sheet = sheet_of(table([["甲", "", ""]], XS))
    sheet.pictures = [(205.0, 103.0, 230.0, 117.0), (100.0, 100.0, 320.0, 120.0)]
    assert tables(sheet)[0][0].grid().rows == [["甲", UNKNOWN, ""]]


def upper_and_lower(above, below, xs=XS, high=20.0):
    return assembled(table(above, xs, top=700, high=high), table(below, xs, top=80, high=high))


def test_a_table_goes_on_over_a_page_break():
    (item,) = upper_and_lower([["行政处罚", "1", "2"]], [["行政强制", "3", "4"]])
    assert item.rows == [["行政处罚", "1", "2"], ["行政强制", "3", "4"]]
    assert item.place == "page 1 table 1"


def test_text_or_other_columns_between_part_tables():
    below = table([["行政强制", "3", "4"]], XS, top=110)
    below.runs.append(Run(100, 90, 12, "三、收到和处理政府信息公开申请情况"))
    assert len(assembled(table([["行政处罚", "1", "2"]], XS, top=700), below)) == 3
    other = table([["行政强制", "3", "4"]], [100.0, 180.0, 240.0, 320.0], top=80)
    assert len(assembled(table([["行政处罚", "1", "2"]], XS, top=700), other)) == 2


def test_a_row_cut_in_two_is_one_row():
    (item,) = upper_and_lower([["5.属于三类内部", "1", "2"]], [["事务信息", "", ""], ["重复申请", "0", "0"]])
    assert item.rows == [["5.属于三类内部\n事务信息", "1", "2"], ["重复申请", "0", "0"]]


def test_values_that_slipped_below_the_break():
    (item,) = upper_and_lower([["5.属于三类内部", "", ""]], [["事务信息", "1", "2"]])
    assert item.rows == [["5.属于三类内部\n事务信息", "1", "2"]]


def test_two_numbers_are_never_made_one():
    (item,) = upper_and_lower([["5.属于三类内部", "1", "2"]], [["事务信息", "3", ""]])
    assert [row[1] for row in item.rows] == ["1", "3"]


def test_a_label_that_is_one_alone_begins_a_row():
    (item,) = upper_and_lower([["行政处罚", "1", "2"]], [["行政强制", "", ""]])
    assert len(item.rows) == 2


def test_a_group_label_goes_on_below_the_break():
    xs = [60.0, 140.0, 300.0, 340.0]
    (item,) = upper_and_lower(
        [["（四）无", "1.本机关不掌握相关政府信息", "1"]], [["法提供", "2.没有现成信息需要另行制作", "2"]], xs
    )
    assert [row[0] for row in item.rows] == ["（四）无\n法提供"] * 2
    (item,) = upper_and_lower(
        [["（四）无法提供", "1.本机关不掌握相关政府信息", "1"]], [["", "2.没有现成信息需要另行制作", "2"]], xs
    )
    assert [row[0] for row in item.rows] == ["（四）无法提供"] * 2


def test_a_blank_label_does_not_take_the_one_above():
    (item,) = upper_and_lower([["行政处罚", "1", "2"]], [["", "3", "4"]])
    assert item.rows[1][0] == ""


def test_lines_are_paragraphs_and_go_on_over_the_page():
    full = "一二三四五六七八九十" * 3
    first = Leaf(runs=[Run(100, 700, 12, full), Run(100, 718, 12, full[:-1] + "甲")])
    second = Leaf(runs=[Run(100, 100, 12, "乙。"), Run(124, 118, 12, "另起一段")])
    assert [item.text for item in assembled(first, second)] == [full + full[:-1] + "甲乙。", "另起一段"]


WIDE = [80.0, 300.0, 360.0, 420.0]


def bare(texts, xs=WIDE, top=100.0):
    leaf = table(texts, xs, top)
    leaf.strokes = []
    return leaf


def test_columns_without_rulings_stand_where_headers_and_values_say():
    items = assembled(
        bare(
            [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "", "3"]],
            [80, 200, 290, 380],
        )
    )
    (item,) = items
    assert item.exact
    assert item.rows[-1] == ["规章", "1", "", "3"]


def test_columns_without_rulings_are_not_known_where_a_value_stands_between_two():
    leaf = bare(
        [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "1", "2", "3"]],
        [80, 200, 290, 380],
    )
    leaf.runs.append(Run(275, 152, 10, "5"))
    (item,) = assembled(leaf)
    assert not item.exact


def test_two_values_of_a_row_under_one_header_leave_its_columns_unknown():
    xs = [80, 200, 290, 380]
    rows = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "12345678", "2", "3"],
        ["行政规范性文件", "1", "2", "3"],
    ]
    leaf = bare(rows, xs)
    assert assembled(leaf)[0].exact
    leaf.runs.append(Run(230, 152, 10, "7"))
    assert not assembled(leaf)[0].exact


def test_items_stand_in_reading_order():
    leaf = table([["甲", "1", "2"]], XS, top=300)
    leaf.runs += [Run(100, 200, 12, "上"), Run(100, 400, 12, "下")]
    kinds = [item.text if isinstance(item, Block) else type(item) for item in assembled(leaf)]
    assert kinds == ["上", Grid, "下"]
