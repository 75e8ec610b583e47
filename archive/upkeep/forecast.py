"""How fast an archive grows, and when its disk will be full."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from archive import clock
from archive.captures.warc import OPEN, OWN
from archive.database import Database
from archive.folder import Folder
from archive.inputs import read_settings

LOOKED_BACK = timedelta(days=90)
LEAST = timedelta(days=7)
"""What grew in less time than that says nothing of a month."""
MONTH_DAYS = 30
_CRAWL = re.compile(rf"{OWN}\d{{14}}-([0-9a-f]{{12}})-\d+")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Bytes, as decimal disks count them. `per_crawl` and `per_month` are of the last 90 days, the database's share
    included, `days` until a crawl stops for want of space; `None` where the archive is too young to tell."""

    warcs: int
    database: int
    free: int
    per_crawl: int | None = None
    per_month: int | None = None
    days: int | None = None


def forecast(database: Database, folder: Folder, now: datetime) -> Forecast:
    """What the archive takes, and what it will take if it grows on as it did."""
    sizes = Counter[str]()
    for path in folder.warcs():
        named = _CRAWL.match(path.name.removesuffix(OPEN))
        sizes[named[1] if named else ""] += path.stat().st_size
    warcs, derived, free = sum(sizes.values()), _size(folder.database), folder.free_bytes()
    since = now - LOOKED_BACK
    crawls = database.execute(
        "SELECT id, begun_at FROM crawls WHERE begun_at >= ? AND begun_at <= ? ORDER BY begun_at",
        [clock.stamp(since), clock.stamp(now)],
    ).fetchall()
    if not crawls or now - (first := clock.instant(crawls[0][1])) < LEAST:
        return Forecast(warcs, derived, free)
    grown = sum(sizes[crawl[:12]] for crawl, _ in crawls) * (warcs + derived) / warcs
    per_day = grown / ((now - first) / timedelta(days=1))
    left = max(0, free - read_settings(folder.inputs).keep_free_mb * 1_000_000)
    days = int(left / per_day) if per_day else None
    return Forecast(warcs, derived, free, int(grown / len(crawls)), int(per_day * MONTH_DAYS), days)


def _size(path: Path) -> int:
    return sum(part.stat().st_size for part in path.parent.glob(f"{path.name}*") if part.is_file())
