"""Dialects of single regions, each known from one source: 石家庄, 安康."""

from __future__ import annotations

import re

from parsers.portals import urls
from parsers.portals.family import Family
from parsers.portals.interfaces import Fragments, query, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager

_UUID = r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"
_BLOCK = re.compile(rf"/columns/{_UUID}/templates/[\w-]+/blocks/[\w-]+")
_NODE_PAGE = re.compile(r"/Node-(\d+)(?:_(\d+))?\.html$")


class Shijiazhuang(Fragments):
    """石家庄 and its counties: the rows are a block of the column's template, asked for page by page until one is
    empty."""

    name = "shijiazhuang"
    marks = {"/columns/UUID/templates/": Mark(_BLOCK.pattern, "/columns/")}
    interface = re.compile(_BLOCK.pattern + r"\?")
    address = re.compile(rf"/columns/{_UUID}/")
    article_url = re.compile(rf"/columns/{_UUID}/\d{{6}}/\d\d/{_UUID}\.html$")

    def parts(self, markup: Markup) -> list[Request]:
        """The block that the page names."""
        block = _BLOCK.search(markup.text)
        if block is None or self.is_fragment(markup) or self.is_article(markup.page.url):
            return []
        url = urls.join(markup.base, block[0]) or ""
        return [Request(with_query(url, {"page": 1, "fix": 0}), part=True)]

    def pager(self, markup: Markup) -> Pager:
        """The next number, as long as there are rows."""
        if not self.is_fragment(markup) or not markup.links:
            return Pager((), 0 if self.is_fragment(markup) else None)
        page = int(query(markup.page.url).get("page") or 1)
        return Pager((Request(with_query(markup.page.url, {"page": page + 1})),))


class Ankang(Family):
    """安康 and its counties: `/Node-ID.html`, then `/Node-ID_2.html`; the last link of the pager has the count."""

    name = "ankang"
    marks = {"/Content-ID": Mark(r"/(?:Wap)?Content-\d+\.html[\"'?#]", "/Content-", "/WapContent-")}
    address = re.compile(r"/(?:Node|(?:Wap)?Content)-\d+(?:_\d+)?\.html$")
    article_url = re.compile(r"/(?:Wap)?Content-\d+\.html$")

    def pager(self, markup: Markup) -> Pager:
        """The next number up to the greatest that is linked."""
        own = _NODE_PAGE.search(markup.page.url)
        if own is None:
            return link_pager(markup)
        found = [m for _, url in markup.links if (m := _NODE_PAGE.search(url)) and m[1] == own[1]]
        current = int(own[2] or 1)
        last = max([current, *(int(m[2] or 1) for m in found)])
        url = urls.with_page(markup.page.url, f"Node-{own[1]}_{current + 1}.html")
        return Pager((Request(url),) if current < last else (), last, f"page {current} of {last}")
