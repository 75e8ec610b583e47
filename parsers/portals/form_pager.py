"""Lists that are turned by a field with the page's number, which is counted up: in the address, or in a form of the
page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit, urlunsplit

from parsers.portals import urls
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.portals.submission import submitted
from parsers.trees import Element

_FIELD = re.compile(
    r"^(?:c|cur_?|curr_?|current_?|now_?|goto_?)?page_?(?:no|num|number|index)?$",
    re.IGNORECASE,
)
"""Names of the field in which a form has the page's number."""
_CALLED_WITH = re.compile(r"\w\s*\(([^()]*)\)")
_NUMBER = re.compile(r"^\s*['\"]?(\d{1,4})['\"]?\s*$")
_UNSENT = frozenset({"submit", "button", "reset", "image", "file", "checkbox", "radio"})


def turned_to(code: str) -> int | None:
    """The page to which a script's call turns: the first of its arguments that can be one."""
    for arguments in _CALLED_WITH.findall(code):
        for argument in arguments.split(","):
            if (number := _NUMBER.match(argument)) and int(number[1]) > 1:
                return int(number[1])
    return None


def by_query(url: str, last: int | None) -> tuple[Request, ...] | None:
    """The address of the next page, none after the last; `None` where an address has no field for a page's number."""
    parts = urlsplit(url)
    fields = [field.partition("=") for field in parts.query.split("&")]
    at = next(
        (k for k, (name, _, value) in enumerate(fields) if _FIELD.match(name) and value.isdigit()), None
    )
    if at is None:
        return None
    name, sign, value = fields[at]
    if last is not None and int(value) >= last:
        return ()
    fields[at] = (name, sign, str(int(value) + 1))
    query = "&".join(map("".join, fields))  # as it stands: only the page knows its encoding
    return (Request(urlunsplit(parts._replace(query=query)), guess=True),)


def by_form(markup: Markup, last: int | None) -> tuple[Request, ...] | None:
    """The request for the next page, none after the last; `None` where no form has a field for a page's number."""
    for form in markup.tree.iter("form"):
        fields = {
            name: node
            for node in form.iter("input", "select")
            if (name := node.get("name")) and _is_sent(node)
        }
        turned = next((name for name in fields if _FIELD.match(name)), None)
        target = urls.join(markup.base, form.get("action") or markup.page.url)
        if turned is None or target is None:
            continue
        values = {name: _value(node) for name, node in fields.items()}
        following = _current(markup, turned, values[turned]) + 1
        if last is not None and following > last:
            return ()
        values[turned] = str(following)
        return (submitted(markup, form, target, values, guess=True),)
    return None


def _is_sent(node: Element) -> bool:
    return (node.get("type") or "").lower() not in _UNSENT


def _value(node: Element) -> str:
    if node.tag == "input":
        return str(node.get("value") or "")
    options = list(node.iter("option"))
    chosen = next((o for o in options if o.get("selected") is not None), options[0] if options else None)
    return "" if chosen is None else str(chosen.get("value") or "")


def _current(markup: Markup, name: str, shown: str) -> int:
    """Which page this is: as it was asked for, else as the form says."""
    asked = dict(markup.page.asked.form).get(name, "") if markup.page.asked else ""
    return next((int(text) for text in (asked, shown) if text.isdigit()), 1) or 1
