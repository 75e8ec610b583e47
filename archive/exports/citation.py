"""Citations of a cell, a page and a dataset, after GB/T 7714—2025 and as BibTeX.

GB/T 7714—2025 (信息与文献 参考文献著录规则, in force since 2026-07-01): `.` and `[ ]` are narrow, all other signs are
wide; a web page is 责任者. 题名[EB/OL]. （发布日期）[引用日期]. 获取和访问路径. A dataset names its version after DS.
The day of the capture stands as 引用日期: it is the day on which the page was as it is cited. What the standard leaves
open is settled here so: a report on a web page is EB/OL and not R/OL, since both of its days are told; a cell is the
page with a locator, for which the standard has no form; a dataset that is not published bears DS without an address.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from importlib.metadata import version

from archive import clock
from archive.exports.evidence import Evidence
from archive.exports.place import in_chinese
from parsers.forms.indicators import INDICATORS

DATASET = "政府信息公开工作年度报告数据集"
SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "{}&%$#_"},
}
"""Characters that TeX takes for commands."""


def gbt(of: Evidence) -> str:
    """The page, or the file, that a report stands in."""
    day = _published(of)
    published = f"（{day}）" if day else ""
    accessed = clock.day(of.capture.at)
    return f"{of.issuer}. {of.title}[EB/OL]. {published}[{accessed}]. {of.capture.url}."


def locator(of: Evidence) -> str:
    """The place of the cell, to be put where the page is cited."""
    if of.cell is None:
        return ""
    cell = of.cell
    shown = f"原文“{cell.text}”" if cell.text else "空白"
    place = f"，{in_chinese(of.place)}" if of.place else ""
    return f"{INDICATORS[cell.indicator].zh}（{cell.indicator}{place}）：{shown}"


def archived(of: Evidence) -> str:
    """The record that proves it."""
    original = of.capture.original or of.capture
    return (
        f"存档：{original.warc}，偏移 {original.offset}，记录 {original.record}，SHA-256 {original.payload}"
    )


def gbt_dataset(day: date, generation: int) -> str:
    """The dataset that follows from what an archive had seen by the end of a day."""
    return f"{DATASET}：截至{day}[DS]. gongkai {version('gongkai')}，读取规则第{generation}代."


def bibtex(of: Evidence) -> str:
    """The page, with the locator of the cell and the record as a note."""
    day = _published(of)
    note = "；".join(filter(None, (locator(of), archived(of))))
    fields = {
        "author": f"{{{_tex(of.issuer)}}}",
        "title": f"{{{_tex(of.title)}}}",
        **({"date": day, "year": day[:4]} if day else {}),
        "url": of.capture.url,
        "urldate": str(clock.day(of.capture.at)),
        "langid": "chinese",
        "note": _tex(note),
    }
    return _entry("online", f"ogi{_key(of.unit.code)}-{of.year}", fields)


def bibtex_dataset(day: date, generation: int) -> str:
    """The dataset that follows from what an archive had seen by the end of a day."""
    fields = {
        "title": f"{{{DATASET}}}",
        "date": str(day),
        "year": str(day.year),
        "version": f"gongkai {version('gongkai')}, generation {generation}",
        "langid": "chinese",
    }
    return _entry("dataset", f"gongkai-{day}", fields)


def _key(code: str) -> str:
    """A unit code as BibTeX takes it; what is lost of a code with Chinese in it is replaced by a digest."""
    plain = re.sub(r"[^A-Za-z0-9]+", "", code)
    return plain if plain == code else f"{plain}x{hashlib.sha256(code.encode()).hexdigest()[:6]}"


def _published(of: Evidence) -> str | None:
    """The day the page says it was published on, where it says one and no sight speaks against it."""
    first, last, basis = of.published
    return last if basis == "page" and first == last else None


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@{kind}{{{key},\n{lines}}}"


def _tex(text: str) -> str:
    return "".join(SPECIAL.get(sign, sign) for sign in text)
