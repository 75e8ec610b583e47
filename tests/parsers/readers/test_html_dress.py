"""What the texts of cells are dressed in: it goes, and no page reads otherwise for it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import trees
from parsers.readers.html import read
from parsers.readers.html_dress import undressed

PASTED = (
    b'<td width="64" style="border:solid windowtext 1.0pt"><p class="MsoNormal" align=center>'
    b"<span lang=EN-US style='font-size:12.0pt'>%s<o:p></o:p></span></p>\n</td>"
)
DRESSED = (
    PASTED % b"5",
    PASTED % b" &nbsp;\xe3\x80\x80 ",
    b"<td colspan='2' nowrap><p><b>5</b></p></td>",
    b'<td class=xl65 rowspan="2" height=20 nowrap="nowrap">5</td>',
    b'<td width="136"><p class="western">\n\t<font face="x"><span lang="zh-CN">5</span></font></p>\n</td>',
)
TELLING = (
    b"<th class=xl65><p>5</p></th>",
    b"<td><p>5</p><p>6</p></td>",
    b"<td><p>5",
    b"<td>5<sup>1</sup></td>",
    b"<td hidden><p>5</p></td>",
    b"<td style='DISPLAY: none'><p>5</p></td>",
    b'<td><p hidden="">5</p></td>',
    b'<td><span style="vertical-align:super">5</span></td>',
    b'<td><span style="Text-Decoration : Line-Through">5</span></td>',
    b'<td><p><span id="zoom">%s</span></p></td>' % (b"\xe6\x9c\xac\xe5\xb9\xb4\xe6\x96\xb0\xe6\x94\xb6" * 12),
    b'<td title="a>b"><p>5</p></td>',
    b"<td --><p>5</p></td>",
    b"<td/><p>5</p></td>",
    b"<TD><P>5</P></TD>",
)
CELLS = (*DRESSED, *TELLING)
BETWEEN = (
    b"</tr><tr>", b"<table>", b"</table>", b"<td>", b"</td>", b"<o:p>", b"<div>", b"<form>", b"<!--", b"-->",
    b"<textarea>", b"<select>", b"<script>", b"</script>", b'"', b"<a href=x>", b"</p>", b"</span>", b"0",
)  # fmt: skip


def test_a_pasted_cell_is_its_text():
    assert undressed(b"<tr>" + PASTED % b"5" + b"</tr>") == b"<tr><td>5</td></tr>"


@pytest.mark.parametrize("cell", DRESSED)
def test_what_only_dresses_goes(cell):
    assert not re.search(rb"<(?!/?td)|class|width|height|nowrap", undressed(cell))


@pytest.mark.parametrize("spans", [b"", b" colspan=2", b" rowspan='3' colspan=\"2\""])
def test_spans_stay(spans):
    tag = b"<td width=1%s valign='top'>" % spans
    assert undressed(tag + b"<p>5</p></td>") == b"<td%s>5</td>" % spans


@pytest.mark.parametrize("cell", TELLING)
def test_what_tells_of_more_stays(cell):
    assert cell.startswith(undressed(cell).removesuffix(b"</td>"))


@given(st.lists(st.sampled_from([*CELLS, *BETWEEN]), max_size=12))
def test_no_page_reads_otherwise(pieces):
    page = b"<p>0</p><table><tr>" + b"".join(pieces) + PASTED % b"7" + b"</tr></table><p>9</p>"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(trees, "undressed", bytes)
        expected = read(page)
    assert read(page) == expected


def test_a_long_run_of_tags_is_passed_over_once():
    for hostile in (b"<td><p>" * 50_000, b"<td>" + b"<p>" * 200_000, b"<td>5" + b"</p>" * 200_000):
        assert undressed(hostile + b"<i></td>") == hostile + b"<i></td>"
