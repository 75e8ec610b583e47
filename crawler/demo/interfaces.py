"""The sample site as portals that draw their lists from an interface: Hanweb xxgk, gkmlpt, Epoint, Lonsun, truecms,
石家庄."""

from __future__ import annotations

import json
from typing import Any, ClassVar
from urllib.parse import urlsplit

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 15
JSON = (("Content-Type", "application/json;charset=utf-8"),)


def answer_json(data: Any) -> Response:
    """An answer in JSON."""
    return Response(json.dumps(data, ensure_ascii=False).encode(), 200, JSON)


class Xxgk(Dialect):
    """Hanweb xxgk. The page's number must stand in the address and in the form; past the end stands the last page."""

    name = family = "xxgk"
    columns = {
        "townships": "/col/col803/index.html?number=A0803",
        "departments": "/col/col804/index.html?number=A0804",
    }
    article = "/art/{d.year}/{d.month}/{d.day}/art_{c}_{a.number}.html"
    file = "/module/download/downfile.jsp?classid=0&filename={hex}.{a.attachment}"
    head = '<script src="/module/xxgk/tree.jsp?area=11990101&amp;jdid=3"></script>\n'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or the rows of a page."""
        if column := self.column_at(site, asked.path):
            call = f"loadDynamic('/module/xxgk/search.jsp','divid=div{self.numbers[column.id]}')"
            return self.page(column.name, f"<div id='x'></div><script>{call}</script>")
        column = self.column_numbered(site, asked.form.get("infotypeId", "").lstrip("A0"))
        if asked.path != "/module/xxgk/search.jsp" or column is None or asked.form.get("area") != "11990101":
            return None
        entries = self.entries(site, column)
        pages = slices(entries, SIZE)
        number = int(asked.query["currpage"]) if asked.query["currpage"] == asked.form["currpage"] else 1
        rows = "".join(
            f'<tr class="tr_main_value_{"odd" if k % 2 else "even"}"><td>{k}</td>'
            + item(
                self.link(site, a),
                a,
                '<td><a href="{href}" title="{title}">{label}</a></td><td>{day}</td></tr>',
            )
            for k, a in enumerate(pages[min(number, len(pages)) - 1], 1)
        )
        counts = f"共{len(entries)}条 共{len(pages)}页 <a href='#'>下一页</a>"
        return Response(f"<table>{rows}</table><div>{counts}</div>".encode())


class XxgkReports(Dialect):
    """Hanweb's annual reports: a column that links one page for each unit and year, told by their addresses."""

    name = "xxgk_reports"
    family = "xxgk"
    stop = "end"
    columns = {"townships": "/nb/xz.html", "departments": "/nb/bm.html"}
    article = "/module/xxgk/xxgkAnnualReport.jsp?area=1199{a.number}&fbtime={d.year}&showType=2"
    file = "/module/download/downfile.jsp?classid=-1&filename={hex}.{a.attachment}"
    body = "<div>{text}</div>"
    head = Xxgk.head

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The column."""
        column = self.column_at(site, asked.path)
        if column is None:
            return None
        rows = "".join(item(self.link(site, a), a) for a in self.entries(site, column))
        return self.page(column.name, f"<ul>{rows}</ul>")


class Gkmlpt(Dialect):
    """gkmlpt: both columns are categories of one page, told apart behind `#`; articles of other categories are no
    concern. Pages 0 and 1 are the same."""

    name = family = "gkmlpt"
    stop = "end"
    columns = {"townships": "/gkmlpt/annualreport#803", "departments": "/gkmlpt/annualreport#804"}
    article = "/gkmlpt/content/1/1{a.number}/post_1{a.number}.html"
    file = "/gkmlpt/attachment/{a.serial}.{a.attachment}"
    body = '<div class="article-content">{text}</div>'
    head = "<script>window._CONFIG = {SID:'755041', TREE:[{id:803,name:'年报'}], BASE:'/gkmlpt/'};</script>\n"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or a page of the interface."""
        if asked.path == "/gkmlpt/annualreport":
            return self.page("年报", '<div id="app"></div>')
        column = self.column_numbered(site, asked.path.removeprefix("/gkmlpt/api/all/"))
        if column is None or asked.query.get("sid") != "755041":
            return None
        host = asked.headers.get("host", "www.qinghe.example")
        entries, page = self.entries(site, column), max(1, int(asked.query.get("page", 1)))
        articles = [
            {
                "id": a.number,
                "title": a.title,
                "url": site.elsewhere if a.external else f"http://{host}{self.address(site, a)}",
                "post_url": self.address(site, a),
                "display_publish_time": _seconds(a),
                "date": 0,
            }
            for a in entries[(page - 1) * SIZE : page * SIZE]
        ]
        return answer_json(
            {"classify": {"post_count": len(entries)}, "articles": articles, "total": len(entries)}
        )


class Epoint(Dialect):
    """Epoint: the site's id stands in a script, the list is asked for with a body of JSON, pages count from 0."""

    name = family = "epoint"
    columns = {
        "townships": "/zwgk/002005/002005803/subpage.html",
        "departments": "/zwgk/002005/002005804/subpage.html",
    }
    article = "{folder}/{d:%Y%m%d}/{hex}.html"
    file = "/EWB-FRONT/attach/{hex}.{a.attachment}"
    body = '<div class="ewb-article-info">{text}</div>'
    head = '<script src="/js/webBuilderCommon.js"></script>\n'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, the script, or a page of the interface."""
        if column := self.column_at(site, asked.path):
            return self.page(column.name, '<ul class="ewb-list" id="list"></ul>')
        if asked.path == "/js/webBuilderCommon.js":
            script = 'var siteInfo = {"siteGuid":"7eb5f7f1-9041-43ad-8e13-8fcb82ea831a","projectName":"/EWB-FRONT"};'
            return Response(script.encode(), 200, (("Content-Type", "application/javascript"),))
        if asked.path != "/EWB-FRONT/rest/lightfrontaction/getgovinfolist" or asked.method != "POST":
            return None
        values = json.loads(asked.body)
        column = self.column_numbered(site, values["categorynum"][-3:])
        if column is None or not values["siteGuid"]:
            return answer_json({"custom": {"total": 0, "data": []}})
        entries, page, size = self.entries(site, column), values["pageIndex"], values["pageSize"]
        data = [
            {
                "title": a.title[:20],
                "realtitle": a.title,
                "infourl": "" if a.external else self.address(site, a),
                "visiturl": "",
                "linkurl": site.elsewhere if a.external else "",
                "infodate": str(a.published_on),
            }
            for a in entries[page * size : (page + 1) * size]
        ]
        return answer_json({"custom": {"total": len(entries), "data": data}})


class EpointAspx(Dialect):
    """The older Epoint grid: a page answers only to the hidden fields of the page before."""

    name = family = "epoint_aspx"
    article_family = "unknown"
    columns = {
        "townships": "/qhx/zwgk/MoreInfo.aspx?CategoryNum=803",
        "departments": "/qhx/zwgk/MoreInfo.aspx?CategoryNum=804",
    }
    article = "/qhx/InfoDetail/Default.aspx?InfoID={hex}&CategoryNum={c}"
    file = "/qhx/attach/{hex}.{a.attachment}"
    body = '<div id="ivs_content">{text}</div>'
    head = '<link href="/qhx/MoreInfoList1.css">\n'

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page that the form asks for."""
        column = self.column_numbered(site, asked.query.get("CategoryNum"))
        if asked.path != "/qhx/zwgk/MoreInfo.aspx" or column is None:
            return None
        number = 1
        if asked.method == "POST":
            number = int(asked.form["__EVENTARGUMENT"])
            if (
                asked.form["__VIEWSTATE"] != _state(column, number - 1)
                or asked.form["__CSRFTOKEN"] != "t0ken"
            ):
                return self.page("错误", "验证视图状态 MAC 失败", 500)
        return self._grid(site, column, number)

    def pager(self, total: int, pages: int, number: int) -> str:
        """Where one is."""
        return "".join(f"<font><b>{n}</b></font>" for n in (total, pages, number))

    def _grid(self, site: Site, column: Column, number: int) -> Response:
        entries = self.entries(site, column)
        pages = slices(entries, SIZE)
        row = '<tr><td>·</td><td><a href="{href}" title="{title}">{label}</a></td><td>{day}</td></tr>'
        rows = "".join(item(self.link(site, a), a, row) for a in pages[number - 1])
        where = self.pager(len(entries), len(pages), number)
        turn = "<a href=\"javascript:__doPostBack('MoreInfoList1$Pager','{}')\">{}</a>"
        turns = "".join(turn.format(k, k) for k in range(1, len(pages) + 1))
        return self.page(
            column.name,
            f'<form method="post"><input type="hidden" name="__CSRFTOKEN" value="t0ken">'
            f'<input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{_state(column, number)}">'
            f'<input type="hidden" name="__VIEWSTATEENCRYPTED" value="">'
            f'<table id="MoreInfoList1_DataGrid1">{rows}</table>'
            f'<div id="MoreInfoList1_Pager"><table><tr><td>{where}</td><td>{turns}</td></tr></table></div></form>',
        )


class Lonsun(Dialect):
    """Lonsun: rows from a label, pages counted from 1; page 0 is page 1 again, and past the end are words only."""

    name = family = "lonsun"
    stop = "end"
    columns = {
        "townships": "/public/column/6613?type=4&catId=803&action=list",
        "departments": "/public/column/6614?type=4&catId=804&action=list",
    }
    article = "/public/{c}/{a.number}.html"
    file = "/group1/M00/01/02/{hex}.{a.attachment}"
    body = '<div class="j-fontContent">{text}</div>'
    head = "<script>var label = '/site/label/8888', siteId = '6793339';</script>\n"
    first: ClassVar[int] = 1
    row: ClassVar[str] = (
        '<li><a href="{href}" title="{title}">{label}</a><span class="date">{day}</span></li>'
    )

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or the rows of a page."""
        if column := self.column_at(site, asked.path):
            count = len(slices(self.entries(site, column), SIZE))
            script = f"pagination({{pageCount:{count},file:'/xxgk/publicInfoList_newest2020'}})"
            return self.page(column.name, f'<div class="xxgk_navli"></div><script>{script}</script>')
        column = self.column_numbered(site, asked.query.get("catId"))
        if asked.path != "/site/label/8888" or column is None or asked.query["siteId"] != "6793339":
            return None
        pages = slices(self.entries(site, column), SIZE)
        number = max(0, int(asked.query["pageIndex"]) - self.first)
        shown = pages[number] if number < len(pages) else []
        rows = "".join(item(self.link(site, a), a, self.row) for a in shown)
        return Response(
            f'<div class="xxgk_navli"><ul class="clearfix xxgk_nav_list">{rows or "暂无相关信息"}</ul></div>'.encode()
        )


class LonsunFromZero(Lonsun):
    """Pages counted from 0."""

    name = "lonsun_from_zero"
    first = 0


class Truecms(Dialect):
    """truecms: the first records stand in the page, the interface wants a Referer and gives at most 50 at a time."""

    name = family = "truecms"
    stop = "end"
    columns = {"townships": "/qhx/xznb/xznb.html", "departments": "/qhx/bmnb/bmnb.html"}
    article = "{folder}/content/{hex}.html"
    file = "/qhx/upload/{hex}.{a.attachment}"
    head = '<script src="/truecms/js/message.js"></script>\n'
    shown: ClassVar[int] = 10

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page with its records, or further ones as JSONP."""
        if column := self.column_at(site, asked.path):
            entries = self.entries(site, column)
            rows = "".join(f"<ul>{item(self.link(site, a), a)}</ul>" for a in entries[: self.shown])
            store = (
                f"'<datastore><totalrecord>{len(entries)}</totalrecord><recordset>' + all + '</recordset>'"
            )
            call = (
                f"$('#page').jpage({{dataStore: {store}, totalRecord: '{len(entries)}', ajaxParam: {{columnId: "
                f"'{self.numbers[column.id]}'}}, proxyUrl: '/truecms/messageController/getMessage.do'}});"
            )
            return self.page(
                column.name,
                f'<div id="initData" style="display:none">{rows}</div><script>{call}</script>',
            )
        column = self.column_numbered(site, asked.query.get("columnId"))
        if (
            asked.path != "/truecms/messageController/getMessage.do"
            or column is None
            or "referer" not in asked.headers
        ):
            return None
        first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        shown = self.entries(site, column)[first - 1 : last] if last - first < 50 else []
        records = "".join(f"<record><![CDATA[{item(self.link(site, a), a)}]]></record>" for a in shown)
        result = f"<datastore><totalrecord>42</totalrecord><recordset>{records}</recordset></datastore>"
        return Response(f"jQ({json.dumps({'result': result})})".encode())


class Shijiazhuang(Dialect):
    """石家庄: a block of the template, page by page until one is empty; nothing says how many there are."""

    name = family = "shijiazhuang"
    stop = "end"
    columns = {
        "townships": "/columns/0a1b2c3d-0000-4000-8000-000000000803/index.html",
        "departments": "/columns/0a1b2c3d-0000-4000-8000-000000000804/index.html",
    }
    article = "{folder}/{d:%Y%m}/{d:%d}/0a1b2c3d-0000-4000-8000-{a.number:012}.html"
    file = "{folder}/{d:%Y%m}/{d:%d}/{a.serial}.{a.attachment}"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or the rows of a page."""
        for column in site.columns:
            block = f"{column.path.rpartition('/')[0]}/templates/t1/blocks/b2"
            if asked.path == column.path:
                return self.page(column.name, f"<ul></ul><script>load('{block}?page=1&fix=0')</script>")
            if asked.path == block:
                pages = slices(self.entries(site, column), SIZE)
                number = int(asked.query["page"]) - 1
                shown = pages[number] if number < len(pages) else []
                return Response("".join(item(self.link(site, a), a) for a in shown).encode() or b"<ul></ul>")
        return None


def _seconds(article: Article) -> int:
    return (article.published_on.toordinal() - 719163) * 86400 - 8 * 3600 + 60


def _state(column: Column, number: int) -> str:
    return f"/wEPDwUK{urlsplit(column.path).query[-3:]}{number:04}=="
