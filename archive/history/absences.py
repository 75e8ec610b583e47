"""Times in which an address answered with plain 404s, and which of them are withdrawals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

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


def absences(evidence: Evidence, sights: list[Sight], there: list[Sight]) -> list[Absence]:
    """The times in which an address was gone, of all its sights and those that showed the report there."""
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
        absence.confirmed = _confirmation(evidence, absence)
    return out


def _confirmation(evidence: Evidence, absence: Absence) -> Sight | None:
    """The sight at which a page had been gone often and long enough, the portal otherwise being clear, and no file of
    the page being there still."""
    if len(absence.gone) < WITHDRAWN_SIGHTS:
        return None
    counted = [s for s in absence.gone if any(_during(walk, s) for walk in evidence.walks if walk.clear)]
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


def _during(walk: Walk, sight: Sight) -> bool:
    return walk.begun_at <= sight.at <= walk.ended_at
