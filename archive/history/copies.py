"""Prose that stands in last year's report too, or in a neighbour's: exact sentences, names, years and numbers apart.

Sentences that many units of a portal share are the county's template and count for nobody. What is said is that
sentences stand in both reports, not who wrote them.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

from archive.database import Database
from archive.history.lines import Line, Report, Run
from archive.history.revisions import Event, event
from archive.wording import EVENTS

COPIED_SHARE = 0.6
"""A text is a copy if so much of it, in characters of sentences that count, stands in the other."""
COPIED_SENTENCES = 5
"""Fewer sentences are what any two clerks may write alike."""
SHORTEST = 12
"""Characters below which a sentence says too little to be anybody's own."""
TEMPLATE_SHARE = 1 / 3
TEMPLATE_UNITS = 3
"""A sentence is a template if more than this share of the portal's units, and more than so many, have it."""
SHOWN_SENTENCES = 10

_END = re.compile("[。！？；!?;\n]")
_FORGOTTEN = re.compile('[ \t\u3000，,、：:（）()《》“”".·％%〇-]+')
_NUMBERS = re.compile(r"[0-9零〇一二三四五六七八九十百千万两]+")


@dataclass(slots=True)
class Text:
    """What a report says, as one run of a rendition showed it; its sentences as they are compared, in their order."""

    report: Report
    line: Line
    run: Run
    sentences: dict[str, None] = field(default_factory=dict)

    @property
    def reading(self) -> int:
        """The number of its reading."""
        return self.run.last.reading.id

    @property
    def since(self) -> tuple[str, str]:
        """What texts are ordered by: when it was first seen, and whose it is."""
        return self.run.first.sight.at, self.report.unit.code


Copy = tuple[str, Text, Text]
"""The kind of a copy, the text that is one, and the text that it is one of."""


def copies(database: Database, reports: list[Report]) -> Iterator[Event]:
    """An event for each report whose text is, for the most part, last year's or a neighbour's."""
    for _, group in groupby(sorted(reports, key=_portal), key=_portal):
        of_portal = list(group)
        prose = _Prose(database, _names(of_portal))
        texts = _texts(prose, of_portal)
        _forget_template(texts)
        for kind, text, other in (*_of_last_year(texts), *_of_neighbours(texts)):
            yield _copied(prose, kind, text, other)


def _portal(report: Report) -> str:
    return report.unit.portal


class _Prose:
    """What readings say. A portal has thousands: of each no more is held than it is compared by."""

    def __init__(self, database: Database, names: re.Pattern[str]) -> None:
        self._database, self._names = database, names

    def lengths(self, readings: Iterable[int]) -> dict[int, int]:
        """How many characters readings have; those that have none are not there."""
        rows = self._database.execute(
            """SELECT reading, sum(length(text)) FROM json_each(?) AS wanted JOIN sections ON reading = wanted.value
               GROUP BY reading""",
            [json.dumps(sorted(readings))],
        )
        return dict(map(tuple, rows))

    def sentences(self, reading: int) -> dict[str, tuple[str, str]]:
        """The sentences of a reading with their section and as they stand, by what they are compared by."""
        out: dict[str, tuple[str, str]] = {}
        rows = self._database.execute("SELECT section, text FROM sections WHERE reading = ?", [reading])
        for section, text in rows:
            plain = _FORGOTTEN.sub("", _NUMBERS.sub("0", self._names.sub("甲", text)))
            for sentence, printed in zip(_END.split(plain), _END.split(text), strict=True):
                if len(sentence) >= SHORTEST:
                    out.setdefault(sentence, (section, printed.strip()))
        return out


def _texts(prose: _Prose, reports: list[Report]) -> list[Text]:
    """The text of each report, of the rendition that says most."""
    runs = {
        run.last.reading.id: (report, line, run)
        for report in reports
        for line in report.lines
        if line.live
        for rendition in line.renditions
        for run in rendition.runs(lambda reading: reading.prose)[-1:]
    }
    lengths = prose.lengths(runs)
    fullest: dict[tuple[str, int, str], tuple[int, int]] = {}
    for reading, (report, *_) in runs.items():
        key = (report.unit.code, report.year, report.scope)
        fullest[key] = max(fullest.get(key, (0, 0)), (lengths.get(reading, 0), -reading))
    return [
        Text(*runs[-reading], dict.fromkeys(prose.sentences(-reading)))
        for length, reading in fullest.values()
        if length
    ]


def _names(reports: Iterable[Report]) -> re.Pattern[str]:
    """The names of units, with or without what follows them where they sign."""
    units = {r.unit.code: r.unit for r in reports}.values()
    names = {name for u in units for name in (u.name, *(called.name for called in u.former))}
    stems = sorted(
        {re.sub("(?:人民政府|办事处)$", "", name) for name in names} - {""}, key=lambda n: (-len(n), n)
    )
    return re.compile(f"(?:{'|'.join(map(re.escape, stems))})(?:人民政府|政府|办事处)?")


def _forget_template(texts: list[Text]) -> None:
    of_units: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        of_units[text.report.unit.code].append(text)
    having: Counter[str] = Counter()
    for own in of_units.values():
        having.update(set().union(*(text.sentences for text in own)))
    most = max(TEMPLATE_UNITS, len(of_units) * TEMPLATE_SHARE)
    template = {sentence for sentence, units in having.items() if units > most}
    for text in texts:
        for sentence in template & text.sentences.keys():
            del text.sentences[sentence]


def _of_last_year(texts: list[Text]) -> Iterator[Copy]:
    by_key = {(t.report.unit.code, t.report.year, t.report.scope): t for t in texts}
    for (unit, year, scope), text in by_key.items():
        before = by_key.get((unit, year - 1, scope))
        if before and _is_copy(text, text.sentences.keys() & before.sentences.keys()):
            yield "copied_last_year", text, before


def _of_neighbours(texts: list[Text]) -> Iterator[Copy]:
    for _, group in groupby(sorted(texts, key=lambda t: t.report.year), key=lambda t: t.report.year):
        of_year = sorted(group, key=lambda t: t.since)
        having: dict[str, list[int]] = defaultdict(list)
        for number, text in enumerate(of_year):
            for sentence in text.sentences:
                having[sentence].append(number)
        found = {
            number: near
            for number, text in enumerate(of_year)
            if (near := _nearest(number, of_year, having)) is not None
        }
        for number, near in found.items():
            if found.get(near) != number or near < number:
                yield "copied_neighbour", of_year[number], of_year[near]


def _nearest(number: int, of_year: list[Text], having: dict[str, list[int]]) -> int | None:
    """The text of another unit that holds most of a text, the earliest of several, if it holds enough."""
    text = of_year[number]
    shared: dict[int, set[str]] = defaultdict(set)
    for sentence in text.sentences:
        for other in having[sentence]:
            if of_year[other].report.unit.code != text.report.unit.code:
                shared[other].add(sentence)
    size = {other: sum(map(len, s)) for other, s in shared.items() if _is_copy(text, s)}
    return max(size, key=lambda other: (size[other], -other)) if size else None


def _is_copy(text: Text, shared: set[str]) -> bool:
    if len(shared) < COPIED_SENTENCES:
        return False
    return sum(map(len, shared)) >= COPIED_SHARE * sum(map(len, text.sentences))


def _copied(prose: _Prose, kind: str, text: Text, other: Text) -> Event:
    shared = [s for s in text.sentences if s in other.sentences]
    counts = {"all": len(text.sentences), "shared": len(shared)}
    said = EVENTS[kind].format(**counts, name=other.report.unit.name, year=other.report.year)
    first = max(text.run.first.sight.at, other.run.first.sight.at)
    copied = event(kind, text.report, text.line, text.run.first.body, first, said)
    copied.old_reading, copied.new_reading = other.reading, text.reading
    copied.captures = [other.run.first.sight.record, text.run.first.sight.record]
    theirs, own = prose.sentences(other.reading), prose.sentences(text.reading)
    for sentence in sorted(shared, key=lambda s: (-len(s), s))[:SHOWN_SENTENCES]:
        section, printed = own[sentence]
        copied.cells.append({"path": f"sections.{section}", "old": theirs[sentence][1], "new": printed})
    return copied
