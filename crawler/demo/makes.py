"""More makes of the sample site's families: jpage, truecms, UCAP and VSB as older, newer or odd portals have them."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html import escape
from urllib.parse import urlsplit

from crawler.demo.dialect import Asked, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.interfaces import SIZE, Truecms
from crawler.demo.jpage import GROUP, ROW, Jpage, JpageRecords
from crawler.demo.responses import Response
from crawler.demo.site import Site
from crawler.demo.ucap import UcapSearch
from crawler.demo.vsb import Vsb


class TruecmsDead(Truecms):
    """连云港: the interface is gone, and the page has every record."""

    name = "truecms_dead"
    stop = "total"
    shown = 999

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page."""
        return super().lists(site, asked) if self.column_at(site, asked.path) else None


class JpageArray(JpageRecords):
    """The oldest server: an answer is a list of rows, and no XML."""

    name = "jpage_array"
    stop = "end"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page, or the records asked for."""
        if column := self.column_at(site, asked.path):
            return self._page(site, column)
        column = self.column_numbered(site, asked.form.get("columnid"))
        if asked.method != "POST" or column is None:
            return None
        first, last = int(asked.query["startrecord"]), int(asked.query["endrecord"])
        rows = [item(self.link(site, a), a, ROW) for a in self.entries(site, column)[first - 1 : last]]
        return Response(json.dumps(rows, ensure_ascii=False).encode())


class JpageMany(JpageRecords):
    """Several columns in one list, asked for by all their numbers at another program's address."""

    name = "jpage_many"
    proxy = "/module/jpage/morecolumndataproxy.jsp"

    def _numbers(self, column: Column) -> str:
        return f"'{self.numbers[column.id]},99{self.numbers[column.id]}'"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page, or the records asked for."""
        number, _, more = asked.form.get("columnid", "").partition(",")
        if asked.method == "POST" and more != f"99{number}":
            return None
        form = asked.body.replace(f"%2C99{number}".encode(), b"")
        return super().lists(site, Asked(asked.target, asked.method, form, asked.headers))


class JpageAnchors(Jpage):
    """山东: the records stand in the page as links, the program answers with nothing."""

    name = "jpage_anchors"
    stop = "end"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page with all links, or an empty answer."""
        column = self.column_at(site, asked.path)
        if column is None:
            return Response(b"<datastore></datastore>") if "dataproxy.jsp" in asked.path else None
        rows = "".join(item(self.link(site, a), a) for a in self.entries(site, column))
        script = f"<script>var proxyUrl = '/module/web/jpage/dataproxy.jsp', groupSize = {GROUP};</script>"
        return self.page(column.name, f"<ul>{rows}</ul>{script}")


class UcapSearchList(UcapSearch):
    """A page that does not say where its search is: of the places where it usually is, one answers."""

    name = "ucap_search_list"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The shell, or a page of results."""
        if column := self.column_at(site, asked.path):
            return self.page(column.name, f'{self.channel(column)}<ul id="list"></ul>')
        if not asked.path.startswith("/searchList/"):
            return None
        return super().lists(
            site, Asked(asked.target.replace("/searchList/", "/common/search/"), headers=asked.headers)
        )


class VsbDisclosure(Vsb):
    """信息公开 in VSB: the component's number stands in the query, which only the link to the next page knows."""

    name = "vsb_disclosure"
    stop = "end"
    columns = {
        "townships": "/xxgk_list.jsp?urltype=egovinfo.EgovInfoList&wbtreeid=803&sccode=qh&subtype=1&gilevel=1",
        "departments": "/xxgk_list.jsp?urltype=egovinfo.EgovInfoList&wbtreeid=804&sccode=qh&subtype=1&gilevel=1",
    }
    article = "/info/egovinfo/{c}/xxgk_content/01606072-9-30/{d.year}-{d:%m%d}{a.number}.htm"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """A page of the program."""
        column = self.column_numbered(site, asked.query.get("wbtreeid"))
        if asked.path != "/xxgk_list.jsp" or column is None:
            return None
        pages = slices(self.entries(site, column), SIZE)
        number = int(asked.query.get("ainfolist1501p", 1))
        row = '<tr><td>0160/{day}-00018</td><td><a href="{href}" title="{title}">{label}</a></td><td>{day}</td></tr>'
        rows = "".join(item(self.link(site, a), a, row) for a in pages[number - 1])
        query = f"ainfolist1501t={len(pages)}&ainfolist1501p={number + 1}&ainfolist1501c={SIZE}"
        link = f"?{query}&{urlsplit(column.path).query}"
        following = f'<a href="{escape(link)}" class="Next">下页</a>' if number < len(pages) else ""
        return self.page(
            column.name, f"<table>{rows}</table><td>共{len(self.entries(site, column))}条</td>{following}"
        )


class VsbYears(Vsb):
    """A column with a list for each year, `a2023.htm`; the page above them has none of its own."""

    name = "vsb_years"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The page with the years, or one year's list."""
        for column in site.columns:
            entries = self.entries(site, column)
            years = sorted({a.published_on.year for a in entries}, reverse=True)
            folder = column.path.removesuffix(".htm")
            if asked.path == column.path:
                name = folder.rpartition("/")[2]
                links = "".join(f'<li><a href="{name}/a{year}.htm">{year}年</a></li>' for year in years)
                return self.page(column.name, f"<ul>{links}</ul>{self._script}")
            for year in years:
                if asked.path == f"{folder}/a{year}.htm":
                    rows = "".join(
                        item(self.link(site, a), a) for a in entries if a.published_on.year == year
                    )
                    return self.page(f"{year}年", f"<ul>{rows}</ul><span>共1页</span>{self._script}")
        return None

    _script = "<script>_showDynClickBatch([])</script>"


class VsbViewer(Vsb):
    """A portal whose files are linked nowhere: a script shows them in the page."""

    name = "vsb_viewer"

    def _article(self, site: Site, article: Article) -> Response:
        right = super()._article(site, article)
        shown = rb"<script>showVsbpdfIframe('\1','800','600','0','')</script>"
        return replace(right, body=re.sub(rb'<a href="([^"]+)">[^<]*</a></p>', shown + b"</p>", right.body))
