"""A list page: which of its groups of rows are the column, and which child columns hang below it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from parsers.portals import urls
from parsers.portals.column import Column
from parsers.portals.markup import Markup, whole_text
from parsers.portals.model import Entry, Request
from parsers.portals.rows import IsArticle, Row, Signature, rows

CHILD_WORDS = re.compile(
    r"^\D{0,6}20\d\d\s*(?:年|$)|年报|年度报告|信息公开|部门|单位|乡镇|街道|镇|乡|县|区|市|政府|机构|委办局"
)
"""Words of links that lead to a column's parts: its years, its kinds of units."""

_YEAR_LINK = re.compile(r"^\W*(20\d\d)\s*年?度?\W*$")
_YEAR = re.compile(r"20\d\d")
_MONTH_FOLDER = re.compile(r"(?:20\d\d[-/]?(?:\d{1,2}/?)?(?:\d{1,2}/)?)$")
_NO_CONTENT = re.compile(
    r"count|stat|login|tree\.jsp|share|weather|tianqi|plugin|visit|video|map|search|beacon", re.IGNORECASE
)
"""Frames that hold no column: visit counters, log-in, trees, share buttons."""

_COLUMN_DEPTH = 2  # slashes in the path of the shallowest address that can be a column with columns below
_FRONT_FOLDERS = 4
_FULL_TITLE = 12
_MOSTLY = 0.5


@dataclass(slots=True)
class Listing:
    """The entries of a page. `front` says that they are a front page's: many columns side by side, none its own."""

    entries: list[Entry] = field(default_factory=list)
    front: bool = False


@dataclass(slots=True)
class _Group:
    """Rows of one shape, and how many of them are reports, articles, dated in print, and below the page."""

    rows: list[Row]
    reports: int
    articles: int
    printed: int
    below: int
    place: str

    @property
    def is_list(self) -> bool:
        half = len(self.rows) * _MOSTLY
        return self.articles > half and sum(r.published_on is not None for r in self.rows) > half

    @property
    def is_own(self) -> bool:
        return self.is_list and self.below > len(self.rows) * _MOSTLY

    def continues(self, other: _Group) -> bool:
        """Whether it is a piece of the same list: some portals begin a `<ul>` of other classes every few rows."""
        blocks = {row.block for row in other.rows}
        return self.is_list and self.place == other.place and all(row.block in blocks for row in self.rows)

    @property
    def score(self) -> tuple[int, int, int]:
        return (self.below + self.reports, self.printed, self.articles)


def read_list(markup: Markup, is_article: IsArticle, extra: list[Row], column: Column) -> Listing:
    """The entries of a page: its best group, groups with reports and groups of its own folder; then `extra` rows."""
    grouped: dict[Signature, list[Row]] = defaultdict(list)
    for row in rows(markup, is_article):
        grouped[row.group].append(row)
    groups = [_weigh(group, markup.page.url, is_article, column) for group in grouped.values()]
    candidates = [g for g in groups if g.is_list or g.reports]
    best = max(candidates, key=lambda g: g.score, default=None)
    chosen = [g for g in candidates if g is best or g.reports or g.is_own or (best and g.continues(best))]
    listed = {urls.key(r.url): r for r in reversed([r for g in chosen for r in g.rows] + extra)}
    entries = [_entry(row, column) for row in reversed(listed.values())]
    return Listing(entries, front=_is_front(candidates, urls.folder(markup.page.url), extra))


def read_all(markup: Markup, is_article: IsArticle, column: Column) -> Listing:
    """The entries of an answer that holds nothing but its rows."""
    listed = {urls.key(row.url): row for row in reversed(rows(markup, is_article))}
    return Listing([_entry(row, column) for row in reversed(listed.values())])


def _entry(row: Row, column: Column) -> Entry:
    return Entry(row.title, row.url, row.published_on, column.verdict(row))


def _is_front(candidates: list[_Group], own: str, extra: list[Row]) -> bool:
    places = {g.place for g in candidates if g.is_list}
    size = sum(len(g.rows) for g in candidates)
    reports = sum(g.reports for g in candidates)
    return not extra and own not in places and len(places) >= _FRONT_FOLDERS and reports * 10 < size


def _weigh(group: list[Row], page_url: str, is_article: IsArticle, column: Column) -> _Group:
    solid = [r for r in group if is_article(r.url) or urls.is_document(r.url) or _is_entry(r, column)]
    places = Counter(_MONTH_FOLDER.sub("", urls.folder(r.url)) for r in group)
    return _Group(
        rows=group,
        reports=sum(_is_report(r, column) for r in solid),
        articles=len(solid),
        printed=sum(r.printed for r in group),
        below=sum(urls.below(r.url, page_url) for r in solid),
        place=places.most_common(1)[0][0],
    )


def _is_report(row: Row, column: Column) -> bool:
    """Whether a row lists a report, and is no menu item that names a column of reports."""
    named = row.printed or len(row.title) >= _FULL_TITLE or bool(_YEAR.search(row.title))
    return named and column.verdict(row) == "report"


def _is_entry(row: Row, column: Column) -> bool:
    """Whether a row is a report's although its address is a folder's: columns below have no day of publication."""
    return row.printed and column.verdict(row) == "report"


def children(markup: Markup, entries: list[Entry]) -> list[Request]:
    """Columns below this one (a year, a kind of unit). Any folder below counts where the page has no entries."""
    own = markup.page.url
    if urlsplit(own).path.count("/") < _COLUMN_DEPTH:
        return []
    listed = (e.url for e in entries if e.verdict == "report" or e.published_on or not urls.is_index(e.url))
    taken = {urls.key(own), *map(urls.key, listed)}
    found: dict[str, Request] = {}
    for node, url in markup.links:
        if urls.key(url) in taken or not urls.below(url, own):
            continue
        text = "".join((node.get("title") or whole_text(node)).split())
        if year := _YEAR_LINK.match(text):
            leads_down = urls.is_index(url) or year[1] in url.rpartition("/")[2]
        else:
            leads_down = _is_folder_below(url, own) and (not entries or bool(CHILD_WORDS.search(text)))
        if leads_down:
            found.setdefault(
                urls.folder(url) if urls.is_index(url) else urls.key(url), Request(url, part=True)
            )
    return list(found.values())


def _is_folder_below(url: str, own: str) -> bool:
    return urls.is_index(url) and not urls.looks_like_article(url) and urls.folder(url) != urls.folder(own)


def shells(markup: Markup) -> list[Request]:
    """The pages inside the frames of a page that shows nothing of its own."""
    host = urlsplit(markup.page.url).netloc
    found: dict[str, Request] = {}
    for node in markup.tree.iter("iframe", "frame"):
        url = urls.join(markup.base, node.get("src") or "")
        if url and urlsplit(url).netloc == host and not _NO_CONTENT.search(url) and not urls.file_type(url):
            found.setdefault(urls.key(url), Request(url, part=True))
    return list(found.values())
