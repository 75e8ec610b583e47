"""An article: where its body is, its title, its date, the files that belong to it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from operator import itemgetter
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from parsers.pictures import is_shown, lacks_a_table
from parsers.portals import urls
from parsers.portals.dates import find_date, url_date
from parsers.portals.markup import Markup, pieces, seen
from parsers.portals.model import Attachment
from parsers.trees import Element

TITLE_META = ("articletitle", "article-title", "title")
DATE_META = ("pubdate", "publishdate", "publish-date", "article:published_time", "firstpublishedtime")

_DATE_LABEL = re.compile(r"(?:发布|发文|公开|更新|生成|录入|成文)?(?:日期|时间)\s*[:：】\]]?\s*(.{8,24})")
_TITLE_CLASS = re.compile(r"(?:^|[\s_-])(?:\w*title\w*|\w*bt|tit|biaoti)(?:$|[\s_-])", re.IGNORECASE)
_ARTICLE_TITLE = re.compile(r"(?:article|detail)[-_]?(?:title|tit|bt)", re.IGNORECASE)
_DOWNLOAD = re.compile(r"downfile|download|attachment|/attach/", re.IGNORECASE)
_FURNITURE = re.compile(
    r"(?:^|[\s_-])(?:nav\w*|menu|header|footer|foot|sidebar|friend\w*|crumbs?)(?:$|[\s_-])", re.IGNORECASE
)
_SUFFIX = re.compile(r"\s*[-_|—–]+\s*[^-_|—–]*$")
_named: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]
    "descendant-or-self::*/@id/.. | descendant-or-self::*/@class[. != 'MsoNormal']/.."
)
"""What may have the name of a body: not the many paragraphs pasted from Word."""
_FRAMES = {"iframe": "src", "embed": "src", "object": "data"}
_BODY_WEIGHT = 60
ARTICLE_WEIGHT = 400
"""What holds as much is an article without further evidence."""
_SCAN_CHARACTERS = 200
"""A body with less text than that shows its report as pictures."""


def body_of(markup: Markup, bodies: Sequence[str]) -> Element | None:
    """The element that holds the article: the first of the names that holds something, else the fullest of all.

    A name is an id (`#zoom`) or a class (`.trs_editor`), letter case apart.
    """
    named: dict[str, list[Element]] = defaultdict(list)
    for node in _named(markup.tree):
        for name in _names(node):
            named[name].append(node)
    fullest: tuple[int, Element | None] = (-1, None)
    for name in bodies:
        nodes = named.get(name, ())
        if len(nodes) == 1 and _says_enough(nodes[0]):
            return nodes[0]
        held = max(((weight(node), node) for node in nodes), key=itemgetter(0), default=None)
        if held and held[0] >= _BODY_WEIGHT:
            return held[1]
        fullest = max(fullest, held or fullest, key=itemgetter(0))
    return fullest[1]


def _names(node: Element) -> tuple[str, ...]:
    return _called(node.get("class") or "", node.get("id") or "")


@lru_cache(1024)  # a page pasted from Word has one class on all its paragraphs
def _called(classes: str, identifier: str) -> tuple[str, ...]:
    names = [f".{name}" for name in classes.lower().split()]
    return (*names, f"#{identifier.lower()}") if identifier else tuple(names)


def weight(body: Element) -> int:
    """How much an element shows: its characters, a picture or a table counting as a paragraph."""
    return _weight(body, seen(body))


def _says_enough(node: Element) -> bool:
    """Whether an element has the weight of a body by its first words, without weighing all of it."""
    lengths = accumulate(len(" ".join(piece.split())) for piece in pieces(node))
    return any(length >= _BODY_WEIGHT for length in lengths)


def _weight(body: Element, text: str) -> int:
    return len(text) + 100 * sum(1 for _ in body.iter("img", "table", "iframe", "object"))


def title_of(markup: Markup) -> str | None:
    """The article's title: the meta tag, else a heading that the page's title repeats or that is called so, else the
    page's title."""
    for name in TITLE_META:
        if found := markup.meta.get(name):
            return found
    head = markup.head_title
    for node in markup.tree.iter("h1", "h2", "h3", "div", "td", "p", "span"):
        if node.tag in {"h1", "h2", "h3"} or _TITLE_CLASS.search(node.get("class") or ""):
            text = seen(node)
            telling = node.tag == "h1" or text[:6] in head or _ARTICLE_TITLE.search(node.get("class") or "")
            if 6 <= len(text) <= 120 and telling:
                return text
    return _SUFFIX.sub("", head) or head or None


def date_of(markup: Markup) -> str | None:
    """The day of publication: the meta tag, else what stands by a label, else the address."""
    for name in DATE_META:
        if found := find_date(markup.meta.get(name, "")):
            return found
    for near in _DATE_LABEL.findall(markup.visible):
        if found := find_date(near.split(" ")[0]) or find_date(near):
            return found
    return url_date(markup.page.url)


_VIEWER = re.compile(r"""(?:showVsbpdfIframe|PDFObject\.embed)\(\s*["']([^"']+)["']""")
"""Calls that show a file in the page: on VSB a report may be nothing else."""


def attachments_of(markup: Markup, body: Element | None) -> list[Attachment]:
    """The files of an article: linked documents, framed ones, those that a script shows, and the pictures of a body
    that lacks text or tables."""
    found: dict[str, Attachment] = {}
    for title, url in (*_linked(markup), *_framed(markup), *_shown(markup), *_pictures(markup, body)):
        if urls.key(url) != urls.key(markup.page.url):
            found.setdefault(urls.key(url), Attachment(title, url))
    return list(found.values())


def _linked(markup: Markup) -> Iterator[tuple[str, str]]:
    for node, url in markup.links:
        parts = urlsplit(url)
        if not urls.is_document(url) and not (parts.query and _DOWNLOAD.search(parts.path)):
            continue
        if not any(_is_furniture(ancestor) for ancestor in node.iterancestors()):
            yield seen(node) or (node.get("title") or "").strip() or url.rpartition("/")[2], url


def _is_furniture(node: Element) -> bool:
    names = f"{node.get('id') or ''} {node.get('class') or ''}"
    return node.tag in {"nav", "header", "footer"} or bool(_FURNITURE.search(names))


def _framed(markup: Markup) -> Iterator[tuple[str, str]]:
    for node in markup.tree.iter(*_FRAMES):
        url = urls.join(markup.base, node.get(_FRAMES[str(node.tag)]) or "")
        if url is None:
            continue
        viewed = [urls.join(url, v) for v in parse_qs(urlsplit(url).query).get("file", [])]
        for target in viewed or [url]:
            if target and urls.is_document(target):
                yield target.rpartition("/")[2], target


def _shown(markup: Markup) -> Iterator[tuple[str, str]]:
    for script in markup.scripts:
        for address in _VIEWER.findall(script):
            if url := urls.join(markup.base, address):
                yield url.rpartition("/")[2], url


def _pictures(markup: Markup, body: Element | None) -> Iterator[tuple[str, str]]:
    if body is None or not (images := list(body.iter("img"))) or not _shows_pictures(body):
        return
    for node in images:
        source = node.get("src") or ""
        url = urls.join(markup.base, source)
        if url and urls.file_type(url) in urls.PICTURES and is_shown(node):
            yield (node.get("alt") or node.get("title") or "").strip() or url.rpartition("/")[2], url


def _shows_pictures(body: Element) -> bool:
    """Whether the pictures of a body may show what its text does not say; a body that holds little is no article."""
    text = seen(body)
    return len(text) < _SCAN_CHARACTERS or (
        _weight(body, text) >= ARTICLE_WEIGHT and lacks_a_table("".join(text.split()))
    )
