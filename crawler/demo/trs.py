"""A site rendered as the static pages of a TRS portal.

Columns are `index.html`, `index_1.html`, … of their folder, articles `./YYYYMM/tYYYYMMDD_N.html` below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from crawler.demo import templates
from crawler.demo.entries import Article, Column
from crawler.demo.renderers import as_page
from crawler.demo.responses import HTML, Response
from crawler.demo.site import Site

STUB_BYTES = 350
FILE_TYPES = {"doc": "application/msword", "pdf": "application/pdf"}

Routes = dict[str, Callable[[], Response]]


def answer(site: Site, path: str) -> Response:
    """What the site answers at an address, its faults included."""
    make = _routes(site).get(path)
    right = make() if make else _past_the_end(site, path) or _page(templates.missing(site), 404)
    fault = site.faults.get(path)
    return fault(right) if fault else right


def paths(site: Site) -> list[str]:
    """Every address at which the site has something."""
    return list(_routes(site))


def _routes(site: Site) -> Routes:
    routes: Routes = {
        "/": lambda: _page(templates.front(site)),
        "/index.html": lambda: _page(templates.front(site)),
        "/search/": lambda: _page(templates.search(site)),
        "/robots.txt": lambda: Response(site.robots.encode(), 200, (("Content-Type", "text/plain"),)),
        "/zfxxgk/nb/": lambda: _page(templates.umbrella(site)),
    }
    for old, new in site.redirects.items():
        routes[old] = partial(_moved, new)
    for column in site.columns:
        routes.update(_column_routes(site, column))
    known = {column.id for column in site.columns}
    for article in site.articles:
        if article.column in known and not article.external:
            routes.update(_article_routes(site, article))
    return routes


def _column_routes(site: Site, column: Column) -> Routes:
    entries = _entries(site, column)
    total = max(1, -(-len(entries) // column.page_size))
    routes: Routes = {column.path.rstrip("/"): partial(_moved, column.path)}
    for page in range(total):
        shown = entries[page * column.page_size : (page + 1) * column.page_size]
        make = partial(_list, site, column, shown, total, page)
        routes[f"{column.path}index{f'_{page}' if page else ''}.html"] = make
        if page == 0:
            routes[column.path] = make
    return routes


def _article_routes(site: Site, article: Article) -> Routes:
    routes: Routes = {site.path(article): lambda: _page(templates.article(site, article))}
    if article.interpreted:
        routes[site.interpretation(article)] = lambda: _page(templates.interpretation(site, article))
    if article.attachment:
        routes[site.file_path(article)] = lambda: file(article)
    return routes


def _entries(site: Site, column: Column) -> list[Article]:
    mine = [a for a in site.articles if a.column == column.id and column.id not in site.emptied]
    return sorted(mine, key=lambda a: (a.published_on, a.serial), reverse=True)


def _list(site: Site, column: Column, shown: list[Article], total: int, page: int) -> Response:
    return _page(templates.listing(site, column, shown, total, page))


def _past_the_end(site: Site, path: str) -> Response | None:
    folder, _, name = path.rpartition("/")
    if f"{folder}/" in {column.path for column in site.columns} and re.fullmatch(r"index_\d+\.html", name):
        text = '<html><head><meta charset="utf-8"></head><body></body></html>'
        return _page(text + " " * (STUB_BYTES - len(text)))
    return None


def file(article: Article) -> Response:
    """The attachment of an article."""
    headers = (("Content-Type", FILE_TYPES[article.attachment or "doc"]),)
    if article.attachment == "pdf" or article.report is None:
        return Response(_blank_pdf(article.serial), 200, headers)
    return Response(as_page(article.report).encode(), 200, headers)  # as offices save HTML under another name


def _blank_pdf(serial: int) -> bytes:
    """A page without text, like a scan nobody recognised; every file differs."""
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    out, starts = f"%PDF-1.4\n% {serial:012}\n", []
    for number, body in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    out += f"xref\n0 4\n0000000000 65535 f \n{table}"
    return (out + f"trailer\n<< /Size 4 /Root 1 0 R >>\nstartxref\n{out.index('xref')}\n%%EOF\n").encode()


def _moved(path: str) -> Response:
    return Response(b"", 301, (("Content-Type", HTML), ("Location", path)))


def _page(text: str, status: int = 200) -> Response:
    return Response(text.encode(), status)
