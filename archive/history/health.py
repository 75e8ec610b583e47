"""Sight of the portals: which columns we see, which we are kept from seeing, since when, what falls due meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

from archive import clock
from archive.history.evidence import Evidence, Walk
from archive.inputs import DeadlineInput
from archive.register.deadlines import deadline

DUE_SOON = timedelta(days=30)
"""A due day this far ahead is worth a look at a blind column today."""

ADVICE = (
    (
        "challenge",
        "the host wants proof of a browser: save the list in a browser and `gongkai ingest FILE --url …`",
    ),
    (
        "robots",
        "robots.txt forbids the column: ask the portal's keeper, or look by hand and `gongkai ingest`",
    ),
    (
        "error",
        "the list answers with an error: open its address in a browser; if the column moved, mend its record",
    ),
    ("gone", "the list is gone: find where the column moved and mend its record in inputs/portals/"),
    ("empty", "the list shows no entry: open it in a browser; it may be drawn by a script or have moved"),
    ("redirect", "the list leads elsewhere: open its address and mend its record in inputs/portals/"),
    (
        "budget",
        "the list is longer than the budget: raise it, or give the column's parts columns of their own",
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


def health(evidence: Evidence, deadlines: list[DeadlineInput]) -> list[ColumnHealth]:
    """Every column of every portal that was ever walked, the blind ones first."""
    latest = {walk.portal: walk.registry for walk in evidence.walks}
    out = []
    for portal, record in sorted(latest.items()):
        for column in record["columns"]:
            walks = [w for w in evidence.walks if (w.portal, w.column) == (portal, column["id"])]
            seen = _column(portal, column["id"], column["url"], walks)
            if seen.trouble:
                seen.due = _due(evidence, record, column["kinds"], seen, deadlines)
                seen.advice = next(text for word, text in ADVICE if word in seen.trouble)
            out.append(seen)
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


def _due(
    evidence: Evidence,
    record: dict[str, object],
    kinds: list[str],
    seen: ColumnHealth,
    inputs: list[DeadlineInput],
) -> list[str]:
    today = clock.day(evidence.as_of)
    since = clock.day(seen.last_clear) if seen.last_clear else date(today.year, 1, 1)
    days = {
        deadline(k, str(record["division"]), y, inputs).day
        for k in kinds
        for y in (today.year - 1, today.year)
    }
    return [str(day) for day in sorted(days) if since <= day <= today + DUE_SOON]
