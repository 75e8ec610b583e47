"""truecms (南通 and its counties): the first records stand hidden in the page, the rest come as JSONP."""

from __future__ import annotations

import re

from parsers.portals import urls
from parsers.portals.interfaces import Fragments, dig, html, joined, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|\btotalRecord\W{1,4}(\d+)", re.IGNORECASE)
_COLUMN = re.compile(r"\bcolumnId\s*[:=]\s*[\"']([\w-]+)")
_RECORD = re.compile(r"<record>\s*<!\[CDATA\[(.*?)\]\]>\s*</record>", re.DOTALL | re.IGNORECASE)
_SAID = re.compile(r"/truecms/messageController/getMessage\w*\.do", re.IGNORECASE)
_PATH = "/truecms/messageController/getMessage.do"
_GROUP = 30
"""Answers to more than 50 at a time are empty."""


class Truecms(Fragments):
    """truecms. In 如皋 the interface wants a Referer; in 连云港 it is dead and the page's own records are all."""

    name = "truecms"
    marks = {
        "truecms": Mark(r"truecms\b", "truecms"),
        "TrueCMS": Mark(r"TrueCMS\b", "TrueCMS"),
        "#initData": Mark(r"id=[\"']initData[\"']", "initData"),
    }
    interface = re.compile(r"/truecms/messageController/getMessage\w*\.do", re.IGNORECASE)
    article_url = re.compile(r"/content/[0-9a-f-]{32,36}\.html$")

    def unwrap(self, markup: Markup) -> Markup:
        """The records inside an answer."""
        held = dig(markup.data, "result")
        return html(markup, joined(_RECORD.findall(held))) if isinstance(held, str) else markup

    def pager(self, markup: Markup) -> Pager:
        """The groups after the page's own."""
        box = next((n for n in markup.tree.iter("div") if n.get("id") == "initData"), None)
        count, column = _TOTAL.search(markup.text), _COLUMN.search(markup.text)
        if box is None or count is None:
            return Pager()
        total, shown = int(count[1] or count[2]), sum(1 for _ in box.iter("li"))
        said = _SAID.search(markup.text)
        url = urls.join(markup.base, said[0] if said else _PATH)
        starts = range(1 + shown, total + 1, _GROUP) if column and url else ()
        ahead = tuple(
            _group(url or "", column[1] if column else "", k, total, markup.page.url) for k in starts
        )
        return Pager(ahead, 0 if total == 0 else None, f"{total} records", total)


def _group(url: str, column: str, start: int, total: int, referer: str) -> Request:
    values: dict[str, str | int] = {
        "startrecord": start, "endrecord": min(start + _GROUP - 1, total), "perpage": 10, "contentTemplate": "",
        "columnId": column, "callback": "jQ",
    }  # fmt: skip
    return Request(with_query(url, values), headers=(("Referer", referer),))
