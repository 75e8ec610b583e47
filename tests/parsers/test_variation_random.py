"""Any values, any quirks of offices, any format: a cell is right, or null and flagged."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.demo import quirks, wordings
from parsers.parse import parse
from tests.parsers.pages import is_flagged
from tests.parsers.test_roundtrip import expected, reports
from tests.parsers.test_variation_tables import WORDS
from tests.printers import PRINTERS

QUIRKS = {name: quirk for name, form, quirk, _expected in WORDS} | {
    "headings torn": wordings.headings_torn,
    "headings run in": wordings.headings_run_in(" "),
    "no numbers": wordings.numbered(""),
    "no-break blanks": wordings.blanks("\u00a0"),
    "wide blanks": wordings.blanks("\u3000"),
    "remarks": quirks.remark_after_tables,
}


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(
    report=reports(),
    names=st.lists(st.sampled_from(sorted(QUIRKS)), max_size=3, unique=True),
    printer=st.sampled_from(sorted(PRINTERS)),
)
def test_any_report_with_any_quirks_in_any_format(report, names, printer):
    reading = parse(PRINTERS[printer](report, tuple(QUIRKS[name] for name in names)))
    assert reading.outcome == "report"
    (found,) = reading.reports
    assert found.year == report.year
    printed = expected(report)
    for path, value in found.cells().items():
        assert value == printed.get(path) or is_flagged(found, path), (path, value, printed.get(path))
    for path in printed.keys() - found.cells().keys():
        assert is_flagged(found, path), path
