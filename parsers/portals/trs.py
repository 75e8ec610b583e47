"""拓尔思 TRS WCM: static lists, `createPageHTML`, articles at `YYYYMM/tYYYYMMDD_ID.html`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from parsers.portals import urls
from parsers.portals.dates import find_date, url_date
from parsers.portals.family import Family
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.pagers import Pager, link_pager, trs_pager
from parsers.portals.rows import Row

_SCRIPTED_URL = re.compile(
    r"""(?:\burl\s*=\s*["'](?=https?:|[./])|=\s*["'](?=[^"'\s]*/t\d{8}_\d+(?:_wap)?\.s?html?))([^"'\s]+)\s*["']"""
)
_SCRIPTED_TITLE = re.compile(r"""title\s*=\s*(?:"([^"]+)"|'([^']+)')""", re.IGNORECASE)


class Trs(Family):
    """TRS WCM and its IGI/gkml directories."""

    name = "trs"
    marks = {
        "createPageHTML(total, current": Mark(r"createPageHTML\s*\(\s*\d", "createPageHTML"),
        "createPage(total, current": Mark(r"createPage\s*\(\s*\d", "createPage"),
        "countPage": Mark(r"countPage\s*=\s*\d", "countPage"),
        "WCM置标": Mark("WCM置标"),
        "TRS editor": Mark(
            "(?i)TRS_(?:UE?)?Editor|trs_editor_view", "TRS_Editor", "TRS_UEditor", "TRS_UEEditor"
        ),
        "tYYYYMMDD_ID": Mark(r"/t(?:19|20)\d{6}_\d+(?:_wap)?\.s?html?", "/t19", "/t20"),
    }
    article_url = re.compile(r"/t(?:\d{8}_)?\d{5,}(?:_wap)?\.s?html?$")

    def recognise(self, markup: Markup, words: set[bytes]) -> str | None:
        """Also by the page's own address, where the page itself has no mark."""
        own = "tYYYYMMDD_ID" if re.search(r"/t\d{8}_\d+(?:_wap)?\.s?html?$", markup.page.url) else None
        return super().recognise(markup, words) or own

    def pager(self, markup: Markup) -> Pager:
        """The counted pager, else the link."""
        return trs_pager(markup) or link_pager(markup)

    def extra_rows(self, markup: Markup) -> list[Row]:
        """Rows that inline scripts draw (Wuhan): `url="…"; title="…"; document.writeln("2026-02-14 17:32")`."""
        return [row for script in markup.scripts for row in _scripted_rows(script, markup.base)]


def _scripted_rows(script: str, base: str) -> Iterator[Row]:
    parts = _SCRIPTED_URL.split(script)
    for href, after in zip(parts[1::2], parts[2::2], strict=True):
        url, title = urls.join(base, href), _SCRIPTED_TITLE.search(after)
        if url and title:
            date = find_date(after)
            yield Row(url, (title[1] or title[2]).strip(), cut=False, published_on=date or url_date(url))
