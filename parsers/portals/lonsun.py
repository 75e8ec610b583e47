"""龙讯 Lonsun (安徽, and some of 江西): the rows of a list are drawn from a label, `/site/label/8888`."""

from __future__ import annotations

import re

from parsers.portals.interfaces import Fragments, query, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_SHELL = re.compile(r"^(.*?)/public/column/(\d+)")
_PAGES = re.compile(r"\bpageCount\s*[:=]\s*[\"']?(\d+)")
_SITE, _FILE = re.compile(r"siteId[\"']?\s*[:=]\s*[\"']?(\d+)"), re.compile(r"/[\w/-]*publicInfoList[\w-]*")
_LABEL = re.compile(r"/site/label/(\d+)")
_NAMED_LABEL = "8888"
"""The label that is told which list to draw; older templates have labels with numbers of their own (庐山)."""
_OF_REPORTS = "3"
"""The `type` of a unit's column of annual reports; a column of its catalogue has 4 and a category."""
_FIXED: dict[str, str | int] = {
    "IsAjax": 1, "dataType": "html", "labelName": "publicInfoList", "pageSize": 15, "action": "list", "isDate": "true",
    "dateFormat": "yyyy-MM-dd", "length": 80, "catIds": "", "cId": "", "keyWords": "", "sortType": 0,
    "fuzzySearch": "true", "fromCode": "title", "result": "暂无相关信息",
}  # fmt: skip


class Lonsun(Fragments):
    """Lonsun. Some servers count pages from 0 and some from 1, so both ends are asked for, as guesses; the number of
    pages that the shell declares tells whether all were seen."""

    name = "lonsun"
    marks = {
        "/site/label/": Mark(r"/site/label/\d+", "/site/label/"),
        "publicInfoList": Mark(r"labelName\W{1,4}publicInfoList", "labelName"),
        "/public/column/": Mark(r"/public/column/\d+\?type=\d", "/public/column/"),
    }
    interface = re.compile(r"/site/label/\d+\?")
    address = re.compile(r"/public/column/\d+|/public/(?:content|\d+)/\d+")
    article_url = re.compile(r"/public/(?:content|\d+)/\d+(?:\.html)?$")

    def parts(self, markup: Markup) -> list[Request]:
        """All pages of the shell's list."""
        shell, said, site = (
            _SHELL.match(markup.page.url),
            _PAGES.search(markup.text),
            _SITE.search(markup.text),
        )
        if shell is None or site is None:
            return []
        asked = query(markup.page.url)
        template, label = _FILE.search(markup.text), _LABEL.search(markup.text)
        number = label[1] if label else _NAMED_LABEL
        values: dict[str, str | int] = {
            **_FIXED,
            "siteId": site[1],
            "organId": shell[2],
            "type": asked.get("type", "4"),
            "catId": asked.get("catId", ""),
            "file": template[0] if template else "/xxgk/publicInfoList_newest2020",
        }
        if number != _NAMED_LABEL:
            values = {name: value for name, value in values.items() if name not in {"labelName", "file"}}
        url = with_query(f"{shell[1]}/site/label/{number}", values)
        last = int(said[1]) if said else 1
        return [Request(with_query(url, {"pageIndex": k}), guess=True) for k in (*range(1, last + 1), 0)]

    def called(self, markup: Markup) -> str:
        """What the `type` says of the column."""
        return "政府信息公开年报" if query(markup.page.url).get("type") == _OF_REPORTS else ""

    def pager(self, markup: Markup) -> Pager:
        """The shell's count; where it has none, an answer leads to the next until one is empty."""
        said = _PAGES.search(markup.text)
        if not self.is_fragment(markup):
            return Pager((), int(said[1]) if said else None, "pageCount" if said else "")
        rows = any(self.is_article(url) for _, url in markup.links)
        page = int(query(markup.page.url).get("pageIndex") or 0)
        ahead = with_query(markup.page.url, {"pageIndex": page + 1})
        return Pager((Request(ahead, guess=True),) if rows else ())
