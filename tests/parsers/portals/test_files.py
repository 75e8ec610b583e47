import pytest

from parsers.portals.files import may_hold_files

PROSE = "主动公开政府信息。" * 1000
TABLES = "<td>本年处理决定数量</td><td>四、结转下年度继续办理</td><td>未经复议直接起诉</td>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"<p>{PROSE}</p>", False),
        (f"<p>{PROSE}</p>{TABLES}<img src='./W0.jpg'>", False),
        (f"<p>{PROSE}</p><img src='./W0.jpg'>", True),
        (f"<p>{PROSE}</p>{TABLES.replace('未经复议直接起诉', '')}<img src='./W0.gif'>", True),
        ("<p>附件</p><img src='./W0.jpg'>", True),
        (f"<p>{PROSE}</p><a href='./P02024.pdf'>附件</a>", True),
        (f"<p>{PROSE}</p><a href='./年报.DOCX?v=1'>附件</a>", True),
        (f"<p>{PROSE}</p><a href='/module/download/downfile.jsp?filename=a'>附件</a>", True),
        (f"<p>{PROSE}</p><iframe src='/pdfjs/viewer.html?file=a'>", True),
        ("<meta http-equiv='refresh' content='0;url=a.html'>", True),
    ],
)
def test_pages_that_may_hold_files(body, expected):
    assert may_hold_files(body.encode()) is expected
    assert may_hold_files(body.encode("gb18030")) is expected
