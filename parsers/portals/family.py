"""The base of the families: a static list with articles behind it. A family declares where it differs."""

from __future__ import annotations

import re
from typing import ClassVar

from parsers.portals import articles, urls
from parsers.portals.column import Column
from parsers.portals.lists import Listing, read_list
from parsers.portals.marks import Mark
from parsers.portals.markup import Markup
from parsers.portals.model import Attachment, Request
from parsers.portals.pagers import Pager, link_pager
from parsers.portals.rows import Row
from parsers.trees import Element

COMMON_BODIES = (
    "#zoom",
    "#zoomcon",
    "#ucap-content",
    ".trs_editor",
    ".trs_ueditor",
    ".trs_editor_view",
    ".v_news_content",
    ".j-fontcontent",
    ".news_cont_d_wrap",
    ".tyxxy_main",
    "#infocontentm",
    ".govinfocontent",
    ".mian-cont",
    "#ivs_content",
    "#webeditorview",
    ".custom_unionstyle",
    ".artile_zw",
    ".art_con",
    ".article-content",
    ".content-body",
    ".article_content",
    ".articlecontent",
    ".xxgk_content",
    ".news_content",
    ".main-txt",
    ".info-cont",
    ".pages_content",
    ".con_text",
    ".xqcent",
    ".g-detailbox",
    ".newscontnet",
    ".xiangqnr",
    ".overview",
    ".ewb-article-info",
    "#barrierfree_container",
    "#article",
    ".article",
    ".detail-content",
    ".detail",
    "#maincontent",
    "#content",
    ".content",
    ".split",
)
"""Ids and classes that hold the article on most portals, the telling ones first (their spelling is the portals')."""


class Family:
    """A CMS family: what marks its pages, what its articles' addresses look like, where their bodies are.

    `marks` are tried in order against the decoded source; the name of the first that fires is the fingerprint. Before
    all marks, `interface` tells by its address an answer that is no page; after them `address` tells a page.
    `report_url` are addresses that only reports have.
    """

    name: ClassVar[str]
    marks: ClassVar[dict[str, Mark]] = {}
    interface: ClassVar[re.Pattern[str] | None] = None
    address: ClassVar[re.Pattern[str] | None] = None
    article_url: ClassVar[re.Pattern[str] | None] = None
    report_url: ClassVar[re.Pattern[str] | None] = None
    bodies: ClassVar[tuple[str, ...]] = COMMON_BODIES

    def recognise(self, markup: Markup, words: set[bytes]) -> str | None:
        """The fingerprint that tells this family, if one does, given which words of marks stand in the page."""
        return next((name for name, mark in self.marks.items() if mark.fires(markup.text, words)), None)

    def is_article(self, url: str) -> bool:
        """Whether an address has the shape of an article's."""
        own = self.article_url is not None and bool(self.article_url.search(url))
        return own or urls.looks_like_article(url)

    def unwrap(self, markup: Markup) -> Markup:
        """The page inside an answer that is no page: records in a script, HTML in JSON."""
        return markup

    def parts(self, markup: Markup) -> list[Request]:
        """Lists that the page draws from elsewhere: from an interface, from a unit of the page."""
        return []

    def listing(self, markup: Markup) -> Listing:
        """The page's entries."""
        return read_list(markup, self.is_article, self.extra_rows(markup), self.column(markup))

    def column(self, markup: Markup) -> Column:
        """The column whose list the page is."""
        return Column(markup, self.called(markup), self.report_url)

    def called(self, markup: Markup) -> str:
        """What an answer that is no page calls its column."""
        return ""

    def extra_rows(self, markup: Markup) -> list[Row]:
        """Rows that stand elsewhere than in links."""
        return []

    def pager(self, markup: Markup) -> Pager:
        """The list's next page."""
        return link_pager(markup)

    def body(self, markup: Markup) -> Element | None:
        """The element that holds the article."""
        return articles.body_of(markup, self.bodies)

    def title(self, markup: Markup) -> str | None:
        """The article's title."""
        return articles.title_of(markup)

    def published_on(self, markup: Markup) -> str | None:
        """The article's day of publication."""
        return articles.date_of(markup)

    def attachments(self, markup: Markup, body: Element | None) -> list[Attachment]:
        """The article's files."""
        return articles.attachments_of(markup, body)
