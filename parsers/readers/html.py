"""HTML: the article's text and tables in reading order; the page's head and meta tags into `Document.meta`.

Besides `title` and the meta tags, `meta` holds `before` and `after`: the lines of the page around the article,
and `links`: how many lines of the page are nothing but a link.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from functools import lru_cache

from ahocorasick_rs import BytesAhoCorasick
from lxml import etree

from parsers import trees
from parsers.document import Block, Document, Grid
from parsers.pictures import is_shown
from parsers.readers.encoding import as_utf8
from parsers.readers.html_pictures import take_out
from parsers.readers.html_tables import (
    Element,
    expand,
    full_text,
    is_layout,
    note_drawn,
    note_faint,
    note_hidden,
    own_cells,
)
from parsers.sections import heading

CONTAINER_IDS = re.compile(
    r"zoom|zoomcon|ucap-content|ivs_content|webeditorview|article|vsb_content\w*|barrierfree_container|mainText"
    r"|contentText|artibody|news_content|xxgk_content",
    re.IGNORECASE,
)
CONTAINER_CLASSES = re.compile(
    r"trs_editor|trs_editor_view|v_news_content|custom_unionstyle|xxgk_content|article-content|artile_zw|art_con"
    r"|main-txt|info-cont|content-body|article_content|news_content|gkxl_article|view-content|ewb-article-info",
    re.IGNORECASE,
)
"""How the systems that portals run on name the body of an article."""

STATUTORY = ("本年新收", "本年制发件数", "本年新制作", "结果维持")
META = {
    name.lower(): name
    for name in ("ArticleTitle", "PubDate", "ContentSource", "SiteName", "ColumnName", "Author", "Keywords")
}
LINES_BEFORE, LINES_AFTER = 60, 20
FEWEST_LETTERS = 40
"""An article has more."""

_is_skipped = lru_cache(maxsize=256)(
    re.compile("script|style|noscript|template|select|button|textarea|iframe|svg|head").fullmatch
)
_is_block = lru_cache(maxsize=256)(
    re.compile(
        "address|article|aside|blockquote|body|caption|center|d[dlt]|div|fieldset|figure|footer|form|h[1-6]|header|hr"
        "|html|legend|li|main|nav|[ou]l|p|pre|section|table|t[dhr]|ucapcontent"
    ).fullmatch
)
_SPACES, _BLANK = " \t\r\n\f", "\xa0\u3000"
_SPACE = re.compile(f"[{_SPACES}]+")
_named: Callable[[Element], list[Element]] = etree.XPath(  # type: ignore[assignment]
    "descendant-or-self::*/@id/.. | descendant-or-self::*/@class[. != 'MsoNormal']/.."
    " | descendant-or-self::ucapcontent"
)
"""What may have the name of a container: not the many paragraphs pasted from Word."""

DRAWN = (b"line-through", b"align:su", b"align: su")
"""Where none of these stands in a page, no style raises or strikes anything in it."""

FAINT = (b"visibility", b"opacity", b"font-size:0", b"font-size: 0")
"""Where none of these stands in a page, no style leaves room for what cannot be seen."""

_PICTURE_SIGN = b"data:image/"
_SIGNS = (b"display", *FAINT, *DRAWN)
_LOOKED_FOR = BytesAhoCorasick(_SIGNS).find_matches_as_indexes
"""What asks for a second look at a page, all looked for at once."""


def read(data: bytes) -> Document:
    """The document in the bytes of a page."""
    markup = as_utf8(data, declared=True)
    root, own = (None, {}) if markup is None else _parse(markup)
    if root is None:
        from parsers.readers import Unreadable

        raise Unreadable("html", "the page cannot be decoded or parsed")
    body = root.find("body")
    flow = _Flow(_container(root if body is None else body))
    flow.walk(root if body is None else body)
    before, items, after = flow.parts()
    meta = {**_meta(root), "links": str(flow.links)}
    meta["before"] = "\n".join(_lines(before)[-LINES_BEFORE:])
    meta["after"] = "\n".join(_lines(after)[:LINES_AFTER])
    pictures = tuple(dict.fromkeys(flow.pictures))
    return Document(
        "html",
        items,
        meta,
        pictures=pictures,
        inline={n: own[n] for n in pictures if n in own},
        is_open=_ends_in_table(markup or b""),
    )


def _ends_in_table(markup: bytes) -> bool:
    """Whether the last table of a page is never closed."""
    last = markup[max(0, markup.rfind(b"<table"), markup.rfind(b"</table")) :]
    begun = max(last.rfind(b"<table"), last.rfind(b"<TABLE"))
    return begun > max(last.rfind(b"</table"), last.rfind(b"</TABLE"))


def _parse(markup: bytes) -> tuple[Element | None, dict[str, str]]:
    """The tree of a page in UTF-8, and the pictures that it holds itself."""
    markup, own = markup.replace(b"\x00", b""), dict[str, str]()
    if _PICTURE_SIGN in markup.lower():
        text, own = take_out(markup.decode())
        markup = text.encode()
    tree = trees.taken(markup)
    if tree.root is not None:
        _note_styles(tree.root, {_SIGNS[sign] for sign, *_ in _LOOKED_FOR(tree.markup.lower())})
    return tree.root, own


def _note_styles(root: Element, signs: Collection[bytes]) -> None:
    """Make of what styles hide, raise or strike what the elements for it would be."""
    if b"display" in signs:
        note_hidden(root)
    if any(mark in signs for mark in FAINT):
        note_faint(root)
    if any(mark in signs for mark in DRAWN):
        note_drawn(root)


def _meta(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    title = root.find(".//title")
    if title is not None and (text := _SPACE.sub(" ", full_text(title)).strip()):
        found["title"] = text
    for tag in root.iter("meta"):
        name = META.get((tag.get("name") or tag.get("http-equiv") or "").strip().lower())
        content = (tag.get("content") or "").strip()
        if name and content:
            found.setdefault(name, content)
    return found


def _container(body: Element) -> Element:
    """The element that holds the article: the fullest with a known name, if the statutory words stand in it."""
    texts = {element: full_text(element) for element in _named(body) if _holds_articles(element)}
    if not texts:
        return body
    best = max(texts, key=lambda element: len(texts[element]))
    whole = full_text(body)
    lost = any(word in whole and word not in texts[best] for word in STATUTORY)
    letters = len(texts[best]) - sum(map(texts[best].count, _SPACES))
    return body if lost or letters < FEWEST_LETTERS else best


def _holds_articles(element: Element) -> bool:
    return (
        element.tag == "ucapcontent"
        or CONTAINER_IDS.fullmatch(element.get("id") or "") is not None
        or any(CONTAINER_CLASSES.fullmatch(name) for name in (element.get("class") or "").split())
    )


class _Flow:
    """Walks a page and gathers blocks and grids; lines that are nothing but a link are only counted."""

    def __init__(self, container: Element) -> None:
        self.items: list[Block | Grid] = []
        self.links = 0
        self.pictures: list[str] = []
        self._container = container
        self._around = set(container.iterancestors())
        self._span = (0, 0)
        self._text: list[str] = []
        self._linked = 0
        self._number = 0

    def parts(self) -> tuple[list[Block | Grid], list[Block | Grid], list[Block | Grid]]:
        """What stands before, in and after the container."""
        first, last = self._span
        return self.items[:first], self.items[first:last], self.items[last:]

    def walk(self, element: Element, linked: bool = False) -> None:
        """Take in an element and all it holds."""
        tag = element.tag
        if not isinstance(tag, str) or _is_skipped(tag):
            return
        if element is self._container:
            self._flush()
            first = len(self.items)
            self._children(element, linked)
            self._flush()
            self._span = (first, len(self.items))
            self._note_pictures(element)
        elif tag == "br":
            self._flush()
        elif tag == "table" and element not in self._around and not is_layout(element):
            self._flush()
            self._grid(element)
        elif _is_block(tag):
            self._flush()
            self._children(element, linked)
            self._flush()
        else:
            href = element.get("href") or "" if tag == "a" else ""
            self._children(element, linked or bool(href and not href.startswith("#")))

    def _note_pictures(self, element: Element) -> None:
        for image in element.iter("img"):
            if is_shown(image):
                self.pictures.append((image.get("src") or "").strip().rpartition("/")[2])

    def _children(self, element: Element, linked: bool) -> None:
        if text := element.text:
            self._add(text, linked)
        for child in element:
            self.walk(child, linked)
            if text := child.tail:
                self._add(text, linked)

    def _add(self, text: str, linked: bool) -> None:
        self._text.append(text)
        if linked:
            self._linked += len(text.strip())

    def _flush(self) -> None:
        if not self._text:
            return
        parts, linked = self._text, self._linked
        self._text, self._linked = [], 0
        text = "".join(parts).strip(_SPACES + _BLANK)
        if not text:
            return
        text = _SPACE.sub(" ", text)
        if linked and linked >= sum(len(part.strip()) for part in parts) and not heading(text):
            self.links += 1
            return
        self._number += 1
        self.items.append(Block(text, f"paragraph {self._number}"))

    def _grid(self, table: Element) -> None:
        if table.find(".//a[@href]") is not None:
            self.links += sum(cell.find(".//a[@href]") is not None for cell in own_cells(table))
        grid = expand(table)
        self._number += 1
        grid.place = f"table {self._number}"
        if grid.rows:
            self.items.append(grid)


def _lines(items: list[Block | Grid]) -> list[str]:
    return list(_each_line(items))


def _each_line(items: list[Block | Grid]) -> Iterator[str]:
    for item in items:
        if isinstance(item, Block):
            yield item.text
        else:
            yield from (" ".join(filter(None, row)) for row in item.rows)
