"""`gongkai judge`."""

from __future__ import annotations

import re
from contextlib import closing
from dataclasses import asdict
from typing import Any

import click

from archive import clock
from archive.database import read_database
from archive.folder import Folder
from archive.history.attribution import Claim
from archive.history.current import behind
from archive.history.derive import State
from archive.history.judgements import cells, entry_key
from archive.history.query import reading, state
from archive.history.worklist import aimed_at, concerned, entries, questions, unit_called
from archive.inputs import JudgementInput, new_judgement, read_judgements
from archive.upkeep.judging import judge
from archive.upkeep.update import update
from crawler import fields
from crawler.console import archive_option, counted, print_rows, wait_option
from parsers.errors import Fault

COLUMNS = {
    "asks": "asks",
    "target": "target",
    "title": "title",
    "reason": "reason",
    "candidates": "candidates",
}
DECISIONS: dict[str, tuple[str, dict[str, Any]]] = {
    "unit": ("--unit", {"metavar": "NAME", "help": "Whose report the entry is (name or code)."}),
    "year": ("--year", {"type": click.IntRange(2007, 2100), "help": "Of which year it is."}),
    "scope": ("--scope", {"type": click.Choice(["own", "consolidated"]), "help": "What it covers."}),
    "not_a_report": ("--not-a-report", {"is_flag": True, "help": "The entry is no report."}),
    "exempt": ("--exempt", {"is_flag": True, "help": "The unit owes no report of the year."}),
    "found_elsewhere": ("--found-elsewhere", {"metavar": "WHERE", "help": "The report stands there."}),
    "deadline": ("--deadline", {"metavar": "YYYY-MM-DD", "help": "The report is due that day."}),
    "cell": ("--cell", {"metavar": "VALUE", "help": "The cell says that (a number, or blank)."}),
}
"""Every kind of judgement with the option that makes one."""


def _decisions(function: Any) -> Any:
    for name, (flag, settings) in reversed(DECISIONS.items()):
        function = click.option(flag, name, **settings)(function)
    return function


@click.command(short_help="what only a person can decide, and deciding it")
@click.argument("target", required=False)
@_decisions
@click.option("--reason", help="Why, in a sentence that others can check.")
@click.option("--by", help="Who decides.")
@click.option("--json", "as_json", is_flag=True, help="Print a JSON array.")
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8).")
@wait_option
@archive_option
def command(
    target: str | None,
    reason: str | None,
    by: str | None,
    as_json: bool,
    as_csv: bool,
    wait: float,
    archive: Folder,
    **said: Any,
) -> None:
    """Without TARGET: what is undecided, with its witnesses. With TARGET and one decision: write a judgement into
    inputs/judgements.csv and apply it; what was read is never altered. A judgement is taken back by deleting its line,
    and waits for a person again when its source changes.

    TARGET is the address of an entry (#2 behind it for the second report of a file), or UNIT/YEAR, or for a cell
    UNIT/YEAR/PATH.

    \b
    gongkai judge
    gongkai judge http://www.example.gov.cn/a.html --unit 白鹭镇 --reason "the signature says so" --by 张三
    gongkai judge 白鹭镇/2024 --deadline 2025-02-20 --reason "青政办〔2024〕1号" --by 张三
    gongkai judge 白鹭镇/2024/requests.received.total --cell 5 --reason "seen on the page image" --by 张三
    """
    decisions = {kind: value for kind, value in said.items() if value not in {None, False}}
    if target is None:
        _without_target(decisions, reason, by)
        _list(archive, as_json=as_json, as_csv=as_csv)
        return
    if len(decisions) != 1:
        raise Fault(f"one decision at a time: {', '.join(flag for flag, _ in DECISIONS.values())}")
    if not (reason and by):
        raise Fault("a judgement needs --reason and --by")
    ((kind, value),) = decisions.items()
    line = _line(archive, kind, target, "" if value is True else str(value), reason, by)
    judge(archive, line, wait)
    left = update(archive, wait_seconds=wait).undecided
    click.echo(
        f"judged: {line.kind} of {line.target} {line.value}".rstrip()
        + f"; {counted(left, 'entry', 'entries')} undecided",
        err=True,
    )


def _without_target(decisions: dict[str, Any], reason: str | None, by: str | None) -> None:
    if decisions or reason or by:
        raise Fault("name the TARGET that is judged: an address, UNIT/YEAR or UNIT/YEAR/PATH")


def _list(archive: Folder, *, as_json: bool, as_csv: bool) -> None:
    lines = read_judgements(archive.inputs)
    with closing(read_database(archive)) as database:
        judged, portals = cells(database, lines), concerned(database, lines)
    shown = state(archive, clock.now(), portals)
    rows = [asdict(question) for question in questions(shown, judged)]
    print_rows(rows, COLUMNS, fields.QUESTIONS, as_json=as_json, as_csv=as_csv)
    click.echo(f"{counted(len(rows), 'question')} {'is' if len(rows) == 1 else 'are'} open", err=True)


def _line(archive: Folder, kind: str, target: str, value: str, reason: str, by: str) -> JudgementInput:
    with closing(
        read_database(archive)
    ) as database:  # what was derived last says which portals are to be looked at
        portals = None if behind(database, archive) else aimed_at(database, kind, target, value)
    shown = state(archive, clock.now(), portals)
    digest = ""
    if kind in {"unit", "year", "scope", "not_a_report"}:
        claim = _entry(shown, target, kind)
        whole = "#" not in target and kind == "not_a_report"
        target, digest = claim.address.key if whole else claim.target, claim.source
        value = unit_called(shown.units, value).code if kind == "unit" else value
    else:
        target = _duty(shown, target, kind)
        digest = _digest_of_cell(archive, shown, target) if kind == "cell" else ""
    facts = {"kind": kind, "target": target, "value": value, "reason": reason, "by": by, "digest": digest}
    return new_judgement(**facts, date=clock.day(clock.now()))


def _entry(shown: State, target: str, kind: str) -> Claim:
    address, _, part = target.partition("#")
    found = entries(shown).get(entry_key(address), [])
    if part:
        found = [claim for claim in found if part == str(claim.part + 1)]
    if not found:
        raise Fault(f"no entry of the archive that could be a report stands at {target}")
    if len(found) > 1 and kind != "not_a_report":
        raise Fault(f"{len(found)} reports stand at {address}: name one of them, {address}#1 or {address}#2")
    return found[0]


def _duty(shown: State, target: str, kind: str) -> str:
    form = re.fullmatch(r"([^/]+)/(\d{4})" + (r"/([a-z_0-9.]+)" if kind == "cell" else ""), target)
    if form is None:
        raise Fault(f"{target}: {DECISIONS[kind][0]} takes UNIT/YEAR" + ("/PATH" if kind == "cell" else ""))
    unit, year = unit_called(shown.units, form[1]), int(form[2])
    if not any((row.unit.code, row.year) == (unit.code, year) for row in shown.ledger):
        raise Fault(f"the ledger has no report of {unit.name} for {year}")
    return "/".join([unit.code, *form.groups()[1:]])


def _digest_of_cell(archive: Folder, shown: State, target: str) -> str:
    code, year, path = target.split("/", 2)
    with closing(read_database(archive)) as database:
        for report in shown.reports:
            if (report.unit.code, report.year) != (code, int(year)):
                continue
            for rendition in (r for line in report.lines for r in line.renditions):
                read = reading(database, rendition.latest.id)
                if path in _paths(read):
                    return str(read["source"]["sha256"])
    raise Fault(f"no report of {code} for {year} that was read has the cell {path}")


def _paths(read: dict[str, Any]) -> set[str]:
    tables = {
        f"{t}.{row}.{c}"
        for t in ("proactive", "requests", "remedies")
        for row in read[t]
        for c in read[t][row]
    }
    return tables | {f"annex.{row}" for row in read.get("annex", {})}
