"""Titles: is it a report, whose, of which year."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.portals.model import Verdict


@dataclass(frozen=True, slots=True)
class Title:
    """What a title alone tells; `None` where it does not."""

    text: str
    verdict: Verdict
    issuer: str | None
    year: int | None


def read_title(text: str) -> Title:
    """Read the title of a page, an entry or a document."""
    raise NotImplementedError
