"""博达 VSB: static lists whose further pages stand in a folder named after the first and count down."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from parsers.portals.family import Family
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager

_TOTAL = re.compile(r"_simple_list_gotopage_fun\(\s*(\d+)\s*,")
_PAGE = re.compile(r"^(.*?)(?:/(\d+))?\.html?$")


class Vsb(Family):
    """VSB. The link to the next page is followed; the number of the last page is computed only where there is none,
    for the numbers shift when articles are added."""

    name = "vsb"
    marks = {
        "gotopage": Mark("_simple_list_gotopage_fun"),
        "gotopage.js": Mark(r"/gotopage\.js", "/gotopage.js"),
        "/system/resource/": Mark("system/resource/(?:js|css)/", "system/resource/"),
        "_showDynClickBatch": Mark("_showDynClick"),
        "vsb_content": Mark("v(?:sb|_news)_content", "vsb_content", "v_news_content"),
        "p_next": Mark(r"class=[\"']p_(?:next|pages|fun|no)\b", 'class="p_', "class='p_"),
        "wbtreeid": Mark(r"urltype=\w+\.\w+&(?:amp;)?wbtreeid=", "wbtreeid="),
    }
    address = re.compile(r"[?&]urltype=[\w.]+&wbtreeid=\d|/info/egovinfo/")
    article_url = re.compile(
        r"/info/(?:egovinfo/.+|\d+/\d+)\.html?$|[?&]wbnewsid=\d+|urltype=news\.NewsContentUrl"
    )

    def pager(self, markup: Markup) -> Pager:
        """The link, else one page lower."""
        pager, said = link_pager(markup), _TOTAL.search(markup.text)
        total = int(said[1]) if said else pager.pages
        if (pager.next and not pager.next[0].guess) or not total:
            return Pager(pager.next, total, pager.said)
        return Pager(_lower(markup.page.url, total), total, f"{total} pages, counted down")


def _lower(url: str, total: int) -> tuple[Request, ...]:
    parts = urlsplit(url)
    if parts.query or not (match := _PAGE.match(parts.path)):
        return ()
    left = int(match[2]) - 1 if match[2] else total - 1
    return (Request(urlunsplit(parts._replace(path=f"{match[1]}/{left}.htm"))),) if left > 0 else ()
