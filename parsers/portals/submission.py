"""A form of a page, sent as browsers send it."""

from __future__ import annotations

from collections.abc import Mapping

from parsers.portals.encodings import first_known, urlencoded
from parsers.portals.markup import Markup
from parsers.portals.model import Request
from parsers.trees import Element


def is_posted(form: Element) -> bool:
    """Whether what is sent stands in the body of the request, and not in its address."""
    return (form.get("method") or "").strip().lower() == "post"


def submitted(
    markup: Markup, form: Element, target: str, values: Mapping[str, str], *, guess: bool = False
) -> Request:
    """The request that sends the values of a form to its target, in the encoding of the form or else of its page."""
    labels = (form.get("accept-charset") or "").replace(",", " ").split()
    encoding = first_known(labels) or markup.encoding
    if is_posted(form):
        return Request(target, "POST", tuple(values.items()), guess=guess, encoding=encoding)
    return Request(f"{target.partition('?')[0]}?{urlencoded(values.items(), encoding)}", guess=guess)
