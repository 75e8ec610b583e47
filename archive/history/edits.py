"""Events of what stands around a report: its date, the title it is listed under, notices of its correction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from archive.clock import instant
from archive.history.evidence import Evidence, Listed, Walk
from archive.history.lines import CONFIRMED_AFTER, Line, Report
from archive.history.revisions import Event, event
from archive.history.standing import CORRECTED_TITLE
from archive.register.units import Register
from archive.wording import EVENTS
from parsers.titles import read_title

Said = tuple[str, str, str]
"""An instant, what was said then, and the record or body that says it."""

_REPORT_NAME = re.compile(r".*(?:年度报告|年报|工作报告|情况报告)")


def edits(report: Report) -> Iterator[Event]:
    """The dates and titles of a report that became others."""
    for line in report.lines:
        yield from _dates(report, line)
        yield from _titles(report, line)


def _dates(report: Report, line: Line) -> Iterator[Event]:
    said = [(s.at, s.published_on, s.body or "") for s in line.sights if s.published_on]
    for rendition in line.renditions if not said else ():
        said += [(s.sight.at, min(s.reading.dates), s.body) for s in rendition.seen if s.reading.dates]
    listed = line.claim.address.listed
    said = said or [(w.begun_at, e.published_on, e.published_on) for w, e in listed if e.published_on]
    for before, run in pairwise(_runs(said)):
        if confirmed := _confirmed(run):
            at, day, payload = run[0]
            message = EVENTS["date_edited"].format(old=before[-1][1], new=day)
            happened = event("date_edited", report, line, payload, at, message)
            happened.seen_before, happened.confirmed_at = before[-1][0], confirmed
            yield happened


def _titles(report: Report, line: Line) -> Iterator[Event]:
    """Titles that name another body or year than before, column by column."""
    columns: dict[tuple[str, str], list[Said]] = {}
    for walk, entry in line.claim.address.listed:
        columns.setdefault((walk.portal, walk.column), []).append((walk.begun_at, entry.title, entry.title))
    for said in columns.values():
        for before, run in pairwise(_runs(said)):
            old, new = read_title(before[-1][1]), read_title(run[0][1])
            if (old.issuer, old.year) != (new.issuer, new.year) and _confirmed(run):
                message = EVENTS["retitled"].format(old=old.text, new=new.text)
                happened = event("retitled", report, line, new.text, run[0][0], message)
                happened.seen_before, happened.confirmed_at = before[-1][0], _confirmed(run)
                yield happened


def _runs(said: list[Said]) -> list[list[Said]]:
    if len({what for _, what, _ in said}) < 2:
        return [said]
    out: list[list[Said]] = []
    for one in said:
        if out and out[-1][-1][1] == one[1]:
            out[-1].append(one)
        else:
            out.append([one])
    return out


def _confirmed(run: list[Said]) -> str | None:
    begun = instant(run[0][0])
    return next((at for at, *_ in run if instant(at) - begun >= CONFIRMED_AFTER), None)


def notices(evidence: Evidence, registers: Iterable[Register], reports: list[Report]) -> Iterator[Event]:
    """Entries of columns that tell of a report's correction and are not the report, and reports whose own title says
    that they were corrected."""
    by_key = {(r.unit.code, r.year): r for r in reports}
    known = list(registers)
    for walk, entry in _marked(evidence):
        if report := _about(entry.title, known, by_key):
            own = next((line for line in report.lines if line.address == entry.address), None)
            payload = f"{entry.address} {entry.title}"
            line = own or report.lines[0]
            happened = event("correction_notice", report, line, payload, walk.begun_at, entry.title)
            happened.captures = walk.captures
            yield happened


def _marked(evidence: Evidence) -> Iterator[tuple[Walk, Listed]]:
    """Entries whose title speaks of a correction, each when it was first listed."""
    told: set[tuple[str, str]] = set()
    read: set[int] = set()
    for walk in evidence.walks:
        if id(walk.entries) in read:  # walks that saw the same pages share their entries
            continue
        read.add(id(walk.entries))
        for entry in walk.entries.values():
            if (entry.address, entry.title) not in told and CORRECTED_TITLE.search(entry.title):
                told.add((entry.address, entry.title))
                yield walk, entry


def _about(title: str, registers: list[Register], reports: dict[tuple[str, int], Report]) -> Report | None:
    """The report that a title speaks of."""
    named = _REPORT_NAME.match(title)
    said = read_title(named.group()) if named else None
    if said is None or said.issuer is None or said.year is None:
        return None
    units = (register.find(said.issuer, said.year) for register in registers)
    return next((r for u in units if u and (r := reports.get((u.code, said.year)))), None)


def with_notices(happened: list[Event]) -> None:
    """A revision that comes with a notice says so: one that was first listed when the old figures had been seen."""
    told: dict[tuple[str, int], list[Event]] = {}
    for one in happened:
        if one.kind == "correction_notice":
            told.setdefault((one.unit, one.year), []).append(one)
    for one in happened:
        if one.kind in {"revised", "form_changed", "reissued", "moved"}:
            for notice in told.get((one.unit, one.year), []):
                if notice.seen_at >= (one.seen_before or "") and notice.message not in one.message:
                    one.message += EVENTS["revised, notice"].format(title=notice.message)
