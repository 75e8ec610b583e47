"""The older Epoint grid in ASP.NET: pages are turned by posting the form of the page itself."""

from __future__ import annotations

import re

from parsers.portals.family import Family
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_TURN = re.compile(r"__doPostBack\(\s*'([^']*Pager[^']*)'\s*,\s*'(\d*)'")
_SAID = {
    "total": re.compile(r"记录总数\D{0,4}(\d+)|共\D{0,4}(\d+)\s*条"),
    "pages": re.compile(r"总页数\D{0,4}(\d+)|共\D{0,4}(\d+)\s*页|\d+\s*/\s*(\d+)"),
    "page": re.compile(r"当前页\D{0,4}(\d+)|第\D{0,4}(\d+)\s*页|(\d+)\s*/\s*\d+"),
}
"""How pagers say in words how many records and pages there are, and which page it is."""


class EpointAspx(Family):
    """The grid. Every page is asked for with the hidden fields of the one before: the server refuses old ones."""

    name = "epoint_aspx"
    marks = {
        "MoreInfoList": Mark(r"id=[\"']MoreInfoList\d*_(?:Pager|DataGrid)", "MoreInfoList"),
        "__doPostBack pager": Mark(r"__doPostBack\('[^'\n]{1,80}Pager", "__doPostBack"),
    }
    article_url = re.compile(r"[?&]InfoID=[\w-]+", re.IGNORECASE)

    def pager(self, markup: Markup) -> Pager:
        """The next number, up to the number of pages."""
        turns = _TURN.findall(markup.text.replace("&#39;", "'"))
        total, pages, current = _counts(markup, [int(number) for _, number in turns if number])
        if not turns:
            return Pager((), pages, f"page {current} of {pages}" if pages else "", total)
        ahead = (_turned(markup, turns[0][0], current + 1),) if current < (pages or 0) else ()
        return Pager(ahead, pages, f"page {current} of {pages}", total)


def _counts(markup: Markup, turns: list[int]) -> tuple[int | None, int | None, int]:
    """The numbers of records and pages and the current page. They stand in bold, in this order; or words say them; or
    the links that turn pages show how far they go, and what was asked for is the page."""
    box = next((n for n in markup.tree.iter("div", "td") if (n.get("id") or "").endswith("_Pager")), None)
    bold = [int(t) for node in box.iter("b") if (t := seen(node)).isdigit()] if box is not None else []
    if len(bold) >= 3:
        return bold[0], bold[1], bold[2]
    text = seen(box) if box is not None else ""
    said = {name: _first(pattern.search(text)) for name, pattern in _SAID.items()}
    asked = dict(markup.page.asked.form if markup.page.asked else ()).get("__EVENTARGUMENT", "")
    current = said["page"] or int(asked or 1)
    return said["total"], said["pages"] or max([current, *turns]), current


def _first(match: re.Match[str] | None) -> int | None:
    return next((int(group) for group in match.groups() if group), None) if match else None


def _turned(markup: Markup, target: str, page: int) -> Request:
    hidden = {
        node.get("name") or "": node.get("value") or ""
        for node in markup.tree.iter("input")
        if (node.get("type") or "").lower() == "hidden" and node.get("name")
    }
    form = {**hidden, "__EVENTTARGET": target, "__EVENTARGUMENT": str(page)}
    return Request(markup.page.url, "POST", tuple(form.items()), encoding=markup.encoding)
