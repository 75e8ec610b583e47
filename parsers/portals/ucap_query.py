"""开普 UCAP on platforms that many portals share (江西, 开封): a page names its site and channel, rows come from
`/queryList`."""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import urlsplit

from parsers.portals import urls
from parsers.portals.interfaces import Interface, dig, number, turned
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager
from parsers.portals.rows import Row

_UNIT = re.compile(r"=\s*\{([^{}]*\bchannelCode\b[^{}]*)\}")
_VALUE = re.compile(
    r"(\w+)[\"']?\s*:\s*(?:\[([^\]]*)\]|'([^']*)'|\"([^\"]*)\"|([\w.-]+))\s*(?:,|$)", re.MULTILINE
)
_MEMBER = re.compile(r"[\"']([^\"']+)[\"']")
_PAGE, _SIZE = "current", "pageSize"
_USUAL_SIZE = 15
_ADDRESSES = ("pc", "common", "mobile")
"""Under which names a result has the address of its page, the best first."""


class UcapQuery(Interface):
    """UCAP's shared platforms. What is asked for are the parameters of the page's own script; some answers say how
    many results there are, others end with an empty page."""

    name = "ucap_query"
    marks = {
        "loadPageData": Mark(r"loadPageData\s*\(", "loadPageData"),
        "webSiteCode": Mark(r"webSiteCode[\"']?\s*:\s*\[", "webSiteCode"),
    }
    interface = re.compile(r"/queryList(?:\?|$)")
    article_url = re.compile(r"/content/content_\d+\.s?html$")
    items = ("data", "results")
    titles = ("title", "showTitle")
    dates = ("pubDate", "publishedTime")

    def parts(self, markup: Markup) -> list[Request]:
        """The units of a page; the one of the page's own channel, where its address names it."""
        if "articletitle" in markup.meta or markup.data is not None:
            return []
        forms = [form for script in markup.scripts for unit in _UNIT.findall(script) if (form := _form(unit))]
        steps = set(urlsplit(markup.page.url).path.split("/"))
        own = [form for form in forms if steps & {value for name, value in form if name == "channelCode[]"}]
        url = urls.join(markup.base, "/queryList") or ""
        return [Request(url, "POST", form, guess=not own, part=True) for form in dict.fromkeys(own or forms)]

    def extra_rows(self, markup: Markup) -> list[Row]:
        """The results, each in a `source` of its own."""
        found = dig(markup.data, *self.items)
        sources = [dig(item, "source") or item for item in found] if isinstance(found, list) else []
        whole = [{**source, "url": _address(source)} for source in sources if isinstance(source, dict)]
        return [row for item in whole if (row := self._row(item, markup.base))]

    def pager(self, markup: Markup) -> Pager:
        """The next page of an answer, until one is empty or all that it counts were there."""
        asked, found = markup.page.asked, dig(markup.data, *self.items)
        if asked is None or not isinstance(found, list):
            return Pager()
        values = dict(asked.form)
        page, size = number(values.get(_PAGE)) or 1, number(values.get(_SIZE)) or _USUAL_SIZE
        total = number(dig(markup.data, "data", "total"))
        more = bool(found) and (total is None or page * size < total)
        ahead = (turned(asked, _PAGE, page + 1),) if more else ()
        return Pager(ahead, None if found else 0, f"page {page}", total)


def _form(unit: str) -> tuple[tuple[str, str], ...]:
    """The parameters as the script sends them: a list's name has brackets behind it."""
    values: list[tuple[str, str]] = []
    for name, members, *alone in _VALUE.findall(unit):
        if members:
            values += [(f"{name}[]", member) for member in _MEMBER.findall(members)]
        else:
            values.append((name, next(filter(None, alone), "")))
    known = dict(values)
    if "channelCode[]" not in known and "channelCode" not in known:
        return ()
    size = known.get(_SIZE) or known.get("perPage") or str(_USUAL_SIZE)
    rest = (value for value in values if value[0] not in {_PAGE, _SIZE})
    return (*rest, (_PAGE, "1"), (_SIZE, size))


def _address(source: dict[str, Any]) -> str:
    """The address of a result: text, or one of several in JSON inside the JSON."""
    held = source.get("urls") or source.get("url") or ""
    try:
        held = json.loads(held) if isinstance(held, str) and held.lstrip().startswith("{") else held
    except ValueError:
        return ""
    if isinstance(held, dict):
        return str(next((held[name] for name in _ADDRESSES if held.get(name)), ""))
    return str(held)
