"""The sample site as a Hanweb JPaaS portal: pages of units, whose HTML comes in JSON."""

from __future__ import annotations

import json
from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15
UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"
ROW = (
    "<li class='cf'><a class='fl' title='{title}' href='{href}'>{label}</a><span class='fr'>{day}</span></li>"
)
DOWNLOAD = "/api-gateway/jpaas-web-server/front/document/download"
JSON = (("Content-Type", "application/json"),)


class Jpaas(Dialect):
    """Three units: a menu without links to articles, news of many pages, and the list. Only `paramJson` moves; a bare
    `pageNo` is ignored; a page past the end answers with the last. The year in an address is that of a migration."""

    name = "jpaas"
    family = "jpaas"
    columns = {
        "townships": "/zfxxgk/zfxxgknb/2025n/xz/index.html",
        "departments": "/zfxxgk/zfxxgknb/2025n/bmdw/index.html",
    }
    article = "{folder}/art/2023/art_{hex}.html"
    file = DOWNLOAD + "?fileUrl={hex}&fileName={a.serial}.{a.attachment}"
    head = '<script src="/api-gateway/jpaas-jiop-web-server/front/a.js"></script>\n'
    rendered: ClassVar[bool] = False

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page, or one of its units."""
        if column := self.column_at(site, asked.path):
            return self._page(site, column)
        if asked.path != UNIT:
            return None
        column = self.column_numbered(site, asked.query.get("pageId"))
        if column is None or asked.query.get("parseType") != "bulidstatic":
            return Response(b'{"success":false,"code":"500","message":"param error"}', 200, JSON)
        held = self._unit(site, column, asked.query)
        return Response(json.dumps({"success": True, "code": "200", "data": held}).encode(), 200, JSON)

    def _page(self, site: Site, column: Column) -> Response:
        units = "".join(self._script(column, tag) for tag in ("栏目导航", "要闻", "当前栏目list"))
        shown = slices(self.entries(site, column), SIZE)[0]
        held = self._rows(site, shown) if self.rendered else ""
        return self.page(column.name, f"{units}<div class='list'>{held}</div>")

    def _script(self, column: Column, tag: str) -> str:
        values = {
            "webId": "3185",
            "pageId": str(self.numbers[column.id]),
            "parseType": "bulidstatic",
            "pageType": "column",
            "tagId": tag,
            "tplSetId": "LpcyxkYSwRoJNKPT7EX2v",
            "editType": "null",
        }
        said = ",".join(f"'{name}':'{value}'" for name, value in values.items())
        return f'<script language="javascript" url="{UNIT}" queryData="{{{said}}}"></script>\n'

    def _unit(self, site: Site, column: Column, query: dict[str, str]) -> object:
        if query["tagId"] == "栏目导航":
            return "<ul><li><a href='/zfxxgk/index.html'>政府信息公开</a></li></ul>"
        page = json.loads(query.get("paramJson", '{"pageNo":1}'))["pageNo"]
        if query["tagId"] == "要闻":
            rows = "".join(
                f"<li><a href='/xw/art/2024/art_{k:032x}.html'>新闻第{k}条说县里的事</a><span>2024-03-01</span></li>"
                for k in range(page * 15, page * 15 + 15)
            )
            return {
                "html": f"<ul>{rows}</ul><div class='pagination' rows='15' count='386' pageNo='{page}'></div>"
            }
        entries = self.entries(site, column)
        pages = slices(entries, SIZE)
        shown = pages[min(page, len(pages)) - 1]
        pager = f"<div class='pagination' rows='{SIZE}' count='{len(entries)}' pageNo='{page}'></div>"
        return {"html": f"{self._rows(site, shown)}{pager}" if entries else ""}

    def _rows(self, site: Site, shown: list[Article]) -> str:
        return f"<ul class='ajax-ul'>{''.join(item(self.link(site, a), a, ROW) for a in shown)}</ul>"


class JpaasRendered(Jpaas):
    """The first page of the list stands in the page as well."""

    name = "jpaas_rendered"
    rendered = True
