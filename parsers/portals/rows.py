"""Rows of a list page: every link with the element it stands in, its full title and its date, in groups of alike.

Nothing here knows a CMS. A row is the element that holds one entry: the top-level `<li>` (links in its pop-ups are no
entries), the innermost `<tr>`, or the largest element all of whose links lead to one address.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from parsers.portals import urls
from parsers.portals.dates import row_date, url_date
from parsers.portals.markup import Markup, pieces, seen
from parsers.trees import Element

Signature = tuple[str, ...]
Anchor = tuple[Element, str]
IsArticle = Callable[[str], bool]

PAGER = re.compile(
    r"^\W*(?:\d{1,4}|首页|上一?页|前一?页|下一?页|后一?页|尾页|末页|最后一页|第一页|更多|more|prev\w*|next|first|last|go)\W*$",
    re.IGNORECASE,
)
"""Texts of links that turn pages."""

_ASIDE = re.compile(r"解读|图解|一图读懂|^\W*(?:附件|下载|查看|点击|详情|详细|打印|阅读|浏览|原文)")
_REPORTISH = re.compile(r"信息公开|政务公开|年度?报告?")
_BARRIERS = frozenset({"ul", "ol", "tbody", "table", "form", "body", "html"})
_CUT = re.compile(r"(?:\.{2,}|…+|。{2,})\s*$")
_DATE_TEXT = r"[\[(（【]?\s*(?:20\d\d\s*[-/.年]\s*)?\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?\s*[\])）】]?"
_EDGE_DATE = re.compile(rf"^{_DATE_TEXT}\s+(?=\D)|\s+{_DATE_TEXT}$")
_TAGS = re.compile(r"<[^<>]*>")
_ROW_CHARACTERS = 600
_DATE_CHARACTERS = 14
_WHOLE_TITLE = 8
_CARD = 2
_HEADING = re.compile(r"(?:^|[\s_-])(?:title|tit|bt)(?:$|[\s_-])", re.IGNORECASE)
_CONTAINER = 3
"""With that many titled links beside its first, a list item is a container of rows."""


@dataclass(slots=True)
class Row:
    """One link of a list: its title as full as the page has it, `cut` where it ends in dots. The date is `printed`
    in the row, or taken from the address. `group` is where it stands, `block` the element around its list."""

    url: str
    title: str
    cut: bool
    published_on: str | None
    printed: bool = True
    group: Signature = field(default=())
    block: Element | None = field(default=None, compare=False)


def rows(markup: Markup, is_article: IsArticle) -> list[Row]:
    """Every row of the page, one per address and group."""
    anchors = [(node, url) for node, url in markup.links if not PAGER.match(_text(node))]
    held: dict[Element, set[str]] = defaultdict(set)
    for node, url in anchors:
        for ancestor in (node, *node.iterancestors()):
            held[ancestor].add(urls.key(url))
    owners: dict[Element, list[Anchor]] = defaultdict(list)
    for node, url in anchors:
        owners[_owner(node, held, is_article, markup)].append((node, url))
    found: dict[tuple[Signature, str], Row] = {}
    for element, own in owners.items():
        entries = _entries(element, own, is_article)
        for node, url, title in entries:
            holder = element if len(entries) == 1 else _alone(node, held)
            _keep(found, _row(holder, node, url, title, element))
    return list(found.values())


def _keep(found: dict[tuple[Signature, str], Row], row: Row) -> None:
    place = (row.group, urls.key(row.url))
    earlier = found.get(place)
    if earlier is None:
        found[place] = row
    elif urls.is_twin(earlier.url) and not urls.is_twin(row.url):
        earlier.url = row.url
    elif earlier.cut and not row.cut:
        earlier.title, earlier.cut = row.title, False


def _owner(node: Element, held: dict[Element, set[str]], is_article: IsArticle, markup: Markup) -> Element:
    nearest = next((a for a in node.iterancestors() if a.tag in {"li", "tr"}), None)
    if nearest is None:
        return _alone(node, held)
    return nearest if nearest.tag == "tr" else _top_item(nearest, is_article, markup)


def _alone(node: Element, held: dict[Element, set[str]]) -> Element:
    """The largest element around a link that holds no other address."""
    element = node
    for ancestor in node.iterancestors():
        if ancestor.tag in _BARRIERS or len(held[ancestor]) > 1:
            break
        element = ancestor
    return element


def _top_item(item: Element, is_article: IsArticle, markup: Markup) -> Element:
    """The outermost list item whose own first link is an entry: what is nested in it is its pop-up."""
    chosen = item
    for outer in item.iterancestors("li"):
        first = next((a for a in outer.iter("a") if a.get("href")), None)
        url = urls.join(markup.base, first.get("href") or "") if first is not None else None
        own = first is not None and next(first.iterancestors("li"), None) is outer
        if own and url and (is_article(url) or urls.is_document(url)):
            chosen = outer
    return chosen


def _entries(
    element: Element, anchors: list[Anchor], is_article: IsArticle
) -> list[tuple[Element, str, str]]:
    """The links of a row that are entries: its first article, and others whose titles stand for themselves."""
    single = element.tag in {"li", "tr"}
    own = [a for a in anchors if element.tag != "li" or next(a[0].iterancestors("li"), None) is element]
    titled = [t for node, url in own if (t := (node, url, _title(node)))[2]]
    articles = [t for t in titled if is_article(t[1]) or urls.is_document(t[1])]
    if not articles:
        return titled[:1] if single else titled
    first = articles[0]
    same = [t for t in articles if urls.key(t[1]) == urls.key(first[1])]
    others = [t for t in articles if t not in same and len(t[2]) >= _WHOLE_TITLE and not _ASIDE.search(t[2])]
    if element.tag == "li" and len(others) < _CONTAINER:
        others = [t for t in others if _REPORTISH.search(t[2])]
    return [(first[0], first[1], max((t[2] for t in same), key=len)), *others]


def _row(holder: Element, node: Element, url: str, title: str, element: Element) -> Row:
    printed = row_date(_texts(holder, node), url)
    return Row(
        url=url,
        title=_EDGE_DATE.sub("", title).strip() or title,
        cut=is_cut(title),
        published_on=printed or url_date(url),
        printed=printed is not None,
        group=_signature(element),
        block=next(islice(element.iterancestors(), 1, None), None),
    )


def is_cut(title: str) -> bool:
    """Whether a title ends in dots."""
    return bool(_CUT.search(title))


def _texts(holder: Element, node: Element) -> list[str]:
    """What stands in a row beside the title, or after it up to the next link; first the link's own small elements."""
    inner = [text for child in node for text in pieces(child) if len(text.strip()) <= _DATE_CHARACTERS]
    beside = [] if holder is node else _beside(holder, node)
    if not any(c.isdigit() for text in beside for c in text):
        beside = list(_following(holder)) or _around(holder, node)
    return inner + beside


def _around(item: Element, node: Element) -> list[str]:
    """The other texts of a list that is one row: number, link and day are items of their own (older Lonsun)."""
    whole = item.getparent()
    if item.tag != "li" or whole is None or len({a.get("href") for a in whole.iter("a")}) != 1:
        return []
    return _beside(whole, node)


def _beside(holder: Element, node: Element) -> list[str]:
    """The other texts of what holds a link; none where it holds too much to be a row."""
    texts: list[str] = []
    left = _ROW_CHARACTERS
    for text in pieces(holder, skip=node):
        left -= len(text)
        if left < 0:
            return []
        texts.append(text)
    return texts


def _following(element: Element) -> Iterator[str]:
    if element.tail and element.tail.strip():
        yield element.tail
    for sibling in element.itersiblings():
        if sibling.tag in {"a", "li", "tr"} or sibling.find(".//a") is not None:
            return
        yield from pieces(sibling)
        if sibling.tail and sibling.tail.strip():
            yield sibling.tail


def _signature(element: Element) -> Signature:
    """Where a row stands: tags and classes of what holds it, numbers in class names apart."""
    path = [str(element.tag)]
    for ancestor in element.iterancestors():
        name = re.sub(r"\d+", "", f"{ancestor.get('id') or ''}.{ancestor.get('class') or ''}")
        path.append(f"{ancestor.tag}.{name}")
    return tuple(path)


def _title(node: Element) -> str:
    """The title of a link: its `title` attribute, unless that says less than the text does."""
    text = _headed(node) or _text(node)
    attribute = " ".join(_TAGS.sub("", node.get("title") or "").split())
    if not attribute or (attribute not in text and not _CUT.search(text) and len(attribute) < len(text)):
        return text
    return attribute


def _headed(node: Element) -> str:
    """The heading inside a link that holds a whole card: heading, day, and the beginning of the article."""
    if len(node) < _CARD:
        return ""
    inner = (n for n in node.iterdescendants("h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "span"))
    heading = next((n for n in inner if n.tag[0] == "h" or _HEADING.search(n.get("class") or "")), None)
    return "" if heading is None else seen(heading)


def _text(node: Element) -> str:
    text = seen(node)
    if not text and (image := node.find(".//img")) is not None:
        text = " ".join((image.get("alt") or "").split())
    return text.strip("·•・●■◆▪►>》 \u3000\u00a0")
