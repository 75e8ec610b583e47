"""Searches a sample portal without a network: the crawler's own bookkeeping and the portal's answers."""

from __future__ import annotations

from datetime import UTC, datetime
from urllib.parse import urlencode, urlsplit

from crawler.demo.dialect import Asked
from crawler.demo.portal import Answer
from crawler.demo.site import Site
from crawler.ground import Ground
from crawler.search import Search, Step
from parsers.portals.model import Page

BASE = "http://www.qinghe.example"
NOW = datetime(2025, 2, 10, tzinfo=UTC)


def search(answer: Answer, site: Site, home: str = "/", **more) -> tuple[Search, list[str]]:
    ground = Ground(id="qinghe", hosts=("www.qinghe.example",))
    under_way = Search(ground, BASE + home, NOW, **more)
    asked: list[str] = []
    step: Step | None = under_way.begin()
    while step is not None:
        step = _answer(under_way, step, answer, site, asked)
    return under_way, asked


def _answer(search: Search, step: Step, answer: Answer, site: Site, asked: list[str]) -> Step | None:
    request = step.request
    parts = urlsplit(request.url)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    asked.append(target)
    if not request.url.startswith(BASE):
        return search.failed(step, "no such host here")
    body = (request.json or urlencode(request.form)) if request.method == "POST" else ""
    headers = {name.lower(): value for name, value in request.headers}
    told = answer(site, Asked(target, request.method, body.encode(), headers))
    for _ in range(3):
        headers = dict(told.headers)
        if told.status not in {301, 302}:
            break
        target = headers["Location"]
        told = answer(site, Asked(target))
    url = BASE + target + (f"#{parts.fragment}" if parts.fragment else "")
    page = Page(url.partition("#")[0], told.body, told.status, headers.get("Content-Type", ""), request)
    return search.answered(step, page)
