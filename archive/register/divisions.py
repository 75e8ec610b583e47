"""Official divisions by code: what a code is called, what stands above and below it, which kind of body it is.

The table beside this file (`archive.register.make` makes it) is searched as text; a line is parsed when it is asked
for. Codes have 6 digits down to counties (230000, 230500, 230521) and 9 for townships.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from archive.inputs import Expected, Kind

TABLE = Path(__file__).with_name("divisions.txt.gz")

BANDS: tuple[tuple[range, Kind, Expected], ...] = (
    (range(1, 100), "subdistrict", "yes"),
    (range(100, 400), "township", "yes"),
    (range(400, 600), "other", "if_seen"),
)
"""Kinds by the last three of nine digits: 街道, 镇 (100–199) and 乡 (200–399), and what is only like a township
(farms, parks, prisons). Source: GB/T 10114—2003 县级以下行政区划代码编制规则; 统计用区划代码和城乡划分代码编制规则
(国统字〔2009〕91号)."""

ZONES = range(71, 81)
"""The last two of a county's six digits that the statistics bureau gives to development zones, which GB/T 2260 does
not know; the table holds 124 of them and no county among them."""

NO_ORGAN = (
    (r"直辖村级区划$", "villages without a township: a line of the statistics, no body"),
    (r"特殊(?:乡镇|街道)$", "a development zone as the statistics count it, no body"),
    (r"^(?:350527|350122400)", "金门 and 马祖 have no organ of this government"),
    (r"^46032[123](?!\d)", "西沙, 南沙 and 中沙 are administered by 三沙市 and have no county government"),
)
"""Lines that are no reporting body, by code and name, each with the reason."""

COLLECTIVE = re.compile(r"^(?:市辖区|县|(?:省|自治区)直辖县级行政区划)$")
"""Names of lines that only gather what stands below them."""

_LIKE: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"街道(?:办事处)?$"), "subdistrict"),
    (re.compile(r"(?:镇|乡|苏木)$"), "township"),
)
"""Kinds by name of what has a code from 400: some are sub-districts and towns of development zones."""


@dataclass(frozen=True, slots=True)
class Division:
    """A division: `kind` is that of the body which reports for it."""

    code: str
    name: str
    kind: Kind
    expected: Expected


def division(code: str) -> Division | None:
    """The division of a code, `None` if the table does not have it."""
    if len(code) == 9:
        return next((d for d in below(code[:6]) if d.code == code), None)
    line = _line(_prefix(code))
    return _upper(code, line[0]) if line else None


def above(code: str) -> tuple[str, ...]:
    """The names of the divisions that a code of six digits stands in and of its own, from the province down."""
    prefixes = dict.fromkeys((code[:2], code[:4], _prefix(code)))
    names = (line[0] for prefix in prefixes if (line := _line(prefix)))
    return tuple(dict.fromkeys(name for name in names if not COLLECTIVE.match(name)))


def below(code: str) -> list[Division]:
    """The divisions directly below one of six digits: cities of a province, counties of a city, townships of a
    county; where a level only gathers, what stands below it."""
    prefix = _prefix(code)
    line = _line(prefix)
    if line is None:
        return []
    if len(prefix) == 6:
        return [_township(prefix + cell[:3], cell[3:]) for cell in line[1:]]
    out: list[Division] = []
    for lower, name in _lines(prefix):
        if len(lower) == len(prefix) + 2 and not COLLECTIVE.match(name):
            out.append(_upper(lower.ljust(6, "0"), name))
        elif len(lower) == 6 and COLLECTIVE.match((_line(lower[:4]) or [""])[0]) and len(prefix) == 2:
            out.append(_upper(lower, name))
    return out


def named(name: str) -> list[Division]:
    """The divisions down to counties that have a name."""
    if COLLECTIVE.match(name):
        return []
    found = re.findall(rf"^(\d{{2,6}})\t{re.escape(name)}$", _heads(), re.MULTILINE)
    return [_upper(code, name) for code in dict.fromkeys(prefix.ljust(6, "0") for prefix in found)]


def _prefix(code: str) -> str:
    """The digits of a code that the table has: 23, 2305, 230521; 东莞, 中山 and 儋州 are cities without counties."""
    if code.endswith("0000"):
        return code[:2]
    return code[:4] if code.endswith("00") and _line(code) is None else code


def _upper(code: str, name: str) -> Division:
    zone = int(code[4:6]) in ZONES
    return Division(code, name, "government", _owed(code, name, "if_seen" if zone else "yes"))


def _township(code: str, name: str) -> Division:
    kind, expected = _band(int(code[6:]))
    if kind == "other":
        kind = next((like for ending, like in _LIKE if ending.search(name)), kind)
    if int(code[4:6]) in ZONES:
        expected = "if_seen"
    return Division(code, name, kind, _owed(code, name, expected))


def _band(number: int) -> tuple[Kind, Expected]:
    return next(((kind, expected) for band, kind, expected in BANDS if number in band), ("other", "if_seen"))


def _owed(code: str, name: str, expected: Expected) -> Expected:
    none = any(re.search(pattern, text) for pattern, _ in NO_ORGAN for text in (code, name))
    return "no" if none else expected


def _line(prefix: str) -> list[str] | None:
    text = _text()
    start = text.find(f"\n{prefix}\t")
    if start < 0:
        return None
    return text[start + 1 : text.index("\n", start + 1)].split("\t")[1:]


def _lines(prefix: str) -> list[tuple[str, str]]:
    """Code and name of every line below a prefix; the table is sorted, so that they stand together."""
    found = re.findall(rf"^({prefix}\d+)\t([^\t\n]+)", _text(), re.MULTILINE)
    return [(code, name) for code, name in found if code != prefix]


def forget() -> None:
    """Read the table again when it is next asked for."""
    _text.cache_clear()
    _heads.cache_clear()


@lru_cache(maxsize=1)
def _heads() -> str:
    """Code and name of every line."""
    return re.sub(r"^(\d+\t[^\t\n]+).*$", r"\1", _text(), flags=re.MULTILINE)


@lru_cache(maxsize=1)
def _text() -> str:
    return gzip.decompress(TABLE.read_bytes()).decode()
