"""大汉 Hanweb jpage: records in a script of the page, further groups of them from `dataproxy.jsp`."""

from __future__ import annotations

import re

from parsers.portals import urls
from parsers.portals.interfaces import Fragments, html, joined, query, with_query
from parsers.portals.lists import Listing, read_all
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_STORE = re.compile(r"<datastore\b.*?</datastore>", re.DOTALL | re.IGNORECASE)
_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_BARE = re.compile(r"<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_GROUPS = re.compile(r"<(nextgroup|pregroup)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_NEXT = re.compile(r"<nextgroup>.*?href=[\"']([^\"']+)", re.DOTALL | re.IGNORECASE)
_TOTAL = re.compile(r"<totalrecord>\s*(\d+)|\btotalRecord\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PER_PAGE = re.compile(r"\bperPage\s*[:=]\s*['\"]?(\d+)", re.IGNORECASE)
_PROXY = re.compile(r"[\"']([^\"'\s]*/(?:morecolumn)?dataproxy\.jsp)[^\"']*[\"']")
_FORM = re.compile(r"\bparam_?\w*\s*=\s*\{([^{}]*)\}")
_PAIR = re.compile(r"(\w+)\s*:\s*(?:'([^']*)'|\"([^\"]*)\"|([\w.-]+))")
_COLUMN = re.compile(r"/col/col(\d+)/|[?&]columnid=(\d+)(?:&|$)")
_LISTED = re.compile(r"/art_(\d+)_")
_GROUP_PAGES = 3
_GROUP_LIMIT = 100
"""Servers cut groups of more than about 300 records."""
_MAX_GROUPS = 60


class Jpage(Fragments):
    """jpage. The address `?uid=&pageNum=` is the pager's own: a server answers it with page 1 again. What moves is
    `page=` of the link to the next group, on other servers `startrecord`. The link's `page=1` is the group after the
    page's own on some sites and the same on others, so groups are guesses, and the total tells whether all were seen.
    """

    name = "jpage"
    marks = {
        "<datastore>": Mark(r"(?i)<datastore\b", "<datastore"),
        "dataproxy.jsp": Mark(r"dataproxy\.jsp", "dataproxy.jsp"),
        "jpage script": Mark(r"/(?:module/jslib/jquery|script/[^\"']*)/jpage\b", "/jpage"),
    }
    interface = re.compile(r"dataproxy\.jsp")
    address = re.compile(r"/col/col\d+/index\.html|/art/20\d\d/\d{1,2}/\d{1,2}/art_\d+_\d+\.html")
    article_url = re.compile(r"/art/\d{4}/(?:\d{1,2}/\d{1,2}/)?art_\w+\.html$")

    def unwrap(self, markup: Markup) -> Markup:
        """The rows of an answer that is a list of them, as the oldest servers give it."""
        if not isinstance(markup.data, list):
            return markup
        return html(markup, joined([row for row in markup.data if isinstance(row, str)]))

    def listing(self, markup: Markup) -> Listing:
        """The records, where there are some; else the links of the page."""
        records = _records(markup)
        if not records:
            return super().listing(markup)
        return read_all(html(markup, joined(records)), self.is_article, self.column(markup))

    def pager(self, markup: Markup) -> Pager:
        """The groups that the total leaves open."""
        store, records = _store(markup), _records(markup)
        if not store:
            return Pager()
        total = _total(markup, store)
        if not records or (total is not None and len(records) >= total):
            return Pager(pages=1 if total == 0 else None, total=total, said=f"{total} records")
        return Pager(_groups(markup, store, len(records), total), None, "groups of records", total)


def _store(markup: Markup) -> str:
    """The unit that lists the column's own articles, else one that lists no other column's, else the largest."""
    number = _COLUMN.search(markup.page.url)
    own = (number[1] or number[2]) if number else ""

    def rank(store: str) -> tuple[int, bool, int]:
        listed = _LISTED.findall(store)
        return listed.count(own), bool(own) and not listed, len(_RECORD.findall(store))

    return max(_STORE.findall(markup.text), key=rank, default="")


def _total(markup: Markup, store: str) -> int | None:
    before, _, after = markup.text.partition(store)
    for text in (store, after, before):
        if told := _TOTAL.search(text):
            return int(told[1] or told[2])
    return None


def _records(markup: Markup) -> list[str]:
    store = _GROUPS.sub("", _store(markup))
    return [record for record in _RECORD.findall(store) or _BARE.findall(store) if record.strip()]


def _groups(markup: Markup, store: str, size: int, total: int | None) -> tuple[Request, ...]:
    """The page asks for all groups that the total has room for; a group asks for the one after it."""
    own = "dataproxy.jsp" in markup.page.url
    link = _NEXT.search(store)
    url = urls.join(markup.base, link[1].replace("&amp;", "&")) if link else markup.page.url if own else None
    if url is None or "page" not in query(url):
        return () if own else _by_record(markup, total or 0)
    first = int(query(url)["page"] or 1)
    last = first + 1 if own or not total else min(-(-total // size), first + _MAX_GROUPS)
    numbers = range(first, last + 1)
    return tuple(Request(re.sub(r"([?&]page=)\d+", rf"\g<1>{k}", url), guess=True) for k in numbers)


def _by_record(markup: Markup, total: int) -> tuple[Request, ...]:
    """The groups by the numbers of their records, counted from 1."""
    proxy, per_page = _PROXY.search(markup.text), _PER_PAGE.search(markup.text)
    url = urls.join(markup.base, proxy[1]) if proxy else None
    form = _FORM.search(markup.text)
    if url is None or form is None:
        return ()
    size = int(per_page[1]) if per_page else 15
    step = min(size * _GROUP_PAGES, _GROUP_LIMIT)
    values = tuple((m[1], m[2] or m[3] or m[4] or "") for m in _PAIR.finditer(form[1]))
    return tuple(
        Request(
            with_query(
                url, {"startrecord": start, "endrecord": min(start + step - 1, total), "perpage": size}
            ),
            "POST",
            values,
            guess=True,
        )
        for start in range(1 + len(_records(markup)), total + 1, step)
    )
