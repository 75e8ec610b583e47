import pytest

from parsers.document import Block, Grid
from parsers.readers import read
from parsers.values import is_value, read_cell


def grid(html):
    (found,) = read(f"<html><body>{html}</body></html>".encode()).grids()
    return found


def texts(html):
    return [block.text for block in read(html.encode()).blocks()]


def test_spans_stand_in_every_square():
    found = grid("<table><tr><td rowspan=2>a<td colspan=2>b<tr><td>c<td>d</table>")
    assert found.rows == [["a", "b", "b"], ["a", "c", "d"]]
    assert found.origins[1] == [(0, 0), (1, 1), (1, 2)]
    assert found.exact


def test_a_rowspan_ends_with_its_row_group():
    found = grid("<table><tbody><tr><td rowspan=9>a</tbody><tbody><tr><td>b</tbody></table>")
    assert found.rows == [["a"], ["b"]]
    assert grid("<table><tr><td rowspan=0>a<td>b<tr><td>c</table>").rows == [["a", "b"], ["a", "c"]]


@pytest.mark.parametrize("span", ["-1", "0", "x", "", "1.5"])
def test_nonsense_spans_are_one(span):
    assert grid(f'<table><tr><td colspan="{span}">a<td>b</table>').rows == [["a", "b"]]


def test_hostile_spans_do_not_fill_the_memory():
    found = read(b"<table><tr><td colspan=99999 rowspan=99999>1</td></tr></table>")
    assert sum(len(row) for g in found.grids() for row in g.rows) <= 1000


def test_missing_cells_are_none_and_blank_ones_are_blank():
    assert grid("<table><tr><td>a<td>&nbsp;<td>c<tr><td>d</table>").rows == [
        ["a", "", "c"],
        ["d", None, None],
    ]


def test_words_cut_by_elements_and_breaks():
    found = grid("<table><tr><td><p><span>商业</span></p>\n<p>企<font>业</font></p><td> <b>1</b>2 </table>")
    ((words, value),) = found.rows
    assert (words.split(), value) == (["商业", "企业"], "12")


@pytest.mark.parametrize(
    ("inner", "shown"),
    [
        ("5<sup>1</sup>", "5^1"),
        ("5<a href='#_ftn1' name='_ftnref1'>1</a>", "5^1"),
        ("5<sup> &nbsp;</sup>", "5"),
        ('5<span style="font-size: 9pt; vertical-align: super">1</span>', "5^1"),
        ("<del>4</del>5", "~45"),
        ('<span style="text-decoration:line-through">4</span><span style="color:red">5</span>', "~45"),
        ("5<script>1</script><template>2</template><noscript>3</noscript>", "5"),
        ("5<span hidden>1</span>", "5"),
        ('5<i style="color:red;DISPLAY : none">1</i>', "5"),
        ("5<!-- 1 -->0", "50"),
        ("<input value=5>", "5"),
        ("<input type=number value=5>件", "5 件"),
        ("<select><option>4<option selected>5</select>", "5"),
        ("<select><option>5<option>4</select>", "5"),
        ("5<small>1</small>", "5 1"),
        ("5<img src=dot.png>件", "5件"),
        ("甲<br>乙<div>丙</div>丁\v戊", "甲\n乙\n丙\n丁\n戊"),
        ("\u3000 5\xa0\f", "5"),
    ],
)
def test_what_a_cell_shows(inner, shown):
    assert grid(f"<table><tr><td>{inner}</td><td>z</td></tr></table>").rows == [[shown, "z"]]


DRAWN = """\
<img src=5.png>
&nbsp;<img src=5.png>
1<img src=5.png>
<canvas></canvas>
<object data=5.svg></object>
<svg><path d='M0'/></svg>
<iframe src=5.html></iframe>
<script>document.write(5)</script>""".splitlines()


@pytest.mark.parametrize("inner", DRAWN)
def test_what_is_drawn_in_a_cell_without_words_is_no_blank(inner):
    ((_, cell),) = grid(f"<table><tr><td>行政许可<td>{inner}</table>").rows
    assert "\ufffd" in cell
    assert read_cell(cell).note.flag == "unclear"
    assert is_value(cell)


@pytest.mark.parametrize(
    "inner", ["<img src=5.png>规章", "<script>var a = 5</script>", "<input type=hidden value=5>"]
)
def test_what_stands_beside_words_or_is_not_shown_leaves_them_as_they_are(inner):
    assert grid(f"<table><tr><td>{inner}</table>").rows[0][0] in ("规章", "")


@pytest.mark.parametrize("style", ["hidden", 'style="display:none"'])
def test_hidden_rows_and_cells_take_no_room(style):
    rows = f"<tr><td>a<td {style}>b<td>c<tr {style}><td>d<tr><td>e<td>f"
    assert grid(f"<table>{rows}</table>").rows == [["a", "c"], ["e", "f"]]


@pytest.mark.parametrize(
    "style",
    [
        "visibility:hidden",
        "color:red; Opacity: 0.0 ; ",
        "font-size: 0px",
        "font-size:0!important",
        "opacity:0%",
    ],
)
@pytest.mark.parametrize("cell", ["<span style='{}'>1</span>5", "<p style='{}'>1</p><b>5</b>"])
def test_what_cannot_be_seen_in_a_cell_is_not_read(style, cell):
    inner = cell.format(style)
    html = f"<p style='{style}'>全文</p><table><tr><td>甲<td>{inner}<td style='{style}'>7<td>8</table>"
    block, table = read(html.encode()).items
    assert (block.text, table.rows) == ("全文", [["甲", "5", "7", "8"]])


def test_a_report_that_a_script_lets_appear_is_read():
    html = f"<table><tr><td><div style='opacity: 0'><p>{'全文' * 200}</p><table><tr><td>甲<td>5</table></div></table>"
    block, table = read(html.encode()).items
    assert (block.text[:2], table.rows) == ("全文", [["甲", "5"]])


@pytest.mark.parametrize("style", ["opacity:0.9", "font-size:0.5em", "visibility:visible", "font-size:05pt"])
def test_what_is_small_or_pale_is_read(style):
    html = f"<table><tr><td>甲</td><td><span style='{style}'>1</span>5</td></tr></table>"
    assert grid(html).rows == [["甲", "15"]]


@pytest.mark.parametrize("mark", ["\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3", "&#xFDD3;"])
def test_noncharacters_do_not_break_a_table(mark):
    for inner in (mark + "5", f"5{mark}", f"<b>{mark}5</b>", f"5<b></b>{mark}"):
        html = f"<table><tr><td>{inner}</td><td colspan={mark} rowspan={mark}2>6</td></tr><tr><td>7</table>"
        assert grid(html).rows == [["5", "6"], ["7", "6"]]


def test_layout_tables_are_running_text_and_their_tables_are_tables():
    items = read("<table><tr><td>甲<table><tr><td>1<td>2</table>乙</table>".encode()).items
    assert [item.text if isinstance(item, Block) else item.rows for item in items] == [
        "甲",
        [["1", "2"]],
        "乙",
    ]


def test_breaks_part_lines_and_inline_elements_do_not():
    assert texts("<p>一、总体<b>情况</b><br>全年公开12条。</p><div>乙</div>") == [
        "一、总体情况",
        "全年公开12条。",
        "乙",
    ]


def test_the_article_is_found_by_the_names_of_the_systems():
    html = (
        "<div class=nav><p>导航条目</p></div><h1>标题</h1><div id=zoom>"
        + "<p>正文。</p>" * 30
        + "</div><p>版权</p>"
    )
    document = read(html.encode())
    assert {block.text for block in document.blocks()} == {"正文。"}
    assert "标题" in document.meta["before"]
    assert document.meta["after"] == "版权"


def test_a_container_without_the_tables_is_not_believed():
    html = (
        "<div id=zoom>"
        + "<p>正文。</p>" * 30
        + "</div><table><tr><td>一、本年新收政府信息公开申请数量<td>1</table>"
    )
    assert list(read(html.encode()).grids())


def test_a_container_inside_a_table():
    html = "<table><tr><td>左<td><div class=TRS_Editor>" + "<p>正文。</p>" * 30 + "</div></table>"
    assert {block.text for block in read(html.encode()).blocks()} == {"正文。"}


def test_lines_that_are_only_a_link_are_counted_and_left_out():
    document = read(
        '<p><a href="/a">某县2022年年报</a></p><p>见<a href="/b">附件</a></p><p>正文</p>'.encode()
    )
    assert [block.text for block in document.blocks()] == ["见附件", "正文"]
    assert document.meta["links"] == "1"


def test_scripts_and_styles_are_no_text():
    assert texts("<p>甲</p><script>var a='乙'</script><style>p{}</style>") == ["甲"]


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "gb18030", "utf-8", "nonsense", None])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_encodings_are_told_from_the_bytes(declared, encoding):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    document = read(
        f"<html><head>{meta}</head><body><p>青石镇㐱朙㙍2022年</p></body></html>".encode(encoding)
    )
    assert [block.text for block in document.blocks()] == ["青石镇㐱朙㙍2022年"]


def test_meta_tags_of_any_case_and_order():
    html = (
        '<meta content="2023-01-05 10:11" http-equiv="pubdate">'
        '<META NAME="ARTICLETITLE" content="甲"><title> 乙 </title>'
    )
    meta = read(f"<html><head>{html}</head><body><p>丙</p></body></html>".encode()).meta
    assert (meta["PubDate"], meta["ArticleTitle"], meta["title"]) == ("2023-01-05 10:11", "甲", "乙")


def test_a_page_without_anything():
    assert read(b"<html></html>").items == []
    assert all(isinstance(item, Block | Grid) for item in read(b"<p></p>").items)


@pytest.mark.parametrize(
    ("html", "rows"),
    [
        ("<table><td>a<td>b</table>", [["a", "b"]]),
        ("<table><tr><td>a</td></tr><td>b</td></tr><tr><td>c</td></tr></table>", [["a"], ["b"], ["c"]]),
        ("<table><tbody><td>a</td><td>b</td></tr></tbody></table>", [["a", "b"]]),
    ],
)
def test_cells_without_the_tag_of_their_row_have_a_row(html, rows):
    (grid,) = [item for item in read(f"<html>{html}".encode()).items if isinstance(item, Grid)]
    assert grid.rows == rows


def test_the_end_of_a_page_pasted_into_a_table_ends_nothing():
    page = "<html><table><tr><td>a</body></html></td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table><p>e</p>"
    grid, block = read(page.encode()).items
    assert grid.rows == [["a", "b"], ["c", "d"]]
    assert block.text == "e"
