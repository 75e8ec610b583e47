"""苏州: rows come from the city's own interfaces below `/szinf/`, on pages that UCAP makes."""

from __future__ import annotations

import re

from parsers.portals import urls
from parsers.portals.interfaces import Interface, dig, number, query, turned, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager, trs_pager
from parsers.portals.rows import Row

_COMMON = re.compile(r"/szinf/info/getInfoCommon/?")
_FILES = re.compile(r"/szinf/xxgk/\w+/loadData")
_CHANNEL = re.compile(r"channel_?id[\"']?\s*[:=]\s*[\"']([0-9a-f]{32})", re.IGNORECASE)
_SIZE = 15


class Suzhou(Interface):
    """苏州. `getInfoCommon` is turned by its address until a page is empty, `loadData` by its form and says how many
    entries there are."""

    name = "suzhou"
    marks = {"/szinf/": Mark(r"/szinf/(?:info/getInfoCommon|xxgk/\w+/loadData)", "/szinf/")}
    interface = re.compile(r"/szinf/(?:info/getInfoCommon|xxgk/\w+/loadData)")
    titles = ("title", "TITLE")
    links = ("link", "URL")
    dates = ("pubtime", "PUBLISHED_TIME_FORMAT")

    def parts(self, markup: Markup) -> list[Request]:
        """The interface that the page names, for the channel that it is."""
        said = _CHANNEL.search(markup.text)
        channel = markup.meta.get("channelid") or (said[1] if said else "")
        if not channel or "articletitle" in markup.meta or self.interface.search(markup.page.url):
            return []
        if named := _COMMON.search(markup.text):
            values = {"pagesize": _SIZE, "currpage": 1, "channelid": channel}
            return [Request(with_query(urls.join(markup.base, named[0]) or "", values), part=True)]
        named = _FILES.search(markup.text)
        url = with_query(urls.join(markup.base, named[0]) or "", {"pageSize": _SIZE}) if named else ""
        form = (("channel_id", channel), ("pageIndex", "1"))
        return [Request(url, "POST", form, part=True)] if url else []

    def extra_rows(self, markup: Markup) -> list[Row]:
        """The items of either interface."""
        found = dig(markup.data, "infolist") or dig(markup.data, "data", "list") or []
        return [r for item in found if isinstance(item, dict) and (r := self._row(item, markup.base))]

    def pager(self, markup: Markup) -> Pager:
        """The next page of an answer; of a page, the call or the link."""
        if markup.data is None:
            return trs_pager(markup) or link_pager(markup)
        url, asked = markup.page.url, markup.page.asked
        if (found := dig(markup.data, "infolist")) is not None:
            page = number(query(url).get("currpage")) or 1
            ahead = (Request(with_query(url, {"currpage": page + 1})),) if found else ()
            return Pager(ahead, None if found else 0, f"page {page}")
        pages, total = (number(dig(markup.data, "data", name)) for name in ("totalPage", "allRow"))
        if asked is None or pages is None:
            return Pager(total=total)
        page = number(dict(asked.form).get("pageIndex")) or 1
        ahead = (turned(asked, "pageIndex", page + 1),) if page < pages else ()
        return Pager(ahead, pages, f"page {page} of {pages}", total)
