"""Pages nested deeper than libxml2 goes: it stops in silence where it has had enough, and what follows is lost.

Word and old editors open a `<font>` for every change of type and never close one; browsers show such a page whole.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import HTMLParser

_DEEPEST = 200
"""libxml2 goes to 256."""
_ROWS = frozenset(
    {"table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "ul", "ol", "li", "a", "p"}
)
"""Elements that stay however deep they stand, for they say what belongs together."""


def stopped(parser: HTMLParser) -> bool:
    """Whether a parser gave its last page up for its depth."""
    return any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log)


def shallow(text: str) -> str:
    """The page with nothing lost, and without the elements that stand too deep and only dress what they hold."""
    from bs4 import BeautifulSoup, XMLParsedAsHTMLWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(text, "html.parser")
    depth = {id(soup): 0}
    for element in soup.find_all(True):
        depth[id(element)] = depth[id(element.parent)] + 1
        # To unwrap thousands of elements takes minutes; a hidden one is written without its tags.
        element.hidden = depth[id(element)] > _DEEPEST and element.name not in _ROWS
    return str(soup)
