"""NFCMS (南方), the other half of 广东: static lists whose page 2 is `index_2.html`."""

from __future__ import annotations

import re

from parsers.portals.family import Family
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup, whole_text
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager
from parsers.portals.urls import with_page

_LAST = re.compile(r"尾页|末页|最后一页")
_NUMBER = re.compile(r"index_(\d+)\.html$")


class Nfcms(Family):
    """NFCMS. Lists that link only their last page are counted from 1."""

    name = "nfcms"
    marks = {"NFCMS": Mark(r"NFCMS_(?:SITE|POST|CAT\w*)_ID\b", "NFCMS_")}
    address = re.compile(r"/content/m?post_\d+\.html")
    article_url = re.compile(r"/content/m?post_\d+\.html$")

    def pager(self, markup: Markup) -> Pager:
        """The link to the next page, else one more than the own number up to the last page's."""
        last = next(
            (m for n, u in markup.links if _LAST.search(whole_text(n)) and (m := _NUMBER.search(u))), None
        )
        pager, own = link_pager(markup), _NUMBER.search(markup.page.url)
        pages = int(last[1]) if last else pager.pages
        if (pager.next and not pager.next[0].guess) or last is None:
            return Pager(pager.next, pages, pager.said)
        current = int(own[1]) if own else 1
        ahead = (
            (Request(with_page(markup.page.url, f"index_{current + 1}.html")),)
            if current < int(last[1])
            else ()
        )
        return Pager(ahead, pages, f"page {current} of {last[1]}")
