"""A sample site spoken in the dialect of a CMS family.

A dialect is a class: where columns, articles and files stand, and how lists are asked for and answered. What all
portals have in common (front page, robots.txt, articles, files, 404) is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import ClassVar
from urllib.parse import parse_qsl, urlsplit

from crawler.demo import templates, trs
from crawler.demo.county import qinghe
from crawler.demo.entries import Article, Column
from crawler.demo.renderers import as_html
from crawler.demo.responses import Response
from crawler.demo.site import Site

TITLE_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it came to a portal; header names are in lower case."""

    target: str
    method: str = "GET"
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        """The values of the query."""
        return dict(parse_qsl(urlsplit(self.target).query, keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The values of an urlencoded body."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))


class Dialect:
    """How a family's portals look. `article_family` is what tells of an article that shows nothing of its list's
    family; `stop` is how a walk of its columns ends, `columns` are
    their addresses by id; in `article` and `file` stand
    `{a}` the article, `{d}` its day, `{c}` the number of its column, `{hex}` an identifier of 32 digits."""

    name: ClassVar[str]
    family: ClassVar[str]
    article_family: ClassVar[str | None] = None
    stop: ClassVar[str] = "total"
    columns: ClassVar[dict[str, str]]
    numbers: ClassVar[dict[str, int]] = {"townships": 803, "departments": 804}
    article: ClassVar[str]
    file: ClassVar[str]
    body: ClassVar[str] = '<div id="zoom">{text}</div>'
    head: ClassVar[str] = ""

    def site(self) -> Site:
        """青禾县 at this family's addresses."""
        site = qinghe()
        site.columns = tuple(replace(c, path=self.columns[c.id]) for c in site.columns)
        return site

    def answer(self, site: Site, asked: Asked) -> Response:
        """What the site answers, its faults included."""
        right = self._pages(site, asked) or self.lists(site, asked) or _page(templates.missing(site), 404)
        fault = site.faults.get(asked.path)
        return fault(right) if fault else right

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The answer to a request for a list."""
        raise NotImplementedError

    def address(self, site: Site, article: Article) -> str:
        """Where an article stands."""
        return self.article.format(**self._names(site, article))

    def file_address(self, site: Site, article: Article) -> str:
        """Where an article's file stands."""
        return self.file.format(**self._names(site, article))

    def link(self, site: Site, article: Article) -> str:
        """The address of an entry as a list has it."""
        return site.elsewhere if article.external else self.address(site, article)

    def file_link(self, site: Site, article: Article) -> str:
        """The address of a file as an article has it."""
        return self.file_address(site, article)

    def entries(self, site: Site, column: Column) -> list[Article]:
        """What a column lists, the newest first."""
        mine = [a for a in site.articles if a.column == column.id and column.id not in site.emptied]
        return sorted(mine, key=lambda a: (a.published_on, a.serial), reverse=True)

    def column_at(self, site: Site, path: str) -> Column | None:
        """The column whose first page stands at an address."""
        return next((c for c in site.columns if urlsplit(c.path).path == path), None)

    def column_numbered(self, site: Site, number: str | None) -> Column | None:
        """The column with a number."""
        return next((c for c in site.columns if str(self.numbers[c.id]) == number), None)

    def page(self, title: str, body: str, status: int = 200) -> Response:
        """A page of the portal."""
        return _page(
            f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{escape(title)}</title>\n{self.head}</head>'
            f'<body><div class="nav"><a href="/">首页</a> <a href="/search/">搜索</a></div>\n{body}\n'
            '<div class="footer">主办：青禾县人民政府办公室</div></body></html>',
            status,
        )

    def _names(self, site: Site, article: Article) -> dict[str, object]:
        return {
            "a": article,
            "d": article.published_on,
            "c": self.numbers[article.column],
            "hex": f"{article.number * 0x9E3779B97F4A7C15F39CC0605CEDC835:x}".zfill(32)[-32:],
            "folder": site.column(article.column).path.rpartition("/")[0],
        }

    def _pages(self, site: Site, asked: Asked) -> Response | None:
        if asked.target == "/robots.txt":
            return Response(site.robots.encode(), 200, (("Content-Type", "text/plain"),))
        if asked.path in {"/", "/index.html"}:
            return self.page(site.name, templates.front(site))
        for article in site.articles:
            if not article.external and asked.target == self.address(site, article):
                return self._article(site, article)
            if article.attachment and asked.target == self.file_address(site, article):
                return trs.file(article)
        return None

    def _article(self, site: Site, article: Article) -> Response:
        title = escape(article.title)
        text = as_html(article.report) if article.report else f"<p>{escape(article.text)}</p>"
        if article.attachment:
            link = escape(self.file_link(site, article))
            text += f'<p>附件：<a href="{link}">{title}.{article.attachment}</a></p>'
        day = f"{article.published_on} 09:30"
        meta = f'<meta name="ArticleTitle" content="{title}"><meta name="PubDate" content="{day}">'
        return self.page(article.title, f"{meta}<h1>{title}</h1>" + self.body.format(text=text))


def item(
    href: str,
    article: Article,
    template: str = '<li><a href="{href}" title="{title}">{label}</a><span>{day}</span></li>',
) -> str:
    """A row of a list; `{label}` is the title cut."""
    title = escape(article.title)
    label = title if len(article.title) <= TITLE_WIDTH else escape(article.title[:TITLE_WIDTH]) + "…"
    return template.format(href=escape(href), title=title, label=label, day=article.published_on)


def slices(entries: Sequence[Article], size: int) -> list[list[Article]]:
    """Entries by pages; an empty list has one page."""
    return [list(entries[i : i + size]) for i in range(0, max(1, len(entries)), size)]


def _page(text: str, status: int = 200) -> Response:
    return Response(text.encode(), status)
