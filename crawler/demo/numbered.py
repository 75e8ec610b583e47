"""The sample site as portals whose lists are numbered pages: NFCMS, the Xxgk routes of 安徽, 安康, 淮安, and a column
inside a frame."""

from __future__ import annotations

from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15


class Numbered(Dialect):
    """Page 1 is the column's address, page k `{stem}{mark}{k}{extension}`; past the end the last page stands again."""

    mark: ClassVar[str] = "_"
    row: ClassVar[str] = '<li><a href="{href}" title="{title}">{label}</a><span>{day}</span></li>'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """One of the pages."""
        for column in site.columns:
            stem, _, extension = column.path.rpartition(".")
            number = asked.path.removeprefix(stem + self.mark).removesuffix(f".{extension}")
            if asked.path == column.path:
                number = "1"
            if number.isdigit():
                pages = slices(self.entries(site, column), SIZE)
                current = min(int(number), len(pages))
                return self._list(site, column.name, pages[current - 1], current, len(pages))
        return None

    def pager(self, site: Site, current: int, total: int) -> str:
        """What turns the pages."""
        raise NotImplementedError

    def _list(self, site: Site, title: str, shown: list[Article], current: int, total: int) -> Response:
        rows = "".join(item(self.link(site, a), a, self.row) for a in shown)
        return self.page(title, f'<ul class="newlist">{rows}</ul>{self.pager(site, current, total)}')


class Nfcms(Numbered):
    """NFCMS: only the last page is linked; some entries are linked by their mobile twin."""

    name = family = "nfcms"
    columns = {"townships": "/zfxxgknb/xz/index.html", "departments": "/zfxxgknb/bm/index.html"}
    article = "{folder}/content/post_{a.number}.html"
    file = "/attachment/0/{a.serial}/{a.number}.{a.attachment}"
    body = '<div class="news_cont_d_wrap"><div class="article-content">{text}</div></div>'
    head = "<script>var NFCMS_SITE_ID = '200001', NFCMS_POST_ID = '';</script>\n"

    def pager(self, site: Site, current: int, total: int) -> str:
        """The first and the last page."""
        return f'<div class="page"><a href="index.html">首页</a><a href="index_{total}.html">尾页</a></div>'


class Openness(Numbered):
    """The Xxgk routes of 安徽."""

    name = family = "openness"
    stop = "end"
    columns = {
        "townships": "/XxgkContent/showList/12/803/page_1.html",
        "departments": "/XxgkContent/showList/12/804/page_1.html",
    }
    article = "/XxgkAnnualReport/show/{a.number}.html"
    file = "/Uploads/files/{a.serial}.{a.attachment}"
    body = '<div class="g-detailbox">{text}</div>'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """One of the pages."""
        for column in site.columns:
            number = asked.path.removeprefix(column.path.removesuffix("1.html")).removesuffix(".html")
            if number.isdigit():
                pages = slices(self.entries(site, column), SIZE)
                current = min(int(number), len(pages))
                return self._list(site, column.name, pages[current - 1], current, len(pages))
        return None

    def pager(self, site: Site, current: int, total: int) -> str:
        """A link to the next page, and how many there are."""
        link = f'<a href="page_{current + 1}.html">下一页</a>' if current < total else ""
        return f'<div class="page">{link}<span>共{total}页</span></div>'


class Ankang(Numbered):
    """安康."""

    name = family = "ankang"
    columns = {"townships": "/Node-803.html", "departments": "/Node-804.html"}
    article = "/Content-{a.number}.html"
    file = "/upload/{a.serial}.{a.attachment}"
    body = '<div class="xqCent">{text}</div>'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The pager's links need the column's number."""
        right = super().lists(site, asked)
        if right is None:
            return None
        node = asked.path.partition("-")[2].partition("_")[0].removesuffix(".html")
        return Response(right.body.replace(b"NODE", node.encode()), right.status)

    def pager(self, site: Site, current: int, total: int) -> str:
        """All pages by number."""
        links = (f'<a href="/Node-NODE_{k}.html">{k}</a>' for k in range(2, total + 1))
        return f'<div class="page"><a href="/Node-NODE.html">1</a>{"".join(links)}</div>'


class Huaian(Numbered):
    """淮安."""

    name = family = "huaian"
    article_family = "unknown"
    columns = {"townships": "/col/xznb/index.html", "departments": "/col/bmnb/index.html"}
    article = "{folder}/content/{hex}.html"
    file = "/upload/{a.serial}.{a.attachment}"

    def pager(self, site: Site, current: int, total: int) -> str:
        """A call with the count of entries, which the second page repeats."""
        count = {3: 42, 2: 17, 1: 0}[total]
        return f"<script>nsetpage({current},{count},{SIZE},'index','html');</script>"


class Framed(Nfcms):
    """A column whose page holds nothing but a frame, beside a visit counter in another."""

    name = "framed"
    family = "nfcms"
    columns = {"townships": "/zfxxgk/xz.html", "departments": "/zfxxgk/bm.html"}
    article = "/zfxxgknb/content/post_{a.number}.html"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or the list in the frame."""
        if column := self.column_at(site, asked.path):
            inner = f"/frame{column.path.removesuffix('.html')}/index.html"
            frames = f'<iframe src="{inner}"></iframe><iframe src="/visitcount.html"></iframe>'
            return self.page(column.name, frames)
        for column in site.columns:
            folder = f"/frame{column.path.removesuffix('.html')}/index"
            number = asked.path.removeprefix(folder).removesuffix(".html").lstrip("_") or "1"
            if asked.path.startswith(folder) and number.isdigit():
                pages = slices(self.entries(site, column), SIZE)
                current = min(int(number), len(pages))
                return self._list(site, column.name, pages[current - 1], current, len(pages))
        return None
