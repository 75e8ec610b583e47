"""新点 Epoint WebBuilder: lists from a REST interface, or from the older list action."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from parsers.portals import urls
from parsers.portals.dates import row_date
from parsers.portals.interfaces import Interface, counted, dig, number, query, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup, pieces, seen
from parsers.portals.model import Request
from parsers.portals.pagers import Pager, link_pager
from parsers.portals.rows import Row, is_cut

_SITE = re.compile(r"[\"']?siteGuid[\"']?\s*:\s*[\"']([\w-]+)")
_PROJECT = re.compile(r"[\"']?projectName[\"']?\s*:\s*[\"']/?([\w./-]+)")
_CATEGORY = re.compile(r"/(\d{6,})/(?=[^/]*$)|[?&]categorynum=(\d+)", re.IGNORECASE)
_SCRIPTS = (re.compile(r"[\"']([^\"']*webBuilderCommon\.js)"), re.compile(r"[\"']([^\"']*ajaxReq\.js)"))
"""Scripts in which portals have the site's id, the usual one first."""
_FLAT = "EWB-FRONT"
"""The project whose interface takes its values as they are; others (营口) want them below `params`."""
_ROW = re.compile(r"linkToNew\(\s*['\"]([0-9a-f-]{32,36})['\"]")
_ACTION = "InfoListAction.action"
_SIZE = 15


class Epoint(Interface):
    """Epoint. The site's id stands in a script, which is asked for with the category in its query, so that its answer
    leads on. Pages count from 0."""

    name = "epoint"
    marks = {
        "webBuilderCommon": Mark(r"webBuilderCommon\.js", "webBuilderCommon.js"),
        "EWB-FRONT": Mark("EWB-FRONT"),
        "lightfrontaction": Mark("lightfrontaction"),
        "ewb-": Mark(r"class=[\"'][^\"']*\bewb-\w", "ewb-"),
    }
    interface = re.compile(rf"(?:webBuilderCommon|ajaxReq)\.js\?|/lightfrontaction/getgovinfolist|{_ACTION}")
    article_url = re.compile(r"/\d{6,}/\d{8}/[0-9a-f-]{32,36}\.html$")
    titles = ("realtitle", "title")
    links = ("infourl", "visiturl", "linkurl", "href")
    dates = ("infodate", "handsdate")

    def parts(self, markup: Markup) -> list[Request]:
        """A page without rows leads to the script, the script to the interface."""
        category, values = _CATEGORY.search(markup.page.url), query(markup.page.url)
        if ".js?" in markup.page.url:
            return _interface(markup, values)
        own = any(self.is_article(url) for _, url in markup.links) or bool(_ROW.search(markup.text))
        script = next((found for pattern in _SCRIPTS if (found := pattern.search(markup.text))), None)
        url = urls.join(markup.base, script[1]) if script else None
        if url is None or category is None or own or "articletitle" in markup.meta:
            return []
        asked = {"categorynum": category[1] or category[2], "deptcode": values.get("deptcode", "")}
        return [Request(with_query(url, asked), part=True)]

    def extra_rows(self, markup: Markup) -> list[Row]:
        """The items of either interface; rows of a table whose links are no addresses (许昌: `linkToNew('GUID'`)."""
        if markup.data is None and _ROW.search(markup.text):
            return list(_table(markup))
        items = dig(_custom(markup), "data") or dig(_custom(markup), "Table") or []
        return [r for item in items if isinstance(item, dict) and (r := self._row(item, markup.base))]

    def pager(self, markup: Markup) -> Pager:
        """The counts of an answer; which page it is stands in what was asked."""
        custom, asked = _custom(markup), markup.page.asked
        total = number(dig(custom, "total") or dig(custom, "totalcount") or 0) or 0
        if custom is None:
            return link_pager(markup)
        if _ACTION in markup.page.url:
            size, page = (int(query(markup.page.url).get(k) or 0) for k in ("pageSize", "pageIndex"))
            return counted(markup.page.url, "pageIndex", page=page, size=size or _SIZE, total=total, first=0)
        values = json.loads(asked.json) if asked and asked.json else {}
        inner = values.get("params", values)
        page, size = inner.get("pageIndex", 0), inner.get("pageSize", _SIZE)
        more = bool(values) and (page + 1) * size < total
        following = {**inner, "pageIndex": page + 1}
        body = {**values, "params": following} if "params" in values else following
        ahead = (_post(markup.page.url, body),) if more else ()
        return Pager(ahead, -(-total // size), f"{total} entries", total)


def _table(markup: Markup) -> Iterator[Row]:
    for node in markup.tree.iter("a"):
        link = _ROW.search(node.get("onclick") or "")
        row = next(node.iterancestors("tr", "li"), None)
        url = urls.join(markup.base, f"/openDetailDynamic.html?infoid={link[1]}") if link else None
        if url and row is not None and (title := seen(node)):
            day = row_date(list(pieces(row, skip=node)), url)
            yield Row(url, title, is_cut(title), day, printed=day is not None)


def _custom(markup: Markup) -> Any:
    held = dig(markup.data, "custom")
    try:
        return json.loads(held) if isinstance(held, str) else held
    except ValueError:
        return None


def _interface(markup: Markup, values: dict[str, str]) -> list[Request]:
    site, project = _SITE.search(markup.text), _PROJECT.search(markup.text)
    name = project[1] if project else _FLAT
    url = urls.join(markup.base, f"/{name}/rest/lightfrontaction/getgovinfolist")
    if site is None or url is None:
        return []
    body = {**values, "pageIndex": 0, "pageSize": _SIZE, "siteGuid": site[1]}
    return [_post(url, body if name == _FLAT else {"token": "", "params": body})]


def _post(url: str, values: dict[str, Any]) -> Request:
    return Request(url, "POST", json=json.dumps(values, ensure_ascii=False))
