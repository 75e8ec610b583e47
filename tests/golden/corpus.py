"""The golden corpus: every form, printed by every renderer with every quirk; fictional places, fixed seeds."""

from collections.abc import Iterator
from typing import NamedTuple

from crawler.demo.office import as_docx, as_xlsx
from crawler.demo.quirks import annex_alone, annex_side_by_side, blank_header_cells
from crawler.demo.renderers import STYLES, as_page, as_text
from crawler.demo.reports import SampleReport, make_report

PRINTERS = {
    "html": lambda r, q: as_page(r, q).encode(),
    "gb18030": lambda r, q: as_page(r, q).replace("utf-8", "gb2312").encode("gb18030"),
    **{style: lambda r, q, s=style: as_text(r, s, q).encode() for style in STYLES},
    "docx": as_docx,
    "xlsx": as_xlsx,
}
QUIRKS = {
    "2014": {"plain": (), "alone": (annex_alone,), "beside": (annex_side_by_side,)},
    "2019": {"plain": (), "blank_headers": (blank_header_cells,)},
    "2021": {"plain": (), "blank_headers": (blank_header_cells,)},
}
YEARS = {"2014": 2016, "2019": 2020, "2021": 2023}
MARKS = (None, "/", "—", "无")
SEEDS = range(4)


class Case(NamedTuple):
    """A document, and the report that was printed."""

    name: str
    report: SampleReport
    data: bytes
    whole: bool
    """Whether title and issuer are printed."""


def corpus() -> Iterator[Case]:
    """Every case in a fixed order."""
    for form, quirks in QUIRKS.items():
        for seed in SEEDS:
            report = _marked(make_report("云溪县青石镇人民政府", YEARS[form], form, seed=seed, busy=30), seed)
            for quirk, functions in quirks.items():
                for printer, write in PRINTERS.items():
                    whole = quirk != "alone"
                    yield Case(f"{form}-{seed}-{quirk}-{printer}", report, write(report, functions), whole)


def _marked(report: SampleReport, seed: int) -> SampleReport:
    """The report with a blank and every mark in some cells."""
    paths = list(report.cells())
    for number, mark in enumerate(MARKS * seed):
        report = report.with_cell(paths[(7 + 13 * number) % len(paths)], mark)
    return report
