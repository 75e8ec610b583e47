"""淮安 and its counties: static lists turned by `nsetpage`, and the disclosure platform's interface."""

from __future__ import annotations

import re
from typing import Any

from parsers.portals import urls
from parsers.portals.interfaces import Interface, dig, number, query, turned
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager
from parsers.portals.rows import Row

_SET_PAGE = re.compile(r"nsetpage\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)")
_LISTS = "/articleCommonController/lists.do"
_DEPARTMENT = re.compile(r"\brdeptid[\"']?\s*[:=]\s*[\"']([0-9a-f]{32})", re.IGNORECASE)
_ASKED_BY = {"topic": "topic", "orgid": "deptid", "deptid": "deptid", "rdeptid": "rdeptid", "r": "rdeptid"}
_ASKED_BY |= {"zfwjtype": "zfwjtype", "type": "type"}
"""Values of a column's address, and the names under which the interface is asked for them."""
_SIZE = 15


class Huaian(Interface):
    """淮安. A column of the platform is told by its `topic`; its rows come from `lists.do`."""

    name = "huaian"
    marks = {
        "nsetpage(": Mark(_SET_PAGE.pattern, "nsetpage("),
        "lists.do": Mark(r"articleCommonController/lists\.do", "articleCommonController/lists.do"),
    }
    interface = re.compile(r"/articleCommonController/lists\.do")
    address = re.compile(r"/cmsweb/zwgk/\w+/index(?:dept)?\.html\?")
    article_url = re.compile(r"/art/\d{6}/\w{10,}\.html$")
    items = ("value", "list")
    links = ("link", "path")
    dates = ("releaseTime",)

    def parts(self, markup: Markup) -> list[Request]:
        """The interface, asked for the topic of the page's address."""
        known = {name.lower(): value for name, value in query(markup.page.url).items()}
        if markup.data is not None or not known.get("topic") or self.interface.search(markup.page.url):
            return []
        values = {to: known[name] for name, to in _ASKED_BY.items() if known.get(name)}
        if "rdeptid" not in values and (said := _DEPARTMENT.search(markup.text)):
            values["rdeptid"] = said[1]
        form = {"page": "1", "pagesize": str(_SIZE), **values}
        return [Request(urls.join(markup.base, _LISTS) or "", "POST", tuple(form.items()), part=True)]

    def _row(self, item: dict[str, Any], base: str) -> Row | None:
        """Its address is relative to the host that the item names."""
        return super()._row(item, urls.join(base, str(item.get("domain") or "")) or base)

    def pager(self, markup: Markup) -> Pager:
        """The answer's count, the call, or the link."""
        if markup.data is None:
            return _set_page(markup) or link_pager(markup)
        asked, total = markup.page.asked, number(dig(markup.data, "value", "total"))
        if asked is None or total is None:
            return Pager(total=total)
        values = dict(asked.form)
        page, size = number(values.get("page")) or 1, number(values.get("pagesize")) or _SIZE
        ahead = (turned(asked, "page", page + 1),) if page * size < total else ()
        return Pager(ahead, -(-total // size), f"{total} entries", total)


def _set_page(markup: Markup) -> Pager | None:
    """`nsetpage(CURRENT, TOTAL, SIZE)`; further pages are `index_2.html`."""
    call = _SET_PAGE.search(markup.text)
    if call is None:
        return None
    current, total, size = (int(n) for n in call.groups())
    pages = -(-total // max(1, size))
    name = urls.stem(markup.page.url)
    url = urls.with_page(markup.page.url, f"{name[0]}_{current + 1}{name[1]}")
    return Pager((Request(url),) if current < pages else (), pages, f"page {current} of {pages}", total)
