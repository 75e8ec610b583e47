"""The sample site as portals of platforms with an interface of their own: UCAP's shared platforms, 苏州, 淮安."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from crawler.demo.dialect import Asked, Dialect
from crawler.demo.entries import Article, Column
from crawler.demo.interfaces import SIZE, answer_json
from crawler.demo.responses import Response
from crawler.demo.site import Site

CHANNELS = {
    "townships": "0a1b2c3d4e5f60718293a4b5c6d70803",
    "departments": "0a1b2c3d4e5f60718293a4b5c6d70804",
}


class UcapQuery(Dialect):
    """A shared platform (江西): the script names site and channel, rows come from `/queryList`, their addresses as
    JSON inside the JSON; nothing says how many there are. A second unit lists news."""

    name = "ucap_query"
    family = "ucap_query"
    article_family = "ucap"
    stop = "end"
    columns = {"townships": "/qhx/col/col803/index.html", "departments": "/qhx/col/col804/index.html"}
    article = "/qhx/col/col{c}/content/content_{a.number}.html"
    file = "/qhx/col/col{c}/content/{hex}.{a.attachment}"
    body = "<UCAPCONTENT><div>{text}</div></UCAPCONTENT>"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page without rows, or a page of results; past the end there are none."""
        if column := self.column_at(site, asked.path):
            units = "".join(map(_unit, ("col11", f"col{self.numbers[column.id]}")))
            return self.page(column.name, f'<div id="380055"></div>{units}')
        channel = asked.form.get("channelCode[]", "")
        if asked.path != "/queryList" or asked.form.get("webSiteCode[]") != "qhx":
            return None
        column = self.column_numbered(site, channel.removeprefix("col"))
        page, size = int(asked.form["current"]), int(asked.form["pageSize"])
        shown = self.entries(site, column)[(page - 1) * size : page * size] if column else []
        return answer_json(
            {"code": "200", "data": {"results": [{"source": self._source(site, a)} for a in shown]}}
        )

    def _source(self, site: Site, article: Article) -> dict[str, Any]:
        urls = {"pc": self.link(site, article), "common": ""}
        return {
            "title": article.title,
            "urls": json.dumps(urls),
            "pubDate": f"{article.published_on} 09:30:00",
        }


def _unit(channel: str) -> str:
    return (
        f"<script>var params = {{ current: 1, unitid: '380055', webSiteCode: ['qhx'], channelCode: ['{channel}'],"
        f"\n perPage: '{SIZE}', notReturnContent:false, themeName: 'lucidity', }};\n"
        "loadPageData(params, '380055');</script>"
    )


class SuzhouInfo(Dialect):
    """苏州: `getInfoCommon`, turned by its address until a page is empty."""

    name = "suzhou_info"
    family = "suzhou"
    article_family = "ucap"
    stop = "end"
    columns = {"townships": "/qhx/xznb/nav_list.shtml", "departments": "/qhx/bmnb/nav_list.shtml"}
    article = "{folder}/{d:%Y%m}/{hex}.shtml"
    file = "{folder}/{d:%Y%m}/{hex}/files/{a.serial:032x}.{a.attachment}"
    body = "<UCAPCONTENT>{text}</UCAPCONTENT>"
    path = "/szinf/info/getInfoCommon/"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page without rows, or a page of the interface."""
        if column := self.column_at(site, asked.path):
            script = f"<script>$.get('{self.path}', {{pagesize: 15, currpage: 1}})</script>"
            return self.page(column.name, f'<meta name="channelid" content="{CHANNELS[column.id]}">{script}')
        return self.rows(site, asked) if asked.path == self.path else None

    def rows(self, site: Site, asked: Asked) -> Response | None:
        """A page of the interface."""
        shown = self.shown(
            site, asked.query.get("channelid"), asked.query["currpage"], asked.query["pagesize"]
        )
        links = [
            {"title": a.title, "link": self.link(site, a), "pubtime": str(a.published_on)} for a in shown
        ]
        return answer_json({"infolist": links})

    def shown(self, site: Site, channel: str | None, page: str, size: str) -> list[Article]:
        """The entries of a page of a channel."""
        column = next((c for c in site.columns if CHANNELS[c.id] == channel), None)
        first = (int(page) - 1) * int(size)
        return self.entries(site, column)[first : first + int(size)] if column else []


class SuzhouFiles(SuzhouInfo):
    """苏州: `loadData`, turned by its form, which says how many entries there are."""

    name = "suzhou_files"
    stop = "total"
    path = "/szinf/xxgk/interfacesWebZcwj/loadData"

    def rows(self, site: Site, asked: Asked) -> Response | None:
        """A page of the interface."""
        if asked.method != "POST":
            return None
        size, channel = asked.query["pageSize"], asked.form.get("channel_id")
        shown = self.shown(site, channel, asked.form["pageIndex"], size)
        total = len(self.shown(site, channel, "1", "9999"))
        links = [
            {"TITLE": a.title, "URL": self.link(site, a), "PUBLISHED_TIME_FORMAT": str(a.published_on)}
            for a in shown
        ]
        pages = -(-total // int(size))
        return answer_json({"code": 0, "data": {"allRow": total, "totalPage": pages, "list": links}})


class HuaianLists(Dialect):
    """淮安's disclosure platform: a column is a topic, told by the address; the department stands in the script."""

    name = "huaian_lists"
    family = "huaian"
    article_family = "unknown"
    columns = {
        "townships": "/cmsweb/zwgk/qh/index.html?topic=803",
        "departments": "/cmsweb/zwgk/qh/index.html?topic=804",
    }
    article = "/col/{c}_123456/art/{d:%Y%m}/16051496510{a.number}VPmeeson.html"
    file = "/upload/{a.serial}.{a.attachment}"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page without rows, or a page of the interface."""
        if column := self._asked_for(site, asked):
            script = "<script>var rdeptid = '0000000064cf2d8b0164d95cf92e00fc';</script>"
            return self.page(column.name, f'<ul id="list"></ul>{script}')
        column = self.column_numbered(site, asked.form.get("topic"))
        if asked.path != "/articleCommonController/lists.do" or "rdeptid" not in asked.form or column is None:
            return None
        entries = self.entries(site, column)
        page, size = int(asked.form["page"]), int(asked.form["pagesize"])
        shown = [self._item(site, asked, a) for a in entries[(page - 1) * size : page * size]]
        return answer_json({"value": {"total": len(entries), "list": shown}})

    def _asked_for(self, site: Site, asked: Asked) -> Column | None:
        return next((c for c in site.columns if c.path == asked.target), None)

    def _item(self, site: Site, asked: Asked, article: Article) -> dict[str, str]:
        elsewhere = urlsplit(site.elsewhere)
        host = elsewhere.netloc if article.external else asked.headers.get("host", "www.qinghe.example")
        path = elsewhere.path if article.external else self.address(site, article)
        day = f"{article.published_on} 09:30:00"
        return {
            "title": article.title,
            "link": "",
            "path": path,
            "domain": f"http://{host}",
            "releaseTime": day,
        }
