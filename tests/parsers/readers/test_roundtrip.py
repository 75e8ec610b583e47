"""Random reports, rendered in every office format and read back: equal, or null and noted; never silently wrong."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.demo.layout import Cell, Table
from crawler.demo.office import as_docx, as_xlsx
from crawler.demo.quirks import blank_header_cells
from crawler.demo.reports import make_report
from crawler.demo.rtf import as_rtf
from parsers.parse import parse
from tests.parsers.readers.foreign_files import as_excelml
from tests.parsers.readers.word97_files import as_doc

RENDERERS = {"docx": as_docx, "doc": as_doc, "xlsx": as_xlsx, "rtf": as_rtf, "excelml": as_excelml}
TOKENS = [
    None,
    0,
    7,
    123456,
    "/",
    "—",
    "-",
    "无",
    "０",
    " 3 ",
    "\u3000",
    "22（其中修订16件）",
    "约5",
    "1,234",
    "5^1",
]

reports = st.builds(
    make_report,
    st.sampled_from(["白鹭镇人民政府", "青禾县水利局", "石桥街道办事处"]),
    st.integers(2019, 2025),
    st.sampled_from([None, "2019", "2021"]),
    seed=st.integers(0, 10_000),
    busy=st.integers(0, 4000),
)


@st.composite
def spoilt(draw):
    """A report with some of its cells changed and perhaps a row left out."""
    report = draw(reports)
    paths = sorted(report.cells())
    for path in draw(st.lists(st.sampled_from(paths), max_size=6, unique=True)):
        report = report.with_cell(path, draw(st.sampled_from(TOKENS)))
    if draw(st.booleans()):
        report = report.without(f"requests.{draw(st.sampled_from(sorted(report.requests)[1:]))}")
    return report


def without_spans(items):
    """Every square a cell of its own, the text of a span in its first: what copying through a spreadsheet leaves."""
    return tuple(_unspanned(item) if isinstance(item, Table) else item for item in items)


def _unspanned(table):
    return Table(
        tuple(
            tuple(Cell(cell.text if (top, left) == (r, c) else "") for c, (top, left, cell) in enumerate(row))
            for r, row in enumerate(table.squares())
        )
    )


def right_or_noted(report, read):
    """Whether no cell is wrong: equal where it is a number, null where none stood, noted where something stood."""
    printed = report.cells()
    for path, value in read.cells().items():
        stood = printed[path]
        note = read.notes.get(path)
        if isinstance(stood, str):
            assert (
                note is not None or not stood.strip() or str(value) == stood.strip().translate(FULL_WIDTH)
            ), path
        elif stood is None:
            assert value is None, path
            assert note is None or note.flag == "unclear", path
        else:
            assert value == stood or (value is None and note is not None), path


FULL_WIDTH = str.maketrans("０", "0")


@pytest.mark.parametrize("format_", sorted(RENDERERS))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(report=spoilt(), quirks=st.sampled_from([(), (blank_header_cells,)]))
def test_what_is_printed_is_read(format_, report, quirks):
    reading = parse(RENDERERS[format_](report, quirks))
    assert (reading.format, reading.outcome) == (format_, "report")
    (read,) = reading.reports
    assert set(read.cells()) == set(report.cells())
    plain = {
        path: value for path, value in report.figures().items() if not isinstance(report.cells()[path], str)
    }
    assert {path: value for path, value in read.cells().items() if path in plain} == plain
    right_or_noted(report, read)


@pytest.mark.parametrize("format_", sorted(RENDERERS))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(report=spoilt())
def test_without_spans_nothing_is_silently_wrong(format_, report):
    for read in parse(RENDERERS[format_](report, (without_spans,))).reports:
        assert set(read.cells()) <= set(report.cells())
        right_or_noted(report, read)
