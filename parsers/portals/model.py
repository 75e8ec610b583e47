"""What a portal's page is read into."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from parsers.portals.encodings import UTF_8, urlencoded

Verdict = Literal["report", "lookalike", "other"]
PageClass = Literal[
    "list", "empty_list", "article", "file", "redirect", "gone", "error", "challenge", "other"
]
"""`gone` is a plain 404 or 410. `error`, `challenge` and `empty_list` are states of our sight, never of the unit."""

CLEAR_CLASSES: frozenset[PageClass] = frozenset({"list", "article", "file", "gone"})
"""Classes in which we saw what the portal shows its readers."""


@dataclass(frozen=True, slots=True)
class Request:
    """The next request as data; the body of a POST is `form`, urlencoded in an `encoding`, or `json` as it stands. A
    `guess` may lead nowhere: that the portal has no such page says nothing of the column. A `part` leads to a list of
    its own (a column below, a frame, an interface), not to a further page of this one."""

    url: str
    method: Literal["GET", "POST"] = "GET"
    form: tuple[tuple[str, str], ...] = ()
    guess: bool = False
    json: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    part: bool = field(default=False, compare=False)
    encoding: str = UTF_8

    @property
    def body(self) -> str:
        """What a POST sends."""
        return self.json or urlencoded(self.form, self.encoding)


@dataclass(frozen=True, slots=True)
class Page:
    """A response: final URL, content-decoded body, status, and its Content-Type header. `asked` is the request that
    it answers, where it is known: answers of some interfaces do not say which page they are."""

    url: str
    body: bytes
    status: int = 200
    content_type: str = ""
    asked: Request | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a column: absolute URL, full title where the page has it, date as `YYYY-MM-DD`."""

    title: str
    url: str
    published_on: str | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an article."""

    title: str
    url: str


@dataclass(slots=True)
class Inspection:
    """What one page says: which family made it (and the fingerprint that told), its class and the evidence for
    that class, and what follows from it. `pages` and `total` are the numbers of pages and of entries that a list
    declares; a list that is `cut` ends in the middle of its page. `title`, `published_on` and `attachments` are an
    article's."""

    family: str
    fingerprint: str
    page_class: PageClass
    evidence: str = ""
    entries: list[Entry] = field(default_factory=list)
    next: list[Request] = field(default_factory=list)
    pages: int | None = None
    total: int | None = None
    cut: bool = False
    title: str | None = None
    published_on: str | None = None
    attachments: list[Attachment] = field(default_factory=list)
