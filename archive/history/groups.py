"""Which portals must be derived anew, and which of them together: portals whose lists name one address depend on each
other, and a portal depends on every address that its rows rest on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime

from archive import clock
from archive.database import Database


def portals(database: Database, as_of: datetime) -> list[str]:
    """Every portal of which a walk had ended by an instant."""
    rows = database.execute("SELECT DISTINCT portal FROM walks WHERE ended_at <= ?", [clock.stamp(as_of)])
    return sorted(row[0] for row in rows)


def records(database: Database, as_of: datetime) -> dict[str, str]:
    """The registry record, as JSON, that the last walk of each portal went by."""
    rows = database.execute(
        "SELECT portal, portal_record, max(begun_at || record) FROM walks WHERE ended_at <= ? GROUP BY portal",
        [clock.stamp(as_of)],
    )
    return {row[0]: row[1] for row in rows}


def stale(database: Database, after: int) -> set[str]:
    """Portals with a walk beyond a number of `walks`, or of whose addresses or lists something came."""
    rows = database.execute(
        """SELECT DISTINCT portal FROM walks WHERE id > ? UNION
           SELECT portals.portal FROM touched JOIN watched ON watched.address = touched.address
           JOIN portals ON portals.id = watched.portal UNION
           SELECT walks.portal FROM touched JOIN urls ON urls.address = touched.address
           JOIN records ON records.url = urls.id JOIN walk_lists ON walk_lists.capture = records.record
           JOIN walks ON walks.id = walk_lists.walk""",
        [after],
    )
    return {row[0] for row in rows}


def note_lists(database: Database, names: Iterable[str], as_of: datetime) -> None:
    """Note the addresses that the lists of portals name as reports."""
    for name in names:
        database.execute("INSERT OR IGNORE INTO portals (portal) VALUES (?)", [name])
        database.execute(_LISTED, [name, name, clock.stamp(as_of)])


_LISTED = """INSERT OR REPLACE INTO watched (address, portal, listed)
    SELECT DISTINCT urls.address, (SELECT id FROM portals WHERE portal = ?), 1 FROM
    (SELECT DISTINCT records.page FROM walks JOIN walk_lists ON walk_lists.walk = walks.id
        JOIN records ON records.record = walk_lists.capture
        WHERE walks.portal = ? AND walks.ended_at <= ? AND records.page IS NOT NULL) AS shown
    JOIN page_entries ON page_entries.page = shown.page
    JOIN entries ON entries.id = page_entries.entry AND entries.verdict = 'report'
    JOIN urls ON urls.id = entries.url"""


def note_reached(database: Database, name: str, addresses: Iterable[int]) -> None:
    """Note the further addresses that a portal's rows rest on."""
    database.execute(
        """INSERT OR IGNORE INTO watched (address, portal, listed)
           SELECT value, (SELECT id FROM portals WHERE portal = ?), 0 FROM json_each(?)""",
        [name, json.dumps(sorted(addresses))],
    )


def together(database: Database, names: Iterable[str], divisions: dict[str, str]) -> list[list[str]]:
    """The portals, with those that depend on them, in groups that do not depend on each other. A portal of a division
    and those of the divisions above and below it know the same units."""
    nested = _nested(divisions)
    groups, grouped = [], set[str]()
    for name in sorted(names):
        if name in grouped:
            continue
        group, frontier = {name}, [name]
        while frontier:
            at = frontier.pop()
            found = {row[0] for row in database.execute(_BESIDE, [at])} | nested.get(at, set())
            frontier.extend(found - group)
            group |= found
        grouped |= group
        groups.append(sorted(group))
    return groups


def _nested(divisions: dict[str, str]) -> dict[str, set[str]]:
    by_prefix: dict[str, set[str]] = {}
    for portal, division in divisions.items():
        by_prefix.setdefault(re.sub("(?:00)+$", "", division), set()).add(portal)
    out: dict[str, set[str]] = {portal: set() for portal in divisions}
    for portal, division in divisions.items():
        for length in (2, 4, 6):
            for above in by_prefix.get(division[:length], set()):
                out[portal].add(above)
                out[above].add(portal)
    return out


_BESIDE = """SELECT DISTINCT portals.portal FROM watched AS own
    JOIN watched AS other ON other.address = own.address AND other.portal != own.portal AND other.listed
    JOIN portals ON portals.id = other.portal
    WHERE own.portal = (SELECT id FROM portals WHERE portal = ?) AND own.listed"""


def given(database: Database) -> set[int]:
    """The numbers of addresses whose pages or files were given by hand, and that no list names and no page has as its
    file."""
    rows = database.execute(
        """SELECT DISTINCT urls.address FROM records JOIN urls ON urls.id = records.url WHERE kind = 'resource'
           AND NOT EXISTS (SELECT 1 FROM watched WHERE watched.address = urls.address AND listed)
           AND NOT EXISTS (SELECT 1 FROM urls AS file JOIN page_files ON page_files.url = file.id
                           WHERE file.address = urls.address)"""
    )
    return {row[0] for row in rows}
