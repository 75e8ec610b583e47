"""Times in which an address answered with plain 404s, and which of them are withdrawals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from archive.clock import instant
from archive.history.evidence import Evidence, Sight, Walk

WITHDRAWN_SIGHTS = 3
WITHDRAWN_AFTER = timedelta(days=14)
"""A page is withdrawn after so many plain 404s over so long: servers answer 404 under load and during redesigns."""


@dataclass(slots=True)
class Absence:
    """A time in which an address answered with plain 404s, since the report was last seen there. `confirmed` is the
    sight that made it a withdrawal, `back` the one that showed the report there again."""

    last: Sight
    gone: list[Sight]
    confirmed: Sight | None = None
    back: Sight | None = None


def absences(evidence: Evidence, sights: list[Sight], there: list[Sight], portals: set[str]) -> list[Absence]:
    """The times in which an address was gone, of all its sights and those that showed the report there; `portals` are
    those that list it."""
    out: list[Absence] = []
    if not any(s.gone for s in sights):
        return out
    shown = {s.record for s in there}
    last: Sight | None = None
    for sight in sights:
        if sight.record in shown:
            if out and out[-1].back is None:
                out[-1].back = sight
            last = sight
        elif sight.gone and last:
            if not out or out[-1].back:
                out.append(Absence(last, []))
            out[-1].gone.append(sight)
    for absence in out:
        absence.confirmed = _confirmation(evidence, absence, portals)
    return out


def _confirmation(evidence: Evidence, absence: Absence, portals: set[str]) -> Sight | None:
    """The sight at which a page had been gone often and long enough, its portal and its host otherwise being clear,
    and no file of the page being there still."""
    if len(absence.gone) < WITHDRAWN_SIGHTS:
        return None
    walks = [walk for walk in evidence.walks if walk.clear and walk.portal in portals]
    counted = [s for s in absence.gone if any(_clear_beside(evidence, walk, s) for walk in walks)]
    late = (
        s
        for s in counted[WITHDRAWN_SIGHTS - 1 :]
        if instant(s.at) - instant(counted[0].at) >= WITHDRAWN_AFTER
    )
    return next((s for s in late if not _file_stands(evidence, absence, s.at)), None)


def _file_stands(evidence: Evidence, absence: Absence, until: str) -> bool:
    """Whether a file of the page was there when it was last seen, or seen to be gone, since the page was gone."""
    for file in evidence.attachments.get(evidence.final(absence.last).page or 0, []):
        seen = [s for s in evidence.sights.get(file, []) if absence.gone[0].at <= s.at <= until]
        told = [s for s in seen if s.gone or s.page_class in {"article", "file"}]
        if told and not told[-1].gone:
            return True
    return False


def _clear_beside(evidence: Evidence, walk: Walk, sight: Sight) -> bool:
    """Whether a clear walk was under way at a sight, and its host showed something else meanwhile: the list itself, or
    another page."""
    if not walk.begun_at <= sight.at <= walk.ended_at:
        return False
    host = urlsplit(sight.url).netloc
    lists = (column["url"] for column in walk.registry["columns"] if column["id"] == walk.column)
    pages = (s for seen in evidence.sights.values() for s in seen if walk.begun_at <= s.at <= walk.ended_at)
    return any(urlsplit(url).netloc == host for url in lists) or any(
        s.page_class in {"article", "file"} and urlsplit(s.url).netloc == host for s in pages
    )
