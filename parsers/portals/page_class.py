"""What a response is: the portal's page, or a state of our sight. Every answer comes with its evidence.

Words alone never decide: a report may speak of error pages and verification codes. They count where the page has
neither entries nor an article, and little to read; and not where it is called a report and speaks as reports do, for
those of small bodies fill a few lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from parsers.portals import urls
from parsers.portals.markup import Markup
from parsers.portals.model import Page, PageClass
from parsers.text import fold
from parsers.trees import Element

Verdict = tuple[PageClass, str]

_SIGNATURES = (
    (b"%PDF-", "PDF"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "OLE (doc, xls, wps)"),
    (b"PK\x03\x04", "ZIP (docx, xlsx, ofd)"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"\x89PNG\r\n", "PNG"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
)
_TEXT_START = re.compile(rb"^[\s\xef\xbb\xbf]*(?:<|[\[{\"]|\w)")
_MARKUP = re.compile(rb"<\s*(?:!doctype|html|head|body|script|div|table|ul|li|meta|title|p\b)", re.IGNORECASE)
_SNIFFED_BYTES = 1024

_CHALLENGES = (
    ("加速乐", re.compile(r"__jsl_clearance|__jsluid|jsluid_[hs]")),
    ("瑞数", re.compile(r"\$_ts\b|_\$[a-z]{2}\(\)\s*;.{0,80}\$_ts", re.DOTALL)),
    ("阿里云 WAF", re.compile(r"acw_sc__v\d|aliyun_waf|_waf_bd8ce2ce37")),
    ("Cloudflare", re.compile(r"/cdn-cgi/challenge-platform|cf-browser-verification|cf_chl_")),
    ("云锁", re.compile(r"yunsuo_session|security_session_verify")),
    (
        "slider or captcha",
        re.compile(r"(?:geetest|nc_token|TencentCaptcha|tcaptcha|hcaptcha|turnstile)", re.IGNORECASE),
    ),
)

_CHALLENGE_WORDS = re.compile(
    r"""验证码|安全验证|人机验证|滑动验证|拖动滑块|访问验证|(?:请开启|启用)\s*JavaScript
    |正在检查您的浏览器|浏览器安全检查|(?:访问|请求)(?:过于|太)?频繁
    |访问.{0,6}(?:被拦截|被阻断|被拒绝|受限|异常)|请求.{0,6}(?:被拦截|被阻断)|拦截提示
    |网站防火墙|Web应用防火墙|云防护|安全狗|创宇盾
    |Just[ ]a[ ]moment|Checking[ ]your[ ]browser|Access[ ]Denied|Request[ ]blocked""",
    re.IGNORECASE | re.VERBOSE,
)
_ERROR_WORDS = re.compile(
    r"""(?:页面|网页|文章|信息|内容|栏目)不存在|(?:没有|未|无法)找到|找不到|已被删除
    |页面.{0,6}(?:已|被)(?:删除|移除|移动)
    |访问的(?:页面|网页|内容|文件|资源).{0,12}(?:不存在|删除|错误|失效)
    |系统(?:错误|异常|繁忙|维护)|服务器.{0,4}(?:错误|异常|繁忙|忙)|网站.{0,6}(?:维护|关闭|升级)
    |数据库.{0,6}(?:错误|失败|异常)|出错(?:了|啦)|发生错误|运行时错误|错误(?:提示|信息|页面|代码)
    |HTTP(?:\s+Status|\s+Error)?\s*[45]\d\d
    |40[34]\s*(?:not[ ]found|forbidden|错误|页面)|50[0234]\s*(?:bad[ ]gateway|internal|service|gateway)
    |not[ ]found|bad[ ]gateway|service[ ](?:temporarily[ ])?unavailable|internal[ ]server[ ]error|server[ ]error
    |gateway[ ]time-?out|whitelabel[ ]error[ ]page|too[ ]many[ ]connections""",
    re.IGNORECASE | re.VERBOSE,
)
_GONE = re.compile(
    r"""(?!.*\d[件条个项次])(?:.*(?:
        (?:[访查浏]\w{1,2}的|该|此|本|当前)(?:页面?|网页|文章|信息|内容|栏目)\w{0,4}(?:不存在|删除|失效|下线|撤下|移除)
        |[访查浏]\w{1,2}的.{0,12}(?:不存在|删除|失效)|找不到.{0,6}(?:页|文章|信息))
    |\W*(?:(?:页面?|网页|文章)\w{0,4}|信息)(?:不存在|删除|失效|下线|撤下|移除)(?<!信息不存在)
    |\W*(?:信息不存在或|(?:已被?删除|不存在)\W*$))""",
    re.VERBOSE,
)
"""What a paragraph says in place of the article that its page was. A report says 信息不存在 too, of what was asked
for, and counts."""
_SAYS_GONE = ("不存在", "删除", "找不到", "失效", "下线", "撤下", "移除")
_ERROR_TITLE = re.compile(r"^\W*(?:[45]\d\d|error|出错|错误|提示信息?|系统提示)(?:\b|\W|$|页)", re.IGNORECASE)
_REFRESH = re.compile(r"^\s*(\d+)\s*[;,]\s*url\s*=\s*['\"]?\s*([^'\"]+)", re.IGNORECASE)
_LOCATION = re.compile(
    r"(?:window|self|top|document|parent)?\.?location(?:\.href)?\s*(?:=|\.(?:replace|assign)\()\s*[\"']([^\"']+)[\"']"
)
_EMPTY_WORDS = re.compile(
    r"暂无|没有相关|无相关|没有(?:任何)?(?:数据|记录|信息|内容)|无记录|共\s*0\s*条|正在建设"
)
_OF_REPORTS = (
    re.compile(r"复议|诉讼"),
    re.compile(r"申请公开|公开申请|收到.{0,6}申请|申请.{0,8}(?:件|零|未收到)"),
    re.compile(r"(?:公开|发布)[^。]{0,20}信息[^。]{0,12}\d+\s*(?:余|多)?条"),
    re.compile(r"总体情况|一、概述|现将.{0,30}(?:情况|报告)|本报告|编制"),
)
"""What reports speak of, whatever their form."""
_FEWEST_OF_REPORTS = 2
_texts: Callable[[Element], list[Any]] = etree.XPath(  # type: ignore[assignment]
    "//body//text()[not(ancestor::a | ancestor::script | ancestor::style | ancestor::noscript | ancestor::template"
    " | ancestor::select | ancestor::button | ancestor::textarea)]"
)
_INLINE = frozenset({"span", "font", "b", "strong", "em", "i", "u", "br", "sup", "sub", "small", "label"})
_POINTED = re.compile("[，,。；;：:]")
"""Menus name what reports speak of, and are links or have no points."""
_CRUMB = re.compile(r"(?:当前|您|你|现在|所在).{0,4}(?:的)?位置|首页\s*(?:>|»|›|/|-|→)")

SHORT_CHARACTERS = 400
_ERROR_CHARACTERS = 300
_GONE_CHARACTERS = 200
_MESSAGE_CHARACTERS = 40
_SOON_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What the family found on a page: how many entries (and how many of them are pages, no files), what follows,
    the weight of the body, and whether the page has an article's address, looks like a front page, or is called a
    report."""

    entries: int = 0
    pages_listed: int = 0
    pages: int | None = None
    body: int = 0
    attachments: int = 0
    article_url: bool = False
    front: bool = False
    report: bool = False
    parts: str = ""


def by_status(page: Page) -> Verdict | None:
    """The class that the status alone decides; challenges have to be looked for first."""
    status = page.status
    if 300 <= status < 400 and status != 304:
        return "redirect", f"HTTP {status}"
    if status in {404, 410}:
        return "gone", f"HTTP {status}"
    if status >= 400:
        return "error", f"HTTP {status}"
    return None


_PLAIN_BYTES = 500
"""A plain text shorter than that is a message of the server, not a document."""


def by_bytes(page: Page) -> Verdict | None:
    """A file by its first bytes, an empty answer; `None` for text."""
    head = page.body[:_SNIFFED_BYTES]
    if not head.strip():
        return "error", "empty answer"
    for signature, name in _SIGNATURES:
        if head.lstrip().startswith(signature) and not (name == "BMP" and _TEXT_START.match(head[2:])):
            return "file", name
    if not _MARKUP.search(head) and (
        b"\x00" in head or page.content_type.startswith(("application/pdf", "image/"))
    ):
        return "file", page.content_type or "binary"
    if (
        page.content_type.startswith("text/plain")
        and len(page.body) > _PLAIN_BYTES
        and not _MARKUP.search(head)
    ):
        return None if head.lstrip().startswith((b"{", b"[")) else ("file", "plain text")
    return None


def by_words(markup: Markup) -> Verdict | None:
    """A page that says no more than that its article is gone, whatever its meta tags say."""
    if markup.tree.find(".//table//td") is not None or not any(word in markup.text for word in _SAYS_GONE):
        return None
    said = [text for one in _paragraphs(markup.tree) if (text := fold(one))]
    if sum(map(len, said)) > _GONE_CHARACTERS or _speaks_as_report("\n".join(said)):
        return None
    gone = next((one for one in said if len(one) <= _MESSAGE_CHARACTERS and _GONE.match(one)), None)
    return ("error", f"soft error, words: {gone}") if gone else None


def by_challenge(markup: Markup, facts: Facts) -> Verdict | None:
    """A page that asks for proof of a browser instead of answering."""
    page = markup.page
    if facts.entries or _is_report(markup, facts):
        return None
    if page.status in {521, 412, 202} and "<script" in markup.text.lower():
        return "challenge", f"HTTP {page.status} with a script"
    short = len(markup.visible) < SHORT_CHARACTERS
    if not short:
        return None
    for name, mark in _CHALLENGES:
        if mark.search(markup.text):
            return "challenge", name
    shown = f"{markup.head_title} {markup.visible}" if markup.visible else markup.without_scripts
    if not facts.attachments and (word := _CHALLENGE_WORDS.search(shown)):
        return "challenge", f"words: {word[0]}"
    return None


def by_redirect(markup: Markup) -> tuple[str, str] | None:
    """The target of a redirect inside the page (meta refresh or script) and its evidence."""
    if len(markup.visible) >= SHORT_CHARACTERS:
        return None
    refresh = _REFRESH.match(markup.meta.get("refresh", ""))
    if refresh and int(refresh[1]) <= _SOON_SECONDS and (url := urls.join(markup.base, refresh[2])):
        return _elsewhere(url, markup.page.url, "meta refresh")
    for script in markup.scripts:
        if (target := _LOCATION.search(script)) and (url := urls.join(markup.base, target[1])):
            return _elsewhere(url, markup.page.url, "script redirect")
    return None


def _elsewhere(url: str, own: str, evidence: str) -> tuple[str, str] | None:
    if urls.key(url) == urls.key(own):
        return None
    home = urlsplit(url).path.strip("/") in {"", "index.html", "index.htm", "index.shtml"}
    return url, f"{evidence} to the front page" if home else evidence


def by_content(markup: Markup, facts: Facts) -> Verdict:
    """The class of an HTML page that answered with 200: the first of these that has evidence."""
    return (
        _said_article(facts)
        or (
            ("article", "title and words of a report")
            if not facts.entries and _is_report(markup, facts)
            else None
        )
        or _soft_error(markup, facts)
        or _list(facts)
        or _article(facts)
        or _empty_list(markup, facts)
        or ("other", "neither entries nor an article")
    )


def _said_article(facts: Facts) -> Verdict | None:
    if facts.article_url and (
        facts.body >= SHORT_CHARACTERS or (facts.attachments and not facts.pages_listed)
    ):
        return "article", "address and body of an article"
    return None


def _is_report(markup: Markup, facts: Facts) -> bool:
    """Whether a page is a report by its title and by what it speaks of."""
    if not facts.report:
        return False
    return _speaks_as_report("\n".join(filter(_POINTED.search, _paragraphs(markup.tree))))


def _speaks_as_report(said: str) -> bool:
    return sum(bool(pattern.search(said)) for pattern in _OF_REPORTS) >= _FEWEST_OF_REPORTS


def _paragraphs(tree: Element) -> Iterator[str]:
    """What a page says outside its links and controls, by the elements that stand as blocks."""
    return ("".join(texts) for _, texts in groupby(_texts(tree), key=_block))


def _block(text: Any) -> Element:
    node: Element = text.getparent().getparent() if text.is_tail else text.getparent()
    return next(one for one in (node, *node.iterancestors()) if one.tag not in _INLINE)


def _list(facts: Facts) -> Verdict | None:
    if facts.front:
        return "other", "columns side by side: a front page"
    said = [f"{facts.entries} entries"] if facts.entries else []
    said += [facts.parts] if facts.parts else []
    return ("list", ", ".join(said)) if said else None


def _article(facts: Facts) -> Verdict | None:
    whole = facts.body >= SHORT_CHARACTERS or bool(facts.attachments)
    return ("article", "body of an article") if whole or (facts.article_url and facts.body) else None


def _soft_error(markup: Markup, facts: Facts) -> Verdict | None:
    if facts.entries or facts.attachments:
        return None
    if _ERROR_TITLE.match(markup.head_title) and facts.body < SHORT_CHARACTERS:
        return "error", f"soft error, title: {markup.head_title[:40]}"
    if len(markup.visible) < _ERROR_CHARACTERS and (
        word := _ERROR_WORDS.search(f"{markup.head_title} {markup.visible}")
    ):
        return "error", f"soft error, words: {word[0]}"
    return None


def _empty_list(markup: Markup, facts: Facts) -> Verdict | None:
    if word := _EMPTY_WORDS.search(markup.visible):
        return "empty_list", f"no entries, words: {word[0]}"
    if facts.pages is not None:
        return "empty_list", "no entries, but a pager"
    if "columnname" in markup.meta:
        return "empty_list", "no entries, meta ColumnName"
    if word := _CRUMB.search(markup.visible):
        return "empty_list", f"no entries, words: {word[0]}"
    return None
