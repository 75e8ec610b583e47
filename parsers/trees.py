"""The tree of a page. What a page is and what stands in it are asked of one tree, for most of the time that either
takes goes into making it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

from lxml import etree

from parsers.deep import shallow, stopped
from parsers.readers.html_dress import cell_tags, undressed

Element: TypeAlias = etree._Element

_PARSER = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False)
_END = re.compile(rb"</(?:body|html)\s*>", re.IGNORECASE)
"""A page pasted into another brings its end along, at which libxml2 drops the rest of an open table."""
_ENDS = re.compile(rb"(?:</(?:body|html)\s*>\s*)*", re.IGNORECASE)
"""What a page ends with that holds no other."""
_cells: Callable[[Element], float] = etree.XPath(  # type: ignore[assignment]
    "count(//table/tr/td | //table/*/tr/td)"
)
"""How many cells of tables a page has, those of headers apart."""


class Tree(NamedTuple):
    """A page in UTF-8, the `markup` that was made of it to be parsed, and the tree; none where nothing is in it."""

    source: bytes
    markup: bytes
    root: Element | None


_last: list[Tree] = []


def looked_at(source: bytes) -> Element | None:
    """The tree of a page, which is not to be changed: the next who asks for the same page has the same. `None` where
    libxml2 finds nothing in it or gives it up."""
    for tree in _last:
        if tree.source == source:
            return tree.root
    try:
        tree = _parsed(source, flat=False)
    except etree.XMLSyntaxError:
        return None
    _last[:] = [tree] if tree.root is not None else []
    return tree.root


def taken(source: bytes) -> Tree:
    """The tree of a page for one who changes it: nobody else is given it."""
    last = _last.pop() if _last else None
    return last if last and last.source == source else _parsed(source, flat=True)


def _parsed(source: bytes, *, flat: bool) -> Tree:
    """The tree of a page, where libxml2 gives it up that of the page made flat."""
    bare = undressed(source)
    tree = _parsed_as(source, bare, flat)
    if tree.root is None or len(bare) == len(source) or _cells(tree.root) == cell_tags(bare):
        return tree
    # A cell inside another is parted from it by what it is dressed in.
    return _parsed_as(source, source, flat)


def _parsed_as(source: bytes, markup: bytes, flat: bool) -> Tree:
    markup = _joined(markup)
    root: Element | None = etree.fromstring(markup, parser=_PARSER)
    if stopped(_PARSER):
        root = etree.fromstring(shallow(markup.decode()).encode(), parser=_PARSER) if flat else None
    return Tree(source, markup, root)


def _joined(markup: bytes) -> bytes:
    """A page without the ends of those that are pasted into it."""
    lower = markup.lower()
    ends = [end for sign in (b"</body", b"</html") if (end := lower.find(sign)) >= 0]
    return markup if not ends or _ENDS.fullmatch(markup, min(ends)) else _END.sub(b"", markup)
