"""Instants are UTC and carry their zone; days are Beijing days and due days are inclusive."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime, time, timedelta, timezone
from time import monotonic

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
MOVED = "GONGKAI_NOW"
"""Environment variable that sets the clock for demonstrations: an ISO instant from which a process counts on when it
first asks. Whatever is recorded under a moved clock says so (`clock: moved` in the warcinfo record)."""

_begun: dict[str, float] = {}


def moved() -> bool:
    """Whether the clock was set by hand."""
    return bool(os.environ.get(MOVED))


def now() -> datetime:
    """The present instant, UTC."""
    if not moved():
        return datetime.now(UTC)
    start = os.environ[MOVED]
    begun = _begun.setdefault(start, monotonic())
    return instant(start) + timedelta(seconds=monotonic() - begun)


def stamp(at: datetime) -> str:
    """ISO 8601 with microseconds and Z: a fixed width, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def instant(text: str) -> datetime:
    """Read an ISO instant; one without a zone is UTC."""
    at = datetime.fromisoformat(text)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def day(at: datetime | str) -> date:
    """The Beijing day of an instant."""
    return (instant(at) if isinstance(at, str) else at).astimezone(BEIJING).date()


def end_of_day(of: date) -> datetime:
    """The last instant of a Beijing day."""
    return datetime.combine(of, time.max, BEIJING).astimezone(UTC)
