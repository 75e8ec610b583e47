"""广东 gkmlpt 政府信息公开目录管理平台: the catalogue is a script, its lists come from `/gkmlpt/api/all/`."""

from __future__ import annotations

import re

from parsers.portals.interfaces import Interface, dig, number, query, with_query
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_SID = re.compile(r"\bSID[\"']?\s*:\s*[\"']?(\d+)")
_NODE = re.compile(r"[\"']?\bid[\"']?\s*:\s*(\d+)\s*,\s*[\"']?name[\"']?\s*:\s*[\"']([^\"']+)")
_REPORTS = re.compile(r"年报|年度报告")


class Gkmlpt(Interface):
    """gkmlpt. The category stands behind `#` in the address and never reaches the server; without one, the categories
    of annual reports are taken. Pages 0 and 1 are the same."""

    name = "gkmlpt"
    marks = {"window._CONFIG": re.compile(r"_CONFIG\s*=\s*\{")}  # noqa: RUF012 - a declaration, never changed
    interface = re.compile(r"/gkmlpt/api/all/\d+")
    address = re.compile(r"/gkmlpt/(?:index|annualreport|content/)")
    article_url = re.compile(r"/gkmlpt/content/\d+/\d+/post_\d+\.html$")
    items = ("articles",)
    links = ("url", "post_url")
    dates = ("display_publish_time", "first_publish_time", "create_time", "created_at")

    def recognise(self, markup: Markup) -> str | None:
        """The script, where it is a catalogue's."""
        return super().recognise(markup) if "gkmlpt" in markup.page.url + markup.text else None

    def parts(self, markup: Markup) -> list[Request]:
        """The categories that the page shows."""
        site, address = (
            _SID.search(markup.text),
            markup.page.asked.url if markup.page.asked else markup.page.url,
        )
        if site is None or "/gkmlpt/" not in address or self.is_article(address):
            return []
        named = re.search(r"#(\d+)$", address)
        categories = (
            [named[1]] if named else [i for i, name in _NODE.findall(markup.text) if _REPORTS.search(name)]
        )
        base = markup.page.url.partition("/gkmlpt/")[0]
        return [
            Request(with_query(f"{base}/gkmlpt/api/all/{category}", {"page": 1, "sid": site[1]}), part=True)
            for category in dict.fromkeys(categories)
        ]

    def called(self, markup: Markup) -> str:
        """The name of the category."""
        return str(dig(markup.data, "classify", "name") or "")

    def pager(self, markup: Markup) -> Pager:
        """The counts of an answer; the page after one that may be the last is a guess."""
        articles = dig(markup.data, "articles")
        if not isinstance(articles, list):
            return Pager()
        total = number(dig(markup.data, "total"))
        total = number(dig(markup.data, "classify", "post_count")) if total is None else total
        page = int(query(markup.page.url).get("page") or 1)
        more = bool(articles) and (total is None or page * len(articles) < total)
        ahead = Request(with_query(markup.page.url, {"page": page + 1}), guess=total is not None)
        return Pager((ahead,) if more else (), None if articles else 0, f"{total} articles", total)
