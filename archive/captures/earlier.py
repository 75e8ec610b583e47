"""What a crawl asks of the archive that it writes to: what earlier crawls captured of an address, of a portal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from archive import clock
from archive.captures import visits
from archive.captures.payloads import body_at, place, read_body
from archive.captures.visits import SEASON, UNCONDITIONAL_DAYS, Watched
from archive.database import Database
from archive.folder import Folder
from archive.readings import generation
from parsers import GENERATION
from parsers.portals.model import Page

RESUME_HOURS = 24
"""An unfinished crawl is gone on with within a day; later its captures are history, not part of the new walk."""

Refers = tuple[str, str, str]
"""Record id, address and instant of the record that a revisit refers to."""


@dataclass(frozen=True, slots=True)
class Stored:
    """The last whole capture of an address: its record, when, the digests of what came and of what that means once
    decoded, the numbers of its body and of its page (`None` before it is read), and the validators it came with."""

    record: str
    at: str
    payload: str
    decoded: str
    body: int
    page: int | None
    content_type: str
    etag: str | None
    modified: str | None

    def validators(self, now: datetime) -> dict[str, str]:
        """Headers of a conditional GET. None where an unconditional look is due: after 90 days, and once in every
        season of reports."""
        today, last = clock.day(now), clock.day(self.at)
        if (today - last).days >= UNCONDITIONAL_DAYS or (today.month in SEASON and last.year < today.year):
            return {}
        sent = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in sent.items() if value}


class Earlier:
    """The earlier captures of an archive, as far as its database has them."""

    def __init__(self, database: Database, folder: Folder) -> None:
        self._database, self._folder = database, folder

    def stored(self, url: str) -> Stored | None:
        """The last whole capture of an address."""
        row = self._database.execute(_STORED, [url]).fetchone()
        return Stored(*row) if row else None

    def body(self, stored: Stored) -> bytes:
        """The content-decoded body of a capture."""
        return body_at(*place(self._database, self._folder, stored.body))

    def files(self, stored: Stored) -> list[str] | None:
        """The files that the page of a capture leads to; `None` where this version has not read it, or where it is no
        article and no file."""
        row = self._database.execute(
            "SELECT page_class, generation FROM pages WHERE id = ?", [stored.page]
        ).fetchone()
        if row is None or row[0] not in {"article", "file"} or row[1] != GENERATION:
            return None
        return [url for (url,) in self._database.execute(_ATTACHED_TO, [stored.page])]

    def payload(self, digest: str, encoding: str) -> Refers | None:
        """The first record that holds a payload under a Content-Encoding."""
        row = self._database.execute(_PAYLOAD, [digest, encoding]).fetchone()
        return (row[0], row[1], row[2]) if row else None

    def answers(self, url: str, since: datetime) -> Iterator[Page]:
        """What an address answered since an instant, whole, the last answer first."""
        rows = self._database.execute(
            """SELECT status, body, content_type FROM captures WHERE url = ? AND at >= ? AND body IS NOT NULL
               AND truncated IS NULL AND kind IN ('response', 'revisit') ORDER BY at DESC""",
            [url, clock.stamp(since)],
        ).fetchall()
        for status, body, content_type in rows:
            yield Page(url, read_body(self._database, self._folder, body), status, content_type or "")

    def watched(self, portal: str, now: datetime) -> list[Watched]:
        """Every report that walks of a portal listed, and every file of theirs, with the last looks at each."""
        return visits.watched(self._database, portal, generation.shown(self._database), now)

    def unfinished(self, portal: str, column: str, hosts: Iterable[str], now: datetime) -> set[str]:
        """Addresses on the hosts of a portal that a crawl of the last day, which did not finish walking the column,
        has captured whole and seen clearly, their files included."""
        since = clock.stamp(now - timedelta(hours=RESUME_HOURS))
        found: set[str] = set()
        for host in hosts:
            for site in (f"http://{host}", f"https://{host}"):
                span = [f"{site}/", f"{site}0"]  # 0 comes after the slash
                rows = self._database.execute(_UNFINISHED, [*span, since, *(portal, column) * 2])
                found.update(row[0] for row in rows)
        return found

    def known(self, portal: str, column: str) -> set[str]:
        """Addresses that earlier walks of the column listed as reports: they are looked at again even when the list
        has dropped them, for only their own answer can say that they are gone."""
        return {row[0] for row in self._database.execute(_KNOWN, [portal, column])}


_STORED = """SELECT coalesce(refers, record), at, payloads.digest, bodies.digest, body, page,
    coalesce(content_type, ''), etag, modified FROM records
    JOIN bodies AS payloads ON payloads.id = records.payload JOIN bodies ON bodies.id = records.body
    WHERE records.url = (SELECT id FROM urls WHERE url = ?) AND status = 200 AND kind IN ('response', 'revisit')
    AND truncated IS NULL ORDER BY at DESC LIMIT 1"""

_PAYLOAD = """SELECT record, urls.url, at FROM records JOIN urls ON urls.id = records.url
    WHERE payload = (SELECT id FROM bodies WHERE digest = ?) AND kind = 'response' AND truncated IS NULL
    AND encoding = ? LIMIT 1"""

_ATTACHED_TO = (
    "SELECT urls.url FROM page_files JOIN urls ON urls.id = page_files.url WHERE page = ? ORDER BY position"
)

_UNFINISHED = """SELECT DISTINCT urls.url FROM urls CROSS JOIN records ON records.url = urls.id
    JOIN pages ON pages.id = records.page
    WHERE urls.url >= ? AND urls.url < ? AND at >= ?
    AND pages.page_class IN ('article', 'file') AND truncated IS NULL AND kind != 'resource'
    AND crawl NOT IN (SELECT crawl FROM walks WHERE portal = ? AND "column" = ? AND crawl IS NOT NULL)
    AND at > coalesce((SELECT max(ended_at) FROM walks WHERE portal = ? AND "column" = ?), '')
    AND NOT EXISTS (SELECT 1 FROM page_files WHERE page_files.page = records.page
        AND NOT EXISTS (SELECT 1 FROM records AS files
                        WHERE files.url = page_files.url AND files.at >= records.at))"""
"""The join is crossed so that it begins with the addresses of the hosts, and not with all of the archive's."""

_KNOWN = """SELECT urls.url FROM urls WHERE id IN (SELECT entries.url FROM page_entries
    JOIN entries ON entries.id = page_entries.entry WHERE entries.verdict = 'report' AND page IN (
        SELECT DISTINCT records.page FROM walks JOIN walk_lists ON walk_lists.walk = walks.id
        JOIN records ON records.record = walk_lists.capture WHERE walks.portal = ? AND walks."column" = ?))"""
"""A list that did not change is one page, however often it was walked."""
