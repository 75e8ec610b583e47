"""大汉 Hanweb 信息公开 module: lists from `/module/xxgk/search.jsp`, one unit's report of one year from
`xxgkAnnualReport.jsp`."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from parsers.portals import articles, urls
from parsers.portals.interfaces import Fragments, query, with_query
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_PAGES, _TOTAL = re.compile(r"共\s*(\d+)\s*页"), re.compile(r"共\s*(\d+)\s*条")
_AREA, _KIND = re.compile(r"[?&\"']area=(\w+)"), re.compile(r"infotypeId=(\w+)")
_SITE, _COLUMN = re.compile(r"\bjdid=(\d+)"), re.compile(r"divid=div(\d+)|/col/col(\d+)/")
_REPORT_CHARACTERS = 400
"""A page with less shows no report."""
_BLANK = ("vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype")


class Xxgk(Fragments):
    """The disclosure module. Some servers read the page's number from the address, some from the form: all values are
    sent in both. The answer is not filtered by column but by `infotypeId`, the `number=` of the column's address.

    Annual reports have no list of their own: each is a page whose address tells the unit and the year, and columns
    link them.
    """

    name = "xxgk"
    marks = {  # noqa: RUF012 - a declaration, never changed
        "/module/xxgk/": re.compile(r"/module/xxgk/(?:search|xxgkAnnualReport|tree)\.jsp"),
        "loadDynamic(": re.compile(r"loadDynamic\s*\("),
    }
    interface = re.compile(r"/module/xxgk/(?:search|xxgkAnnualReport)\.jsp")
    report_url = re.compile(r"xxgkAnnualReport\.jsp\?.*fbtime=\d{4}")
    article_url = re.compile(
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|xxgkAnnualReport\.jsp\?.*fbtime=\d{4}"
    )

    def is_fragment(self, markup: Markup) -> bool:
        """The answer of the search."""
        return "search.jsp" in markup.page.url

    def body(self, markup: Markup) -> HtmlElement | None:
        """Of a report's own page the whole, where nothing in it is named as a body."""
        found, whole = super().body(markup), markup.tree.find("body")
        if found is not None or whole is None or not self.report_url.search(markup.page.url):
            return found
        return whole if articles.weight(whole) >= _REPORT_CHARACTERS else None

    def parts(self, markup: Markup) -> list[Request]:
        """The search that fills the column's page."""
        area, column = _AREA.search(markup.text), _COLUMN.search(markup.text + markup.page.url)
        if (
            "articletitle" in markup.meta
            or any(self.report_url.search(url) for _, url in markup.links)
            or area is None
            or column is None
            or self.interface.search(markup.page.url)
        ):
            return []
        kind, site = _KIND.search(markup.text), _SITE.search(markup.text)
        values = {
            "infotypeId": query(markup.page.url).get("number") or (kind[1] if kind else ""),
            "jdid": site[1] if site else "1",
            "area": area[1],
            "divid": f"div{column[1] or column[2]}",
            **dict.fromkeys(_BLANK, ""),
            "fbtime": "-1",
            "sortfield": ",compaltedate:0",
        }
        url = urls.join(markup.base, "/module/xxgk/search.jsp") or ""
        return [_page(with_query(url, values), 1, part=True)]

    def pager(self, markup: Markup) -> Pager:
        """The counts in the answer's text."""
        pages, total = _PAGES.search(markup.visible), _TOTAL.search(markup.visible)
        if not self.is_fragment(markup) or pages is None:
            return Pager()
        current = int(query(markup.page.url).get("currpage") or 1)
        ahead = (_page(markup.page.url, current + 1),) if current < int(pages[1]) else ()
        return Pager(ahead, int(pages[1]), pages[0], int(total[1]) if total else None)


def _page(url: str, number: int, *, part: bool = False) -> Request:
    address = with_query(url, {"currpage": number})
    return Request(address, "POST", tuple(query(address).items()), part=part)
