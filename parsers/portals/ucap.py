"""开普 UCAP: static lists `list.shtml`, `list_2.shtml`, … or lists from `/search/{channel}`."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from parsers.portals import urls
from parsers.portals.dates import find_date
from parsers.portals.interfaces import Interface, counted, dig, number, query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager, trs_pager
from parsers.trees import Element

_SEARCH = re.compile(r"(?:/common)?/search(?:List)?/(?=[\"']?\s*\+|[0-9a-f]{32}|\$\{)")
_SEARCHES = ("/common/search/", "/searchList/", "/search/")
"""In 黑龙江, of the 证监会, in 克拉玛依: asked for in turn where the page does not name its own."""
_QUERY = {"_isAgg": "true", "_isJson": "true", "_pageSize": "15", "_template": "index", "page": "1"}


class Ucap(Interface):
    """UCAP. Its `createPageHTML` begins with the name of a container and counts from 1, unlike that of TRS."""

    name = "ucap"
    marks = {
        "meta channelid": Mark(r"(?i)<meta[^>]{0,80}\bname=[\"']?channelid\b", "channelid"),
        "createPageHTML('container'": Mark(r"createPageHTML\s*\(\s*[\"']", "createPageHTML"),
        "UCAP tags": Mark("<(?i:UCAP(?:TITLE|CONTENT))", "<UCAPTITLE", "<UCAPCONTENT"),
        "#UCAP-CONTENT": Mark(r"id=[\"'](?i:UCAP-CONTENT)", "UCAP-CONTENT"),
        "页面生成时间": Mark(r"name=[\"']others[\"']\s*content=[\"']页面生成时间", "页面生成时间"),
    }
    interface = re.compile(r"/search(?:List)?/[0-9a-f]{32}")
    article_url = re.compile(r"/c\d+/(?:\d{6}/)?(?:c[\w]*_?\d+|[0-9a-f]{32})(?:/(?:content|index))?\.shtml$")
    items = ("data", "results")
    dates = ("publishedTimeStr", "publishedTime")

    def parts(self, markup: Markup) -> list[Request]:
        """The column's search, where its page lists nothing itself."""
        channel = markup.meta.get("channelid", "")
        if not channel or "articletitle" in markup.meta or self._is_static(markup):
            return []
        named = {found[0] for found in _SEARCH.finditer(markup.text)}
        return [
            Request(url, guess=not named, part=True)
            for path in (named or _SEARCHES)
            if (url := urls.join(markup.base, f"{path}{channel}?{urlencode(_QUERY)}"))
        ]

    def _is_static(self, markup: Markup) -> bool:
        own = [url for _, url in markup.links if urls.below(url, markup.page.url) and self.is_article(url)]
        return bool(own) or trs_pager(markup) is not None

    def body(self, markup: Markup) -> Element | None:
        """What the body's tag holds, which is UCAP's own."""
        own = markup.tree.find(".//ucapcontent")
        return super().body(markup) if own is None else own

    def title(self, markup: Markup) -> str | None:
        """The meta tag, else what UCAP's own tag holds."""
        own = markup.tree.find(".//ucaptitle")
        if own is None or "articletitle" in markup.meta:
            return super().title(markup)
        return seen(own) or super().title(markup)

    def published_on(self, markup: Markup) -> str | None:
        """The meta tag, else what UCAP's own tag holds."""
        own = markup.tree.find(".//publishtime")
        told = find_date(seen(own)) if own is not None and "pubdate" not in markup.meta else None
        return told or super().published_on(markup)

    def called(self, markup: Markup) -> str:
        """The name of the channel, that every result bears."""
        results = dig(markup.data, *self.items)
        return str(dig(results[0], "channelName") or "") if isinstance(results, list) and results else ""

    def pager(self, markup: Markup) -> Pager:
        """The call, the answer's counts, or the link."""
        if markup.data is None:
            return trs_pager(markup) or link_pager(markup)
        data, asked = dig(markup.data, "data"), query(markup.page.url)
        total, size = number(dig(data, "total")) or 0, number(dig(data, "rows")) or 15
        page = number(asked.get("page")) or 1
        return counted(markup.page.url, "page", page=page, size=size, total=total)
