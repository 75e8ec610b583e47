"""The sample site as a VSB portal: pages that count down in a folder of the list's name, or `list.jsp`."""

from __future__ import annotations

from html import escape
from typing import ClassVar

from crawler.demo.dialect import Asked, Dialect, item, slices
from crawler.demo.entries import Article, Column
from crawler.demo.responses import Response
from crawler.demo.site import Site

SIZE = 12
ROW = '<li><span>{day}</span><a href="{href}" title="{title}">{label}</a></li>'


class Vsb(Dialect):
    """`xznb.htm`, then `xznb/3.htm`, `xznb/2.htm`, `xznb/1.htm`; links are relative to the page they stand on."""

    name = "vsb"
    family = "vsb"
    columns = {"townships": "/zfxxgk/xznb.htm", "departments": "/zfxxgk/bmnb.htm"}
    article = "/info/{c}/{a.number}.htm"
    file = "/__local/A/BC/DE/{hex}_{a.serial}.{a.attachment}"
    body = (
        '<form name="_newscontent_fromname"><div id="vsb_content_2">'
        '<div class="v_news_content">{text}</div></div></form>'
    )
    linked: ClassVar[bool] = True

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """The pages of a list; a number that does not exist is not found."""
        for column in site.columns:
            stem = column.path.removesuffix(".htm")
            pages = slices(self.entries(site, column), SIZE)
            for number, shown in enumerate(pages, 1):
                left = len(pages) - number + 1
                if asked.path == (column.path if number == 1 else f"{stem}/{left}.htm"):
                    return self._list(site, column, shown, number, len(pages))
        return None

    def _list(self, site: Site, column: Column, shown: list[Article], number: int, total: int) -> Response:
        up = ".." if number == 1 else "../.."
        rows = "".join(item(_relative(self.link(site, a), up), a, ROW) for a in shown)
        stem = column.path.rpartition("/")[2].removesuffix(".htm")
        link = f"{total - number}.htm" if number > 1 else f"{stem}/{total - 1}.htm"
        following = (
            f'<span class="p_next p_fun"><a href="{link}">下页</a></span>'
            if number < total and self.linked
            else '<span class="p_next_d p_fun_d">下页</span>'
        )
        script = f"<script>function u13(){{_simple_list_gotopage_fun({total},'u13_goto',2)}}</script>"
        pager = f'<span class="p_pages"><span class="p_no_d">{number}</span>{following}</span>'
        return self.page(
            column.name, f'<ul>{rows}</ul>{pager}<span class="p_t">共{total}页</span>{script}{self.head}'
        )


class VsbUnlinked(Vsb):
    """Without a link to the next page: it has to be counted down."""

    name = "vsb_unlinked"
    linked = False


class VsbForm(Vsb):
    """`list.jsp`, where the pages are told apart by the query and articles too."""

    name = "vsb_form"
    stop = "end"
    columns = {
        "townships": "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=803",
        "departments": "/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=804",
    }
    article = "/content.jsp?urltype=news.NewsContentUrl&wbtreeid={c}&wbnewsid={a.number}"

    def lists(self, site: Site, asked: Asked) -> Response | None:
        """A page past the end answers with the last."""
        column = self.column_numbered(site, asked.query.get("wbtreeid"))
        if asked.path != "/list.jsp" or column is None:
            return None
        pages = slices(self.entries(site, column), SIZE)
        number = min(int(asked.query.get("PAGENUM", 1)), len(pages))
        rows = "".join(item(self.link(site, a).lstrip("/"), a, ROW) for a in pages[number - 1])
        link = f"list.jsp?totalpage={len(pages)}&PAGENUM={number + 1}&{column.path.partition('?')[2]}"
        following = (
            f'<span class="p_next"><a href="{escape(link)}">下页</a></span>' if number < len(pages) else ""
        )
        return self.page(column.name, f"<ul>{rows}</ul>{following}<span>{number}/{len(pages)}</span>")


def _relative(link: str, up: str) -> str:
    return link if link.startswith("http") else up + link
