"""The sample site with lists as single portals have them: drawn by inline scripts, in tables of an old program, turned
by a form, with days in pieces."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article
from crawler.demo.faults import gbk
from crawler.demo.numbered import Framed, Numbered
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15
TOPIC = "政府信息公开年报"


class TrsScripted(Numbered):
    """武汉: inline scripts write the rows; there are no links to follow."""

    name = "trs_scripted"
    family = "trs"
    columns = {"townships": "/zfxxgk/xz/index.shtml", "departments": "/zfxxgk/bm/index.shtml"}
    article = "{folder}/{d:%Y%m}/t{d:%Y%m%d}_{a.number}.shtml"
    file = "{folder}/{d:%Y%m}/P0{d:%Y%m%d}{a.serial:012}.{a.attachment}"
    body = '<div class="TRS_Editor">{text}</div>'
    row = (
        '<li><script>var url="{href}"; var title = "";\nif (url != "") {{ title = "{title}"; }}\n'
        'document.writeln("<a href="+url+">"+title+"</a>");document.writeln("{day} 17:32");</script></li>'
    )

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """Page k + 1 is `index_k`."""
        stem, _, number = asked.path.removesuffix(".shtml").rpartition("_")
        path = f"{stem}_{int(number) + 1}.shtml" if stem and number.isdigit() else asked.path
        return super().lists(site, replace(asked, target=path))

    def pager(self, site: Site, current: int, total: int) -> str:
        """The call."""
        return f'<script>createPageHTML({total}, {current - 1}, "index", "shtml");</script>'


class TrsPrefixed(Numbered):
    """A directory of numbered pages (南京), articles without a day in their name (广西), and a pager in variables;
    every second row is linked by its mobile twin as well, before the page itself."""

    name = "trs_prefixed"
    family = "trs"
    columns = {"townships": "/gkml/xz/index_17431.html", "departments": "/gkml/bm/index_17432.html"}
    article = "{folder}/t1{a.number:07}.html"
    file = "{folder}/W0{d:%Y%m%d}{a.serial:012}.{a.attachment}"
    body = "<div class=TRS_UEDITOR>{text}</div>"
    row = (
        '<li><a href="{href}" title="{title}">{label}</a><a href="{href}#top" title="{title}">手机版</a>'
        "<b>{day}</b></li>"
    )

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """Page k + 1 is `index_17431_k`."""
        stem, _, number = asked.path.removesuffix(".html").rpartition("_")
        if stem.rpartition("_")[2].isdigit():
            return super().lists(site, replace(asked, target=f"{stem}_{int(number) + 1}.html"))
        return super().lists(site, asked) if self.column_at(site, asked.path) else None

    def pager(self, site: Site, current: int, total: int) -> str:
        """The variables, and a function that knows the prefix."""
        return (
            f"<script>var countPage = {total}//共多少页\nvar currentPage = {current - 1};\n"
            'function go(i) { location.href = "index_1743" + i; }\n'
            f'document.write("<a href=\\"{self._stem(site, current)}"+"_" + i + "."+"html\\">")</script>'
        )

    def _stem(self, site: Site, current: int) -> str:
        return "index_17431" if self._of_townships else "index_17432"

    _of_townships = True

    def _list(self, site: Site, title: str, shown: list[Article], current: int, total: int) -> Response:
        self._of_townships = "乡镇" in title
        return super()._list(site, title, shown, current, total)


class Program(Dialect):
    """河北教育厅: a table of an old program in GB 2312, whose index numbers look like days; pages by `current=`."""

    name = "program"
    family = "unknown"
    stop = "end"
    columns = {
        "townships": "/column.jsp?id=1414231541803&current=1",
        "departments": "/column.jsp?id=1414231541804&current=1",
    }
    article = "/col/1414231541803/{d.year}/{d:%m}/{d:%d}/17062345{a.number}.html"
    file = "/download.jsp?pathfile=/atm/7/{hex}.{a.attachment}"
    body = '<font id="Zoom">{text}</font>'

    def answer(self, site: Site, asked: Asked) -> Response:
        """In GB 2312, as the page declares and the header does not say."""
        return gbk(super().answer(site, asked))

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """A page of the program; past the end stands the last."""
        column = self.column_numbered(site, asked.query.get("id", "")[-3:])
        if asked.path != "/column.jsp" or column is None:
            return None
        pages = slices(self.entries(site, column), SIZE)
        number = min(int(asked.query["current"]), len(pages))
        row = "<tr><td>2026-02-00018</td><td><a href='{href}' title='{title}'>{label}</a></td><td>{chinese}</td></tr>"
        rows = "".join(
            item(self.link(site, a), a, row.replace("{chinese}", f"{a.published_on:%Y年%m月%d日}"))
            for a in pages[number - 1]
        )
        link = f"column.jsp?id={asked.query['id']}&amp;current={number + 1}"
        following = f"<a href='{link}'>下一页</a>" if number < len(pages) else ""
        return self.page(column.name, f"<table>{rows}</table>{following}")


class Posted(Dialect):
    """江苏 gtapp: the list is turned by sending the page's own form, days stand in two elements."""

    name = "posted"
    family = "unknown"
    columns = {"townships": "/gtapp/xzIndex.action", "departments": "/gtapp/bmIndex.action"}
    article = "/gtapp/nrgl/{c}/{a.number}.html"
    file = "/gtapp/nrgl/{a.serial}.{a.attachment}"
    row = '<li><b>{month}</b><i>{year}</i><a href="{href}" title="{title}">{label}</a></li>'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page that the form asks for; the form wants its token back."""
        column = self.column_at(site, asked.path)
        if column is None:
            return None
        pages = slices(self.entries(site, column), SIZE)
        number = int(asked.form["cpage"]) if asked.form.get("token") == "t0ken" else 1
        rows = "".join(self._row(site, a) for a in pages[number - 1])
        form = (
            f'<form method="post" name="f"><input type="hidden" name="token" value="t0ken">'
            f'<input name="cpage" value="{number}"><input type="submit" name="go" value="转到"></form>'
        )
        turn = f'<a href="javascript:;" onclick="gopage({number + 1})">下一页</a>'
        return self.page(column.name, f"<ul>{rows}</ul>{form}{turn}共{len(pages)}页")

    def _row(self, site: Site, article: Article) -> str:
        day = article.published_on
        return item(
            self.link(site, article),
            article,
            self.row.replace("{month}", f"{day:%m-%d}").replace("{year}", f"{day.year}"),
        )


class PostedInGbk(Posted):
    """The same in GB 2312, and the form must say the column's name back."""

    name = "posted_gbk"

    def answer(self, site: Site, asked: Asked) -> Response:
        """In GB 2312; what is not sent in it is not understood."""
        sent = dict(parse_qsl(asked.body.decode(), encoding="gbk", errors="replace"))
        understood = asked.method == "GET" or sent.get("topic") == TOPIC
        return gbk(super().answer(site, asked if understood else replace(asked, body=b"")))

    def page(self, title: str, body: str, status: int = 200) -> Response:
        """The form has the column's name."""
        named = f'<input type="hidden" name="topic" value="{TOPIC}"></form>'
        return super().page(title, body.replace("</form>", named), status)


class Folders(Numbered):
    """常州: page k is a folder of the column, rows stand in a table beside their days without a year."""

    name = "folders"
    family = "unknown"
    stop = "end"
    columns = {"townships": "/gi_class/gi_7_01", "departments": "/gi_class/gi_7_02"}
    article = "/gi_news/{d:%Y%m%d}/{a.number}.html"
    file = "/gi_news/{a.serial}.{a.attachment}"
    row = '<tr><td><a href="{href}" title="{title}">{label}</a></td><td>[{short}]</td></tr>'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """One of the pages."""
        for column in site.columns:
            number = asked.path.removeprefix(column.path).lstrip("/") or "1"
            if asked.path.startswith(column.path) and number.isdigit():
                pages = slices(self.entries(site, column), SIZE)
                current = min(int(number), len(pages))
                link = f'<a href="{column.path}/{current + 1}">下一页</a>' if current < len(pages) else ""
                rows = "".join(self._row(site, a) for a in pages[current - 1])
                table = f'<table class="box3">{rows}</table>{link}<span>共{len(pages)}页</span>'
                return self.page(column.name, table)
        return None

    def _row(self, site: Site, article: Article) -> str:
        return item(
            self.link(site, article), article, self.row.replace("{short}", f"{article.published_on:%m-%d}")
        )


class Frameset(Framed):
    """A column whose page is a frameset: the tree of all columns, and the list."""

    name = "frameset"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The frameset, or the list in it."""
        if column := self.column_at(site, asked.path):
            inner = f"/frame{column.path.removesuffix('.html')}/index.html"
            frames = f"<frameset cols='20,80'><frame src='/tree.jsp'><frame src='{inner}'></frameset>"
            return Response(f"<html><head><title>年报</title>{self.head}</head>{frames}</html>".encode())
        return super().lists(site, asked)
