"""A site's own search, as a way to the columns: its plain forms, and addresses that a script asks for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

from parsers.portals import urls
from parsers.portals.discovery_marks import QUERY, QUERY_NAMES
from parsers.portals.markup import Markup, seen
from parsers.portals.model import Request
from parsers.portals.submission import is_posted, submitted
from parsers.trees import Element

_SEARCHES = re.compile(r"search|sousuo|jiansuo|query|/so/|搜|检索|查询", re.IGNORECASE)
_WRITES = frozenset({"password", "file", "email", "tel"})
"""Types of fields that no search has: what such a form is sent is kept."""
_NAMES = "|".join(sorted(QUERY_NAMES - {"title", "key", "word"}))
_CALLED = re.compile(rf"""["']([^"'\s<>]*[?&](?:{_NAMES})=)["']\s*\+""", re.IGNORECASE)
_NOWHERE = re.compile(r"^\s*(?:#|javascript:.*|\?)?\s*$", re.IGNORECASE)


def searches(markup: Markup) -> Iterator[Request]:
    """What to send for the answer of the site's search: its forms, else the addresses that a script puts together."""
    forms = [request for form in markup.tree.iter("form") if (request := _sent(markup, form))]
    yield from forms
    if not forms:
        for address in dict.fromkeys(a for script in markup.scripts for a in _CALLED.findall(script)):
            if url := urls.join(markup.base, address + quote(QUERY)):
                yield Request(url)


def silent_search(markup: Markup) -> str:
    """The name of a field of a search that cannot be asked, for only a script knows what to send."""
    if next(searches(markup), None) is not None:
        return ""
    for node in markup.tree.iter("input"):
        kind = (node.get("type") or "text").lower()
        name = node.get("name") or node.get("id") or ""
        if kind in {"text", "search"} and (name.lower() in QUERY_NAMES or _SEARCHES.search(_words(node))):
            return name or str(node.get("placeholder") or "search")
    return ""


def _sent(markup: Markup, form: Element) -> Request | None:
    fields = {node.get("name") or "": node for node in form.iter("input", "select")}
    asked = next((name for name in fields if name.lower() in QUERY_NAMES), None)
    scripted = "return false" in (form.get("onsubmit") or "") or (
        _NOWHERE.match(form.get("action") or "") and "on" in {a[:2] for n in form.iter() for a in n.attrib}
    )
    target = urls.join(markup.base, form.get("action") or markup.page.url)
    if asked is None or target is None or scripted:
        return None
    hidden = {
        name: node.get("value") or ""
        for name, node in fields.items()
        if name and (node.get("type") or "").lower() == "hidden"
    }
    values = {**hidden, asked: QUERY}
    return submitted(markup, form, target, values) if not is_posted(form) or _is_search(form) else None


def _is_search(form: Element) -> bool:
    """Whether a form that is posted only searches: others write something down."""
    kinds = {(node.get("type") or "").lower() for node in form.iter("input")}
    writes = kinds & _WRITES or next(form.iter("textarea"), None) is not None
    return not writes and bool(_SEARCHES.search(f"{form.get('action')} {_words(form)} {seen(form)}"))


def _words(node: Element) -> str:
    words = (
        one.get(name) or "" for one in node.iter() for name in ("id", "class", "name", "placeholder", "value")
    )
    return " ".join(words)
