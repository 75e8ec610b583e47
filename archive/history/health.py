"""Sight of the portals: which columns we see, which we are kept from seeing, since when, what falls due meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from archive import clock
from archive.captures.visits import SEASON
from archive.history.evidence import Walk
from archive.inputs import DeadlineInput
from archive.register.deadlines import deadline
from parsers.titles import read_title

NEGLECTED = timedelta(days=7)
"""A column that was not walked for so long, and for twice the days between its visits, is not looked after."""
DUE_SOON = timedelta(days=30)
"""A due day this far ahead is worth a look at a blind column today."""

ADVICE = (
    (
        "challenge",
        "the host wants proof of a browser: save the list in a browser and `gongkai ingest FILE --url …`",
    ),
    (
        "robots.txt could not be read",
        "open the host's robots.txt in a browser: if a page stands there and it has none, write `no_robots: true` into"
        " the portal's record; else crawl again tomorrow",
    ),
    (
        "robots",
        "robots.txt forbids the column: ask the portal's keeper, or look by hand and `gongkai ingest`",
    ),
    (
        "error",
        "the list answers with an error: open its address in a browser; if it moved, `gongkai discover {portal}`"
        " finds it and mends the record",
    ),
    (
        "gone",
        "the list is gone: `gongkai discover {portal}` looks for where it moved, and proposes the record",
    ),
    (
        "empty",
        "the list shows no entry: if a script draws it, write `browser: true` into the record; if it moved,"
        " `gongkai discover {portal}` looks for it",
    ),
    ("redirect", "the list leads elsewhere: `gongkai discover {portal}` looks for where it moved"),
    (
        "quiet",
        "nobody's report for that year is listed: `gongkai discover {portal}` looks whether they stand elsewhere",
    ),
    (
        "no column for",
        "the portal opens a column for each year: each January `gongkai discover {portal}` finds the new one and"
        " proposes the record",
    ),
    (
        "budget",
        "the list is longer than the budget: raise `budget` in the record, or give its parts columns of their own",
    ),
    (
        "not walked",
        "its crawls are not made or not finished: `gongkai crawl {portal}` says why; `gongkai crawl --due` on a timer"
        " makes them",
    ),
    ("repeat", "further pages repeat the first: the portal's paging is not understood; report it"),
    ("", "open the list in a browser; crawl again"),
)
"""What to do, by the first word that the trouble holds."""


@dataclass(slots=True)
class ColumnHealth:
    """How well a column is seen. `trouble` is empty where the last walk was clear; `due` are the days that pass, or
    soon will, for the kinds of unit it hosts while it is not seen."""

    portal: str
    column: str
    url: str
    walks: int
    last_walk: str | None
    last_clear: str | None
    blind_since: str | None
    trouble: str
    new: bool
    due: list[str] = field(default_factory=list)
    advice: str = ""


def health(seen: list[Walk], as_of: datetime, deadlines: list[DeadlineInput]) -> list[ColumnHealth]:
    """Every column of every portal that was walked, the blind ones first; `seen` are the walks up to an instant."""
    latest = {walk.portal: walk.registry for walk in seen}
    by_column: dict[tuple[str, str], list[Walk]] = {}
    for walk in seen:
        by_column.setdefault((walk.portal, walk.column), []).append(walk)
    out = []
    for portal, record in sorted(latest.items()):
        for column in record["columns"]:
            walks = by_column.get((portal, column["id"]), [])
            shown = _column(portal, column["id"], column["url"], walks)
            _look_for_new_year(shown, record, column, walks, clock.day(as_of))
            _look_for_silence(shown, record, column, walks, deadlines)
            _look_for_neglect(shown, record, clock.day(as_of))
            if shown.trouble:
                shown.due = _due(clock.day(as_of), record, column["kinds"], shown, deadlines)
                advice = next(text for word, text in ADVICE if word in shown.trouble)
                shown.advice = advice.format(portal=portal)
            out.append(shown)
    return sorted(out, key=lambda c: (not c.trouble, c.portal, c.column))


def _column(portal: str, column: str, url: str, walks: list[Walk]) -> ColumnHealth:
    clear = [w for w in walks if w.clear]
    last_clear = clear[-1].ended_at if clear else None
    blind = [w for w in walks if not w.clear and w.ended_at > (last_clear or "")]
    trouble = walks[-1].trouble if walks else "never walked to its end"
    new = bool(blind) and len(blind) == 1
    since = blind[0].begun_at if blind else None
    last = walks[-1].ended_at if walks else None
    return ColumnHealth(portal, column, url, len(walks), last, last_clear, since, trouble, new)


def _look_for_neglect(seen: ColumnHealth, record: dict[str, Any], today: date) -> None:
    """A crawl that is broken off, and one that is never made, leave no walk."""
    if seen.trouble or seen.last_walk is None:
        return
    visit, last = record.get("visit") or {}, clock.day(seen.last_walk)
    between = visit.get("dense_days", 1) if today.month in SEASON else visit.get("sparse_days", 14)
    until = last + max(NEGLECTED, 2 * timedelta(days=between))
    if today > until:
        seen.trouble = f"not walked to its end since {last}"
        seen.new = today - until == timedelta(days=1)


def _look_for_new_year(
    seen: ColumnHealth, record: dict[str, Any], column: dict[str, Any], walks: list[Walk], today: date
) -> None:
    """Where columns are split by year, the record has none for the reports that appear this year, and nothing else
    hosts a kind of unit: the next reports would appear unseen."""
    wanted, mine = today.year - 1, set(column.get("years") or ())
    if seen.trouble or not mine:
        return
    for kind in column["kinds"]:
        years = [c.get("years") for c in record["columns"] if kind in c["kinds"]]
        newest = max(year for some in years for year in some or (wanted,))
        if newest < wanted and newest in mine:
            seen.trouble = f"no column for {wanted}: its columns are split by year, the newest is of {newest}"
            seen.new = sum(clock.day(walk.ended_at).year == today.year for walk in walks) == 1


def _look_for_silence(
    seen: ColumnHealth,
    record: dict[str, Any],
    column: dict[str, Any],
    walks: list[Walk],
    inputs: list[DeadlineInput],
) -> None:
    """A column that is seen clearly, lists last year's reports, and none of those that are due: it may have moved."""
    if seen.trouble or column.get("years"):
        return
    clear = [walk for walk in walks if walk.clear]
    silent = [_silent_year(walk, record, column, inputs) for walk in clear[-2:]]
    if year := silent[-1]:
        seen.trouble = f"quiet: no report for {year} is listed, the last is for {year - 1}"
        seen.new = silent[0] != year or len(silent) == 1


def _silent_year(
    walk: Walk, record: dict[str, Any], column: dict[str, Any], inputs: list[DeadlineInput]
) -> int | None:
    """The year whose reports were due before a walk began, if it lists none of them but some of the year before."""
    begun = clock.day(walk.begun_at)
    division = str(record["division"])
    due = [
        next(y for y in range(begun.year, 0, -1) if deadline(kind, division, y, inputs).day < begun)
        for kind in column["kinds"]
    ]
    listed = {read_title(e.title).year for e in walk.entries.values() if e.verdict == "report"}
    year = min(due)
    later = any(y is None or y >= year for y in listed)
    return year if listed and not later and year - 1 in listed else None


def _due(
    today: date,
    record: dict[str, object],
    kinds: list[str],
    seen: ColumnHealth,
    inputs: list[DeadlineInput],
) -> list[str]:
    since = clock.day(seen.last_clear) if seen.last_clear else date(today.year, 1, 1)
    days = {
        deadline(k, str(record["division"]), y, inputs).day
        for k in kinds
        for y in (today.year - 1, today.year)
    }
    return [str(day) for day in sorted(days) if since <= day <= today + DUE_SOON]
