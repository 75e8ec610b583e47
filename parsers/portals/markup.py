"""A portal's page as markup: decoded, parsed once, asked often."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin

from lxml import etree

from parsers import trees
from parsers.deep import shallow, stopped
from parsers.portals import urls
from parsers.portals.encodings import BOMS, UTF_8, decode, decoded
from parsers.portals.model import Page
from parsers.trees import Element

_JSON = re.compile(r"^\s*(?:[\w$.]+\s*\(\s*)?(\{[^{}]*[:{}].*\}|\[.*\]|\{\s*\})\s*\)?\s*;?\s*$", re.DOTALL)
_COMMENTS = re.compile(r"/\*.*?\*/|(?<![:\"'\\])//[^\n]*", re.DOTALL)
_UNSEEN = frozenset({"script", "style", "noscript", "template", "title", "option"})
_HIDING = frozenset({"noscript", "template"})
_texts: Callable[[Element], list[str]] = etree.XPath(  # type: ignore[assignment]
    "descendant::text()[not(parent::script | parent::style | parent::title | parent::option)]",
    smart_strings=False,
)
_all_texts: Callable[[Element], list[str]] = etree.XPath(  # type: ignore[assignment]
    "descendant::text()", smart_strings=False
)
whole_text: Callable[[Element], str] = etree.XPath("string()", smart_strings=False)  # type: ignore[assignment]
"""All text under a node."""
_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""A page included in another brings its end along, and what stands behind it is no part of libxml2's page."""
_DOCUMENT = re.compile(r"<html\b|<!doctype\b|<body\b")
_CLOSED = {tag: re.compile(rf"<{tag}[\s>]") for tag in ("ul", "ol", "table", "div", "script")}
"""Elements whose end tags nobody leaves out."""
_MARKS = tuple(mark for mark, _ in BOMS)


def _plain(body: bytes) -> str | None:
    """The text of a page that is UTF-8 as it stands."""
    try:
        return None if body.startswith(_MARKS) or b"\x00" in body else body.decode("utf-8")
    except UnicodeDecodeError:
        return None


class Markup:
    """An HTML page or fragment; `text` is its decoded source, `tree` its lenient parse."""

    def __init__(self, page: Page) -> None:
        self.page = page
        plain = _plain(page.body)
        self._is_plain = plain is not None
        self.text = decode(page.body, page.content_type).replace("\x00", "") if plain is None else plain

    @cached_property
    def source(self) -> bytes:
        """The source in UTF-8."""
        return self.page.body if self._is_plain else self.text.encode("utf-8", "replace")

    @cached_property
    def encoding(self) -> str:
        """The encoding in which its forms are sent, and what its addresses ask for."""
        if self._is_plain and not self.page.body.isascii():
            return UTF_8
        return decoded(self.page.body, self.page.content_type)[1]

    @cached_property
    def tree(self) -> Element:
        """The parsed page; an empty one where nothing can be parsed, or where the answer is data."""
        if self.data is not None:
            return _empty()
        root = trees.looked_at(self.source)
        return _deep(self.source) if root is None else root

    @cached_property
    def data(self) -> Any:
        """What a JSON or JSONP answer holds (dictionaries and lists only); `None` for a page."""
        if not (match := _JSON.match(self.text)):
            return None
        try:
            return json.loads(match[1], strict=False)
        except ValueError:
            return None

    @cached_property
    def base(self) -> str:
        """What relative addresses are joined to: `<base href>` or the page's own address."""
        for node in self.tree.iter("base"):
            if href := (node.get("href") or "").strip():
                return str(urljoin(self.page.url, href))
        return self.page.url

    @cached_property
    def meta(self) -> dict[str, str]:
        """Meta tags by lower-case name (`name`, `http-equiv` or `property`), the first of each."""
        found: dict[str, str] = {}
        for node in self.tree.iter("meta"):
            name = node.get("name") or node.get("http-equiv") or node.get("property") or ""
            content = " ".join((node.get("content") or "").split())
            if name.strip() and content:
                found.setdefault(name.strip().lower(), content)
        return found

    @cached_property
    def links(self) -> list[tuple[Element, str]]:
        """Every link that leads to a web address, in page order."""
        found: list[tuple[Element, str]] = []
        for node in self.tree.iter("a"):
            href = node.get("href") or ""
            url = urls.join(self.base, href, UTF_8 if href.isascii() else self.encoding)
            if url is None and (code := urls.scripted(f"{node.get('onclick') or ''} {href}")):
                url = urls.join(self.base, code)
            if url is not None:
                found.append((node, url))
        return found

    @cached_property
    def head_title(self) -> str:
        """The text of `<title>`."""
        node = self.tree.find(".//title")
        return "" if node is None else " ".join(whole_text(node).split())

    @cached_property
    def scripts(self) -> list[str]:
        """Inline scripts without their comments."""
        return [_COMMENTS.sub("", node.text) for node in self.tree.iter("script") if node.text]

    @cached_property
    def unfinished(self) -> bool:
        """Whether a page ends in the middle: servers that say too short a length cut what they send, and HTTP cannot
        tell. Pages that never close `<html>` are whole where everything in them is closed."""
        source = self.text.lower()
        if not _DOCUMENT.search(source) or "</html" in source or "</body" in source:
            return False
        return not source.rstrip().endswith(">") or any(
            len(opened.findall(source)) > source.count(f"</{tag}") for tag, opened in _CLOSED.items()
        )

    @cached_property
    def without_scripts(self) -> str:
        """What a reader sees whose browser runs no scripts: the title, and what stands in `<noscript>`."""
        texts = [" ".join(whole_text(node).split()) for node in self.tree.iter("noscript")]
        return " ".join([self.head_title, *texts])

    @cached_property
    def visible(self) -> str:
        """What a reader sees, white space squeezed."""
        body = self.tree.find("body")
        return seen(self.tree if body is None else body)


def _empty() -> Element:
    return etree.Element("html")


def _deep(source: bytes) -> Element:
    """The tree of a page that libxml2 gives up as it is set."""
    parser = etree.HTMLParser(
        encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    source = _END.sub(b"", source)
    try:
        # As bytes: an XML declaration inside the text must not stop the parser.
        root: Element | None = etree.fromstring(source, parser=parser)
        if root is not None and stopped(parser):
            root = etree.fromstring(shallow(source.decode()).encode("utf-8", "replace"), parser=parser)
    except etree.XMLSyntaxError:
        return _empty()
    return _empty() if root is None else root


def pieces(node: Element, skip: Element | None = None) -> Iterator[str]:
    """The visible texts under a node, one per text node, in order; nothing of `skip`."""
    if not isinstance(node.tag, str) or node.tag in _UNSEEN or node is skip:
        return
    if node.text and node.text.strip():
        yield node.text
    for child in node:
        yield from pieces(child, skip)
        if child.tail and child.tail.strip():
            yield child.tail


def seen(node: Element) -> str:
    """Visible text of a node on one line: its `pieces`, in one query where nothing under it hides elements."""
    if not isinstance(node.tag, str) or node.tag in _UNSEEN:
        return ""
    unseen = {one.tag for one in node.iter(*_UNSEEN)}
    if unseen & _HIDING:
        texts: Iterable[str] = pieces(node)
    else:
        texts = _texts(node) if unseen else _all_texts(node)
    return " ".join(" ".join(texts).split())
