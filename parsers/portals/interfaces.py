"""Interfaces that portals draw their lists from: rows in JSON, pages told by the query, HTML inside an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit, urlunsplit

from parsers.portals import urls
from parsers.portals.dates import find_date, url_date
from parsers.portals.family import Family
from parsers.portals.lists import Listing, read_all
from parsers.portals.markup import Markup
from parsers.portals.model import Page, Request
from parsers.portals.pagers import Pager
from parsers.portals.rows import Row, is_cut

_BEIJING = timedelta(hours=8)
_MILLISECONDS = 10**11
"""Larger numbers count milliseconds."""
_TAG = re.compile(r"<[^<>]*>")


class Interface(Family):
    """A family whose lists come as JSON: where the items are, and under which keys their parts, the best first."""

    items: ClassVar[tuple[str, ...]] = ()
    titles: ClassVar[tuple[str, ...]] = ("title",)
    links: ClassVar[tuple[str, ...]] = ("url",)
    dates: ClassVar[tuple[str, ...]] = ()

    def extra_rows(self, markup: Markup) -> list[Row]:
        """The items of an answer."""
        found = dig(markup.data, *self.items)
        items = found if isinstance(found, list) else []
        return [row for item in items if isinstance(item, dict) and (row := self._row(item, markup.base))]

    def _row(self, item: dict[str, Any], base: str) -> Row | None:
        url = next((u for k in self.links if (u := urls.join(base, str(item.get(k) or "")))), None)
        title = next((t for k in self.titles if (t := plain(item.get(k)))), "")
        if url is None or not title:
            return None
        day = next((d for k in self.dates if (d := day_of(item.get(k)))), None)
        return Row(url, title, is_cut(title), day or url_date(url), printed=day is not None)


class Fragments(Family):
    """A family whose lists come as pieces of HTML with nothing in them but rows."""

    def is_fragment(self, markup: Markup) -> bool:
        """Whether a page is such a piece."""
        return bool(self.interface and self.interface.search(markup.page.url))

    def listing(self, markup: Markup) -> Listing:
        """All rows of a piece, the best rows of a page."""
        if not self.is_fragment(markup):
            return super().listing(markup)
        return read_all(markup, self.is_article, self.column(markup))


def dig(data: Any, *path: str) -> Any:
    """What stands at a path of keys, `None` where there is nothing."""
    for name in path:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def plain(value: Any) -> str:
    """A title without marks of a search hit."""
    return " ".join(_TAG.sub("", str(value or "")).split())


def day_of(value: Any) -> str | None:
    """A day as interfaces write it: a date, or the seconds or milliseconds since 1970 (Beijing time)."""
    if isinstance(value, str) and not value.isdigit():
        return find_date(value)
    try:
        seconds = int(value or 0)
    except (TypeError, ValueError):
        return None
    seconds = seconds // 1000 if seconds > _MILLISECONDS else seconds
    return (datetime.fromtimestamp(seconds, UTC) + _BEIJING).date().isoformat() if seconds > 0 else None


def number(value: Any) -> int | None:
    """A count as interfaces write it."""
    try:
        return int(value)
    except (TypeError, ValueError):
        return None


def query(url: str) -> dict[str, str]:
    """The values of an address' query, the last of each name."""
    return {
        name: values[-1] for name, values in parse_qs(urlsplit(url).query, keep_blank_values=True).items()
    }


def with_query(url: str, values: Mapping[str, str | int]) -> str:
    """An address with these values in its query, instead of what stood there under their names."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode({**query(url), **values}), fragment=""))


def counted(url: str, name: str, *, page: int, size: int, total: int, first: int = 1) -> Pager:
    """The pager of an interface that says how many entries there are: `name` is the page's number in the query."""
    seen = (page - first + 1) * size
    ahead = (Request(with_query(url, {name: page + 1})),) if 0 < seen < total else ()
    pages = -(-total // size) if size else None
    return Pager(ahead, pages, f"{total} entries", total)


def turned(asked: Request, name: str, page: int) -> Request:
    """The same form for another page: `name` is the page's number in it."""
    values = tuple(value for value in asked.form if value[0] != name)
    return replace(asked, form=(*values, (name, str(page))), part=False)


def html(markup: Markup, text: str) -> Markup:
    """The HTML inside an answer, at the answer's address."""
    return Markup(Page(markup.page.url, text.encode(), markup.page.status, asked=markup.page.asked))


def joined(pieces: Sequence[str]) -> str:
    """Rows on their own as HTML that a parser keeps: table rows in a table, items in a list."""
    tag = "table" if pieces and re.match(r"\s*<t[rd]\b", pieces[0], re.IGNORECASE) else "ul"
    return f"<{tag}>{''.join(pieces)}</{tag}>"
