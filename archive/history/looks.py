"""Looks at a report: its page and the files of that page, each as its own captures showed it.

What a file says is dated by the sight of its bytes, not by that of its page: a file that did not come with the page
was not seen then, and one that is looked at alone shows on that day what it shows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from archive.history.evidence import NOTHING_SEEN, Evidence, Reading, Sight
from archive.readings import albums

END = "9999"
"""After every instant."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What stood at a report's address or in a file of its page, by one sight: the report readings of its body.
    `captures` are the records of all sights that it needs: several where it is an album of pictures."""

    sight: Sight
    url: str
    body: str
    readings: list[Reading]
    is_file: bool
    captures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """One look at a page or at a file of it: what it showed, and all that stood there by then, the page first. An
    album of which a picture did not come stands, and was not seen."""

    seen: list[Shown]
    stands: list[Shown]

    @property
    def at(self) -> str:
        """When it was made."""
        return max(shown.sight.at for shown in self.seen or self.stands)

    def readings(self, part: int | None = None) -> list[Reading]:
        """Everything that stood there as a report, or one part of it."""
        found = (reading for shown in self.stands for reading in shown.readings)
        return [reading for reading in found if part is None or reading.part == part]

    def source(self, part: int) -> str:
        """The digest of what a part rests on: its body, of a page and its files together one of theirs."""
        bodies = [one.body for one in self.stands if any(r.part == part for r in one.readings)]
        bodies = bodies or [self.stands[0].body or NOTHING_SEEN]
        return bodies[0] if len(bodies) == 1 else hashlib.sha256("\n".join(bodies).encode()).hexdigest()


def looks(evidence: Evidence, sights: list[Sight]) -> Iterator[Look]:
    """The looks at a report's address, of all its sights, in the order of time. The files of a page belong to it from
    its sight until it is seen again, or seen to be gone."""
    told: set[str] = set()
    for number, sight in enumerate(sights):
        if not evidence.shows_report(sight):
            continue
        final = evidence.final(sight)
        page = Shown(
            sight, final.url, final.body or "", _reports(evidence, final.body), False, (sight.record,)
        )
        after = (s.at for s in sights[number + 1 :] if s.gone or evidence.shows_report(s))
        files = _files(evidence, final)
        if not files:
            yield Look([page], [page])
        else:
            yield from _with_files(page, files, (final.at, next(after, END)), told)


def _with_files(
    page: Shown, files: list[list[Shown]], span: tuple[str, str], told: set[str]
) -> Iterator[Look]:
    """The looks at a page and, while it stood so, at its files; what was `told` of files is no sight again."""
    begun, until = span
    before = {number: [one for one in seen if one.sight.at < begun] for number, seen in enumerate(files)}
    stands = {number: seen[-1] for number, seen in before.items() if seen}
    fresh = [one for one in stands.values() if told.isdisjoint(one.captures)]
    told.update(record for one in fresh for record in one.captures)
    yield Look([page, *fresh], [page, *stands.values()])
    later = [(one, n) for n, seen in enumerate(files) for one in seen if begun <= one.sight.at < until]
    for one, number in sorted(later, key=lambda found: (found[0].sight.at, found[1])):
        stands = dict(sorted((stands | {number: one}).items()))
        seen = [one] if told.isdisjoint(one.captures) else []
        told.update(one.captures)
        yield Look(seen, [page, *stands.values()])


def _files(evidence: Evidence, page: Sight) -> list[list[Shown]]:
    """What each file of a page showed, sight by sight; several pictures as one album."""
    captured = [_captured(evidence, file) for file in evidence.attachments.get(page.page or 0, [])]
    found = [seen for seen in captured if seen]
    pictures = [seen for seen in found if albums.is_picture(seen[-1].url)]
    album = [[_album(evidence, pictures, page.at)]] if len(pictures) > 1 else []
    single = [seen for seen in found if not (album and seen in pictures)]
    return [[_shown(evidence, sight) for sight in seen] for seen in single] + album


def _captured(evidence: Evidence, file: str) -> list[Sight]:
    return [s for s in evidence.sights.get(file, []) if s.page_class in {"article", "file"} and s.body]


def _shown(evidence: Evidence, sight: Sight) -> Shown:
    return Shown(sight, sight.url, sight.body or "", _reports(evidence, sight.body), True, (sight.record,))


def _album(evidence: Evidence, pictures: list[list[Sight]], at: str) -> Shown:
    """The album of a page's pictures as `archive.readings.albums` makes it; it was seen when its last picture was."""
    nearest = (albums.nearest([(s.at, s) for s in seen], at) for seen in pictures)
    found = [sight for sight in nearest if sight]
    body = albums.digest([s.body or "" for s in found])
    captures = tuple(s.record for s in found)
    return Shown(
        max(found, key=attrgetter("at")), found[0].url, body, _reports(evidence, body), True, captures
    )


def _reports(evidence: Evidence, body: str | None) -> list[Reading]:
    return [r for r in evidence.readings.get(body or "", []) if r.outcome == "report"]
