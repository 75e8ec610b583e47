"""When to look: the visits of portals, and the further looks at pages already known. Days are Beijing days."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from archive import clock
from archive.captures.records import FINISHED_STOPS
from archive.captures.visits import SEASON, UNCONDITIONAL_DAYS, LastWalk, Watched
from crawler.registry import Portal

STEPS_DAYS = (1, 2, 3, 7, 15, 30, 90)
"""A page is looked at again so many days after its present state was first seen, then every `STEPS_DAYS[-1]` days. 2
and 15, because a look at the same hour of day 1 or 14 may come minutes short of the 24 hours that confirm a revision,
or of the 14 days that prove a withdrawal."""


@dataclass(frozen=True, slots=True)
class Visit:
    """A portal and the day from which its next visit is due: `date.min` where a column was never walked to its end."""

    portal: Portal
    due_on: date


def visits(portals: Iterable[Portal], walks: Iterable[LastWalk], today: date) -> list[Visit]:
    """The next visit of every portal, the one that waits longest first."""
    last = {(walk.portal, walk.column): walk for walk in walks}
    found = []
    for portal in portals:
        days = [_due_on(portal, last.get((portal.id, column.id)), today) for column in portal.columns]
        found.append(Visit(portal, min(days)))
    return sorted(found, key=lambda visit: (visit.due_on, visit.portal.id))


def _due_on(portal: Portal, last: LastWalk | None, today: date) -> date:
    """A walk that did not see its column whole is made again after the dense interval, in every season."""
    if last is None:
        return date.min
    walked_on = clock.day(last.ended_at)
    if last.stop not in FINISHED_STOPS:
        return walked_on + timedelta(days=portal.visit.dense_days)
    sparse = walked_on + timedelta(days=portal.visit.sparse_days)
    return min(
        sparse, max(_season_day(walked_on, today), walked_on + timedelta(days=portal.visit.dense_days))
    )


def _season_day(walked_on: date, today: date) -> date:
    """The first day of the season from the last walk on: that day itself where it lies in one."""
    return walked_on if walked_on.month in SEASON else date(walked_on.year + 1, SEASON.start, 1)


def look_due_on(watched: Watched) -> date:
    """The day from which a page is to be looked at again; `date.min` for one that was never seen. What is there is
    fetched whole at least every 90 days and in every season, whatever validators say."""
    if watched.since is None or watched.last is None:
        return date.min
    since, last = clock.day(watched.since), clock.day(watched.last)
    steps = (since + timedelta(days=days) for days in STEPS_DAYS)
    due = next((day for day in steps if day > last), last + timedelta(days=STEPS_DAYS[-1]))
    if watched.whole is None:
        return due
    whole = clock.day(watched.whole)
    return min(due, whole + timedelta(days=UNCONDITIONAL_DAYS), date(whole.year + 1, SEASON.start, 1))
