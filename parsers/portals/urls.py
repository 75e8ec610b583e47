"""Addresses as portals write them: cleaned, joined, compared, and what they tell by their shape."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit, urlunsplit

PICTURES = frozenset({"tif", "tiff", "jpg", "jpeg", "png", "gif", "bmp"})
OFFICE = frozenset({"doc", "docx", "wps", "wpt", "et", "xls", "xlsx", "csv", "rtf", "txt", "ppt", "pptx"})
FILE_TYPES = PICTURES | OFFICE | {"pdf", "ofd", "ceb", "zip", "rar", "7z"}

_SCRIPTED = re.compile(
    r"""["']\s*([^"'\s]*[/.][^"']*?\.(?:s?html?|jsp|aspx|pdf|docx?|ofd|wps|xlsx?)[^"']*)["']"""
)
_OPENED = re.compile(
    r"""(?:window\.open|location(?:\.href)?\s*=|location\.(?:assign|replace))\s*\(?\s*["']\s*((?:https?:|\.{0,2}/)[^"'\s]+)"""
)
"""What a script opens is an address, whatever it ends in."""
_NOT_WEB = re.compile(r"^\s*(?:javascript|mailto|tel|data|about|file|ftp|vbscript|#)", re.IGNORECASE)
_TWIN = re.compile(
    r"_wap(?=\.s?html?$)|(?<=/)m(?=post_\d+\.html$)|(?<=/)Wap(?=Content-\d+\.html$)", re.IGNORECASE
)
"""What the names of mobile pages have more: TRS in Chongqing, NFCMS, 安康."""

_INDEX = re.compile(r"^(?:index|default|\w*list)?(?:_\d+)*(?:\.\w{2,5})?$", re.IGNORECASE)
_OWN_FOLDER = re.compile(r"/(?:\d{8,}|[0-9a-f]{24,})/[^/]*$")
_IDENTIFIER = re.compile(r"\d{4,}|[0-9a-f]{24,}|[?&]\w*id=\w+", re.IGNORECASE)
_LISTS = re.compile(
    r"/\w*(?:list|column|channel)\w*\.(?:jsp|aspx?|php|do)$|/(?:column|channel)/\d+$", re.IGNORECASE
)
_COLUMN_ID = re.compile(
    r"(?:class|col|column|cate?|category|node|type|channel|dept|unit|organ|site|web|tree|cls|topic|parent|menu)_?(?:id|num)$",
    re.IGNORECASE,
)
"""Names of values that number columns, units and sites."""
_TURNED = re.compile(
    r"(?:^|&)(?:cur_?page|curr?page|current(?:page)?|page(?:no|num|index)?|offset|totalpage)=", re.IGNORECASE
)
"""Programs that show lists, and the values by which lists are turned: their other numbers name a column."""
_PAGE_TYPES = re.compile(r"\.(?:s?html?|jhtml|jspx?|aspx?|php|do)$", re.IGNORECASE)
_CACHED = 8192  # addresses come back many times within a page and between the pages of a column
_AS_WRITTEN = "%/:=&?~#+!$,;'@()*[]|"


@lru_cache(_CACHED)
def join(base: str, href: str, encoding: str = "utf-8") -> str | None:
    """The absolute address of a link, without fragment; `None` for what is no web address. What is not ASCII in its
    query is written in an encoding, in its path always in UTF-8."""
    cleaned = re.sub(r"[\r\n\t]+\s*", "", href).strip(" \u3000\u00a0")
    if not cleaned or _NOT_WEB.match(cleaned):
        return None
    try:
        parts = urlsplit(urljoin(base, cleaned))
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host:
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    path = quote(parts.path or "/", _AS_WRITTEN)
    query = quote(parts.query, _AS_WRITTEN, encoding, "replace")
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def scripted(code: str) -> str | None:
    """The address inside an `onclick` or a `javascript:` link, where there is one."""
    match = _OPENED.search(code) or _SCRIPTED.search(code)
    return match[1] if match else None


@lru_cache(_CACHED)
def key(url: str) -> str:
    """What the addresses of one page have in common: no scheme, fragment, mobile twin, default port, doubled slash."""
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    port = f":{parts.port}" if parts.port not in {None, 80, 443} else ""
    query = f"?{parts.query}" if parts.query else ""
    path = re.sub(r"//+", "/", _TWIN.sub("", unquote(parts.path))) or "/"
    return f"{host}{port}{path}{query}"


def is_twin(url: str) -> bool:
    """Whether an address is the mobile twin of another."""
    return bool(_TWIN.search(urlsplit(url).path))


@lru_cache(_CACHED)
def file_type(url: str) -> str | None:
    """Extension of the file an address leads to, in its path or in a value of its query."""
    parts = urlsplit(url)
    names = [unquote(parts.path), *(value for _, value in parse_qsl(parts.query))]
    for name in names:
        extension = name.rpartition(".")[2].lower() if "." in name else ""
        if extension in FILE_TYPES:
            return extension
    return None


def is_document(url: str) -> bool:
    """Whether an address leads to a file that is no picture."""
    kind = file_type(url)
    return kind is not None and kind not in PICTURES


@lru_cache(_CACHED)
def folder(url: str) -> str:
    """Host and directory of an address."""
    return key(url).partition("?")[0].rpartition("/")[0] + "/"


def below(url: str, column: str) -> bool:
    """Whether an address stands in the folder of another, or deeper."""
    return key(url).startswith(folder(column))


def is_front(url: str) -> bool:
    """Whether an address is that of a site's front page."""
    return urlsplit(url).path.lower() in {"", "/", "/index.html", "/index.htm", "/index.shtml", "/index.jsp"}


def is_index(url: str) -> bool:
    """Whether an address names a folder, or a folder's index, and no single page."""
    name = urlsplit(url).path.rpartition("/")[2]
    return bool(_INDEX.match(name)) and not urlsplit(url).query


@lru_cache(_CACHED)
def looks_like_article(url: str) -> bool:
    """Whether an address has the shape of one article among many: a page whose name holds a number."""
    parts = urlsplit(url)
    own = [f"{name}={value}" for name, value in parse_qsl(parts.query) if not _COLUMN_ID.search(name)]
    tail = "/".join(parts.path.split("/")[-2:]) + (f"?{'&'.join(own)}" if own else "")
    if parts.query and (_LISTS.search(parts.path) or _TURNED.search(parts.query)):
        return False
    if is_index(url):
        return bool(_OWN_FOLDER.search(parts.path))
    if not _IDENTIFIER.search(tail):
        return False
    return bool(_PAGE_TYPES.search(parts.path)) or bool(parts.query) or "." not in tail


def stem(url: str) -> tuple[str, str]:
    """Name and extension of a list without the number of its page: `index`, `.html`."""
    name, _, extension = (urlsplit(url).path.rpartition("/")[2] or "index.html").rpartition(".")
    return re.sub(r"_\d+$", "", name), f".{extension}"


def with_page(url: str, stem: str) -> str:
    """The same address with another last path segment."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rpartition("/")[0] + "/" + stem, "", ""))
