"""大汉 Hanweb 信息公开 module: lists from `/module/xxgk/search.jsp`, one unit's report of one year from
`xxgkAnnualReport.jsp`."""

from __future__ import annotations

import re
from dataclasses import replace

from parsers.portals import articles, urls
from parsers.portals.interfaces import Fragments, query, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager
from parsers.trees import Element

_PAGES, _TOTAL = re.compile(r"共\s*(\d+)\s*页"), re.compile(r"共\s*(\d+)\s*条")
_AREA, _KIND = re.compile(r"(?:[?&;\"']|vc_xxgk)area=([\w,-]+)"), re.compile(r"infotypeId=(\w+)")
_SITE, _COLUMN = re.compile(r"\bjdid=(\d+)"), re.compile(r"divid=div(\d+)|/col/col(\d+)/")
_CALL = re.compile(
    r"loadDynamic\([^<\n]{0,600}?'div(\d+)'\s*,\s*'(\w*)'\s*,\s*'[^']*'\s*,\s*'[^']*'\s*,\s*'(\d*)'"
)
"""The script's call: behind the address stand the container, the kind of information, and two further on the site."""
_TREE = re.compile(r"src=[\"']([^\"']*/module/xxgk/tree\.jsp\?[^\"']*)")
_NODE = re.compile(r"funclick\(\s*\\?['\"](\w+)\\?['\"][^)]*\)[^<>]{0,80}>\s*([^<]{1,40})")
"""A node of the tree: the kind of information, and its name."""
_REPORTS = re.compile(r"年报|年度报告")
_STANDARD = re.compile(r"standardXxgk=1")
_ANSWER = re.compile(r"/(?:search|subjectinfo)\.jsp")
_REPORT_CHARACTERS = 400
"""A page with less shows no report."""
_BLANK = ("vc_title", "vc_number", "vc_filenumber", "vc_all", "texttype")


class Xxgk(Fragments):
    """The disclosure module. Some servers read the page's number from the address, some from the form: all values are
    sent in both. The answer is not filtered by column but by `infotypeId`, the `number=` of the column's address; a
    column without one leads to the tree of all kinds of information, where that of annual reports is looked up.

    Annual reports have no list of their own: each is a page whose address tells the unit and the year, and columns
    link them.
    """

    name = "xxgk"
    marks = {
        "/module/xxgk/": Mark(r"/module/xxgk/(?:search|xxgkAnnualReport|tree)\.jsp", "/module/xxgk/"),
        "loadDynamic(": Mark(r"loadDynamic\s*\(", "loadDynamic"),
    }
    interface = re.compile(r"/module/xxgk/(?:search|subjectinfo|tree|xxgkAnnualReport)\.jsp")
    report_url = re.compile(r"xxgkAnnualReport\.jsp\?.*fbtime=\d{4}")
    article_url = re.compile(
        r"/art/\d{4}/\d{1,2}/\d{1,2}/art_\d+_\d+\.html|xxgkAnnualReport\.jsp\?.*fbtime=\d{4}"
    )

    def is_fragment(self, markup: Markup) -> bool:
        """The answer of a search."""
        return bool(_ANSWER.search(markup.page.url))

    def body(self, markup: Markup) -> Element | None:
        """Of a report's own page the whole, where nothing in it is named as a body."""
        found, whole = super().body(markup), markup.tree.find("body")
        if found is not None or whole is None or not self.report_url.search(markup.page.url):
            return found
        return whole if articles.weight(whole) >= _REPORT_CHARACTERS else None

    def parts(self, markup: Markup) -> list[Request]:
        """The search that fills the column's page, or the tree that tells what to search for."""
        if "articletitle" in markup.meta or any(self.report_url.search(url) for _, url in markup.links):
            return []
        if "/tree.jsp" in markup.page.url:
            named = {kind for kind, name in _NODE.findall(markup.text) if _REPORTS.search(name)} or {""}
            return [replace(_search(markup, kind), guess=len(named) > 1) for kind in sorted(named)]
        area, call = _area(markup), _CALL.search(markup.text)
        kind = query(markup.page.url).get("number") or _first(_KIND, markup) or (call[2] if call else "")
        if self.interface.search(markup.page.url) or not (area or kind.strip("0")):
            return []
        if _column(markup) is None and not _TREE.search(markup.text):
            return []
        tree = _TREE.search(markup.text)
        if not kind.strip("0") and tree and (url := urls.join(markup.base, tree[1].replace("&amp;", "&"))):
            return [Request(with_query(url, {"jdid": call[3]}) if call else url, part=True)]
        return [_search(markup, kind)]

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


def _search(markup: Markup, kind: str) -> Request:
    """The first page of what the search has of a kind."""
    call, here = _CALL.search(markup.text), query(markup.page.url)
    site = here.get("jdid") or _first(_SITE, markup) or (call[3] if call else "") or "1"
    values = {
        "infotypeId": kind,
        "jdid": site,
        "area": _area(markup),
        "divid": here.get("divid") or f"div{_column(markup) or 4}",
        **dict.fromkeys(_BLANK, ""),
        "fbtime": "-1",
        "sortfield": ",compaltedate:0",
    }
    if _STANDARD.search(markup.text + markup.page.url):
        values |= {"standardXxgk": "1", "isAllList": "1"}
    url = urls.join(markup.base, "/module/xxgk/search.jsp") or ""
    return _page(with_query(url, values), 1, part=True)


def _area(markup: Markup) -> str:
    """The organisation's code: in the page's address, or in its source; on some servers none is needed."""
    here = query(markup.page.url)
    return here.get("vc_xxgkarea") or here.get("area") or _first(_AREA, markup)


def _column(markup: Markup) -> str | None:
    """The number of the container that the search fills."""
    call, said = _CALL.search(markup.text), _COLUMN.search(markup.text + markup.page.url)
    return call[1] if call else (said[1] or said[2]) if said else None


def _first(pattern: re.Pattern[str], markup: Markup) -> str:
    return found[1] if (found := pattern.search(markup.text)) else ""
