"""The lines of a page in which its title, issuer and date are looked for."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from parsers.document import Block, Document, Grid
from parsers.sections import heading
from parsers.text import fold, simplify, squeeze
from parsers.titles import ORGAN, SITE, Title, read_title

FIRST_LINES = 30
"""How far down a page its title and date stand."""

LAST_LINES = 8
"""How far up from the end the name and the day under a report stand."""

MOST_TITLE_LINES = 3
LONGEST_TITLE = 70
_FOLDED_AWAY = 30
"""Squeezed lines that are joined lose less in folding: a gloss that was cut in two."""

_LABEL = re.compile(r"^[-•·*]*(?:信息)?(?:名称|标题|题名|文件名称|信息名称|中文名称?|附件\d*)[:：]?(?=.{8})")
_TRAIL = re.compile(
    r"当前(?:所在)?(?:的)?位置|所在位置|首页[>/»]|^[>»›]|>>|->|[>》/].{0,20}[>》/].{0,20}[>》/]"
)
_NO_TITLE = re.compile(
    r"[。;!?]|^\(?[一二三四五六七八九十]{1,2}[、)]|^第[一二三四五六七八九十\d]{1,3}条|^(?:根据|按照|依据|为|现|本报告|本年度报告)|^\d{1,2}\.|发文字号|索引号"
    r"|^(?:组配|主题|体裁|信息|公文)?分类|^(?:所属)?栏目|^(?:主题|关键)词|^文号|^(?:发布|发文|成文|生成|公开)(?:日期|时间|机构|单位|机关)|^(?:文件)?下载|^内容概述|^[^《]*》[(]|本(?:年度)?报告(?:是|由|根据|依据)"
)
_TAIL = re.compile(r"\s*[-_|—–]")
"""What parts a title from the name of the site behind it."""

_COLUMN_NAME = re.compile(
    r"(?:新版)?(?:法定主动公开内容|(?:政府|政务)?信息公开|政务公开)(?:专栏|栏目|平台|目录|年报)?"
)
"""What stands above the titles of a column, and is no part of them."""
_DAY_OR_LABEL = re.compile(r"20\d\d-\d|[:：]|^\d+$|[〔\[(【]20\d\d[〕\])】]\d+号")
_KIND = re.compile(
    r"通知|通报|指南|报告|决算|总结|方案|规则|目录|说明|制度|办法|解读|报表|统计表|公告|公示|函$|(?:部署|推进|培训|动员|工作)会(?:议)?(?:召开)?$"
)


@dataclass
class Head:
    """Lines around and in a report: `before` and `after` the article, `lines` of the article (tables of the form
    left out), `prose` as one squeezed text, and what the page's meta tags say."""

    before: list[str]
    lines: list[str]
    after: list[str]
    meta: dict[str, str]
    found: list[Title] = field(default_factory=list)
    """The titles in reading order, reports and look-alikes."""

    @property
    def titles(self) -> list[str]:
        """Lines that name the report."""
        return [title.text for title in self.found if title.verdict == "report"]

    @property
    def title(self) -> str | None:
        """The title as the page prints it; one with a year before the name of a column."""
        dated = (title.text for title in self.found if title.verdict == "report" and title.year)
        first = next(dated, self.titles[0] if self.titles else None)
        return first and next((text for text in self.titles if _TAIL.match(first.removeprefix(text))), first)

    @property
    def first(self) -> list[str]:
        """The lines at the top, down to the first section."""
        return [*self.before, *self.lines[:FIRST_LINES]]

    @property
    def last(self) -> list[str]:
        """The lines at the end of the article."""
        return self.lines[-LAST_LINES:]

    @cached_property
    def prose(self) -> str:
        """The running text as one squeezed and simplified line."""
        return simplify(squeeze("".join(self.lines)))


def read_head(document: Document, items: list[Block | Grid], statutory: set[int]) -> Head:
    """The lines of one report; `statutory` holds the ids of grids and blocks that are its tables."""
    lines = [line for item in items if id(item) not in statutory for line in _lines(item)]
    meta = {name: text for name, text in document.meta.items() if name not in ("before", "after")}
    head = Head(_split(document.meta.get("before")), lines, _split(document.meta.get("after")), meta)
    head.found = _titles(head)
    return head


def _split(text: str | None) -> list[str]:
    return text.split("\n") if text else []


def _lines(item: Block | Grid) -> list[str]:
    if isinstance(item, Block):
        return [line for line in item.text.split("\n") if line.strip()]
    rows = (" ".join(cell.strip() for cell in row if cell and cell.strip()) for row in item.rows)
    return [row for row in rows if row]


def _titles(head: Head) -> list[Title]:
    found = titles_in(_without_banner(head))
    for name in ("ArticleTitle", "title"):
        text = head.meta.get(name, "")
        title = read_title(_without_site(text) if name == "title" else text)
        if title.verdict != "other":
            found.append(title)
    return found


def _without_banner(head: Head) -> list[str]:
    """The lines at the top less the name of the site, which is no part of a title that begins below it."""
    site = site_owner(head)
    around = [line for line in head.before if simplify(squeeze(line)) != site]
    first = head.lines[:FIRST_LINES]
    banner = not head.before and bool(first) and simplify(squeeze(first[0])) == site
    return [*around, *first[banner:]]


def site_owner(head: Head) -> str:
    """Whose site the page stands on: a banner above the title names it, and not the issuer."""
    return SITE.sub("", simplify(squeeze(head.meta.get("SiteName", ""))))


def _without_site(title: str) -> str:
    """A window title less the name of the site behind a dash or bar."""
    first = re.split(r"\s*[-_|—–]+\s*", title)[0]
    return first if read_title(first).verdict != "other" else title


def titles_in(lines: list[str]) -> list[Title]:
    """Every title that stands on lines of its own."""
    found: list[Title] = []
    bare = [_LABEL.sub("", squeeze(line)) for line in lines]
    start = 0
    while start < len(lines):
        count, title = _title_at(lines, bare, start)
        if title:
            found.append(title)
        start += count
    return found


def _title_at(lines: list[str], bare: list[str], start: int) -> tuple[int, Title | None]:
    """The title that begins on a line: the most lines that make one, because titles are broken over lines."""
    for count in range(min(MOST_TITLE_LINES, len(lines) - start), 0, -1):
        pieces = bare[start : start + count]
        if count > 1 and not _belong_together(pieces):
            continue
        title = _title("".join(pieces))
        if title:
            return count, replace(title, text=_shown(lines[start : start + count]))
    return 1, None


def _shown(lines: list[str]) -> str:
    text = "".join(re.sub(r"\s+", " ", line).strip() for line in lines)
    text = re.sub(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])", "", text)
    return _LABEL.sub("", text).strip("|# ")


def _belong_together(pieces: list[str]) -> bool:
    """Lines make one title if none of them is a title, a heading or a trail by itself, and the last ends it."""
    if not all(map(_can_be_part, pieces)):
        return False
    last = fold(pieces[-1])
    if re.search(r"的?(?:通知|通报|函|公告|制度|意见)$", last) and len(last) <= 20:
        return True
    begun = any(_title(piece) for piece in pieces[:-1])
    whole = read_title(pieces[-1]).issuer is not None
    return not begun and not whole and not ORGAN.search(last) and bool(_KIND.search(last))


@lru_cache(maxsize=4096)
def _can_be_part(piece: str) -> bool:
    """Whether a line may be one of several that make a title."""
    return not (
        "。" in piece  # as in most lines; _NO_TITLE holds it too
        or heading(piece)
        or _TRAIL.search(piece)
        or _NO_TITLE.search(piece)
        or _DAY_OR_LABEL.search(piece)
        or _COLUMN_NAME.fullmatch(simplify(piece))
    )


@lru_cache(maxsize=4096)
def _title(text: str) -> Title | None:
    if len(text) > LONGEST_TITLE + _FOLDED_AWAY:
        return None
    line = fold(text).rstrip("?")
    if not 6 <= len(line) <= LONGEST_TITLE or heading(text) or _TRAIL.search(line) or _NO_TITLE.search(line):
        return None
    title = read_title(text)
    if title.verdict == "report" or (title.verdict == "lookalike" and _KIND.search(line)):
        return title
    return None
