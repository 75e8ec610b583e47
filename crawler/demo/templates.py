"""The pages of the sample portal as text."""

from __future__ import annotations

from html import escape
from posixpath import relpath

from crawler.demo.entries import Article, Column
from crawler.demo.renderers import as_html
from crawler.demo.site import Site

TITLE_WIDTH = 20
"""Characters of a title that a list shows."""

SHELL = """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>{title}</title>
{meta}
</head>
<body>
<div class="header"><h2>{site}</h2>
<ul class="nav"><li><a href="/">首页</a></li><li><a href="/zfxxgk/nb/">政府信息公开年报</a></li>\
<li><a href="/search/">搜索</a></li></ul></div>
{body}
<div class="footer">主办：{county}人民政府办公室　网站标识码：{division}0001</div>
</body>
</html>
"""


def front(site: Site) -> str:
    """The front page."""
    return _shell(site, _site_name(site), {}, _links([("政府信息公开年报", "/zfxxgk/nb/"), *_columns(site)]))


def umbrella(site: Site) -> str:
    """The page above the columns, without entries of its own."""
    return _shell(site, "政府信息公开年报", {"ColumnName": "政府信息公开年报"}, _links(_columns(site)))


def search(site: Site) -> str:
    """The search, which robots.txt closes to crawlers."""
    return _shell(site, "搜索", {}, '<form action="/search/"><input name="q"></form>')


def missing(site: Site) -> str:
    """What stands at an address where nothing is."""
    return _shell(site, "404", {}, "<p>您访问的页面不存在。</p>")


def listing(site: Site, column: Column, shown: list[Article], total: int, page: int) -> str:
    """A page of a column, `page` counted from 0."""
    items = "\n".join(_item(site, column, article) for article in shown)
    body = (
        f'<div class="position">当前位置：<a href="/">首页</a> &gt; {escape(column.name)}</div>\n'
        f'<ul class="u-list">\n{items}\n</ul>\n'
        f'<div class="page"><script>createPageHTML({total}, {page}, "index", "html");</script></div>'
    )
    meta = {"ColumnName": column.name, "ColumnType": "政府信息公开", "ColumnDescription": column.name}
    return _shell(site, column.name, meta, body)


def article(site: Site, entry: Article) -> str:
    """The page of an entry, a report or not."""
    text = as_html(entry.report) if entry.report else _paragraphs(entry.text)
    return _detail(site, entry, entry.title, site.column(entry.column).name, text + _attachment(site, entry))


def interpretation(site: Site, entry: Article) -> str:
    """The page that explains a report."""
    text = _paragraphs("现就报告的编制过程和主要内容作一说明，数据以报告正文为准。")
    return _detail(site, entry, f"【文稿解读】{entry.title}", "政策解读", text)


def _detail(site: Site, entry: Article, title: str, column: str, text: str) -> str:
    source = entry.report.issuer if entry.report else f"{site.name}人民政府办公室"
    day = entry.shown_on
    meta = {
        "ColumnName": column,
        "ArticleTitle": title,
        "PubDate": f"{day.isoformat()} 09:30",
        "ContentSource": source,
    }
    body = (
        f'<div class="article"><h1>{escape(title)}</h1>\n'
        f'<div class="info"><span>发布日期：{day.isoformat()}</span> <span>来源：{escape(source)}</span></div>\n'
        f'<div class="TRS_Editor">\n{text}\n</div></div>'
    )
    return _shell(site, title, meta, body)


def _attachment(site: Site, entry: Article) -> str:
    if not entry.attachment:
        return ""
    name = site.file_path(entry).rpartition("/")[2]
    label = f"{entry.title}.{entry.attachment}"
    return f'\n</div>\n<div class="attachment">附件：<a href="./{name}">{escape(label)}</a>'


def _item(site: Site, column: Column, entry: Article) -> str:
    href = site.elsewhere if entry.external else "./" + site.path(entry).removeprefix(column.path)
    title = escape(entry.title)
    label = title if len(entry.title) <= TITLE_WIDTH else escape(entry.title[:TITLE_WIDTH]) + "..."
    box = ""
    if entry.interpreted:
        inner = relpath(site.interpretation(entry), column.path)
        box = f'<div class="popbox"><ul><li><a href="{inner}">相关解读</a></li></ul></div>'
    return (
        f'<li><a href="{href}" title="{title}" target="_blank">{label}</a>'
        f"{box}<span>{entry.shown_on:%Y/%m/%d}</span></li>"
    )


def _shell(site: Site, title: str, meta: dict[str, str], body: str) -> str:
    tags = {"SiteName": _site_name(site), "SiteIDCode": f"{site.division}0001", **meta}
    return SHELL.format(
        title=escape(title),
        meta="\n".join(f'<meta name="{name}" content="{escape(text)}">' for name, text in tags.items()),
        site=escape(_site_name(site)),
        county=escape(site.name),
        division=site.division,
        body=body,
    )


def _site_name(site: Site) -> str:
    return f"{site.province}{site.name}人民政府门户网站"


def _columns(site: Site) -> list[tuple[str, str]]:
    return [(column.name, column.path) for column in site.columns]


def _links(links: list[tuple[str, str]]) -> str:
    return "<ul>" + "".join(f'<li><a href="{path}">{escape(name)}</a></li>' for name, path in links) + "</ul>"


def _paragraphs(text: str) -> str:
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in text.splitlines())
