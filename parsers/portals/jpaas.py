"""大汉 Hanweb JPaaS: lists are units of a page, drawn from `/api-gateway/jpaas-publish-server/`."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from parsers.portals import urls
from parsers.portals.interfaces import Fragments, dig, html, number, query, with_query
from parsers.portals.lists import Listing
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup, whole_text
from parsers.portals.model import Request
from parsers.portals.pagers import Pager
from parsers.portals.verdicts import verdict

_UNIT = "jpaas-publish-server/front/page/build/unit"
_PAIR = re.compile(r"[\"'](\w+)[\"']\s*:\s*[\"']([^\"']*)[\"']")
_ATTRIBUTES = ("querydata", "query-data", "data-querydata", "data-query-data", "data")
_LIST_NAMES = re.compile(r"当前栏目|列表|分页|内容|list", re.IGNORECASE)
"""Names of units that are a page's own list; other units list news, menus, or nothing."""


class Jpaas(Fragments):
    """JPaaS. Of the page's number some servers read `paramJson`, some `pageNo`: both are sent."""

    name = "jpaas"
    marks = {
        "jpaas-publish-server": Mark("jpaas-publish-server"),
        "jpaas-web-server": Mark(
            "jpaas-web-server|jpaas-jiop-web-server", "jpaas-web-server", "jpaas-jiop-web-server"
        ),
    }
    interface = re.compile(_UNIT)
    article_url = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_\w+\.html$")

    def unwrap(self, markup: Markup) -> Markup:
        """The HTML inside an answer: in `data.html`, or as `data`."""
        if markup.data is None:
            return markup
        held = dig(markup.data, "data", "html") or dig(markup.data, "data")
        return html(markup, held) if isinstance(held, str) else markup

    def parts(self, markup: Markup) -> list[Request]:
        """The units of a page; those of an article are its furniture."""
        if "articletitle" in markup.meta or markup.data is not None:
            return []
        found: dict[str, Request] = {}
        for node in markup.tree.iter("script", "div", "ul"):
            url = urls.join(markup.base, node.get("url") or node.get("data-url") or "")
            said = next((v for name in _ATTRIBUTES if (v := node.get(name))), "")
            if url and _UNIT in url and (values := dict(_PAIR.findall(said))):
                address = f"{url.partition('?')[0]}?{urlencode(values)}"
                found[address] = Request(address, guess=True, part=True)
        return list(found.values())

    def listing(self, markup: Markup) -> Listing:
        """Nothing of a unit that is not the page's list."""
        if self.is_fragment(markup) and not self._is_list(markup):
            return Listing()
        return super().listing(markup)

    def pager(self, markup: Markup) -> Pager:
        """The counts of the answer's pager; a unit that is not the page's list is followed no further."""
        pager = next((n for n in markup.tree.iter("div", "ul") if n.get("count") and n.get("rows")), None)
        if pager is None or not self._is_list(markup):
            return Pager()
        total, size = number(pager.get("count")) or 0, number(pager.get("rows")) or 15
        page = number(query(markup.page.url).get("pageNo")) or 1
        if page * size >= total:
            return Pager((), -(-total // size), f"{total} entries", total)
        param = json.dumps({"pageNo": page + 1, "pageSize": str(size)}, separators=(",", ":"))
        ahead = with_query(markup.page.url, {"paramJson": param, "pageNo": page + 1, "pageSize": size})
        return Pager((Request(ahead),), -(-total // size), f"{total} entries", total)

    def _is_list(self, markup: Markup) -> bool:
        named = bool(_LIST_NAMES.search(query(markup.page.url).get("tagId", "")))
        return named or any(verdict(title) == "report" for title in _titles(markup))


def _titles(markup: Markup) -> list[str]:
    return [node.get("title") or whole_text(node) for node, _ in markup.links]
