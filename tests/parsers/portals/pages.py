"""Pages for the tests of portals: small, named by their quirk, with invented places."""

from __future__ import annotations

from parsers.portals import inspect
from parsers.portals.model import Inspection, Page

COLUMN = "http://www.yunxi.example/zfxxgk/nb/xz/"
REPORT = "青石镇人民政府2023年政府信息公开工作年度报告"


def look(body: str, url: str = COLUMN, status: int = 200, content_type: str = "text/html") -> Inspection:
    return inspect(Page(url, body.encode(), status, content_type))


def page(content: str, *, head: str = "", title: str = "云溪县人民政府") -> str:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{content}</body></html>"


def items(*rows: tuple[str, str, str]) -> str:
    """A list of (href, title, date)."""
    lines = "".join(
        f'<li><a href="{href}" title="{title}">{title}</a><span>{date}</span></li>'
        for href, title, date in rows
    )
    return f'<ul class="u-list">{lines}</ul>'


def column(pager: str = "", count: int = 2) -> str:
    rows = [
        (
            f"./202401/t202401{k + 10}_{2445000 + k}.html",
            f"第{k}镇2023年政府信息公开工作年度报告",
            f"2024-01-{k + 10}",
        )
        for k in range(count)
    ]
    return page(items(*rows) + f"<script>{pager}</script>")
