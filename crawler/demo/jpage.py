"""The sample site as a Hanweb jpage portal: records in a script, further groups from `dataproxy.jsp`."""

from __future__ import annotations

from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.responses import Response
from crawler.demo.site import Site

PER_PAGE = 5
GROUP = 3 * PER_PAGE
ROW = "<li><a href='{href}' title='{title}'>{label}</a><b>\n {day}\n</b></li>"
PROXY = "/module/web/jpage/dataproxy.jsp"
LOOK_AHEAD = 1


class Jpage(Dialect):
    """A newer server: only `page=` of the link to the next group moves, the column's number in it is encrypted,
    `page=1` is the group after the page's own, every group begins with the last record of the one before, and one past
    the end is an empty datastore. A second unit on the page lists news."""

    name = "jpage"
    family = "jpage"
    columns = {"townships": "/col/col803/index.html", "departments": "/col/col804/index.html"}
    article = "/art/{d.year}/{d.month}/{d.day}/art_{c}_{a.number}.html"
    file = "/module/download/downfile.jsp?classid=0&showname={a.serial}&filename={hex}.{a.attachment}"
    head = '<script src="/script/0/2001/jpage.js"></script>\n'
    first_group: ClassVar[int] = 0
    proxy: ClassVar[str] = PROXY

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page whatever `pageNum` says, or a group of records."""
        if column := self.column_at(site, asked.path):
            return self._page(site, column)
        column = self._decrypted(site, asked.query.get("columnid", ""))
        if asked.path != self.proxy or column is None:
            return None
        number = int(asked.query["page"]) - self.first_group
        groups = slices(self.entries(site, column), GROUP)
        shown = groups[number] if 0 <= number < len(groups) else []
        if shown and number:
            shown = groups[number - 1][-LOOK_AHEAD:] + shown
        return Response(self._store(site, column, shown).encode(), 200)

    def _page(self, site: Site, column: Column) -> Response:
        shown = slices(self.entries(site, column), GROUP)[0]
        total = len(self.entries(site, column))
        news = "".join(
            f"<record><![CDATA[<li><a href='/art/2024/3/{k}/art_11_{k}.html'>县里的新闻第{k}条</a>"
            f"<b>2024-03-0{k}</b></li>]]></record>"
            for k in range(1, 9)
        )
        unit = self.numbers[column.id] * 3
        return self.page(
            column.name,
            f'<script type="text/xml"><datastore><recordset>{news}</recordset></datastore></script>'
            f'<div id="{unit}"></div><script type="text/xml">{self._store(site, column, shown)}</script>'
            f"<script>var param_{unit} = {{col:1,appid:1,webid:1,path:'/',columnid:{self._numbers(column)},"
            f"sourceContentType:1,unitid:{unit},webname:'青禾县人民政府',permissiontype:0}};\n"
            f"$('#{unit}').jpage({{totalRecord:{total}, perPage:{PER_PAGE}, proxyUrl:'{self.proxy}'}});</script>",
        )

    def _numbers(self, column: Column) -> str:
        return str(self.numbers[column.id])

    def _store(self, site: Site, column: Column, shown: list[Article]) -> str:
        records = "".join(f"<record><![CDATA[{item(self.link(site, a), a, ROW)}]]></record>" for a in shown)
        total = len(self.entries(site, column))
        return (
            f"<datastore>{self._next(column)}<totalrecord>{total}</totalrecord><totalpage>{-(-total // PER_PAGE)}"
            f"</totalpage><recordset>{records}</recordset></datastore>"
        )

    def _next(self, column: Column) -> str:
        number = f"{self.numbers[column.id]:x}".zfill(8)[::-1]
        link = f"{PROXY}?page=1&appid=1&webid=1&path=/&columnid={number}&unitid=a1b2&webname=青禾县人民政府"
        return f'<nextgroup><![CDATA[<a href="{link}">next</a>]]></nextgroup>'

    def _decrypted(self, site: Site, number: str) -> Column | None:
        return next((c for c in site.columns if f"columnid={number}&" in self._next(c)), None)


class JpageSame(Jpage):
    """A server on which `page=1` is the group that stands in the page."""

    name = "jpage_same"
    first_group = 1


class JpageRecords(Jpage):
    """An older server: no link to the next group, records are asked for by number in a POST; rows of a table."""

    name = "jpage_records"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page, or the records asked for."""
        if column := self.column_at(site, asked.path):
            return self._page(site, column)
        column = self.column_numbered(site, asked.form.get("columnid"))
        if asked.path != self.proxy or column is None or asked.method != "POST":
            return None
        first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        return Response(self._store(site, column, self.entries(site, column)[first - 1 : last]).encode(), 200)

    def _next(self, column: Column) -> str:
        return ""
