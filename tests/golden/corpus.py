"""The golden corpus: every form in every format and with the quirks of offices; fictional places, fixed seeds."""

from collections.abc import Iterator
from typing import NamedTuple

from crawler.demo import quirks, wordings
from crawler.demo.reports import SampleReport, make_report
from tests.printers import PRINTERS

TABLES = {
    "plain": (),
    "blank_headers": (quirks.blank_header_cells,),
    "title_row": (quirks.title_row,),
    "remarks": (quirks.remark_after_tables,),
    "page_marks": (quirks.page_marks,),
    "a_table_per_group": (quirks.a_table_per_group,),
    "routes_apart": (quirks.routes_apart,),
    "spaced": (wordings.letter_spaced,),
    "broken": (wordings.broken_labels,),
    "vertical": (wordings.vertical_labels,),
}
KINDS = ("html", "tab_rows", "docx", "xlsx", "pdf")
"""Formats of which others are like one: markup, lines of text, rows with spans, squares, drawings."""

QUIRKS = {
    "2014": {"plain": (), "alone": (quirks.annex_alone,), "beside": (quirks.annex_side_by_side,)},
    "2019": TABLES,
    "2021": TABLES,
}
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
MARKS = (None, "/", "—", "无")
SEEDS = (0, 2)


class Case(NamedTuple):
    """A document, and the report that was printed."""

    name: str
    report: SampleReport
    data: bytes
    whole: bool
    """Whether title and issuer are printed."""


def corpus() -> Iterator[Case]:
    """Every case in a fixed order: each form in every format, and with every quirk in formats of each kind."""
    for form, quirks_of in QUIRKS.items():
        for seed in SEEDS:
            report = _marked(make_report("云溪县青石镇人民政府", YEARS[form], form, seed=seed, busy=30), seed)
            for quirk, functions in quirks_of.items():
                for printer in PRINTERS if quirk == "plain" else KINDS if seed == SEEDS[-1] else ():
                    data = PRINTERS[printer](report, functions)
                    yield Case(f"{form}-{seed}-{quirk}-{printer}", report, data, whole=quirk != "alone")


def _marked(report: SampleReport, seed: int) -> SampleReport:
    """The report with a blank and every mark in some cells."""
    paths = list(report.cells())
    for number, mark in enumerate(MARKS * seed):
        report = report.with_cell(paths[(7 + 13 * number) % len(paths)], mark)
    return report
