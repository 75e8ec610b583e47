"""Older, newer and other makes of the sample site's families: each differs from its base in what portals differ in."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from crawler.demo.dialect import Asked, item, slices
from crawler.demo.entries import Article
from crawler.demo.interfaces import SIZE, Epoint, EpointAspx, Gkmlpt, Lonsun, Xxgk, answer_json
from crawler.demo.numbered import Openness
from crawler.demo.responses import Response
from crawler.demo.site import Site


class XxgkTree(Xxgk):
    """A column that does not say its kind of information: the tree in its frame does, by name. The list is of the
    newer make (`standardXxgk`), the organisation's code holds letters and a hyphen."""

    name = "xxgk_tree"
    article_family = "jpage"
    columns = {
        "townships": "/col/col803/index.html?vc_xxgkarea=11990101MB15-0&number=",
        "departments": "/col/col804/index.html?vc_xxgkarea=11990101MB15-1&number=",
    }
    head = ""

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, the tree, or the rows of a page."""
        area = asked.query.get("vc_xxgkarea") or asked.query.get("area", "")
        column = (
            site.columns[int(area[-1])] if area[-1:].isdigit() and int(area[-1]) < len(site.columns) else None
        )
        if column and asked.path.startswith("/col/"):
            tree = f"/module/xxgk/tree.jsp?standardXxgk=1&amp;area={area}&amp;divid=div4"
            call = f"loadDynamic('/module/xxgk/search.jsp?standardXxgk=1&infotypeId='+a+'&area={area}','div4','0','0',"
            return self.page(
                column.name, f"<iframe src='{tree}'></iframe><script>{call}'950','7','','');</script>"
            )
        if column and asked.path == "/module/xxgk/tree.jsp":
            nodes = (("jgzn", "机构职能"), (f"nb{self.numbers[column.id]}", "政府信息公开年报"))
            adds = "".join(
                f"d.add('<a onclick=\"funclick(\\'{kind}\\',\\'x\\')\">{name}</a>');" for kind, name in nodes
            )
            return self.page("目录", f"<script>{adds}var u = '/module/xxgk/search.jsp';</script>")
        wanted = asked.path == "/module/xxgk/search.jsp" and asked.form.get("standardXxgk") == "1"
        if not wanted or column is None or asked.form["jdid"] != "7":
            return None
        kind = asked.form["infotypeId"] == f"nb{self.numbers[column.id]}"
        pages = slices(self.entries(site, column) if kind else [], SIZE)
        shown = pages[min(int(asked.form["currpage"]), len(pages)) - 1]
        row = '<li><a href="{href}" title="{title}">{label}</a><b>{day}</b></li>'
        rows = "".join(item(self.link(site, a), a, row) for a in shown)
        return Response(f'<div class="zfxxgk_zdgkc"><ul>{rows}</ul></div>共{len(pages)}页'.encode())


class GkmlptTree(Gkmlpt):
    """A bureau's catalogue below a path of its own; its categories stand in the page as JSON with escaped names. Below
    that of annual reports hangs one that holds nothing."""

    name = "gkmlpt_tree"
    columns = {"townships": "/xzglk/gkmlpt/index", "departments": "/bmglk/gkmlpt/index"}
    article = "/xzglk/gkmlpt/content/1/1{a.number}/post_1{a.number}.html"
    head = ""

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The catalogue, or a page of the interface."""
        if column := self.column_at(site, asked.path):
            mine = {"id": self.numbers[column.id], "name": "政府信息公开年报", "jump_url": ""}
            below = {"id": 9, "parent": mine["id"], "name": "往年", "jump_url": ""}
            tree: list[dict[str, Any]] = [{"id": 1, "name": "机构职能"}, {**mine, "children": [below]}]
            script = f"window._CONFIG = {{SID: '755041', TREE: {json.dumps(tree)}, SERVICE_AREA_ID: '1'}};"
            return self.page(column.name, f'<div id="app"></div><script>{script}</script>')
        _, cut, rest = asked.target.partition("/gkmlpt/api/all/")
        if cut and rest.startswith("9?"):
            return answer_json({"classify": {"post_count": 0}, "articles": [], "total": 0})
        return super().lists(site, Asked(f"{cut}{rest}", headers=asked.headers)) if cut else None


class EpointParams(Epoint):
    """A portal whose project has a name of its own (营口): the site's id stands in another script, the values are
    asked for below `params`."""

    name = "epoint_params"
    head = '<script src="/js/ajaxReq.js"></script>\n<link class="ewb-css">\n'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, the script, or a page of the interface."""
        if asked.path == "/js/ajaxReq.js":
            guid = '"siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a","projectName":"/EWB_QH_Mid"'
            return Response(f"var siteInfo = {{{guid}}};".encode())
        if asked.path != "/EWB_QH_Mid/rest/lightfrontaction/getgovinfolist":
            return self.page("", '<ul class="ewb-list"></ul>') if self.column_at(site, asked.path) else None
        values = json.loads(asked.body)
        flat = json.dumps(values["params"]).encode()
        return super().lists(
            site, Asked("/EWB-FRONT/rest/lightfrontaction/getgovinfolist", "POST", flat, asked.headers)
        )


class EpointAction(Epoint):
    """The older list action, whose answer has its rows as JSON inside the JSON."""

    name = "epoint_action"
    columns = {
        "townships": "/qhx/xznbInfoListAction.action?cmd=getInfolist&categorynum=803&pageSize=15&pageIndex=0",
        "departments": "/qhx/bmnbInfoListAction.action?cmd=getInfolist&categorynum=804&pageSize=15&pageIndex=0",
    }
    article = "/qhx/{c}001/{d:%Y%m%d}/{hex}.html"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """A page of the action."""
        column = self.column_numbered(site, asked.query.get("categorynum"))
        if not asked.path.endswith("InfoListAction.action") or column is None:
            return None
        entries, first = self.entries(site, column), int(asked.query["pageIndex"]) * SIZE
        rows = [
            {"href": self.link(site, a), "title": a.title, "infodate": str(a.published_on)}
            for a in entries[first : first + SIZE]
        ]
        return answer_json({"custom": json.dumps({"Table": rows, "totalcount": len(entries)})})


class EpointOpened(EpointAspx):
    """The grid with links that a script opens, and a pager that says where it is in words."""

    name = "epoint_opened"
    article = "/qhx/InfoDetail/?InfoID={hex}&CategoryNum={c}"

    def link(self, site: Site, article: Article) -> str:
        """The whole script."""
        return f'javascript:window.open("{super().link(site, article)}","_blank")'

    def pager(self, total: int, pages: int, number: int) -> str:
        """Page and pages in one."""
        return f"<font>记录总数：{total}</font><font><b>{number}/{pages}</b></font>"


class LonsunOld(Lonsun):
    """A template with a label of its own number (庐山): number, index, link and day of an entry are items of a
    list."""

    name = "lonsun_old"
    columns = {
        "townships": "/public/column/6613?type=3&action=list",
        "departments": "/public/column/6614?type=3&action=list",
    }
    head = '<script>Ls.ajax({url: "/site/label/165919", data: {siteId : "6793339"}});</script>\n'
    row = (
        '<div class="xxgk_navli"><ul class="clearfix"><li class="xh">1</li><li>{day}-00018</li>'
        '<li class="mc"><a href="{href}" title="{title}">{label}</a></li><li class="rq">{day}</li></ul></div>'
    )

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or the rows of a page."""
        if asked.path != "/site/label/165919":
            return super().lists(site, asked) if self.column_at(site, asked.path) else None
        if "labelName" in asked.query or asked.query.get("type") != "3":
            return None
        number = str(int(asked.query["organId"]) - 6613 + 803)
        query = f"catId={number}&siteId={asked.query['siteId']}&pageIndex={asked.query['pageIndex']}"
        return super().lists(site, Asked(f"/site/label/8888?{query}"))


class OpennessTarget(Openness):
    """六安: columns are told by the query, as are their pages."""

    name = "openness_target"
    stop = "total"
    columns = {
        "townships": "/opennessTarget/?branch_id=5bf2d16cb49430e63bc87ef6&column_code=803",
        "departments": "/opennessTarget/?branch_id=5bf2d16cb49430e63bc87ef6&column_code=804",
    }
    article = "/openness/detail/content/{hex}.html"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """One of the pages."""
        column = self.column_numbered(site, asked.query.get("column_code"))
        if asked.path != "/opennessTarget/" or column is None:
            return None
        pages = slices(self.entries(site, column), SIZE)
        current = min(int(asked.query.get("page", 1)), len(pages))
        rows = "".join(item(self.link(site, a), a, LonsunOld.row) for a in pages[current - 1])
        following = f"{column.path}&page={current + 1}" if current < len(pages) else ""
        link = f'<a href="{escape(following)}">下一页</a>' if following else ""
        return self.page(column.name, f"{rows}<div>{link}共{len(pages)}页</div>")
