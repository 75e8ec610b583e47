"""广东 gkmlpt 政府信息公开目录管理平台: the catalogue is a script, its lists come from `/gkmlpt/api/all/`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from parsers.portals import urls
from parsers.portals.interfaces import Interface, dig, number, query, with_query
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.pagers import Pager

_SID = re.compile(r"\bSID[\"']?\s*:\s*[\"']?(\d+)")
_TREE = re.compile(r"\bTREE[\"']?\s*[:=]\s*(?=\[)")
_NODE = re.compile(r"[\"']?\bid[\"']?\s*:\s*(\d+)\s*,\s*[\"']?name[\"']?\s*:\s*[\"']([^\"']+)")
_REPORTS = re.compile(r"年报|年度报告")


class Gkmlpt(Interface):
    """gkmlpt. The category stands behind `#` in the address and never reaches the server; without one, the categories
    of annual reports are taken, with what hangs below them; a category that is no more than a link leads where it
    leads. Pages 0 and 1 are the same."""

    name = "gkmlpt"
    marks = {"window._CONFIG": Mark(r"_CONFIG\s*=\s*\{", "_CONFIG")}
    interface = re.compile(r"/gkmlpt/api/all/\d+")
    address = re.compile(r"/gkmlpt/(?:index|annualreport|content/)")
    article_url = re.compile(r"/gkmlpt/content/\d+/\d+/post_\d+\.html$")
    items = ("articles",)
    links = ("url", "post_url")
    dates = ("display_publish_time", "first_publish_time", "create_time", "created_at")

    def recognise(self, markup: Markup, words: set[bytes]) -> str | None:
        """The script, where it is a catalogue's."""
        found = super().recognise(markup, words)
        return found if found and "gkmlpt" in markup.page.url + markup.text else None

    def parts(self, markup: Markup) -> list[Request]:
        """The categories that the page shows."""
        site, address = (
            _SID.search(markup.text),
            markup.page.asked.url if markup.page.asked else markup.page.url,
        )
        if site is None or "/gkmlpt/" not in address or self.is_article(address):
            return []
        named = re.search(r"#(\d+)$", address)
        categories = {named[1]: ""} if named else dict(_categories(markup.text))
        base = markup.page.url.partition("/gkmlpt/")[0]
        addresses = (
            urls.join(base, elsewhere)
            or with_query(f"{base}/gkmlpt/api/all/{category}", {"page": 1, "sid": site[1]})
            for category, elsewhere in categories.items()
        )
        several = len(categories) > 1  # one of several may hold nothing
        return [Request(address, guess=several, part=True) for address in dict.fromkeys(addresses)]

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


def _categories(text: str) -> Iterator[tuple[str, str]]:
    """The categories of annual reports, and the address of one that has none of its own. The tree is JSON, whose names
    may be escaped; where it is not, the nodes are looked for."""
    nodes = _tree(text)
    if nodes is not None:
        yield from _of_reports(nodes)
        return
    yield from ((number, "") for number, name in _NODE.findall(text) if _REPORTS.search(name))


def _tree(text: str) -> Any:
    start = _TREE.search(text)
    try:
        return json.JSONDecoder().raw_decode(text, start.end())[0] if start else None
    except ValueError:
        return None


def _of_reports(nodes: Any, *, below: bool = False) -> Iterator[tuple[str, str]]:
    for node in nodes if isinstance(nodes, list) else ():
        if not isinstance(node, dict):
            continue
        mine = below or bool(_REPORTS.search(str(node.get("name") or "")))
        if mine and "id" in node:
            yield str(node["id"]), str(node.get("jump_url") or "")
        yield from _of_reports(node.get("children"), below=mine)
