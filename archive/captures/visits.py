"""What the schedule rests on: the last walk of every column, and the last looks at every report and its files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from archive import clock
from archive.database import Database

UNCONDITIONAL_DAYS = 90
"""Validators lie now and then: every known address is fetched whole at least this often."""
SEASON = range(1, 5)
"""January to April: reports are due on January 31 and March 31, and come late and are mended after that."""
REMEMBERED = timedelta(days=200)
"""Looks older than that are not needed to say when the next one is due."""


@dataclass(frozen=True, slots=True)
class LastWalk:
    """The last walk of a column that was made to its end, and how it stopped."""

    portal: str
    column: str
    ended_at: str
    stop: str


@dataclass(frozen=True, slots=True)
class Watched:
    """A known address, a report's page or a file of one: since when the page and its files show what they show, when
    it was last looked at, and when what stands there was last fetched whole. `None` for what was not seen of late, or
    is not there. `files` are those of a page."""

    url: str
    since: str | None = None
    last: str | None = None
    whole: str | None = None
    is_file: bool = False
    files: tuple[str, ...] = ()


def last_walks(database: Database) -> list[LastWalk]:
    """The last walk of every column."""
    rows = database.execute(
        'SELECT portal, "column", max(ended_at), stop FROM walks GROUP BY portal, "column"'
    )
    return [LastWalk(*row) for row in rows]


def watched(database: Database, portal: str, generation: int, now: datetime) -> list[Watched]:
    """Every report that walks of a portal listed, and every file of theirs."""
    span = [clock.stamp(now - REMEMBERED), clock.stamp(now)]
    files: dict[str, list[str]] = {}
    seen: dict[str, Watched] = {}
    for url, page in database.execute(_KNOWN, [portal]).fetchall():
        if url not in seen:
            looks = [_Look(*look) for look in database.execute(_LOOKS, [generation, url, *span])]
            seen[url] = _watched(url, looks)
        if page is not None:
            seen[url] = replace(seen[url], is_file=True)
            files.setdefault(page, []).append(url)
    return [seen[url] for url in sorted(_together(seen, files))]


def _together(seen: dict[str, Watched], files: dict[str, list[str]]) -> dict[str, Watched]:
    """Pages and their files, each since the last of them became what it is: they are one report, and when one of them
    changes all are looked at again."""
    for page, own in files.items():
        group = [seen[url] for url in (page, *own)]
        since = max((one.since for one in group if one.since), default=None)
        for one in group:
            seen[one.url] = replace(one, since=one.since and since)
        seen[page] = replace(seen[page], files=tuple(own))
    return seen


@dataclass(frozen=True, slots=True)
class _Look:
    at: str
    kind: str
    page_class: str
    content: str


def _watched(url: str, looks: list[_Look]) -> Watched:
    if not looks:
        return Watched(url)
    *_, present = (list(run) for _, run in groupby(looks, lambda look: (look.page_class, look.content)))
    there = present[-1].page_class in {"article", "file"}
    whole = [look.at for look in looks if look.kind != "validated"] if there else []
    return Watched(url, present[0].at, present[-1].at, whole[-1] if whole else None)


_KNOWN = """WITH reports AS (
        SELECT DISTINCT listings.url FROM walks JOIN walk_lists ON walk_lists.walk = walks.id
        JOIN captures ON captures.record = walk_lists.capture JOIN listings ON listings.page = captures.page
        WHERE walks.portal = ? AND listings.verdict = 'report')
    SELECT url, NULL FROM reports UNION
        SELECT attachments.url, captures.url FROM attachments JOIN captures ON captures.page = attachments.page
        WHERE captures.url IN (SELECT url FROM reports) ORDER BY 1, 2"""
"""Reports as lists showed them, and the files of the pages at these addresses with these."""

_LOOKS = """SELECT captures.at, captures.kind, coalesce(pages.page_class, ''),
        coalesce((SELECT group_concat(coalesce(content, '') || coalesce(prose, '')) FROM readings
                  WHERE readings.body = pages.body AND readings.generation = ?), '')
    FROM captures LEFT JOIN pages ON pages.id = captures.page
    WHERE captures.url = ? AND captures.at >= ? AND captures.at <= ?
    AND captures.kind != 'resource' AND captures.truncated IS NULL
    ORDER BY captures.at"""
"""What was seen where: a page that changes in its margins only shows the same content."""
