"""The way from a portal's page to its columns of annual reports: scored links, each with its witnesses.

Pure, as all readers of pages: what to follow and how far is the crawler's to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from urllib.parse import urljoin, urlsplit

from parsers.portals import inspect, urls
from parsers.portals.discovery_marks import (
    FROM_ARTICLES,
    GENERIC,
    LEVELS,
    OTHERS,
    QUERY,
    SLUGS,
    TEXTS,
    UNIT,
    YEAR,
    Role,
)
from parsers.portals.encodings import UTF_8
from parsers.portals.lists import children, shells
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Entry, Inspection, Page, Request
from parsers.portals.rows import PAGER
from parsers.portals.searches import searches, silent_search
from parsers.portals.verdicts import verdict
from parsers.text import fold
from parsers.trees import Element
from parsers.years import years

_CRUMBS = re.compile(r"(?:当前|您|你|现在|所在).{0,4}位置|首页\s*(?:>|»|›|/|-|→)")
_CRUMB_CLASS = re.compile(r"position|crumb|location|dqwz|weizhi|(?:^|[\s_-])path", re.IGNORECASE)
_CRUMB_CHARACTERS = 160
_CRUMB_LINKS = 10
"""A longer line of links is no breadcrumb."""
_BREADCRUMB_BONUS = 15
_CALLED = re.compile(r"年报|年度报告")


@dataclass(frozen=True, slots=True)
class Link:
    """Where a page leads on the way to the columns, and why we think so; `form` is what has to be posted there, in an
    `encoding`."""

    url: str
    text: str
    role: Role
    score: int
    witnesses: tuple[str, ...]
    form: tuple[tuple[str, str], ...] = ()
    encoding: str = UTF_8


@dataclass(slots=True)
class Survey:
    """What one page says to somebody who looks for columns: `inspection` is what it is, `name` what it calls itself,
    `own` are the further requests of its own list, `below` the parts of the column that it is, `onward` other ways,
    the best first; `silent` is the field of a search that only a script can ask."""

    inspection: Inspection
    name: str = ""
    own: list[Request] = field(default_factory=list)
    below: list[Link] = field(default_factory=list)
    onward: list[Link] = field(default_factory=list)
    silent: str = ""

    @property
    def is_called_column(self) -> bool:
        """Whether the page calls itself a column of annual reports."""
        return is_column_name(self.name)

    @property
    def reports(self) -> int:
        """How many of its entries are reports."""
        return sum(entry.verdict == "report" and is_dated(entry) for entry in self.inspection.entries)

    @property
    def is_menu(self) -> bool:
        """Whether its entries are no more than links: none has a day or names a year."""
        return not any(map(is_dated, self.inspection.entries))

    @property
    def is_mostly_reports(self) -> bool:
        """Whether its entries are reports, and not a few reports among the news."""
        return 2 * self.reports > len(self.inspection.entries)


def survey(page: Page) -> Survey:
    """Look at a page for columns of annual reports."""
    inspection = inspect(page)
    if inspection.page_class in {"file", "gone", "error", "challenge"}:
        return Survey(inspection)
    markup = Markup(page)
    name = _name(markup, inspection)
    found = _best([*_links(markup, inspection), *_searches(markup)])
    parts = {urls.key(request.url) for request in children(markup, inspection.entries)}
    own = [request for request in inspection.next if urls.key(request.url) not in parts]
    below: list[Link] = []
    if is_column_name(name):
        below = _below(markup, inspection)
        taken = {identity(link.url) for link in below}
        found = [link for link in found if identity(link.url) not in taken]
    if inspection.page_class == "other":
        found += [Link(r.url, "", "section", 25, ("frame",)) for r in shells(markup)]
    return Survey(
        inspection, name, own, below, sorted(found, key=lambda link: -link.score), silent_search(markup)
    )


def identity(url: str) -> str:
    """What addresses of one column have in common: `urls.key`, an index and its folder being one, and what stands
    behind `#` where that tells columns apart (gkmlpt)."""
    address, _, fragment = url.partition("#")
    known = re.sub(r"/(?:(?:index|default)\.\w{2,5})?$", "", urls.key(address))
    return f"{known}#{fragment}" if fragment and "/gkmlpt/" in address else known


def is_column_name(text: str) -> bool:
    """Whether a text names a column of our reports."""
    folded = fold(text)
    return bool(_CALLED.search(folded)) and not OTHERS.search(folded)


def kinds_named(text: str) -> tuple[str, ...]:
    """The kinds of units that a column's name says it hosts."""
    folded = fold(text)
    return tuple(kind for pattern, kinds in LEVELS if pattern.search(folded) for kind in kinds)


def is_dated(entry: Entry) -> bool:
    """Whether an entry is a report's, and no item of a menu that names a column."""
    return bool(entry.published_on or years(fold(entry.title)))


def is_unit_name(text: str) -> bool:
    """Whether a text names one unit, and no kind of units."""
    name = re.sub(r"(?:政府)?(?:信息)?(?:公开)?(?:工作)?(?:年度报告|年报)$", "", fold(text))
    return bool(UNIT.search(name)) and not GENERIC.fullmatch(name)


def year_named(text: str) -> int | None:
    """The one year that the text of a link names."""
    named = set(years(fold(text)))
    return named.pop() if len(named) == 1 else None


def column_of(article: str) -> str | None:
    """The address of the column in which an article stands, as its own address tells it."""
    path = urlsplit(article).path
    for pattern, column in FROM_ARTICLES:
        if pattern.search(path):
            return urljoin(article, pattern.sub(column, path))
    return None


def _name(markup: Markup, inspection: Inspection) -> str:
    """What a page calls itself: its breadcrumb's end, the tag `ColumnName`, or its title."""
    named = markup.meta.get("columnname", "")
    if inspection.page_class == "article":
        return named
    crumbs = [seen(node) for node, _ in markup.links if _is_crumb(node)]
    title = re.split(r"\s*[-_|—–]+\s*", markup.head_title)[0]
    own = crumbs[-1] if crumbs else ""
    return next((text for text in (named, title, own) if is_column_name(text)), named or title or own)


def _links(markup: Markup, inspection: Inspection) -> Iterator[Link]:
    listed = [entry for entry in inspection.entries if entry.verdict == "report" and is_dated(entry)]
    entries = {urls.key(entry.url) for entry in listed}
    own = identity(markup.page.url)
    of_report = inspection.page_class == "article" and verdict(inspection.title or "") == "report"
    crumbs = [(node, url) for node, url in markup.links if _is_crumb(node)]
    for node, url in markup.links:
        address = _whole(node, url)
        if urls.key(url) in entries or identity(address) == own or PAGER.match(seen(node)):
            continue
        if link := _link(node, address):
            yield link
    for entry in listed:
        if not urls.is_document(entry.url):
            yield Link(entry.url, entry.title, "report", 35, (f"lists the report {entry.title}",))
    if of_report and crumbs:
        node, url = crumbs[-1]
        yield Link(url, seen(node), "column", 60, (f"breadcrumb of the report {inspection.title}",))
    if of_report and (column := column_of(markup.page.url)):
        yield Link(column, "", "column", 55, (f"the address of the report {inspection.title}",))


def _link(node: Element, url: str) -> Link | None:
    text = " ".join((node.get("title") or "").split()) or seen(node)
    folded = fold(text)
    if urls.file_type(url) or OTHERS.search(folded):
        return None
    told = f"link {text}"
    if years(folded) and verdict(text) == "report" and urls.looks_like_article(url):
        return Link(url, text, "report", 35, (told,))
    for mark in TEXTS:
        if mark.pattern.search(folded):
            bonus = _BREADCRUMB_BONUS if mark.role == "column" and _is_crumb(node) else 0
            witnesses = (told, "breadcrumb") if bonus else (told,)
            return _with_slug(Link(url, text, mark.role, mark.score + bonus, witnesses))
    return _with_slug(Link(url, text, "section", 0, (told,) if text else ()))


def _with_slug(link: Link) -> Link | None:
    """The link with what its address tells; nothing where neither text nor address tells anything."""
    last = "/".join(["", *urlsplit(link.url).path.split("/")[-3:]])
    for mark in SLUGS if not urls.looks_like_article(link.url) else ():
        if match := mark.pattern.search(last):
            witnesses = (*link.witnesses, f"address {match[0].strip('/')}")
            if link.role == "column":
                return Link(link.url, link.text, "column", link.score + 10, witnesses)
            return Link(link.url, link.text, mark.role, max(mark.score, link.score), witnesses)
    return link if link.score else None


def _below(markup: Markup, inspection: Inspection) -> list[Link]:
    """The parts of a column: those that a walk finds below it, and links beside it that name a level or a year."""
    texts: dict[str, str] = {}
    for node, url in markup.links:
        texts.setdefault(urls.key(url), seen(node) or node.get("title") or "")
    found = []
    for request in children(markup, inspection.entries):
        text = texts.get(urls.key(request.url), "")
        if not OTHERS.search(fold(text)):
            found.append(Link(request.url, text, "below", 75, (f"{text} below the column",)))
    if inspection.entries or found:
        return found
    own = identity(markup.page.url)
    for node, url in markup.links:
        text = seen(node)
        named = YEAR.match(fold(text)) or (kinds_named(text) and len(fold(text)) <= 10)
        if named and identity(url) != own and not OTHERS.search(fold(text)):
            found.append(Link(url, text, "below", 65, (f"{text} beside the column's name",)))
    return list({identity(link.url): link for link in reversed(found)}.values())[::-1]


def _searches(markup: Markup) -> Iterator[Link]:
    for request in searches(markup):
        yield Link(request.url, QUERY, "search", 10, (f"search for {QUERY}",), request.form, request.encoding)


def _is_crumb(node: Element) -> bool:
    for ancestor in islice(node.iterancestors(), 3):
        if _CRUMB_CLASS.search(f"{ancestor.get('id') or ''} {ancestor.get('class') or ''}"):
            return True
        if next(islice(ancestor.iter("a"), _CRUMB_LINKS, None), None) is not None:
            return False
        text = seen(ancestor)
        if len(text) > _CRUMB_CHARACTERS:
            return False
        if _CRUMBS.search(text):
            return True
    return False


def _whole(node: Element, url: str) -> str:
    """The address with what stands behind `#`, which tells gkmlpt's categories apart."""
    fragment = (node.get("href") or "").strip().partition("#")[2]
    return f"{url}#{fragment}" if fragment.isdigit() and "/gkmlpt/" in url else url


def _best(links: list[Link]) -> list[Link]:
    """One link for each address: the best, with the witnesses of all."""
    found: dict[str, Link] = {}
    for link in links:
        known = found.get(identity(link.url), link)
        best = max(known, link, key=lambda one: one.score)
        witnesses = tuple(dict.fromkeys((*known.witnesses, *link.witnesses)))
        found[identity(link.url)] = replace(best, witnesses=witnesses)
    return list(found.values())
