"""The day by which a report is due, and on which basis.

条例 (State Council order 711, in force 2019-05-15) art. 49: departments by 31 January, governments by 31 March.
Townships and sub-districts are not named there: their date rests on local notices and practice. The first 条例
(order 492, in force 2008-05-01) art. 31: every organ by 31 March, for report years 2008 to 2018.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from archive.clock import end_of_day
from archive.inputs import DeadlineInput

JANUARY, MARCH = (1, 31), (3, 31)
SECOND_REGULATIONS = 2019
"""The first report year under order 711."""

STATUTE_711 = "statute: 《政府信息公开条例》（2019年修订）第四十九条"
STATUTE_492 = "statute: 《政府信息公开条例》（2008年施行）第三十一条"
PRACTICE = "practice: 多数地方要求乡镇、街道在1月31日前公布"
BY_KIND = {
    "government": (MARCH, STATUTE_711),
    "department": (JANUARY, STATUTE_711),
    "township": (JANUARY, PRACTICE),
    "subdistrict": (JANUARY, PRACTICE),
    "other": (JANUARY, PRACTICE),
}
"""Due day and basis from report year 2019 on."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """The due day, inclusive, a Beijing day."""

    day: date
    basis: str

    @property
    def passed(self) -> datetime:
        """The last instant of the due day."""
        return end_of_day(self.day)


def deadline(kind: str, division: str, year: int, inputs: list[DeadlineInput]) -> Deadline:
    """When a report for a year is due from a kind of unit; the user's lines go before the general rule, later lines
    before earlier ones."""
    for line in reversed(inputs):
        if (line.division, line.kind) == (division, kind) and line.first_year <= year <= line.last_year:
            day = date.fromisoformat(f"{year + 1}-{line.day}")
            return Deadline(day, f"{line.basis}: {line.source}" if line.source else line.basis)
    (month, of_month), basis = BY_KIND[kind] if year >= SECOND_REGULATIONS else (MARCH, STATUTE_492)
    return Deadline(date(year + 1, month, of_month), basis)
