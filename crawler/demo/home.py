"""Home pages of sample portals, and the ways that lead from them to the columns of annual reports.

A `Home` stands before a portal's own answers: `/` and the pages on the way are its, everything else is the portal's.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape

from crawler.demo.county import TOWNSHIPS
from crawler.demo.dialect import Asked
from crawler.demo.entries import Article, Column
from crawler.demo.faults import challenge
from crawler.demo.responses import Response
from crawler.demo.site import Site

Answers = Callable[[Site, Asked], Response]
Address = Callable[[Site, Article], str]

WAYS = ("direct", "section", "map", "search", "search_posted", "search_called", "known_slug", "blocked")
"""The home page links to the columns; to the section 政府信息公开 of the national norm, whose menu does; to a site
map; has a search and nothing else, whose form is sent in the address, is posted, or whose address a script puts
together; is kept from us while the columns stand at an address that many portals have; or is
kept from us, and so is the rest."""

NEWS = (
    "全县经济工作会议召开",
    "县领导调研春耕备耕工作",
    "2024年度县级部门决算公开",
    "我县举办政务公开培训班",
)
ASIDE = (
    ("企业年报公示", "/qynb/"),
    ("政府网站工作年度报表", "/wznb/"),
    ("财政预决算", "/czyjs/"),
    ("政务服务", "http://zwfw.example.org/"),
    ("互动交流", "/hdjl/"),
)
"""What else stands in menus, annual reports of other kinds among it."""
NORM = (
    ("政府信息公开指南", "/zfxxgk/zn/"),
    ("政府信息公开制度", "/zfxxgk/zd/"),
    ("法定主动公开内容", "/zfxxgk/zdgk/"),
)
REPORTS = "/zfxxgk/zfxxgknb/"
MAP = "/wzdt.html"
SEARCH = "/so/s"


@dataclass(frozen=True, slots=True)
class Home:
    """A portal with a home page of one of the `WAYS`; `address` says where the portal has its articles; unless it is
    `coded`, no page names the site's 网站标识码."""

    answers: Answers
    address: Address
    way: str
    coded: bool = True

    def __call__(self, site: Site, asked: Asked) -> Response:
        """The home page, a page on the way, or what the portal answers."""
        if asked.path == "/robots.txt":
            return self.answers(site, asked)
        if self.way == "blocked" or (self.way == "known_slug" and asked.path == "/"):
            return challenge(Response(b""))
        if make := self._pages().get(asked.path):
            return _page(site, *make(site, asked), coded=self.coded)
        for article in site.articles:
            if not article.external and asked.target == self.address(site, article):
                return _crumbed(site, article, self.answers(site, asked))
        return self.answers(site, asked)

    def _pages(self) -> dict[str, Callable[[Site, Asked], tuple[str, str]]]:
        pages: dict[str, dict[str, Callable[[Site, Asked], tuple[str, str]]]] = {
            "direct": {"/": self._direct},
            "section": {"/": self._to_section, "/zfxxgk/": self._section, REPORTS: self._reports},
            "map": {"/": self._to_map, MAP: self._map},
            "search": {"/": self._to_search, SEARCH: self._results},
            "search_posted": {"/": self._to_search, SEARCH: self._results},
            "search_called": {"/": self._to_search, SEARCH: self._results},
            "search_silent": {"/": self._to_search},
            "known_slug": {REPORTS: self._reports},
        }
        return pages[self.way]

    def _direct(self, site: Site, _: Asked) -> tuple[str, str]:
        return "", _menu((*ASIDE, *_columns(site))) + _news()

    def _to_section(self, site: Site, _: Asked) -> tuple[str, str]:
        return "", _menu((*ASIDE, ("政府信息公开", "/zfxxgk/"))) + _news()

    def _section(self, site: Site, _: Asked) -> tuple[str, str]:
        return "政府信息公开", _menu((*NORM, ("政府信息公开年报", REPORTS))) + _news()

    def _reports(self, site: Site, _: Asked) -> tuple[str, str]:
        return "政府信息公开年报", _menu(_columns(site))

    def _to_map(self, site: Site, _: Asked) -> tuple[str, str]:
        return "", _menu((*ASIDE, ("网站地图", MAP))) + _news()

    def _map(self, site: Site, _: Asked) -> tuple[str, str]:
        return "网站地图", _menu((*ASIDE, *NORM, *_columns(site)))

    def _to_search(self, site: Site, _: Asked) -> tuple[str, str]:
        fields = '<input type="hidden" name="siteId" value="7"><input name="q">'
        box = "<input id='q' placeholder='请输入关键词'><button onclick='go()'>搜索</button>"
        call = f"location.href='{SEARCH}?siteId=7&q='+encodeURIComponent($('#q').val())"
        forms = {
            "search": f'<form action="{SEARCH}">{fields}</form>',
            "search_posted": f'<form action="{SEARCH}" method="post" class="search">{fields}</form>',
            "search_called": f"{box}<script>function go(){{ {call}; }}</script>",
            "search_silent": f"{box}<script src='/js/so.js'></script>",
        }
        return "", _menu(ASIDE) + forms[self.way] + _news()

    def _results(self, site: Site, asked: Asked) -> tuple[str, str]:
        """The newest report of every column, for the one question that is asked."""
        sent = asked.form if self.way == "search_posted" else asked.query
        if sent.get("q") != "政府信息公开年报" or sent.get("siteId") != "7":
            return "搜索", "<p>没有找到相关结果</p>"
        newest = {a.column: a for a in site.articles if a.report}
        rows = "".join(
            f'<li><a href="{escape(self.address(site, a))}">{escape(a.title)}</a> {a.published_on}</li>'
            for a in newest.values()
        )
        return "搜索", f"<ul>{rows}</ul>"


def by_year(site: Site) -> Site:
    """The site with a column for each year, under one umbrella without entries."""
    years = sorted({a.report.year for a in site.articles if a.report})
    columns = tuple(
        Column(
            f"reports-{y}",
            f"{y}年",
            f"/zfxxgk/nb/{y}n/",
            tuple(dict.fromkeys(u.kind for u in site.units)),
            (y,),
        )
        for y in years
    )
    site.columns = columns
    site.articles = [replace(a, column=f"reports-{a.report.year}") for a in site.articles if a.report]
    return site


def by_unit(site: Site) -> Site:
    """The site with a column for each township, under one umbrella without entries."""
    units = [unit for unit in site.units if unit.kind in TOWNSHIPS.kinds]
    folders = {unit.name: f"unit{n:02}" for n, unit in enumerate(units, 1)}
    site.units = tuple(units)
    site.columns = tuple(
        Column(folders[unit.name], unit.name, f"/zfxxgk/nb/{folders[unit.name]}/", (unit.kind,))
        for unit in units
    )
    mine = [a for a in site.articles if a.unit in folders]
    site.articles = [replace(a, column=folders[a.unit or ""]) for a in mine]
    return site


def _columns(site: Site) -> tuple[tuple[str, str], ...]:
    return tuple((column.name, column.path) for column in site.columns)


def _menu(links: tuple[tuple[str, str], ...]) -> str:
    items = "".join(f'<li><a href="{escape(path)}">{escape(text)}</a></li>' for text, path in links)
    return f'<ul class="menu">{items}</ul>'


def _news() -> str:
    rows = "".join(
        f'<li><a href="/xw/202502/t2025020{n}_{8800 + n}.html">{title}</a><span>02-0{n}</span></li>'
        for n, title in enumerate(NEWS, 1)
    )
    return f'<ul class="news">{rows}</ul>'


def _crumbed(site: Site, article: Article, right: Response) -> Response:
    """An article's page with its breadcrumb."""
    column = site.column(article.column)
    crumbs = (
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; '
        f'<a href="{escape(column.path)}">{escape(column.name)}</a></div>'
    )
    return replace(right, body=right.body.replace(b"<body>", b"<body>" + crumbs.encode(), 1))


def _page(site: Site, title: str, body: str, *, coded: bool) -> Response:
    name = f"{site.province}{site.name}人民政府"
    code = f'<meta name="SiteIDCode" content="{site.division}0001">' if coded else ""
    text = (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title or name}</title>'
        f'<meta name="SiteName" content="{name}门户网站">{code}'
        f'</head><body><div class="header"><h1>{name}</h1><a href="/">首页</a></div>{body}'
        f"<div class='footer'>主办：{site.name}人民政府办公室</div></body></html>"
    )
    return Response(text.encode())
