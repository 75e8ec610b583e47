"""Pages of no known family: static lists are read all the same, and flagged `unknown`."""

from __future__ import annotations

from parsers.portals.family import Family
from parsers.portals.markup import Markup
from parsers.portals.pagers import Pager, link_pager, trs_pager


class Generic(Family):
    """The static fallback: rows of links with dates, and the link that says "next page"."""

    name = "unknown"

    def pager(self, markup: Markup) -> Pager:
        """A counted pager of any known signature, else the link."""
        return trs_pager(markup) or link_pager(markup)
