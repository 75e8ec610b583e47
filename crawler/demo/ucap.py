"""The sample site as a UCAP portal: static lists counted from 1, or a search in JSON."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15
CHANNEL = "0a1b2c3d4e5f60718293a4b5c6d70{}"


class Ucap(Dialect):
    """Static lists. Page k is `list_k.shtml`; hrefs hold line breaks, files stand in a folder beside their article."""

    name = "ucap"
    family = "ucap"
    columns = {
        "townships": "/qhx/c100122/list.shtml",
        "departments": "/qhx/c100123/list.shtml",
    }
    article = "{folder}/{d:%Y%m}/{hex}.shtml"
    file = "{folder}/{d:%Y%m}/{hex}/files/{a.serial:032x}.{a.attachment}"
    body = "<UCAPCONTENT><div id='zoomcon'>{text}</div></UCAPCONTENT>"
    head = '<meta name="others" content="页面生成时间 2025-02-10 08:00:00">\n'

    def link(self, site: Site, article: Article) -> str:
        """With line breaks on both sides, as real lists have it."""
        return f"\n   {super().link(site, article)}\n  "

    def file_link(self, site: Site, article: Article) -> str:
        """Relative to the article."""
        return "\n" + "/".join(self.file_address(site, article).split("/")[-3:]) + "\n"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """`list.shtml` and its further pages; there is none past the end."""
        for column in site.columns:
            pages = slices(self.entries(site, column), SIZE)
            for number, shown in enumerate(pages, 1):
                stem = column.path.removesuffix(".shtml") + (f"_{number}" if number > 1 else "")
                if asked.path == f"{stem}.shtml":
                    return self._list(site, column, shown, number)
        return None

    def channel(self, column: Column) -> str:
        """Where a page says its channel."""
        return f'<meta name="channelid" content="{_number(column)}">'

    def _list(self, site: Site, column: Column, shown: list[Article], number: int) -> Response:
        rows = "".join(item(self.link(site, a), a) for a in shown)
        entries = self.entries(site, column)
        pages = len(slices(entries, SIZE))
        call = f"createPageHTML('page_div',{pages}, {number},'list','shtml',{len(entries)});"
        return self.page(
            column.name,
            f'{self.channel(column)}<ul class="list">{rows}</ul><div id="page_div"></div><script>{call}</script>',
        )


class UcapSearch(Ucap):
    """The list comes from `/common/search/{channel}`; the page that shows it holds none of it."""

    name = "ucap_search"
    article = "{folder}/{d:%Y%m}/c04_{a.number}.shtml"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or a page of results. The answer past the end has none."""
        if column := self.column_at(site, asked.path):
            script = "<script>var api = '/common/search/' + channelId + '?_isAgg=true';</script>"
            return self.page(column.name, f'{self.channel(column)}<ul id="list"></ul>{script}')
        for column in site.columns:
            if asked.path == f"/common/search/{_number(column)}":
                return self._results(site, column, asked.query)
        return None

    def _results(self, site: Site, column: Column, query: dict[str, str]) -> Response:
        page, size = int(query.get("page", 1)), int(query["_pageSize"])
        entries = self.entries(site, column)
        results = [
            {
                "title": a.title,
                "subTitle": "",
                "url": "//" + site.elsewhere.partition("//")[2] if a.external else self.address(site, a),
                "publishedTimeStr": f"{a.published_on} 10:11:12",
                "manuscriptId": str(a.number),
                "contentHtml": f'<p><a href="{urlsplit(site.elsewhere).path}">正文</a></p>',
            }
            for a in entries[(page - 1) * size : page * size]
        ]
        data = {"page": page, "rows": size, "total": len(entries), "results": results}
        body = json.dumps({"data": data}, ensure_ascii=False).encode()
        return Response(body, 200, (("Content-Type", "application/json;charset=UTF-8"),))


def _number(column: Column) -> str:
    return CHANNEL.format(column.path[9:12])
