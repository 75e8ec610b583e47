"""The column of a list: where it is one of annual reports, a year alone is the title of a report."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from parsers.portals import urls
from parsers.portals.discovery_marks import OTHERS, SLUGS
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Verdict
from parsers.portals.rows import Row
from parsers.portals.verdicts import is_bare, verdict
from parsers.text import fold
from parsers.trees import Element

_CALLED = re.compile(r"年报|年度报告")
_BUREAU = re.compile(r"[\u3400-\u9fff]{0,12}?局")
"""财政局 and 统计局 report on disclosure too; what else is called so reports on finances and statistics."""
_DISCLOSED = re.compile(r"(?:信息|政务|主动)公开")
_CRUMB = re.compile(r"(?:当前|您|你|现在|所在).{0,4}位置|首页\s*(?:>|»|›|/|-|→)")
_CRUMB_CLASS = re.compile(r"position|crumb|location|dqwz|weizhi", re.IGNORECASE)
_CRUMB_CHARACTERS = 160
_LABEL_CHARACTERS = 12
"""An element with no more text than that holds the label of a breadcrumb; the breadcrumb is around it."""


class Column:
    """The column that a list stands in: it tells what a row is where the row's title does not.

    Witnesses of its name are `said` (what an interface calls it), the tag `ColumnName`, the title, the headings and
    the breadcrumb; menus are none, for they name the column on every page of a portal.
    """

    def __init__(self, markup: Markup, said: str = "", report_url: re.Pattern[str] | None = None) -> None:
        self._markup, self._said, self._report_url = markup, said, report_url

    def verdict(self, row: Row) -> Verdict:
        """What a row is: by its title; where that is a year or a unit alone, by its address or by the column."""
        told = verdict(row.title, cut=row.cut)
        if told == "report" or not is_bare(row.title):
            return told
        by_address = self._report_url is not None and bool(self._report_url.search(row.url))
        listed = row.published_on is not None or urls.is_document(row.url)
        return "report" if by_address or (listed and self.is_of_reports) else told

    @cached_property
    def is_of_reports(self) -> bool:
        """Whether it holds reports on disclosure, and no other annual reports: it is called so, or it is called 年报
        and stands under 信息公开 or at an address that says so."""
        names = [fold(name) for name in (self._said, *_names(self._markup)) if name]
        if any(OTHERS.search(_BUREAU.sub("", name)) for name in names):
            return False
        if not any(_CALLED.search(name) for name in names):
            return False
        addressed = any(mark.pattern.search(self._markup.page.url) for mark in SLUGS)
        return addressed or any(_DISCLOSED.search(name) for name in names)


def _names(markup: Markup) -> Iterator[str]:
    yield markup.meta.get("columnname", "")
    yield re.split(r"\s*[-_|—–]+\s*", markup.head_title)[0]
    for node in markup.tree.iter("h1", "h2", "h3"):
        yield from [text] if len(text := seen(node)) <= _CRUMB_CHARACTERS and _CALLED.search(text) else []
    yield from _crumbs(markup)


def _crumbs(markup: Markup) -> Iterator[str]:
    for node in markup.tree.iter("div", "p", "ul", "td", "span", "nav", "dl"):
        classed = _CRUMB_CLASS.search(f"{node.get('id') or ''} {node.get('class') or ''}")
        if classed or _CRUMB.search(node.text or ""):
            text = seen(_around(node))
            if len(text) <= _CRUMB_CHARACTERS:
                yield text


def _around(node: Element) -> Element:
    parent = node.getparent()
    return parent if parent is not None and len(seen(node)) <= _LABEL_CHARACTERS else node
