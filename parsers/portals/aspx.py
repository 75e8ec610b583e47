"""The older Epoint grid in ASP.NET: pages are turned by posting the form of the page itself."""

from __future__ import annotations

import re

from parsers.portals.family import Family
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_TURN = re.compile(r"__doPostBack\(\s*'([^']*Pager[^']*)'\s*,")


class EpointAspx(Family):
    """The grid. Every page is asked for with the hidden fields of the one before: the server refuses old ones."""

    name = "epoint_aspx"
    marks = {  # noqa: RUF012 - a declaration, never changed
        "MoreInfoList": re.compile(r"id=[\"']MoreInfoList\d*_(?:Pager|DataGrid)"),
        "__doPostBack pager": re.compile(r"__doPostBack\('[^'\n]{1,80}Pager"),
    }
    article_url = re.compile(r"[?&]InfoID=[\w-]+", re.IGNORECASE)

    def pager(self, markup: Markup) -> Pager:
        """The numbers of records and pages and the current one stand in bold, in this order."""
        turn = _TURN.search(markup.text.replace("&#39;", "'"))
        box = next((n for n in markup.tree.iter("div", "td") if (n.get("id") or "").endswith("_Pager")), None)
        counts = [int(t) for node in box.iter("b") if (t := seen(node)).isdigit()] if box is not None else []
        if turn is None or len(counts) < 3:
            return Pager()
        total, pages, current = counts[:3]
        ahead = (
            (Request(markup.page.url, "POST", _form(markup, turn[1], current + 1)),)
            if current < pages
            else ()
        )
        return Pager(ahead, pages, f"page {current} of {pages}", total)


def _form(markup: Markup, target: str, page: int) -> tuple[tuple[str, str], ...]:
    hidden = {
        node.get("name") or "": node.get("value") or ""
        for node in markup.tree.iter("input")
        if (node.get("type") or "").lower() == "hidden" and node.get("name")
    }
    return tuple({**hidden, "__EVENTTARGET": target, "__EVENTARGUMENT": str(page)}.items())
