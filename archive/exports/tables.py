"""The tables of a data package: their columns with labels in Chinese and English, their keys, their rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.exports.crosswalk import BREAKS, LINKS
from archive.exports.formats import Field, Row
from archive.exports.panel import held, panel
from archive.exports.standing import Options, Scope, standing
from archive.history.query import Asked, Only, events, ledger
from archive.register.units import Unit
from parsers.forms.indicators import INDICATORS

Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What is exported: an archive as of an instant, narrowed to units, years and cells, and how its panel is made."""

    of: Asked
    units: Sequence[Unit]
    years: Sequence[int]
    indicators: Sequence[str]
    options: Options


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `key` are the columns that tell its rows apart, `refers` which column stands for a key of another."""

    name: str
    zh: str
    en: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    rows: Callable[[Holdings, Tick], Iterator[Row]]
    refers: tuple[tuple[str, str, str], ...] = ()
    by_unit: bool = False
    """Its rows come unit by unit, and the tick counts units."""


UNIT = Field("unit", "string", "单位代码", "unit code")
NAME = Field("name", "string", "单位名称", "name of the unit")
KIND = Field("kind", "string", "单位类型", "kind of unit")
DIVISION = Field("division", "string", "县级行政区划代码", "division code of the county")
YEAR = Field("year", "integer", "报告年度", "report year")
INDICATOR = Field("indicator", "string", "指标", "indicator: the path of a cell")
VALUE = Field("value", "number", "数值", "value")
TEXT = Field("text", "string", "原文", "text as printed")
QUALITY = Field("quality", "string", "质量", "how sure the value is")
FORM = Field("form", "string", "表式", "form of the report")
URL = Field("url", "string", "网址", "address")
SEEN_AT = Field("seen_at", "datetime", "所据采集时间", "instant of the capture it rests on, UTC")
CAPTURE = Field("capture", "string", "所据采集记录", "WARC record id of that capture")

UNITS_FIELDS = (
    *(UNIT, NAME, KIND, DIVISION),
    Field("basis", "string", "列入依据", "how it came to be known: register, user, learned, assumed"),
    Field("portal", "string", "门户", "portal"),
)
CELLS_FIELDS = (
    *(UNIT, YEAR),
    Field("scope", "string", "统计口径", "own figures, or consolidated over its area"),
    *(INDICATOR, VALUE, TEXT),
    Field("flag", "string", "标记", "why the text is no plain number"),
    *(QUALITY, FORM),
    Field("remark", "string", "说明", "remark"),
    URL,
    Field("format", "string", "文件格式", "format of the document"),
    Field("since", "datetime", "首见时间", "instant when these figures were first seen there, UTC"),
    *(SEEN_AT, CAPTURE),
    Field("sha256", "string", "正文摘要", "SHA-256 of the document"),
)
PANEL_FIELDS = (
    *(UNIT, NAME, KIND, DIVISION, YEAR, INDICATOR, VALUE, TEXT, QUALITY),
    Field("why_no_value", "string", "无值原因", "why there is no value"),
    Field("presence", "string", "公布状况", "presence in the ledger"),
    FORM,
    Field("link", "string", "跨表式对应", "how it was joined from another form: same or near"),
    Field("source", "string", "来源单元格", "the cells that it was joined from"),
    Field("remark", "string", "说明", "remark"),
    *(URL, SEEN_AT, CAPTURE),
)
LEDGER_FIELDS = (
    *(UNIT, NAME, KIND, YEAR),
    Field("presence", "string", "公布状况", "presence"),
    Field("timing", "string", "是否按时", "on_time, late or undated"),
    Field("reading", "string", "读取状况", "ok, doubtful or unread"),
    Field("due", "date", "应公布日期", "due day, inclusive, in Beijing"),
    Field("basis", "string", "期限依据", "basis of the due day"),
    Field("not_before", "date", "公布不早于", "published not before"),
    Field("not_after", "date", "公布不晚于", "published not after"),
    Field("published_basis", "string", "公布日期依据", "basis of the interval: page or sight"),
    Field("last_clear_sight", "datetime", "最后一次清楚查看", "last clear sight, UTC"),
    Field("expected_by", "string", "应报依据", "how the unit came to be expected"),
    Field("portal", "string", "门户", "portal"),
    Field("why", "string", "原因", "conditions that failed, or what contradicts"),
    Field("columns", "string", "栏目", "columns that cover the unit"),
    Field("captures", "string", "采集记录", "WARC record ids that the row rests on"),
)
CHANGES_FIELDS = (
    Field("id", "string", "事件编号", "id of the event"),
    Field("kind", "string", "事件", "kind of event"),
    *(UNIT, YEAR),
    Field("line", "string", "所在网址", "address it happened at"),
    Field("seen_before", "datetime", "此前最后所见", "last sight before, UTC"),
    Field("seen_at", "datetime", "首次所见", "first sight, UTC"),
    Field("confirmed_at", "datetime", "确认时间", "sight that confirmed it, UTC"),
    Field("cells", "integer", "变动单元格数", "cells that changed"),
    Field("message", "string", "说明", "what happened"),
    Field("captures", "string", "采集记录", "WARC record ids that it rests on"),
)
CHANGED_FIELDS = (
    Field("id", "string", "事件编号", "id of the event"),
    Field(
        "position", "integer", "序号", "place in the event: copied prose has several sentences of one section"
    ),
    INDICATOR,
    Field("old", "string", "原值", "old value, token, blank or absent"),
    Field("new", "string", "新值", "new value, token, blank or absent"),
)
INDICATORS_FIELDS = (
    INDICATOR,
    Field("zh", "string", "中文名称", "Chinese label"),
    Field("en", "string", "英文名称", "English label"),
    Field("unit", "string", "计量单位", "unit of the value"),
    Field("forms", "string", "所在表式", "forms that have it"),
)
CROSSWALK_FIELDS = (
    Field("pattern", "string", "指标", "indicator, or a pattern of indicators"),
    Field("form", "string", "表式", "in reports of this form"),
    Field("relation", "string", "关系", "same, near or break"),
    Field("source", "string", "来源单元格", "the cells whose sum it is"),
    Field("reason", "string", "理由", "reason"),
)


def _units(what: Holdings, _tick: Tick) -> Iterator[Row]:
    for unit in what.units:
        yield unit.code, unit.name, unit.kind, unit.division, unit.basis, unit.portal or None


def _cells(what: Holdings, tick: Tick) -> Iterator[Row]:
    """Own figures first, then those of consolidated reports: never mixed in one row."""
    wanted = frozenset(what.indicators)
    told: dict[Scope, Tick] = {"own": tick, "consolidated": lambda _: None}
    for scope, count in told.items():
        options = replace(what.options, scope=scope)
        for one in standing(what.of, what.units, what.years, options, count):
            for cell in held(one, options):
                if cell.indicator not in wanted or cell.shown is None:
                    continue
                shown = cell.shown
                yield (
                    *(cell.unit.code, cell.year, scope, cell.indicator, cell.value, cell.text, cell.flag),
                    *(cell.quality, cell.form, cell.remark or None, shown.url, shown.format),
                    *(shown.since, shown.at, shown.record, cell.body),
                )


def _panel(what: Holdings, tick: Tick) -> Iterator[Row]:
    names = [field.name for field in PANEL_FIELDS]
    for cell in panel(what.of, what.units, what.years, what.indicators, what.options, tick):
        row = cell.as_row()
        yield [row[name] for name in names]


def _ledger(what: Holdings, _tick: Tick) -> Iterator[Row]:
    years = frozenset(what.years)
    for unit in what.units:
        for row in ledger(what.of, Only(unit=unit.code)):
            if row["year"] in years:
                yield _named(row, LEDGER_FIELDS)


def _changes(what: Holdings, _tick: Tick) -> Iterator[Row]:
    for event in _events(what):
        yield _named(event | {"cells": len(event["cells"])}, CHANGES_FIELDS)


def _changed(what: Holdings, _tick: Tick) -> Iterator[Row]:
    for event in _events(what):
        for position, cell in enumerate(event["cells"], 1):
            yield event["id"], position, cell["path"], str(cell["old"]), str(cell["new"])


def _events(what: Holdings) -> Iterator[dict[str, Any]]:
    """Everything that happened to the reports, first sights included, by unit and in the order of time."""
    years = frozenset(what.years)
    for unit in what.units:
        found = [*events(what.of, unit=unit.code), *events(what.of, unit=unit.code, kind="first_seen")]
        for event in sorted(found, key=lambda event: (event["seen_at"], event["kind"], event["id"])):
            if event["year"] in years:
                yield event


def _indicators(what: Holdings, _tick: Tick) -> Iterator[Row]:
    for path in what.indicators:
        one = INDICATORS[path]
        yield one.path, one.zh, one.en, one.unit, _joined(one.forms)


def _crosswalk(_what: Holdings, _tick: Tick) -> Iterator[Row]:
    for link in LINKS.values():
        yield link.path, link.form, link.relation, " + ".join(link.sources), link.reason
    for one in BREAKS:
        yield from ((one.pattern, form, "break", None, one.reason) for form in one.forms)


def _named(row: dict[str, Any], fields: Iterable[Field]) -> Row:
    return [_joined(row[f.name]) if isinstance(row[f.name], list) else row[f.name] for f in fields]


def _joined(texts: Iterable[str]) -> str | None:
    return "; ".join(texts) or None


OF_UNIT = (("unit", "units", "unit"),)
OF_CELL = (*OF_UNIT, ("indicator", "indicators", "indicator"))
TABLES = (
    Table("units", "单位", "Units", UNITS_FIELDS, ("unit",), _units),
    Table("indicators", "指标", "Indicators", INDICATORS_FIELDS, ("indicator",), _indicators),
    Table("crosswalk", "表式对应关系", "What is joined between the forms, and where the series break",
          CROSSWALK_FIELDS, ("pattern", "form", "relation"), _crosswalk),
    Table("ledger", "台账", "Deadline ledger", LEDGER_FIELDS, ("unit", "year"), _ledger, OF_UNIT),
    Table("changes", "变动", "Changes after publication", CHANGES_FIELDS, ("id",), _changes, OF_UNIT),
    Table("changed_cells", "变动单元格", "Cells of changes", CHANGED_FIELDS, ("id", "position"), _changed,
          (("id", "changes", "id"),)),
    Table("cells", "单元格", "Cells of every report, own and consolidated", CELLS_FIELDS,
          ("unit", "year", "scope", "indicator"), _cells, OF_CELL, by_unit=True),
    Table("panel", "平衡面板", "Balanced panel", PANEL_FIELDS, ("unit", "year", "indicator"), _panel, OF_CELL,
          by_unit=True),
)  # fmt: skip
"""Every table of a package, in the order in which they are written."""
